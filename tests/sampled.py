"""What the suite takes a sample of: ``sampled.txt`` says of which test, and how many of its cases.

The rest is marked ``every``, and run by ``.ci/run``.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NONE = 0


@cache
def strides() -> dict[tuple[Path, str], int]:
    """Read of which tests one case in how many is taken, by file and function; ``NONE`` of those that take long."""
    found: dict[tuple[Path, str], int] = {}
    for line in (TESTS / "sampled.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stride, where = line.split()
            file, function = where.split("::")
            found[TESTS / file, function] = int(stride)
    return found


def leave_to_every(items: Iterable[pytest.Item]) -> None:
    """Mark what the suite leaves out."""
    counts: Counter[tuple[Path, str]] = Counter()
    for item in items:
        key = (item.path, getattr(item, "originalname", item.name))
        if key not in strides() or item.get_closest_marker("every"):
            continue
        stride = strides()[key]
        if stride == NONE or counts[key] % stride:
            item.add_marker("every")
        counts[key] += 1
