"""Sessions in the window: saved, opened again where they stood, and runs that are had again after a death."""

import errno
import os
import socket
from itertools import repeat
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from engine.session_file import read_head
from gui.look.naming import plain_text
from tests.gui.windows import Desk, Person, save_experiment

LR = "optimizer1_lr"


def save_session(person: Person, file: Path) -> Path:
    with person.naming(file):
        person.window.actions_.save_session.trigger()
    person.wait(lambda: person.window.documents.file == file)
    return file


def numbers(person: Person) -> Any:
    """The losses of the run and of its branches, to the bit, and what the branches are called."""
    session = person.window.session
    frame = session.newest
    assert frame is not None
    assert frame.curves is not None
    own = [curve.losses.tobytes() for curve in frame.curves.lanes]
    branches = [(one.branch, [curve.losses.tobytes() for curve in one.curves]) for one in frame.curves.branches]
    return own, branches, [session.names.name(one.branch) for one in frame.curves.branches]


def forked(person: Person) -> Person:
    person.run_steps(50)
    person.window.session.seek(20)
    person.wait_for_step(20)
    person.type_into(LR, "0.5")
    person.window._commands.step()
    person.wait_for_step(21)
    person.run_steps(40)
    session = person.window.session
    person.wait(lambda: len(session.branches) == 1)
    session.names.rename(session.branches[0], "the slow one")
    return person


def test_a_session_opens_where_it_stood_with_its_branches(tiny: Person, desk: Desk, tmp_path: Path) -> None:
    forked(tiny)
    tiny.window.session.seek(33)
    tiny.wait_for_step(33)
    before, loss = numbers(tiny), tiny.loss
    file = save_session(tiny, tmp_path / "kept.lockstep")
    assert not tiny.window.documents.unsaved
    other = desk.start(file=file)
    other.wait(lambda: other.step == 33 and other.state == "Paused")
    session = other.window.session
    other.wait(lambda: len(session.branches) == 1)
    assert (numbers(other), other.loss) == (before, loss)
    assert session.newest_step == 61
    assert other.banners == []
    assert not session.stale
    for person in (tiny, other):  # and from there on
        person.window.session.seek(61)
        person.wait_for_step(61)
        person.window.session.run(25)
        person.wait_for_step(86)
    assert numbers(other) == numbers(tiny)


def kill(person: Person) -> None:
    """As kill -9 does it, and wait until the window has told of it."""
    client = person.window.client
    lost = client.pid
    psutil.Process(lost).kill()
    person.wait(lambda: client.pid != lost and bool(person.banners))
    person.wait_for_state("Ready")


def is_kept(person: Person) -> bool:
    """Whether the engine has written the run down."""
    return person.window.session._is_written


def test_a_run_whose_engine_was_killed_is_taken_up_from_where_it_was_written_down(tiny: Person) -> None:
    forked(tiny)
    before = numbers(tiny)
    place = tiny.window.session._place
    assert place is not None
    tiny.wait(lambda: is_kept(tiny))
    tiny.wait(lambda: read_head(place).newest == 61)
    kill(tiny)
    tiny.click(tiny.offer("Return to step 61"))
    tiny.wait_for_step(61)
    tiny.wait(lambda: len(tiny.window.session.branches) == 1)
    assert tiny.window.session._history.changes
    assert numbers(tiny) == before
    assert tiny.banners == []
    tiny.wait(lambda: is_kept(tiny) and not place.exists())  # it is written down anew by then


def test_a_run_outlives_its_window(tiny: Person, desk: Desk) -> None:
    """Its engine writes down what there is when it finds the window gone."""
    forked(tiny)
    before = numbers(tiny)
    tiny.window.editing.keep_draft()
    client, drafts = tiny.window.client, tiny.window.drafts
    assert client._engine is not None
    process = client._engine.process
    client._life += 1  # nobody listens, as it is when the window's process is no more
    client._silence.stop()
    with socket.socket(fileno=os.dup(client._engine._connection.fileno())) as pipe:
        pipe.shutdown(socket.SHUT_RDWR)
    process.join()
    drafts.release()
    place = tiny.window.session._place
    assert place is not None
    place.parent.rename(place.parent.with_name("999999999-0"))  # of a process that there is not
    other = desk.start()
    other.wait_for_state("Ready")
    assert other.window.debugging is not None  # the last that is put together at a start
    other.wait(lambda: any("without being closed" in text for text in other.banners))
    other.click(other.offer("Return to step 61"))
    other.wait_for_step(61)
    other.wait(lambda: len(other.window.session.branches) == 1)
    assert numbers(other)[:2] == before[:2]


def test_a_failed_save_leaves_the_file_whole_and_says_why(
    tiny: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.run_steps(20)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    before = file.read_bytes()
    tiny.run_steps(20)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    tiny.window.actions_.save.trigger()
    assert "No space left" in " ".join(tiny.banners)
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix != ".json"] == ["kept.lockstep"]
    monkeypatch.undo()
    tiny.window.actions_.save.trigger()
    assert file.read_bytes() != before


