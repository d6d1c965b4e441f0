"""Some engines and windows are killed at random moments; ``tests.kept.long`` kills many."""

import random
from pathlib import Path

import pytest

from tests.kept.deaths import OLDEST, TYPED, kill_engine, kill_window
from tests.products import one_in


@pytest.mark.parametrize("seed", one_in(3, range(3)))
def test_a_killed_engine_takes_no_more_of_its_run_than_is_allowed(seed: int, tmp_path: Path) -> None:
    death = kill_engine(tmp_path / "run", random.Random(seed), 2.0)
    assert death.age < OLDEST
    assert death.kept <= death.newest + 1_000_000


def test_a_killed_window_takes_next_to_nothing_with_it(tmp_path: Path) -> None:
    closing = kill_window(tmp_path, random.Random(0), 1.0)
    assert closing.typed < TYPED
    assert closing.kept >= closing.newest
