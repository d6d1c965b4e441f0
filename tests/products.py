"""Products of factors, of which the suite runs a part that has every pair: the rest is marked ``every``."""

from collections.abc import Iterable
from itertools import combinations, product
from typing import Any

import pytest
from _pytest.mark import ParameterSet

REST = pytest.mark.every


def covering(*factors: Iterable[Any], strength: int = 2, always: Iterable[tuple[Any, ...]] = ()) -> list[ParameterSet]:
    """All cases of a product, in its order; left to ``every`` are those that a covering part can do without.

    The part has each combination of values of ``strength`` factors at least once, and what is to be there ``always``.
    With a ``strength`` of 1 it has each value of each factor.
    """
    tables, always = [list(values) for values in factors], list(always)
    places, cases = [*product(*(range(len(table)) for table in tables))], [*product(*tables)]
    first = [place for place, case in zip(places, cases, strict=True) if case in always]
    chosen = {*first, *_chosen(places, min(strength, len(tables)), first)}
    return [
        pytest.param(*case, marks=() if place in chosen else REST) for place, case in zip(places, cases, strict=True)
    ]


def kept(cases: Iterable[Any], *those: Any) -> list[ParameterSet]:
    """All cases of a table; left to ``every`` are all but those that are named, by their first value."""
    table = [case if isinstance(case, tuple) else (case,) for case in cases]
    assert not (missing := {*those} - {case[0] for case in table}), f"there is no {missing}"
    return [pytest.param(*case, marks=() if case[0] in those else REST) for case in table]


def _chosen(cases: list[tuple[int, ...]], strength: int, first: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Choose, each time, the first case that has the most combinations that none has yet."""
    combined = {case: {*_combinations(case, strength)} for case in cases}
    missing = set().union(*combined.values()).difference(*(combined[case] for case in first))
    found: list[tuple[int, ...]] = []
    while missing:
        best = max(cases, key=lambda case: len(combined[case] & missing))
        found.append(best)
        missing -= combined[best]
    return found


def _combinations(case: tuple[int, ...], strength: int) -> Iterable[tuple[tuple[int, int], ...]]:
    return combinations(enumerate(case), strength)
