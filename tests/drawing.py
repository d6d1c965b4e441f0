"""How much the suite tries of what there is: few examples of hypothesis, and of long tables a sample.

With ``--hypothesis-profile long`` twenty times as many examples, and the whole tables.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any, TypeVar

from hypothesis import settings

EXAMPLES = 50  # of a test that says nothing else, in the suite
Case = TypeVar("Case")


def examples(count: int, **more: Any) -> settings:
    """As many in the suite, and in proportion under another profile."""
    return settings(max_examples=max(1, round(count * settings.default.max_examples / EXAMPLES)), **more)


def in_turn(table: Iterable[Any], others: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Each case with one of the others in the suite, which take turns; with each of them under ``long``."""
    cases, others = [case if isinstance(case, tuple) else (case,) for case in table], list(others)
    if is_long():
        return [(*case, other) for case, other in product(cases, others)]
    return [(*case, others[number % len(others)]) for number, case in enumerate(cases)]


def sample(table: Iterable[Case], every: int) -> list[Case]:
    """The first of every so many cases in the suite, spread over the table, and all of them under ``long``."""
    cases = list(table)
    return cases if is_long() else cases[::every]


def is_long() -> bool:
    """Whether all is tried."""
    return settings.default.max_examples > EXAMPLES
