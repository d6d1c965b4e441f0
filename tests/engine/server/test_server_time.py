"""The engine's server on the way through time: seeks, forks, stops and searches, over a real pipe."""

from typing import Any

import numpy as np
import pytest

from engine.protocol import (
    Branch,
    Change,
    Changed,
    Explain,
    Explained,
    Frame,
    Future,
    Load,
    LookAtValue,
    MapRequest,
    Pause,
    RemoveBranch,
    Run,
    RunBack,
    Seek,
    SetBreakpoints,
    SetBudget,
    SetParams,
    Stopped,
    Traced,
    TraceStep,
    ValueMaps,
)
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.engine.experiments import optimizer, raw_article
from tests.engine.server.test_server import SPEC, WHOLE, Window, losses_of
from tests.engine.server.test_server import window as window  # the fixture

MAP = MapRequest(0, "layer1.weight", "grad", (4, 4), (0, 1))


def with_breakpoints(*breakpoints: dict[str, Any]) -> Any:
    return check({**SPEC.model_dump(mode="json", by_alias=True), "breakpoints": list(breakpoints)})


def low_loss(value: float) -> dict[str, Any]:
    return {"kind": "condition", "quantity": "loss", "op": "<", "value": value, "lane": "SGD/diy"}


def ran(window: Window, steps: int) -> Frame:
    window.load()
    window.send(Run(1, steps))
    return window.stopped()


def test_a_seek_shows_that_step_and_keeps_what_is_recorded(window: Window) -> None:
    at_the_end = ran(window, 120)
    plain = Lockstep(SPEC)
    plain.advance(37)
    window.send(Seek(1, 37))
    frame = window.frame(curves=WHOLE, maps=MAP)
    assert (frame.step, frame.newest, frame.running) == (37, 120, False)
    assert frame.losses == tuple(plain.losses)
    assert frame.pairs == plain.parity()
    assert losses_of(frame) == losses_of(at_the_end)
    assert frame.maps is not None
    assert frame.maps.diy is not None
    np.testing.assert_array_equal(frame.maps.diy, plain.lanes[0].lane.gradients()[0])
    window.send(Run(1, 10))
    assert window.stopped().step == 47


def test_of_many_seeks_the_last_one_counts_and_a_run_under_way_ends(window: Window) -> None:
    ran(window, 100)
    window.send(Run(1), *(Seek(1, step) for step in (3, 80, 7, 55)))
    frame = window.frame()
    assert (frame.step, frame.running) == (55, False)


def test_a_change_in_the_past_forks_and_a_branch_can_be_removed(window: Window) -> None:
    ran(window, 50)
    window.send(Seek(1, 20), SetParams(1, 0, {"lr": 0.5}))
    assert window.next(Changed).change == Change(20, 0, {"lr": 0.5})
    frame = window.frame(curves=WHOLE)
    assert (frame.step, frame.newest) == (20, 20)
    assert frame.branches == (Branch(1, 20, 50, 0, {"lr": 0.1}, (0, 1)),)
    assert frame.curves is not None
    assert [len(curve.steps) for curve in frame.curves.branches[0].curves] == [31, 31]
    window.send(RemoveBranch(1, 1))
    frame = window.frame(curves=WHOLE)
    assert (frame.branches, frame.curves and frame.curves.branches) == ((), ())


