"""What torch is here, and the weights it draws from a seed."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from numpy import ndarray as Array
from torch import nn

from engine.spec import ExperimentSpec, complete_init, layers_in, shapes_of

from .named import layer_of
from .without_compiler import leave_out_compiler

# Below about 512 × 512 a second thread costs more than it brings, up to five times as much.
THREADS_PAY_FROM = 512 * 512


def version() -> str:
    return str(torch.__version__)  # a text of its own kind, whose reader would have to load torch


def warm_up(*, lightly: bool = False) -> None:
    """Take a step of no consequence: the first optimizer makes torch load another second's worth of itself.

    ``lightly``: it is kept from doing so, which is for whoever asks torch for little.
    """
    if lightly:
        leave_out_compiler()
    with torch.random.fork_rng(devices=[]):
        layer = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(layer.parameters())
    layer(torch.zeros(1, 1)).sum().backward()
    optimizer.step()


def devices() -> tuple[str, ...]:
    found = ["cpu"]
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return tuple(found)


def set_threads(spec: ExperimentSpec, cores: int) -> None:
    """Set one thread for small matrices, one a core for large ones."""
    largest = max((rows * columns[0] for rows, *columns in shapes_of(spec).values() if columns), default=0)
    torch.set_num_threads(cores if largest >= THREADS_PAY_FROM else 1)


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Have torch share nothing out meanwhile: with a few numbers its threads only wait for one another."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def layer_modules(spec: ExperimentSpec) -> list[nn.Module]:
    """Return the network's layers as torch makes them one after another, with the weights its generator draws."""
    dtype = getattr(torch, spec.dtype)
    return [layer_of(layer.kind, layer.hyper, layer.inputs, dtype) for layer in layers_in(spec)]


def seeded_weights(spec: ExperimentSpec, seed: int) -> list[Array]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        modules = layer_modules(spec)
        _draw_anew(spec, modules)
        return [weight.detach().numpy() for layer in modules for weight in layer.parameters()]


def _draw_anew(spec: ExperimentSpec, modules: list[nn.Module]) -> None:
    """Draw the weights of layers that say how, in the file's order, all others being drawn by then."""
    assert spec.network is not None
    inits = [layer.init for layer in spec.network.layers]
    if any(inits):
        set_threads(spec, os.cpu_count() or 1)  # an orthogonal matrix comes out by another bit with other threads
    for init, module in zip(inits, modules, strict=True):
        if init is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a mean far from the bounds: the checks have let it pass
                getattr(nn.init, init.name)(module.weight, **complete_init(init))
