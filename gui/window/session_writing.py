"""A session's file is written: the run by the engine, as it stands, then all of it beside the window."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import JobFailed, RunWritten, WriteRun
from engine.session_file import Damaged, zip_pieces
from gui.files.session_reader import SessionParts, session_members
from gui.files.writing import Writing
from gui.session.jobs import NewestJob
from gui.session.session import Session


class SessionWriting(QObject):
    """Write a session. ``done``: what went wrong, or None. After ``cancel`` nothing is left or comes.

    ``temporary`` is a file that the engine writes the run to; None where there is no run to be kept.
    """

    done = Signal(object)

    def __init__(
        self, file: Path, session: Session, raw: Mapping[str, Any], shown: Mapping[str, Any], temporary: Path | None,
        parent: QObject,
    ):  # fmt: skip
        super().__init__(parent)
        self._file, self._temporary = file, temporary
        self._parts = SessionParts(raw, dict(session.code_texts), shown, temporary)
        self._writing: Writing | None = None
        self._job = NewestJob(session.jobs, self)
        self._job.answered.connect(self._on_written)
        self._job.failed.connect(self._on_failed)
        self._job.lost.connect(lambda: self._end(self.tr("the engine stopped before the run was written")))
        if temporary is None:
            QTimer.singleShot(0, self, self._write)
        else:
            self._job.begin(lambda generation, job: WriteRun(generation, job, str(temporary)))

    def _on_written(self, written: RunWritten) -> None:
        if written.wrong is not None:
            self._end(written.wrong)
        else:
            self._write()

    def _on_failed(self, failed: JobFailed) -> None:
        line = failed.detail.strip().splitlines()[-1] if failed.detail.strip() else ""
        self._end(line or self.tr("there is no run"))

    def _write(self) -> None:
        self._writing = Writing(self._file, self._pieces(), self)
        self._writing.done.connect(self._end)

    def _pieces(self) -> Iterator[bytes]:
        try:
            yield from zip_pieces(session_members(self._parts))
        except Damaged as error:
            raise OSError(str(error.fields.get("detail", error))) from None

    def _end(self, wrong: str | None) -> None:
        self._clear()
        self.done.emit(wrong)

    def _clear(self) -> None:
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink()

    def cancel(self) -> None:
        self._job.drop()
        if self._writing is not None:
            self._writing.cancel()
        self._clear()
