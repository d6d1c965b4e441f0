"""Every rung of the ladder: what is given out has its hole, what belongs there is right, its experiment is sound."""

import pytest

from engine.spec import ExperimentError, check
from gui.learn.exercises.experiment import experiment_of
from gui.learn.exercises.rungs import FOLDER, Rung, rungs

RUNGS = rungs()
KEYS = [rung.key for rung in RUNGS]


def test_every_file_has_a_rung_in_both_languages() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert {file.stem for file in FOLDER.glob("*.py")} == set(KEYS)
    for rung in RUNGS:
        for texts in (rung.title, rung.task, rung.hint):
            assert texts.keys() == {"en", "zh"}
            assert all(texts.values())


@pytest.mark.parametrize("rung", RUNGS, ids=KEYS)
def test_what_is_given_out_lacks_what_belongs_there(rung: Rung) -> None:
    assert rung.holes
    given, whole = rung.text.splitlines(), rung.solution.splitlines()
    assert [number for number, pair in enumerate(zip(given, whole, strict=True), 1) if pair[0] != pair[1]] == rung.holes
    assert all(given[number - 1].endswith("...") for number in rung.holes)
    assert all(line in rung.solution for line in rung.missing.splitlines())
    compile(rung.text, rung.file, "exec")


@pytest.mark.parametrize("rung", RUNGS, ids=KEYS)
def test_the_experiment_of_a_rung_has_no_fault(rung: Rung) -> None:
    raw = experiment_of(rung, rung.text)
    if rung.key == "dropout":
        with pytest.raises(ExperimentError):  # both sides share its mask: it is judged, and not trained
            check(raw)
    else:
        check(raw)
