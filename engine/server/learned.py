"""What a network has learned: forward passes at the weights stood at, of what is on screen and no more.

Each lane is asked by its own code (``Lane.predict``), which takes no step by it.
"""

from collections.abc import Sequence
from math import isqrt, prod
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.accuracy import answers, confusion_matrix
from engine.lane.lane import Lane
from engine.lane.predicted import predicted
from engine.pace import Figures
from engine.protocol import (
    Accuracies,
    Confusion,
    Learned,
    LearnedRequest,
    OverInputs,
    Predictions,
)
from engine.run.lockstep import Lockstep
from engine.spec import (
    ClassKind,
    ExperimentSpec,
    RowsFor,
    class_count,
    class_kind,
    function_name,
    inputs_of,
    row_count,
    shapes_of,
    target_of,
)
from engine.spec.definitions import Target

from .pictures import SIDES, difference_of, extent_of, grid_over

CELLS, FEWEST_CELLS = 64, 8  # a side of the plane, and of that of the largest network
POINTS = 257  # along one input
MOST_WORK = 400_000_000  # multiplications that a plane may take; a larger network gets a coarser one
MOST_AT_ONCE = 40_000_000  # that counting the rows answered rightly may take while somebody waits for it
BLOCK = 512  # rows that are sent through a network together
MOST_ROWS = 500  # that are told at once

Content = Predictions | OverInputs | Confusion


class _Network(NamedTuple):
    """Hold a lane, and the number by which its answers are kept."""

    lane: Lane
    backend: str


