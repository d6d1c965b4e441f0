"""Which known departures explain an optimizer: the fewest, and on fresh probes too."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_run
from engine.own.optimizers import OptimizerProbe
from engine.variants import Variant, combined, variants_of

from .hypers import with_literals
from .update_case import SEEDS, Fit, UpdateCase, flat


def explained(case: UpdateCase, target: str) -> tuple[Fit, Variant | None] | None:
    """Find the fewest departures that explain all, confirmed on fresh probes; no variant: numbers of its own."""
    others = [] if case.asked.against else [name for name in case.order if name != target]
    searches = [singles(case, target), _with_literals(case, target, True)]
    searches += [singles(case, reference) for reference in others]
    searches += [_with_literals(case, reference, False) for reference in others]
    return next(filter(None, (first_that(case, search) for search in (*searches, _pairs(case, target)))), None)


def first_that(case: UpdateCase, search: Iterable[tuple[Fit, Variant | None]]) -> tuple[Fit, Variant | None] | None:
    """Find the first candidate that explains everything, on fresh probes too."""
    for fit, variant in search:
        if case.explains(fit, variant) and case.explains(fit, variant, SEEDS[1]):
            return fit, variant
    return None


def singles(case: UpdateCase, reference: str) -> Iterator[tuple[Fit, Variant | None]]:
    for fit in case.fits(reference):
        for variant in variants_of("optimizer", reference):
            yield fit, variant


def _with_literals(case: UpdateCase, reference: str, is_target: bool) -> Iterator[tuple[Fit, Variant | None]]:
    """Yield the reference, and the likeliest one's variants, with numbers that stand in the code without a name."""
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


def nearest(case: UpdateCase) -> str:
    """Return the reference whose weights lie nearest, by the median of how far each element moves."""
    probes_, answers = case.answers()
    distances: dict[str, float] = {}
    for reference in case.order:
        for fit in case.fits(reference):
            run = case.torch_run(fit, probes_[0])
            if run is None:
                continue
            try:
                base = flat(reference_run(run, "float64"))
            except (ValueError, RuntimeError, ArithmeticError):
                continue
            far = _distance(answers[0], base, probes_[0])
            distances[reference] = min(far, distances.get(reference, np.inf))
    return min(distances, key=lambda name: distances[name]) if distances else case.order[0]


def _distance(own: Sequence[Array], base: Sequence[Array], probe: OptimizerProbe) -> float:
    before = flat(probe.weights)
    with np.errstate(all="ignore"):
        shares = [
            np.abs(mine - torch) / (np.abs(torch - was) + np.abs(mine - was))
            for mine, torch, was in zip(own, base, before, strict=True)
        ]
    found = np.concatenate([np.ravel(share) for share in shares])
    found = found[np.isfinite(found)]
    return float(np.median(found)) if found.size else np.inf
