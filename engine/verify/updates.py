"""The verdict on an optimizer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane import moved_run, reference_run
from engine.own.optimizers import Described, OptimizerProbe
from engine.own.unusable import Unusable
from engine.spec import hyper_fields
from engine.stage import UpdateRun
from engine.variants import Variant, combined, variants_of

from . import candidates, differences, targets
from .asked import Asked, Own
from .hearing import Compared, agrees, heard, mostly_finite
from .hypers import Assignment, assignments, with_literals
from .located import Values, Ways, line_of
from .proofs import proved
from .record import First, Named, Record, Row
from .update_probes import SHAPES, STEPS, TENSORS, probes

PARTLY_FLOAT32 = ("NAdam", "ASGD")  # which keep numbers in torch's default precision
SEEDS = (1, 77)
FIRST_ROWS = 5
# Of a rule whose name nobody spoke: without its state little is left of it, which other rules may be as well.
SAYS_LITTLE = ("any.state_reset", "any.rate_missing")
QUICK = 2  # steps after which most candidates are out


MENTIONS = {"nesterov": r"nesterov|nag\b|look.?ahead", "amsgrad": r"ams.?grad|\bams\b", "centered": r"center|centred"}


def flags(reference: str) -> list[str]:
    """The switches of a reference that make another rule of it."""
    return [one.path[0] for one in hyper_fields(reference) if one.path[0] in MENTIONS]


class Fit(NamedTuple):
    """A reference with what own settings stand for in it; ``exact``: no number of it is in float32."""

    reference: str
    assigned: Assignment
    exact: bool = True
    counts_from: int = 1


class UpdateCase:
    """One optimizer, and all that has been asked of it so far."""

    def __init__(self, own: Own, asked: Asked):
        self.own, self.asked = own, asked
        self.found: Described = own.prepare(SHAPES)
        self.given = self._given()
        self._asked_of: dict[tuple[int, int], tuple[list[OptimizerProbe], list[list[Array]]]] = {}

    def _given(self) -> dict[str, Any]:
        """``--param`` by the code's own names, found by torch's."""
        given: dict[str, Any] = {}
        for name, value in self.asked.params.items():
            fitting = [one for one in self.found.settings if one.name == name or _stands_for(one.role, name)]
            if not fitting:
                raise Unusable(f"--param {name}: the code has no such hyperparameter", code="form")
            one = fitting[0]
            if one.settable:
                given[one.name] = value
        return given

    def answers(self, counts_from: int = 1, seed: int = SEEDS[0]) -> tuple[list[OptimizerProbe], list[list[Array]]]:
        """The probes, and own weights after each step of each, end to end."""
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

    def check_repeats(self) -> None:
        """Raise Unusable where the code answers otherwise the second time."""
        (first, *_), (values, *_) = self.answers()
        again = [weight for step in self.own.run(first) for weight in step]
        if any(not np.array_equal(one, other, equal_nan=True) for one, other in zip(values, again, strict=True)):
            raise Unusable("it does not repeat itself: from the same start it came to other weights", self.found.first)

    @cached_property
    def text(self) -> str:
        """The code's own, and its name, in small letters: it may mention what it is."""
        return f"{self.found.name} {self.found.text}".lower()

    @cached_property
    def hints(self) -> list[str]:
        return targets.hinted("optimizer", self.found.name)

    @cached_property
    def order(self) -> list[str]:
        """References, the likeliest first."""
        if self.asked.against:
            return [targets.known("optimizer", self.asked.against)]
        return [*self.hints, *(name for name in targets.OPTIMIZERS if name not in self.hints)]

    @property
    def counts(self) -> tuple[int, ...]:
        """Numbers that a first step may have where the caller tells it."""
        return (1, 0) if self.found.counts else (1,)

    def fits(self, reference: str, switched: bool = False) -> Iterator[Fit]:
        """Ways in which the code may be the reference; ``switched``: with switches on that it has no word for."""
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
        """The references without the switches that the code's name speaks of."""
        for reference in self.order:
            if self._is_named_for(reference):
                yield from (Fit(reference, one) for one in assignments(reference, self.found.settings))

    def hyper(self, fit: Fit, probe: OptimizerProbe) -> dict[str, Any] | None:
        """Torch's keyword arguments; None where torch refuses them."""
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
        """Each probe against torch, up to the first that is wrong; None where torch refuses."""
        found: list[Compared] = []
        answers = [*zip(*self.answers(fit.counts_from), strict=True)]
        for probe, values in answers if patient else (*map(_begun, answers[:1]), *answers):
            run = self.torch_run(fit, probe)
            if run is None:
                return None
            try:
                one = compare(run, probe, values, "float64", patient=patient)
            except (ValueError, RuntimeError, ArithmeticError):
                return None
            found.append(one)
            if not one.is_right:
                break
        return found

    # --- variants ---------------------------------------------------------------------------------

    def explains(self, fit: Fit, variant: Variant | None, seed: int = SEEDS[0]) -> bool:
        """Whether a candidate's weights are the code's on every probe; without a variant it is torch itself."""
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
        return all(self._is_explained(fit, variant, *answer) for answer in (_begun(answers[0]), *answers))

    def _is_explained(self, fit: Fit, variant: Variant, probe: OptimizerProbe, values: Sequence[Array]) -> bool:
        hyper = self.hyper(fit, probe)
        if hyper is None:
            return False
        try:
            rule = candidates.rule_of(variant, fit.reference, fit.exact)
            theirs = candidates.run(rule, hyper, probe)
            terms = candidates.terms_of(probe, theirs)
            return agrees(values, theirs, terms, "float64", lambda: candidates.moved(rule, hyper, probe))
        except candidates.REFUSED:
            return False


