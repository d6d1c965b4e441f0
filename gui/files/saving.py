"""Writes the experiment's file. A large one takes seconds: they are seen, and can be cut short."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.spec import Edited, Numbers, laid_out, layout

from .reader import Raw
from .settings import write_safely
from .writing import Writing

CANCELLED = ""  # in place of what went wrong


def save_experiment(raw: Raw, file: Path, window: QWidget) -> str | None:
    """Save ``raw`` and return what went wrong, if anything: nothing in words where the person has cancelled it."""
    if not has_arrays(raw):
        return write_safely(file, layout(raw) + "\n")
    dialog = _progress(file, window)
    wrong: list[str | None] = []
    writing = Writing(file, _pieces(raw), dialog)
    writing.done.connect(wrong.append)
    writing.done.connect(dialog.accept)
    dialog.canceled.connect(dialog.reject)
    dialog.exec()
    if not wrong:
        writing.cancel()
    dialog.deleteLater()
    return wrong[0] if wrong else CANCELLED


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


def _progress(file: Path, window: QWidget) -> QProgressDialog:
    """Make the dialog that keeps what is written what is seen: nothing is typed meanwhile."""
    text = QCoreApplication.translate("Documents", "Saving {file}…").format(file=file.name)
    dialog = QProgressDialog(text, QCoreApplication.translate("Documents", "Cancel"), 0, 0, window)
    dialog.setWindowTitle(QCoreApplication.translate("Documents", "Save experiment"))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(0)
    return dialog
