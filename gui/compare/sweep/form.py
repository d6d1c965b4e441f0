"""What to sweep: an entry, one or two of its hyperparameters, seeds and steps. Text in, a plan or faults out."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol import SweepPlan
from engine.spec import ExperimentSpec, Fault, SeedStart, check_plan
from engine.spec.part import LARGEST_SEED
from engine.spec.plans import MOST_STEPS
from gui.forms.fields.fields import IntegerBox, mark
from gui.forms.fields.part import MessageLine
from gui.look.naming import name_field
from gui.look.own_sheets import mute

from .axis import AxisFields, FieldError, whole_number
from .words import count_text, plan_fault_text, told

STEPS = 500
MOST_SEEDS = 1000
WIDE = 560  # pixels from which the form has two columns


class SweepForm(QWidget):
    """Edit a sweep's plan. ``plan`` is None while something is wrong, which then is marked and told."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.plan: SweepPlan | None = None
        self._spec: ExperimentSpec | None = None
        self._marked: list[QWidget] = []
        self._entry = QComboBox()
        self._axes = (
            AxisFields("sweep_first", self.tr("Vary")),
            AxisFields("sweep_second", self.tr("and"), optional=True),
        )
        self._seeds = IntegerBox(1, MOST_SEEDS, empty=self.tr("own start"))
        self._steps = IntegerBox(1, MOST_STEPS)
        self._steps.set_value(STEPS)
        self._count = QLabel()
        self._message = MessageLine("sweep_message", self)
        self._name_fields()
        self._lay_out()
        self._entry.activated.connect(self._on_entry)
        for axis in self._axes:
            axis.edited.connect(self._on_edited)
        for box in (self._seeds, self._steps):
            box.lineEdit().textChanged.connect(lambda _: self._on_edited())

    def _name_fields(self) -> None:
        name_field(
            self._entry, "sweep_entry", self.tr("Optimizer entry to vary"), self.tr("Whose settings to begin from")
        )
        tip = self.tr("From how many starts each is trained: the picture shows their median and their spread")
        name_field(self._seeds, "sweep_seeds", self.tr("Seeds"), tip)
        name_field(
            self._steps, "sweep_steps", self.tr("Steps of each configuration"), self.tr("Optimizer steps of each")
        )
        name_field(self._count, "sweep_count", self.tr("What would be trained"))
        mute(self._count)
        self._count.setWordWrap(True)

    def _lay_out(self) -> None:
        self._entry.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._entry.setMinimumContentsLength(8)
        what, how = QVBoxLayout(), QVBoxLayout()
        for side in (what, how):
            side.setSpacing(4)
        what.addLayout(_row((self.tr("Entry"), self._entry)))
        what.addWidget(self._axes[0])
        what.addStretch(1)
        how.addWidget(self._axes[1])
        how.addLayout(_row((self.tr("Seeds"), self._seeds), (self.tr("Steps"), self._steps)))
        how.addWidget(self._count)
        how.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(4)
        self._sides.addLayout(what, 1)
        self._sides.addLayout(how, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._sides)
        column.addWidget(self._message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out in two columns where there is the width: the height is the picture's."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._sides.setSpacing(16 if self.width() >= WIDE else 4)
        self._sides.setDirection(direction.LeftToRight if self.width() >= WIDE else direction.TopToBottom)

    # --- what the page calls ------------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the experiment; the entry chosen stays, by its label."""
        self._spec = spec
        before = self._entry.currentText()
        self._entry.clear()
        if spec is not None:
            self._entry.addItems(list(spec.labels))
            self._entry.setCurrentIndex(max(self._entry.findText(before), 0))
            self._offer()
        self._seeds.setEnabled(spec is None or spec.problem is None)
        self._on_edited()

    @property
    def optimizer(self) -> str:
        return self._spec.optimizers[self._entry.currentIndex()].name if self._spec is not None else ""

    # --- within -------------------------------------------------------------------------------

    def _on_entry(self) -> None:
        self._offer()
        self._on_edited()

    def _offer(self) -> None:
        for axis in self._axes:
            axis.blockSignals(True)  # one check once both are filled
            axis.set_optimizer(self.optimizer)
            axis.blockSignals(False)

    def _on_edited(self) -> None:
        first, second = self._axes
        with QSignalBlocker(second):  # this check is of what it has afterwards
            second.leave_out(first.path)
        texts: list[tuple[QWidget | None, str]] = []
        wanted = None
        try:
            wanted = self._wanted()
        except FieldError as error:
            texts = [(error.field, told(error.field.accessibleName(), error.fault))]
        if wanted is not None and self._spec is not None:
            found = check_plan(self._spec, wanted)
            texts = [(self._field(fault), plan_fault_text(fault, self.optimizer, wanted)) for fault in found]
        self.plan = None if texts else wanted
        self._show(texts)
        self.edited.emit()

    def _wanted(self) -> SweepPlan | None:
        """Return the plan that is typed. Raises FieldError."""
        if self._spec is None:
            return None
        axes = [axis for fields in self._axes if (axis := fields.axis()) is not None]
        steps = whole_number(self._steps, 1, MOST_STEPS)
        wants_seeds = self._seeds.isEnabled() and self._seeds.value() is not None
        count = whole_number(self._seeds, 1, MOST_SEEDS) if wants_seeds else 0
        return SweepPlan(self._entry.currentIndex(), tuple(axes), self._drawn(count), steps)

    def _drawn(self, count: int) -> tuple[int, ...]:
        """Return the seeds: as many as asked for, from the experiment's own on."""
        assert self._spec is not None
        start = self._spec.start
        first = start.seed if isinstance(start, SeedStart) else 0
        return tuple((first + number) % (LARGEST_SEED + 1) for number in range(count))

    def _field(self, fault: Fault) -> QWidget | None:
        match fault.path:
            case ("axes", int(number), "values", int(place)):
                return self._axes[number].box_at(place)
            case ("axes", int(number), *_):
                return self._axes[number].param
            case ("axes",):
                return self._axes[0].points
            case ("steps", *_):
                return self._steps
            case ("seeds", *_):
                return self._seeds
        return None

    def _show(self, texts: list[tuple[QWidget | None, str]]) -> None:
        messages: dict[QWidget, list[str]] = {}
        for field, text in texts:
            if field is not None:
                messages.setdefault(field, []).append(text)
        for field in {*self._marked, *messages}:
            mark(field, messages.get(field, []))
        self._marked = list(messages)
        self._message.setText("\n".join(f"• {text}" for _, text in texts))
        self._message.setVisible(bool(texts))
        count = ""
        if self.plan is not None and self._spec is not None:
            count = count_text(self._spec, self.plan)
        self._count.setText(count)
        self._count.setVisible(bool(count))


def _row(*fields: tuple[str, QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for title, field in fields:
        label = QLabel(title)
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field, 1)
    return row
