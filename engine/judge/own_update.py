"""Own code's updates are judged: beside torch's along the very weights, gradients and rates that the run had.

What own code remembers is its own affair, and nobody can put torch's state into it. So it is run again from the start,
and torch beside it, each from its own state: what is asked is whether it gives the same updates from the same history.
In float64 first, where a mistake shows by nine digits more, then in the run's precision.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.backends import moved_run, reference_run
from engine.lane.stage import UpdateRun
from engine.lane.update_history import KeptSteps, Ran, UpdatesMade
from engine.own.unusable import CannotGoOn, Unusable
from engine.spec import ExperimentSpec, OptimizerSpec, complete, shapes_of

from .comparison import Compared, compare_values, terms_of_steps
from .hearing import Wrong
from .own_codes import Codes

PARTLY_FLOAT32 = ("NAdam", "ASGD")  # which keep numbers in torch's default precision
REFUSED = (ArithmeticError, RuntimeError, ValueError)  # what torch raises where it has no answer
NOTHING: tuple[Compared, list[Array]] = Compared([], same=False, excess=0.0), []


class OwnUpdates:
    """Judge an entry's own code, up to any step of what it made.

    Where it has taken over from other code, it is judged by what that remembered, beside torch's optimizer along all
    steps of the run; and where the two part, once more begun anew along the steps since then, and torch's with it: so
    it is the code that is judged, whatever was left to it.
    """

    judges_alone = False  # all but the update is the textbook's

    def __init__(self, spec: ExperimentSpec, entry: int, made: UpdatesMade):
        self._spec, self._entry, self._made = spec, spec.optimizers[entry], made
        self._codes = Codes(made.ran)
        self._newest = Codes([made.ran[-1]._replace(since=0)]) if made.recent is not None else self._codes
        self._versions = (-1, -1)
        self._along: list[Along] = []
        self._anew: list[Along] = []
        self.inherited = False  # whether what was asked last parts from torch by what was left to the code alone

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """Return which codes it judges, and from which steps on."""
        return self._made.key

    def wrong(self, step: int, since: int = 0) -> tuple[int, Wrong] | None:
        """Return the first step after ``since``, up to ``step``, whose weights are more than rounding apart from
        torch's, and where.
        """
        self._begin()
        found, is_whole = _first(self._along, step, since)
        self.inherited = False
        if not self._anew or (found is None and is_whole):
            return found
        began = self._made.since
        anew, is_known = _first(self._anew, step - began, max(since - began, 0))
        if anew is None and is_known:
            self.inherited = found is not None
            return None
        return found if found is not None or anew is None else (anew[0] + began, anew[1])

    def wrong_at(self, step: int) -> list[Wrong]:
        """Return which weights are more than rounding apart after this one step of the history."""
        began = self._made.since
        if self.wrong(step, began) is None:
            return []
        asked = [*((one, step, began) for one in self._along), *((one, step - began, 0) for one in self._anew)]
        return next((one.wrong_at(at, since) for one, at, since in asked if at <= len(one)), [])

    def reach(self, step: int) -> int:
        """Return the last step up to ``step`` whose update can be judged: it is kept, and torch does not refuse it."""
        self._begin()
        began = self._made.since
        whole = max((one.reach(step) for one in self._along), default=0)
        return max([whole, *(began + one.reach(step - began) for one in self._anew if step > began)])

    def has(self, step: int) -> bool:
        """Return whether all is there by which the steps up to ``step`` are judged."""
        return self._made.has(step)

    def _begin(self) -> None:
        """Judge anew where there is another past."""
        recent = self._made.recent
        versions = self._made.history.version, -1 if recent is None else recent.version
        if self._versions != versions:
            self._versions = versions
            self._along = [self._judge(kept, self._codes) for kept in self._made.history.kept]
            self._anew = [] if recent is None else [self._judge_anew(kept, self._newest) for kept in recent.kept]

    def _judge(self, kept: KeptSteps, codes: Codes) -> "Along":
        return Along(self._spec, self._entry, codes, kept, self._made.ran)

    def _judge_anew(self, kept: KeptSteps, codes: Codes) -> "Along":
        along = self._judge(kept, codes)
        along.ran, along.is_anew = self._made.ran[-1:], True
        return along


def _first(judges: Sequence["Along"], step: int, since: int) -> tuple[tuple[int, Wrong] | None, bool]:
    """Return what the first of these that has the step finds wrong; whether there is one that has."""
    for one in judges:
        found = one.wrong(step, since)
        if found is not None or step <= len(one):
            return found, True
    return None, False


class Along:
    """Judge own code along the steps that are kept, with the elements that are kept of them.

    ``is_anew``: the code began there in its own state, which it had not in the run.
    """

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, codes: Codes, kept: KeptSteps, ran: Sequence[Ran]):
        self._spec, self._entry, self._codes, self._kept = spec, entry, codes, kept
        self.ran, self.is_anew = ran, False
        self._names = list(shapes_of(spec))
        self._found: dict[tuple[int, int], tuple[int, Wrong] | None] = {}
        self._repeats = True
        self._wrong_in = spec.dtype
        self._first = 0  # of the weights after each step, end to end, the first that is judged
        self._refused: int | None = None  # the first step that torch refuses

    def __len__(self) -> int:
        return len(self._kept)

    def wrong(self, step: int, since: int = 0) -> tuple[int, Wrong] | None:
        """Return the first step after ``since``, up to ``step``, whose weights are more than rounding apart from
        torch's, and where.
        """
        steps = min(step, len(self._kept))
        if (steps, since) not in self._found:
            self._first = since * len(self._names)
            self._found[steps, since] = self._first_wrong(steps) if steps > since else None
        return self._found[steps, since]

    def reach(self, step: int) -> int:
        """Return the last step up to ``step`` that can be judged, as far as is known."""
        last = min(step, len(self._kept))
        return last if self._refused is None else min(last, self._refused - 1)

    def wrong_at(self, step: int, since: int = 0) -> list[Wrong]:
        """Return which weights are more than rounding apart after this one step."""
        found = self.wrong(step, since)
        if found is None:
            return []
        made = self._made(step) if not self._repeats else self._again(step, self._wrong_in)
        compared, base = self._compared(step, made, self._wrong_in)
        places = range((step - 1) * len(self._names), step * len(self._names))
        wrong = [place for place in places if place < len(base) and compared.wrong[place].any()]
        return [self._named(compared, place, made, base, found[1].unstable) for place in wrong]

    def _first_wrong(self, steps: int) -> tuple[int, Wrong] | None:
        dtype = self._spec.dtype
        made = self._made(steps)
        own = self._repeated(steps, made)
        self._repeats = own is not None
        if own is None:  # what it did is all that can be said of it
            return self._wrong_among(steps, made, dtype)
        if dtype == "float64":
            return self._wrong_among(steps, own, dtype)
        exact = self._exactly(steps)
        found = self._wrong_among(steps, exact, "float64") if exact is not None else None
        return found or self._wrong_among(steps, own, dtype, unstable=exact is not None)

    def _wrong_among(
        self, steps: int, own: Sequence[Array], dtype: str, *, unstable: bool = False
    ) -> tuple[int, Wrong] | None:
        """Return the first of these weights that is more than rounding apart from torch's in a precision."""
        compared, base = self._compared(steps, own, dtype)
        found = compared.first_wrong()
        if found is None:
            return None
        self._wrong_in = dtype
        return found[0] // len(self._names) + 1, self._named(compared, found[0], own, base, unstable)

    def _made(self, steps: int) -> list[Array]:
        return [array for step in self._kept.after(steps) for array in step]

    def _repeated(self, steps: int, made: Sequence[Array]) -> list[Array] | None:
        """Return what own code makes of it again; None where that is something else than in the run.

        So it is where it draws at random, and where elements are left out that others depend on.
        """
        try:
            own = self._again(steps, self._spec.dtype)
        except (Unusable, CannotGoOn):
            return None
        return own if self.is_anew or all(map(_same, own, made)) else None

    def _exactly(self, steps: int) -> list[Array] | None:
        """Return what own code makes of it in float64; None where it is float32 inside, or takes no other."""
        try:
            exact = self._again(steps, "float64")
        except (Unusable, CannotGoOn):
            return None
        return exact if any(one.dtype == np.float64 for one in exact) else None

    def _again(self, steps: int, dtype: str) -> list[Array]:
        """Return what own code makes of the history in a precision: the weights after each step, end to end."""
        kept = self._kept
        weights, gradients = (
            [[one.astype(dtype) for one in step] for step in each]
            for each in (kept.weights(steps), kept.gradients(steps))
        )
        with np.errstate(all="ignore"):
            made = [one for step in self._codes.updates(weights, gradients, kept.rates) for one in step]
        return [one.astype(dtype) if dtype == "float32" else one for one in made]

    def _compared(self, steps: int, own: Sequence[Array], dtype: str) -> tuple[Compared, list[Array]]:
        """Compare with torch, up to where it refuses; what it keeps in a precision of its own may be in either."""
        found = NOTHING
        for whole in (True, False) if self._entry.name in PARTLY_FLOAT32 else (True,):
            found = self._compared_up_to(steps, own, dtype, whole)
            if found[0].is_right:
                break
        return found

    def _compared_up_to(
        self, steps: int, own: Sequence[Array], dtype: str, whole: bool
    ) -> tuple[Compared, list[Array]]:
        """Compare the steps that torch takes: of one that it refuses nothing can be said, nor of later ones."""
        found, low, high = NOTHING, 0, steps
        while low < high:
            middle = high if high == steps else (low + high + 1) // 2
            try:
                mine = own[: middle * len(self._names)]
                found = compare_run(self._run(middle, whole), mine, dtype, patient=True, first=self._first)
                low = middle
            except REFUSED:
                high = middle - 1
        if low < steps:
            self._refused = min(self._refused or low + 1, low + 1)
        return found

    def _run(self, steps: int, whole: bool) -> UpdateRun:
        kept, name = self._kept, self._entry.name
        hyper, *later = [(one.since, complete(name, one.entry.params)._asdict()) for one in self.ran]
        weights, gradients, rates = kept.weights(steps), kept.gradients(steps), kept.rates[:steps]
        return UpdateRun(name, hyper[1], weights, gradients, rates, whole, later)

    def _named(
        self, compared: Compared, place: int, own: Sequence[Array], base: Sequence[Array], unstable: bool
    ) -> Wrong:
        index = tuple(int(i) for i in np.argwhere(compared.wrong[place])[0])
        weight = place % len(self._names)
        values = float(own[place][index]), float(base[place][index])
        return Wrong(self._names[weight], self._kept.index_of(weight, index), *values, unstable)


def compare_run(
    run: UpdateRun, values: Sequence[Array], dtype: str, *, patient: bool, first: int = 0
) -> tuple[Compared, list[Array]]:
    """Compare the weights after each step of a run, end to end, with torch's, which are returned as well.

    Those before the ``first`` are not compared. Raises what torch raises where it refuses the run.
    """
    base = _flat(reference_run(run, dtype))
    values = [*base[:first], *values[first:]]
    terms = terms_of_steps(run.weights, len(run.weights[0]), base)
    found = compare_values(values, base, terms, dtype, lambda how: _flat(moved_run(run, dtype, how)), patient=patient)
    return found, base


def _flat(steps: Sequence[Sequence[Array]]) -> list[Array]:
    return [weight for step in steps for weight in step]


def _same(one: Array, other: Array) -> bool:
    return np.array_equal(one, other, equal_nan=True)
