"""The torch lane: an ordinary torch training loop, held to the ``Lane`` interface."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor, nn
from torch.nn import functional as F  # torch's own convention

from engine.batches import Rows
from engine.lane import Snapshot, State, numbers_of
from engine.spec import ExperimentSpec, OptimizerSpec, complete, torch_state

from .start import linear_layers, set_threads

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "identity": nn.Identity,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "softplus": nn.Softplus,
}
LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "smooth_l1": F.smooth_l1_loss,
    "huber": F.huber_loss,
    "bce": F.binary_cross_entropy_with_logits,
    "cross_entropy": F.cross_entropy,
}


class TorchLane:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        set_threads(spec, os.cpu_count() or 1)
        dtype = getattr(torch, spec.dtype)
        self._x = torch.tensor(spec.data.x, dtype=dtype, device=spec.device)
        self._y = torch.tensor(spec.data.y, dtype=None if spec.data.has_classes else dtype, device=spec.device)
        self._linears = [layer.to(spec.device) for layer in linear_layers(spec)]
        self._activations = [ACTIVATIONS[layer.activation]() for layer in spec.network.layers]
        parts = zip(self._linears, self._activations, strict=True)
        self._model = nn.Sequential(*(m for pair in parts for m in pair if not isinstance(m, nn.Identity)))
        self._loss = LOSSES[spec.network.loss]
        self._name = entry.name
        self._symbols = torch_state(entry.name)
        self._parameters = list(self._model.parameters())
        hyper = complete(entry.name, entry.params)
        self._optimizer: torch.optim.Optimizer = getattr(torch.optim, entry.name)(self._parameters, **hyper._asdict())
        # On the CPU, NumPy sees torch's own memory, in which torch updates weights and state in place.
        self._in_place = spec.device == "cpu"
        self._kept: list[Array | int | None] | None = None
        self._set_weights(start)

    def step(self, rows: Rows) -> float:
        x, y = self._rows(rows)
        self._optimizer.zero_grad()
        loss = self._loss(self._model(x), y)
        loss.backward()
        self._optimizer.step()
        return loss.item()

    def _rows(self, rows: Rows) -> tuple[Tensor, Tensor]:
        if rows is None:
            return self._x, self._y
        if isinstance(rows, np.ndarray):
            index = torch.from_numpy(rows).to(self._x.device)
            return self._x[index], self._y[index]
        return self._x[rows], self._y[rows]

    def weights(self) -> list[Array]:
        return [_array(weight) for weight in self._parameters]

    def gradients(self) -> list[Array]:
        return [_array(weight.grad) for weight in self._parameters if weight.grad is not None]

    def states(self) -> list[State]:
        return [self._state(weight) for weight in self._parameters]

    def _state(self, weight: Tensor) -> dict[str, Array | int | None]:
        """The weight's state under the paper's symbols; before the first step torch has none."""
        kept = self._optimizer.state.get(weight, {})
        state: dict[str, Array | int | None] = {}
        for symbol, name in self._symbols.items():
            value = kept.get(name)
            state[symbol] = _as_state(symbol, value)
        return state

    def tensors(self) -> list[Array | int | None]:
        if self._kept is None or not self._in_place:
            self._kept = list(self._weights_and_states())
        return [_array(weight.grad) for weight in self._parameters] + self._kept

    def _weights_and_states(self) -> Iterator[Array | int | None]:
        yield from self.weights()
        for weight in self._parameters:
            kept = self._optimizer.state.get(weight, {})
            values = (kept.get(name) for name in self._symbols.values())
            yield from (None if value is None else _array(value) for value in values)

    def snapshot(self) -> Snapshot:
        states = tuple(
            {symbol: value.copy() if isinstance(value, np.ndarray) else value for symbol, value in state.items()}
            for state in self.states()
        )
        return Snapshot(tuple(weight.copy() for weight in self.weights()), states)

    def restore(self, snapshot: Snapshot) -> None:
        self._set_weights(snapshot.weights)
        self._optimizer.zero_grad()
        self._optimizer.state.clear()
        self._kept = None
        for weight, state in zip(self._parameters, snapshot.states, strict=True):
            if state.get("t") != 0:  # torch makes a weight's state in its first step
                self._optimizer.state[weight] = dict(self._torch_state(state, weight))

    def _torch_state(self, state: State, weight: Tensor) -> Iterator[tuple[str, Tensor | None]]:
        for symbol, name in self._symbols.items():
            value = state[symbol]
            if symbol == "t":
                yield name, torch.tensor(float(value), dtype=torch.float32)  # type: ignore[arg-type]
            elif value is not None:
                yield name, torch.tensor(value, dtype=weight.dtype, device=weight.device)

    def _set_weights(self, weights: Sequence[Array]) -> None:
        with torch.no_grad():
            for parameter, weight in zip(self._parameters, weights, strict=True):
                parameter.copy_(torch.tensor(weight))

    def set_params(self, params: Mapping[str, Any]) -> None:
        hyper = complete(self._name, dict(params))._asdict()
        for group in self._optimizer.param_groups:
            group.update(hyper)
        self._kept = None  # momentum, say, may begin to be kept

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        x, y = self._rows(rows)
        return _array(x), _array(y)

    def hyperparameters(self) -> dict[str, float]:
        (group,) = self._optimizer.param_groups
        return numbers_of({name: group[name] for name in complete(self._name, {})._fields})

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """As ``step``, with autograd asked to keep the gradient of every intermediate."""
        x, y = self._rows(rows)
        self._optimizer.zero_grad()
        kept: dict[str, Tensor] = {}
        for number, (linear, activation) in enumerate(zip(self._linears, self._activations, strict=True), start=1):
            z = linear(x)
            a = activation(z)
            if a is z:
                a = z.view_as(z)  # identity: a tensor of its own, or its gradient would be z's
            x = a
            kept[f"layer{number}.z"], kept[f"layer{number}.a"] = z, a
        slopes = [_slope(kept[f"layer{n}.a"], kept[f"layer{n}.z"]) for n in range(1, len(self._linears) + 1)]
        for tensor in kept.values():  # only now, or the slopes' gradients would be kept with the loss's
            tensor.retain_grad()
        loss = self._loss(x, y)
        loss.backward()
        recorded = {name: _array(tensor) for name, tensor in kept.items()}
        recorded["loss"] = _array(loss)
        recorded.update(self._recorded_gradients(kept, slopes))
        self._optimizer.step()
        recorded.update(self._recorded_update())
        return recorded

    def _recorded_gradients(self, kept: Mapping[str, Tensor], slopes: Sequence[Tensor]) -> dict[str, Array]:
        gradients: dict[str, Array] = {}
        for number in range(len(self._linears), 0, -1):
            gradients[f"layer{number}.dL_da"] = _array(kept[f"layer{number}.a"].grad)
            gradients[f"layer{number}.da_dz"] = _array(slopes[number - 1])
            gradients[f"layer{number}.dL_dz"] = _array(kept[f"layer{number}.z"].grad)
            for name, weight in self._linears[number - 1].named_parameters():
                gradients[f"layer{number}.{name}.grad"] = _array(weight.grad).copy()
        return gradients

    def _recorded_update(self) -> dict[str, Array]:
        names = [f"layer{n}.{name}" for n, layer in enumerate(self._linears, 1) for name, _ in layer.named_parameters()]
        update: dict[str, Array] = {}
        for name, state in zip(names, self.states(), strict=True):
            entries = {f"{name}.{symbol}": np.array(value) for symbol, value in state.items() if value is not None}
            update.update(entries)
        update.update({name: weight.copy() for name, weight in zip(names, self.weights(), strict=True)})
        return update


def _slope(a: Tensor, z: Tensor) -> Tensor:
    """An activation's derivative at each z, which autograd itself only multiplies by."""
    (slope,) = torch.autograd.grad(a, z, grad_outputs=torch.ones_like(a), retain_graph=True)
    return slope


def _array(tensor: Tensor | None) -> Array:
    """The tensor as NumPy sees it: on the CPU a view, elsewhere a copy."""
    assert tensor is not None
    return tensor.numpy(force=True)


def _as_state(symbol: str, value: Any) -> Array | int | None:
    if symbol == "t":
        return 0 if value is None else int(value)
    return None if value is None else _array(value)
