"""Experiments of two numbers run, go back, are traced and stopped as those of networks are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from engine.explain import explain
from engine.judge.judge import hearings
from engine.judge.parts import without_turns
from engine.protocol import Change, Explain, MapRequest, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.server.frames import maps
from engine.spec import FUNCTION_NAMES, POINT, StageBreakpoint, check, optimizer_names
from engine.trace import Trace, first_event
from engine.trace.message import tell
from tests.engine.experiments import assert_same, experiment, layer, optimizer, raw_problem, tensors_of
from tests.engine.explaining import computed, recorded
from tests.engine.headless.test_run import losses_in, report_in, run, saved, weights_in
from tests.products import one_in

BOTH = [optimizer("SGD", lr=1e-3, momentum=0.9), optimizer("Adam", lr=0.05)]


@pytest.mark.parametrize("function", FUNCTION_NAMES)
def test_both_lanes_stay_together(function: str) -> None:
    lockstep = Lockstep(check(raw_problem(function, optimizers=BOTH, dtype="float64")))
    first = lockstep.lanes[0].lane
    before = np.array(first.weights()[0])
    lockstep.advance(100)
    assert [pair.verdict for pair in lockstep.parity()] == ["lockstep"] * 2
    assert max(pair.comparison.worst.max() for pair in lockstep.pairs) < 1e-10
    assert lockstep.names == (POINT,)
    assert not np.array_equal(first.weights()[0], before)
    for diy, torch in ((0, 1), (2, 3)):
        assert_same(tensors_of(lockstep, diy), tensors_of(lockstep, torch), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("function", "low"), [("rosenbrock", 0.5), ("beale", 0.1), ("himmelblau", 1e-3), ("quadratic", 0.05)]
)
def test_training_goes_down_to_a_minimum(function: str, low: float) -> None:
    lockstep = Lockstep(
        check(raw_problem(function, (1.5, 1.0), optimizers=[optimizer("Adam", lr=0.05)])), judge_at_once=False
    )
    lockstep.advance(300)
    assert lockstep.losses[0] < low


def test_the_first_loss_is_that_of_the_start() -> None:
    lockstep = Lockstep(check(raw_problem("quadratic", (2, 3), condition=100)))
    assert lockstep.start[0].tolist() == [[2, 3]]
    lockstep.advance()
    assert lockstep.losses == [452.0, 452.0]


def test_a_problem_goes_back_in_time_bit_for_bit() -> None:
    spec = check(raw_problem(optimizers=BOTH, dtype="float32"))
    lockstep = Lockstep(spec, budget=10**8, changes=[Change(40, 1, {"lr": 0.01})], judge_at_once=False)
    lockstep.advance(70)
    there = tensors_of(lockstep, 3)
    lockstep.advance(230)
    lockstep.seek(70)
    assert_same(tensors_of(lockstep, 3), there)


def traced(entry: dict[str, Any], step: int = 3, function: str = "rosenbrock") -> Trace:
    return recorded(check(raw_problem(function, optimizers=[entry], dtype="float64")), step)


@pytest.mark.parametrize("function", FUNCTION_NAMES)
def test_a_step_has_its_stages(function: str) -> None:
    trace = traced(optimizer("Adam"), function=function)
    assert [span.name for span in trace.stages.spans] == ["loss", "point.backward", "point.update"]
    starts = [trace.source_line(span.first).strip() for span in trace.stages.spans]
    assert starts[1:] == ["dL_dw = problem.df(w)", starts[2]]
    assert starts[2].startswith("new_params, new_states = update(")
    assert trace.recorded == ["loss", f"{POINT}.grad", *(f"{POINT}.{symbol}" for symbol in "tmv"), POINT]
    assert trace.rows == []
    told = tell(trace, 0, 3).traced
    assert [stage.verdict for stage in told.stages] != ["alone"] * 3
    assert all(stage.distance is not None and stage.distance.max_abs < 1e-12 for stage in told.stages)


@pytest.mark.parametrize("name", one_in(2, optimizer_names()))
def test_every_optimizers_step_is_recorded_and_explained(name: str) -> None:
    trace = traced(optimizer(name))
    told = tell(trace, 0, 3).traced
    assert [stage.name for stage in told.stages] == ["loss", "point.backward", "point.update"]
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}  # LBFGS goes far in a step
    explained = [explain(trace, Explain(0, 0, 3, event, POINT, (0, 1))) for event in range(0, len(trace.lines), 7)]
    assert explained[-1].after.diy == trace.diy[POINT][0, 1]


def test_a_step_of_all_weights_at_once_counts_every_weight() -> None:
    spec = experiment([layer(2), layer(1)], optimizers=[optimizer("LBFGS")])
    verdicts = tell(recorded(spec, 1), 0, 1).verdicts
    assert {"layer1.weight", "layer2.weight", "layer2.bias"} <= {*verdicts.names_of("layer1.update")}
    assert "layer2.weight" not in verdicts.names_of("layer2.backward")


def test_stages_are_found_by_their_kind() -> None:
    trace = traced(optimizer("SGD"))
    stops = [first_event(trace, stage=kind) for kind in ("loss", "backward", "update")]
    assert stops == [span.first for span in trace.stages.spans]
    assert first_event(trace, stage="forward") is None
    assert first_event(trace, file="problems.py", line=trace.lines[2].line) is not None


@pytest.mark.parametrize("function", FUNCTION_NAMES)
@pytest.mark.parametrize("index", [(0, 0), (0, 1)])
def test_lines_come_to_what_is_written_in_them(function: str, index: tuple[int, int]) -> None:
    trace = traced(optimizer("Adam", weight_decay=0.1), function=function)
    checked = 0
    for event in range(len(trace.lines)):
        told = explain(trace, Explain(0, 0, 3, event, POINT, index)).numbers
        for numbers in told:
            *_, term, result = f"= {numbers}".rsplit("=", 2) if numbers.count("=") > 1 else ("", "", "")
            value = computed(term) if term else None
            if value is not None:
                np.testing.assert_allclose(value, computed(result), rtol=0.02, atol=0.02)
                checked += 1
    assert checked >= 8


def test_what_made_a_coordinate_move_is_told() -> None:
    trace = traced(optimizer("SGD", lr=1e-3, momentum=0.9))
    told = explain(trace, Explain(0, 0, 3, len(trace.lines), POINT, (0, 1)))
    assert (told.rows, told.row_count) == ((), 0)
    assert told.grad.diy == trace.diy[f"{POINT}.grad"][0, 1]
    assert sum(part.value.diy or 0 for part in told.parts) == pytest.approx(told.delta.diy)
    with pytest.raises(LookupError):
        explain(trace, Explain(0, 0, 3, 0, POINT, (0, 2)))


def test_a_gradient_that_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = check(raw_problem("saddle", optimizers=[optimizer("SGD", lr=0.1)]))
    from engine.diy import problems

    make = problems.PROBLEMS["saddle"]
    monkeypatch.setitem(problems.PROBLEMS, "saddle", lambda k: make(k)._replace(df=lambda w: 2 * w))
    lockstep = Lockstep(spec)
    lockstep.advance(3)
    (parity,) = lockstep.parity()
    assert parity.verdict == "differs"
    found = parity.mismatch
    assert found is not None
    assert (found.step, found.stage, found.tensor, found.index) == (1, "point.backward", f"{POINT}.grad", (0, 1))


def test_differences_are_judged_in_both_precisions() -> None:
    lockstep = Lockstep(check(raw_problem("himmelblau")), budget=10**7)
    lockstep.advance(4)
    before = lockstep.before(4)
    assert without_turns(hearings(before.spec, 0, before.snapshots[1], None, 4)).wrong == ()


def test_a_run_stops_at_a_stage_and_where_numbers_end() -> None:
    lockstep = Lockstep(check(raw_problem(optimizers=[optimizer("SGD", lr=0.1)])), budget=10**8)
    monitor = lockstep.start_watching()
    monitor.set_breakpoints([StageBreakpoint(stage="update", hits=2)])
    hit = lockstep.advance(10)
    assert hit is not None
    assert (hit.step, hit.breakpoint, lockstep.step) == (2, 0, 1)
    monitor.set_breakpoints([])
    hit = lockstep.advance(100)
    assert hit is not None
    assert hit.breakpoint is None


def test_heatmaps_show_the_point() -> None:
    lockstep = Lockstep(check(raw_problem(optimizers=BOTH)))
    lockstep.advance(2)
    for quantity in ("weight", "grad", "m"):
        shown = maps(lockstep, MapRequest(1, POINT, quantity, (100, 100), (0, 1)))
        assert shown.shape == (1, 2)
        assert shown.reading is not None


def test_the_debugger_tells_a_step() -> None:
    lockstep = Lockstep(check(raw_problem(optimizers=BOTH)), budget=10**7)
    lockstep.advance(3)
    told = Debugger(lockstep).trace(TraceStep(7, 1, 2))
    assert not told.refused
    assert [stage.name for stage in told.stages] == ["loss", "point.backward", "point.update"]
    assert "problems.py" in [source.file for source in told.sources]


# --- the commands ------------------------------------------------------------------------------------


def test_the_command_runs_a_problem(tmp_path: Path) -> None:
    status, out = run(raw_problem("beale", (1, 1), optimizers=BOTH, dtype="float64"), 50, tmp_path)
    assert status == 0
    assert len(losses_in(out)["Adam/diy"]) == 50
    assert weights_in(out)[f"Adam/torch/{POINT}"].shape == (1, 2)
    assert report_in(out)["verdict"] == "lockstep"


def test_the_command_traces_a_problem(tmp_path: Path, capsys: Any) -> None:
    file, out = saved(raw_problem("quadratic", condition=50), tmp_path), tmp_path / "trace.json"
    assert main.main(["trace", str(file), "--step", "2", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "point.backward" in told
    assert json.loads(out.read_text(encoding="utf-8"))