def compare(run: UpdateRun, probe: OptimizerProbe, values: Sequence[Array], dtype: str, *, patient: bool) -> Compared:
    base = _flat(reference_run(run, dtype))
    terms = candidates.terms_of(probe, base)
    return heard(values, base, terms, dtype, lambda how: _flat(moved_run(run, dtype, how)), patient=patient)


def _flat(steps: Sequence[Sequence[Array]]) -> list[Array]:
    return [weight for step in steps for weight in step]


def _stands_for(role: str, name: str) -> bool:
    from engine.own.roles import MEANINGS

    return name == role or name in [path.partition(".")[0] for path in MEANINGS.get(role, ())][:1]


# --- the verdict ----------------------------------------------------------------------------------


def judged(own: Own, asked: Asked, file: str) -> Record:
    """The record of an optimizer. Raises Unusable."""
    case = UpdateCase(own, asked)
    case.check_repeats()
    for reference in case.order:
        for fit in case.fits(reference):
            compared = case.compared(fit)
            if compared and all(one.is_right for one in compared):
                return _right(case, fit, compared, file)
        if reference in case.hints[:1] and (named := _first_that(case, _singles(case, reference))):
            return _named(case, *named, file)
    for fit in case.unsaid_fits():
        compared = case.compared(fit)
        if compared and all(one.is_right for one in compared):
            return _right(case, fit, compared, file)
    target = case.order[0] if case.asked.against or case.hints else _nearest(case)
    fit = next(case.fits(target))
    compared = case.compared(fit, patient=True)
    if compared and all(one.is_right for one in compared):
        return _right(case, fit, compared, file)
    named = _explained(case, target)
    if named is not None:
        return _named(case, *named, file)
    return _different(case, fit, file)


def _explained(case: UpdateCase, target: str) -> tuple[Fit, Variant | None] | None:
    """The fewest departures that explain everything, confirmed on fresh probes; no variant: numbers of its own."""
    others = [] if case.asked.against else [name for name in case.order if name != target]
    searches = [_singles(case, reference) for reference in (target, *others)]
    searches += [_with_literals(case, reference, reference == target) for reference in (target, *others)]
    return next(filter(None, (_first_that(case, search) for search in (*searches, _pairs(case, target)))), None)


