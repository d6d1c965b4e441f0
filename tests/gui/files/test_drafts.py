"""What is typed is not lost: not by another window, a full disk, a kill in the midst of typing, nor by closing."""

import json
import os
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QLockFile, QStandardPaths
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

import gui.files.drafts
import gui.window.editing
from engine.spec import Matrix, load
from gui.files.documents import DEFAULT
from gui.files.draft_file import about, read_draft_for
from gui.files.packing import packed
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment
from tests.programs import run_python

Answer = QMessageBox.StandardButton


def folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def kept() -> dict[str, str]:
    """The title in every draft there is."""
    files = sorted(folder().glob("draft*.json"))
    return {file.name: json.loads(file.read_text(encoding="utf-8"))["raw"]["title"] for file in files}


def title(person: Person) -> str:
    return person.find(QWidget, "title").text()


def to_front(person: Person) -> None:
    person.window.activateWindow()
    person.wait(person.window.isActiveWindow)


def leave(title: str, saved: str = "", name: str = "draft.json", written: int = 0) -> Path:
    """A draft as a window has left it, ``written`` so many seconds ago."""
    raw = json.loads(DEFAULT.read_text(encoding="utf-8"))
    folder().mkdir(parents=True, exist_ok=True)
    draft = {"raw": raw | {"title": title}, "file": None, "saved": raw | {"title": saved}}
    (folder() / name).write_text(json.dumps(draft), encoding="utf-8")
    then = 1_700_000_000 - written
    os.utime(folder() / name, (then, then))
    return folder() / name


def offers(person: Person) -> list[str]:
    QApplication.processEvents()
    return [button.text() for button in person.window.banners.findChildren(QPushButton) if button.isVisible()]


# --- two windows --------------------------------------------------------------------------------


def test_an_untouched_window_takes_nothing_from_another(desk: Desk) -> None:
    untouched, typing = desk.start(), desk.start()
    typing.type_into("title", "Typed")
    untouched.window.close()
    typing.window.close()
    assert kept() == {"draft.json": "Typed"}
    assert title(desk.start()) == "Typed"


def test_an_untouched_window_writes_nothing_at_all(desk: Desk) -> None:
    desk.start().window.close()
    assert kept() == {}
    file = leave("Mine")
    before = file.stat().st_mtime_ns
    person = desk.start()
    assert title(person) == "Mine"
    person.window.close()
    assert file.stat().st_mtime_ns == before


def test_each_of_two_windows_has_its_own_and_both_come_back(desk: Desk) -> None:
    second, first = desk.start(), desk.start()
    first.type_into("title", "One")
    first.wait(lambda: kept() == {"draft.json": "One"})
    to_front(second)
    second.type_into("title", "Two")
    second.wait(lambda: kept() == {"draft.json": "One", "draft-2.json": "Two"})
    first.window.close()
    second.window.close()
    again = desk.start()
    assert title(again) == "Two"
    assert offers(again) == ["Show “One”"]
    again.click(again.offer("Show “One”"))
    again.wait(lambda: title(again) == "One")
    assert offers(again) == ["Show “Two”"]
    other = desk.start()
    assert title(other) == "Two", "the newest that no running window has"
    again.click(again.offer("Show “Two”"))
    again.wait(lambda: again.banners == [])
    assert title(again) == "One", "it is the other window's by now"
    assert kept() == {"draft.json": "One", "draft-2.json": "Two"}


def test_what_is_saved_hides_nothing_that_is_not_and_goes(desk: Desk) -> None:
    leave("Typed", written=1000)
    leave("Saved", saved="Saved", name="draft-2.json")
    person = desk.start()
    assert title(person) == "Typed"
    assert person.banners == []
    assert list(kept()) == ["draft.json"]


def test_the_draft_of_a_window_that_was_killed_is_there_for_the_next(desk: Desk) -> None:
    """It has left its lock, and what it had written of a next one."""
    code = (
        "import os, sys; from PySide6.QtCore import QLockFile\n"
        "lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0); lock.tryLock(0); os.kill(os.getpid(), 9)"
    )
    file = leave("Killed")
    (folder() / "draft.json.aBcDeF").write_text("{", encoding="utf-8")
    run_python("-c", code, f"{file}.lock")
    assert Path(f"{file}.lock").exists()
    person = desk.start()
    assert title(person) == "Killed"
    person.window.close()
    assert sorted(path.name for path in folder().iterdir()) == ["draft.json"]


