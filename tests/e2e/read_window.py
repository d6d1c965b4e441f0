"""The real program, read as a screen reader reads it: what is on screen, what it says, and where it is.

    read_window.py SOCKET [FILE.json]

It is ``main.py`` in every respect: the same command, window and engine process. Beside it an object answers, over a
local socket, from the tree that Qt offers to screen readers; it sees names, texts and places of what is visible, and
can change nothing. So a test finds a button wherever a theme, a font or another row of buttons has moved it, as
pixels written down could not, and each name that it uses is one that a person who cannot see relies on.

A question is a line of JSON, and so is the answer.
"""

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import main


def serve(address: str) -> Any:
    """Answer questions while Qt's events are looked after; what is returned must be kept."""
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtGui import QAccessible

    QAccessible.setActive(True)  # as if somebody listened: only then Qt keeps a sorted table's lines in their order
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen()
    notifier = QSocketNotifier(door.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: answer(door))
    return door, notifier


def answer(door: socket.socket) -> None:
    connection, _ = door.accept()
    with connection, connection.makefile("rw", encoding="utf-8") as talk:
        question = json.loads(talk.readline())
        talk.write(json.dumps(found(question["path"]) if "path" in question else focus()) + "\n")


def focus() -> list[str]:
    """The names of what has the keyboard."""
    from PySide6.QtWidgets import QApplication

    widget = QApplication.focusWidget()
    return [] if widget is None else [widget.objectName(), widget.accessibleName()]


def found(path: list[str]) -> dict[str, Any] | None:
    """The first that is on screen with these names, each within the one before, or nothing."""
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QApplication

    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    tops = [QAccessible.queryAccessibleInterface(window) for window in windows]
    for with_cells in (False, True):  # a table's thousands are gone through for what is nowhere else
        places = tops
        for name in path[:-1]:
            places = [part for place in places for part in parts(place, with_cells) if name in names(part)]
        found = (part for place in places for part in parts(place, with_cells) if path[-1] in names(part))
        if (place := next(found, None)) is not None:
            return told(place)
    return None


def parts(place: Any, with_cells: bool) -> Iterator[Any]:
    """It and all that is visible within it."""
    from PySide6.QtGui import QAccessible

    if place is None or not place.isValid() or place.state().invisible:
        return
    yield place
    if not with_cells and place.role() in (QAccessible.Role.Table, QAccessible.Role.Tree, QAccessible.Role.List):
        return
    for number in range(place.childCount()):
        yield from parts(place.child(number), with_cells)


def names(place: Any) -> tuple[str, ...]:
    """What it is called on screen, and what the program calls it."""
    from PySide6.QtGui import QAccessible

    thing = place.object()
    return place.text(QAccessible.Text.Name), thing.objectName() if thing is not None else ""


def told(place: Any) -> dict[str, Any]:
    from PySide6.QtGui import QAccessible

    name, value = place.text(QAccessible.Text.Name), place.text(QAccessible.Text.Value)
    state = place.state()
    return {
        "text": value or name,
        "place": place.rect().getRect(),
        "off": bool(state.offscreen),
        "enabled": not state.disabled,
        "cells": [part.text(QAccessible.Text.Name) for part in cells(place)],
    }


def cells(place: Any) -> Iterator[Any]:
    """Of a table or list, row by row."""
    from PySide6.QtGui import QAccessible

    roles = (QAccessible.Role.Cell, QAccessible.Role.TreeItem, QAccessible.Role.ListItem)
    return (place.child(number) for number in range(place.childCount()) if place.child(number).role() in roles)


if __name__ == "__main__":
    from gui.window import app as program

    make, kept = program.make_application, []

    def make_and_read() -> Any:
        application = make()
        kept.append(serve(sys.argv[1]))
        return application

    program.make_application = make_and_read
    sys.exit(main.main(sys.argv[2:]))
