"""The learning rate over the steps, of every entry that has a schedule."""

from typing import cast

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.protocol import Curve, Race
from engine.spec import ExperimentSpec, shapes_of
from engine.spec.groups import groups_of
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.numbers import short
from gui.look.plot_canvas import PlotKeys
from gui.look.text_size import line_scale
from gui.look.theme import LIGHT, Theme
from gui.views.loss.curves import Drawn, bounds, drawn

from ..entries.entry_marks import End
from ..entries.shown import Shown
from ..page import Around, Page, PlotExport
from ..race.canvas import RaceCanvas

translate = QCoreApplication.translate
WIDTH = 2.0  # of a curve, in pixels


class RatePlot(Page):
    """Show the learning rates of the entries shown. It follows the run until a person zooms."""

    def __init__(self, shown: Shown | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("rate_plot")
        self.setAccessibleName(self.tr("Learning rate of every optimizer with a schedule"))
        self._shown, self._theme = shown, LIGHT
        self._spec: ExperimentSpec | None = None
        self._rates: tuple[Curve | None, ...] = ()
        self._items: dict[int, pg.PlotCurveItem] = {}  # by entry
        self._at: float | None = None  # where the pointer is
        self._zoomed = False
        self._build()
        self.set_theme(LIGHT)
        self.clear()
        if shown is not None:
            shown.changed.connect(self._redraw)

    def _build(self) -> None:
        self._canvas = RaceCanvas(self)
        self._canvas.setObjectName("rate_canvas")
        self._canvas.plot.setLabel("left", self.tr("Learning rate"))
        self._canvas.set_axis("step")
        self._box = self._canvas.box
        self._box.sigRangeChangedManually.connect(lambda *_: self._set_zoomed(bool(self._drawable())))
        self._box.whole_wanted.connect(self.show_whole)
        self._box.sigResized.connect(self._redraw)
        PlotKeys(self, self._canvas, self.show_whole).left.connect(lambda: self._point_at(None))
        cast("pg.GraphicsScene", self._canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._log = QCheckBox(self.tr("Logarithmic"))
        name_field(self._log, "rate_log", self._log.text(), self.tr("Show the rates on a logarithmic scale"))
        self._log.toggled.connect(self._on_log)
        self._whole = QPushButton(self.tr("All steps"))
        tip = self.tr("Leave the zoom and follow the run again (Home, or a double click)")
        name_field(self._whole, "rate_whole", self._whole.text(), tip)
        self._whole.clicked.connect(self.show_whole)
        self._read = named(QLabel(), "rate_read")
        self._read.setWordWrap(True)
        self._read.setTextFormat(Qt.TextFormat.PlainText)
        controls = QHBoxLayout()
        controls.addWidget(self._log)
        controls.addWidget(self._whole)
        controls.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addLayout(controls)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._read)

    @property
    def title(self) -> str:
        return translate("compare", "Learning rate")

    @property
    def tip(self) -> str:
        return translate("compare", "How the schedules change the learning rate, step by step")

    @property
    def picture(self) -> RaceCanvas:
        return self._canvas

    @property
    def plots(self) -> tuple[PlotExport, ...]:
        title = translate("Exporter", "&Learning rates…")
        return (PlotExport("rates", title, lambda: self.picture, lambda entry: entry.schedule is not None),)

    @property
    def legend_text(self) -> str:
        """Return the rates at the pointer, or where the run has come to."""
        return self._read.text()

    # --- what the view calls ---------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the entries; others empty the plot, the same go on, though their colours may be others."""
        same = self._spec is not None and spec is not None and _entries(self._spec) == _entries(spec)
        self._spec = spec
        if not same:
            self.clear()
        self._color()
        self._redraw()

    def show_race(self, race: Race) -> None:
        if self._spec is not None and len(race.rates) == len(self._spec.optimizers):
            self._rates = race.rates
            self._redraw()

    def clear(self) -> None:
        """Go back to before the first step."""
        self._rates = ()
        for item in self._items.values():
            self._canvas.plot.removeItem(item)
        self._items.clear()
        self._set_zoomed(False)
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self._canvas.show_focus(self.hasFocus())
        self._color()
        self._redraw()

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale)

    def show_whole(self) -> None:
        """Leave the zoom; from now on the view follows the run again."""
        self._set_zoomed(False)
        self._redraw()

    # --- drawing ---------------------------------------------------------------------------

    def _drawable(self) -> dict[int, Curve]:
        """Return the curves that are shown, by entry."""
        there = {entry: curve for entry, curve in enumerate(self._rates) if curve is not None and len(curve.steps)}
        if self._shown is None:
            return there
        known = self._shown.order
        return {entry: curve for entry, curve in there.items() if entry in known and self._shown.entry_shown(entry)}

    def _redraw(self) -> None:
        curves = {entry: drawn(curve, self._log.isChecked()) for entry, curve in self._drawable().items()}
        if not self._zoomed:
            self._follow(list(curves.values()))
        for entry, item in self._items.items():
            item.setVisible(entry in curves)
        for entry, curve in curves.items():
            item = self._item(entry)
            item.setData(x=curve.steps, y=curve.values, connect="finite" if curve.has_gaps else "all")
        self._mark_ends(curves)
        self._canvas.note.say(self._note(bool(curves)))
        self._read_out()

    def _item(self, entry: int) -> pg.PlotCurveItem:
        if entry not in self._items:
            item = self._items[entry] = pg.PlotCurveItem(skipFiniteCheck=True)
            self._canvas.plot.addItem(item, ignoreBounds=True)
            self._color()
        return self._items[entry]

    def _color(self) -> None:
        for entry, item in self._items.items():
            item.setPen(pg.mkPen(self._color_of(entry), width=WIDTH * line_scale() * self.devicePixelRatioF()))

    def _color_of(self, entry: int) -> str:
        return self._theme.entry_color(self._spec.colors[entry] if self._spec is not None else entry)

    def _mark_ends(self, curves: dict[int, Drawn]) -> None:
        """Mark an entry's number where its curve ends, or leaves what is shown."""
        right = self._box.viewRange()[0][1]
        ends: list[End] = []
        for entry, curve in curves.items():
            seen = np.flatnonzero(np.isfinite(curve.values) & (curve.steps <= right))
            if len(seen):
                x, y = float(curve.steps[seen[-1]]), float(curve.values[seen[-1]])
                ends.append(End(entry + 1, self._color_of(entry), x, y))
        self._canvas.ends.show_ends(ends)

    def _follow(self, curves: list[Drawn]) -> None:
        if curves:
            self._canvas.show_length(1.0, max(max(float(curve.steps[-1]) for curve in curves), 2.0))
        if found := bounds(curves):
            self._canvas.show_values(found)

    def _note(self, any_drawn: bool) -> str:
        if any_drawn or self._spec is None:
            return ""
        if all(entry.schedule is None for entry in self._spec.optimizers):
            return self.tr(
                "No optimizer has a schedule, so their learning rates stay as they are. One is chosen in the form,"
                " under an optimizer's “Schedule and clipping”."
            )
        if not any(curve is not None and len(curve.steps) for curve in self._rates):
            return self.tr("The learning rates are drawn from the first step on.")
        return self.tr("All optimizers with a schedule are hidden.")

    def _read_out(self) -> None:
        """Read out the rates at the pointer, or at the newest step."""
        curves = self._drawable()
        self._canvas.show_cross(self._at if curves else None)
        if not curves or self._spec is None:
            self._read.setText("")
            return
        newest = max(float(curve.steps[-1]) for curve in curves.values())
        step = min(max(round(newest if self._at is None else self._at), 1), round(newest))
        rates = [f"{self._name(entry)}: {short(_rate_at(curve, step), 4)}" for entry, curve in curves.items()]
        self._read.setText(self.tr("Step {step}").format(step=f"{step:,}") + ": " + " · ".join(rates))

    def _name(self, entry: int) -> str:
        """Return an entry's number and label; where groups of weights have rates of their own, whose rate is drawn."""
        assert self._spec is not None
        name, one = f"{entry + 1} {self._spec.labels[entry]}", self._spec.optimizers[entry]
        if not one.groups:
            return name
        last = groups_of(one, shapes_of(self._spec))[-1].place
        if last is None:
            return self.tr("{entry} (of weights in no group)").format(entry=name)
        return self.tr("{entry} (of {match})").format(entry=name, match=one.groups[last].match)

    # --- what a person does ----------------------------------------------------------------

    def _set_zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed
        self._whole.setEnabled(zoomed)
        if zoomed:
            self._mark_ends({entry: drawn(one, self._log.isChecked()) for entry, one in self._drawable().items()})

    def _on_log(self, log: bool) -> None:
        self._canvas.set_log(log)
        self.show_whole()

    def _on_mouse_moved(self, position: QPointF) -> None:
        inside = self._box.sceneBoundingRect().contains(position)
        self._point_at(self._box.mapSceneToView(position).x() if inside else None)

    def _point_at(self, step: float | None) -> None:
        self._at = None if step is None else float(round(step))
        self._read_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key if not event.modifiers():
                along = -1 if key == Qt.Key.Key_Left else 1
                self._point_at(self._box.viewRange()[0][1] if self._at is None else self._at + along)
            case Qt.Key.Key_Escape if self._at is not None:
                self._point_at(None)
            case _:
                super().keyPressEvent(event)


def make_page(around: Around) -> Page:
    return RatePlot(around.shown)


def _entries(spec: ExperimentSpec) -> tuple[tuple[str, bool], ...]:
    return tuple((label, entry.schedule is not None) for label, entry in zip(spec.labels, spec.optimizers, strict=True))


def _rate_at(curve: Curve, step: int) -> float:
    """Return the rate at the last step drawn that is not after ``step``."""
    place = int(np.searchsorted(curve.steps, step, side="right")) - 1
    return float(curve.losses[max(place, 0)])
