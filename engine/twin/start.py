"""What torch is here, and the weights it draws from a seed."""

import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from numpy import ndarray as Array
from torch import nn

from engine.spec import ExperimentSpec, complete_init, layers_in
from engine.spec.sizes import threads_for
from engine.without_compiler import leave_out_compiler

from .named import layer_of
from .residual import Residual, chained


def version() -> str:
    return str(torch.__version__)  # a text of its own kind, whose reader would have to load torch


def warm_up() -> None:
    """Take a step of no consequence: what torch does at the first of all is done then."""
    with torch.random.fork_rng(devices=[]):
        layer = nn.Linear(1, 1)
    leave_out_compiler()
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
    torch.set_num_threads(threads_for(spec, cores))


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
    """Return the network's layers as torch makes them one after another, with the weights its generator draws.

    A residual, which has nothing but its layers, is their chain; they stand before it.
    """
    dtype, modules = getattr(torch, spec.dtype), dict[str, nn.Module]()
    for layer in layers_in(spec):
        modules[layer.name] = (
            chained(layer.inside, modules) if layer.inside else layer_of(layer.kind, layer.hyper, layer.inputs, dtype)
        )
    return [*modules.values()]


def trained_in(modules: Iterable[nn.Module]) -> Iterator[nn.Parameter]:
    """Yield the parameters of layers, each once: those of layers inside a residual are theirs."""
    return (weight for module in modules if not isinstance(module, Residual) for weight in module.parameters())


def seeded_weights(spec: ExperimentSpec, seed: int) -> list[Array]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        modules = layer_modules(spec)
        _draw_anew(spec, modules)
        return [weight.detach().numpy() for weight in trained_in(modules)]


def _draw_anew(spec: ExperimentSpec, modules: list[nn.Module]) -> None:
    """Draw the weights of layers that say how, in the file's order, all others being drawn by then."""
    inits = [layer.init for layer in layers_in(spec)]
    if any(inits):
        set_threads(spec, os.cpu_count() or 1)  # an orthogonal matrix comes out by another bit with other threads
    for init, module in zip(inits, modules, strict=True):
        if init is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a mean far from the bounds: the checks have let it pass
                getattr(nn.init, init.name)(module.weight, **complete_init(init))
