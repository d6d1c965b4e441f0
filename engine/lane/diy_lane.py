"""The NumPy lane: the textbook's step, held to the ``Lane`` interface.

``engine.diy`` keeps no books; what must be remembered between steps is remembered here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.closure import closure_problem_step, closure_step, parameters_to_vector, takes_closure
from engine.diy.groups import grouped_problem_step, grouped_step
from engine.diy.layers import LAYERS
from engine.diy.network import Layer, Params, evaluate, new_buffers
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.problem_step import problem_step
from engine.diy.problems import problem_of
from engine.diy.step import Clip, States, Step, train_step
from engine.recording.own_values import as_arrays, replace_known
from engine.recording.recorded_step import RecordedStep
from engine.recording.recorder import Recording
from engine.recording.stages import StepStages
from engine.spec import (
    POINT,
    ExperimentSpec,
    OptimizerSpec,
    ProblemSpec,
    RowsFor,
    ShapedLayer,
    arrays_of,
    complete,
    function_asked,
    layers_in,
    parts_of,
    shapes_of,
    start_buffers,
)

from .batches import Rows, taken
from .evaluation import RowBlock, row_blocks
from .functions import activation_of, loss_of
from .lane import Snapshot, State, is_fresh, numbers_of
from .layout import RATE, compared_states
from .named_values import backward_names, forward_names, made_inside
from .names import is_given, state_before
from .passes import in_order
from .row_by_row import in_rows

if TYPE_CHECKING:
    from engine.lane.own_parts import OwnParts
    from engine.spec.schedule import Schedule


Draw = Callable[[int, int], Mapping[str, Array]]  # of a step and so many rows: masks, by torch's names


class DiyLane:
    """Train by the textbook. ``draw`` draws masks, where there is something random in a step."""

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array], draw: Draw | None = None):
        self._draw = draw
        self._names = tuple(shapes_of(spec))
        self._schedule = schedule_of(entry)
        self._clip = clip_of(entry)
        self._begin_optimizer(entry)
        model = _Network(spec) if spec.problem is None else _Point(spec.problem)
        self._model = model
        self._step = model.closure_step if self._takes_closure else model.step
        compared = compared_states(entry, shapes_of(spec)).items()
        self._compared = [[self._fields_of(name).index(symbol) for symbol in entries] for name, entries in compared]
        self.evaluations, self.rate = 1, float("nan")
        self.restore(Snapshot(tuple(start), ({},) * len(start), buffers=start_buffers(spec)))

    def _begin_optimizer(self, entry: OptimizerSpec) -> None:
        """Find what moves the weights."""
        self._name, self._optimizer = entry.name, OPTIMIZERS[entry.name]
        self._takes_closure = takes_closure(self._optimizer)
        self._fields: Sequence[str] = self._optimizer.State._fields
        self._hyper = complete(entry.name, entry.params)
        self._clipping = self._clip

    def _fields_of(self, name: str) -> Sequence[str]:  # noqa: ARG002
        """Return the symbols of what is kept of a weight."""
        return self._fields

    def step(self, rows: Rows) -> float:
        return self._take(*self.batch(rows)).loss  # type: ignore[return-value]  # a 0-d array: float() costs time

    def rate_of(self, weight: str) -> float:  # noqa: ARG002
        return self.rate

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        return self._model.batch(rows)

    def _take(self, x: Array, y: Array) -> Step:
        hyper = self._hyper
        if self._schedule is not None:
            hyper = self._schedule.hyper(hyper, self._scheduled)
        known = self._begin_step(len(x))
        step = self._step(self._params, self._states, x, y, self._optimizer, hyper, self._clipping, known)
        if self._takes_closure:
            first = self._names[0]
            self.evaluations = max(step.states[first].func_evals - self._states[first].func_evals, 1)
        self._keep(step)
        self.rate = hyper.lr
        if self._schedule is not None:
            self._scheduled = self._schedule.after(self._scheduled, step.loss)
        return step

    def _begin_step(self, rows: int) -> Params:
        """Return what the next step's forward pass knows beside the weights: buffers, and masks for so many rows."""
        self._steps += 1
        return self._buffers if self._draw is None else {**self._buffers, **self._draw(self._steps, rows)}

    def _keep(self, step: Step) -> None:
        self._params, self._states, self._grads = step.params, step.states, step.clipped
        if self._buffers:
            self._buffers = new_buffers(step.caches)

    def training_loss(self) -> float:
        return self._model.loss(self._learned)

    def test_loss(self) -> float:
        return self._model.test_loss(self._learned)

    def outputs(self, use: RowsFor) -> Array:
        return self._model.outputs(self._learned, use)

    def predict(self, x: Array) -> Array:
        return self._model.predict(self._learned, x)

    @property
    def _learned(self) -> Params:
        """Return what the network is evaluated by: weights, and running averages where it has any."""
        return {**self._params, **self._buffers} if self._buffers else self._params

    def weights(self) -> list[Array]:
        return list(self._params.values())

    def gradients(self) -> list[Array]:
        return list(self._grads.values())

    def states(self) -> list[State]:
        return [self._states[name]._asdict() if name in self._states else {} for name in self._names]

    def buffers(self) -> Mapping[str, Array]:
        return self._buffers

    def tensors(self) -> list[Array | np.generic | float | None]:
        tensors: list[Array | np.generic | float | None] = [
            *self._grads.values(),
            *self._params.values(),
            *self._buffers.values(),
        ]
        for name, places in zip(self._names, self._compared, strict=True):
            if places:
                state = self._states[name]
                tensors += [state[place] for place in places]
        if self._schedule is not None:
            tensors.append(self.rate)
        return tensors

    def snapshot(self) -> Snapshot:
        """Free of charge, but for what own code remembers: a step makes new arrays and changes none."""
        scheduled = self._schedule and self._scheduled
        weights, states = tuple(self.weights()), tuple(self.states())
        return Snapshot(weights, states, scheduled, self._buffers, parts=self._parts_mark(), taken=self._steps)

    def _parts_mark(self) -> Any:
        return None if self._model.own is None else self._model.own.save()

    def _restore_parts(self, snapshot: Snapshot) -> None:
        if self._model.own is not None:
            self._model.stand(snapshot.parts)

    def set_parts(self, spec: ExperimentSpec) -> None:
        """Go on with the own code that ``spec`` has in the network, which takes what was remembered.

        Raises CannotGoOn and Unusable; then the code is what it was.
        """
        self._model.take_code(spec, self._steps)

    @property
    def own_parts(self) -> "OwnParts | None":
        """Return the own code of the network's parts."""
        return self._model.own

    @property
    def narrow(self) -> frozenset[str]:
        """Return the names of a step's values that own code made in a lesser precision than the run's."""
        return frozenset() if self._model.own is None else self._model.own.narrow

    def restore(self, snapshot: Snapshot) -> None:
        self._grads: Mapping[str, Array] = {}
        self._steps = snapshot.taken
        self._restore_parts(snapshot)
        self._params, self._buffers = dict(zip(self._names, snapshot.weights, strict=True)), dict(snapshot.buffers)
        self._restore_schedule(snapshot)
        if self._takes_closure:  # one state, of all weights
            every = parameters_to_vector(snapshot.weights)
            self._states = {self._names[0]: self._state(self._names[0], every, snapshot.states[0])}
            return
        parts = zip(self._names, snapshot.weights, snapshot.states, strict=True)
        self._states = {name: self._state(name, weight, state) for name, weight, state in parts}

    def _restore_schedule(self, snapshot: Snapshot) -> None:
        if self._schedule is not None:
            self._scheduled: dict[str, Any] = dict(snapshot.schedule or self._schedule.begin())

    def _state(self, name: str, weight: Array, state: State) -> Any:  # noqa: ARG002
        """Return the optimizer's own State; torch's lane has nothing in it yet before the first step."""
        if is_fresh(state):
            return self._optimizer.init(weight)
        return self._optimizer.State(*map(state.get, self._fields))

    def set_params(self, params: Mapping[str, Any]) -> None:
        self._hyper = complete(self._name, dict(params))

    def in_force(self) -> Any:
        """Return the optimizer's ``Hyper`` of the next step."""
        return self._hyper if self._schedule is None else self._schedule.hyper(self._hyper, self._scheduled)

    def hyperparameters(self) -> dict[str, float]:
        return numbers_of(self.in_force()._asdict())

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        named = self.traced_step(rows).named
        return {name: np.asarray(value) for name, value in named.items() if not is_given(name)}

    def traced_step(self, rows: Rows) -> RecordedStep:
        """Take a step and record it line by line; named are its intermediates and what it begins with."""
        named = dict(state_before(self._names, self.snapshot()))
        params, hyper = self._params, self.in_force()
        x, y = self.batch(rows)
        if x.size:
            named["x"], named["y"] = x, y
        own = self._model.own
        with self._recording() as recording, nullcontext() if own is None else own.recorded():
            step = self._take(x, y)
        stages = StepStages(recording, self._names, self._model.layer_names)
        known = dict(stages.derivatives()) | dict(self._model.made_inside(stages)) | stages.masks()
        named.update(self._named(params, step, known))
        if own is not None:
            as_arrays(recording, named)
            replace_known(recording, [value for value in named.values() if isinstance(value, Array)])
        return RecordedStep(recording, stages, named, hyper)

    def _recording(self) -> Recording:
        return Recording(self._model.own_files)

    def _named(self, params: Params, step: Step, recorded: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """All intermediates in the order in which they arise; ``recorded`` are the factors of the chain rule."""
        yield from self._model.named(params, step, recorded)
        if self._clip is not None:
            yield from ((f"{name}.clipped", gradient) for name, gradient in self._grads.items())
        if self._schedule is not None:
            yield RATE, self.rate
        for name, places in zip(self._names, self._compared, strict=True):
            fields = self._fields_of(name)
            entries = ((f"{name}.{fields[place]}", self._states[name][place]) for place in places)
            yield from (entry for entry in entries if entry[1] is not None)
        yield from self._params.items()


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


def layers_of(spec: ExperimentSpec) -> list[Layer]:
    """Return the textbook's layers of a network: what they are, without what is trained, and without own code."""
    return _layers(layer for layer in layers_in(spec) if not layer.is_inside)


def _layers(layers: Iterable[ShapedLayer]) -> list[Layer]:
    return [_layer(one) for one in layers]


def _layer(one: ShapedLayer) -> Layer:
    kind, activation = in_rows(LAYERS[one.kind], one.axis), activation_of(one.activation)
    hyper = kind.Inner(tuple(_layers(one.inside))) if one.inside else one.hyper
    return Layer(one.name, kind, activation, hyper)


def own_parts_of(spec: ExperimentSpec) -> "OwnParts | None":
    """Return the own code of the network's parts, opened; None where it has none."""
    if not parts_of(spec):
        return None
    from .own_parts import OwnParts

    return OwnParts(spec)


def training_loss_of(spec: ExperimentSpec) -> Callable[[Params], float]:
    """Return what computes the loss over all rows that train, as a lane does, with modules of own code of its own."""
    return _Network(spec).loss


class _Network:
    """The layers and data that a lane trains."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.network is not None
        assert spec.data is not None
        self._x, self._y = arrays_of(spec)
        self._test_x, self._test_y = arrays_of(spec, "test")
        self._textbook = loss_of(function_asked(spec.network.loss)), layers_of(spec)
        self._loss, self._layers = self._textbook
        self.own = own_parts_of(spec)
        self._known: dict[Any, OwnParts] = {}  # own code that runs or has run, by its texts
        if self.own is not None:
            self._use(self.own)
        self.own_files = frozenset[str]() if self.own is None else self.own.files
        self.layer_names = [layer.name for layer in in_order(self._layers)]
        self._blocks, self._test_blocks = row_blocks(spec), row_blocks(spec, "test")

    def _use(self, own: "OwnParts") -> None:
        loss, layers = self._textbook
        self.own, self._loss, self._layers = own, own.loss(loss), own.layers(layers)
        self._known[own.texts] = own
        own.keep()

    def take_code(self, spec: ExperimentSpec, taken: int) -> None:
        """Go on after ``taken`` steps with other own code. Raises CannotGoOn and Unusable."""
        if self.own is not None and self.own.is_other_in(spec):
            self._use(self.own.changed_to(spec, taken))

    def stand(self, mark: Any) -> None:
        """Stand where own code stood, with the code that ran there."""
        assert self.own is not None
        if mark is not None and mark.texts != self.own.texts and mark.texts in self._known:
            self._use(self._known[mark.texts])
        self.own.put(mark)

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        return taken(self._x, rows), taken(self._y, rows)

    def step(
        self, params: Params, states: States, x: Array, y: Array, optimizer: Any, hyper: Any, clip: Clip | None,
        buffers: Params,
    ) -> Step:  # fmt: skip
        return train_step(self._layers, params, states, x, y, self._loss, optimizer, hyper, clip, buffers)

    def grouped_step(
        self, params: Params, states: States, x: Array, y: Array, optimizers: Any, hypers: Any, clip: Clip | None,
        buffers: Params,
    ) -> Step:  # fmt: skip
        return grouped_step(self._layers, params, states, x, y, self._loss, optimizers, hypers, clip, buffers)

    def closure_step(
        self, params: Params, states: States, x: Array, y: Array, optimizer: Any, hyper: Any, _clip: Clip | None,
        _buffers: Params,
    ) -> Step:  # fmt: skip
        return closure_step(self._layers, params, states, x, y, self._loss, optimizer, hyper)

    def loss(self, params: Params) -> float:
        """Over all rows that train; own code remembers nothing of that, if what it remembers can be copied."""
        with self._unchanged():
            return self._loss_on(params, self._x, self._y, self._blocks)

    def _unchanged(self) -> AbstractContextManager[object]:
        return nullcontext() if self.own is None else self.own.unchanged()

    def test_loss(self, params: Params) -> float:
        """Over the rows that test."""
        if not len(self._test_x):
            return float("nan")
        with self._unchanged():
            return self._loss_on(params, self._test_x, self._test_y, self._test_blocks)

    def outputs(self, params: Params, use: RowsFor) -> Array:
        """Return the answers to rows that train or test, rows first."""
        x, blocks = (self._x, self._blocks) if use == "training" else (self._test_x, self._test_blocks)
        with self._unchanged():
            return np.concatenate([self._answer(params, taken(x, rows)) for rows, _ in blocks])

    def predict(self, params: Params, x: Array) -> Array:
        """Return the answers to any rows; own code remembers nothing of it, if what it remembers can be copied."""
        with self._unchanged():
            return self._answer(params, x)

    def _loss_on(self, params: Params, x: Array, y: Array, blocks: Sequence[RowBlock]) -> float:
        losses = (
            share * float(self._loss.f(self._answer(params, taken(x, rows)), taken(y, rows))) for rows, share in blocks
        )
        return sum(losses)

    def _answer(self, params: Params, x: Array) -> Array:
        a, _ = evaluate(self._layers, params, x)
        return a

    def made_inside(self, stages: StepStages) -> Iterator[tuple[str, Any]]:
        """Yield what the layers' kinds made on the way, as far as torch has it as well."""
        return made_inside(self._layers, stages)

    def named(self, params: Params, step: Step, recorded: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield from forward_names(self._layers, step, recorded)
        yield "loss", step.loss
        yield from backward_names(self._layers, step, params, recorded)


class _Point:
    """The function that a lane descends; there are no data, and no layers."""

    layer_names: Sequence[str] = ()
    own: "OwnParts | None" = None
    own_files = frozenset[str]()

    def stand(self, mark: Any) -> None:
        """Stand where own code stood: there is none."""

    def take_code(self, spec: ExperimentSpec, taken: int) -> None:
        """Go on with other own code: there is none."""

    def __init__(self, problem: ProblemSpec):
        self._problem = problem_of(problem.function, problem.condition)
        self._nothing = np.empty((0, 0))

    def batch(self, _: Rows) -> tuple[Array, Array]:
        return self._nothing, self._nothing

    def step(
        self, params: Params, states: States, _x: Array, _y: Array, optimizer: Any, hyper: Any, clip: Clip | None,
        _buffers: Params,
    ) -> Step:  # fmt: skip
        return problem_step(self._problem, params, states, optimizer, hyper, clip)

    def grouped_step(
        self, params: Params, states: States, _x: Array, _y: Array, optimizers: Any, hypers: Any, clip: Clip | None,
        _buffers: Params,
    ) -> Step:  # fmt: skip
        return grouped_problem_step(self._problem, params, states, optimizers, hypers, clip)

    def closure_step(
        self, params: Params, states: States, _x: Array, _y: Array, optimizer: Any, hyper: Any, _clip: Clip | None,
        _buffers: Params,
    ) -> Step:  # fmt: skip
        return closure_problem_step(self._problem, params, states, optimizer, hyper)

    def loss(self, params: Params) -> float:
        return float(self._problem.f(params[POINT]))

    def test_loss(self, params: Params) -> float:  # noqa: ARG002
        return float("nan")

    def outputs(self, _: Params, __: RowsFor) -> Array:
        return self._nothing

    def made_inside(self, _: StepStages) -> Iterator[tuple[str, Any]]:
        return iter(())

    def predict(self, _: Params, __: Array) -> Array:
        return self._nothing

    def named(self, _: Params, step: Step, __: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "loss", step.loss
        yield f"{POINT}.grad", step.grads[POINT]