def _first_that(case: UpdateCase, search: Iterable[tuple[Fit, Variant | None]]) -> tuple[Fit, Variant | None] | None:
    """The first that explains everything, on fresh probes too."""
    for fit, variant in search:
        if case.explains(fit, variant) and case.explains(fit, variant, SEEDS[1]):
            return fit, variant
    return None


def _singles(case: UpdateCase, reference: str) -> Iterator[tuple[Fit, Variant | None]]:
    for fit in case.fits(reference):
        for variant in variants_of("optimizer", reference):
            yield fit, variant


def _with_literals(case: UpdateCase, reference: str, is_target: bool) -> Iterator[tuple[Fit, Variant | None]]:
    """The reference, and the variants of what is most likely, with numbers that stand in the code without a name."""
    numbers = [value for value, _ in case.found.literals]
    numbers += [1 - value for value in numbers if 0 < value < 1]
    for fit in case.fits(reference, switched=True):
        yield fit, None
    fits = list(case.fits(reference))[:4]
    for fit in fits:
        for assigned in with_literals(reference, fit.assigned, numbers, most=2 if is_target else 1):
            yield fit._replace(assigned=assigned), None
    for fit in fits if is_target else ():
        for assigned in with_literals(reference, fit.assigned, numbers, most=1):
            for variant in variants_of("optimizer", reference):
                yield fit._replace(assigned=assigned), variant


def _pairs(case: UpdateCase, reference: str) -> Iterator[tuple[Fit, Variant | None]]:
    fits = list(case.fits(reference))[:4]
    for first, second in combinations(variants_of("optimizer", reference), 2):
        both = combined(first, second)
        if both is not None:
            yield from ((fit, both) for fit in fits)


def _nearest(case: UpdateCase) -> str:
    """The reference whose weights lie nearest, by the median of how far each element moves."""
    probes_, answers = case.answers()
    distances: dict[str, float] = {}
    for reference in case.order:
        for fit in case.fits(reference):
            run = case.torch_run(fit, probes_[0])
            if run is None:
                continue
            try:
                base = _flat(reference_run(run, "float64"))
            except (ValueError, RuntimeError, ArithmeticError):
                continue
            far = _distance(answers[0], base, probes_[0])
            distances[reference] = min(far, distances.get(reference, np.inf))
    return min(distances, key=lambda name: distances[name]) if distances else case.order[0]


def _distance(own: Sequence[Array], base: Sequence[Array], probe: OptimizerProbe) -> float:
    before = _flat(probe.weights)
    with np.errstate(all="ignore"):
        shares = [
            np.abs(mine - torch) / (np.abs(torch - was) + np.abs(mine - was))
            for mine, torch, was in zip(own, base, before, strict=True)
        ]
    found = np.concatenate([np.ravel(share) for share in shares])
    found = found[np.isfinite(found)]
    return float(np.median(found)) if found.size else np.inf


def _base(case: UpdateCase, fit: Fit, file: str) -> Record:
    probe = case.answers(fit.counts_from)[0][0]
    hyper = case.hyper(fit, probe) or {}
    names = dict.fromkeys([path.partition(".")[0] for path in fit.assigned.paths.values()])
    names |= dict.fromkeys(path.partition(".")[0] for path, _ in fit.assigned.fixed)
    params = {name: hyper[name] for name in names if name in hyper}
    found = case.found
    return Record(
        file, "optimizer", found.name, found.form, fit.reference, params, case.asked.steps, case.asked.dtype,
        notes=tuple(_notes(case, fit)),
    )  # fmt: skip


