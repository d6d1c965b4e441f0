"""A run stops before the update of the very step that a breakpoint means, and of the one in which numbers break."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from engine.protocol import Change
from engine.run.breakpoint_monitor import Hit
from engine.run.lockstep import Lockstep
from engine.run.seek import searching_back
from engine.spec import check
from tests.engine.experiments import experiment, layer, optimizer, raw_article

BUDGET = 10_000_000
STEPS = 200
LAYERS = [layer(3, "tanh"), layer(2, "sigmoid")]
ENTRIES = [optimizer("SGD", lr=0.1), {**optimizer("Adam", lr=0.1), "backends": ["diy"]}]


def run_of(
    *breakpoints: dict[str, Any], entries: Sequence[dict[str, Any]] = ENTRIES, judged: bool = False, **more: Any
) -> Lockstep:
    more = {"batch": {"size": 3, "shuffle": True}, "dtype": "float32"} | more
    spec = experiment(LAYERS, optimizers=entries, breakpoints=list(breakpoints), **more)
    run = Lockstep(spec, budget=BUDGET, judge_at_once=judged)
    run.start_watching().set_breakpoints(spec.breakpoints)
    return run


def condition(quantity: str, op: str, value: float | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "condition", "quantity": quantity, "op": op, "value": value, **more}


def norm(tensors: Sequence[Any]) -> float:
    return float(np.sqrt(sum(float((np.asarray(tensor, float) ** 2).sum()) for tensor in tensors)))


def measure(run: Lockstep, quantity: str, lane: int) -> float:
    """At the newest step, by what every lane and pair shows."""
    if quantity == "loss":
        return float(run.losses[lane])
    if quantity in ("grad_norm", "weight_norm"):
        one = run.lanes[lane].lane
        return norm(one.gradients() if quantity == "grad_norm" else one.weights())
    pair = run.parity()[0]
    groups = [group for group in (pair.loss, pair.grad, pair.weight) if group is not None]
    return max(group.max_abs if quantity == "parity_abs" else group.max_ulps for group in groups)


QUANTITIES = ("loss", "grad_norm", "weight_norm", "parity_abs", "parity_ulp")


@cache
def all_measured() -> dict[tuple[str, int], list[float]]:
    """Each quantity of each lane at every step, told by a run that goes step by step."""
    run = Lockstep(run_of().spec, judge_at_once=False)
    values: dict[tuple[str, int], list[float]] = {}
    for _ in range(STEPS):
        run.advance()
        for quantity, lane in product(QUANTITIES, range(len(run.lanes))):
            values.setdefault((quantity, lane), []).append(measure(run, quantity, lane))
    return values


def measured(quantity: str, lane: int) -> list[float]:
    return all_measured()[quantity, lane]


@pytest.mark.parametrize(
    ("quantity", "op"),
    [("loss", "<"), ("loss", ">"), ("grad_norm", "<"), ("weight_norm", ">"), ("parity_abs", ">"), ("parity_ulp", "<")],
)
def test_a_condition_stops_before_the_first_step_that_meets_it(quantity: str, op: str) -> None:
    values = measured(quantity, 0)
    bound = float(np.median(values[5:]))
    name = "SGD" if quantity.startswith("parity") else "SGD/diy"
    first = next(step for step, value in enumerate(values, 1) if (value < bound if op == "<" else value > bound))
    run = run_of(condition(quantity, op, bound, lane=name))
    hit = run.advance(STEPS)
    assert hit is not None
    assert (hit.step, hit.entry, hit.breakpoint, hit.lane) == (first, 0, 0, name)
    assert hit.value == pytest.approx(values[first - 1], rel=1e-6)
    assert (run.step, run.newest) == (first - 1, first - 1)


def test_what_stopped_changes_nothing_and_the_run_goes_on() -> None:
    run, plain = run_of(condition("loss", "<", 1e9), judged=True), Lockstep(run_of().spec)
    for step in range(1, 12):
        hit = run.advance(STEPS)
        assert hit is not None
        assert (hit.step, run.step) == (step, step - 1)
    plain.advance(10)
    assert run.losses == plain.losses
    assert run.parity() == plain.parity()
    for series, other in zip(run.series, plain.series, strict=True):
        np.testing.assert_array_equal(series.values, other.values)


def test_any_lane_may_meet_it_and_the_one_that_does_is_named() -> None:
    values = {place: measured("loss", place) for place in (0, 2)}
    bound = min(min(lane) for lane in values.values()) + 1e-4
    first = min(step for lane in values.values() for step, value in enumerate(lane, 1) if value < bound)
    hit = run_of(condition("loss", "<", bound)).advance(STEPS)
    assert hit is not None
    assert hit.step == first
    place = ["SGD/diy", "SGD/torch", "Adam/diy"].index(str(hit.lane))
    assert hit.value == values[0 if place < 2 else 2][first - 1]


def test_hits_are_counted_up_to_the_one_that_stops() -> None:
    values = measured("loss", 2)
    bound = float(np.median(values))
    meeting = [step for step, value in enumerate(values, 1) if value < bound]
    run = run_of(condition("loss", "<", bound, lane="Adam/diy", hits=5))
    assert run.monitor is not None
    for number in (5, 6, 7):
        hit = run.advance(STEPS)
        assert hit is not None
        assert hit.step == meeting[number - 1]
        assert run.monitor.hits == [number]


def test_rises_by_a_factor_looks_at_the_step_before() -> None:
    values = measured("loss", 0)
    ratios = [now / before for before, now in pairwise(values)]
    factor = sorted(ratios)[-3]
    first = next(step for step, ratio in enumerate(ratios, 2) if ratio > factor)
    hit = run_of(condition("loss", "rises", factor, lane="SGD/diy")).advance(STEPS)
    assert hit is not None
    assert hit.step == first


def test_the_learning_rate_is_that_of_the_step() -> None:
    spec = run_of(condition("lr", ">", 0.2)).spec
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False, changes=[Change(10, 1, {"lr": 0.3})])
    run.start_watching().set_breakpoints(spec.breakpoints)
    hit = run.advance(STEPS)
    assert hit is not None
    assert (hit.step, hit.entry, hit.lane, hit.value) == (11, 1, "Adam/diy", 0.3)


def test_a_scheduled_learning_rate_is_that_of_the_step_also_on_the_way_back() -> None:
    schedule = {"name": "StepLR", "params": {"step_size": 70, "gamma": 0.5}}
    run = run_of(condition("lr", "<", 0.1), entries=[{**optimizer("SGD", lr=0.1), "schedule": schedule}])
    hit = run.advance(STEPS)
    assert hit is not None
    assert (hit.step, hit.value) == (71, 0.05)
    run.replay(100)
    found = back(run, 150)
    assert found is not None
    assert (found.step, found.value) == (149, 0.025)


def test_a_stage_stops_every_step_and_a_disabled_breakpoint_none() -> None:
    stage = {"kind": "stage", "stage": "update"}
    run = run_of({**stage, "enabled": False})
    assert run.advance(STEPS) is None
    run = run_of({**stage, "hits": 3})
    hits = [run.advance(STEPS) for _ in range(2)]
    assert [hit and hit.step for hit in hits] == [3, 4]


def test_a_line_stops_the_run_where_it_is_first_run() -> None:
    """A weight decay that begins in mid-run runs a line that was passed over before."""
    from engine.diy.optimizers import adam

    with open(adam.__file__, encoding="utf-8") as file:  # noqa: PTH123
        line = next(number for number, text in enumerate(file, 1) if "g = g + weight_decay * weight" in text)
    breakpoint_ = {"kind": "line", "file": "optimizers/adam.py", "line": line}
    spec = run_of(breakpoint_).spec
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False, changes=[Change(70, 1, {"lr": 0.1, "weight_decay": 0.1})])
    run.start_watching().set_breakpoints(spec.breakpoints)
    hit = run.advance(STEPS)
    assert hit == Hit(71, 1, 0)
    assert run.step == 70


def test_numbers_that_break_stop_the_run_once_for_each_lane() -> None:
    spec = check(
        raw_article(
            network={"layers": [{"units": 4, "activation": "identity", "bias": False}], "loss": "mse"},
            optimizers=[optimizer("SGD", lr=100.0), {**optimizer("SGD", lr=1000.0), "backends": ["torch"]}],
        )
    )
    plain = Lockstep(spec, judge_at_once=False)
    broken: dict[int, int] = {}
    for step in range(1, 60):
        plain.advance()
        for place, one in enumerate(plain.lanes):
            numbers = [plain.losses[place], *one.lane.gradients(), *one.lane.weights()]
            if not all(np.isfinite(number).all() for number in numbers):
                broken.setdefault(place, step)
    run = Lockstep(spec, budget=BUDGET, judge_at_once=False)
    run.start_watching()
    hits: list[Hit] = []
    while (hit := run.advance(STEPS)) is not None:
        hits.append(hit)
    assert all(hit.breakpoint is None for hit in hits)
    assert {place: hit.step for hit in hits for place in hit.broken} == broken
    assert run.step > STEPS  # on and on


def test_a_state_that_a_lane_lacks_is_no_broken_number() -> None:
    """The momentum's buffer is there from the first step with momentum on, in both lanes alike."""
    run = run_of(entries=[optimizer("SGD", lr=0.1)])
    run.advance(10)
    run.set_params(0, {"lr": 0.1, "momentum": 0.9})
    assert run.advance(50) is None


