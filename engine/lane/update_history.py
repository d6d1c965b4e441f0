"""What own code was given and made in a run, step by step: by it its updates are judged."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import ExperimentSpec, OptimizerSpec

MOST_STEPS, MOST_BYTES = 1024, 1 << 26  # of a history
WHOLE_STEPS = 64  # that are kept with all elements, where few of them tell of the others
FEW = 64  # elements of a weight that are kept of all steps
BLOCK_BYTES = 1 << 20  # asked for at once: small parts between a step's own arrays would scatter these in memory


class TakenSteps(NamedTuple):
    """Hold kept steps as they are written: ``rows`` (steps, gradients and weights) after the first ``begin``.

    ``start`` are the weights before the first, ``rates`` (steps,) those of all.
    """

    begin: int
    start: tuple[Array, ...]
    rates: Array
    rows: Array


class KeptSteps:
    """Keep gradients and weights of steps that follow one another from the first on, up to ``room`` of them.

    They are copied, as own code may change its arrays in place. ``picks``: the elements of each weight that are kept,
    an array of indices for each axis; None: all of them.
    """

    def __init__(self, weights: Sequence[Array], most: int, picks: Sequence[tuple[Array, ...] | None]):
        self._picks = picks
        self.begin(weights)
        cut = [
            (place, np.ravel_multi_index(np.ix_(*pick), weights[place].shape).ravel())
            for place, pick in enumerate(picks)
            if pick is not None
        ]
        self._cut = [*cut, *((len(weights) + place, flat) for place, flat in cut)]
        self._size = sum(one.size for one in self._start)
        self._row = 2 * sum(one.nbytes for one in self._start)  # bytes of a step
        self.room = min(most, max(1, MOST_BYTES // self._row))
        self._rows = min(self.room, max(1, BLOCK_BYTES // self._row))  # of a block
        self._blocks: list[memoryview] = []

    def __len__(self) -> int:
        return len(self.rates)

    def begin(self, weights: Sequence[Array]) -> None:
        """Begin anew at weights of the same shapes."""
        parts = zip(weights, self._picks, strict=True)
        self._start = [np.array(one if pick is None else one[np.ix_(*pick)]) for one, pick in parts]
        self.rates: list[float] = []

    def add(self, arrays: Sequence[Array], rate: float) -> None:
        """Keep the gradients of a step, and the weights after it; before it they were those after the one before."""
        kept = [*arrays]
        for place, flat in self._cut:
            kept[place] = kept[place].take(flat)
        self._keep(b"".join([one.tobytes() for one in kept]), rate)  # far quicker than a concatenation

    def _keep(self, joined: bytes, rate: float) -> None:
        block, row = divmod(len(self.rates), self._rows)
        if block == len(self._blocks):
            self._blocks.append(memoryview(bytearray(self._rows * self._row)))
        self._blocks[block][row * self._row : (row + 1) * self._row] = joined
        self.rates.append(rate)

    def truncate(self, taken: int) -> None:
        """Forget the steps after so many."""
        del self.rates[taken:]

    def weights(self, steps: int) -> list[list[Array]]:
        """Return the weights before each of the first steps."""
        return [self._start, *self.after(steps - 1)]

    def gradients(self, steps: int) -> list[list[Array]]:
        """Return the gradients of each of the first steps, as own code was given them."""
        return list(self._kept(steps, 0))

    def after(self, steps: int) -> list[list[Array]]:
        """Return the weights after each of the first steps."""
        return list(self._kept(steps, self._size))

    def _kept(self, steps: int, begin: int) -> Iterator[list[Array]]:
        dtype = self._start[0].dtype
        for step in range(steps):
            block, row = divmod(step, self._rows)
            at = row * self._row + begin * dtype.itemsize
            yield self._apart(np.frombuffer(self._blocks[block], dtype, self._size, at))

    def _apart(self, whole: Array) -> list[Array]:
        found: list[Array] = []
        begin = 0
        for like in self._start:
            found.append(whole[begin : begin + like.size].reshape(like.shape))
            begin += like.size
        return found

    def taken(self, after: int) -> TakenSteps:
        """Return a copy of what is kept, of steps those that come after so many."""
        begin, dtype = min(after, len(self.rates)), self._start[0].dtype
        rows = np.empty((len(self.rates) - begin, 2 * self._size), dtype)
        for number in range(len(rows)):
            block, row = divmod(begin + number, self._rows)
            rows[number] = np.frombuffer(self._blocks[block], dtype, 2 * self._size, row * self._row)
        return TakenSteps(begin, tuple(self._start), np.array(self.rates, float), rows)

    def put(self, steps: TakenSteps) -> None:
        """Have these in the place of all. Raises ValueError where they are of another network."""
        fits = [one.shape for one in steps.start] == [one.shape for one in self._start] and steps.begin == 0
        fits = fits and all(one.dtype == self._start[0].dtype for one in (*steps.start, steps.rows))
        if not fits or steps.rows.shape != (len(steps.rates), 2 * self._size) or len(steps.rates) > self.room:
            raise ValueError("updates of another network")
        self.begin(steps.start)
        for row, rate in zip(steps.rows, steps.rates.tolist(), strict=True):
            self._keep(row.tobytes(), rate)

    def index_of(self, weight: int, index: tuple[int, ...]) -> tuple[int, ...]:
        """Return where an element of what is kept of a weight stands in the whole of it."""
        pick = self._picks[weight]
        return index if pick is None else tuple(int(axis[place]) for axis, place in zip(pick, index, strict=True))


class UpdateHistory:
    """Keep a run's steps as long as there is room.

    The first of ``kept`` has all elements. Where an optimizer moves each by itself, a second has some of each weight,
    of many more steps: of large weights all would take more time and memory than the step itself. ``version`` is
    raised when what was kept becomes another past.
    """

    def __init__(self, *, is_elementwise: bool) -> None:
        self._is_elementwise = is_elementwise
        self.kept: list[KeptSteps] = []
        self.version, self._room = 0, 0

    def __len__(self) -> int:
        return max((len(one) for one in self.kept), default=0)

    def begin(self, weights: Sequence[Array]) -> None:
        """Begin anew at these weights."""
        self.version += 1
        if self.kept:
            for one in self.kept:
                one.begin(weights)
            return
        picks = [_picked(weight.shape) if self._is_elementwise else None for weight in weights]
        has_large = any(pick is not None for pick in picks)
        self.kept.append(KeptSteps(weights, WHOLE_STEPS if has_large else MOST_STEPS, [None] * len(weights)))
        if has_large:
            self.kept.append(KeptSteps(weights, MOST_STEPS, picks))
        self._room = max(one.room for one in self.kept)

    def takes(self, taken: int) -> bool:
        """Return whether there is room for the step after ``taken`` others."""
        return taken < self._room

    def has(self, taken: int) -> bool:
        """Return whether nothing is missing of so many steps that there was room for."""
        return len(self) >= min(taken, self._room)

    def add(self, taken: int, arrays: Sequence[Array], rate: float) -> None:
        """Keep the step after ``taken`` others: its gradients, and the weights after it."""
        for one in self.kept:
            if taken == len(one.rates) < one.room:
                one.add(arrays, rate)

    def taken(self, after: int) -> tuple[TakenSteps, ...]:
        """Return a copy of what is kept, of steps those that come after so many."""
        return tuple(one.taken(after) for one in self.kept)

    def put(self, taken: Sequence[TakenSteps]) -> None:
        """Have these in the place of all. Raises ValueError where they are of another network."""
        self.version += 1
        for one, steps in zip(self.kept, taken, strict=True):
            one.put(steps)

    def truncate(self, taken: int) -> None:
        """Forget the steps after so many."""
        self.version += 1
        for one in self.kept:
            one.truncate(taken)


class Ran(NamedTuple):
    """Say which code ran after ``since`` steps: that of ``entry`` in ``spec``; ``text`` is its file's."""

    since: int
    text: str
    spec: ExperimentSpec
    entry: OptimizerSpec


class UpdatesMade(NamedTuple):
    """Hold what own code made in a run: ``history`` is of all steps, ``ran`` which code took them, in its order.

    ``recent``: the steps since the newest of it, begun anew; None where there was no other before. ``reference``: which
    own code ran in torch's place, if any did.
    """

    history: UpdateHistory
    ran: tuple[Ran, ...]
    recent: UpdateHistory | None = None
    reference: tuple[Ran, ...] = ()

    @property
    def since(self) -> int:
        """Return after how many steps the newest code took over."""
        return self.ran[-1].since

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """Return what tells one order of codes from another."""
        return tuple((one.since, one.text) for one in self.ran)

    def has(self, step: int) -> bool:
        """Return whether nothing is missing of the steps up to ``step``: going back forgets those that come after."""
        return self.history.has(step) and (self.recent is None or self.recent.has(step - self.since))


def _picked(shape: tuple[int, ...]) -> tuple[Array, ...] | None:
    """Return which elements stand for a weight: first, last and some between on each axis; None: all of them."""
    if np.prod(shape) <= FEW:
        return None
    each = max(2, int(FEW ** (1 / len(shape))))
    return tuple(np.unique(np.linspace(0, size - 1, min(size, each)).astype(int)) for size in shape)
