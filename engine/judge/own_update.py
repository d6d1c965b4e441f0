"""Own code's updates are judged: beside torch's along the very weights, gradients and rates that the run had.

What own code remembers is its own affair, and nobody can put torch's state into it. So it is run again from the start,
and torch beside it, each from its own state: what is asked is whether it gives the same updates from the same history.
In float64 first, where a mistake shows by nine digits more, then in the run's precision.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.backends import moved_run, reference_run
from engine.lane.own_code import OwnEntry
from engine.lane.own_lane import UpdateHistory
from engine.lane.stage import UpdateRun
from engine.spec import ExperimentSpec, complete, shapes_of

from .comparison import Compared, compare_values, terms_of_steps
from .hearing import Wrong

PARTLY_FLOAT32 = ("NAdam", "ASGD")  # which keep numbers in torch's default precision
REFUSED = (ArithmeticError, RuntimeError, ValueError)  # what torch raises where it has no answer


class OwnUpdates:
    """Judge an entry's own code, up to any step of its history."""

    def __init__(self, spec: ExperimentSpec, entry: int, history: UpdateHistory):
        self._spec, self._entry, self._history = spec, spec.optimizers[entry], history
        self._names = list(shapes_of(spec))
        self._opened = OwnEntry(spec, self._entry)  # a module of its own: the run's goes on undisturbed
        self._found: dict[int, tuple[int, Wrong] | None] = {}
        self.repeats = True
        self._wrong_in = spec.dtype

    def wrong(self, step: int) -> tuple[int, Wrong] | None:
        """Return the first step up to ``step`` whose weights are more than rounding apart from torch's, and where."""
        steps = min(step, len(self._history))
        if steps not in self._found:
            self._found[steps] = self._first_wrong(steps) if steps else None
        return self._found[steps]

    def wrong_at(self, step: int) -> list[Wrong]:
        """Return which weights are more than rounding apart after this one step of the history."""
        found = self.wrong(step)
        if found is None or step > len(self._history):
            return []
        made = self._made(step) if not self.repeats else self._again(step, self._wrong_in)
        compared, base = self._compared(step, made, self._wrong_in)
        places = range((step - 1) * len(self._names), step * len(self._names))
        wrong = [place for place in places if compared is not None and compared.wrong[place].any()]
        return [self._named(compared, place, made, base, found[1].unstable) for place in wrong if compared is not None]

    def _first_wrong(self, steps: int) -> tuple[int, Wrong] | None:
        dtype = self._spec.dtype
        own = self._again(steps, dtype)
        made = self._made(steps)
        self.repeats = all(map(_same, own, made))
        if not self.repeats:  # what it did is all that can be said of it
            compared, base = self._compared(steps, made, dtype)
            self._wrong_in = dtype
            return None if compared is None or compared.is_right else self._located(compared, made, base)
        exact = own if dtype == "float64" else self._again(steps, "float64")
        judged_in = "float64" if any(one.dtype == np.float64 for one in exact) else "float32"
        if judged_in == "float64" or dtype == "float64":
            compared, base = self._compared(steps, exact, "float64")
            if compared is not None and not compared.is_right:
                self._wrong_in = "float64"
                return self._located(compared, exact, base)
        if dtype == "float32":
            compared, base = self._compared(steps, own, "float32")
            if compared is not None and not compared.is_right:
                self._wrong_in = "float32"
                return self._located(compared, own, base, unstable=judged_in == "float64")
        return None

    def _made(self, steps: int) -> list[Array]:
        return [array for step in self._history.after[:steps] for array in step]

    def _again(self, steps: int, dtype: str) -> list[Array]:
        """Return what own code makes of the history in a precision: the weights after each step, end to end."""
        live, kept = self._opened.live(), self._history
        weights = [[one.astype(dtype) for one in step] for step in kept.weights[:steps]]
        live.start(weights[0], self._opened.settings(self._entry.params), self._opened.counts_from)
        made: list[Array] = []
        with np.errstate(all="ignore"):
            for number in range(steps):
                live.place(weights[number])
                gradients = [one.astype(dtype) for one in kept.gradients[number]]
                made += [np.array(one) for one in live.step(gradients, kept.rates[number])]
        return [one.astype(dtype) if dtype == "float32" else one for one in made]

    def _compared(self, steps: int, own: Sequence[Array], dtype: str) -> tuple[Compared | None, list[Array]]:
        """Compare with torch; what it keeps in a precision of its own may be in either."""
        kept, hyper = self._history, complete(self._entry.name, self._entry.params)._asdict()
        found: tuple[Compared | None, list[Array]] = None, []
        for whole in (True, False) if self._entry.name in PARTLY_FLOAT32 else (True,):
            run = UpdateRun(
                self._entry.name, hyper, kept.weights[:steps], kept.gradients[:steps], kept.rates[:steps], whole
            )
            try:
                found = compare_run(run, own, dtype, patient=True)
            except REFUSED:
                return None, []
            if found[0] is None or found[0].is_right:
                break
        return found

    def _located(
        self, compared: Compared, own: Sequence[Array], base: Sequence[Array], *, unstable: bool = False
    ) -> tuple[int, Wrong]:
        found = compared.first_wrong()
        assert found is not None
        return found[0] // len(self._names) + 1, self._named(compared, found[0], own, base, unstable)

    def _named(
        self, compared: Compared, place: int, own: Sequence[Array], base: Sequence[Array], unstable: bool
    ) -> Wrong:
        index = tuple(int(i) for i in np.argwhere(compared.wrong[place])[0])
        name = self._names[place % len(self._names)]
        return Wrong(name, index, float(own[place][index]), float(base[place][index]), unstable)


def compare_run(run: UpdateRun, values: Sequence[Array], dtype: str, *, patient: bool) -> tuple[Compared, list[Array]]:
    """Compare the weights after each step of a run, end to end, with torch's, which are returned as well.

    Raises what torch raises where it refuses the run.
    """
    base = _flat(reference_run(run, dtype))
    terms = terms_of_steps(run.weights, len(run.weights[0]), base)
    found = compare_values(values, base, terms, dtype, lambda how: _flat(moved_run(run, dtype, how)), patient=patient)
    return found, base


def _flat(steps: Sequence[Sequence[Array]]) -> list[Array]:
    return [weight for step in steps for weight in step]


def _same(one: Array, other: Array) -> bool:
    return np.array_equal(one, other, equal_nan=True)
