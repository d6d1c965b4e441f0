"""Classic mistakes swapped into the textbook: found by stage and tensor, and led back to the mistaken line."""

import pytest

from engine.protocol import HISTORY_BUDGET, Mismatch, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentSpec, check
from engine.trace import Trace, event_of
from tests import mutants
from tests.drawing import in_turn
from tests.engine.experiments import experiment, layer, optimizer, raw_problem

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


FOUND |= {
    "sums_for_means": (optimizer("Adafactor", lr=0.1), "layer1.update", "layer1.weight.R"),
    "whole_gradient": (optimizer("Muon", lr=0.1), "layer1.update", "layer1.weight.B"),
    "curvature_upside_down": (optimizer("LBFGS", lr=0.1), "layer1.update", "layer1.weight.H_diag"),
    "step_too_early": (
        {**MOMENTUM, "schedule": {"name": "StepLR", "params": {"step_size": 1, "gamma": 0.5}}},
        "schedule",
        "rate",
    ),
    "norm_of_each": ({**MOMENTUM, "clip": {"norm": 0.1}}, "clip", "layer1.weight.clipped"),
    "missing_inner_derivative": (MOMENTUM, "point.backward", "point.weight.grad"),
}
MADE_BY_ANOTHER = {"missing_inner_derivative"}  # which puts two numbers together: its caller is mistaken


def spec_of(name: str, dtype: str) -> ExperimentSpec:
    entry, *_ = FOUND[name]
    if name == "missing_inner_derivative":
        return check(raw_problem(optimizers=[entry], dtype=dtype))
    layers = [{**each, "bias": entry["name"] != "Muon"} for each in SQUARE]
    return experiment(layers, inputs=3, optimizers=[entry], dtype=dtype)


def diverged(name: str, dtype: str) -> tuple[Lockstep, Mismatch]:
    run = Lockstep(spec_of(name, dtype), budget=HISTORY_BUDGET)
    run.advance(3)
    (pair,) = run.parity()
    assert pair.mismatch is not None
    return run, pair.mismatch


def test_every_mistake_is_looked_for() -> None:
    assert set(FOUND) == set(mutants.NAMES)


@pytest.mark.parametrize(("name", "dtype"), in_turn(FOUND, ["float64", "float32"]))
def test_a_mistake_is_found_and_its_line_is_shown(name: str, dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, stage, tensor = FOUND[name]
    mutants.install(name, monkeypatch)
    run, found = diverged(name, dtype)
    assert (found.step, found.stage, found.tensor) == (1, stage, tensor)
    trace = Debugger(run).trace_of(0, found.step)
    assert isinstance(trace, Trace)
    event = event_of(trace, tensor)
    assert event is not None
    if name in MADE_BY_ANOTHER:
        event = trace.calls[trace.lines[event].call].caller
        assert event is not None
    assert trace.source_line(event).endswith("# mistake")
    assert trace.stage_of(event) == stage
    if dtype == "float64":
        check_what_the_window_is_told(run, found)


def check_what_the_window_is_told(run: Lockstep, found: Mismatch) -> None:
    """Which stages and values differ."""
    stage, tensor = found.stage, found.tensor
    traced = Debugger(run).trace(TraceStep(1, 0, found.step))
    verdicts = {one.name: one.verdict for one in traced.stages}
    assert next(one for one in verdicts if verdicts[one] == "differs") == stage
    assert {value.verdict for value in traced.values if value.twin == tensor} == {"differs"}
    assert verdicts["loss"] in ("equal", "rounding") or found.step > 1


def test_without_a_mistake_nothing_differs() -> None:
    run = Lockstep(experiment(SQUARE, inputs=3, optimizers=[MOMENTUM]), budget=HISTORY_BUDGET)
    traced = Debugger(run).trace(TraceStep(1, 0, 1))
    assert {stage.verdict for stage in traced.stages} <= {"equal", "rounding"}