def back(run: Lockstep, step: int) -> Hit | None:
    """Search back to the end."""
    search = searching_back(run, step)
    while True:
        try:
            next(search)
        except StopIteration as end:
            return end.value


def test_backwards_the_last_hit_before_a_step_is_found() -> None:
    values = measured("loss", 0)
    bound = float(np.median(values))
    meeting = [step for step, value in enumerate(values, 1) if value < bound]
    run = run_of(condition("loss", "<", bound, lane="SGD/diy", enabled=False))
    run.advance(STEPS)
    assert run.monitor is not None
    run.monitor.set_breakpoints([one.model_copy(update={"enabled": True}) for one in run.spec.breakpoints])
    step = STEPS
    for expected in reversed([step for step in meeting if step < STEPS][-4:]):
        hit = back(run, step)
        assert hit is not None
        assert (hit.step, run.step, run.newest) == (expected, expected - 1, STEPS)
        step = hit.step
    assert back(run, meeting[0]) is None
    assert run.step == 0


@pytest.mark.parametrize("step", [64, 65, 66, 129])
def test_a_rise_is_seen_wherever_the_run_was_taken_up(step: int) -> None:
    """At a block's and a stretch's first step too, after a seek as well as in a search back."""
    values = measured("loss", 2)
    raised = [now / before for before, now in pairwise(values)][step - 2]
    run = run_of(condition("loss", "rises", raised * 0.999, lane="Adam/diy", enabled=False))
    run.advance(STEPS)
    assert run.monitor is not None
    run.monitor.set_breakpoints([one.model_copy(update={"enabled": True}) for one in run.spec.breakpoints])
    hit = back(run, step + 1)
    assert hit is not None
    assert (hit.step, hit.value) == (step, values[step - 1])
    run.seek(step - 1)
    hit = run.advance(1)
    assert hit is not None
    assert (hit.step, hit.value) == (step, values[step - 1])


def test_a_change_of_the_rate_is_a_rise_of_it() -> None:
    run = run_of(condition("lr", "rises", 1.5))
    assert run.advance(10) is None
    run.seek(5)
    run.set_params(1, {"lr": 0.2})  # a fork
    assert run.advance(10) == Hit(6, 1, 0, "Adam/diy", 0.2)