def _notes(case: UpdateCase, fit: Fit) -> Iterator[str]:
    if not case.found.changes_rate:
        yield "Its learning rate cannot be changed from outside, so this holds while the rate stays."
    for one in case.found.settings:
        path = fit.assigned.paths.get(one.name)
        told = [name for name in case.asked.params if name == one.name or _stands_for(one.role, name)]
        if told and not one.settable:
            at = f", line {one.line}" if one.line else ""
            yield f"{path or one.name} is the code's own {one.value:g}{at}: --param {told[0]} does not reach it."
    for path, value in fit.assigned.fixed:
        line = next((line for number, line in case.found.literals if value in (number, 1 - number)), None)
        yield f"{path} is {value:g}, as the code has it" + (f" in line {line}." if line else ".")
    if len(set(case.found.shapes)) == 1:
        yield "It takes parameters of one shape alone."


def _right(case: UpdateCase, fit: Fit, compared: Sequence[Compared], file: str) -> Record:
    record = _base(case, fit, file)
    if case.asked.dtype != "float64":
        return _in_precision(case, fit, record)
    if all(one.same for one in compared):
        return replace(record, verdict="identical")
    return _rounded(case, fit, record)


def _rounded(case: UpdateCase, fit: Fit, record: Record) -> Record:
    """With the place where bits first differ, and the one rounding that explains it, where one does."""
    is_float32 = case.asked.dtype == "float32"
    asked = [in_float32(probe) if is_float32 else probe for probe in case.answers(fit.counts_from)[0]]
    begun = asked[0]._replace(weights=asked[0].weights[:QUICK], gradients=asked[0].gradients[:QUICK])
    asked = [begun, *asked]

    def is_torch(answers: Sequence[list[list[Array]]]) -> bool:
        return all(_same(case, fit, *one) for one in zip(asked, answers, strict=False))

    found = proved(case.own, asked, is_torch, case.asked.dtype)
    first = _first_apart(case, fit, lambda mine, torch: mine != torch)
    if found and first:
        first = replace(first, line=found.line)
    return replace(record, verdict="rounding", first=first, rounding=found)


def _same(case: UpdateCase, fit: Fit, probe: OptimizerProbe, answer: list[list[Array]]) -> bool:
    run = case.torch_run(fit, probe)
    assert run is not None
    base = _flat(reference_run(run, case.asked.dtype))
    values = [value.astype(case.asked.dtype) for value in _flat(answer)]
    return all(np.array_equal(mine, torch, equal_nan=True) for mine, torch in zip(values, base, strict=True))


def _in_precision(case: UpdateCase, fit: Fit, record: Record) -> Record:
    """Right in float64: what it is in float32."""
    all_same = True
    for probe, _ in zip(*case.answers(fit.counts_from), strict=True):
        small = in_float32(probe)
        values = [weight for step in case.own.run(small) for weight in step]
        run = case.torch_run(fit, small)
        assert run is not None
        one = compare(run, small, [value.astype(np.float32) for value in values], "float32", patient=True)
        if not one.is_right:
            return replace(
                record, verdict="unstable", first=_first_apart(case, fit, _differs, small, values, "float32")
            )
        all_same &= one.same
    if all_same:
        return replace(record, verdict="identical")
    return _rounded(case, fit, record)


def in_float32(probe: OptimizerProbe) -> OptimizerProbe:
    def cast(steps: list[list[Array]]) -> list[list[Array]]:
        return [[value.astype(np.float32) for value in step] for step in steps]

    return probe._replace(weights=cast(probe.weights), gradients=cast(probe.gradients))


def _differs(mine: Array, torch: Array) -> Array:
    with np.errstate(all="ignore"):
        return ~((mine == torch) | (np.abs(mine - torch) <= 1e-9 * np.abs(torch)) | (np.isnan(mine) & np.isnan(torch)))


