"""What a torch lane trains: a network on its data, or a point on a function. Autograd does the rest."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor, nn

from engine.lane.batches import Rows
from engine.lane.evaluation import RowBlock, row_blocks
from engine.lane.functions import is_of_rows
from engine.lane.row_by_row import inside_names
from engine.layer_names import is_buffer, layer_name
from engine.spec import (
    POINT,
    ExperimentSpec,
    RowsFor,
    ShapedLayer,
    arrays_of,
    function_asked,
    layers_in,
)

from .inside import inside as inside_of
from .inside import rows_of
from .masks import GivenDropout, Masks
from .named import activation_of, loss_of
from .problems import FUNCTIONS
from .start import layer_modules


class Network:
    """Chain one of ``torch.nn``'s modules after another, with what stands between them."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.network is not None
        assert spec.data is not None
        self._x, self._y = tensors_of(spec)
        self._test_x, self._test_y = tensors_of(spec, "test")
        self._shaped = layers_in(spec)
        self._layers = [layer.to(spec.device, getattr(torch, spec.dtype)) for layer in layer_modules(spec)]
        asked = [function_asked(layer.activation) for layer in spec.network.layers]
        self._activations = [activation_of(each) for each in asked]
        self._of_rows = [is_of_rows(each) for each in asked]
        parts = zip(self._layers, self._activations, strict=True)
        self._model = nn.Sequential(*(m for pair in parts for m in pair if not isinstance(m, nn.Identity)))
        self._loss = loss_of(function_asked(spec.network.loss))
        self.parameters = list(self._model.parameters())
        self.buffers = {
            f"{layer_name(number)}.{name}": buffer
            for number, layer in enumerate(self._layers, start=1)
            for name, buffer in layer.named_buffers()
            if is_buffer(name)
        }
        self._masks = Masks(spec)
        self._has_mode = any(layer.has_mode for layer in self._shaped)
        self._blocks, self._test_blocks = row_blocks(spec), row_blocks(spec, "test")

    def rows(self, rows: Rows) -> tuple[Tensor, Tensor]:
        if rows is None:
            return self._x, self._y
        if isinstance(rows, np.ndarray):
            index = torch.from_numpy(rows).to(self._x.device)
            return self._x.index_select(0, index), self._y.index_select(0, index)  # five times as fast as [index]
        return self._x[rows], self._y[rows]

    def set_masks(self, step: int, rows: int) -> None:
        """Have what is drawn in a step be what is drawn in step ``step``, of so many rows."""
        if not self._masks.shares:
            return
        masks = self._masks.draw(step, rows)
        for layer, shaped in zip(self._layers, self._shaped, strict=True):
            if isinstance(layer, GivenDropout):
                layer.mask = masks[shaped.name].to(self._x.device)

    def loss(self, x: Tensor, y: Tensor) -> Tensor:
        return self._loss(self._model(x), y)

    def training_loss(self) -> float:
        """Compute the loss over all rows that train."""
        with self._evaluating():
            return self._loss_on(self._x, self._y, self._blocks)

    @contextmanager
    def _evaluating(self) -> Iterator[None]:
        """Have the modules evaluate inside ``with``, where that is another thing than to train."""
        if self._has_mode:
            self._model.eval()
        try:
            yield
        finally:
            if self._has_mode:
                self._model.train()

    def test_loss(self) -> float:
        """Compute the loss over the rows that test; NaN where there are none."""
        if not len(self._test_x):
            return float("nan")
        with self._evaluating():
            return self._loss_on(self._test_x, self._test_y, self._test_blocks)

    def outputs(self, use: RowsFor) -> Array:
        """Return what the network makes of the rows that train or test, rows first."""
        x, blocks = (self._x, self._blocks) if use == "training" else (self._test_x, self._test_blocks)
        return np.concatenate([self.predict(x if rows is None else x[rows]) for rows, _ in blocks])

    def predict(self, x: Tensor) -> Array:
        """Return what the network makes of any rows, in evaluation."""
        with self._evaluating():
            return array_of(self._model(x))

    def _loss_on(self, x: Tensor, y: Tensor, blocks: Sequence[RowBlock]) -> float:
        parts = ((share, *((x, y) if rows is None else (x[rows], y[rows]))) for rows, share in blocks)
        return sum(share * self.loss(own_x, own_y).item() for share, own_x, own_y in parts)

    def recorded(self, x: Tensor, y: Tensor) -> tuple[Tensor, dict[str, Array]]:
        """Return the loss, and forward and backward pass by name, with autograd asked to keep every gradient."""
        kept: dict[str, Tensor] = {}
        entered: list[Tensor] = []
        if not x.requires_grad and not any(True for _ in self._layers[0].parameters()):
            x = x.detach().requires_grad_()  # or the first layer's z would have no gradient
        for number, (layer, activation) in enumerate(zip(self._layers, self._activations, strict=True), start=1):
            z = layer(x)
            entered.append(x)
            a = activation(z)
            if a is z:
                a = z.view_as(z)  # identity: a tensor of its own, or its gradient would be z's
            x = a
            name = layer_name(number)
            kept[f"{name}.z"], kept[f"{name}.a"] = z, a
        names = [layer_name(number) for number in range(1, len(self._layers) + 1)]
        slopes = {
            name: _slope(kept[f"{name}.a"], kept[f"{name}.z"])
            for name, of_rows in zip(names, self._of_rows, strict=True)
            if not of_rows
        }
        for tensor in kept.values():  # only now, or the slopes' gradients would be kept with the loss's
            tensor.retain_grad()
        loss = self._loss(x, y)
        loss.backward()
        inside = [self._inside(place, entered[place], kept[f"{name}.z"]) for place, name in enumerate(names)]
        recorded: dict[str, Array] = {}
        for place, name in enumerate(names):
            recorded |= _of_role(self._shaped[place], "forward", inside[place])
            recorded[f"{name}.z"] = array_of(kept[f"{name}.z"])
            own = self._layers[place].named_buffers()  # masks among them
            recorded |= {f"{name}.{buffer}": array_of(value).copy() for buffer, value in own}
            recorded[f"{name}.a"] = array_of(kept[f"{name}.a"])
        recorded["loss"] = array_of(loss)
        recorded.update(self._recorded_gradients(kept, slopes, inside))
        return loss, recorded

    def _inside(self, place: int, x: Tensor, z: Tensor) -> dict[str, Tensor]:
        """Return what is inside a layer by the names of its file; the first layer's input wants no gradient."""
        layer, dL_dz = self._shaped[place], z.grad
        given = {"x": x, **dict(self._layers[place].named_parameters())}
        if place and dL_dz is not None:
            given["dL_dz"] = dL_dz
        rows = rows_of(layer.axis, {"x": x, "z": z, "dL_dz": dL_dz, "dL_dx": x.grad if place else None})
        return rows | inside_of(layer.kind, layer.hyper, given, layer.axis)

    def _recorded_gradients(
        self, kept: Mapping[str, Tensor], slopes: Mapping[str, Tensor], inside: Sequence[Mapping[str, Tensor]]
    ) -> dict[str, Array]:
        gradients: dict[str, Array] = {}
        for number in range(len(self._layers), 0, -1):
            layer = layer_name(number)
            gradients[f"{layer}.dL_da"] = array_of(kept[f"{layer}.a"].grad)
            if layer in slopes:
                gradients[f"{layer}.da_dz"] = array_of(slopes[layer])
            gradients[f"{layer}.dL_dz"] = array_of(kept[f"{layer}.z"].grad)
            gradients |= _of_role(self._shaped[number - 1], "backward", inside[number - 1])
            for name, weight in self._layers[number - 1].named_parameters():
                gradients[f"{layer}.{name}.grad"] = array_of(weight.grad).copy()
        return gradients