def test_another_windows_save_is_not_overwritten_unasked(desk: Desk, tmp_path: Path) -> None:
    file = save_experiment(tmp_path / "mine.json")
    second, first = desk.start(file=file), desk.start(file=file)
    first.type_into("title", "One")
    first.press(Key.Key_S, Modifier.ControlModifier)
    assert load(file.read_bytes()).title == "One"
    to_front(second)
    second.type_into("title", "Two")
    with second.pressing(Answer.Cancel):
        second.press(Key.Key_S, Modifier.ControlModifier)
    assert load(file.read_bytes()).title == "One"

    def replace(box: QWidget) -> None:
        second.click(next(button for button in box.findChildren(QPushButton) if button.text() == "Replace"))

    for answer in (replace, None):  # once it is known, it is not asked again
        if answer is not None:
            with second.answering(answer):
                second.press(Key.Key_S, Modifier.ControlModifier)
        else:
            second.press(Key.Key_S, Modifier.ControlModifier)
        assert load(file.read_bytes()).title == "Two"


# --- typing -------------------------------------------------------------------------------------


def test_typing_without_a_pause_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it goes on; each letter comes sooner than a draft is due."""
    person = desk.start()
    field = person.type_into("title", "a")
    letters = 0
    while "draft.json" not in kept():
        person.qtbot.keyClick(field, Key.Key_B, delay=gui.window.editing.DRAFT_PACE // 8)
        letters += 1
        assert letters < 100, "all this was typed, and nothing is kept"


def test_typing_a_breakpoints_number_is_kept_before_it_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.forms.breakpoints.fields.TYPING_PAUSE", 10**6)
    person = desk.start()
    page = person.window.form.breakpoints
    page._make()
    page._add("line")
    field = page.findChild(QWidget, "breakpoint_hits")
    field.setFocus()
    person.qtbot.keyClicks(field, "73")
    person.wait(lambda: any('"hits": 73' in file.read_text(encoding="utf-8") for file in folder().glob("draft*.json")))


# --- where nothing can be kept --------------------------------------------------------------------


class Disk:
    """The disk that drafts are on; ``full`` as it is, or is not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.full = True
        write = gui.files.drafts.write_safely

        def written(file: Path, content: str) -> str | None:
            return "No space left on device" if self.full else write(file, content)

        monkeypatch.setattr(gui.files.drafts, "write_safely", written)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(monkeypatch)
    yield disk
    disk.full = False  # or closing would ask


def test_a_full_disk_is_told_while_it_is_full(desk: Desk, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gui.window.editing, "DRAFT_RETRY", 50)
    person = desk.start()
    person.type_into("title", "Mine")
    person.wait(lambda: bool(person.banners))
    (banner,) = person.banners
    assert banner == "What you type is not kept for the next start: No space left on device"
    disk.full = False
    person.wait(lambda: person.banners == [])
    assert kept() == {"draft.json": "Mine"}


def test_it_is_told_once_though_more_is_typed(desk: Desk, disk: Disk) -> None:
    person = desk.start()
    person.type_into("title", "Mine")
    person.wait(lambda: bool(person.banners))
    person.dismiss_banner()
    person.wait(lambda: person.banners == [])
    person.type_into("title", "Mine too")
    person.window.editing.keep_draft()
    assert person.banners == []


def test_closing_asks_where_nothing_was_kept(desk: Desk, disk: Disk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "mine.json"))
    person.type_into("title", "Mine")
    with person.pressing(Answer.Cancel):
        person.window.close()
    assert person.window.isVisible()
    assert person.window.client.pid is not None
    with person.pressing(Answer.Save):
        person.window.close()
    assert not person.window.isVisible()
    assert load((tmp_path / "mine.json").read_bytes()).title == "Mine"


def test_closing_does_not_ask_where_all_is_saved(desk: Desk, disk: Disk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "mine.json"))
    person.wait(lambda: bool(person.banners))
    person.window.close()
    assert not person.window.isVisible()


def test_a_home_that_cannot_be_written_is_told_and_asked_about(desk: Desk) -> None:
    folder().parent.mkdir(parents=True, exist_ok=True)
    folder().write_text("a file where the folder should be", encoding="utf-8")
    person = desk.start()
    person.type_into("title", "Mine")
    person.wait(lambda: bool(person.banners))
    assert "File exists" in person.banners[0]
    with person.pressing(Answer.Discard):
        person.window.close()
    assert not person.window.isVisible()


def test_what_is_offered_to_be_saved_is(desk: Desk, disk: Disk, tmp_path: Path) -> None:
    person = desk.start()
    person.type_into("title", "Mine")
    person.wait(lambda: bool(person.banners))
    with person.naming(tmp_path / "mine.json"):
        person.click(person.offer("Save as…"))
    assert load((tmp_path / "mine.json").read_bytes()).title == "Mine"


