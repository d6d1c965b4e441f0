"""The lane of numbers that somebody's own program has logged: it stands, step by step, where that program stood.

What was not logged is what the textbook makes of what was: gradients of the log's weights, an optimizer's state along
the log's gradients, weights by its update. So it can be evaluated, drawn and looked into as any other lane; which of
its numbers are judged, ``engine.judge.log_verdict`` says.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Grads
from engine.diy.step import Step
from engine.recording.recorded_step import RecordedStep
from engine.spec import ExperimentSpec, Logged, OptimizerSpec, in_precision

from .batches import Rows
from .diy_lane import DiyLane, Draw


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
        super().__init__(spec, entry, start, draw)
        self._clips, self._clipping = self._clip, self._logged_gradients

    def logged(self, name: str) -> Array | None:
        """Return a value of the step under way, in the run's precision; None where it was not logged."""
        return self.log.at(name, self._steps, self._dtype)

    def _take(self, x: Array, y: Array) -> Step:
        if self._steps >= len(self.log):
            raise LogEndedError(len(self.log))
        self.hypers[self._steps + 1] = self.in_force()
        return self._as_logged(super()._take(x, y))

    def _logged_gradients(self, grads: Grads) -> Grads:
        """Return the gradients that the optimizer was given: those of the log, else the textbook's, clipped."""
        clipped = self._clips(grads) if self._clips is not None else grads
        return {name: _shaped(self.logged(f"{name}.grad"), gradient) for name, gradient in clipped.items()}

    def _as_logged(self, step: Step) -> Step:
        """Put the log's numbers in the place of those that the textbook made."""
        loss = self.logged("loss")
        params = {name: _shaped(self.logged(name), weight) for name, weight in step.params.items()}
        states = {name: self._logged_state(name, state) for name, state in step.states.items()}
        step = step._replace(params=params, states=states, loss=step.loss if loss is None else loss.reshape(()))
        self._params, self._states = params, states
        if self._buffers:
            self._buffers = {name: self._logged_buffer(name, value) for name, value in self._buffers.items()}
        rate = self.logged("rate")
        if rate is not None:
            self.rate = float(rate.reshape(()))
        return step

    def _logged_state(self, name: str, state: Any) -> Any:
        found = {symbol: self.logged(f"{name}.{symbol}") for symbol in state._fields}
        kept = {symbol: _like(value, getattr(state, symbol)) for symbol, value in found.items() if value is not None}
        return state._replace(**kept)

    def _logged_buffer(self, name: str, value: Array) -> Array:
        found = self.log.values.get(name)
        return value if found is None else in_precision(found[self._steps - 1].reshape(value.shape), self._dtype)

    def traced_step(self, rows: Rows) -> RecordedStep:
        """Take a step and record the textbook's lines; values that were logged are the log's."""
        recorded = super().traced_step(rows)
        named = dict(recorded.named)
        for name, value in named.items():
            found = self.logged(name)
            if found is not None:
                named[name] = _like(found, value)
        return recorded._replace(named=named)

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
