"""Sessions of experiments whose numbers lie in other files, opened where those lie elsewhere or are gone."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.session_file import read_head
from tests.gui.window.test_sessions import is_kept, kill, numbers, save_session
from tests.gui.windows import TINY, Desk, Person, save_experiment

DATA = "a,b,c\n1,2,1\n3,4,2\n0.5,-1,0\n"
LOG = "step,loss\n" + "".join(f"{step},{1 / step}\n" for step in range(1, 31))
LOGGED = {**TINY["optimizers"][0], "log": {"file": "mine.csv"}}
LINKED = {"file": "rows.csv", "x": ["a", "b"], "y": ["c"], "standardize": True}


def kept(desk: Desk, folder: Path, **changes: Any) -> tuple[Person, Path]:
    """A session of ten steps, in a folder of its own with its files."""
    folder.mkdir()
    (folder / "rows.csv").write_text(DATA)
    (folder / "mine.csv").write_text(LOG)
    weights: dict[str, Any] = {"layer1.weight": [[0.25, -0.5]]}
    np.savez(folder / "w.npz", **weights)
    file = save_experiment(folder / "tiny.json")
    raw = {**TINY, **changes}
    file.write_text(json.dumps(raw))
    person = desk.start(file=file)
    person.wait_for_state("Ready")
    person.run_steps(10)
    return person, save_session(person, folder / "kept.lockstep")


@pytest.mark.parametrize(
    "changes",
    [{"data": LINKED}, {"start": {"file": "w.npz"}}, {"optimizers": [LOGGED]}],
    ids=["data", "start", "log"],
)
@pytest.mark.parametrize("there", [True, False], ids=["moved", "gone"])
def test_it_opens_where_it_stood(desk: Desk, tmp_path: Path, changes: dict[str, Any], there: bool) -> None:
    person, file = kept(desk, tmp_path / "one", **changes)
    before = numbers(person)
    if there:
        shutil.copytree(file.parent, tmp_path / "two")
    else:
        (tmp_path / "two").mkdir()
        shutil.copy(file, tmp_path / "two")
    shutil.rmtree(file.parent)
    other = desk.start(file=tmp_path / "two" / file.name)
    other.wait(lambda: other.window.session.newest is not None and other.window.session.newest_step == 10)
    assert numbers(other) == before
    if there:
        other.wait(lambda: other.window.session.spec is not None)
        assert not other.window.session.stale


def test_a_run_whose_engine_died_is_taken_up_with_its_files_and_goes_on_to_the_same_bits(
    desk: Desk, tmp_path: Path
) -> None:
    entry = TINY["optimizers"][0]
    changes = {"data": LINKED, "start": {"file": "w.npz"}, "optimizers": [LOGGED, entry | {"label": "mine"}]}
    person, file = kept(desk, tmp_path / "one", **changes)
    place = person.window.session._place
    assert place is not None
    person.wait(lambda: is_kept(person) and read_head(place).newest == 10)
    kill(person)
    person.click(person.offer("Return to step 10"))
    person.wait_for_step(10)
    person.run_steps(5)
    other = desk.start(file=file)
    other.wait(lambda: other.step == 10 and other.state == "Paused")  # its linked data are read by then
    other.run_steps(5)
    assert numbers(person) == numbers(other)
    assert person.banners == []
