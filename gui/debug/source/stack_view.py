"""The calls under way, side by side: outermost first, each a button that shows its variables and its source."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from engine.protocol import Traced
from gui.look.naming import name_field
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from ..step.cursor import StackFrame, stack_at

translate = QCoreApplication.translate

WAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _FrameButton(QToolButton):
    """A button of its own would take the arrows to move the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in WAYS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StackView(QWidget):
    """Show the calls under way, in a menu what finds no room. ``frame_chosen`` carries the event a frame stands at."""

    frame_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        name_field(self, "callStack", self.tr("Call stack"))
        self._frames: tuple[StackFrame, ...] = ()
        self._looked = 0
        self._buttons: list[QToolButton] = []
        self._signs: list[QLabel] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 0, 4, 0)
        self._row.setSpacing(0)
        self._more = self._button("…", "moreFrames", self.tr("The calls outside of these"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._file = QLabel()
        mute(self._file)
        name_field(self._file, "sourceFile", self.tr("File"))
        self._row.addWidget(self._file)
        self.set_theme(LIGHT)

    def show_event(self, traced: Traced | None, cursor: int, looked: int) -> None:
        """Show the stack at ``cursor``, with the frame that stands at ``looked`` marked."""
        frames = () if traced is None else stack_at(traced, cursor)
        if frames != self._frames:
            self._frames = frames
            self._fill()
        self._looked = next((at for at, frame in enumerate(frames) if frame.event == looked), len(frames) - 1)
        for at, button in enumerate(self._buttons):
            button.setChecked(at == self._looked)
        self._file.setText(frames[self._looked].file if frames else "")
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        plain = "QToolButton { border: none; border-bottom: 2px solid transparent; padding: 2px 4px 1px 4px; }"
        looked = f"QToolButton:checked {{ color: {theme.accent}; border-bottom-color: {theme.accent}; }}"
        focus = f"QToolButton:focus {{ background-color: {theme.alternate}; }}"
        hover = f"QToolButton:hover {{ color: {theme.accent}; }}"
        self.setStyleSheet(plain + looked + focus + hover)

    def _button(self, text: str, name: str, tip: str) -> QToolButton:
        button = _FrameButton()
        button.setText(text)
        name_field(button, name, text, tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _fill(self) -> None:
        focused = next((at for at, button in enumerate(self._buttons) if button.hasFocus()), None)
        for widget in (*self._buttons, *self._signs):
            self._row.removeWidget(widget)
            widget.hide()
            widget.setObjectName("")  # until it is deleted, one name would stand for two
            widget.deleteLater()
        self._buttons, self._signs = [], []
        for at, frame in enumerate(self._frames):
            tip = self.tr("{file}, line {line}").format(file=frame.file, line=frame.line)
            button = self._button(frame_text(self._frames, at), f"frame{at}", tip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, event=frame.event: self.frame_chosen.emit(event))
            sign = QLabel("›")
            mute(sign)
            self._buttons.append(button)
            self._signs.append(sign)
            self._row.insertWidget(1 + 2 * at, sign)
            self._row.insertWidget(2 + 2 * at, button)
        if focused is not None and self._buttons:
            self._buttons[min(focused, len(self._buttons) - 1)].setFocus()

    def _fit(self) -> None:
        """From the right as many as find room, at least the innermost."""
        room = self.width() - 8
        needed = [button.sizeHint().width() + 8 for button in self._buttons]
        self._file.setVisible(sum(needed) + self._file.sizeHint().width() + 16 <= room)
        room -= self._more.sizeHint().width() if sum(needed) > room else 0
        hidden = 0
        while hidden < len(needed) - 1 and sum(needed[hidden:]) > room:
            hidden += 1
        for at, (button, sign) in enumerate(zip(self._buttons, self._signs, strict=True)):
            button.setVisible(at >= hidden)
            sign.setVisible(at >= max(hidden, 1) or (at == hidden and hidden > 0))
        self._more.setVisible(hidden > 0)
        self._menu.clear()
        for at, frame in enumerate(self._frames[:hidden]):
            action = self._menu.addAction(frame_text(self._frames, at))
            action.triggered.connect(lambda _=False, event=frame.event: self.frame_chosen.emit(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from frame to frame by the arrows."""
        if event.key() in WAYS and self._buttons:
            at = max(0, min(self._looked + WAYS[event.key()], len(self._frames) - 1))
            self._buttons[at].setFocus()
            self.frame_chosen.emit(self._frames[at].event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._more.sizeHint().height() + 2)


def frame_text(frames: Sequence[StackFrame], at: int) -> str:
    """Write a frame: ``layer_backward (layer 2)``; of what its caller says already nothing more."""
    frame, above = frames[at], frames[at - 1] if at else None
    if frame.weight is not None and (above is None or above.weight != frame.weight):
        return f"{frame.title} ({frame.weight})"
    if frame.weight is None and frame.layer is not None and (above is None or above.layer != frame.layer):
        return translate("debug", "{function} (layer {number})").format(function=frame.title, number=frame.layer)
    return frame.title
