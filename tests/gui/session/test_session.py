"""The session without a window and without an engine: what it sends, and what it makes of answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.protocol import (
    Change,
    Changed,
    Failed,
    Frame,
    FrameRequest,
    Load,
    Pause,
    Ready,
    Refused,
    Run,
    SetParams,
    StepFailed,
)
from engine.spec import Fault
from engine.spec.arrays import Matrix
from gui.session.session import Session
from tests.gui.recording import RecordingClient, frame, raw, shown, with_rate


@pytest.fixture
def client(qtbot: QtBot) -> RecordingClient:  # signals need an application
    return RecordingClient()


@pytest.fixture
def session(client: RecordingClient) -> Iterator[Session]:
    made = Session(client)  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def at_step_10(qtbot: QtBot, session: Session, client: RecordingClient) -> Session:
    client.ready.emit(Ready("test", ("cpu",)))
    session.edit(raw())
    session.run(10)
    shown(qtbot, session, client, 10)
    assert (session.step, session.running, session.stale) == (10, False, False)
    return session


def test_an_edit_before_the_first_step_is_taken_up_at_once(session: Session, client: RecordingClient) -> None:
    session.edit(raw())
    session.edit(with_rate(0.2))
    assert [load.spec.optimizers[0].params for load in client.sent] == [{"lr": 0.1}, {"lr": 0.2}]
    assert not session.stale


def test_data_are_read_again_only_where_they_were_edited(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    make = Matrix.__init__
    monkeypatch.setattr(Matrix, "__init__", lambda matrix, *of: made.append(of) or make(matrix, *of))
    typed = raw()
    for rate in (0.1, "0.", -1, 0.2):
        session.edit(typed | {"optimizers": with_rate(rate)["optimizers"]})
    assert len(made) == 2  # x and y
    assert session.spec is not None
    before = session.spec.data
    session.edit(typed | {"title": "another"})
    assert session.spec.data is before
    session.edit(typed | {"data": {"x": [[4, 3, 2, 1]], "y": [[3, 2, 4, 5]]}})
    assert len(made) == 4
    assert session.spec.data is not None
    assert session.spec.data.x.tolist() == [[4, 3, 2, 1]]


def test_faults_in_data_that_stay_as_they_are_stay_told(session: Session) -> None:
    typed = raw() | {"data": {"x": [[1, 2, "three", 4]], "y": [[3, 2, 4, 5]]}}
    for title in ("one", "two"):
        session.edit(typed | {"title": title})
        assert [fault.where for fault in session.faults] == ["data.x[0][2]"]


def test_a_faulty_edit_starts_nothing_and_names_the_fault(
    qtbot: QtBot, session: Session, client: RecordingClient
) -> None:
    session.edit(raw())
    session.edit(with_rate("a lot"))
    with qtbot.waitSignal(session.refused):
        session.run()
    assert [fault.path for fault in session.faults] == [("optimizers", 0, "params", "lr")]
    assert client.count(Run) == 0


def test_reset_with_faults_keeps_the_run(at_step_10: Session, client: RecordingClient) -> None:
    at_step_10.edit(with_rate(-1))
    at_step_10.reset()
    assert client.count(Load) == 1
    assert at_step_10.stale


def test_a_rate_changed_in_mid_run_applies_from_the_next_step(at_step_10: Session, client: RecordingClient) -> None:
    at_step_10.edit(with_rate(0.01))
    assert client.last(SetParams)[1:] == (0, {"lr": 0.01})
    assert client.count(Load) == 1
    assert not at_step_10.stale


def test_a_rate_changed_right_after_run_does_not_begin_anew(session: Session, client: RecordingClient) -> None:
    session.edit(raw())
    session.run()
    session.edit(with_rate(0.01))
    assert client.count(Load) == 1
    assert client.count(SetParams) == 1


@pytest.mark.parametrize(
    "edit",
    [
        raw(dtype="float64"),
        raw(start={"seed": 3}),
        raw(data={"x": [[1, 2, 3, 5]], "y": [[3, 2, 4, 5]]}),
        raw(optimizers=[{"name": "Adam", "params": {"lr": 0.1}}]),
        raw(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, "label": "mine"}]),
        raw(optimizers=[{"name": "SGD", "params": {"lr": 0.1}}, {"name": "Adam"}]),
    ],
)
def test_a_structural_edit_marks_the_run_stale_and_waits_for_reset(
    qtbot: QtBot, at_step_10: Session, client: RecordingClient, edit: dict[str, Any]
) -> None:
    at_step_10.edit(edit)
    assert at_step_10.stale
    with qtbot.waitSignal(at_step_10.refused):
        at_step_10.run()
    assert client.count(Run) == 1
    at_step_10.reset()
    assert not at_step_10.stale
    assert client.last(Load).spec == at_step_10.spec


def test_another_color_changes_no_number_and_is_the_runs_at_once(at_step_10: Session, client: RecordingClient) -> None:
    at_step_10.edit(raw(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, "color": 7}]))
    assert not at_step_10.stale
    assert at_step_10.run_spec is not None
    assert at_step_10.run_spec.colors == (7,)
    assert client.count(Load) == 1


def test_an_edit_taken_back_is_no_longer_stale(at_step_10: Session) -> None:
    at_step_10.edit(raw(dtype="float64"))
    at_step_10.edit(raw())
    assert not at_step_10.stale


def test_a_hyperparameter_that_cannot_change_live_waits_for_reset(
    qtbot: QtBot, session: Session, client: RecordingClient
) -> None:
    client.ready.emit(Ready("test", ("cpu",)))
    session.edit(raw(optimizers=[{"name": "Adam"}]))
    session.run(1)
    shown(qtbot, session, client, 1)
    session.edit(raw(optimizers=[{"name": "Adam", "params": {"amsgrad": False}}]))
    assert not session.stale  # that is what it was
    session.edit(raw(optimizers=[{"name": "Adam", "params": {"amsgrad": True}}]))
    assert session.stale


def test_a_title_is_no_change_of_the_run(at_step_10: Session, client: RecordingClient) -> None:
    at_step_10.edit(raw(title="Mine"))
    assert not at_step_10.stale
    assert client.count(SetParams) == 0


def test_frames_of_an_older_run_are_dropped(at_step_10: Session, client: RecordingClient) -> None:
    old = client.last(Load).generation
    at_step_10.reset()
    client.answered.emit(Frame(old, 11, True, 0.0, (), None, None, ()))
    assert at_step_10.step == 0
    assert not at_step_10.running


def test_no_second_frame_is_asked_for_before_the_first_has_come(
    qtbot: QtBot, session: Session, client: RecordingClient
) -> None:
    client.ready.emit(Ready("test", ("cpu",)))
    session.edit(raw())
    session.run()
    qtbot.waitUntil(lambda: client.count(FrameRequest) == 1)
    qtbot.wait(100)  # several ticks of the display
    assert client.count(FrameRequest) == 1
    frame(client, 5, running=True)
    qtbot.waitUntil(lambda: client.count(FrameRequest) == 2)


def test_a_frame_asked_for_before_run_does_not_undo_it(qtbot: QtBot, session: Session, client: RecordingClient) -> None:
    client.ready.emit(Ready("test", ("cpu",)))
    session.edit(raw())
    session.look()
    qtbot.waitUntil(lambda: client.count(FrameRequest) == 1)
    session.run()
    frame(client, 0, running=False)
    assert session.running


def test_pause_is_sent_and_shown_when_the_engine_says_so(
    qtbot: QtBot, session: Session, client: RecordingClient
) -> None:
    client.ready.emit(Ready("test", ("cpu",)))
    session.edit(raw())
    session.run()
    shown(qtbot, session, client, 5, running=True)
    session.pause()
    assert client.count(Pause) == 1
    shown(qtbot, session, client, 7, running=False)
    assert not session.running


def test_a_lost_run_can_be_taken_again_with_its_changes(at_step_10: Session, client: RecordingClient) -> None:
    at_step_10.edit(with_rate(0.01))
    made = Change(10, 0, {"lr": 0.01})
    client.answered.emit(Changed(client.last(Load).generation, made))
    lost: list[tuple[str, int]] = []
    at_step_10.lost.connect(lambda how, step: lost.append((how, step)))
    client.lost.emit("died", -9)
    assert lost == [("died", 10)]
    assert at_step_10.phase == "warming"
    assert at_step_10.spec.optimizers[0].params == {"lr": 0.01}  # nothing typed is lost
    at_step_10.repeat(at_step_10.lost_runs[-1])
    load = client.last(Load)
    assert load.spec.optimizers[0].params == {"lr": 0.1}
    assert load.changes == (made,)
    assert client.last(Run).steps == 10


def test_an_experiment_that_this_machine_cannot_run_is_refused_with_its_field(
    session: Session, client: RecordingClient
) -> None:
    session.edit(raw(device="cuda"))
    fault = Fault(("device",), "device_missing", {"given": "cuda", "known": "cpu"})
    client.answered.emit(Refused(client.last(Load).generation, (fault,)))
    assert session.faults == (fault,)
    session.run()
    assert client.count(Run) == 0


def test_after_an_error_of_the_engine_run_begins_anew(at_step_10: Session, client: RecordingClient) -> None:
    broken: list[Failed] = []
    at_step_10.broke.connect(broken.append)
    failed = Failed(client.last(Load).generation, "Traceback\nMemoryError")
    client.answered.emit(failed)
    assert broken == [failed]
    assert [run.step for run in at_step_10.lost_runs] == [10]
    at_step_10.run()
    assert client.count(Load) == 2
    assert client.last(Run).generation == client.last(Load).generation


def test_a_run_whose_step_failed_can_be_taken_again_to_the_step_before(
    at_step_10: Session, client: RecordingClient
) -> None:
    at_step_10.edit(with_rate(0.01))
    made = Change(10, 0, {"lr": 0.01})
    client.answered.emit(Changed(client.last(Load).generation, made))
    at = StepFailed("SGD", "torch", 17, "float division by zero")
    client.answered.emit(Failed(client.last(Load).generation, "Traceback\nStepError", at))
    assert ([run.step for run in at_step_10.lost_runs], at_step_10.running) == ([16], False)
    assert at_step_10.spec.optimizers[0].params == {"lr": 0.01}  # nothing typed is lost
    at_step_10.repeat(at_step_10.lost_runs[-1])
    load = client.last(Load)
    assert (load.spec.optimizers[0].params, load.changes) == ({"lr": 0.1}, (made,))
    assert client.last(Run).steps == 16


@pytest.mark.parametrize(("at", "steps"), [(None, [16]), (StepFailed("SGD", "torch", 9, "no memory"), [16, 8])])
def test_a_run_that_breaks_on_its_way_back_can_still_be_had(
    at_step_10: Session, client: RecordingClient, at: StepFailed | None, steps: list[int]
) -> None:
    at_step_10.edit(with_rate(0.01))
    client.answered.emit(Changed(client.last(Load).generation, Change(10, 0, {"lr": 0.01})))
    before = StepFailed("SGD", "torch", 17, "float division by zero")
    client.answered.emit(Failed(client.last(Load).generation, "Traceback\nStepError", before))
    for _ in range(2):
        at_step_10.repeat(at_step_10.lost_runs[0])
        client.answered.emit(Failed(client.last(Load).generation, "Traceback\nStepError", at))
        assert [run.step for run in at_step_10.lost_runs] == steps
        assert at_step_10.returning is None
    assert at_step_10.lost_runs[-1].changes == ((Change(10, 0, {"lr": 0.01}),) if at is None else ())


def test_before_a_first_step_that_failed_there_is_nothing_to_return_to(
    at_step_10: Session, client: RecordingClient
) -> None:
    at = StepFailed("SGD", "torch", 1, "float division by zero")
    client.answered.emit(Failed(client.last(Load).generation, "Traceback\nStepError", at))
    assert at_step_10.lost_runs == ()
