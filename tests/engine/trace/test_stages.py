"""The stages of a step with a scheduled rate and clipped gradients: each line is in the one that it belongs to."""

from typing import Any

import pytest

from engine.lane.stage import stage_of
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check
from engine.trace import event_of, trace_step
from tests.engine.experiments import experiment, layer, optimizer, raw_problem

ENTRY = {**optimizer("Adam", lr=0.1), "schedule": {"name": "StepLR", "params": {"step_size": 2}}, "clip": {"norm": 0.1}}
NETWORK = experiment([layer(3), layer(2, "identity")], optimizers=[ENTRY])
POINT = check(raw_problem(optimizers=[ENTRY]))


def stages_of(spec: ExperimentSpec) -> tuple[Any, dict[str, set[str]]]:
    """The recorded third step, and the functions whose lines each of its stages has, in order."""
    run = Lockstep(spec, budget=10**7, judge_at_once=False)
    run.advance(2)
    before = run.before(3)
    trace = trace_step(before.spec, 0, *before.snapshots, run.batches.rows(3))
    found: dict[str, set[str]] = {span.name: set() for span in trace.stages.spans}
    for event, line in enumerate(trace.lines):
        found[trace.stage_of(event)].add(trace.calls[line.call].code.co_name)
    return trace, found


@pytest.mark.parametrize("spec", [NETWORK, POINT], ids=["network", "point"])
def test_the_rate_comes_first_and_clipping_before_the_update(spec: ExperimentSpec) -> None:
    _, stages = stages_of(spec)
    order = list(stages)
    assert order[0] == "schedule"
    assert stages["schedule"] == {"rate"}
    assert {"clip_by_norm", "total_norm"} <= stages["clip"]
    first_update = next(name for name in order if name.endswith("update"))
    assert order.index("clip") == order.index(first_update) - 1
    assert not any("rate" in functions for name, functions in stages.items() if name != "schedule")


@pytest.mark.parametrize("spec", [NETWORK, POINT], ids=["network", "point"])
def test_what_arises_in_a_stage_is_said_to_be_of_it(spec: ExperimentSpec) -> None:
    trace, _ = stages_of(spec)
    weight = next(name for name in trace.recorded if name.endswith(".clipped"))
    assert stage_of(weight) == "clip"
    assert stage_of("rate") == "schedule"
    assert "rate" in trace.recorded


def test_a_clipped_gradient_is_not_named_after_the_momentum_that_it_begins() -> None:
    """At the first step one array is both."""
    momentum = {**optimizer("SGD", lr=0.1, momentum=0.9), "clip": {"norm": 0.1}}
    spec = experiment([layer(2)], optimizers=[momentum])
    run = Lockstep(spec, budget=10**7)
    before = run.before(1)
    trace = trace_step(before.spec, 0, *before.snapshots, run.batches.rows(1))
    event = event_of(trace, "layer1.weight.clipped")
    assert event is not None
    assert trace.stage_of(event) == "clip"


def test_the_line_that_works_out_a_scheduled_rate_is_found() -> None:
    trace, _ = stages_of(NETWORK)
    event = event_of(trace, "rate")
    assert event is not None
    assert trace.source_line(event).strip() == "return lr * np.power(g, n)"


@pytest.mark.parametrize("spec", [NETWORK, POINT], ids=["network", "point"])
def test_the_scheduled_rate_that_an_update_goes_by_has_torchs_beside_it(spec: ExperimentSpec) -> None:
    trace, _ = stages_of(spec)
    calls = [
        number for number, call in enumerate(trace.calls) if call.code.co_name == "update" and "grad" in call.arguments
    ]
    rates = [line.made["lr"] for line in trace.lines if line.call in calls and "lr" in line.made]
    assert {trace.twin_name(rate, "lr", calls[0]) for rate in rates} == {"lr"}
    assert trace.torch is not None
    assert rates[0] == trace.torch["lr"] == pytest.approx(0.01)
