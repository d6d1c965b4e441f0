"""How the race is drawn: over what, on which scale, how smooth, which lanes of a pair, and the loss aimed at."""

from math import isfinite
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSlider, QWidget

from engine.protocol import Axis
from engine.spec import RowsFor
from gui.look.flow import Flow
from gui.look.glossary import explain
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.numbers import exact
from gui.look.own_sheets import mute, set_faulty
from gui.look.text_size import scaled

from ..entries.shown import SIDES, Shown
from .words import AXES, axis_help, axis_name, sides_title

SMOOTHEST = 30  # the slider's last place: a share of 0.999 kept


class RaceControls(QWidget):
    """Choose the race's axis, smoothing and target; lanes chosen of a pair are ``shown``'s. ``changed``: another.

    ``target_wanted``: there is to be a target, and none was typed yet.
    """

    changed = Signal()
    target_wanted = Signal()
    whole_wanted = Signal()

    def __init__(self, shown: Shown):
        super().__init__()
        self.setObjectName("race_controls")
        self._shown = shown
        self._target: float | None = None
        self._tested = False
        self._own: tuple[str, ...] = ("diy",)  # what runs in DIY's place
        self._flow = Flow(self)
        self._add_axis()
        self.log = QCheckBox(self.tr("Lo&garithmic"))
        self.log.setChecked(True)
        name_field(self.log, "race_log", self.tr("Logarithmic"), self.tr("Show the loss on a logarithmic scale"))
        self.log.toggled.connect(self.changed)
        self._flow.addWidget(self.log)
        self._add_smoothing()
        self._add_target()
        self._add_sides()
        self._add_tests()
        self._add_futures()
        self.whole = QPushButton(self.tr("Whole ra&ce"))
        tip = self.tr("Leave the zoom and follow the race again (Home, or a double click)")
        name_field(self.whole, "race_whole", self.tr("Whole race"), tip)
        self.whole.clicked.connect(self.whole_wanted)
        self._flow.addWidget(self.whole)

    # --- what was chosen -------------------------------------------------------------------

    @property
    def axis(self) -> Axis:
        return cast(Axis, self._axis.currentData())

    @property
    def share(self) -> float:
        """Return what each step keeps of the running mean, from 0 to below 1."""
        place = self._smoothing.value()
        return round(1 - 10 ** (-place / 10), 4) if place else 0.0

    @property
    def target(self) -> float | None:
        """Return the loss aimed at, where there is one."""
        return self._target if self.aims.isChecked() else None

    @property
    def target_of(self) -> RowsFor:
        """Return over which rows the target's loss is."""
        return cast(RowsFor, self._of.currentData()) if self._tested else "training"

    @property
    def tests_shown(self) -> bool:
        """Return whether the losses of the test rows, if there are any, are to be drawn."""
        return self._tests.isChecked()

    def set_tested(self, tested: bool) -> None:
        """Show what can be chosen about test rows where the experiment has some."""
        self._tested = tested
        self._tests.setVisible(tested)
        self._show_rows()

    @property
    def futures_shown(self) -> bool:
        """Return whether abandoned futures are to be drawn: they are known over steps."""
        return self._futures.isVisibleTo(self) and self._futures.isChecked() and self.axis == "step"

    def set_futures(self, count: int) -> None:
        """Show the choice of futures where the run has any."""
        self._futures.setVisible(count > 0)

    def aim(self, loss: float) -> None:
        """Take a target that was dragged, or is to be: four digits are as close as a pointer comes."""
        self._target = float(f"{loss:.4g}")
        with QSignalBlocker(self.aims), QSignalBlocker(self._goal):
            self.aims.setChecked(True)
            self._goal.setText(exact(self._target))
        self._goal.setEnabled(True)
        self._show_rows()
        set_faulty(self._goal, False)
        self.changed.emit()

    def forget_target(self) -> None:
        """Aim at nothing: another experiment has other losses."""
        with QSignalBlocker(self.aims):
            self.aims.setChecked(False)
        self._goal.setEnabled(False)
        self._goal.clear()
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        """Ask over which rows the target is where there is one, and rows to choose from."""
        self._of.setVisible(self._tested and self.aims.isChecked())

    # --- making ----------------------------------------------------------------------------

    def _add_axis(self) -> None:
        self._axis = QComboBox()
        for index, axis in enumerate(AXES):
            self._axis.addItem(axis_name(axis), axis)
            self._axis.setItemData(index, axis_help(axis), Qt.ItemDataRole.ToolTipRole)
        tip = "\n".join(f"{axis_name(axis)}: {axis_help(axis)}" for axis in AXES)
        name_field(self._axis, "race_axis", self.tr("Loss over"), tip)
        self._axis.currentIndexChanged.connect(self.changed)
        self._add(self.tr("Loss &over"), self._axis)

    def _add_smoothing(self) -> None:
        self._smoothing = QSlider(Qt.Orientation.Horizontal)
        self._smoothing.setRange(0, SMOOTHEST)
        self._smoothing.setPageStep(5)
        self._smoothing.setFixedWidth(scaled(80))
        tip = self.tr(
            "Draw the running mean of the losses, and the losses themselves faintly behind it.\n"
            "The number is the share of the mean that each step keeps."
        )
        name_field(self._smoothing, "race_smoothing", self.tr("Smoothing"), tip)
        self._share = named(QLabel(), "race_share")
        mute(self._share)
        self._share.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.9999"))
        self._smoothing.valueChanged.connect(self._on_smoothing)
        self._add(self.tr("S&moothing"), self._smoothing, self._share)
        self._show_share()

    def _add_target(self) -> None:
        self.aims, self._goal = QCheckBox(self.tr("&Target")), QLineEdit()
        tip = self.tr(
            "A loss over all rows to reach: the table tells when each lane first has it. Type it, or drag the line."
        )
        name_field(self.aims, "race_aims", self.tr("Target loss"), tip)
        name_field(self._goal, "race_target", self.tr("Target loss"), tip)
        self._goal.setPlaceholderText(self.tr("loss"))
        self._goal.setFixedWidth(self.fontMetrics().horizontalAdvance("0.000123456") + 12)
        self._goal.setEnabled(False)
        self._goal.textChanged.connect(self._on_goal)
        self.aims.toggled.connect(self._on_aims)
        self._of = QComboBox()
        self._of.addItem(self.tr("training rows"), "training")
        self._of.addItem(self.tr("test rows"), "test")
        tip = self.tr("Over which rows the loss aimed at is")
        name_field(self._of, "race_target_of", self.tr("Rows of the target loss"), tip)
        self._of.currentIndexChanged.connect(self.changed)
        self._of.hide()
        self._add("", self.aims, self._goal, self._of)

    def _add_sides(self) -> None:
        self._sides = QComboBox()
        for side in SIDES:
            self._sides.addItem(sides_title(side, ()), side)
        tip = self.tr(
            "Which lanes of a pair are shown. torch is drawn dashed, on top of the other, broad and pale: "
            "where they agree, both are seen."
        )
        name_field(self._sides, "race_sides", self.tr("Lanes shown"), tip)
        explain(self._sides, "lane")
        self._sides.currentIndexChanged.connect(lambda: self._shown.set_sides(self._sides.currentData()))
        self._add(self.tr("La&nes"), self._sides)
        self._shown.changed.connect(self._name_sides)

    def _name_sides(self) -> None:
        """Call the lanes what they are: a log may stand in DIY's place."""
        own = tuple(sorted({"log" if lane.is_log else "diy" for lane in self._shown.lanes if lane.backend == "diy"}))
        if own != self._own:
            self._own = own
            for place, side in enumerate(SIDES):
                self._sides.setItemText(place, sides_title(side, own))

    def _add_tests(self) -> None:
        self._tests = QCheckBox(self.tr("◇ Test ro&ws"))
        self._tests.setChecked(True)
        tip = self.tr("Draw the loss over the rows that only test: diamonds")
        name_field(self._tests, "race_tests", self.tr("Loss over the test rows"), tip)
        self._tests.toggled.connect(self.changed)
        self._flow.addWidget(self._tests)
        self._tests.hide()

    def _add_futures(self) -> None:
        self._futures = QCheckBox(self.tr("Old &futures"))
        tip = self.tr(
            "Draw, faded, what the run had before it was changed in its past. They are known over steps alone."
        )
        name_field(self._futures, "race_futures", self.tr("Old futures"), tip)
        self._futures.toggled.connect(self.changed)
        self._flow.addWidget(self._futures)
        self._futures.hide()

    def add(self, widget: QWidget) -> None:
        """Add another control, behind these."""
        self._flow.addWidget(widget)

    def _add(self, title: str, *fields: QWidget) -> None:
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        if title:
            label = QLabel(title)
            label.setBuddy(fields[0])
            row.addWidget(label)
        for field in fields:
            row.addWidget(field)
        self._flow.addWidget(group)

    # --- what a person does ----------------------------------------------------------------

    def _on_smoothing(self) -> None:
        self._show_share()
        self.changed.emit()

    def _show_share(self) -> None:
        self._share.setText(f"{self.share:g}" if self.share else self.tr("none"))

    def _on_aims(self, aims: bool) -> None:
        self._goal.setEnabled(aims)
        self._show_rows()
        if aims and not self._goal.text():
            self.target_wanted.emit()
        else:
            self.changed.emit()

    def _on_goal(self, text: str) -> None:
        """Take the target that is typed; what is no number is marked and aimed at by nobody."""
        try:
            self._target = float(text) if text.strip() else None
        except ValueError:
            self._target = None
        if self._target is not None and not isfinite(self._target):
            self._target = None
        set_faulty(self._goal, bool(text.strip()) and self._target is None)
        self.changed.emit()
