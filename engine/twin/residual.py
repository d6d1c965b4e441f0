"""Torch's side of a residual, of which torch has no module, and the chain of layers with their activations."""

from collections.abc import Mapping, Sequence

from torch import Tensor, nn

from engine.spec import ShapedLayer

from .named import activation_of


class Residual(nn.Module):
    """Add to an input what layers make of it."""

    def __init__(self, inside: nn.Module):
        super().__init__()
        self.inside = inside

    def forward(self, x: Tensor) -> Tensor:
        return x + self.inside(x)


def in_sequence(layers: Sequence[ShapedLayer], modules: Mapping[str, nn.Module]) -> nn.Sequential:
    """Return layers one after another, each with its activation; ``modules`` are those made of layers, by name."""
    pairs = ((modules[layer.name], activation_of(layer.activation)) for layer in layers)
    return nn.Sequential(*(module for pair in pairs for module in pair if not isinstance(module, nn.Identity)))


def chained(inside: Sequence[ShapedLayer], modules: Mapping[str, nn.Module]) -> Residual:
    """Return a residual around layers that are made already."""
    return Residual(in_sequence(inside, modules))
