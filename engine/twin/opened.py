"""A network's layers run in the open, for autograd to keep the gradient of all that lies between them."""

from collections.abc import Iterator, Mapping, Sequence

import torch
from numpy import ndarray as Array
from torch import Tensor, nn

from engine.lane.functions import is_of_rows
from engine.lane.row_by_row import inside_names
from engine.spec import ShapedLayer

from .inside import inside as inside_of
from .inside import rows_of


class Opened:
    """Run layers one after another, and tell what they made by a step's names.

    ``modules`` and ``activations`` are torch's, by the layers' names.
    """

    def __init__(self, modules: Mapping[str, nn.Module], activations: Mapping[str, nn.Module]):
        self._modules, self._activations = modules, activations
        self._kept: dict[str, Tensor] = {}
        self._entered: dict[str, Tensor] = {}
        self._slopes: dict[str, Tensor] = {}
        self._inside: dict[str, Mapping[str, Tensor]] = {}

    def through(self, layers: Sequence[ShapedLayer], x: Tensor) -> Tensor:
        """Return what the layers make of an input."""
        for layer in layers:
            name = layer.name
            self._entered[name] = x
            z = self._added(layer, x) if layer.inside else self._modules[name](x)
            a = self._activations[name](z)
            if a is z:
                a = z.view_as(z)  # identity: a tensor of its own, or its gradient would be z's
            x = a
            self._kept[f"{name}.z"], self._kept[f"{name}.a"] = z, a
            if not is_of_rows(layer.activation):
                self._slopes[name] = _slope(a, z)
        return x

    def _added(self, layer: ShapedLayer, x: Tensor) -> Tensor:
        """Add to a residual's input what is made of it; each way has a tensor of its own, whose gradient is kept."""
        ways = {way: x.view_as(x) for way in ("through_skip", "through_inside")}
        if layer.dL_dx is not None:
            self._kept |= {f"{layer.name}.backward.{way}": tensor for way, tensor in ways.items()}
        return ways["through_skip"] + self.through(layer.inside, ways["through_inside"])

    def keep_gradients(self) -> None:
        """Have autograd keep them; only now, or those that slopes were asked for would be kept with the loss's."""
        for tensor in self._kept.values():
            tensor.retain_grad()

    def forward_names(self, layers: Sequence[ShapedLayer]) -> dict[str, Array]:
        """Return what was made on the way forwards, after the way back; ``layers`` in the order in which they run."""
        named: dict[str, Array] = {}
        for layer in layers:
            named |= self._of_role(layer, "forward")
            named[f"{layer.name}.z"] = array_of(self._kept[f"{layer.name}.z"])
            if not layer.inside:
                own = self._modules[layer.name].named_buffers()  # masks among them
                named |= {f"{layer.name}.{buffer}": array_of(value).copy() for buffer, value in own}
            named[f"{layer.name}.a"] = array_of(self._kept[f"{layer.name}.a"])
        return named

    def backward_names(self, layers: Sequence[ShapedLayer]) -> dict[str, Array]:
        """Return what was made on the way back, last layer first."""
        return dict(self._back(layers))

    def _back(self, layers: Sequence[ShapedLayer]) -> Iterator[tuple[str, Array]]:
        for layer in reversed(layers):
            name = layer.name
            yield f"{name}.dL_da", self._gradient(f"{name}.a")
            if name in self._slopes:
                yield f"{name}.da_dz", array_of(self._slopes[name])
            yield f"{name}.dL_dz", self._gradient(f"{name}.z")
            yield from self._back(layer.inside)
            ways = (kept for kept in self._kept if layer.inside and kept.startswith(f"{name}.backward."))
            yield from ((way, self._gradient(way)) for way in ways)
            yield from self._of_role(layer, "backward").items()
            if not layer.inside:
                weights = self._modules[name].named_parameters()
                yield from ((f"{name}.{weight}.grad", array_of(value.grad).copy()) for weight, value in weights)

    def _gradient(self, name: str) -> Array:
        return array_of(self._kept[name].grad)

    def _of_role(self, layer: ShapedLayer, role: str) -> dict[str, Array]:
        """Return what is inside a layer's ``forward`` or ``backward``, under the step's names."""
        made = self._made_inside(layer)
        names = (name for name in inside_names(layer, role) if name in made)
        return {f"{layer.name}.{role}.{name}": array_of(made[name]) for name in names}

    def _made_inside(self, layer: ShapedLayer) -> Mapping[str, Tensor]:
        """Return what is inside a layer by the names of its file; the first layer's input wants no gradient."""
        if layer.inside or layer.name in self._inside:
            return self._inside.get(layer.name, {})
        x, z = self._entered[layer.name], self._kept[f"{layer.name}.z"]
        given = {"x": x, **dict(self._modules[layer.name].named_parameters())}
        wants_dL_dx, dL_dz = layer.dL_dx is not None, z.grad
        if wants_dL_dx and dL_dz is not None:
            given["dL_dz"] = dL_dz
        rows = rows_of(layer.axis, {"x": x, "z": z, "dL_dz": dL_dz, "dL_dx": x.grad if wants_dL_dx else None})
        self._inside[layer.name] = rows | inside_of(layer.kind, layer.hyper, given, layer.axis)
        return self._inside[layer.name]


def _slope(a: Tensor, z: Tensor) -> Tensor:
    """Return an activation's derivative at each z, which autograd itself only multiplies by."""
    (slope,) = torch.autograd.grad(a, z, grad_outputs=torch.ones_like(a), retain_graph=True)
    return slope


def array_of(tensor: Tensor | None) -> Array:
    """Return the tensor as NumPy sees it: on the CPU a view, elsewhere a copy."""
    assert tensor is not None
    return tensor.numpy(force=True)
