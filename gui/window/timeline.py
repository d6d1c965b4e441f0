"""The bar under the transport: every recorded step of the run, and the way to each of them."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QSpinBox, QToolBar, QToolButton, QWidget

from engine.protocol import Frame
from gui.look.icons import icon
from gui.look.naming import name_field
from gui.look.text_size import fit_letters, scaled
from gui.look.theme import LIGHT, Theme

from .step_slider import Mark, StepSlider

ICONS = {"first": "first-step", "back": "back", "forward": "forward", "newest": "newest-step"}
FEWEST_DIGITS = 5  # of step numbers that there is room for, so that a growing run moves nothing
KEYS = {"first": "Alt+Home", "back": "Alt+Left", "forward": "Alt+Right", "newest": "Alt+End"}


class Timeline(QToolBar):
    """Show all steps. ``seek_wanted``: the recorded step that the person wants to see, at every pixel of a drag.

    The keys in the buttons' tips are the window's; what has them should click the button.
    """

    seek_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setWindowTitle(self.tr("Timeline"))
        self.setMovable(False)
        self.setIconSize(QSize(scaled(18), scaled(18)))
        self._step = self._newest = 0
        self.slider, self.field, self._of = StepSlider(), fit_letters(QSpinBox()), QLabel()
        self.first = self._button("first", self.tr("First step"), self.tr("To the start, before the first step"))
        self.back = self._button("back", self.tr("Back"), self.tr("Back by one step"))
        self.addWidget(self.slider)
        self.forward = self._button("forward", self.tr("Forward"), self.tr("Forward by one recorded step"))
        self.newest = self._button("newest", self.tr("Newest step"), self.tr("To the newest step"))
        self._add_field()
        self._connect()
        self.set_theme(LIGHT)
        self.clear()

    def _button(self, name: str, title: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(name in ("back", "forward"))
        key = QKeySequence(KEYS[name]).toString(QKeySequence.SequenceFormat.NativeText)
        name_field(button, f"timeline_{name}", title, f"{tip} ({key})")
        self.addWidget(button)
        return button

    def _add_field(self) -> None:
        tip = self.tr("Drag to any step of the run: the whole window shows it")
        name_field(self.slider, "timeline_slider", self.tr("Step shown"), tip)
        self.field.setGroupSeparatorShown(True)
        self.field.setMaximum(10**FEWEST_DIGITS - 1)
        self.field.setMinimumWidth(self.field.sizeHint().width())
        self.field.setKeyboardTracking(False)
        self.field.setAccelerated(True)
        name_field(self.field, "timeline_step", self.tr("Step shown"), self.tr("Type a step to go there"))
        self._of.setObjectName("timeline_newest_label")
        label = QLabel(self.tr("Step"))
        label.setContentsMargins(8, 0, 4, 0)
        self._of.setContentsMargins(4, 0, 6, 0)
        for widget in (label, self.field, self._of):
            self.addWidget(widget)

    def _connect(self) -> None:
        on: list[tuple[QToolButton, Callable[[], int]]] = [
            (self.first, lambda: 0),
            (self.back, lambda: self._step - 1),
            (self.forward, lambda: self._step + 1),
            (self.newest, lambda: self._newest),
        ]
        for button, step in on:
            button.clicked.connect(lambda _=False, step=step: self._go(step()))
        self.slider.valueChanged.connect(self._go)
        self.field.valueChanged.connect(self._go)

    # --- what the main window calls ----------------------------------------------------------

    def show_frame(self, frame: Frame, target: int | None = None) -> None:
        """Show where the run stands. ``target``: the step asked for that no frame shows yet; it counts for more."""
        self._show(frame.step if target is None else target, max(frame.newest, frame.step))

    def clear(self) -> None:
        """Empty the timeline: no step is recorded."""
        self._show(0, 0)
        self.slider.set_marks(())

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show the marks that ``timeline_words.marks_of`` makes of the run."""
        self.slider.set_marks(marks)

    def set_theme(self, theme: Theme) -> None:
        for name, file in ICONS.items():
            getattr(self, name).setIcon(icon(file, theme.text))
        self.slider.set_theme(theme)

    # --- inside ------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        """Go to ``step``: shown here at once, so that the next key counts from there."""
        step = min(max(step, 0), self._newest)
        if step != self._step:
            self._show(step, self._newest)
            self.seek_wanted.emit(step)

    def _show(self, step: int, newest: int) -> None:
        self._step, self._newest = step, newest
        self.slider.show_step(step, newest)
        with QSignalBlocker(self.field):
            self.field.setMaximum(newest)
            if not self._is_typed:
                self.field.setValue(step)
        self._show_newest(newest)
        self._enable(
            {self.first: step > 0, self.back: step > 0, self.forward: step < newest, self.newest: step < newest}
        )

    @property
    def _is_typed(self) -> bool:
        """Whether a step is being typed, which no frame may take away."""
        return self.field.hasFocus() and self.field.lineEdit().isModified()

    def _show_newest(self, newest: int) -> None:
        text = self.tr("of {newest:,}").format(newest=newest)
        if self._of.text() == text:
            return
        self._of.setText(text)
        widest = self.tr("of {newest:,}").format(newest=int("8" * max(len(str(newest)), FEWEST_DIGITS)))
        self._of.setMinimumWidth(self.fontMetrics().horizontalAdvance(widest) + 12)

    def _enable(self, possible: dict[QToolButton, bool]) -> None:
        """Enable the buttons; one that cannot go on hands the keyboard to the slider, not to its neighbour."""
        for widget in self._always():
            widget.setEnabled(self._newest > 0)
        for button, can in possible.items():
            if button.hasFocus() and not can and self._newest:
                self.slider.setFocus()
            button.setEnabled(can)

    def _always(self) -> Iterable[QWidget]:
        return self.slider, self.field
