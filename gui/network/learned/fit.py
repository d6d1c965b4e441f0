"""The page of the fit: what is predicted along one input, a curve an output, with the data."""

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor

from engine.protocol import OverInputs
from gui.look.grids import nearest
from gui.look.numbers import short
from gui.look.quick_curve import QuickCurve

from .data_points import some_rows
from .facts import Facts
from .inputs_page import InputsPage
from .legend import class_legend, curve_legend, points_legend

translate = QCoreApplication.translate
MOST_CURVES = 16  # that are drawn: as many as there are colours
ROOM, SPARE = 0.06, 1.6  # around what is drawn; times what it needs, from which on the range is too large
FAR = 3.0  # times the targets' extent that a curve may take of the plot


class FitPage(InputsPage):
    """Show curves. The range follows them by leaps, as an axis that moves with each step cannot be read."""

    def __init__(self) -> None:
        super().__init__("fit", translate("learned", "What is predicted along the input"), grid=True)
        self._curves: list[QuickCurve] = []
        self.canvas.plot.setLabel("bottom", "x1")

    def _drawn(self, facts: Facts) -> int:
        return min(facts.outputs, MOST_CURVES)

    # --- drawing -------------------------------------------------------------------------------

    def _show_data(self) -> None:
        facts = self._facts
        assert facts is not None
        rows = np.empty(0, int) if self._side == "delta" else some_rows(len(facts.x))
        count = self._drawn(facts)
        if facts.kind == "classes":
            classes = facts.y[rows]
            places = np.column_stack([facts.x[rows, 0], np.ones(len(rows))])
            colors = [QColor(self._theme.entry_color(number)) for number in classes.tolist()]
            self._points.show_points(places, facts.tested[rows], colors, classes, rows)
            return
        every, output = np.tile(rows, count), np.repeat(np.arange(count), len(rows))
        places = np.column_stack([facts.x[every, 0], facts.y[every, output]])
        colors = [self._color(facts, number) for number in output.tolist()]
        self._points.show_points(places, facts.tested[every], colors, None, every)

    def _color(self, facts: Facts, output: int) -> QColor:
        return QColor(self._theme.accent if facts.outputs == 1 else self._theme.entry_color(output))

    def _draw(self, facts: Facts, found: OverInputs | None) -> None:
        count = 0 if found is None else self._drawn(facts)
        while len(self._curves) < count:
            curve = QuickCurve(connect="finite", finite=False)
            curve.setZValue(10)
            self.canvas.plot.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        for output, curve in enumerate(self._curves):
            curve.setVisible(output < count)
            if found is not None and output < count:
                curve.setPen(pg.mkPen(self._color(facts, output), width=2 * self.devicePixelRatioF()))
                curve.setData(_along(found), found.values[output], antialias=True)
        if found is not None and not self._zoomed:
            self._follow(facts, found)

    def _fit_range(self) -> None:
        if self._facts is not None and self._found is not None:
            low, high = self._needed(self._facts, self._found)
            room = (high - low) * ROOM or 1.0
            x = self._found.extent[:2]
            self.canvas.box.setRange(xRange=x, yRange=(low - room, high + room), padding=0)

    def _follow(self, facts: Facts, found: OverInputs) -> None:
        low, high = self._needed(facts, found)
        _, (bottom, top) = self.canvas.box.viewRange()
        if low < bottom or high > top or top - bottom > SPARE * max(high - low, 1e-300):
            self._fit_range()

    def _needed(self, facts: Facts, found: OverInputs) -> tuple[float, float]:
        """Return the lowest and highest number to be seen: of the data, and of the curves if they are not far off."""
        values = found.values[: self._drawn(facts)]
        there = values[np.isfinite(values)]
        if self._side == "delta":
            return (float(there.min()), float(there.max())) if there.size else (-1.0, 1.0)
        if facts.target != "numbers":
            return 0.0, 1.0
        low, high = float(facts.y.min()), float(facts.y.max())
        reach = FAR * ((high - low) or abs(high) or 1.0)
        if there.size:
            return min(low, max(float(there.min()), low - reach)), max(high, min(float(there.max()), high + reach))
        return low, high

    # --- words ---------------------------------------------------------------------------------

    def _legend_text(self, facts: Facts) -> str:
        points = points_legend(facts, self._points.drawn // max(self._drawn(facts), 1))
        if facts.kind == "classes":
            return class_legend(facts, self._theme) + points
        return curve_legend(facts, self._side, [self._color(facts, n) for n in range(self._drawn(facts))]) + points

    def _shape(self, found: OverInputs) -> tuple[int, int]:
        return found.values.shape[0], found.values.shape[1]

    def _nearest(self, found: OverInputs, place: QPointF) -> tuple[int, int] | None:
        """Return the nearest curve at the nearest point."""
        column = nearest(_along(found), place.x())
        if column is None:
            return None
        away = np.abs(found.values[:MOST_CURVES, column] - place.y())
        return int(np.nan_to_num(away, nan=np.inf).argmin()), column

    def _read(self, facts: Facts, found: OverInputs, at: tuple[int, int]) -> tuple[QPointF, str]:
        x, value = float(_along(found)[at[1]]), float(found.values[at])
        texts = [f"x1 = {short(x)}", f"{self._value_name(facts, at[0])} = {short(value, 4)}"]
        return QPointF(x, value if np.isfinite(value) else 0.0), "   ".join(texts)

    def _value_name(self, facts: Facts, output: int) -> str:
        name = f"p({output})" if facts.kind == "classes" else f"y{output + 1}"
        return f"{name} {facts.lanes.difference}" if self._side == "delta" else name


def _along(found: OverInputs) -> Array:
    return np.linspace(*found.extent[:2], found.values.shape[1])
