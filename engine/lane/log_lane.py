"""The lane of numbers that somebody's own program has logged: it stands, step by step, where that program stood.

What was not logged is what the textbook makes of what was: gradients of the log's weights, an optimizer's state along
the log's gradients, weights by its update. So it can be evaluated, drawn and looked into as any other lane; which of
its numbers are judged, ``engine.judge.log_verdict`` says.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Grads, Params
from engine.diy.step import States, Step
from engine.recording.recorded_step import RecordedStep
from engine.spec import ExperimentSpec, Logged, OptimizerSpec, in_precision

from .batches import Rows
from .diy_lane import DiyLane, Draw
from .names import is_given


class LogEndedError(Exception):
    """Report a step that the log has no row of."""

    def __init__(self, steps: int):
        super().__init__(f"the log ends after step {steps:,}")


class LogLane(DiyLane):
    """Stand where a log says. ``hypers`` are the hyperparameters in force at each step taken, by its number.

    ``start`` is what it begins with.
    """

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array], draw: Draw | None = None):
        assert entry.log is not None
        self.log: Logged = entry.log.numbers
        self.hypers: dict[int, Any] = {}
        self.start = tuple(start)
        self._dtype, self._clips = spec.dtype, None
        self._is_traced = False
        super().__init__(spec, entry, start, draw)
        self._clips, self._clipping = self._clip, self._logged_gradients

    def logged(self, name: str) -> Array | None:
        """Return a value of the step under way, in the run's precision; None where it was not logged."""
        return self.log.at(name, self._steps, self._dtype)

    def _take(self, x: Array, y: Array) -> Step:
        if self._steps >= len(self.log):
            raise LogEndedError(len(self.log))
        self.hypers[self._steps + 1] = self.in_force()
        step = super()._take(x, y)
        return step if self._is_traced else self._as_logged(step)

    def _logged_gradients(self, grads: Grads) -> Grads:
        """Return the gradients that the optimizer was given: those of the log, else the textbook's, clipped."""
        clipped = self._clips(grads) if self._clips is not None else grads
        return {name: _shaped(self.logged(f"{name}.grad"), gradient) for name, gradient in clipped.items()}

    def _as_logged(self, step: Step) -> Step:
        """Put the log's numbers in the place of those that the textbook made."""
        loss = self.logged("loss")
        params, states = self._stand_as_logged(step.params, step.states)
        return step._replace(params=params, states=states, loss=step.loss if loss is None else loss.reshape(()))

    def _stand_as_logged(self, params: Params, states: States) -> tuple[dict[str, Array], dict[str, Any]]:
        """Stand behind the step under way as the log does; return its weights and states."""
        self._params = {name: _shaped(self.logged(name), weight) for name, weight in params.items()}
        self._states = {name: self._logged_state(name, state) for name, state in states.items()}
        if self._buffers:
            self._buffers = {name: self._logged_buffer(name, value) for name, value in self._buffers.items()}
        rate = self.logged("rate")
        if rate is not None:
            self.rate = float(rate.reshape(()))
        return self._params, self._states

    def _logged_state(self, name: str, state: Any) -> Any:
        found = {symbol: self.logged(f"{name}.{symbol}") for symbol in state._fields}
        kept = {symbol: _like(value, getattr(state, symbol)) for symbol, value in found.items() if value is not None}
        return state._replace(**kept)

    def _logged_buffer(self, name: str, value: Array) -> Array:
        found = self.log.values.get(name)
        return value if found is None else in_precision(found[self._steps - 1].reshape(value.shape), self._dtype)

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """Take a step and return its values by name; those that were logged are the log's."""
        recorded = self.traced_step(rows)
        named = {**recorded.named, **recorded.logged}
        return {name: np.asarray(value) for name, value in named.items() if not is_given(name)}

    def traced_step(self, rows: Rows) -> RecordedStep:
        """Take a step and record the textbook's lines, which update by the log's gradients where it has them."""
        self._is_traced = True
        try:
            recorded = super().traced_step(rows)
        finally:
            self._is_traced = False
        handed = {} if self._clip is not None else {f"{name}.grad": one for name, one in self._grads.items()}
        logged = dict(self._logged_among(recorded.named))
        self._stand_as_logged(self._params, self._states)
        return recorded._replace(logged=logged, handed=handed)

    def _logged_among(self, named: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the log's numbers of a step's values; its gradients are those that the optimizer was given."""
        for name, value in named.items():
            if self._clip is not None and name.endswith(".grad"):
                continue
            theirs = f"{name.removesuffix('.clipped')}.grad" if name.endswith(".clipped") else name
            found = self.logged(theirs)
            if found is not None:
                yield name, _like(found, value)

    def set_params(self, params: Mapping[str, Any]) -> None:
        super().set_params(params)
        self.hypers = {step: hyper for step, hyper in self.hypers.items() if step <= self._steps}


def _shaped(found: Array | None, own: Array) -> Array:
    """Return a logged array as the textbook shapes it; one that stands the wrong way round as it would be read."""
    return own if found is None else found.reshape(own.shape)


def _like(found: Array, own: Any) -> Any:
    """Return a logged value as what the textbook keeps: a count is a count."""
    if isinstance(own, int) and not isinstance(own, bool):
        return int(found.reshape(()))
    if own is None or not isinstance(own, np.ndarray):
        return found.dtype.type(found.reshape(())) if found.size == 1 else found
    return found.reshape(own.shape)
