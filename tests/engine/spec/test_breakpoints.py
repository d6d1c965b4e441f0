"""Breakpoints in the experiment file: read back as saved, and refused where they could never be meant."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.diy
from engine.spec import (
    ConditionBreakpoint,
    ExperimentError,
    LineBreakpoint,
    StageBreakpoint,
    check,
    load,
    textbook_files,
    textbook_lines,
)
from gui.forms.breakpoints.entry import values_of
from tests.drawing import examples
from tests.engine.experiments import raw_article

ADAM = "optimizers/adam.py"
BOTH_KINDS = [{"name": "SGD", "label": "slow"}, {"name": "Adam", "backends": ["torch"]}]


def line(**changes: Any) -> dict[str, Any]:
    return {"kind": "line", "file": ADAM, "line": 1} | changes


def stage(**changes: Any) -> dict[str, Any]:
    return {"kind": "stage", "stage": "update"} | changes


def condition(**changes: Any) -> dict[str, Any]:
    return {"kind": "condition", "quantity": "loss", "op": ">", "value": 1} | changes


def faults_of(*breakpoints: Any, **changes: Any) -> list[str]:
    with pytest.raises(ExperimentError) as caught:
        check(raw_article(breakpoints=list(breakpoints), **changes))
    return [str(fault) for fault in caught.value.faults]


def test_what_is_left_out_has_its_defaults() -> None:
    spec = check(raw_article(breakpoints=[line(), stage(), condition()]))
    assert spec.breakpoints == (
        LineBreakpoint(enabled=True, hits=1, file=ADAM, line=1),
        StageBreakpoint(stage="update", layer=None),
        ConditionBreakpoint(quantity="loss", lane=None, op=">", value=1.0),
    )
    assert check(raw_article()).breakpoints == ()


def test_what_an_older_file_calls_a_stage_is_read_and_written_as_today() -> None:
    spec = check(raw_article(breakpoints=[stage(stage="affine", layer=1)]))
    assert spec.breakpoints == (StageBreakpoint(stage="forward", layer=1),)
    assert '"forward"' in spec.to_json()
    assert values_of(stage(stage="affine"))["stage"] == "forward"


REFUSED: list[tuple[Any, str]] = [
    (line(file="optimizers/adm.py"), "breakpoints[0].file is not one of activations/celu.py,"),
    (line(file="optimizers/adm.py"), "did you mean optimizers/adam.py?"),
    (line(file="../spec/model.py"), "breakpoints[0].file is not one of"),
    (line(file="/etc/passwd"), "breakpoints[0].file is not one of"),
    (line(file="optimizers\\adam.py"), "breakpoints[0].file is not one of"),
    (line(file=""), "breakpoints[0].file needs at least one entry"),
    (line(line=0), "breakpoints[0].line must be ≥ 1, not 0"),
    (line(line=10**6), f"breakpoints[0].line must be ≥ 1 and ≤ {len(textbook_lines(ADAM))}, not 1000000"),
    (line(line="58"), 'breakpoints[0].line must be a whole number, not "58"'),
    (stage(stage="updat"), "breakpoints[0].stage is not one of forward, activation, loss, backward, update"),
    (stage(layer=2), "breakpoints[0].layer must be ≥ 1 and ≤ 1, not 2"),
    (stage(layer=0), "breakpoints[0].layer must be ≥ 1, not 0"),
    (stage(stage="loss", layer=1), "breakpoints[0].layer has no place here"),
    (stage(line=3), "breakpoints[0].line is not a known field"),
    (condition(quantity="speed"), "breakpoints[0].quantity is not one of loss, grad_norm,"),
    (condition(op="=="), "breakpoints[0].op is not one of <, >, not_finite, rises"),
    (condition(value=None), "breakpoints[0].value is missing"),
    (condition(op="rises", value=None), "breakpoints[0].value is missing"),
    (condition(op="rises", value=0), "breakpoints[0].value must be > 0, not 0"),
    (condition(op="rises", value=-2), "breakpoints[0].value must be > 0, not -2"),
    (condition(op="not_finite"), "breakpoints[0].value has no place here"),
    (condition(value=float("nan")), "breakpoints[0].value must be a finite number, not NaN"),
    (condition(value="0.5"), 'breakpoints[0].value must be a number, not "0.5"'),
    (condition(lane="SGD"), "breakpoints[0].lane is not one of SGD/diy, SGD/torch"),
    (condition(lane="Adam/diy"), "breakpoints[0].lane is not one of"),
    (condition(quantity="parity_ulp", lane="SGD/diy"), "breakpoints[0].lane is not one of SGD:"),
    (condition(enabled="yes"), 'breakpoints[0].enabled must be true or false, not "yes"'),
    (condition(hits=0), "breakpoints[0].hits must be ≥ 1, not 0"),
    (condition(hits=1.5), "breakpoints[0].hits must be a whole number, not 1.5"),
    (line(kind="lin"), 'breakpoints[0].kind is not one of line, stage, condition: "lin" – did you mean line?'),
    (line(kind=["line"]), "breakpoints[0].kind is not one of line, stage, condition"),
    ({"file": ADAM, "line": 1}, "breakpoints[0].kind is missing"),
    (["line", ADAM, 1], "breakpoints[0] must be an object"),
]


@pytest.mark.parametrize(("breakpoint_", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_be_meant_is_refused_at_its_field(breakpoint_: Any, words: str) -> None:
    (told,) = faults_of(breakpoint_)
    assert words in told


def test_every_fault_is_told_at_the_entry_that_has_it() -> None:
    told = faults_of(line(), stage(layer=7), condition(value="much"), {"kind": "?"}, condition(lane="x/diy"), line())
    places = [fault.split()[0] for fault in told]
    assert sorted(places) == [
        "breakpoints[1].layer",
        "breakpoints[2].value",
        "breakpoints[3].kind",
        "breakpoints[4].lane",
    ]


@pytest.mark.parametrize(
    ("lane", "quantity"),
    [("slow/diy", "lr"), ("slow/torch", "loss"), ("Adam/torch", "grad_norm"), ("slow", "parity_abs"), (None, "lr")],
)
def test_lanes_are_those_of_the_experiment(lane: str | None, quantity: str) -> None:
    spec = check(raw_article(optimizers=BOTH_KINDS, breakpoints=[condition(quantity=quantity, lane=lane)]))
    assert spec.breakpoints[0] == ConditionBreakpoint(quantity=quantity, lane=lane, op=">", value=1)  # type: ignore[arg-type]


def test_parity_is_of_entries_that_run_as_both() -> None:
    (told,) = faults_of(condition(quantity="parity_abs", lane="Adam"), optimizers=BOTH_KINDS)
    assert "is not one of slow" in told
    (told,) = faults_of(condition(quantity="parity_abs", lane="Adam"), optimizers=[BOTH_KINDS[1]])
    assert told.startswith("breakpoints[0].lane needs an optimizer that runs both as DIY and as torch")


def test_faults_elsewhere_hide_none_in_breakpoints_and_make_none_up() -> None:
    told = faults_of(condition(lane="x"), stage(layer=9), line(line=999), optimizers=[{"name": "Adm"}])
    assert [fault.split()[0] for fault in told[-2:]] == ["breakpoints[1].layer", "breakpoints[2].line"]
    (told,) = faults_of(stage(layer=9), optimizers=[{"name": "SGD"}], network={"layers": []})
    assert told.startswith("network.layers ")


def test_breakpoints_without_end_are_refused() -> None:
    (told,) = faults_of(*[line()] * 1001)
    assert told == "breakpoints has too many entries: 1001, at most 1000"


def test_the_textbooks_files_are_those_in_its_folder() -> None:
    folder = Path(engine.diy.__file__).parent
    assert {"step.py", "network.py", ADAM} < set(textbook_files())
    for file in textbook_files():
        text = (folder / file).read_text(encoding="utf-8")
        assert "\n".join(textbook_lines(file)) + "\n" == text
    assert textbook_lines("../spec/model.py") == ()


shared = {"enabled": st.booleans(), "hits": st.integers(1, 10**9)}
layers = st.none() | st.integers(1, 2)
files = st.sampled_from(textbook_files())
places = files.flatmap(lambda file: st.tuples(st.just(file), st.integers(1, len(textbook_lines(file)))))
lines = st.builds(lambda place, rest: line(file=place[0], line=place[1]) | rest, places, st.fixed_dictionaries(shared))
stages = st.fixed_dictionaries(
    {
        "kind": st.just("stage"),
        "stage": st.sampled_from(["forward", "activation", "backward", "update"]),
        "layer": layers,
    }
    | shared
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
compared = st.tuples(st.sampled_from("<>"), numbers)
asked = compared | st.just(("not_finite", None)) | st.tuples(st.just("rises"), st.floats(1e-300, 1e300))
measured = st.tuples(
    st.sampled_from(["loss", "grad_norm", "weight_norm", "lr"]), st.sampled_from([None, "slow/diy", "Adam/torch"])
) | st.tuples(st.sampled_from(["parity_abs", "parity_ulp"]), st.sampled_from([None, "slow"]))
conditions = st.builds(
    lambda what, test, rest: condition(quantity=what[0], lane=what[1], op=test[0], value=test[1]) | rest,
    measured,
    asked,
    st.fixed_dictionaries(shared),
)


@examples(60)
@given(st.lists(lines | stages | st.just(stage(stage="loss")) | conditions, max_size=5))
def test_saved_breakpoints_read_back_equal(breakpoints: list[dict[str, Any]]) -> None:
    network = {"layers": [{"units": 2}, {"units": 4}]}
    spec = check(raw_article(optimizers=BOTH_KINDS, network=network, breakpoints=breakpoints))
    assert load(spec.to_json()) == spec
    assert [found.kind for found in spec.breakpoints] == [given["kind"] for given in breakpoints]
