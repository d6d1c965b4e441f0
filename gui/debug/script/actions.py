"""The keys of a script's recorded run: those of the debugger, without what only an experiment has."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from gui.look.icons import icon
from gui.look.naming import plain_text
from gui.look.theme import Theme

from .steps import ScriptSteps


class ScriptActions(QObject):
    """Hold the actions: their keys work while the widget that has them is visible. ``go`` runs and stops."""

    def __init__(self, steps: ScriptSteps, parent: QObject | None = None):
        super().__init__(parent)
        self._steps = steps
        make = self._make
        self.continue_ = make("scriptContinue", self.tr("&Continue"), "F5", steps.continue_)
        self.over = make("scriptOver", self.tr("Step &over"), "F10", steps.over)
        self.into = make("scriptInto", self.tr("Step &into"), "F11", steps.into)
        self.out = make("scriptOut", self.tr("Step ou&t"), "Shift+F11", steps.out)
        self.departure = make("scriptDeparture", self.tr("Next &departure"), "F6", steps.departure)
        self.continue_back = make("scriptContinueBack", self.tr("Continue bac&kwards"), "Ctrl+F5", steps.continue_back)
        self.over_back = make("scriptOverBack", self.tr("Step over backwards"), "Ctrl+F10", steps.over_back)
        self.into_back = make("scriptIntoBack", self.tr("Step into backwards"), "Ctrl+F11", steps.into_back)
        self.out_back = make("scriptOutBack", self.tr("Step out backwards"), "Ctrl+Shift+F11", steps.out_back)
        self.departure_back = make(
            "scriptDepartureBack", self.tr("Previous departure"), "Ctrl+F6", steps.departure_back
        )
        self.go = make("scriptGo", self.tr("&Run it"), "Ctrl+Return", lambda: None)
        self.close = make("scriptClose", self.tr("Close, back to the experiment"), "Ctrl+W", lambda: None)
        self.backward = (self.departure_back, self.continue_back, self.out_back, self.into_back, self.over_back)
        self.forward = (self.over, self.into, self.out, self.continue_, self.departure)
        for signal in (steps.moved, steps.changed):
            signal.connect(self._update)
        self._update()

    @property
    def all(self) -> tuple[QAction, ...]:
        """Return all actions in the order of a menu."""
        return (self.go, *self.forward, *self.backward, self.close)

    def _make(self, name: str, text: str, keys: str, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setIconText(plain_text(text))
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"<b>{plain_text(text)}</b> ({shown})")
        action.triggered.connect(lambda _=False: slot())
        return action

    def set_theme(self, theme: Theme) -> None:
        there = dict(zip(self.forward, ("over", "into", "out", "continue", "stage"), strict=True))
        back = dict(zip(self.backward, ("stage", "continue", "out", "into", "over"), strict=True))
        pictures = there | {action: f"{picture}-back" for action, picture in back.items()}
        for action, picture in pictures.items():
            name = f"debug-{picture}"
            made = icon(name, theme.text)
            for size in (20, 40):
                made.addPixmap(icon(name, theme.border).pixmap(size, size), made.Mode.Disabled)
            action.setIcon(made)

    def _update(self) -> None:
        steps = self._steps
        for action in self.forward:
            action.setEnabled(steps.traced is not None and steps.cursor < steps.last)
        for action in self.backward:
            action.setEnabled(steps.traced is not None and steps.cursor > 0)
