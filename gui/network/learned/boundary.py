"""The page of the boundary: what is answered over the plane of two inputs, with the data on it."""

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.protocol import LearnedRequest, OverInputs, Side
from gui.look.grids import cells, contour_lines, nearest
from gui.look.naming import name_field
from gui.look.numbers import short
from gui.look.text_size import fit_letters

from .data_points import some_rows
from .facts import Facts
from .inputs_page import InputsPage
from .legend import class_legend, plane_legend, points_legend
from .plane_colors import PlaneScale, classes_painted, numbers_painted, paled, scale_of
from .words import answer_text

translate = QCoreApplication.translate


class BoundaryPage(InputsPage):
    """Show numbers around a middle, or the class that is answered, the stronger the surer it is."""

    def __init__(self) -> None:
        super().__init__(
            "boundary", translate("learned", "What is predicted over the plane of both inputs"), grid=False
        )
        self._scale = PlaneScale(0.0, 1.0, None)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setZValue(-10)
        self._line = pg.PlotCurveItem(connect="finite")
        self._line.setZValue(10)
        for item in (self._image, self._line):
            self.canvas.plot.addItem(item, ignoreBounds=True)
        for side, name in (("bottom", "x1"), ("left", "x2")):
            self.canvas.plot.setLabel(side, name)
        self.rows.insertWidget(0, self._make_choice())

    def _make_choice(self) -> QWidget:
        """Make the choice of an output, for networks that have several."""
        self._choice, caption = QWidget(), QLabel(self.tr("&Output y"))
        self._output = fit_letters(QSpinBox())
        self._output.setMinimum(1)
        name_field(self._output, "boundary_output", self.tr("Output"), self.tr("Which of the outputs is drawn"))
        self._output.valueChanged.connect(self._on_output)
        caption.setBuddy(self._output)
        layout = QHBoxLayout(self._choice)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(caption)
        layout.addWidget(self._output)
        layout.addStretch(1)
        return self._choice

    def set_facts(self, facts: Facts, side: Side) -> None:
        has_choice = facts.outputs > 1 and facts.kind != "classes"
        self._output.setMaximum(facts.outputs if has_choice else 1)
        self._choice.setVisible(has_choice)
        super().set_facts(facts, side)

    def key_stops(self) -> list[QWidget]:
        return [self._output, *super().key_stops()]

    def asked(self, request: LearnedRequest) -> LearnedRequest:
        return request._replace(output=self._output.value() - 1)

    def _on_output(self) -> None:
        self._found = None
        self._show_data()
        self._redraw()
        self.request_changed.emit()

    # --- drawing -------------------------------------------------------------------------------

    def _fit_range(self) -> None:
        if self._found is not None:
            x, y = _axes(self._found)
            area = cells(x, y)
            self.canvas.box.setRange(area, padding=0)

    def _show_data(self) -> None:
        facts = self._facts
        assert facts is not None
        rows = some_rows(len(facts.x))
        self._points.show_points(
            facts.x[rows],
            facts.tested[rows],
            self._point_colors(facts, rows),
            facts.y[rows] if facts.kind == "classes" else None,
            rows,
        )

    def _point_colors(self, facts: Facts, rows: Array) -> list[QColor]:
        """Return each row's colour: its class's, or that which the plane has where it answers the target."""
        if facts.kind == "classes":
            return [QColor(self._theme.entry_color(number)) for number in facts.y[rows].tolist()]
        if self._side == "delta":
            return [QColor(self._theme.plot_background)] * len(rows)
        output = self._output.value() - 1
        targets = facts.targets(output)[rows]
        scale = scale_of(facts, self._side, output, targets)
        return [QColor(*color) for color in numbers_painted(targets, scale, self._theme.is_dark)[:, :3].tolist()]

    def _draw(self, facts: Facts, found: OverInputs | None) -> None:
        self._image.setVisible(found is not None)
        lines: tuple[Array, Array] = (np.empty(0), np.empty(0))
        if found is not None:
            self._scale = scale_of(facts, self._side, self._output.value() - 1, found.values)
            x, y = _axes(found)
            self._image.setImage(self._painted(facts, found), autoLevels=False)
            self._image.setRect(cells(x, y))
            if self._scale.line is not None and not found.answers:
                lines = contour_lines(x, y, found.values, [self._scale.line])
        self._line.setPen(pg.mkPen(self._theme.text, width=2))
        self._line.setData(*lines)

    def _painted(self, facts: Facts, found: OverInputs) -> Array:
        if found.answers and self._side != "delta":
            return classes_painted(found.answers[0], found.values, facts.classes, self._theme)
        return paled(numbers_painted(found.values, self._scale, self._theme.is_dark), self._theme)

    # --- words ---------------------------------------------------------------------------------

    def _legend_text(self, facts: Facts) -> str:
        points = points_legend(facts, self._points.drawn)
        if facts.kind == "classes":
            points = class_legend(facts, self._theme) + points
            if self._side != "delta":
                return points
            points = f" &nbsp;{points}"
        return plane_legend(self._scale, self._theme) + points

    def _shape(self, found: OverInputs) -> tuple[int, int]:
        return found.values.shape[0], found.values.shape[1]

    def _nearest(self, found: OverInputs, place: QPointF) -> tuple[int, int] | None:
        x, y = _axes(found)
        row, column = nearest(y, place.y()), nearest(x, place.x())
        return None if row is None or column is None else (row, column)

    def _read(self, facts: Facts, found: OverInputs, at: tuple[int, int]) -> tuple[QPointF, str]:
        (x, y), value = _axes(found), float(found.values[at])
        texts = [f"x1 = {short(float(x[at[1]]))}", f"x2 = {short(float(y[at[0]]))}"]
        if found.answers:
            answer = answer_text(facts, [int(one[at]) for one in found.answers])
            texts.append(translate("learned", "class {answer}").format(answer=answer))
        texts.append(f"{self._value_name(facts)} {short(value, 4)}")
        return QPointF(x[at[1]], y[at[0]]), "   ".join(texts)

    def _value_name(self, facts: Facts) -> str:
        if self._side == "delta":
            return facts.lanes.difference
        return translate("learned", "prediction") if facts.target == "numbers" else translate("learned", "probability")


def _axes(found: OverInputs) -> tuple[Array, Array]:
    """Return where the points lie along x and along y."""
    rows, columns = found.values.shape
    return np.linspace(*found.extent[:2], columns), np.linspace(*found.extent[2:], rows)
