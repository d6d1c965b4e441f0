"""The debugger's commands as actions: their keys, icons and explanations."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from gui.look.icons import icon
from gui.look.naming import plain_text
from gui.look.theme import Theme

from .step.controller import DebugController


class DebugActions(QObject):
    """Hold the actions of the debugger: their keys work only while the widget that has them is visible.

    ``about_to_move``: a command was given and is carried out next; what is still being typed counts before.
    """

    about_to_move = Signal()

    def __init__(self, controller: DebugController, parent: QObject | None = None):
        super().__init__(parent)
        self._controller = controller
        self._icons: dict[QAction, str] = {}
        self._make_backward(controller)
        self._make_forward(controller)
        self.breakpoint = self._make("toggleBreakpoint", self.tr("Toggle &breakpoint"), "F9", "", lambda: None)
        self.breakpoint.setStatusTip(self.tr("Stop before the line of the text cursor, or no more"))
        self.backward = (
            self.step_back,
            self.stage_back,
            self.continue_back,
            self.out_back,
            self.into_back,
            self.over_back,
        )
        self.forward = (self.over, self.into, self.out, self.continue_, self.stage, self.step)
        controller.state_changed.connect(self._update)
        controller.cursor_changed.connect(self._update)
        controller.waiting.connect(self._update)
        self._update()

    def _make_forward(self, controller: DebugController) -> None:
        make = self._make
        self.continue_ = make(
            "debugContinue", self.tr("&Continue"), "F5", self.tr("Run on to the next breakpoint"), controller.continue_
        )
        self.over = make(
            "debugOver", self.tr("Step &over"), "F10", self.tr("Next line, past what this one calls"), controller.over
        )
        self.into = make(
            "debugInto", self.tr("Step &into"), "F11", self.tr("Next line, into what this one calls"), controller.into
        )
        self.out = make("debugOut", self.tr("Step ou&t"), "Shift+F11", self.tr("On to the caller"), controller.out)
        self.stage = make(
            "debugStage",
            self.tr("Next &stage"),
            "F6",
            self.tr("On to the beginning of the next stage"),
            controller.stage,
        )
        self.step = make(
            "debugStep",
            self.tr("Next training ste&p"),
            "Alt+Right",
            self.tr("The same place, one training step on"),
            controller.next_step,
        )

    def _make_backward(self, controller: DebugController) -> None:
        make = self._make
        self.continue_back = make(
            "debugContinueBack",
            self.tr("Continue bac&kwards"),
            "Ctrl+F5",
            self.tr("Run back to the last breakpoint before"),
            controller.continue_back,
        )
        self.over_back = make(
            "debugOverBack",
            self.tr("Step over backwards"),
            "Ctrl+F10",
            self.tr("Line before, past what it called"),
            controller.over_back,
        )
        self.into_back = make(
            "debugIntoBack",
            self.tr("Step into backwards"),
            "Ctrl+F11",
            self.tr("Line before, into what it called"),
            controller.into_back,
        )
        self.out_back = make(
            "debugOutBack",
            self.tr("Step out backwards"),
            "Ctrl+Shift+F11",
            self.tr("Back to the caller"),
            controller.out_back,
        )
        self.stage_back = make(
            "debugStageBack",
            self.tr("Previous stage"),
            "Ctrl+F6",
            self.tr("Back to the beginning of this stage, then of the one before"),
            controller.stage_back,
        )
        self.step_back = make(
            "debugStepBack",
            self.tr("Previous training step"),
            "Alt+Left",
            self.tr("The same place, one training step back"),
            controller.previous_step,
        )

    def _make(self, name: str, text: str, keys: str, tip: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setIconText(plain_text(text))
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        shown_keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"<b>{plain_text(text)}</b> ({shown_keys})<br>{tip}" if tip else plain_text(text))
        action.setStatusTip(tip)
        action.triggered.connect(lambda _=False: self.about_to_move.emit())
        action.triggered.connect(lambda _=False: slot())
        return action

    @property
    def all(self) -> tuple[QAction, ...]:
        """Return all actions in the order of a menu."""
        there = (self.continue_, self.over, self.into, self.out, self.stage, self.step)
        back = (self.continue_back, self.over_back, self.into_back, self.out_back, self.stage_back, self.step_back)
        return (*there, *back, self.breakpoint)

    def set_theme(self, theme: Theme) -> None:
        names = {
            self.continue_: "continue",
            self.over: "over",
            self.into: "into",
            self.out: "out",
            self.stage: "stage",
            self.step: "step",
            self.continue_back: "continue-back",
            self.over_back: "over-back",
            self.into_back: "into-back",
            self.out_back: "out-back",
            self.stage_back: "stage-back",
            self.step_back: "step-back",
        }
        for action, name in names.items():
            made = icon(f"debug-{name}", theme.text)
            for pixmap in (
                icon(f"debug-{name}", theme.border).pixmap(40, 40),
                icon(f"debug-{name}", theme.border).pixmap(20, 20),
            ):
                made.addPixmap(pixmap, made.Mode.Disabled)
            action.setIcon(made)

    def _update(self) -> None:
        """At the very beginning there is nothing to go back to."""
        controller = self._controller
        ready = controller.state == "ready" and not controller.running
        has_before = ready and (controller.cursor > 0 or controller.step > 1)
        for action in self.forward:
            action.setEnabled(ready)
        for action in self.backward:
            action.setEnabled(has_before)
        self.step_back.setEnabled(ready and controller.step > 1)
        self.breakpoint.setEnabled(controller.state == "ready")
