"""One hyperparameter of a sweep: which, from where to where, how many values, and how they are spaced."""

from collections.abc import Sequence
from math import inf, isfinite

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.protocol import SweepAxis
from engine.spec import Fault, HyperField, spaced, sweepable
from engine.spec.faults import shown
from engine.spec.plans import MOST_CONFIGURATIONS
from gui.forms.fields.fields import IntegerBox
from gui.forms.fields.number_box import NumberBox
from gui.forms.fields.numbers import number
from gui.look.naming import name_field
from gui.look.wording import hyper_help

from .words import field_title

POINTS, POINTS_OF_TWO = 64, 24
Path = tuple[str | int, ...]
# From, to, logarithmic: where one looks first. The others' ranges come from what they allow.
RANGES: dict[str, tuple[float, float, bool]] = {
    "lr": (1e-4, 1.0, True),
    "momentum": (0.0, 0.99, False),
    "dampening": (0.0, 0.9, False),
    "betas": (0.5, 0.999, False),
    "weight_decay": (1e-6, 0.1, True),
}


class AxisFields(QWidget):
    """Edit an axis. ``optional``: there may be no such hyperparameter. What is no number stays as it was typed."""

    edited = Signal()

    def __init__(self, name: str, title: str, *, optional: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._title, self._optional = title, optional
        self._optimizer = ""
        self._left_out: Path | None = None
        self.param = QComboBox()
        self.low, self.high = (NumberBox(1.0, lambda _: True) for _ in range(2))
        self.points = IntegerBox(2, MOST_CONFIGURATIONS)
        self.scale = QComboBox()
        self.scale.addItem(self.tr("Logarithmic"), True)
        self.scale.addItem(self.tr("Linear"), False)
        self._name_fields(name)
        self._lay_out()
        self.points.set_value(POINTS_OF_TWO if optional else POINTS)
        self.param.activated.connect(self._on_param)
        self.scale.activated.connect(lambda _: self.edited.emit())
        self.low.textChanged.connect(lambda _: self.edited.emit())
        self.high.textChanged.connect(lambda _: self.edited.emit())
        self.points.lineEdit().textChanged.connect(lambda _: self.edited.emit())
        self._show_range()

    def _name_fields(self, name: str) -> None:
        title = self._title
        tip = self.tr("Which number to vary; switches and words cannot be")
        name_field(self.param, f"{name}_param", title, tip)
        name_field(self.low, f"{name}_from", self.tr("{title}, from").format(title=title), self.tr("The lowest value"))
        name_field(self.high, f"{name}_to", self.tr("{title}, to").format(title=title), self.tr("The highest value"))
        name_field(
            self.points,
            f"{name}_points",
            self.tr("{title}, values").format(title=title),
            self.tr("How many values, both ends among them"),
        )
        name_field(
            self.scale,
            f"{name}_scale",
            self.tr("{title}, spacing").format(title=title),
            self.tr("Logarithmic: each value is the one before times the same factor. Linear: plus the same amount."),
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        heading = QLabel(self._title)
        heading.setBuddy(self.param)
        self.param.setMinimumContentsLength(8)
        self.param.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        grid.addWidget(heading, 0, 0)
        grid.addWidget(self.param, 0, 1, 1, 3)
        grid.addWidget(self.scale, 0, 4)
        self._between = [QLabel(text) for text in (self.tr("from"), self.tr("to"), self.tr("values"))]
        first, to, values = self._between
        for column, part in enumerate((first, self.low, to, self.high)):
            grid.addWidget(part, 1, column)
        count = QHBoxLayout()
        count.setSpacing(4)
        count.addWidget(self.points, 1)
        count.addWidget(values)
        grid.addLayout(count, 1, 4)
        for column in (1, 3, 4):
            grid.setColumnStretch(column, 1)

    # --- what the form asks for ---------------------------------------------------------------

    def set_optimizer(self, optimizer: str, path: Path | None = None) -> None:
        """Offer its numbers; the one chosen stays if it has that, else ``path`` or the first is chosen."""
        if optimizer == self._optimizer:
            return
        before, self._optimizer = self.path, optimizer
        self._fill(before, path)

    def leave_out(self, path: Path | None) -> None:
        """Offer here not what the other axis varies."""
        if path != self._left_out:
            before, self._left_out = self.path, path
            self._fill(before)

    def _fill(self, before: Path | None, path: Path | None = None) -> None:
        self.param.clear()
        if self._optional:
            self.param.addItem(self.tr("nothing else"), None)
        for field in self._fields:
            self.param.addItem(field_title(self._optimizer, field.path), field.path)
            self.param.setItemData(self.param.count() - 1, hyper_help(field), 3)  # the tooltip's role
        wanted = before if before in [field.path for field in self._fields] else path
        self.param.setCurrentIndex(max(self._index(wanted), 0))
        if self.path != before:
            self._suggest()
        self._show_range()

    def axis(self) -> SweepAxis | None:
        """Return the axis, None where nothing is varied. Raises FieldError where what is typed makes no range."""
        field = self._field
        if field is None:
            return None
        ends = [self._end(box) for box in (self.low, self.high)]
        values = spaced(min(ends), max(ends), self._count(), log=self.is_log, whole=field.kind is int)
        return SweepAxis(field.path, values, self.is_log)

    def box_at(self, place: int) -> NumberBox:
        """Return the field of an end, 0 the lower: whoever typed them the other way round meant the same."""
        is_turned = self._end(self.low) > self._end(self.high)
        return self.high if (place == 0) == is_turned else self.low

    def _end(self, box: NumberBox) -> float:
        value = number(box.text())
        if isinstance(value, str):
            raise FieldError(box, Fault((), "wrong_type", {"expected": "a number", "given": shown(value)}))
        if not isfinite(value):
            raise FieldError(box, Fault((), "not_finite", {"given": shown(value)}))
        return float(value)

    def _count(self) -> int:
        return whole_number(self.points, 1, MOST_CONFIGURATIONS)

    @property
    def is_log(self) -> bool:
        return bool(self.scale.currentData())

    @property
    def path(self) -> Path | None:
        found = self.param.currentData()
        return None if found is None else tuple(found)

    # --- within -------------------------------------------------------------------------------

    @property
    def _fields(self) -> Sequence[HyperField]:
        fields = sweepable(self._optimizer) if self._optimizer else ()
        return [field for field in fields if field.path != self._left_out]

    @property
    def _field(self) -> HyperField | None:
        return next((field for field in self._fields if field.path == self.path), None)

    def _index(self, path: Path | None) -> int:
        places = [place for place in range(self.param.count()) if self._path_at(place) == path]
        return places[0] if places else -1

    def _path_at(self, place: int) -> Path | None:
        found = self.param.itemData(place)
        return None if found is None else tuple(found)

    def _on_param(self) -> None:
        self._suggest()
        self._show_range()
        self.edited.emit()

    def _suggest(self) -> None:
        if (field := self._field) is None:
            return
        low, high, log = suggested(field)
        self.low.set_value(low)
        self.high.set_value(high)
        self.scale.setCurrentIndex(self.scale.findData(log))

    def _show_range(self) -> None:
        """Nothing to vary, nothing to say of it."""
        for part in (*self._between, self.low, self.high, self.points, self.scale):
            part.setVisible(self._field is not None)


class FieldError(ValueError):
    """Report a field of which no number can be read, or none that is possible."""

    def __init__(self, field: QWidget, fault: Fault):
        super().__init__(field.accessibleName())
        self.field, self.fault = field, fault


def whole_number(box: IntegerBox, low: int, high: int) -> int:
    """Return the whole number that is typed. Raises FieldError where it is none, or out of range."""
    value = box.value()
    if not isinstance(value, int):
        expected = {"expected": "a whole number", "given": shown("" if value is None else value)}
        raise FieldError(box, Fault((), "wrong_type", expected))
    if not low <= value <= high:
        fields = {"accepted": f"≥ {low:,} and ≤ {high:,}", "given": shown(value)}
        raise FieldError(box, Fault((), "out_of_range", fields))
    return value


def suggested(field: HyperField) -> tuple[float, float, bool]:
    """Return from where to where to sweep, and whether logarithmically."""
    low, high = field.about.low, field.about.high
    if str(field.path[0]) in RANGES:
        return RANGES[str(field.path[0])]
    default = field.default if isinstance(field.default, int | float) else 0.0
    if field.kind is int:
        return float(max(default // 2, low, 1)), float(max(2 * default, 4)), False
    if high < inf and low > -inf:
        return low + (high - low) * 0.1, low + (high - low) * 0.99, False
    if default > 0:
        return max(default / 100, low), min(default * 100, high), True
    if default < 0:
        return max(2 * default, low), min(default / 2, high), False
    return max(1e-6, low), 0.1, True