def test_the_branches_of_a_run_that_is_repeated_come_back_bit_for_bit(window: Window) -> None:
    """One of them was removed before, and the entry that it was of had been changed in the future of another."""
    ran(window, 50)
    futures: list[Future] = []
    before: tuple[Change, ...] = ()
    for start, entry, rate in ((20, 0, 0.5), (30, 1, 0.02), (10, 0, 0.3)):
        window.send(Seek(1, start), SetParams(1, entry, {"lr": rate}))
        change = window.next(Changed).change
        branch = window.frame().branches[-1]
        futures.append(Future(branch, before))
        before = (*(one for one in before if one.step <= start), change)
        window.send(Run(1, 40))
        window.stopped()
    window.send(RemoveBranch(1, 2))
    there = window.frame(curves=WHOLE)
    assert [branch.number for branch in there.branches] == [1, 3]
    window.send(Load(2, SPEC, before, futures=(futures[0], futures[2])), Run(2, there.step))
    while (again := window.frame(2, WHOLE)).step < there.step or len(again.branches) < 2:
        pass
    assert again.branches == there.branches
    assert again.curves is not None
    assert there.curves is not None
    for ours, theirs in zip(again.curves.branches, there.curves.branches, strict=True):
        for mine, other in zip(ours.curves, theirs.curves, strict=True):
            np.testing.assert_array_equal(mine.losses, other.losses)
    window.send(Seek(2, 3), SetParams(2, 0, {"lr": 0.7}))
    window.next(Changed)
    assert [branch.number for branch in window.frame(2).branches] == [1, 3, 4], "no number is given twice"


def test_a_breakpoint_stops_the_run_and_is_passed_when_it_goes_on(window: Window) -> None:
    losses = losses_of(ran(window, 60))[0]
    bound = losses[29]
    window.load(with_breakpoints(low_loss(bound)))
    window.send(Run(1))
    for step in (31, 32):
        told = window.next(Stopped)
        assert (told.step, told.entry, told.breakpoint, told.lane) == (step, 0, 0, "SGD/diy")
        assert told.value == losses[step - 1]
        frame = window.frame()
        assert (frame.step, frame.running, frame.hits) == (step - 1, False, (step - 30,))
        window.send(TraceStep(1, 0, step))
        traced = window.next(Traced)
        assert traced.stages[traced.lines[told.event].stage].name == "layer1.update"
        window.send(Run(1))


def test_breakpoints_can_be_set_during_a_run_and_stages_stop_each_step(window: Window) -> None:
    window.load()
    stage = with_breakpoints({"kind": "stage", "stage": "activation"}).breakpoints
    window.send(Run(1))
    window.frame_when(lambda frame: frame.step > 10)
    window.send(SetBreakpoints(1, stage))
    first = window.next(Stopped)
    window.send(Run(1))
    assert window.next(Stopped).step == first.step + 1
    window.send(Run(1, 1, None, True))  # over it, as its lines have been gone through
    assert window.stopped().step == first.step + 1
    window.send(SetBreakpoints(1, ()), Run(1, 100))
    assert window.stopped().step == first.step + 101


def test_a_search_back_stops_at_the_last_hit_before_and_at_the_start_where_there_is_none(window: Window) -> None:
    losses = losses_of(ran(window, 100))[0]
    window.send(SetBreakpoints(1, with_breakpoints({**low_loss(losses[9]), "op": ">"}).breakpoints))
    window.send(RunBack(1, 100))
    assert window.next(Stopped).step == 9
    assert (frame := window.frame()).step == 8
    assert frame.newest == 100
    window.send(RunBack(1, 1))
    assert window.frame().step == 0
    window.send(Run(1, 1))  # the search has forgotten the stop
    assert window.next(Stopped).step == 1


def test_a_search_back_finds_the_step_that_the_run_was_stopped_in_before(window: Window) -> None:
    losses = losses_of(ran(window, 60))[0]
    only_there = (low_loss((losses[0] + losses[1]) / 2) | {"op": ">"},)  # the first step alone
    window.load(with_breakpoints(*only_there))
    window.send(Run(1, 60))
    assert window.next(Stopped).step == 1
    window.send(Run(1, 60))
    assert window.stopped().step == 60
    window.send(RunBack(1, 60))
    assert window.next(Stopped).step == 1


