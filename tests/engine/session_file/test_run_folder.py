"""The folder that a run was written to is looked at without a run, and believed in nothing."""

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.headless import results
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged, look_at_folder
from engine.spec import check
from tests.engine.experiments import raw_article
from tests.engine.kept_run.past_of import BUDGET

MUTANTS = 150


@pytest.fixture(scope="module")
def run() -> Lockstep:
    made = Lockstep(check(raw_article(optimizers=[{"name": "Adam", "params": {"lr": 0.1}}])), budget=BUDGET)
    made.advance(40)
    return made


@pytest.fixture
def folder(run: Lockstep, tmp_path: Path) -> Path:
    results.write(run, tmp_path)
    return tmp_path


@pytest.mark.parametrize("table", ["losses.npz", "losses.csv", "curves.csv"])
def test_losses_and_weights_are_those_of_the_run(run: Lockstep, folder: Path, table: str) -> None:
    kind = table.partition(".")[2]
    content = (folder / f"losses.{kind}").read_bytes()
    for name in ("losses.npz", "losses.csv"):
        (folder / name).unlink()
    (folder / table).write_bytes(content)
    seen = look_at_folder(folder)
    assert (list(seen.losses), seen.steps) == (["Adam/diy", "Adam/torch"], 40)
    for one in run.lanes:
        series = run.series[run.lanes.index(one)].values
        assert seen.losses[one.id].tobytes() == series.tobytes()
        assert [value.tobytes() for value in seen.weights[one.id].values()] == [w.tobytes() for w in one.lane.weights()]
    assert seen.training["Adam/diy"][-1] == run.training_losses()[0]


@pytest.mark.parametrize(
    "text",
    ["", "step,step\n1,1\n", "step,SGD/diy\n1,one\n", "step,SGD/diy\n1\n", "a,b\n1,2\n", "step,SGD/diy\n1,\x00\n"],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "losses.csv").write_text(text)
    with pytest.raises(Damaged):
        look_at_folder(tmp_path)


def test_a_folder_without_a_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(Damaged) as told:
        look_at_folder(tmp_path)
    assert told.value.code == "no_run_kept"


def test_what_is_packed_smaller_than_it_is_stays_packed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "losses.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SGD/diy.npy", bytes(1 << 20))
    with pytest.raises(Damaged):
        look_at_folder(folder)


@pytest.mark.parametrize("name", ["losses.npz", "weights.npz", "losses.csv"])
def test_mutants_are_read_or_refused(folder: Path, name: str) -> None:
    if name == "losses.csv":
        (folder / "losses.npz").unlink()
    whole, chance = (folder / name).read_bytes(), random.Random(16)
    for _ in range(MUTANTS // 3):
        mutant = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        (folder / name).write_bytes(mutant[: chance.choice([len(mutant), chance.randrange(len(mutant))])])
        try:
            seen = look_at_folder(folder)
        except Damaged:
            continue
        assert all(isinstance(column, np.ndarray) for column in seen.losses.values())
