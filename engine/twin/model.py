"""What a torch lane trains: a network on its data, or a point on a function. Autograd does the rest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor, nn

from engine.lane.batches import Rows
from engine.lane.evaluation import RowBlock, row_blocks
from engine.layer_names import is_buffer
from engine.spec import POINT, ExperimentSpec, RowsFor, arrays_of, function_asked, layers_in

from .masks import GivenDropout, Masks
from .named import activation_of, loss_of
from .opened import Opened, array_of
from .problems import FUNCTIONS
from .residual import in_sequence
from .start import layer_modules


class Network:
    """Chain one of ``torch.nn``'s modules after another, with what stands between them."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.network is not None
        assert spec.data is not None
        self._x, self._y = tensors_of(spec)
        self._test_x, self._test_y = tensors_of(spec, "test")
        self._shaped = layers_in(spec)
        made = zip(self._shaped, layer_modules(spec), strict=True)
        kind = getattr(torch, spec.dtype)
        self._modules = {layer.name: module.to(spec.device, kind) for layer, module in made}
        self._outer = [layer for layer in self._shaped if not layer.is_inside]
        self._activations = {layer.name: activation_of(layer.activation) for layer in self._shaped}
        self._model = in_sequence(self._outer, self._modules)
        self._loss = loss_of(function_asked(spec.network.loss))
        self.parameters = list(self._model.parameters())
        self.buffers = {
            f"{layer.name}.{name}": buffer
            for layer in self._shaped
            if not layer.inside
            for name, buffer in self._modules[layer.name].named_buffers()
            if is_buffer(name)
        }
        self._masks = Masks(spec)
        self._has_mode = any(layer.has_mode for layer in self._shaped)
        self._blocks, self._test_blocks = row_blocks(spec), row_blocks(spec, "test")

    @property
    def whole(self) -> nn.Sequential:
        """Return the network itself, without its loss."""
        return self._model

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
        for name, module in self._modules.items():
            if isinstance(module, GivenDropout):
                module.mask = masks[name].to(self._x.device)

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
        if not x.requires_grad and not any(True for _ in self._modules[self._shaped[0].name].parameters()):
            x = x.detach().requires_grad_()  # or the first layer's z would have no gradient
        opened = Opened(self._modules, self._activations)
        x = opened.through(self._outer, x)
        opened.keep_gradients()
        loss = self._loss(x, y)
        loss.backward()
        recorded = opened.forward_names(self._shaped)
        recorded["loss"] = array_of(loss)
        recorded.update(opened.backward_names(self._outer))
        return loss, recorded


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
