"""Every rung of the ladder: what is given out has its hole, what belongs there is right, its experiment is sound."""

from collections.abc import Iterator

import pytest

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.spec import check
from gui.learn.exercises.experiment import apart, experiment_of
from gui.learn.exercises.rungs import FOLDER, Rung, chapters, rungs

RUNGS = rungs()
KEYS = [rung.key for rung in RUNGS]
BASIC = ("SGD", "Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW", "Adamax", "NAdam")
WITHOUT = {
    "identity": "its value is z: there is nothing to write",
    "d_softmax": "a matrix for each row; what a network needs is the way back through it, softmax_backward",
    "d_log_softmax": "a matrix for each row; what a network needs is the way back through it, log_softmax_backward",
    "BatchNorm1d.evaluate": "the same line with averages in place of the batch's own numbers",
    "Dropout.evaluate": "it hands x on",
    "Residual.evaluate": "the forward pass's line",
}
"""The textbook's functions that have no rung, and why."""


def textbook_functions() -> Iterator[str]:
    """Those of activations, losses and layers."""
    for registry in (ACTIVATIONS, LOSSES):
        for functions in registry.values():
            yield from (one.__name__ for one in functions if one is not None)
    for name in LAYERS:
        passes = ("forward", "evaluate", "backward")
        yield from (f"{name}.{each}" for each in passes if hasattr(LAYERS.module(name), each))


def written_in(rung: Rung) -> str:
    """The textbook's name of what is to be written."""
    if rung.kind == "layer":
        kind = "Linear" if rung.against == "linear" else rung.against
        return f"{kind}.forward" if rung.part == "value" else f"{kind}.backward"
    of_rows = rung.kind == "activation" and ACTIVATIONS[rung.against].back is not None
    slope = f"{rung.against}_backward" if of_rows else f"d_{rung.against}"
    return rung.against if rung.part == "value" else slope


def test_every_function_of_the_textbook_has_a_rung_or_a_reason() -> None:
    written = {written_in(rung) for rung in RUNGS if rung.kind != "optimizer"}
    assert {*textbook_functions()} - written == {*WITHOUT}
    assert {rung.against for rung in RUNGS if rung.kind == "optimizer"} == {*BASIC}


def test_a_function_comes_before_its_way_back() -> None:
    for rung in RUNGS:
        if rung.part == "value":
            backs = [place for place, one in enumerate(RUNGS) if one.code == rung.code and one.part != "value"]
            assert min(backs) > RUNGS.index(rung), rung.key


def test_every_file_has_a_rung_in_both_languages() -> None:
    assert len(set(KEYS)) == len(KEYS)
    assert {file.stem for file in FOLDER.glob("*.py")} == {rung.code for rung in RUNGS}
    for chapter in chapters():
        assert all(chapter.title[language] for language in ("en", "zh"))
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
    assert "# hole" not in rung.text + rung.solution
    compile(rung.text, rung.file, "exec")


@pytest.mark.parametrize("rung", RUNGS, ids=KEYS)
def test_the_experiment_of_a_rung_has_no_fault(rung: Rung) -> None:
    raw = experiment_of(rung, rung.text)
    check(raw)
    uses = [use.code for use in apart(rung)] + [rung.file] * str(raw).count(f"'code': '{rung.file}'")
    assert uses == [rung.file]


def test_what_comes_to_the_same_as_a_given_line_is_told_at_the_line_that_was_written() -> None:
    silu = RUNGS[KEYS.index("silu")]
    (hole,) = silu.holes
    assert silu.line_of(hole - 1, silu.text.replace("...", "s")) == hole
    assert silu.line_of(hole - 1, silu.text.replace("...", "s") + "\n") == hole - 1  # more was written
    assert silu.line_of(None, silu.text) is None
