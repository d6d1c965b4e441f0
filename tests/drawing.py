"""How much the suite tries of what there is: few examples of hypothesis, and of long tables a sample.

With ``--hypothesis-profile long`` twenty times as many examples, and the whole tables.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from hypothesis import settings

EXAMPLES = 50  # of a test that says nothing else, in the suite
Case = TypeVar("Case")


def examples(count: int, **more: Any) -> settings:
    """As many in the suite, and in proportion under another profile."""
    return settings(max_examples=max(1, round(count * settings.default.max_examples / EXAMPLES)), **more)


def sample(table: Iterable[Case], every: int) -> list[Case]:
    """The first of every so many cases in the suite, spread over the table, and all of them under ``long``."""
    cases = list(table)
    return cases if settings.default.max_examples > EXAMPLES else cases[::every]
