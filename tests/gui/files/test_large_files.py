"""Large files are read, shown, kept and saved beside all else: nothing waits for them, and nothing typed is lost."""

import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QProgressDialog, QPushButton, QWidget

import gui.files.reader
from engine.spec import Edited, Matrix, load
from gui.files.reading import SMALL
from gui.files.writing import Writing, write_pieces
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

Button = QMessageBox.StandardButton
CONTROL = Modifier.ControlModifier
ROWS = 5_000  # of two inputs and a target: more numbers than the form holds one by one


def title(person: Person) -> str:
    return person.find(QLineEdit, "title").text()


def reader_count() -> int:
    return sum(process.name == "reader" for process in multiprocessing.active_children())


def save_large(file: Path, **changes: Any) -> Path:
    """More numbers than the form holds one by one."""
    x = [[row % 7 / 8, row % 5] for row in range(ROWS)]
    content = TINY | {"title": "Large", "data": {"x": x, "y": [[row % 3] for row in range(ROWS)]}} | changes
    file.write_text(json.dumps(content), encoding="utf-8")
    assert file.stat().st_size > SMALL
    return file


def open_file(person: Person, file: Path) -> None:
    with person.naming(file):
        person.press(Key.Key_O, CONTROL)


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Files are read once this one is there: until then their reading takes its time."""
    gate = tmp_path / "gate"
    monkeypatch.setattr("gui.files.reading.read_for", _Held(gate))
    yield gate
    gate.touch()


class _Held:
    """A reader that waits; it goes to the reader's process as it is."""

    def __init__(self, gate: Path):
        self._gate = gate

    def __call__(self, connection: Any, file: Path) -> None:
        ended = threading.Event()
        while not self._gate.exists():
            ended.wait(0.01)
        gui.files.reader.read_for(connection, file)


def reading(person: Person) -> bool:
    return any(banner.startswith("Reading ") for banner in person.banners)


