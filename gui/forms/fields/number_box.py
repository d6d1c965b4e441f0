"""A number with arrows, so that it can be changed with the mouse alone: for hyperparameters, of any size."""

from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from gui.look.text_size import fit_letters, scaled

from .numbers import number, text_of

FIGURES = (1, 2, 5)  # an arrow leads to the next of 0.1, 0.2, 0.5, 1, …: rates differ by factors
LEAST = -12  # the power of ten below which there is only 0
FROM_ZERO = "1e-4"


class NumberBox(QAbstractSpinBox):
    """Keep whatever is typed. An arrow never leads out of what is ``allowed``.

    Where a number must stay below 1, as a share that is kept, the arrows above 0.5 come nearer to it: 0.9, 0.95, 0.98.
    ``whole`` numbers are counted one by one up to 10.
    """

    textChanged = Signal(str)

    def __init__(
        self, default: float, allowed: Callable[[float], bool], parent: QWidget | None = None, *, whole: bool = False
    ):
        super().__init__(parent)
        self._default, self._allowed, self._whole = default, allowed, whole
        self.lineEdit().setClearButtonEnabled(True)
        # Not textEdited: the clear button emits none.
        self.lineEdit().textChanged.connect(self.textChanged)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fit_letters(self).setMinimumWidth(scaled(56))

    def set_placeholder(self, text: str) -> None:
        self.lineEdit().setPlaceholderText(text)

    def set_value(self, value: Any) -> None:
        self.lineEdit().setText(text_of(value))

    def stepBy(self, steps: int) -> None:
        """Step from what is there, or from the default where nothing is."""
        text = self.text()
        value = number(text) if text.strip() else self._default
        if isinstance(value, str) or not isfinite(value):
            value = self._default
        is_share = not self._allowed(1)
        for _ in range(abs(steps)):
            after = counted(value, up=steps > 0) if self._whole else stepped(value, up=steps > 0, is_share=is_share)
            value = after if self._allowed(after) else value
        self.set_value(value)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def counted(value: float, *, up: bool) -> int:
    """Return the next whole number, or from 10 on the next round one."""
    low, high = (-10, 9) if up else (-9, 10)
    if low <= value <= high:
        return int(value) + (1 if up else -1)
    return int(stepped(value, up=up))


def stepped(value: float, *, up: bool, is_share: bool = False) -> float:
    """Return the next round number above or below."""
    exact = Decimal(repr(float(value)))
    if exact < 0:
        return -stepped(-value, up=not up)
    half = Decimal("0.5")
    if is_share and (half <= exact < 1 if up else half < exact < 1):  # its distance from 1 is what matters
        return float(1 - _next(1 - exact, not up))
    return float(_next(exact, up))


def _next(value: Decimal, up: bool) -> Decimal:
    if value == 0:
        return Decimal(FROM_ZERO) if up else -Decimal(FROM_ZERO)
    power = value.adjusted()
    around = [Decimal(figure).scaleb(power + shift) for shift in (-1, 0, 1) for figure in FIGURES]
    if up:
        return min(one for one in around if one > value)
    return max(one for one in around if one < value) if power >= LEAST else Decimal(0)
