"""The NumPy lane: the textbook's step, held to the ``Lane`` interface.

``engine.diy`` keeps no books; what must be remembered between steps is remembered here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.batches import Rows
from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.network import Layer
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.step import Step, train_step
from engine.lane import Snapshot, State, is_given, numbers_of, standing
from engine.spec import ExperimentSpec, OptimizerSpec, complete, weight_shapes
from engine.trace.plot import Plot
from engine.trace.recorder import Recording
from engine.trace.trace import Own


class DiyLane:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        self._names = tuple(weight_shapes(spec.network, len(spec.data.x[0])))
        self._x = np.array(spec.data.x, dtype=spec.dtype)
        self._y = np.array(spec.data.y, dtype=np.int64 if spec.data.has_classes else spec.dtype)
        self._name = entry.name
        self._optimizer = OPTIMIZERS[entry.name]
        self._compared = [self._optimizer.State._fields.index(symbol) for symbol in self._optimizer.TORCH_STATE]
        self._hyper = complete(entry.name, entry.params)
        self._loss = LOSSES[spec.network.loss]
        self._activations = [ACTIVATIONS[layer.activation] for layer in spec.network.layers]
        self._has_bias = [layer.bias for layer in spec.network.layers]
        init = self._optimizer.init
        self.restore(Snapshot(tuple(start), tuple(init(weight)._asdict() for weight in start)))

    def step(self, rows: Rows) -> float:
        return self._take(*self.batch(rows)).loss  # type: ignore[return-value]  # a 0-d array: float() costs time

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        return (self._x, self._y) if rows is None else (self._x[rows], self._y[rows])

    def _take(self, x: Array, y: Array) -> Step:
        step = train_step(self._layers, self._states, x, y, self._loss, self._optimizer, self._hyper)
        self._layers, self._states, self._gradients = step.layers, step.states, step.gradients
        return step

    def weights(self) -> list[Array]:
        return [weight for W, b, _ in self._layers for weight in (W, b) if weight is not None]

    def gradients(self) -> list[Array]:
        return [gradient for pair in self._gradients for gradient in pair if gradient is not None]

    def states(self) -> list[State]:
        return [state._asdict() for pair in self._states for state in pair if state is not None]

    def tensors(self) -> list[Array | int | None]:
        tensors: list[Array | int | None] = [*self.gradients(), *self.weights()]
        for pair in self._states:
            for state in pair:
                if state is not None:
                    tensors += [state[place] for place in self._compared]
        return tensors

    def snapshot(self) -> Snapshot:
        """Free of charge: a step makes new arrays and changes none."""
        return Snapshot(tuple(self.weights()), tuple(self.states()))

    def restore(self, snapshot: Snapshot) -> None:
        self._gradients: list[Any] = []  # no step has led here
        weights, states = iter(snapshot.weights), iter(snapshot.states)
        self._layers: list[Layer] = []
        self._states: list[tuple[Any, Any]] = []
        for activation, has_bias in zip(self._activations, self._has_bias, strict=True):
            W, b = next(weights), next(weights) if has_bias else None
            self._layers.append(Layer(W, b, activation))
            W_state = self._state(W, next(states))
            self._states.append((W_state, None if b is None else self._state(b, next(states))))

    def _state(self, weight: Array, state: State) -> Any:
        """The optimizer's own State; torch's lane has nothing in it yet before the first step."""
        return self._optimizer.init(weight) if state.get("t") == 0 else self._optimizer.State(**state)

    def set_params(self, params: Mapping[str, Any]) -> None:
        self._hyper = complete(self._name, dict(params))

    def hyperparameters(self) -> dict[str, float]:
        return numbers_of(self._hyper._asdict())

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        named = self.traced_step(rows).named
        return {name: np.asarray(value) for name, value in named.items() if not is_given(name)}

    def traced_step(self, rows: Rows) -> Own:
        """Take a step and record it line by line; named are its intermediates and what it begins with."""
        named = dict(standing(self._names, self.snapshot()))
        layers = self._layers
        named["x"], named["y"] = x, y = self.batch(rows)
        with Recording() as recording:
            step = self._take(x, y)
        plot = Plot(recording, self._names)
        named.update(self._named(layers, step))
        named.update(plot.derivatives())
        return Own(recording, plot, named)

    def _named(self, layers: Sequence[Layer], step: Step) -> Iterator[tuple[str, Array]]:
        """All intermediates in the order in which they arise. Factors of the chain rule are no part of the Step:
        they are worked out again, in case no variable of that name was recorded.
        """
        for number, layer_pass in enumerate(step.passes, start=1):
            yield f"layer{number}.z", layer_pass.z
            yield f"layer{number}.a", layer_pass.a
        yield "loss", step.loss
        dL_da = step.dL_da
        for number in range(len(layers), 0, -1):
            layer, (_, z, a) = layers[number - 1], step.passes[number - 1]
            da_dz = layer.activation.df(z, a)
            dL_dz = dL_da * da_dz
            yield f"layer{number}.dL_da", dL_da
            yield f"layer{number}.da_dz", da_dz
            yield f"layer{number}.dL_dz", dL_dz
            yield from _both(number, step.gradients[number - 1], "grad")
            dL_da = dL_dz @ layer.W
        for number, states in enumerate(step.states, start=1):
            for name, state in _both(number, states):
                entries = ((f"{name}.{symbol}", getattr(state, symbol)) for symbol in self._optimizer.TORCH_STATE)
                yield from (entry for entry in entries if entry[1] is not None)
        for number, (W, b, _) in enumerate(step.layers, start=1):
            yield from _both(number, (W, b))


def _both(number: int, pair: Sequence[Any], suffix: str = "") -> Iterator[tuple[str, Any]]:
    """A layer's weight and bias entries that are there, under their names."""
    for name, value in zip(("weight", "bias"), pair, strict=True):
        if value is not None:
            yield f"layer{number}.{name}" + (f".{suffix}" if suffix else ""), value
