"""The session's way in time without a window and without an engine: seeking, forks, stops, what is in force when."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.protocol import (
    HISTORY_BUDGET,
    Branch,
    Change,
    Changed,
    Command,
    Explain,
    Explained,
    Frame,
    FrameRequest,
    Load,
    LookAtValue,
    Ready,
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
from gui.session.session import Session
from gui.window.run_marks import marks_of
from tests.gui.frames import make_frame
from tests.gui.recording import RecordingClient, frame, raw, shown, with_rate

STOP = {"kind": "condition", "quantity": "loss", "op": "<", "value": 0.5}
BRANCH = Branch(1, 4, 100, 0, {"lr": 0.1}, (0, 1))


@pytest.fixture
def client(qtbot: QtBot) -> RecordingClient:
    return RecordingClient()


@pytest.fixture
def session(client: RecordingClient) -> Iterator[Session]:
    made = Session(client)  # type: ignore[arg-type]
    client.ready.emit(Ready("test", ("cpu",)))
    made.edit(raw())
    yield made
    made.close()


Show = Callable[..., None]


@pytest.fixture
def show(qtbot: QtBot, session: Session, client: RecordingClient) -> Show:
    """The session asks for a frame and gets one: of a run that stands at a step of 100, if nothing else is said."""

    def show(step: int, newest: int = 100, **parts: Any) -> None:
        shown(qtbot, session, client, step, newest=newest, **parts)

    return show


@pytest.fixture
def at_step_100(session: Session, show: Show) -> Session:
    """A run whose rate was changed from 0.1 to 0.01 after step 50."""
    session.run(100)
    show(50, 50)
    session.edit(with_rate(0.01))
    made(session, Change(50, 0, {"lr": 0.01}))
    show(100)
    return session


def made(session: Session, change: Change) -> None:
    """The engine tells that it made a change."""
    answer(session, Changed(session._generation, change))


def answer(session: Session, message: Any) -> None:
    session._client.answered.emit(message)


def rate_of(session: Session) -> tuple[float, float]:
    """As typed, and of the run."""
    assert session.spec is not None
    assert session.run_spec is not None
    return session.spec.optimizers[0].params["lr"], session.run_spec.optimizers[0].params["lr"]


def sent_since(client: RecordingClient, count: int) -> list[Command]:
    return [command for command in client.sent[count:] if not isinstance(command, FrameRequest)]


# --- seeking -----------------------------------------------------------------------------


def test_a_step_is_sought_at_once_and_shown_by_the_frame_after_it(
    at_step_100: Session, client: RecordingClient
) -> None:
    before = len(client.sent)
    at_step_100.seek(3)
    assert [type(command) for command in client.sent[before:]] == [Seek, FrameRequest]
    assert client.last(Seek).step == at_step_100.target == 3
    frame(client, 3, running=False, newest=100)
    assert (at_step_100.step, at_step_100.newest_step, at_step_100.target) == (3, 100, None)


def test_of_a_drag_only_the_newest_step_is_sought_with_each_frame(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    for step in (90, 80, 70, 60):
        at_step_100.seek(step)
    assert client.count(Seek) == 1
    frame(client, 90, running=False, newest=100)
    assert (at_step_100.step, at_step_100.target) == (90, 60)
    qtbot.waitUntil(lambda: client.count(Seek) == 2)
    assert client.last(Seek).step == 60
    frame(client, 60, running=False, newest=100)
    assert at_step_100.target is None


def test_a_paused_run_is_looked_at_until_its_steps_are_judged(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    """A verdict may come when nothing moves any more."""
    shown(qtbot, at_step_100, client, 100, newest=100, judging=True)
    asked = client.count(FrameRequest)
    for more in (1, 2):
        qtbot.waitUntil(lambda more=more: client.count(FrameRequest) == asked + more)
        frame(client, 100, running=False, newest=100, judging=more < 2)
    qtbot.waitUntil(lambda: not at_step_100._poller._clock.isActive())
    assert client.count(FrameRequest) == asked + 2


def test_a_drag_back_to_where_the_engine_already_goes_sends_nothing_more(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    for step in (90, 80, 90):
        at_step_100.seek(step)
    frame(client, 90, running=False, newest=100)
    assert at_step_100.target is None
    assert client.count(Seek) == 1


def test_seeking_pauses_a_run_whatever_frames_from_before_say(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    at_step_100.run()
    asked = client.count(FrameRequest)
    qtbot.waitUntil(lambda: client.count(FrameRequest) > asked)
    at_step_100.seek(3)
    assert not at_step_100.running
    frame(client, 120, running=True, newest=120)
    assert not at_step_100.running
    qtbot.waitUntil(lambda: client.count(Seek) == 1)
    frame(client, 3, running=False, newest=130)
    assert (at_step_100.step, at_step_100.newest_step, at_step_100.running) == (3, 130, False)


@pytest.mark.parametrize(("step", "sought"), [(-1, 0), (1000, 100)])
def test_a_step_outside_of_the_run_is_its_end(
    at_step_100: Session, client: RecordingClient, step: int, sought: int
) -> None:
    at_step_100.seek(step)
    assert client.last(Seek).step == sought


def test_before_the_first_step_there_is_nowhere_to_go(session: Session, client: RecordingClient) -> None:
    session.seek(5)
    assert client.count(Seek) == 0
    assert session.target is None


@pytest.mark.parametrize(
    ("act", "kind"),
    [(lambda session: session.run(1), Run), (lambda session: session.edit(with_rate(0.3)), SetParams)],
)
def test_what_is_done_to_the_step_sought_comes_after_the_seek(
    at_step_100: Session, client: RecordingClient, act: Callable[[Session], None], kind: type
) -> None:
    at_step_100.seek(90)
    at_step_100.seek(80)
    before = len(client.sent)
    act(at_step_100)
    assert [type(command) for command in sent_since(client, before)] == [Seek, kind]
    assert client.last(Seek).step == 80


# --- what is in force where ---------------------------------------------------------------


def test_the_experiment_is_what_it_was_at_the_step_shown(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    told: list[tuple[int, Any]] = []
    at_step_100.params_shown.connect(lambda entry, params: told.append((entry, params)))
    for step, rate in ((49, 0.1), (50, 0.01), (0, 0.1), (100, 0.01)):
        show(step)
        assert rate_of(at_step_100) == (rate, rate)
    assert told == [(0, {"lr": rate}) for rate in (0.1, 0.01, 0.1, 0.01)]
    assert not at_step_100.stale
    assert client.count(SetParams) == 1, "that was the person's"


def test_an_edit_that_waits_for_reset_is_not_overwritten(at_step_100: Session, show: Show) -> None:
    told: list[Any] = []
    at_step_100.params_shown.connect(lambda *params: told.append(params))
    at_step_100.edit(with_rate(0.01) | {"dtype": "float64"})
    show(3)
    assert rate_of(at_step_100) == (0.01, 0.1)
    assert at_step_100.stale
    assert told == []


def test_a_faulty_edit_is_not_overwritten(at_step_100: Session, show: Show) -> None:
    told: list[Any] = []
    at_step_100.params_shown.connect(lambda *params: told.append(params))
    at_step_100.edit(with_rate("a lot"))
    show(3)
    assert at_step_100.faults
    assert told == []


def test_an_edit_at_an_earlier_step_forks_and_drops_what_was_changed_later(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    forked: list[Branch] = []
    at_step_100.forked.connect(forked.append)
    show(4)
    at_step_100.edit(with_rate(0.5))
    assert client.last(SetParams)[1:] == (0, {"lr": 0.5})
    made(at_step_100, Change(4, 0, {"lr": 0.5}))
    assert at_step_100.changes == (Change(4, 0, {"lr": 0.5}),)
    show(4, 4, branches=(BRANCH,))
    assert forked == [BRANCH]
    assert at_step_100.names.full(BRANCH) == "Branch 1 · SGD lr 0.1 · steps 4–100"
    show(60, 60, branches=(BRANCH,))
    assert rate_of(at_step_100) == (0.5, 0.5)
    assert forked == [BRANCH], "told once"


def test_what_is_in_force_there_already_changes_nothing_though_no_frame_has_shown_it_yet(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    """The engine goes back before it hears of the rate, finds it in force, and forks nothing."""
    at_step_100.seek(4)
    at_step_100.edit(with_rate(0.1))
    assert client.last(SetParams)[1:] == (0, {"lr": 0.1})
    made(at_step_100, Change(4, 0, {"lr": 0.1}))
    assert at_step_100.changes == (Change(50, 0, {"lr": 0.01}),)
    frame(client, 4, running=False, newest=100)
    assert rate_of(at_step_100) == (0.1, 0.1)
    show(100)
    assert rate_of(at_step_100) == (0.01, 0.01)


def test_an_edit_at_the_start_of_a_run_that_was_taken_forks_too(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    show(0)
    at_step_100.edit(with_rate(0.5))
    assert client.count(Load) == 1
    assert client.last(SetParams)[1:] == (0, {"lr": 0.5})


def test_more_than_a_rate_changed_at_the_start_waits_for_reset(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    show(0)
    at_step_100.edit(raw(dtype="float64"))
    assert at_step_100.stale
    assert client.count(Load) == 1


def test_a_change_under_way_is_not_taken_back_by_a_frame_from_before(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    at_step_100.look()
    asked = client.count(FrameRequest)
    qtbot.waitUntil(lambda: client.count(FrameRequest) > asked)
    at_step_100.edit(with_rate(0.7))
    frame(client, 100, running=False, newest=100)
    assert rate_of(at_step_100) == (0.7, 0.7)
    made(at_step_100, Change(100, 0, {"lr": 0.7}))
    assert rate_of(at_step_100) == (0.7, 0.7)
    assert not at_step_100.stale


def test_what_is_typed_digit_by_digit_is_one_change(at_step_100: Session, show: Show) -> None:
    for rate in (0, 0.2, 0.25):
        at_step_100.edit(with_rate(rate))
        made(at_step_100, Change(100, 0, {"lr": rate}))
    assert at_step_100.changes == (Change(50, 0, {"lr": 0.01}), Change(100, 0, {"lr": 0.25}))


def test_the_recorded_changes_are_replayed_when_a_run_goes_on_from_an_earlier_step(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    show(4)
    at_step_100.run()
    show(30, running=True)
    assert rate_of(at_step_100) == (0.1, 0.1)
    show(70, running=True)
    assert rate_of(at_step_100) == (0.01, 0.01)
    assert len(at_step_100.changes) == 1


# --- a run that is repeated ----------------------------------------------------------------


def test_a_lost_run_returns_to_its_newest_step_with_what_was_typed(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    told: list[Any] = []
    at_step_100.params_shown.connect(lambda *params: told.append(params))
    lost: list[int] = []
    at_step_100.lost.connect(lambda _, step: lost.append(step))
    client.lost.emit("died", -9)
    client.ready.emit(Ready("test", ("cpu",)))
    assert lost == [100]
    at_step_100.repeat(at_step_100.lost_runs[-1])
    assert client.last(Load).spec.optimizers[0].params == {"lr": 0.1}
    assert client.last(Run).steps == 100
    show(20, 20, running=True)
    assert rate_of(at_step_100) == (0.01, 0.01), "on its way, the run counts as being there"
    made(at_step_100, Change(50, 0, {"lr": 0.01}))
    show(100)
    assert not at_step_100.stale
    assert told == []
    show(3)
    assert rate_of(at_step_100) == (0.1, 0.1)


def test_no_breakpoint_holds_up_the_way_back_to_where_a_run_was_lost(
    session: Session, client: RecordingClient, show: Show
) -> None:
    session.edit(raw(breakpoints=[STOP]))
    session.run(100)
    show(100)
    client.lost.emit("died", -9)
    client.ready.emit(Ready("test", ("cpu",)))
    session.repeat(session.lost_runs[-1])
    assert client.last(Load).spec.breakpoints == ()
    stops: list[Stopped] = []
    session.stopped.connect(stops.append)
    answer(session, Stopped(session._generation, 31, 0, 5, None))
    assert client.last(Run).steps == 70
    assert stops == []
    sent = client.count(SetBreakpoints)
    show(100)
    assert client.count(SetBreakpoints) == sent + 1
    assert len(client.last(SetBreakpoints).breakpoints) == 1


# --- stops -------------------------------------------------------------------------------


def test_a_stop_is_told_and_the_rest_of_the_run_can_be_taken(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    stops: list[Stopped] = []
    at_step_100.stopped.connect(stops.append)
    at_step_100.run(50)
    stop = Stopped(at_step_100._generation, 121, 0, 7, 0, "SGD/diy", 0.25)
    answer(at_step_100, stop)
    assert stops == [at_step_100.stop] == [stop]
    assert (at_step_100.step, at_step_100.running) == (120, False)
    show(120, 120)
    at_step_100.resume()
    assert client.last(Run).steps == 30
    assert (at_step_100.stop, at_step_100.running) == (None, True)


def test_running_back_can_be_paused_and_ends_at_a_stop(
    at_step_100: Session, client: RecordingClient, show: Show
) -> None:
    at_step_100.run_back(80)
    assert client.last(RunBack).step == 80
    assert at_step_100.running
    assert at_step_100.goes_back
    answer(at_step_100, Stopped(at_step_100._generation, 41, 0, 7, 0))
    assert (at_step_100.step, at_step_100.running, at_step_100.goes_back) == (40, False, False)
    at_step_100.run_back(41)
    show(0)
    assert (at_step_100.step, at_step_100.running, at_step_100.goes_back) == (0, False, False)


def test_a_run_may_pass_over_the_breakpoints_of_its_first_step(at_step_100: Session, client: RecordingClient) -> None:
    at_step_100.run(1, over=True)
    assert client.last(Run)[1:] == (1, None, True)


def test_breakpoints_are_live(at_step_100: Session, client: RecordingClient) -> None:
    at_step_100.edit(with_rate(0.01) | {"breakpoints": [STOP]})
    assert not at_step_100.stale
    assert [one.value for one in client.last(SetBreakpoints).breakpoints] == [0.5]
    assert client.count(Load) == 1
    assert client.count(SetParams) == 1
    sent = client.count(SetBreakpoints)
    at_step_100.edit(with_rate(0.02) | {"breakpoints": [STOP]})
    assert client.count(SetBreakpoints) == sent


def test_a_faulty_breakpoint_makes_no_number_stale(at_step_100: Session, show: Show) -> None:
    faulty = STOP | {"value": "0.5x"}
    at_step_100.edit(with_rate(0.01) | {"breakpoints": [faulty]})
    assert [fault.path[0] for fault in at_step_100.faults] == ["breakpoints"]
    assert (at_step_100.spec, at_step_100.stale) == (None, False)
    show(20)
    assert at_step_100.spec is None, "the fault is not forgotten"
    at_step_100.edit(with_rate(0.01) | {"breakpoints": [faulty], "dtype": "float64"})
    assert at_step_100.stale
    at_step_100.edit(with_rate("x") | {"breakpoints": [faulty]})
    assert at_step_100.stale


def test_breakpoints_set_before_the_first_step_begin_no_other_run(session: Session, client: RecordingClient) -> None:
    session.edit(raw(breakpoints=[STOP]))
    assert client.count(Load) == 1
    assert client.count(SetBreakpoints) == 1
    assert not session.stale
    session.reset()
    assert len(client.last(Load).spec.breakpoints) == 1


# --- the debugger, branches, budget --------------------------------------------------------


def test_the_debuggers_questions_carry_the_run_and_its_answers_come_as_they_are(
    at_step_100: Session, client: RecordingClient
) -> None:
    told: list[Any] = []
    for signal in (at_step_100.traced, at_step_100.value_maps, at_step_100.explained):
        signal.connect(told.append)
    now = at_step_100._generation
    at_step_100.trace(0, 3)
    at_step_100.look_at(0, 3, 7, (20, 30), (1, 2))
    at_step_100.explain(0, 3, 9, "layer1.weight", (0, 1), 2)
    look, explain = client.last(LookAtValue), client.last(Explain)
    assert client.last(TraceStep) == (now, 0, 3)
    assert look == (now, 0, 3, 7, (20, 30), (1, 2))
    assert explain == (now, 0, 3, 9, "layer1.weight", (0, 1), 2)
    traced = Traced(now, 0, 3, *((),) * 6)
    for message in (traced, ValueMaps(look, None), Explained.nothing(explain)):
        answer(at_step_100, message)
    assert told == [traced, ValueMaps(look, None), Explained.nothing(explain)]
    old = (traced, ValueMaps(look, None), Explained.nothing(explain), Stopped(now, 3, 0, 1, None))
    at_step_100.stopped.connect(told.append)
    at_step_100.reset()
    for message in old:
        answer(at_step_100, message)
    assert len(told) == 3, "of an older run"


def test_the_budget_is_told_at_once_and_with_every_run(session: Session, client: RecordingClient) -> None:
    assert client.last(Load).budget == HISTORY_BUDGET
    session.set_budget(1_000_000)
    assert client.last(SetBudget).budget == 1_000_000
    session.reset()
    assert client.last(Load).budget == 1_000_000


def test_a_branch_is_removed_and_its_absence_looked_for(
    qtbot: QtBot, at_step_100: Session, client: RecordingClient
) -> None:
    asked = client.count(FrameRequest)
    at_step_100.remove_branch(1)
    assert client.last(RemoveBranch).branch == 1
    qtbot.waitUntil(lambda: client.count(FrameRequest) > asked)


def test_a_branch_keeps_the_name_it_is_given_until_another_run_begins(at_step_100: Session, show: Show) -> None:
    show(4, 4, branches=(BRANCH,))
    at_step_100.names.rename(BRANCH, "  the slow one ")
    assert at_step_100.names.name(BRANCH) == "the slow one"
    at_step_100.names.rename(BRANCH, " ")
    assert at_step_100.names.name(BRANCH) == "Branch 1"
    at_step_100.names.rename(BRANCH, "mine")
    at_step_100.reset()
    assert at_step_100.names.name(BRANCH) == "Branch 1"
    assert at_step_100.branches == ()


def test_the_timelines_marks_tell_changes_forks_and_the_stop(at_step_100: Session, show: Show) -> None:
    made(at_step_100, Change(100, 0, {"lr": 0.01, "momentum": 0.9}))
    show(100, branches=(BRANCH,))
    answer(at_step_100, Stopped(at_step_100._generation, 58, 0, 1, None))
    assert [(mark.step, mark.text) for mark in marks_of(at_step_100)] == [
        (50, "After step 50: SGD lr 0.1 → 0.01"),
        (100, "After step 100: SGD momentum 0 → 0.9"),
        (4, "Fork after step 4: Branch 1 · SGD · steps 4–100"),
        (57, "Stopped before the update of step 58"),
    ]


def test_a_frame_that_tells_of_no_newest_step_is_of_it(at_step_100: Session, client: RecordingClient) -> None:
    at_step_100.reset()
    told: Frame = make_frame(5)._replace(generation=at_step_100._generation)
    answer(at_step_100, told)
    assert at_step_100.newest_step == 5