def _first_apart(
    case: UpdateCase, fit: Fit, is_apart: Any, probe: OptimizerProbe | None = None, values: Any = None,
    dtype: str = "float64",
) -> First | None:  # fmt: skip
    asked = [(probe, values)] if probe is not None else [*zip(*case.answers(fit.counts_from), strict=True)]
    for one, own in asked:
        run = case.torch_run(fit, one)
        if run is None:
            continue
        base = _flat(reference_run(run, dtype))
        count = len(one.weights[0])
        for place, (mine, torch) in enumerate(zip(own, base, strict=True)):
            apart = is_apart(mine, torch)
            if apart.any():
                index = tuple(int(i) for i in np.argwhere(apart)[0])
                return First(
                    place // count + 1, "update", TENSORS[place % count], index, float(mine[index]), float(torch[index])
                )
    return None


def _named(case: UpdateCase, fit: Fit, variant: Variant | None, file: str) -> Record:
    record = _base(case, fit, file)
    if variant is None:  # its own numbers explain it: torch has the last word
        compared = case.compared(fit, patient=True)
        if compared and all(one.is_right for one in compared):
            return _right(case, fit, compared, file)
        return _different(case, fit, file)
    line = _line(case, fit, variant)
    words = f"{variant.does}; torch {variant.torch_does}"
    named = Named(variant.ids[0], line, words, variant.ids, variant.does, variant.torch_does, variant.edit)
    first = _first_apart(case, fit, _differs)
    first = None if first is None else replace(first, line=line)
    accepted = variant.kind == "convention" and all(one in case.asked.accept for one in variant.ids)
    return _with(
        record, verdict=variant.kind, named=named, first=first, accepted=accepted, table=_table(case, fit, first)
    )


def _line(case: UpdateCase, fit: Fit, variant: Variant) -> int | None:
    """The line, on the first probe that tells the variant from the reference."""
    for probe, values in zip(*case.answers(fit.counts_from), strict=True):
        hyper = case.hyper(fit, probe)
        assert hyper is not None
        reference = candidates.run(candidates.rule_of(None, fit.reference, fit.exact), hyper, probe)
        if not any(_differs(mine, theirs).any() for mine, theirs in zip(values, reference, strict=True)):
            continue
        return _line_in(case, fit, variant, probe, hyper)
    return None


def _line_in(
    case: UpdateCase, fit: Fit, variant: Variant, probe: OptimizerProbe, hyper: Mapping[str, Any]
) -> int | None:
    _, made = case.own.recorded(probe)
    variant_way, reference_way = (_way(fit, one, probe, hyper) for one in (variant, None))
    steps = STEPS if len(probe.weights) > 1 else len(probe.gradients)
    return line_of(made, variant_way, reference_way, min(2, steps), _departing(fit, variant, probe, hyper))


def _way(fit: Fit, variant: Variant | None, probe: OptimizerProbe, hyper: Mapping[str, Any]) -> Ways:
    """What a candidate comes by at each step, and what the step begins with."""
    seen: dict[int, list[Array]] = {}
    for one in candidates.on_the_way(variant, fit.reference, hyper, probe, fit.exact):
        seen.setdefault(one.step, []).append(one.value)
    return {
        step: Values.of([*values, *_inputs(probe, step, hyper)], _rate_at(probe, hyper, step))
        for step, values in seen.items()
    }