def test_a_large_file_is_read_by_another_process_while_the_window_is_used(
    tiny: Person, tmp_path: Path, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.files.documents.try_to_read", None)  # it is not read in this process
    open_file(tiny, save_large(tmp_path / "large.json"))
    assert tiny.banners == ["Reading large.json… What is in the window can be used meanwhile."]
    tiny.wait(lambda: reader_count() == 1)
    tiny.run_steps(2)
    tiny.type_into("title", "Typed meanwhile")
    with tiny.pressing(Button.Cancel):
        gate.touch()
        tiny.wait(lambda: not reading(tiny))
    assert title(tiny) == "Typed meanwhile"
    tiny.wait(lambda: reader_count() == 0)


def test_what_was_read_is_shown_in_full(tiny: Person, tmp_path: Path) -> None:
    file = save_large(tmp_path / "large.json")
    open_file(tiny, file)
    tiny.wait(lambda: title(tiny) == "Large")
    assert tiny.banners == []
    assert not tiny.window.isWindowModified()
    assert tiny.window.session.spec == load(file.read_bytes())
    model = tiny.window.form.findChild(QWidget, "data_grid").model()
    assert [model.index(ROWS - 1, column).data() for column in range(3)] == ["0.125", "4", "1"]
    tiny.wait_for_state("Ready")
    tiny.run_steps(1)  # the engine has it too


def test_cancel_leaves_all_as_it_was(tiny: Person, tmp_path: Path, gate: Path) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    tiny.type_into("title", "Typed")
    tiny.click(tiny.offer("Cancel"))
    tiny.wait(lambda: tiny.banners == [])
    tiny.wait(lambda: reader_count() == 0)
    gate.touch()
    tiny.run_steps(1)
    assert title(tiny) == "Typed"


@pytest.mark.parametrize("size", ["small", "large"])
def test_another_file_takes_the_place_of_one_that_is_being_read(
    tiny: Person, tmp_path: Path, gate: Path, size: str
) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    other = tmp_path / "other.json"
    open_file(tiny, save_experiment(other, title="Other") if size == "small" else save_large(other, title="Other"))
    tiny.wait(lambda: reader_count() == (size == "large"))
    gate.touch()
    tiny.wait(lambda: title(tiny) == "Other" and not reading(tiny))
    assert tiny.window.windowTitle() == "other.json[*] – Lockstep"


def test_new_gives_up_what_is_being_read(tiny: Person, tmp_path: Path, gate: Path) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    tiny.press(Key.Key_N, CONTROL)
    assert tiny.banners == []
    tiny.wait(lambda: reader_count() == 0)
    assert title(tiny) == "The article's experiment"


def test_a_file_that_is_read_while_something_is_asked_waits_for_the_answer(
    tiny: Person, tmp_path: Path, gate: Path
) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    asked: list[int] = []

    tiny.type_into("title", "Typed")
    with ExitStack() as next_answer:

        def stay(box: QWidget) -> None:
            gate.touch()
            tiny.wait(lambda: reader_count() == 0)
            asked.append(sum(isinstance(widget, QMessageBox) for widget in QApplication.topLevelWidgets()))
            tiny.click(box.button(Button.Cancel))
            next_answer.enter_context(tiny.pressing(Button.Discard))  # it is asked as soon as this one is answered

        with tiny.answering(stay):
            tiny.press(Key.Key_N, CONTROL)
        assert asked == [1]
        tiny.wait(lambda: title(tiny) == "Large")


def test_a_faulty_large_file_is_refused_with_its_first_faults_and_their_number(tiny: Person, tmp_path: Path) -> None:
    x: list[list[Any]] = [[1, None] for _ in range(5000)]
    open_file(tiny, save_large(tmp_path / "faulty.json", data={"x": x, "y": [[1]] * 5000}))
    tiny.wait(lambda: tiny.banners != [] and not reading(tiny))
    (banner,) = tiny.banners
    assert banner.startswith("faulty.json: Data, row 1, x2 must be a number, not null; ")
    assert banner.endswith("and 4997 more")
    tiny.click(tiny.offer("Details…"))
    (box,) = tiny.window.findChildren(QMessageBox)
    told = box.text().splitlines()
    box.close()
    assert len(told) == 20
    assert told[-1].endswith("and 4980 more")


def test_a_reader_that_is_killed_is_told(tiny: Person, tmp_path: Path, gate: Path) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    tiny.wait(lambda: reader_count() == 1)
    next(process for process in multiprocessing.active_children() if process.name == "reader").kill()
    tiny.wait(lambda: not reading(tiny))
    assert tiny.banners == ["large.json: The experiment cannot be read: the process that read it has ended"]


def test_closing_the_window_ends_the_reader(tiny: Person, tmp_path: Path, gate: Path) -> None:
    open_file(tiny, save_large(tmp_path / "large.json"))
    tiny.window.close()
    tiny.wait(lambda: reader_count() == 0)


def test_a_large_file_on_the_command_line_comes_when_it_is_read(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_large(tmp_path / "large.json"))
    person.wait(lambda: title(person) == "Large")
    assert person.window.windowTitle() == "large.json[*] – Lockstep"


# --- many rows ------------------------------------------------------------------------------------


def many(count: int) -> dict[str, Any]:
    entry = TINY["optimizers"][0]
    return {"optimizers": [entry | {"label": f"SGD {number}"} for number in range(1, count + 1)]}


def rows(person: Person) -> int:
    return len(person.window.form._optimizers._entries.rows)


def test_many_optimizers_get_their_rows_in_turns(tiny: Person, tmp_path: Path) -> None:
    file = save_experiment(tmp_path / "many.json", **many(60))
    turns: list[int] = []
    at_first: list[Any] = []
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: turns.append(rows(tiny)))
    clock.start()
    tiny.window.documents.opened.connect(lambda _: at_first.extend((rows(tiny), tiny.window.form.raw())))
    open_file(tiny, file)
    tiny.wait(lambda: bool(at_first))
    assert at_first[0] < 60
    assert at_first[1]["optimizers"] == load(file.read_bytes()).as_typed()["optimizers"]
    tiny.wait(lambda: rows(tiny) == 60)
    clock.stop()
    assert len({count for count in turns if 6 < count < 60}) > 3  # the window was asked in between
    assert not tiny.window.isWindowModified()
    assert tiny.window.form.raw()["optimizers"] == load(file.read_bytes()).as_typed()["optimizers"]
    assert tiny.find(QLineEdit, "optimizer60_label").text() == "SGD 60"


def test_an_entry_added_before_all_have_their_rows_comes_last(tiny: Person, tmp_path: Path) -> None:
    made: list[int] = []

    def add(_: Any) -> None:
        made.append(rows(tiny))
        tiny.find(QPushButton, "optimizers_add").click()

    tiny.window.documents.opened.connect(add)
    open_file(tiny, save_experiment(tmp_path / "many.json", **many(30)))
    tiny.wait(lambda: bool(made))
    assert made[0] < 30
    labels = [entry["label"] for entry in tiny.window.form.raw()["optimizers"]]
    assert labels == [*(f"SGD {number}" for number in range(1, 31)), None]


# --- typing, keeping, saving ----------------------------------------------------------------------


@pytest.fixture
def large(tiny: Person, tmp_path: Path) -> Person:
    open_file(tiny, save_large(tmp_path / "large.json"))
    tiny.wait(lambda: title(tiny) == "Large")
    tiny.wait_for_state("Ready")
    return tiny


def cell(person: Person, row: int, column: int, text: str) -> None:
    model = person.window.form.findChild(QWidget, "data_grid").model()
    model.setData(model.index(row, column), text)


