"""What the actions on the run do: an edit that still waits always counts first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.session.session import Session

from .copying import losses_as_text
from .editing import Editing
from .transport import Transport

if TYPE_CHECKING:
    from gui.debug.debugging import Debugging


class RunCommands(QObject):
    """Carry out the run's commands. ``debugging`` gives the debugger when it is needed."""

    def __init__(
        self,
        session: Session,
        editing: Editing,
        transport: Transport,
        debugging: Callable[[], "Debugging"],
        parent: QObject,
    ):
        super().__init__(parent)
        self._session, self._editing, self._transport, self._debugging = session, editing, transport, debugging

    def reset(self) -> None:
        self._editing.flush()
        self._session.reset()

    def run_or_pause(self) -> None:
        if self._session.running:
            self._session.pause()
        else:
            self._editing.flush()
            self._session.run(None, self._transport.rate)

    def step(self) -> None:
        self._editing.flush()
        if self._session.running:
            self._session.pause()
        else:
            self._session.run(1)

    def run_steps(self) -> None:
        self._editing.flush()
        self._transport.steps.interpretText()
        self._session.run(self._transport.steps.value(), self._transport.rate)

    def look_into(self) -> None:
        self._editing.flush()
        self._debugging().open_next()

    def seek(self, step: int) -> None:
        self._editing.flush()  # an edit belongs to the step that it was made at
        self._session.seek(step)

    def copy_losses(self) -> None:
        frame, spec = self._session.newest, self._session.run_spec
        if frame is not None and spec is not None and frame.step:
            QApplication.clipboard().setText(losses_as_text(spec, frame))
