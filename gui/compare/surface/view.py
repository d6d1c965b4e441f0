"""The loss over a plane, with every entry's path on it: chosen, computed by the engine, looked at, read out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from engine.protocol import Race, SurfacePart
from engine.spec import ExperimentSpec, layer_module, layers_in
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.plot_canvas import PlotKeys
from gui.look.theme import LIGHT, Theme
from gui.session.jobs import Jobs

from ..entries.shown import Shown
from ..page import Around, Page, PlotExport, RowsExport
from . import words
from .canvas import Range, SurfaceCanvas
from .controls import SurfaceControls
from .departed_paths import DepartedPaths
from .pointer import SurfacePointer
from .progress import SurfaceProgress
from .work import Asked, SurfaceJob, SurfaceWork

translate = QCoreApplication.translate
ENOUGH_STEPS = 3  # of a path, for main directions


class KeptSurface(NamedTuple):
    """Hold a surface on screen: its job, what came of it, the race on it, and where a person has zoomed to."""

    job: SurfaceJob
    part: SurfacePart | None
    race: Race | None
    again: bool
    gave_up: bool
    zoom: QRectF | None


class SurfaceView(Page):
    """Show a surface. A test function's is computed when first seen; a network's when a person asks for it.

    ``request_changed``: the next frame should carry the paths, or need not any more.
    """

    def __init__(self, jobs: Jobs, shown: Shown, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("surface_view")
        self.setAccessibleName(self.tr("Loss surface with the paths of all entries"))
        self._shown, self._theme = shown, LIGHT
        self._spec: ExperimentSpec | None = None
        self._race: Race | None = None
        self._again = False  # another run is at hand, whose engine knows nothing of this surface
        self._gave_up = False  # it couldn't be computed: no more attempts by itself
        self._zoomed = False
        self._departed = DepartedPaths()
        self._work = SurfaceWork(jobs, self)
        self._build_canvas()
        self._build_controls()
        self._lay_out()
        self._work.arrived.connect(self._draw)
        self._work.changed.connect(self._show_all)
        self._work.failed.connect(self._on_failed)
        shown.changed.connect(self._show_paths)
        self.set_theme(LIGHT)
        self.clear()

    # --- what its owner calls ----------------------------------------------------------------

    @property
    def title(self) -> str:
        return translate("compare", "Surface")

    @property
    def tip(self) -> str:
        return translate("compare", "The loss over a plane of the weights, with every entry's path on it")

    @property
    def tables(self) -> tuple[RowsExport, ...]:
        title = translate("Exporter", "Losses of the surf&ace…")
        return (RowsExport("surface", title, self._rows, lambda: self.surface is not None),)

    def _rows(self) -> Iterator[Sequence[str | float]]:
        """Yield a row for each point of the plane: where it is, and the loss there."""
        yield ("x", "y", "loss")
        if (part := self.surface) is not None:
            for y, losses in zip(part.y.tolist(), part.values.tolist(), strict=True):
                yield from ((x, y, loss) for x, loss in zip(part.x.tolist(), losses, strict=True))

    @property
    def plots(self) -> tuple[PlotExport, ...]:
        title = translate("Exporter", "Loss &surface…")
        return (PlotExport("surface", title, lambda: self._canvas, lambda _: True, lambda: self.surface is not None),)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the experiment; another loss drops the surface, other optimizers for the same keep it."""
        same = self._spec is not None and spec is not None and loss_of(self._spec) == loss_of(spec)
        self._spec = spec
        self._controls.set_experiment(spec)
        self._canvas.marks.set_colors(spec.colors if spec is not None else ())
        if not same:
            self._forget()
        self._show_all()

    def clear(self) -> None:
        """Go back to before the first step. A plane that every run has stays, and is asked for again of the next."""
        self._race = None
        part, asked = self._canvas.part, self._work.asked
        if part is None or asked is None or part.shares is not None or asked.origin is not None:
            self._forget()
        else:
            self._work.drop()
            self._departed.begin(part)
            self._again = True
            self._canvas.marks.show_paths((), self._shown.entry_shown)
        self._show_all()

    def show_race(self, race: Race) -> None:
        self._race = race
        if self._work.job is None:
            if max((len(curve.x) for curve in race.curves), default=0) >= ENOUGH_STEPS:
                self._controls.suggest_main()
            if self.isVisible() and not self._gave_up and (self._is_problem or self._again):
                self._start_by_itself()
        self._show_paths()

    @property
    def wants_paths(self) -> bool:
        """Return whether a frame's race should carry the paths."""
        return self.isVisible() and self._work.job is not None

    @property
    def surface(self) -> SurfacePart | None:
        """Return the surface on screen."""
        return self._canvas.part

    def kept(self) -> KeptSurface:
        """Return the surface on screen, and the job that goes on with it."""
        zoom = self._canvas.box.viewRect() if self._zoomed else None
        return KeptSurface(self._work.kept(), self._canvas.part, self._race, self._again, self._gave_up, zoom)

    def put_back(self, kept: KeptSurface) -> None:
        """Show a surface that another page has asked for, and follow its job."""
        job, part, self._race, self._again, self._gave_up, zoom = kept
        if part is not None:
            self._draw(part)
        if zoom is not None:
            self._canvas.box.setRange(zoom, padding=0)
            self._set_zoomed(True)
        self._work.follow(job)
        self._show_paths()
        self._show_all()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self._controls.set_theme(theme)
        self._note.setStyleSheet(f"#surface_note {{ color: {theme.warning}; }}")
        self._canvas.show_focus(self.hasFocus())
        self._show_paths()

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale and self._canvas.part is not None)

    # --- making it ---------------------------------------------------------------------------

    def _build_canvas(self) -> None:
        self._canvas = SurfaceCanvas(self)
        self._canvas.setToolTip(words.canvas_tip())
        self._canvas.box.whole_wanted.connect(self.show_whole)
        self._canvas.box.sigRangeChangedManually.connect(lambda *_: self._set_zoomed(True))
        self._pointer = SurfacePointer(self._canvas)
        keys = PlotKeys(self, self._canvas, self.show_whole, both=True)
        keys.left.connect(lambda: self._pointer.point_at(None))

    def _build_controls(self) -> None:
        self._controls = SurfaceControls()
        self._controls.changed.connect(self._show_buttons)
        self._compute = named(QPushButton(), "surface_compute")
        self._compute.clicked.connect(self._on_compute)
        self._whole = named(QPushButton(self.tr("Whole")), "surface_whole")
        self._whole.setToolTip(self.tr("Show the whole surface again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole)
        self._key = named(QLabel(), "surface_key")
        mute(self._key)
        self._note = named(QLabel(), "surface_note")
        self._progress = SurfaceProgress(self._work)
        for label in (self._key, self._note):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._below = QStackedWidget()
        for page in (self._key, self._note, self._progress):
            self._below.addWidget(page)
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._controls, 1)
        top.addWidget(self._compute, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        bottom.addWidget(self._pointer.readout, 1)
        bottom.addWidget(self._whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._canvas, 1)
        column.addLayout(bottom)
        column.addWidget(self._below)

    # --- working it out ----------------------------------------------------------------------

    @property
    def _is_problem(self) -> bool:
        return self._spec is not None and self._spec.problem is not None

    @property
    def _chosen(self) -> Asked:
        return Asked(self._controls.plane, self._controls.origin)

    @property
    def _same_plane(self) -> bool:
        """Whether the plane chosen is the one on screen."""
        return self._canvas.part is not None and (self._is_problem or self._work.asked == self._chosen)

    @property
    def _zooms_in(self) -> bool:
        return self._zoomed and self._same_plane

    def _on_compute(self) -> None:
        """Compute what is in sight of the plane on screen, where a person has zoomed; else the plane chosen."""
        self._start(self._chosen, self._canvas.visible_range if self._zooms_in else None)

    def _start_by_itself(self) -> None:
        """For another run, the same part of the same plane."""
        part, asked = self._canvas.part, self._work.asked
        self._start(asked if self._again and asked else self._chosen, None if part is None else extent_of(part))

    def _start(self, asked: Asked, extent: Range | None) -> None:
        self._again = False
        self._work.start(asked, extent)
        self.request_changed.emit()

    def _draw(self, part: SurfacePart) -> None:
        """Coarse to fine: a finer part of the same surface keeps the zoom and the crosshair."""
        before = self._canvas.part
        self._canvas.show_surface(part, words.axis_titles(part, self._is_problem))
        if before is not None and before.job == part.job:
            self._pointer.refine((len(part.x) - 1) / (len(before.x) - 1))
            return
        self._departed.begin(part)
        self._pointer.begin(words.axis_names(part, self._is_problem))
        self._controls.show_shares(words.shares_text(part.shares))
        self.show_whole()
        self.request_changed.emit()

    def _on_failed(self) -> None:
        self._gave_up = True
        self._canvas.note.say(self.tr("This surface could not be worked out"))

    def _forget(self) -> None:
        self._canvas.show_nothing()
        self._work.drop()
        self._again, self._gave_up, self._departed = False, False, DepartedPaths()
        self._controls.show_shares("")
        self._pointer.point_at(None)
        self._set_zoomed(False)

    # --- what is shown -----------------------------------------------------------------------

    def _show_paths(self) -> None:
        """Those that lie on the surface on screen; until the engine tells of them, those of before."""
        race, part = self._race, self._canvas.part
        if race is None or part is None or race.job != part.job or self._work.job != part.job:
            return
        self._canvas.marks.show_paths(race.paths, self._shown.entry_shown, past=race.step < race.newest)
        self._departed.look(race.paths)
        self._show_below()

    def _show_all(self) -> None:
        if self._canvas.part is None:
            note = words.empty_note(self._is_problem, self._work.running) if self._spec is not None else ""
            self._canvas.note.say(note)
        self._show_buttons()
        self._show_below()

    def _show_below(self) -> None:
        """One line for the progress, for a warning, or for what the symbols mean."""
        part = self._canvas.part
        labels = self._spec.labels if self._spec is not None else ()
        left = [labels[entry] for entry in sorted(self._departed.entries) if self._shown.entry_shown(entry)]
        warning = words.left_note(left) if left else words.plain_note(part.values) if part is not None else ""
        _say(self._note, warning)
        _say(self._key, self._key_text(part) if part is not None else "")
        self._below.setCurrentWidget(self._progress if self._work.running else self._note if warning else self._key)

    def _key_text(self, part: SurfacePart) -> str:
        """Say what the symbols mean and, where that is not as it trains, how the network is evaluated."""
        evaluated = words.evaluated_text(part.averages_of, self._spec is not None and drops(self._spec))
        return "   ".join(filter(None, (words.key_text(bool(part.minima)), evaluated)))

    def _show_buttons(self) -> None:
        texts = (self.tr("&Compute"), self.tr("Re&compute"), self.tr("&Compute this part"))
        tips = (
            self.tr("Work out the loss on this plane, around the paths"),
            self.tr("Work it out anew, around the paths as they are now"),
            self.tr("Work out the part in sight, as finely as the whole"),
        )
        which = 2 if self._zooms_in else 1 if self._same_plane else 0
        self._compute.setText(texts[which])
        self._compute.setToolTip(tips[which])
        self._compute.setEnabled(self._spec is not None and (self._is_problem or self._controls.can_compute))
        self._whole.setEnabled(self._zoomed and self._canvas.part is not None)

    # --- what a person does ------------------------------------------------------------------

    def show_whole(self) -> None:
        self._canvas.show_whole()
        self._set_zoomed(False)

    def _set_zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed
        self._show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pointer.press(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()


def make_page(around: Around) -> Page:
    return SurfaceView(around.jobs, around.shown)


def loss_of(spec: ExperimentSpec) -> tuple[object, ...]:
    """Return what the loss depends on."""
    return spec.data, spec.network, spec.problem, spec.dtype


def drops(spec: ExperimentSpec) -> bool:
    """Return whether numbers are dropped at random where the network trains."""
    return any(hasattr(layer_module(layer.kind), "mask_share") for layer in layers_in(spec))


def extent_of(part: SurfacePart) -> Range:
    return float(part.x[0]), float(part.x[-1]), float(part.y[0]), float(part.y[-1])


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setToolTip(text)