def test_a_search_back_that_finds_nothing_counts_anew(window: Window) -> None:
    losses = losses_of(ran(window, 60))[0]
    window.load(with_breakpoints(low_loss(losses[9])))
    window.send(Run(1))
    assert window.next(Stopped).step == 11
    window.send(RunBack(1, 11))
    frame = window.frame()
    assert (frame.step, frame.hits) == (0, (0,))
    window.send(Run(1))
    assert window.next(Stopped).step == 11


def test_hits_are_those_of_the_steps_before_wherever_the_run_was_in_between(window: Window) -> None:
    window.load(with_breakpoints({"kind": "stage", "stage": "update", "hits": 3}))
    window.send(Run(1))
    assert window.next(Stopped).step == 3
    window.send(Run(1))
    assert window.next(Stopped).step == 4
    window.send(Seek(1, 1))
    assert window.frame().hits == (1,)
    window.send(SetParams(1, 0, {"lr": 0.5}), Run(1))
    assert window.next(Stopped).step == 3
    assert window.frame().hits == (3,)


def test_a_hit_that_is_gone_over_counts(window: Window) -> None:
    window.load(with_breakpoints({"kind": "stage", "stage": "loss", "hits": 3}))
    window.send(Run(1, 1, None, True), Run(1))
    assert window.next(Stopped).step == 3


def test_a_search_that_is_paused_leads_back_to_where_it_began(window: Window) -> None:
    ran(window, 100)
    window.send(SetBreakpoints(1, with_breakpoints(low_loss(0.0)).breakpoints), RunBack(1, 90), Pause(1))
    assert window.frame().step in (0, 100)  # as quick as the search was


def test_numbers_that_break_are_told_with_tensor_stage_and_line(window: Window) -> None:
    raw = raw_article(
        network={"layers": [{"units": 4, "activation": "identity", "bias": False}]},
        optimizers=[optimizer("SGD", lr=1000.0)],
    )
    window.load(check(raw))
    window.send(Run(1))
    told = window.next(Stopped)
    assert told.breakpoint is None
    assert told.lane == "SGD/diy"
    assert None not in (told.event, told.tensor, told.stage, told.file, told.line)
    window.send(TraceStep(1, 0, told.step))
    traced = window.next(Traced)
    line = traced.lines[told.event]
    assert line.line == told.line
    assert traced.stages[line.stage].name == told.stage
    assert any(not np.isfinite(traced.values[made.value].first).all() for made in line.made)
    window.send(Run(1, 200))
    assert window.stopped().step == told.step + 199


def test_the_debugger_s_questions_are_answered_and_leave_the_run_where_it_is(window: Window) -> None:
    ran(window, 30)
    for step in (1, 12, 30, 31):
        window.send(TraceStep(1, 1, step))
        traced = window.next(Traced)
        assert (traced.step, traced.entry, traced.refused) == (step, 1, None)
        grad = next(place for place, value in enumerate(traced.values) if value.twin == "layer1.weight.grad")
        window.send(LookAtValue(1, 1, step, grad, (9, 9), (0, 1)))
        maps = window.next(ValueMaps).maps
        assert maps is not None
        assert maps.shape == (4, 4)
        assert maps.reading is not None
        window.send(Explain(1, 1, step, 2, "layer1.weight", (0, 1)))
        assert window.next(Explained).grad == (maps.reading.diy, maps.reading.torch)
    assert window.frame().step == 30
    window.send(TraceStep(1, 0, 99))
    assert window.next(Traced).refused == "no_step"
    window.send(LookAtValue(1, 0, 99, 0, (9, 9)), Explain(1, 0, 99, 2, "layer1.weight", (0, 1)))
    assert window.next(ValueMaps).maps is None
    assert window.next(Explained).grad == (None, None)


@pytest.mark.parametrize("budget", [0, 10**9])
def test_the_history_s_budget_can_be_changed(window: Window, budget: int) -> None:
    ran(window, 300)
    window.send(SetBudget(1, budget), Seek(1, 150))
    assert window.frame().step == 150
