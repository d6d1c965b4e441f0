"""The hunts as they are kept: each bug is one line, seeds draw what they drew before, causes hold the right one."""

from itertools import product
from pathlib import Path

import pytest

from engine.own.session import Wanted
from engine.spec import check
from engine.verify.asked import Asked
from engine.verify.verify import verify_file
from gui.learn.hunt.hunts import Bug, Hunt, causes, drawn, hunts, levels
from resources.make_hunts import is_huntable
from tests.drawing import sample
from tests.programs import MAIN, run_forked

ALL = hunts()
BUGS = list({bug.text: bug for hunt in ALL for bug in hunt.bugs}.values())


def test_every_level_has_several_hunts() -> None:
    assert levels() == [1, 2, 3, 4, 5, 6]
    for level in levels():
        assert len([hunt for hunt in ALL if hunt.level == level]) >= 4
    assert len({hunt.key for hunt in ALL}) == len(ALL)
    assert all(len(hunt.bugs) == 1 + (hunt.level == 6) for hunt in ALL)


def test_a_seed_draws_the_same_hunt_and_seeds_in_a_row_different_ones() -> None:
    for level in levels():
        count = len([hunt for hunt in ALL if hunt.level == level])
        assert [drawn(level, seed).key for seed in range(9)] == [drawn(level, seed).key for seed in range(9)]
        assert len({drawn(level, seed).key for seed in range(count)}) == count


def test_the_causes_hold_the_right_one_among_others() -> None:
    for bug, seed in product(BUGS, range(5)):
        found = causes(bug, seed)
        assert bug.does in found
        assert len(set(found)) == len(found) == 4
        assert found == causes(bug, seed)


def test_no_experiment_has_a_fault() -> None:
    for hunt in ALL:
        check(hunt.raw(hunt.key))


@pytest.mark.parametrize("bug", sample(BUGS, 5), ids=lambda bug: f"{bug.name}-{bug.id}")
def test_the_judge_names_the_bug_at_its_line(bug: Bug, tmp_path: Path) -> None:
    file = tmp_path / bug.name
    file.write_text(bug.text, encoding="utf-8")
    record = verify_file(file, Wanted(None, bug.kind), Asked(bug.against, bug.params), apart=False)
    assert record.named is not None
    assert (record.named.ids, record.named.line) == ((bug.id,), bug.line)
    assert (record.named.does, record.named.torch_does) == (bug.does, bug.torch_does)
    assert record.verdict in ("mistake", "convention")


@pytest.mark.parametrize("hunt", sample(ALL, 20), ids=lambda hunt: hunt.key)
def test_the_loss_falls_for_a_hundred_steps_and_the_judge_sees_it(hunt: Hunt) -> None:
    assert is_huntable(hunt.bugs, lambda *arguments: run_forked(MAIN, *arguments).returncode)