def test_a_folder_that_is_gone_is_told(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(5)
    folder = tmp_path / "there"
    folder.mkdir()
    file = save_session(tiny, folder / "kept.lockstep")
    file.unlink()
    folder.rmdir()
    tiny.window.actions_.save.trigger()
    assert "No such file or directory" in " ".join(tiny.banners)


def test_what_another_window_has_saved_is_not_replaced_unasked(tiny: Person, desk: Desk, tmp_path: Path) -> None:
    tiny.run_steps(5)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    other = desk.start(file=file)
    other.wait(lambda: other.step == 5)
    other.window.session.run(7)
    other.wait_for_step(12)
    other.window.actions_.save.trigger()
    theirs = file.read_bytes()
    with tiny.pressing(QMessageBox.StandardButton.Cancel):
        tiny.window.actions_.save.trigger()
    assert file.read_bytes() == theirs
    with tiny.answering(lambda box: tiny.click(next(b for b in box.buttons() if b.text() == "Replace"))):  # type: ignore[attr-defined]
        tiny.window.actions_.save.trigger()
    assert (read_head(file).newest, tiny.window.documents.unsaved) == (5, False)


def test_a_disk_that_is_full_before_the_engine_has_written_the_run_leaves_the_file_whole(
    tiny: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.run_steps(20)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    before = file.read_bytes()
    tiny.run_steps(20)
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    monkeypatch.setattr(tiny.window._kept_runs, "temporary", lambda: full)
    tiny.window.actions_.save.trigger()
    assert "No space left" in " ".join(tiny.banners)
    assert file.read_bytes() == before
    assert not full.is_symlink()
    assert Path("/dev/full").exists()
    monkeypatch.undo()
    tiny.window.actions_.save.trigger()
    assert read_head(file).newest == 40


def test_opening_a_session_is_undone_and_done_again(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(30)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    tiny.window.documents.open(save_experiment(tmp_path / "other.json", title="Other"))
    tiny.wait(lambda: tiny.window.documents.title == "other.json")
    tiny.window.documents.open(file)
    tiny.wait(lambda: tiny.step == 30)
    assert plain_text(tiny.window.actions_.undo.text()) == "Undo opening “Tiny”"
    tiny.window.actions_.undo.trigger()
    tiny.wait_for_state("Ready")
    assert (tiny.window.documents.title, tiny.window.form.raw()["title"], tiny.step) == ("other.json", "Other", 0)
    tiny.window.actions_.redo.trigger()
    tiny.wait_for_state("Ready")
    assert tiny.window.documents.file == file
    assert tiny.banners == ["kept.lockstep is back as it was left, and Save writes to it. Its run begins anew."]


def test_of_a_damaged_session_nothing_is_taken(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(30)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    broken = tmp_path / "broken.lockstep"
    broken.write_bytes(content)
    before = tiny.window.form.raw(), tiny.step
    tiny.window.documents.open(broken)
    tiny.wait(lambda: any("damaged" in text for text in tiny.banners))
    assert (tiny.window.form.raw(), tiny.step) == before
    assert tiny.window.documents.file == file


def test_the_menu_lists_what_was_opened_last_and_drops_what_is_gone(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(3)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    tiny.window.documents.open(save_experiment(tmp_path / "other.json"))
    tiny.wait(lambda: tiny.window.documents.title == "other.json")
    assert recent(tiny) == ["1 other.json", "2 kept.lockstep", "3 tiny.json"]
    tiny.choose("File", "Open Recent", "2 kept.lockstep")
    tiny.wait(lambda: tiny.step == 3)
    assert tiny.window.documents.file == file
    (tmp_path / "other.json").unlink()
    tiny.choose("File", "Open Recent", "2 other.json")
    assert "is gone" in " ".join(tiny.banners)
    assert recent(tiny) == ["1 kept.lockstep", "2 tiny.json"]
    tiny.choose("File", "Open Recent", "Clear this list")
    assert recent(tiny) == ["Nothing yet"]


def recent(person: Person) -> list[str]:
    menu = person.window.menus.recent
    menu.aboutToShow.emit()
    titles = [plain_text(action.text()) for action in menu.actions() if action.text()]
    return [title for title in titles if title != "Clear this list"]


def test_a_window_left_with_a_session_begins_with_it_again(tiny: Person, desk: Desk, tmp_path: Path) -> None:
    tiny.run_steps(30)
    save_session(tiny, tmp_path / "kept.lockstep")
    tiny.window.close()
    other = desk.start()
    other.wait(lambda: other.step == 30 and other.state == "Paused")
    assert other.window.documents.title == "kept.lockstep"


def test_a_session_whose_saving_is_cancelled_leaves_the_file_as_it_was(
    tiny: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.run_steps(30)
    file = save_session(tiny, tmp_path / "kept.lockstep")
    before = file.read_bytes()
    tiny.run_steps(30)
    documents, kept = tiny.window.documents, tiny.window._kept_runs._folder
    monkeypatch.setattr("gui.window.session_writing.zip_pieces", lambda _: repeat(b"x"))  # it has no end
    with tiny.answering(lambda dialog: dialog.findChild(QPushButton).click()):
        assert not documents._write(file)
    assert file.read_bytes() == before
    assert list(tmp_path.glob("kept*")) == [file]
    tiny.run_steps(1)  # whatever the engine was asked before is done
    assert list(kept.glob("*.run*")) == []
    assert documents.file == file
    assert tiny.banners == []
