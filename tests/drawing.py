"""How many examples hypothesis draws: few in the suite, twenty times as many with ``--hypothesis-profile long``."""

from typing import Any

from hypothesis import settings

EXAMPLES = 50  # of a test that says nothing else, in the suite


def examples(count: int, **more: Any) -> settings:
    """As many in the suite, and in proportion under another profile."""
    return settings(max_examples=max(1, round(count * settings.default.max_examples / EXAMPLES)), **more)
