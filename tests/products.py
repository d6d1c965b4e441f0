"""Products of factors, of which the suite runs a part that has every pair: the rest is marked ``every``."""

from collections import Counter
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


def each_with(table: Iterable[Any], others: Iterable[Any]) -> list[ParameterSet]:
    """Each case of a table with one of the others, which take turns; left to ``every`` is each with the rest of them.

    For mistakes and edges in either precision, say, where a case is one and what it is tried in is beside the point.
    """
    cases, others = [case if isinstance(case, tuple) else (case,) for case in table], list(others)
    return [
        pytest.param(*case, other, marks=() if place == number % len(others) else REST)
        for number, case in enumerate(cases)
        for place, other in enumerate(others)
    ]


def one_in(count: int, table: Iterable[Any]) -> list[ParameterSet]:
    """The first of every so many cases, spread over a table; left to ``every`` are those between."""
    cases = [case if isinstance(case, tuple) else (case,) for case in table]
    return [pytest.param(*case, marks=REST if place % count else ()) for place, case in enumerate(cases)]


def _chosen(cases: list[tuple[int, ...]], strength: int, first: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Choose, each time, a case that has the most combinations that none has yet, and values that few have."""
    combined = {case: {*_combinations(case, strength)} for case in cases}
    missing = set().union(*combined.values()).difference(*(combined[case] for case in first))
    used = Counter(value for case in first for value in enumerate(case))
    found: list[tuple[int, ...]] = []
    while missing:
        best = max(cases, key=lambda case: (len(combined[case] & missing), -sum(used[one] for one in enumerate(case))))
        found.append(best)
        used.update(enumerate(best))
        missing -= combined[best]
    return found


def _combinations(case: tuple[int, ...], strength: int) -> Iterable[tuple[tuple[int, int], ...]]:
    return combinations(enumerate(case), strength)
