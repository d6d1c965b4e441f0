"""Sessions in the window: saved, opened again where they stood, and runs that are had again after a death."""

import os
import socket
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.session_file import read_head
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
    other = desk.start()
    other.wait_for_state("Ready")
    other.window.debugging
    other.wait(lambda: any("without being closed" in text for text in other.banners))
    other.click(other.offer("Return to step 61"))
    other.wait_for_step(61)
    other.wait(lambda: len(other.window.session.branches) == 1)
    assert numbers(other)[:2] == before[:2]
