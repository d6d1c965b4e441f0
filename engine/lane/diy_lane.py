"""The NumPy lane: the textbook's step, held to the ``Lane`` interface.

``engine.diy`` keeps no books; what must be remembered between steps is remembered here.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS
from engine.diy.closure import flat, is_whole
from engine.diy.losses import LOSSES
from engine.diy.network import Layer, forward
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.problem_step import point, problem_step
from engine.diy.problems import problem_of
from engine.diy.step import Clip, Step, train_step
from engine.recording.recorded_step import RecordedStep
from engine.recording.recorder import Recording
from engine.recording.stages import StepStages
from engine.spec import POINT, ExperimentSpec, OptimizerSpec, ProblemSpec, complete, shapes_of

from .batches import Rows, taken
from .evaluation import row_blocks
from .lane import Snapshot, State, is_fresh, numbers_of
from .layout import RATE, compared_states
from .names import is_given, state_before

if TYPE_CHECKING:
    from engine.spec.schedule import Schedule


class DiyLane:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        self._names = tuple(shapes_of(spec))
        self._name, self._optimizer = entry.name, OPTIMIZERS[entry.name]
        self._model = _Network(spec) if spec.problem is None else _Point(spec.problem)
        self._whole = is_whole(self._optimizer)
        places = self._optimizer.State._fields.index
        compared = compared_states(entry.name, shapes_of(spec)).values()
        self._compared = [[places(symbol) for symbol in entries] for entries in compared]
        self._hyper = complete(entry.name, entry.params)
        self._schedule = schedule_of(entry)
        self._clip = clip_of(entry)
        self.evaluations, self.rate = 1, float("nan")
        self.restore(Snapshot(tuple(start), ({},) * len(start)))

    def step(self, rows: Rows) -> float:
        return self._take(*self.batch(rows)).loss  # type: ignore[return-value]  # a 0-d array: float() costs time

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        return self._model.batch(rows)

    def _take(self, x: Array, y: Array) -> Step:
        hyper = self._hyper
        if self._schedule is not None:
            hyper = self._schedule.hyper(hyper, self._scheduled)
        step = self._model.step(self._layers, self._states, x, y, self._optimizer, hyper, self._clip)
        if self._whole:
            self.evaluations = max(step.states[0][0].func_evals - self._states[0][0].func_evals, 1)
        self._layers, self._states, self._gradients = step.layers, step.states, step.clipped
        self.rate = hyper.lr
        if self._schedule is not None:
            self._scheduled = self._schedule.after(self._scheduled, step.loss)
        return step

    def training_loss(self) -> float:
        return self._model.loss(self._layers)

    def weights(self) -> list[Array]:
        return [weight for W, b, _ in self._layers for weight in (W, b) if weight is not None]

    def gradients(self) -> list[Array]:
        return [gradient for pair in self._gradients for gradient in pair if gradient is not None]

    def states(self) -> list[State]:
        return [{} if state is None else state._asdict() for state in self._each_state()]

    def _each_state(self) -> Iterator[Any]:
        """The state of each weight; None with what has none, as all are together in the first."""
        for (_, b, _), (W_state, b_state) in zip(self._layers, self._states, strict=True):
            yield W_state
            if b is not None:
                yield b_state

    def tensors(self) -> list[Array | np.generic | float | None]:
        tensors: list[Array | np.generic | float | None] = [*self.gradients(), *self.weights()]
        for state, places in zip(self._each_state(), self._compared, strict=True):
            if places:
                tensors += [state[place] for place in places]
        if self._schedule is not None:
            tensors.append(self.rate)
        return tensors

    def snapshot(self) -> Snapshot:
        """Free of charge: a step makes new arrays and changes none."""
        return Snapshot(tuple(self.weights()), tuple(self.states()), self._schedule and self._scheduled)

    def restore(self, snapshot: Snapshot) -> None:
        self._gradients: Sequence[Any] = []  # no step has led here
        self._layers = self._model.layers(snapshot.weights)
        if self._schedule is not None:
            self._scheduled: dict[str, Any] = dict(snapshot.schedule or self._schedule.begin())
        if self._whole:
            own = snapshot.states[0]
            rest = [(None, None)] * (len(self._layers) - 1)
            self._states: list[tuple[Any, Any]] = [(self._state(flat(self._layers), own), None), *rest]
            return
        states = iter(snapshot.states)
        self._states = [
            (self._state(W, next(states)), None if b is None else self._state(b, next(states)))
            for W, b, _ in self._layers
        ]

    def _state(self, weight: Array, state: State) -> Any:
        """The optimizer's own State; torch's lane has nothing in it yet before the first step."""
        if is_fresh(state):
            return self._optimizer.init(weight)
        return self._optimizer.State(*map(state.get, self._optimizer.State._fields))

    def set_params(self, params: Mapping[str, Any]) -> None:
        self._hyper = complete(self._name, dict(params))

    def in_force(self) -> Any:
        """The optimizer's ``Hyper`` of the next step."""
        return self._hyper if self._schedule is None else self._schedule.hyper(self._hyper, self._scheduled)

    def hyperparameters(self) -> dict[str, float]:
        return numbers_of(self.in_force()._asdict())

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        named = self.traced_step(rows).named
        return {name: np.asarray(value) for name, value in named.items() if not is_given(name)}

    def traced_step(self, rows: Rows) -> RecordedStep:
        """Take a step and record it line by line; named are its intermediates and what it begins with."""
        named = dict(state_before(self._names, self.snapshot()))
        layers, hyper = self._layers, self.in_force()
        x, y = self.batch(rows)
        if x.size:
            named["x"], named["y"] = x, y
        with Recording() as recording:
            step = self._take(x, y)
        stages = StepStages(recording, self._names)
        named.update(self._named(layers, step, dict(stages.derivatives())))
        return RecordedStep(recording, stages, named, hyper)

    def _named(self, layers: Sequence[Layer], step: Step, recorded: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """All intermediates in the order in which they arise; ``recorded`` are the factors of the chain rule."""
        yield from self._model.named(layers, step, recorded)
        if self._clip is not None:
            clipped = zip(self._names, self.gradients(), strict=True)
            yield from ((f"{name}.clipped", gradient) for name, gradient in clipped)
        if self._schedule is not None:
            yield RATE, self.rate
        for name, state, places in zip(self._names, self._each_state(), self._compared, strict=True):
            entries = ((f"{name}.{self._optimizer.State._fields[place]}", state[place]) for place in places)
            yield from (entry for entry in entries if entry[1] is not None)
        yield from zip(self._names, self.weights(), strict=True)


def schedule_of(entry: OptimizerSpec) -> "Schedule | None":
    if entry.schedule is None:
        return None
    from engine.spec.schedule import Schedule

    return Schedule(entry)


def clip_of(entry: OptimizerSpec) -> Clip | None:
    if entry.clip is None:
        return None
    from engine.diy.clip import clip_by_norm, clip_by_value

    if entry.clip.norm is not None:
        return partial(clip_by_norm, max_norm=entry.clip.norm)
    assert entry.clip.value is not None
    return partial(clip_by_value, limit=entry.clip.value)


class _Network:
    """The layers and data that a lane trains."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.network is not None
        assert spec.data is not None
        self._x, self._y = spec.data.arrays(spec.dtype)
        self._loss = LOSSES[spec.network.loss]
        self._activations = [ACTIVATIONS[layer.activation] for layer in spec.network.layers]
        self._has_bias = [layer.bias for layer in spec.network.layers]
        self._blocks = row_blocks(spec)

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        return taken(self._x, rows), taken(self._y, rows)

    def layers(self, weights: Sequence[Array]) -> list[Layer]:
        left = iter(weights)
        parts = zip(self._activations, self._has_bias, strict=True)
        return [Layer(next(left), next(left) if has_bias else None, activation) for activation, has_bias in parts]

    def step(
        self, layers: list[Layer], states: Any, x: Array, y: Array, optimizer: Any, hyper: Any, clip: Clip | None
    ) -> Step:
        return train_step(layers, states, x, y, self._loss, optimizer, hyper, clip)

    def loss(self, layers: Sequence[Layer]) -> float:
        """Over all rows."""
        return sum(share * float(self._loss_on(layers, rows)) for rows, share in self._blocks)

    def _loss_on(self, layers: Sequence[Layer], rows: Rows) -> Array:
        x, y = self.batch(rows)
        return self._loss.f(forward(layers, x)[-1].a, y)

    @staticmethod
    def named(layers: Sequence[Layer], step: Step, recorded: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Factors of the chain rule are no part of the Step: where no variable of that name was recorded, they are
        computed again.
        """
        for number, layer_pass in enumerate(step.passes, start=1):
            yield f"layer{number}.z", layer_pass.z
            yield f"layer{number}.a", layer_pass.a
        yield "loss", step.loss
        dL_da = step.dL_da
        for number in range(len(layers), 0, -1):
            name, layer, (_, z, a) = f"layer{number}", layers[number - 1], step.passes[number - 1]
            dL_da = recorded.get(f"{name}.dL_da", dL_da)
            yield f"{name}.dL_da", dL_da
            da_dz = recorded[key] if (key := f"{name}.da_dz") in recorded else layer.activation.df(z, a)
            yield key, da_dz
            dL_dz = recorded[key] if (key := f"{name}.dL_dz") in recorded else dL_da * da_dz
            yield key, dL_dz
            for kind, value in zip(("weight", "bias"), step.gradients[number - 1], strict=True):
                if value is not None:
                    yield f"layer{number}.{kind}.grad", value
            if f"layer{number - 1}.dL_da" not in recorded and number > 1:
                dL_da = dL_dz @ layer.W


class _Point:
    """The function that a lane descends; there are no data."""

    def __init__(self, problem: ProblemSpec):
        self._problem = problem_of(problem.function, problem.condition)
        self._nothing = np.empty((0, 0))

    def batch(self, _: Rows) -> tuple[Array, Array]:
        return self._nothing, self._nothing

    def layers(self, weights: Sequence[Array]) -> list[Layer]:
        return point(weights[0])

    def step(
        self, layers: list[Layer], states: Any, _x: Array, _y: Array, optimizer: Any, hyper: Any, clip: Clip | None
    ) -> Step:
        return problem_step(self._problem, layers, states, optimizer, hyper, clip)

    def loss(self, layers: Sequence[Layer]) -> float:
        return float(self._problem.f(layers[0].W))

    @staticmethod
    def named(_: Sequence[Layer], step: Step, __: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "loss", step.loss
        yield f"{POINT}.grad", step.gradients[0].dL_dW
