"""Classic mistakes swapped into the textbook: found by stage and tensor, and led back to the mistaken line."""

import multiprocessing
from typing import Any

import pytest

from engine.debugger import Debugger
from engine.lockstep import Lockstep
from engine.protocol import HISTORY_BUDGET, Divergence, Failed, Load, Refused, Traced, TraceStep
from engine.trace import Trace, event_of
from tests import mutants
from tests.engine.experiments import experiment, layer, optimizer
from tests.programs import PATIENCE

SQUARE = [layer(3, "sigmoid"), layer(3, "tanh")]
MOMENTUM = optimizer("SGD", lr=0.1, momentum=0.9)
FOUND = {
    "eps_inside_root": (optimizer("Adam", lr=0.1), "layer1.update", "layer1.weight"),
    "no_bias_correction": (optimizer("Adam", lr=0.1), "layer1.update", "layer1.weight"),
    "rate_inside_momentum": (MOMENTUM, "layer1.update", "layer1.weight.b"),
    "mean_for_sum": (MOMENTUM, "layer2.backward", "layer2.bias.grad"),
    "transposed_gradient": (MOMENTUM, "layer2.backward", "layer2.weight.grad"),
    "missing_factor_2": (MOMENTUM, "layer2.backward", "layer2.dL_da"),
    "derivative_of_preactivation": (MOMENTUM, "layer1.backward", "layer1.da_dz"),
}


def diverged(entry: dict[str, Any], dtype: str) -> tuple[Lockstep, Divergence]:
    run = Lockstep(experiment(SQUARE, inputs=3, optimizers=[entry], dtype=dtype), budget=HISTORY_BUDGET)
    run.advance(3)
    (pair,) = run.parity()
    assert pair.divergence is not None
    return run, pair.divergence


def test_every_mistake_is_looked_for() -> None:
    assert set(FOUND) == set(mutants.NAMES)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", FOUND)
def test_a_mistake_is_found_and_its_line_is_shown(name: str, dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, stage, tensor = FOUND[name]
    mutants.install(name, monkeypatch)
    run, found = diverged(entry, dtype)
    assert (found.step, found.stage, found.tensor) == (1, stage, tensor)
    trace = Debugger(run).trace_of(0, found.step)
    assert isinstance(trace, Trace)
    event = event_of(trace, tensor)
    assert event is not None
    assert trace.source_line(event).endswith("# mistake")
    assert trace.stage_of(event) == stage


@pytest.mark.parametrize("name", FOUND)
def test_the_window_is_told_which_stages_and_values_differ(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, stage, tensor = FOUND[name]
    mutants.install(name, monkeypatch)
    run, found = diverged(entry, "float64")
    traced = Debugger(run).trace(TraceStep(1, 0, found.step))
    verdicts = {one.name: one.verdict for one in traced.stages}
    assert next(one for one in verdicts if verdicts[one] == "differs") == stage
    assert {value.verdict for value in traced.values if value.twin == tensor} == {"differs"}
    assert verdicts["loss"] in ("equal", "rounding")


def test_without_a_mistake_nothing_differs() -> None:
    run = Lockstep(experiment(SQUARE, inputs=3, optimizers=[MOMENTUM]), budget=HISTORY_BUDGET)
    traced = Debugger(run).trace(TraceStep(1, 0, 1))
    assert {stage.verdict for stage in traced.stages} <= {"equal", "rounding"}


def test_an_engine_process_can_be_given_a_mistake() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=mutants.engine_with("missing_factor_2"), args=(theirs,))
    process.start()
    theirs.close()
    try:
        ours.send(Load(1, experiment(SQUARE, inputs=3, optimizers=[MOMENTUM])))
        ours.send(TraceStep(1, 0, 1))
        while not isinstance(answer := ours.recv(), Traced):
            assert not isinstance(answer, (Failed, Refused))
    finally:
        ours.close()
        process.join(PATIENCE)
    assert next(stage.name for stage in answer.stages if stage.verdict == "differs") == "layer2.backward"
    assert "missing_factor_2/losses.py" in {source.file for source in answer.sources}
