"""What torch is here, and the weights it draws from a seed."""

import torch
from numpy import ndarray as Array
from torch import nn

from engine.spec import ExperimentSpec, shapes_of

# Below about 512 × 512 a second thread costs more than it brings, up to five times as much.
THREADS_PAY_FROM = 512 * 512


def version() -> str:
    return str(torch.__version__)  # a text of its own kind, whose reader would have to load torch


def warm_up() -> None:
    """Take a step of no consequence: the first optimizer makes torch load another second's worth of itself."""
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
    largest = max(rows * columns[0] for rows, *columns in shapes_of(spec).values() if columns)
    torch.set_num_threads(cores if largest >= THREADS_PAY_FROM else 1)


def linear_layers(spec: ExperimentSpec) -> list[nn.Linear]:
    """Return the network's layers as torch makes them, with the weights its generator draws."""
    assert spec.network is not None
    assert spec.data is not None
    inputs = spec.data.x.columns
    layers: list[nn.Linear] = []
    for layer in spec.network.layers:
        layers.append(nn.Linear(inputs, layer.units, bias=layer.bias, dtype=getattr(torch, spec.dtype)))
        inputs = layer.units
    return layers


def seeded_weights(spec: ExperimentSpec, seed: int) -> list[Array]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return [weight.detach().numpy() for layer in linear_layers(spec) for weight in layer.parameters()]
