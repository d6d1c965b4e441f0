"""Own code's updates are judged beside other own code: both run along the weights and gradients that the run had.

What is asked is whether the two give the same updates from the same history. How far rounding may take them apart is
found by moving what each of them begins its steps with: what goes on inside of either cannot be moved.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane.stage import Hearing
from engine.lane.update_history import KeptSteps, UpdatesMade
from engine.spec import ExperimentSpec, OptimizerSpec

from .comparison import Compared, compare_values, terms_of_steps
from .own_codes import Codes
from .own_update import NOTHING, Along, OwnUpdates


class ReferenceUpdates(OwnUpdates):
    """Judge an entry's own code beside its reference, up to any step of what it made."""

    def __init__(self, spec: ExperimentSpec, entry: int, made: UpdatesMade):
        super().__init__(spec, entry, made)
        self._reference = Codes(made.reference)
        self._newest_reference = Codes([made.reference[-1]._replace(since=0)])

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """Return which codes it judges, those of the reference too, and from which steps on."""
        return (*super().key, *((one.since, one.text) for one in self._made.reference))

    def _judge(self, kept: KeptSteps, codes: Codes) -> Along:
        reference = self._newest_reference if codes is self._newest and codes is not self._codes else self._reference
        return _Beside(self._spec, self._entry, codes, kept, reference)


class _Beside(Along):
    """Judge own code along the steps that are kept, beside other own code in torch's place."""

    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, codes: Codes, kept: KeptSteps, reference: Codes):
        super().__init__(spec, entry, codes, kept, ())
        self._reference = reference

    def _compared(self, steps: int, own: Sequence[Array], dtype: str) -> tuple[Compared, list[Array]]:
        """Compare with the reference, unless it has no more than float32 where a run in float32 asks for float64."""
        base = self._made_by(self._reference, steps, dtype)
        if dtype == "float64" and self._spec.dtype == "float32" and all(one.dtype == np.float32 for one in base):
            return NOTHING
        base = [one.astype(dtype, copy=False) for one in base]
        own = [*base[: self._first], *own[self._first :]]
        terms = terms_of_steps(self._kept.weights(steps), len(self._names), base)
        found = compare_values(own, base, terms, dtype, lambda how: self._moved(steps, base, dtype, how), patient=True)
        return found, base

    def _moved(self, steps: int, base: Sequence[Array], dtype: str, how: Hearing) -> list[Array]:
        """Return the reference's weights moved as far as either of the two is by roundings of what it is handed."""
        copies: list[list[Array]] = [list(base)]
        for codes in (self._reference, self._codes):
            plain = self._made_by(codes, steps, dtype)
            for number in range(how.times):
                random = np.random.default_rng(number)
                moved = self._made_by(codes, steps, dtype, random, how.ulps)
                with np.errstate(all="ignore"):
                    copies.append([at + (one - was) for at, one, was in zip(base, moved, plain, strict=True)])
        return [np.stack(each) for each in zip(*copies, strict=True)]

    def _made_by(
        self, codes: Codes, steps: int, dtype: str, random: np.random.Generator | None = None, ulps: int = 0
    ) -> list[Array]:
        """Return what code makes of the history: the weights after each step, end to end."""

        def given(values: Sequence[Array]) -> list[Array]:
            arrays = [one.astype(dtype) for one in values]
            if random is None:
                return arrays
            eps = ulps * float(np.finfo(dtype).eps)
            return [(one * (1 + eps * random.choice((-1.0, 1.0), one.shape))).astype(dtype) for one in arrays]

        kept = self._kept
        weights = list(map(given, kept.weights(steps)))
        gradients = list(map(given, kept.gradients(steps)))
        with np.errstate(all="ignore"):
            return [one for step in codes.updates(weights, gradients, kept.rates) for one in step]
