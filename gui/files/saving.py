"""Writes the experiment's file. A large one takes seconds: they are seen, and can be cut short."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from engine.spec import Edited, Numbers, laid_out, layout

from .reader import Raw
from .settings import write_safely
from .writing import Writing

CANCELLED = ""  # in place of what went wrong


def save_experiment(raw: Raw, file: Path, window: QWidget) -> str | None:
    """Save ``raw`` and return what went wrong, if anything: nothing in words where the person has cancelled it."""
    if not has_arrays(raw):
        return write_safely(file, layout(raw) + "\n")
    wrong: list[str | None] = []
    writing = Writing(file, _pieces(raw), window)
    writing.done.connect(wrong.append)
    text = QCoreApplication.translate("Documents", "Saving {file}…").format(file=file.name)
    if not is_waited_for(writing, window, QCoreApplication.translate("Documents", "Save experiment"), text):
        writing.cancel()
    writing.deleteLater()
    return wrong[0] if wrong else CANCELLED


class Waited(Protocol):
    """Tell by the signal ``done`` that something is written, or what went wrong."""

    done: Any


def is_waited_for(writing: Waited, window: QWidget, title: str, text: str) -> bool:
    """Wait, with the event loop alive, for a writing that is not done yet; False where the person waits no longer.

    Behind the dialog that says so, what is written stays what is seen: nothing is typed meanwhile.
    """
    dialog = QProgressDialog(text, QCoreApplication.translate("Documents", "Cancel"), 0, 0, window)
    dialog.setWindowTitle(title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(0)
    writing.done.connect(dialog.accept)
    dialog.canceled.connect(dialog.reject)
    is_done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return is_done


def has_arrays(raw: Raw) -> bool:
    """Tell whether there are so many numbers in it that the forms hold them as arrays."""
    start = raw.get("start")
    groups = [raw.get("data"), start.get("weights") if isinstance(start, dict) else None]
    return any(
        isinstance(one, Numbers | Edited) for group in groups if isinstance(group, dict) for one in group.values()
    )


def _pieces(raw: Raw) -> Iterator[bytes]:
    for piece in laid_out(raw):
        yield piece.encode()
    yield b"\n"