def _of_role(layer: ShapedLayer, role: str, inside: Mapping[str, Tensor]) -> dict[str, Array]:
    """Return what is inside a layer's ``forward`` or ``backward``, under the step's names."""
    names = (name for name in inside_names(layer, role) if name in inside)
    return {f"{layer.name}.{role}.{name}": array_of(inside[name]) for name in names}


class Point:
    """Hold a point on a function of two numbers."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.problem is not None
        self._function, self._condition = FUNCTIONS[spec.problem.function], spec.problem.condition
        self._point = nn.Parameter(torch.zeros(1, 2, dtype=getattr(torch, spec.dtype), device=spec.device))
        self._nothing = torch.empty(0, 0)
        self.parameters, self.buffers = [self._point], dict[str, Tensor]()

    def rows(self, _: Rows) -> tuple[Tensor, Tensor]:
        return self._nothing, self._nothing

    def set_masks(self, _step: int, _rows: int) -> None:
        pass

    def loss(self, _x: Tensor, _y: Tensor) -> Tensor:
        return self._function(self._point, self._condition)

    def training_loss(self) -> float:
        return self.loss(self._nothing, self._nothing).item()

    def test_loss(self) -> float:
        return float("nan")

    def outputs(self, _: RowsFor) -> Array:
        return array_of(self._nothing)

    def predict(self, _: Tensor) -> Array:
        return array_of(self._nothing)

    def recorded(self, x: Tensor, y: Tensor) -> tuple[Tensor, dict[str, Array]]:
        loss = self.loss(x, y)
        loss.backward()
        return loss, {"loss": array_of(loss), f"{POINT}.grad": array_of(self._point.grad).copy()}


def tensors_of(spec: ExperimentSpec, use: RowsFor = "training") -> tuple[Tensor, Tensor]:
    """Return x and y as torch has them on the device: made once, and shared by all lanes, as none writes to them."""
    assert spec.data is not None
    data, device = spec.data, spec.device
    x, y = arrays_of(spec, use)
    key = "torch", device, use, data.test
    return (
        data.x.made((*key, x.dtype, x.shape), lambda: torch.tensor(x, device=device)),
        data.y.made((*key, spec.dtype), lambda: torch.tensor(y, device=device)),
    )


def _slope(a: Tensor, z: Tensor) -> Tensor:
    """Return an activation's derivative at each z, which autograd itself only multiplies by."""
    (slope,) = torch.autograd.grad(a, z, grad_outputs=torch.ones_like(a), retain_graph=True)
    return slope


def array_of(tensor: Tensor | None) -> Array:
    """Return the tensor as NumPy sees it: on the CPU a view, elsewhere a copy."""
    assert tensor is not None
    return tensor.numpy(force=True)