def test_a_cell_of_large_data_is_typed_over_and_undone(large: Person) -> None:
    before = large.window.form.raw()["data"]["x"]
    assert isinstance(before, Matrix)
    cell(large, 3, 1, "2.50")
    after = large.window.form.raw()["data"]["x"]
    assert isinstance(after, Edited)
    assert after.base is before, "what is typed costs what was typed"
    large.wait(large.window.isWindowModified)
    assert large.window.session.spec is not None
    assert large.window.session.spec.data is not None
    assert large.window.session.spec.data.x[3] == (0.375, 2.5)
    cell(large, 3, 1, "2.5x")
    large.wait(lambda: large.state == "Faulty entries")
    (fault,) = large.window.session.faults
    assert (fault.path, fault.message) == (("data", "x", 3, 1), 'must be a number, not "2.5x"')
    large.press(Key.Key_Z, Modifier.ControlModifier)
    large.wait(lambda: not large.window.isWindowModified())
    assert large.window.form.raw()["data"]["x"] is before


def drafts() -> list[Path]:
    return list(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)).glob("*.json"))


def test_what_is_typed_into_large_data_is_there_at_the_next_start(large: Person, desk: Desk) -> None:
    cell(large, 3, 1, "half-ty")
    cell(large, 4, 2, "1e-3")
    cell(large, 5, 0, "")
    large.wait(lambda: any("half-ty" in file.read_text(encoding="utf-8") for file in drafts()))
    raw = large.window.form.raw()
    large.window.close()
    again = desk.start()
    assert again.window.form.raw() == raw
    assert again.window.form.raw()["data"]["x"].row(3) == [0.375, "half-ty"]
    assert again.window.documents.title == "large.json"
    assert again.window.documents.unsaved


def test_closing_keeps_what_was_typed_last_of_a_large_experiment(large: Person, desk: Desk) -> None:
    cell(large, 0, 0, "77")
    large.window.close()
    assert desk.start().window.form.raw()["data"]["x"].row(0) == [77, 0]


def test_a_large_experiment_is_saved_as_any_other(large: Person, tmp_path: Path) -> None:
    cell(large, 3, 1, "2.50")
    cell(large, 4, 1, "none yet")
    large.press(Key.Key_S, CONTROL)
    saved = json.loads((tmp_path / "large.json").read_text(encoding="utf-8"))
    assert saved["data"]["x"][3:5] == [[0.375, 2.5], [0.5, "none yet"]]
    assert saved["data"]["y"] == [[row % 3] for row in range(ROWS)]
    assert not large.window.isWindowModified()


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What is large is written once this is set: until then its writing takes its time."""
    go = threading.Event()

    def slowly(file: Path, pieces: Any, stop: threading.Event) -> str | None:
        while not (go.is_set() or stop.is_set()):
            stop.wait(0.01)
        return write_pieces(file, pieces, stop)

    monkeypatch.setattr("gui.files.writing.write_pieces", slowly)
    yield go
    go.set()


def test_the_window_lives_while_its_closing_waits_for_a_large_draft(
    large: Person, desk: Desk, go: threading.Event
) -> None:
    cell(large, 0, 0, "77")

    def close_again(dialog: QWidget) -> None:
        assert isinstance(dialog, QProgressDialog)
        assert dialog.labelText() == "Keeping what was typed for the next start…"
        large.window.close()
        assert large.window.isVisible()
        go.set()

    with large.answering(close_again):
        large.window.close()
    assert not large.window.isVisible()
    assert desk.start().window.form.raw()["data"]["x"].row(0) == [77, 0]


def test_closing_is_given_up_while_it_waits_for_a_large_draft(large: Person, go: threading.Event) -> None:
    cell(large, 0, 0, "half-ty")
    with large.answering(lambda dialog: large.click(dialog.findChild(QPushButton))):
        large.window.close()
    assert large.window.isVisible()
    go.set()
    large.wait(lambda: any("half-ty" in file.read_text(encoding="utf-8") for file in drafts()))


def test_saving_is_seen_and_can_be_cut_short(large: Person, tmp_path: Path, go: threading.Event) -> None:
    before = (tmp_path / "large.json").read_bytes()
    large.type_into("title", "Other")
    large.window.editing.keep_draft = lambda: None  # type: ignore[method-assign]  # that is written too

    def cut_short(dialog: QWidget) -> None:
        assert isinstance(dialog, QProgressDialog)
        assert dialog.labelText() == "Saving large.json…"
        large.click(dialog.findChild(QPushButton))

    with large.answering(cut_short):
        large.press(Key.Key_S, CONTROL)
    go.set()
    assert (tmp_path / "large.json").read_bytes() == before
    assert large.window.isWindowModified()
    assert large.banners == []
    assert [file.name for file in tmp_path.iterdir() if "large.json" in file.name] == ["large.json"]


def failing(_: Any) -> Iterator[bytes]:
    yield b"{"
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("pieces", "wrong"), [(lambda: iter([b"new"]), None), (lambda: failing(0), "No space left on device")]
)
def test_a_file_is_written_whole_or_not_at_all(
    qtbot, tmp_path: Path, pieces: Callable[[], Iterator[bytes]], wrong: str | None
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o640)
    writing = Writing(file, pieces())
    with qtbot.waitSignal(writing.done) as told:
        pass
    assert told.args == [wrong]
    assert file.read_bytes() == (b"new" if wrong is None else b"old")
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.glob("file*")) == [file]