class LearnedPages:
    """Answer what is asked of one run's networks. An answer is made anew when the run stands elsewhere."""

    def __init__(self, run: Lockstep):
        self._run = run
        self._kind: ClassKind | None = class_kind(run.spec)
        self._figures: Figures[Learned] = Figures()
        self._newest: tuple[object, Learned] | None = None
        self._counted: dict[object, tuple[object, Array]] = {}  # where the run stood, and confusion; by lane and use
        self._number = 0
        self._puts_off = False  # whether the answer being made leaves something out
        self._asked_at: tuple[int, int] | None = None  # where the run stood when it was last asked for

    def answer(self, request: LearnedRequest, running: bool) -> Learned | None:
        """Return the page; None where the window has it, and of a test function, which learns nothing.

        ``running``: some times a second is often enough.
        """
        if self._run.spec.network is None:
            return None
        asked = request._replace(seen=0)
        learned = self._figures.of(asked, running, lambda: self._known(asked, running))
        return None if learned.number == request.seen else learned

    def _known(self, asked: LearnedRequest, running: bool) -> Learned:
        """Return the page of where the run stands, the one of before if it stood there already."""
        key = (asked, running, self._at)
        if self._newest is None or self._newest[0] != key or self._newest[1].puts_off:
            self._number, self._puts_off = self._number + 1, False
            content = self._content(asked, running)
            self._newest = key, Learned(asked, self._number, content, self._puts_off)
            self._asked_at = None if running else self._at
        return self._newest[1]

    @property
    def _at(self) -> tuple[int, int]:
        return self._run.step, self._run.version

    def _content(self, asked: LearnedRequest, running: bool) -> Content | None:
        networks = self._networks(asked)
        if not networks:
            return None
        if asked.page == "predictions":
            return self._predictions(asked, networks, running)
        if asked.page == "inputs":
            return self._over_inputs(asked, networks)
        return self._confusion(asked, networks, running)

    def _networks(self, asked: LearnedRequest) -> list[_Network]:
        """Return the lanes of the side asked for; none where one of them does not run."""
        found = [(self._run.lane_of(asked.entry, backend), backend) for backend in SIDES[asked.side]]
        there = [_Network(lane, backend) for lane, backend in found if lane is not None]
        return there if len(there) == len(found) else []

    # --- rows ----------------------------------------------------------------------------------

    def _predictions(self, asked: LearnedRequest, networks: Sequence[_Network], running: bool) -> Predictions:
        first = max(asked.rows[0], 0)
        x = self._x[first : max(min(asked.rows[1], first + MOST_ROWS), first)]
        outputs = [_outputs(one.lane, x) for one in networks]
        return Predictions(first, self._values(outputs), self._answers(outputs), self._accuracies(asked, running))

    def _values(self, outputs: Sequence[Array]) -> Array:
        """Return what one lane predicts, or what the first predicts less the second's."""
        target = _target(self._run.spec)
        values = [predicted(of_lane, target) for of_lane in outputs]
        return values[0] if len(values) == 1 else difference_of(*values)

    def _answers(self, outputs: Sequence[Array]) -> tuple[Array, ...]:
        kind = self._kind
        return () if kind is None else tuple(answers(of_lane, kind) for of_lane in outputs)

    @property
    def _x(self) -> Array:
        """Return the inputs of all rows, each in its shape, those that test too."""
        return inputs_of(self._run.spec)

    # --- over the inputs -----------------------------------------------------------------------

    def _over_inputs(self, asked: LearnedRequest, networks: Sequence[_Network]) -> OverInputs | None:
        x = self._x
        flat = x.reshape(len(x), -1)
        if flat.shape[1] > 2 or x.dtype.kind == "i":  # between whole numbers there is nothing
            return None
        extent, points = extent_of(flat), self._points(flat.shape[1])
        grid = grid_over(extent, points, flat).reshape(-1, *x.shape[1:])
        outputs = [_outputs(one.lane, grid) for one in networks]
        values = self._values(outputs)
        if flat.shape[1] == 1:
            return OverInputs(extent, values.T.astype(np.float32), ())
        shape = (points, points)
        of_classes = self._answers(outputs) if self._kind == "classes" else ()
        column = of_classes[0] if of_classes else min(asked.output, values.shape[1] - 1)
        chosen = values[np.arange(len(values)), column].reshape(shape).astype(np.float32)
        return OverInputs(extent, chosen, tuple(classes.reshape(shape) for classes in of_classes))

    def _points(self, inputs: int) -> int:
        """Return how many points a side has, for as much work as a frame has time for."""
        if inputs == 1:
            return POINTS
        work = sum(map(prod, shapes_of(self._run.spec).values()))
        return min(max(isqrt(MOST_WORK // max(work, 1)), FEWEST_CELLS), CELLS)

    # --- classes -------------------------------------------------------------------------------

    def _confusion(self, asked: LearnedRequest, networks: Sequence[_Network], running: bool) -> Confusion | None:
        if self._kind is None:
            return None
        counts = [self._counts(one, asked, asked.use, running) for one in networks]
        known = tuple(one for one in counts if one is not None)
        return Confusion(known if len(known) == len(counts) else None, self._accuracies(asked, running))

    def _accuracies(self, asked: LearnedRequest, running: bool) -> tuple[Accuracies, ...]:
        if self._kind is None:
            return ()
        uses: tuple[RowsFor, RowsFor] = ("training", "test")
        networks = self._networks(asked)
        return tuple(Accuracies(*(self._accuracy(one, asked, use, running) for use in uses)) for one in networks)

    def _accuracy(self, network: _Network, asked: LearnedRequest, use: RowsFor, running: bool) -> float | None:
        data = self._run.spec.data
        assert data is not None
        counts = self._counts(network, asked, use, running)
        if counts is None or not row_count(self._run.spec, use):
            return None
        _, y = data.arrays(self._run.spec.dtype, use)
        return float(np.trace(counts)) / y.size

    def _counts(self, network: _Network, asked: LearnedRequest, use: RowsFor, running: bool) -> Array | None:
        """Return a lane's confusion matrix, counted once where it stands.

        None of one that would hold up a run, or the news that it has paused or gone elsewhere: it is counted next time.
        """
        spec, kind = self._run.spec, self._kind
        assert spec.data is not None
        assert kind is not None
        work = row_count(spec, use) * sum(map(prod, shapes_of(spec).values()))
        if work > MOST_AT_ONCE and (running or self._asked_at != self._at):
            self._puts_off = not running
            return None
        key = asked.entry, network.backend, use
        known = self._counted.get(key)
        if known is None or known[0] != self._at:
            _, y = spec.data.arrays(spec.dtype, use)
            with np.errstate(all="ignore"):
                outputs = network.lane.outputs(use) if len(y) else np.empty((0, 1))
            known = self._counted[key] = self._at, confusion_matrix(outputs, y, kind, class_count(spec))
        return known[1]


def _outputs(lane: Lane, x: Array) -> Array:
    """Return what a lane answers to any rows, block by block.

    All at once, NumPy's matrix products would be shared out among threads, which costs a small network more than it
    brings, and ten times as much where the window draws beside it.
    """
    with np.errstate(all="ignore"):
        blocks = [lane.predict(x[begin : begin + BLOCK]) for begin in range(0, max(len(x), 1), BLOCK)]
    return np.concatenate(blocks)


def _target(spec: ExperimentSpec) -> Target:
    assert spec.network is not None
    return target_of(function_name(spec.network.loss))
