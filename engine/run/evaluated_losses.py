"""The loss over all training rows, or over the test rows, of every lane, as often as it is known."""

from numpy import ndarray as Array

from engine.protocol import Curve, Evaluated

from .series import ALL, Bundle


class EvaluatedLosses:
    """Keep the lanes' losses over all rows that train, or that test, evaluated every ``every`` steps from the start on.

    Where every batch is of all training rows, they need not be: the loss that step k begins with is the one after step
    k - 1. The newest step's is then not known before the next is taken.
    """

    def __init__(self, every: int | None, batches: Bundle):
        """``batches``: the losses of the batches, which are those asked for where ``every`` is None."""
        self.is_of_batches = every is None
        self.every = every or 1
        self._known = batches if every is None else Bundle(batches.lanes)

    def rows(self, done: int, count: int) -> range:
        """Return which of the ``count`` steps after step ``done`` are to be evaluated, counted from 1."""
        return range(0) if self.is_of_batches else range(self.every - done % self.every, count + 1, self.every)

    def extend(self, values: list[list[float]]) -> None:
        """Take down what each lane was evaluated to, at those of a block of steps, or at the start."""
        if not self.is_of_batches and values[0]:
            self._known.extend(values)

    @property
    def known(self) -> Array | None:
        """Return all that was evaluated, (lanes, evaluations), from the start on: a view; None of the batches' own."""
        return None if self.is_of_batches else self._known.values

    def put(self, known: Array) -> None:
        """Take what an earlier run was evaluated to in the place of what is known."""
        self._known.truncate(0)
        self._known.extend(known)

    def truncate(self, step: int) -> None:
        """Forget what came after ``step``."""
        if not self.is_of_batches:
            self._known.truncate(step // self.every + 1)

    @property
    def nbytes(self) -> int:
        """Return the bytes that it takes beside the batches'."""
        return 0 if self.is_of_batches else self._known.nbytes

    def curves(self, pixels: int, steps: tuple[float, float] | None = None) -> tuple[Curve, ...]:
        """Return each lane's curve, thinned; none where the batches' curves show the same."""
        if self.is_of_batches:
            return ()
        span = None if steps is None else (steps[0] / self.every + 1, steps[1] / self.every + 1)
        return tuple(Curve((curve.steps - 1) * self.every, curve.losses) for curve in self._known.thinned(pixels, span))

    def after_steps(self, lane: int, steps: int) -> list[float | None]:
        """Return for each step from 1 to ``steps`` the loss after it; None where it is not known."""
        after: list[float | None] = [None] * steps
        known = self._known.values[lane, 1 : steps // self.every + 1].tolist()
        after[self.every - 1 : len(known) * self.every : self.every] = known
        return after

    def newest(self, step: int) -> list[Evaluated | None]:
        """Return for each lane the last loss that is known up to ``step``."""
        count = self._count(step)
        if not count:
            return [None] * self._known.lanes
        return [Evaluated((count - 1) * self.every, float(loss)) for loss in self._known.values[:, count - 1]]

    def lowest(self, step: int) -> list[Evaluated | None]:
        """Return for each lane the least loss that is known up to ``step``; None where none is a number."""
        return self._at(self._known.lowest(ALL, self._count(step)))

    def first_at_most(self, value: float, step: int) -> list[Evaluated | None]:
        """Return for each lane the first step whose loss is not above ``value``, up to ``step``."""
        return self._at(self._known.first_at_most(value, ALL, self._count(step)))

    def _count(self, step: int) -> int:
        return min(step // self.every + 1, len(self._known))

    def _at(self, places: list[int | None]) -> list[Evaluated | None]:
        values = self._known.values
        return [
            None if place is None else Evaluated((place - 1) * self.every, float(values[lane, place - 1]))
            for lane, place in enumerate(places)
        ]