def _departing(fit: Fit, variant: Variant, probe: OptimizerProbe, hyper: Mapping[str, Any]) -> Ways:
    """The weights, and how far they went, where the variant departs."""
    both = [candidates.run(candidates.rule_of(one, fit.reference, fit.exact), hyper, probe) for one in (variant, None)]
    count = len(probe.weights[0])
    found: dict[int, list[Array]] = {}
    for place, (theirs, plain) in enumerate(zip(*both, strict=True)):
        if _differs(theirs, plain).any():
            found.setdefault(place // count + 1, []).append(theirs)
    return {step: Values.of(values, simple=False) for step, values in found.items()}


def _rate_at(probe: OptimizerProbe, hyper: Mapping[str, Any], step: int) -> float:
    return float(probe.rates[step - 1] if probe.rates is not None else hyper.get("lr", 1.0))


def _inputs(probe: OptimizerProbe, step: int, hyper: Mapping[str, Any]) -> Iterator[Array]:
    """What a step begins with, which is on everybody's way."""
    yield from probe.gradients[step - 1]
    if len(probe.weights) > 1:
        yield from probe.weights[step - 1]
    for value in hyper.values():
        yield from (
            np.array(float(one)) for one in (value if isinstance(value, tuple) else (value,)) if one is not None
        )
    if probe.rates is not None:
        yield np.array(probe.rates[step - 1])


def _table(case: UpdateCase, fit: Fit, first: First | None) -> tuple[Row, ...]:
    """The first steps of the element that differs first."""
    probe, values = (one[0] for one in case.answers(fit.counts_from))
    run = case.torch_run(fit, probe)
    if run is None:
        return ()
    base = _flat(reference_run(run, "float64"))
    count = len(probe.weights[0])
    tensor = TENSORS.index(first.tensor) if first else 0
    index = first.index if first else (0,) * values[tensor].ndim
    places = [step * count + tensor for step in range(FIRST_ROWS)]
    return tuple(
        Row(step + 1, float(values[place][index]), float(base[place][index])) for step, place in enumerate(places)
    )


def _different(case: UpdateCase, fit: Fit, file: str) -> Record:
    record = _base(case, fit, file)
    first = _first_apart(case, fit, _differs)
    notes = [*record.notes, *_what_can_be_said(case, fit)]
    line = _line_of_difference(case, fit)
    first = None if first is None else replace(first, line=line)
    return replace(record, verdict="different", first=first, notes=tuple(notes), table=_table(case, fit, first))


def _line_of_difference(case: UpdateCase, fit: Fit) -> int | None:
    probe = case.answers(fit.counts_from)[0][0]
    hyper = case.hyper(fit, probe)
    if hyper is None:
        return None
    _, made = case.own.recorded(probe)
    return line_of(made, {}, _way(fit, None, probe, hyper), 2, {})


def _what_can_be_said(case: UpdateCase, fit: Fit) -> Iterator[str]:
    probe, values = (one[0] for one in case.answers(fit.counts_from))
    run = case.torch_run(fit, probe)
    if run is None:
        yield f"torch refuses these hyperparameters for {fit.reference}."
        return
    base = _flat(reference_run(run, "float64"))
    if differences.not_finite(values, base):
        yield "It comes to NaN or infinity where torch does not."
    before = _flat(probe.weights)
    steps = [mine - was for mine, was in zip(values, before, strict=True)]
    torch_steps = [torch - was for torch, was in zip(base, before, strict=True)]
    factor = differences.constant_factor(steps, torch_steps)
    if factor is not None:
        yield f"Each of its steps is torch's times {differences.named_factor(factor, _known_factors(case, fit, probe))}."
    if _is_float32_inside(case, fit, probe, values):
        yield "It computes in float32 inside a float64 run; in float32 it is torch's (see --dtype float32)."


def _known_factors(case: UpdateCase, fit: Fit, probe: OptimizerProbe) -> dict[str, float]:
    hyper = case.hyper(fit, probe) or {}
    known = {"1": 1.0, "2": 2.0, "1/2": 0.5}
    for name, value in hyper.items():
        if isinstance(value, float) and value:
            known |= {name: value, f"1/{name}": 1 / value, f"1 − {name}": 1 - value}
    for place, beta in enumerate(hyper.get("betas", ())):
        known |= {f"β{place + 1}": beta, f"1 − β{place + 1}": 1 - beta}
    return known


def _is_float32_inside(case: UpdateCase, fit: Fit, probe: OptimizerProbe, values: Sequence[Array]) -> bool:
    """Whether float32 explains it: as near to torch's own answer in float32 as its roundings allow."""
    run = case.torch_run(fit, probe)
    assert run is not None
    small = [value.astype(np.float32) for value in values]
    return compare(run, probe, small, "float32", patient=True).is_right