def test_a_lock_that_cannot_be_had_is_told_by_its_reason(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a home that is read-only, which stops no root."""
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_: False)
    monkeypatch.setattr(QLockFile, "error", lambda _: QLockFile.LockError.PermissionError)
    leave("Mine")
    person = desk.start()
    assert title(person) == "Mine"
    person.type_into("title", "More")
    person.wait(lambda: bool(person.banners))
    assert "Permission denied" in person.banners[0]
    with person.pressing(Answer.Discard):
        person.window.close()
    assert kept() == {"draft.json": "Mine"}


def unreadable(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"\xff")

    def stays(*_: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(gui.files.drafts.os, "rename", stays)


def test_what_cannot_be_moved_aside_stays_and_is_not_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = leave("Mine")
    unreadable(file, monkeypatch)
    person = desk.start()
    assert str(file) in person.banners[0]
    person.type_into("title", "New")
    person.wait(lambda: (folder() / "draft-2.json").exists())
    person.window.close()
    assert file.read_bytes() == b"\xff"


# --- a large one is read beside the window --------------------------------------------------------


def leave_large(title: str, name: str = "draft.json") -> Path:
    """A draft of more than is read at once, as a window writes it."""
    place = leave(title, name=name)
    raw = json.loads(place.read_text(encoding="utf-8"))["raw"]
    rows = np.arange(4.0 * 25_000)
    raw["data"] = {
        "x": Matrix(rows, np.full(25_000, 4, np.int64)),
        "y": Matrix(rows, np.full(25_000, 4, np.int64)),
    }
    draft = {"raw": raw, "file": None, "saved": {}}
    place.write_bytes(b"".join(packed({"about": about(draft)._asdict()} | draft).pieces()))
    assert place.stat().st_size > gui.files.drafts.SMALL
    return place


class Held:
    """Reads once a gate is there: until then the reading takes its time. It goes to the reader's process as it is."""

    def __init__(self, gate: Path):
        self._gate = gate

    def __call__(self, connection: Connection, place: Path) -> None:
        ended = threading.Event()
        while not self._gate.exists():
            ended.wait(0.01)
        read_draft_for(connection, place)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Path]:
    gate = tmp_path / "gate"
    yield gate
    gate.touch()


def test_a_large_draft_is_read_beside_the_window_and_shown(
    desk: Desk, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_large("Many rows")
    monkeypatch.setattr("gui.files.drafts.read_draft", None)  # not in this process
    monkeypatch.setattr("gui.window.draft_messages.read_draft_for", Held(gate))
    person = desk.start()
    assert "Reading what was typed last: Many rows" in person.banners
    gate.touch()
    person.wait(lambda: title(person) == "Many rows")
    assert person.banners == []
    assert person.window.form.raw()["data"]["x"].tolist()[-1] == [99_996.0, 99_997.0, 99_998.0, 99_999.0]
    person.type_into("title", "Mine")
    person.window.close()
    assert kept() == {"draft.json": "Mine"}


def test_what_is_typed_while_a_large_draft_is_read_stays_and_the_draft_is_offered(
    desk: Desk, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_large("Many rows")
    monkeypatch.setattr("gui.window.draft_messages.read_draft_for", Held(gate))
    person = desk.start()
    person.type_into("title", "Typed meanwhile")
    gate.touch()
    person.wait(lambda: offers(person) == ["Show “Many rows”"])
    assert title(person) == "Typed meanwhile"
    person.click(person.offer("Show “Many rows”"))
    person.wait(lambda: title(person) == "Many rows")
    assert offers(person) == ["Show “Typed meanwhile”"]
    person.window.close()
    assert sorted(kept().values()) == ["Many rows", "Typed meanwhile"]


def test_closing_while_a_large_draft_is_read_leaves_it_for_the_next_start(
    desk: Desk, gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = leave_large("Many rows")
    before = place.read_bytes()
    monkeypatch.setattr("gui.window.draft_messages.read_draft_for", Held(gate))
    desk.start().window.close()
    gate.touch()
    assert place.read_bytes() == before
    person = desk.start()
    person.wait(lambda: title(person) == "Many rows")


def test_a_large_draft_that_cannot_be_read_is_set_aside_and_told(desk: Desk) -> None:
    place = leave_large("Many rows")
    broken = place.read_bytes()[:-1000]
    place.write_bytes(broken)
    person = desk.start()
    person.wait(lambda: any("could not be read" in banner for banner in person.banners))
    assert place.with_name("unreadable-1.json").read_bytes() == broken
