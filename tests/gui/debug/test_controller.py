"""What the debugger's keys do to the cursor and to the run, without widgets and without an engine."""

import pytest

from engine.protocol import Change, Traced
from engine.spec import ConditionBreakpoint, LineBreakpoint, StageBreakpoint
from gui.debug.step.controller import DebugController
from tests.gui.debug_sessions import FakeSession
from tests.gui.frames import ADAM, SGD, make_frame
from tests.gui.traces import event_at

NETWORK, LINEAR = "network.py", "layers/linear.py"
TORCH_ONLY = {**ADAM, "backends": ["torch"]}


@pytest.fixture
def session(qtbot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def controller(session: FakeSession) -> DebugController:
    """On screen, at the first line of the first step."""
    made = DebugController(session)
    made.open_next()
    made.set_active(True)
    session.answer_trace()
    assert (made.state, made.step, made.cursor) == ("ready", 1, 0)
    return made


@pytest.fixture
def at_step_3(session: FakeSession, controller: DebugController) -> DebugController:
    """The run stands after step 3, which is shown."""
    session.stand_at(3)
    session.answer_trace()
    session.sent.clear()
    session.asked.clear()
    return controller


def end(controller: DebugController) -> int:
    assert controller.traced is not None
    return len(controller.traced.lines)


def refused(asked: tuple[int, int]) -> Traced:
    """The answer to the question for a step that is not there."""
    return Traced(1, *asked, (), (), (), (), (), (), "no_step")


def line_of(controller: DebugController, text: str) -> int:
    assert controller.traced is not None
    return controller.traced.lines[event_at(controller.traced, NETWORK, text)].line


# --- within a step ---------------------------------------------------------------------------


def test_moving_within_a_step_sends_nothing(session, controller):
    for move in (controller.into, controller.over, controller.out, controller.stage):
        move()
    for move in (controller.into_back, controller.over_back, controller.out_back, controller.stage_back):
        move()
    assert session.sent == []
    assert session.asked == [(0, 1)]


def test_the_cursor_is_told_of(controller, qtbot):
    with qtbot.waitSignal(controller.cursor_changed) as told:
        controller.into()
    assert told.args == [1] == [controller.cursor]


def test_a_caller_is_looked_at_without_going_there(controller, qtbot):
    controller.into()
    controller.into()
    with qtbot.waitSignal(controller.looked_changed):
        controller.look_at(0)
    assert (controller.looked, controller.cursor) == (0, 2)
    controller.into()
    assert controller.looked == controller.cursor == 3


def test_going_to_stages_lines_and_tensors(controller):
    controller.go_to_stage(4)
    assert controller.traced.stages[4].first == controller.cursor
    line = line_of(controller, "z, kept = ")
    first = event_at(controller.traced, NETWORK, "z, kept = ")
    assert controller.go_to_place(NETWORK, line)
    assert controller.cursor == first, "it ran before, not again"
    assert controller.go_to_place(NETWORK, line)
    assert controller.cursor > first, "from there to the next time"
    assert not controller.go_to_place(NETWORK, 1)


# --- from step to step -----------------------------------------------------------------------


def test_going_on_past_the_end_takes_the_step_and_shows_the_next(session, controller):
    controller.out()
    assert controller.at_end
    controller.over()
    assert session.sent == [("run", 1, None, True)]
    assert session.asked == [(0, 1)], "the next step can only be traced once this one is taken"
    controller.over()
    assert len(session.sent) == 1, "while the run runs the keys do nothing"
    session.stand_at(1)
    assert session.asked[-1] == (0, 2)
    session.answer_trace()
    assert (controller.step, controller.cursor) == (2, 0)


def test_going_on_from_a_recorded_step_takes_none(session, at_step_3):
    at_step_3.go_to(end(at_step_3))
    at_step_3.into()
    assert (session.sent, session.asked) == ([], [(0, 4)])
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (4, 0)


def test_going_back_past_the_beginning_shows_the_step_before_at_its_last_line(session, at_step_3):
    at_step_3.into_back()
    assert (session.sent, session.asked) == ([("seek", 2)], [(0, 2)])
    session.answer_trace()
    session.stand_at(2)
    assert (at_step_3.step, at_step_3.cursor) == (2, end(at_step_3) - 1)
    assert session.asked == [(0, 2)], "our own seek is no reason to go elsewhere"
    at_step_3.into()
    at_step_3.into()
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (3, 0), "and there again"


def test_at_the_very_beginning_back_does_nothing(session, controller):
    for move in (controller.into_back, controller.over_back, controller.previous_step, controller.continue_back):
        move()
    assert (controller.step, controller.cursor, session.sent) == (1, 0, [])


def test_a_recorded_future_is_gone_through_without_running(session, at_step_3):
    session.stand_at(1)
    session.answer_trace()
    for _ in range(2):
        at_step_3.go_to(end(at_step_3))
        at_step_3.over()
        session.answer_trace()
    assert at_step_3.step == 3
    assert session.sent == [("seek", 2)]


def test_training_steps_keep_the_place(session, at_step_3):
    place = event_at(at_step_3.traced, NETWORK, "da_dz = ", 1)
    at_step_3.go_to(place)
    at_step_3.previous_step()
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (2, place)
    session.stand_at(2)
    at_step_3.next_step()
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (3, place)


def test_steps_there_and_back_before_a_frame_comes_leave_run_and_cursor_together(session, at_step_3):
    at_step_3.show_step(1)
    session.stand_at(1)
    session.answer_trace()
    at_step_3.next_step()
    at_step_3.next_step()
    assert session.sent[-1] == ("seek", 2)
    at_step_3.previous_step()
    at_step_3.previous_step()
    assert session.sent[-1] == ("seek", 1)
    session.stand_at(1)
    assert at_step_3.step == 1


def test_any_step_can_be_shown(session, at_step_3):
    at_step_3.show_step(1)
    assert (session.sent, session.asked) == ([("seek", 1)], [(0, 1)])
    session.answer_trace()
    at_step_3.show_step(99)
    assert session.asked[-1] == (0, 4), "the next to be taken, at most"


def test_a_divergence_is_shown_at_its_line(session, at_step_3):
    at_step_3.show_tensor(1, 2, "layer2.weight.grad", "layer2.backward")
    assert session.asked == [(1, 2)]
    session.answer_trace()
    assert at_step_3.cursor == event_at(at_step_3.traced, LINEAR, "dL_dW = ")


# --- breakpoints -----------------------------------------------------------------------------


def test_continue_first_looks_in_the_rest_of_the_step(session, controller):
    line = line_of(controller, "da_dz = ")
    controller.set_breakpoints([LineBreakpoint(file=NETWORK, line=line), StageBreakpoint(stage="update", layer=1)])
    visited = []
    for _ in range(3):
        controller.continue_()
        visited.append(controller.cursor)
    backward = [event_at(controller.traced, NETWORK, "da_dz = ", at) for at in (0, 1)]
    update = next(stage.first for stage in controller.traced.stages if stage.name == "layer1.update")
    assert visited == [*backward, update]
    assert session.sent == []
    controller.continue_back()
    assert controller.cursor == backward[1]


def test_continue_then_runs_on_and_opens_where_the_run_stops(session, controller):
    controller.rate = lambda: 5.0
    controller.set_breakpoints([StageBreakpoint(stage="loss")])
    controller.continue_()
    controller.continue_()
    assert session.sent == [("run", None, 5.0, True)]
    session.stop(2, 9)
    assert (controller.step, session.asked[-1]) == (2, (0, 2))
    assert controller.reason is not None
    session.answer_trace()
    assert controller.cursor == 9
    controller.into()
    assert controller.reason is None, "said once"


def test_a_stop_where_one_has_been_already_is_passed(session, controller, qtbot):
    condition = ConditionBreakpoint(quantity="loss", op=">", value=1.0)
    line = LineBreakpoint(file=NETWORK, line=line_of(controller, "da_dz = "))
    controller.set_breakpoints([line, condition])
    controller.continue_()
    controller.continue_()
    controller.continue_()
    assert session.sent == [("run", None, None, False)], "the condition of this step's update is still ahead"
    session.running = False
    session.stop(1, controller.cursor)
    qtbot.waitUntil(lambda: session.sent[-1] == ("run", None, None, True))
    assert controller.reason is None


def test_continue_backwards_runs_back_and_stands_at_the_last_breakpoint(session, at_step_3):
    at_step_3.set_breakpoints([LineBreakpoint(file=NETWORK, line=line_of(at_step_3, "da_dz = "))])
    at_step_3.continue_back()
    assert session.sent == [("run_back", 3)]
    session.stop(2, event_at(at_step_3.traced, NETWORK, "da_dz = "))
    session.answer_trace()
    assert at_step_3.cursor == event_at(at_step_3.traced, NETWORK, "da_dz = ", 1)


def test_continue_backwards_ends_at_the_start(session, at_step_3):
    at_step_3.go_to(7)
    at_step_3.continue_back()
    session.stand_at(0)
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (1, 0)


def test_a_breakpoint_that_counts_hits_stops_here_when_it_was_met_often_enough(session, controller):
    controller.set_breakpoints([StageBreakpoint(stage="loss", hits=3)])
    controller.continue_()
    assert session.sent, "only the engine counts"
    session.stop(3, 9, hits=(3,))
    session.answer_trace()
    controller.go_to(0)
    controller.continue_()
    assert controller.cursor == controller.traced.stages[4].first
    assert (controller.reason.step, controller.reason.breakpoint) == (3, 0)
    assert len(session.sent) == 1
    session.stand_at(1, hits=(1,))
    session.answer_trace()
    controller.next_step()
    session.answer_trace()
    controller.go_to(0)
    assert controller.step == 2
    controller.continue_()
    assert len(session.sent) == 2, "this is the second time"


# --- following the run -----------------------------------------------------------------------


def test_a_run_leaves_the_step_on_screen_and_then_shows_the_one_reached(session, controller):
    place = event_at(controller.traced, NETWORK, "da_dz = ")
    controller.go_to(place)
    session.running = True
    session.changed.emit()
    assert controller.state == "ready"
    assert not controller.can_move
    assert session.asked == [(0, 1)]
    session.stand_at(50)
    session.answer_trace()
    assert (controller.step, controller.cursor) == (50, place)


def test_the_start_shows_the_first_step(session, at_step_3):
    session.stand_at(0)
    assert session.asked == [(0, 1)]


def test_nothing_is_fetched_while_nobody_looks(session, controller):
    controller.set_active(False)
    session.stand_at(8)
    session.stand_at(9)
    assert session.asked == [(0, 1)]
    controller.set_active(True)
    assert session.asked[1:] == [(0, 9)]


def test_only_the_newest_step_wanted_is_asked_for(session, at_step_3, qtbot):
    waits = []
    at_step_3.waiting.connect(waits.append)
    for step in (2, 1, 0, 2, 1):
        session.stand_at(step)
    assert session.asked == [(0, 2)]
    session.answer_trace()
    assert session.asked == [(0, 2), (0, 1)]
    assert at_step_3.traced.step == 3, "nobody waits for step 2 any more"
    session.answer_trace()
    assert at_step_3.traced.step == 1
    assert waits == [True, False]


def test_keys_wait_for_the_step_that_is_on_its_way(session, at_step_3):
    at_step_3.go_to(end(at_step_3))
    for _ in range(3):
        at_step_3.over()
    assert session.asked == [(0, 4)]


def test_a_changed_rate_makes_another_next_step(session, at_step_3):
    at_step_3.go_to(end(at_step_3))
    at_step_3.over()
    session.answer_trace()
    at_step_3.go_to(5)
    session.changes = (Change(3, 0, {"lr": 0.5}),)
    session.changed.emit()
    assert session.asked == [(0, 4), (0, 4)]
    session.answer_trace()
    assert at_step_3.cursor == 5
    session.stand_at(3)
    assert len(session.asked) == 2


def test_a_trace_from_before_a_change_is_not_shown(session, at_step_3):
    at_step_3.go_to(end(at_step_3))
    at_step_3.over()
    session.changes = (Change(3, 0, {"lr": 0.5}),)
    session.changed.emit()
    session.answer_trace()
    assert at_step_3.traced.step == 3
    assert session.asked == [(0, 4), (0, 4)]
    session.answer_trace()
    assert (at_step_3.traced.step, at_step_3.cursor) == (4, 0)


def test_a_recorded_step_stays_as_it_was(session, at_step_3):
    session.changes = (Change(3, 0, {"lr": 0.5}),)
    session.changed.emit()
    assert session.asked == []


def test_another_run_begins_at_its_first_step(session, at_step_3):
    session.begin(SGD)
    assert at_step_3.traced is None
    assert session.asked == [(0, 1)]
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (1, 0)


def test_a_step_that_is_not_taken_after_all_is_not_waited_for(session, at_step_3):
    """As where the timeline was dragged back just before, so that the run came from there to where it stood."""
    at_step_3.open_next()
    session.answer_trace()
    at_step_3.next_step()
    assert not at_step_3.can_move
    session.stand_at(3)
    assert at_step_3.can_move
    assert (at_step_3.step, session.asked[-1]) == (4, (0, 4))


def test_a_step_back_from_which_the_run_was_taken_on_at_once_is_not_shown(session, at_step_3):
    at_step_3.previous_step()
    session.answer_trace()
    assert at_step_3.step == 2
    session.stand_at(3)
    assert (at_step_3.step, session.asked[-1]) == (3, (0, 3))


def test_a_step_of_a_future_that_a_change_gave_up_is_left_for_the_step_at_hand(session, at_step_3):
    """The timeline may still believe in that future when it is dragged there; the run then stays where it is."""
    session.stand_at(1)
    session.answer_trace()
    at_step_3.next_step()
    session.answer_trace()
    session.seek(2)
    at_step_3.next_step()
    session.newest_step = 1
    session.traced.emit(refused(session.asked[-1]))
    session.stand_at(1)
    session.answer_trace()
    assert (at_step_3.state, at_step_3.step) == ("ready", 1)


def test_the_next_step_is_that_of_where_the_run_is_about_to_stand(session, at_step_3):
    session.seek(1)
    at_step_3.open_next()
    assert at_step_3.step == 2


def test_a_run_under_way_is_paused_to_go_into_its_next_step(session, at_step_3):
    session.run(None, 10.0)
    at_step_3.open_next()
    assert session.sent[-1] == ("pause",)
    session.frame.emit(make_frame(5))  # from before the pause
    assert at_step_3.step == 3
    session.stand_at(7)
    assert (at_step_3.step, session.asked[-1]) == (8, (0, 8))
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (8, 0)
    session.run(1, None)  # that once
    session.stand_at(8)
    assert at_step_3.step == 8


def test_a_breakpoint_met_before_the_pause_is_what_is_shown(session, at_step_3):
    session.run(None, 10.0)
    at_step_3.open_next()
    session.stop(5, 2)
    session.answer_trace()
    assert (at_step_3.step, at_step_3.cursor) == (5, 2)


def test_a_run_that_is_refused_is_not_waited_for(session, controller):
    controller.out()
    controller.over()
    session.running = False
    session.refused.emit()
    session.changed.emit()
    assert controller.can_move


# --- entries ---------------------------------------------------------------------------------


def test_another_optimizer_is_followed_from_the_same_place(session, at_step_3):
    place = event_at(at_step_3.traced, NETWORK, "da_dz = ")
    at_step_3.go_to(place)
    at_step_3.set_entry(1)
    assert session.asked == [(1, 3)]
    session.answer_trace()
    assert (at_step_3.entry, at_step_3.cursor) == (1, place)


def test_torch_alone_has_no_line_to_follow(session, controller):
    session.begin(SGD, TORCH_ONLY)
    session.answer_trace()
    controller.set_entry(1)
    assert controller.state == "torch_only"
    assert session.asked[-1] == (0, 1)
    controller.set_entry(0)
    assert controller.state == "ready"


def test_a_run_is_followed_where_it_can_be(session, controller):
    session.begin(TORCH_ONLY, SGD)
    assert (controller.entry, session.asked[-1]) == (1, (1, 1))


def test_before_torch_is_loaded_nothing_is_asked_for(qtbot):
    session = FakeSession()
    session.phase = "warming"
    controller = DebugController(session)
    controller.open_next()
    controller.set_active(True)
    assert (controller.state, session.asked) == ("loading", [])
    session.phase = "ready"
    session.changed.emit()
    assert session.asked == [(0, 1)]
