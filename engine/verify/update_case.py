"""One optimizer of a person's, and what it answered: beside torch, and beside a known departure."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.judge.comparison import Compared, agrees, mostly_finite, terms_of_steps
from engine.judge.own_update import PARTLY_FLOAT32, compare_run
from engine.lane.stage import UpdateRun
from engine.own.optimizers import Described, OptimizerProbe
from engine.own.roles import MEANINGS
from engine.own.unusable import Unusable
from engine.spec import hyper_fields
from engine.variants import Variant

from . import candidates, targets
from .asked import Asked, Own
from .hypers import Assignment, assignments
from .update_probes import SHAPES, probes

SEEDS = (1, 77)
# Of a rule whose name nobody spoke: without its state little is left of it, which other rules may be as well.
SAYS_LITTLE = ("any.state_reset", "any.rate_missing")
QUICK = 2  # steps after which most candidates are out
MENTIONS = {"nesterov": r"nesterov|nag\b|look.?ahead", "amsgrad": r"ams.?grad|\bams\b", "centered": r"center|centred"}


def flags(reference: str) -> list[str]:
    """Return the switches of a reference that make another rule of it."""
    return [one.path[0] for one in hyper_fields(reference) if one.path[0] in MENTIONS]


class Fit(NamedTuple):
    """Hold a reference with what own settings stand for in it; ``exact``: no number of it is in float32."""

    reference: str
    assigned: Assignment
    exact: bool = True
    counts_from: int = 1


class UpdateCase:
    """Ask one optimizer of a user's, and remember its answers."""

    def __init__(self, own: Own, asked: Asked, file: str):
        self.own, self.asked, self._stem = own, asked, Path(file).stem
        self.found: Described = own.prepare(SHAPES)
        self.given = self._given()
        self._asked_of: dict[tuple[int, int], tuple[list[OptimizerProbe], list[list[Array]]]] = {}

    def _given(self) -> dict[str, Any]:
        """``--param`` by the code's own names, found by torch's."""
        given: dict[str, Any] = {}
        for name, value in self.asked.params.items():
            fitting = [one for one in self.found.settings if one.name == name or stands_for(one.role, name)]
            if not fitting:
                raise Unusable(f"--param {name}: the code has no such hyperparameter", code="form")
            one = fitting[0]
            if one.settable:
                given[one.name] = value
        return given

    def answers(self, counts_from: int = 1, seed: int = SEEDS[0]) -> tuple[list[OptimizerProbe], list[list[Array]]]:
        """Return the probes, and own weights after each step of each, end to end."""
        if (counts_from, seed) not in self._asked_of:
            made = [
                one._replace(counts_from=counts_from) for one in probes(self.found, self.given, seed, self.asked.steps)
            ]
            kept: list[OptimizerProbe] = []
            values: list[list[Array]] = []
            for number, probe in enumerate(made):
                try:
                    answer = self.own.run(probe)
                except Unusable:
                    if counts_from == 1 and number in (0, len(made) - 1):
                        raise
                    continue  # a switch that the code refuses, or a first step's number
                kept.append(probe)
                values.append([weight for step in answer for weight in step])
            self._asked_of[counts_from, seed] = kept, values
        return self._asked_of[counts_from, seed]

    def first(self, fit: Fit) -> tuple[OptimizerProbe, list[Array]]:
        """Return the first probe, with the code's own numbers, and the weights after each step of it."""
        asked, values = self.answers(fit.counts_from)
        return asked[0], values[0]

    def check_repeats(self) -> None:
        """Raise Unusable where the code answers otherwise the second time."""
        (first, *_), (values, *_) = self.answers()
        again = [weight for step in self.own.run(first) for weight in step]
        if any(not np.array_equal(one, other, equal_nan=True) for one, other in zip(values, again, strict=True)):
            raise Unusable("it does not repeat itself: from the same start it came to other weights", self.found.first)

    @cached_property
    def judged_in(self) -> str:
        """Return float32 where that is all that comes out of a run in float64: more digits aren't there to judge."""
        _, (values, *_) = self.answers()
        return "float32" if all(value.dtype == np.float32 for value in values) else "float64"

    def narrowed(self, values: Sequence[Array]) -> list[Array]:
        return [value.astype(self.judged_in, copy=False) for value in values]

    @cached_property
    def text(self) -> str:
        """Return the code's own text, and its name, in small letters: it may mention what it is."""
        return f"{self.found.name} {self.found.text}".lower()

    @cached_property
    def hints(self) -> list[str]:
        return targets.hinted("optimizer", self.found.name, self._stem)

    @cached_property
    def order(self) -> list[str]:
        """Return the references to try, the likeliest first."""
        if self.asked.against:
            return [targets.known("optimizer", self.asked.against)]
        return [*self.hints, *(name for name in targets.OPTIMIZERS if name not in self.hints)]

    @property
    def counts(self) -> tuple[int, ...]:
        """Return the numbers that a first step may have where the caller says them."""
        return (1, 0) if self.found.counts else (1,)

    def fits(self, reference: str, switched: bool = False) -> Iterator[Fit]:
        """Yield ways in which the code may be the reference; ``switched``: with switches on that it has no word for."""
        plain = assignments(reference, self.found.settings)
        mentioned = [flag for flag in flags(reference) if re.search(MENTIONS[flag], self.text)]
        if switched:
            plain = [one.switched([flag]) for flag in flags(reference) for one in plain]
        elif mentioned:
            on = [one.switched(mentioned) for one in plain]
            plain = on if self._is_named_for(reference) else [*on, *plain]
        for assigned in plain:
            for exact in (True, False) if reference in PARTLY_FLOAT32 else (True,):
                for counts_from in self.counts:
                    yield Fit(reference, assigned, exact, counts_from)

    def _is_named_for(self, reference: str) -> bool:
        """Whether the code's own name says that a switch is on."""
        return any(re.search(MENTIONS[flag], self.found.name.lower()) for flag in flags(reference))

    def unsaid_fits(self) -> Iterator[Fit]:
        """Yield the references without the switches that the code's name speaks of."""
        for reference in self.order:
            if self._is_named_for(reference):
                yield from (Fit(reference, one) for one in assignments(reference, self.found.settings))

    def hyper(self, fit: Fit, probe: OptimizerProbe) -> dict[str, Any] | None:
        """Return torch's keyword arguments; None where torch refuses them."""
        try:
            return fit.assigned.hyper(fit.reference, self.found.settings, self.given | probe.settings)
        except (ValueError, TypeError):
            return None

    # --- torch ------------------------------------------------------------------------------------

    def torch_run(self, fit: Fit, probe: OptimizerProbe) -> UpdateRun | None:
        hyper = self.hyper(fit, probe)
        if hyper is None:
            return None
        return UpdateRun(fit.reference, hyper, probe.weights, probe.gradients, probe.rates, fit.exact)

    def compared(self, fit: Fit, *, patient: bool = False) -> list[Compared] | None:
        """Compare each probe with torch, up to the first that is wrong; None where torch refuses."""
        found: list[Compared] = []
        answers = [*zip(*self.answers(fit.counts_from), strict=True)]
        for probe, values in answers if patient else (*map(begun, answers[:1]), *answers):
            run = self.torch_run(fit, probe)
            if run is None:
                return None
            try:
                one = compare(run, self.narrowed(values), self.judged_in, patient=patient)
            except (ValueError, RuntimeError, ArithmeticError):
                return None
            found.append(one)
            if not one.is_right:
                break
        return found

    # --- variants ---------------------------------------------------------------------------------

    def explains(self, fit: Fit, variant: Variant | None, seed: int = SEEDS[0]) -> bool:
        """Return whether a candidate's weights are the code's on every probe; without a variant it is torch itself."""
        if variant is None:
            compared = self.compared(fit)
            return bool(compared) and all(one.is_right for one in compared)
        answers = [*zip(*self.answers(fit.counts_from, seed), strict=True)]
        if not answers or not mostly_finite(values for probe, values in answers if len(probe.weights) > 1):
            return False
        if fit.counts_from == 0 and not all(np.isfinite(value).all() for _, values in answers for value in values):
            return False  # it was told a number that it cannot do with
        if variant.id in SAYS_LITTLE and not self.asked.against and fit.reference not in self.hints:
            return False
        return all(self._is_explained(fit, variant, *answer) for answer in (begun(answers[0]), *answers))

    def _is_explained(self, fit: Fit, variant: Variant, probe: OptimizerProbe, values: Sequence[Array]) -> bool:
        hyper = self.hyper(fit, probe)
        if hyper is None:
            return False
        try:
            rule = candidates.rule_of(variant, fit.reference, fit.exact)
            theirs = candidates.run(rule, hyper, probe)
            terms = terms_of_steps(probe.weights, len(probe.weights[0]), theirs)
            return agrees(values, theirs, terms, self.judged_in, lambda: candidates.moved(rule, hyper, probe))
        except candidates.REFUSED:
            return False


def begun(answer: tuple[OptimizerProbe, list[Array]]) -> tuple[OptimizerProbe, list[Array]]:
    """Return the first steps of a probe and of what came of it: most candidates are out after them."""
    probe, values = answer
    short = probe._replace(weights=probe.weights[:QUICK], gradients=probe.gradients[:QUICK])
    return short, values[: QUICK * len(probe.weights[0])]


def compare(run: UpdateRun, values: Sequence[Array], dtype: str, *, patient: bool) -> Compared:
    return compare_run(run, values, dtype, patient=patient)[0]


def flat(steps: Sequence[Sequence[Array]]) -> list[Array]:
    return [weight for step in steps for weight in step]


def stands_for(role: str, name: str) -> bool:
    return name == role or name in [path.partition(".")[0] for path in MEANINGS.get(role, ())][:1]
