"""What is on screen, as files: plots as pictures, tables and curves as CSV, and all of it as a report for a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QAction, QColor, QDesktopServices
from PySide6.QtWidgets import QGraphicsView, QWidget

from engine.protocol import REPORT_WORDS, CurveColumns, JobFailed, MakeCurves, MakeReport
from engine.spec import ExperimentSpec, OptimizerSpec
from gui.compare.page import Page, PlotExport, RowsExport
from gui.compare.race.plot import RacePlot
from gui.compare.view import CompareView
from gui.files.settings import write_safely
from gui.look.banner import Banners
from gui.look.own_sheets import Level
from gui.look.theme import LIGHT, Theme
from gui.look.wording import fault_text
from gui.network.canvas import NetworkCanvas
from gui.session.jobs import NewestJob
from gui.session.session import Session
from gui.views.loss.plot import LossPlot
from gui.views.parity.pair_words import WORDS

from .csv_text import as_csv, curves_csv, curves_npz, rows_npz
from .pictures import Key, Picture, as_png, as_svg, widget_picture
from .save_dialog import ask_file
from .screen_plots import ScreenPlots, Shown
from .scripts import ScriptExport
from .weights import WeightsExport

translate = QCoreApplication.translate
KIND = "export"  # of its banners: a newer one takes the older one's place


class Plot(NamedTuple):
    """Hold a plot that can be saved, and the widget that holds its colours."""

    owner: RacePlot | LossPlot | Page
    about: PlotExport


class Exporter(QObject):
    """Save pictures, tables and the report, where the user says.

    ``actions`` stand in the File menu and at the view. Errors and what was written are told in ``banners``. ``made``
    carries a file that is written.
    """

    made = Signal(object)

    def __init__(self, view: CompareView, loss: LossPlot, session: Session, banners: Banners, window: QWidget):
        super().__init__(window)
        self._view, self._loss, self._session = view, loss, session
        self._banners, self._window = banners, window
        self._folder = ""
        self._report, self._report_file = NewestJob(session.jobs, self), Path()
        self._curves, self._curves_file = NewestJob(session.jobs, self), Path()
        self._curves.answered.connect(self._write_curves)
        self._curves.lost.connect(lambda: self._tell("error", self.tr("The curves were lost with the engine.")))
        self._theme = LIGHT
        self.light = QAction(self.tr("Pictures on &white"), self, checkable=True)
        self.light.setObjectName("exportLight")
        self.light.setToolTip(self.tr("For print: plots in the light theme's colours, whichever the window has"))
        self._scripts = ScriptExport(session, self._ask, window)
        self._scripts.written.connect(self._write)
        self._scripts.failed.connect(lambda text: self._tell("error", text))
        self._screen = ScreenPlots(window, self._action_of)
        self._screen.wanted.connect(self._save_shown)
        of_run = self._text_actions(), self._scripts.actions, [self._action_of_report()]
        self._weights = WeightsExport(session, self._ask, window)
        self._weights.written.connect(self._write)
        self._weights.failed.connect(lambda text: self._tell("error", text))
        kinds = [*self._picture_actions(), *self._screen.actions, self.light], *of_run, [self._weights.action]
        self.actions = [action for kind in kinds for action in (*kind, self._separator())][:-1]
        for action in self.actions:
            action.setParent(self)
        self._report.answered.connect(lambda report: self._write(self._report_file, report.html))
        self._report.failed.connect(self._on_failed)
        self._report.lost.connect(self._on_lost)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def show_possible(self) -> None:
        """Enable what can be saved, before the menu opens: what there is nothing of cannot."""
        frame = self._session.newest
        begun = frame is not None and max(frame.newest, frame.step) > 0
        there: dict[str, bool] = dict.fromkeys(("table", "curves"), begun)
        there["report"] = begun and not self._session.is_hushed  # which tells how far both sides are apart
        for about in (plot.about for plot in self._plots()):
            there[about.name] = self._view.race_known if about.is_there is None else about.is_there()
        there |= {f"{table.name}-rows": table.is_there() for table in self._tables()}
        for action in self.actions:
            action.setEnabled(there.get(action.objectName().removeprefix("export-"), True))
        self._scripts.show_possible(begun=begun)
        self._screen.show_possible()
        self._weights.show_possible()

    # --- pictures ----------------------------------------------------------------------------

    def _plots(self) -> Iterator[Plot]:
        view, loss = self._view, self._loss
        yield Plot(view.race, PlotExport("race", self.tr("&Race plot…"), lambda: view.race.picture, _any))
        for page in view.added:
            yield from (Plot(page, about) for about in page.plots)
        title = self.tr("L&oss plot of the run…")
        yield Plot(loss, PlotExport("loss", title, lambda: loss.picture, _any, loss.isVisible))

    def _tables(self) -> Iterator[RowsExport]:
        for page in self._view.added:
            yield from page.tables

    def _picture_actions(self) -> list[QAction]:
        return [
            self._action(plot.about.name, plot.about.title, lambda plot=plot: self.save_picture(plot))
            for plot in self._plots()
        ]

    def _separator(self) -> QAction:
        action = QAction(self)
        action.setSeparator(True)
        return action

    def _action(self, name: str, title: str, save: Callable[[], object]) -> QAction:
        action = QAction(title)
        action.setObjectName(f"export-{name}")
        if name == "loss":
            action.setToolTip(self.tr("As it is on screen: with the Run view in front"))
        action.triggered.connect(lambda: save())
        return action

    def save_picture(self, plot: Plot) -> None:
        kinds = [(self.tr("Picture of pixels"), "png"), (self.tr("Picture of lines"), "svg")]
        file = self._ask(plot.about.name, kinds)
        if file is not None:
            self._write(file, self.picture(plot, "svg" if file.suffix.lower() == ".svg" else "png"))

    def _action_of(self, widget: QWidget) -> QAction | None:
        """Return what saves the picture that a widget is."""
        owner = next((plot for plot in self._plots() if plot.about.canvas() is widget), None)
        if owner is None:
            return None
        return next(action for action in self.actions if action.objectName() == f"export-{owner.about.name}")

    def _save_shown(self, shown: Shown) -> None:
        kinds = [(self.tr("Picture of pixels"), "png"), (self.tr("Picture of lines"), "svg")]
        file = self._ask(shown.plot.name, kinds)
        if file is not None:
            self._write(file, self.shown_picture(shown, "svg" if file.suffix.lower() == ".svg" else "png"))

    def shown_picture(self, shown: Shown, suffix: str) -> bytes:
        """Draw a plot that stands elsewhere than in the comparison, as it is on screen."""
        spec = self._session.run_spec
        title = ": ".join(filter(None, (spec.title if spec is not None else "", shown.about)))
        if not isinstance(shown.drawn, QGraphicsView):
            is_plot = isinstance(shown.drawn, NetworkCanvas)
            return widget_picture(shown.drawn, title, suffix, QColor(self._theme.plot_background) if is_plot else None)
        with _unframed(shown.drawn):
            made = Picture(shown.drawn, self._theme, (), title)
            return as_svg(made) if suffix == "svg" else as_png(made)

    def picture(self, plot: Plot, suffix: str) -> bytes:
        """Draw the plot as it stands on screen, without the mark of the keyboard's place."""
        theme = LIGHT if self.light.isChecked() else self._theme
        canvas = plot.about.canvas()
        self._view.bring_up(plot.owner)
        with self._dressed(plot.owner, theme), _unframed(canvas):
            spec = self._session.run_spec
            keys = self._keys(spec, theme, plot.about.keys) if plot.about.keys is not None and spec is not None else ()
            made = Picture(canvas, theme, keys, spec.title if spec is not None else "")
            return as_svg(made) if suffix == "svg" else as_png(made)

    @contextmanager
    def _dressed(self, owner: RacePlot | LossPlot | Page, theme: Theme) -> Iterator[None]:
        """In another theme for as long as it takes to draw it; nobody sees it."""
        if theme is self._theme:
            yield
            return
        owner.setUpdatesEnabled(False)
        owner.set_theme(theme)
        try:
            yield
        finally:
            owner.set_theme(self._theme)
            owner.setUpdatesEnabled(True)

    def _keys(self, spec: ExperimentSpec, theme: Theme, named: Callable[[OptimizerSpec], bool]) -> list[Key]:
        """Of the entries shown that are ``named`` in the picture."""
        shown = self._view.shown
        return [
            Key(entry + 1, theme.entry_color(spec.colors[entry]), spec.labels[entry])
            for entry in shown.order
            if shown.entry_shown(entry) and named(spec.optimizers[entry])
        ]

    # --- tables and curves -------------------------------------------------------------------

    def _text_actions(self) -> list[QAction]:
        made = [
            self._action("table", self.tr("&Table…"), self.save_table),
            self._action("curves", self.tr("&Curves…"), self.save_curves),
        ]
        for table in self._tables():
            made.append(self._action(f"{table.name}-rows", table.title, lambda table=table: self.save_rows(table)))
        return made

    def save_table(self) -> None:
        if (file := self._ask("table", _csv())) is not None:
            self._write(file, as_csv(self._view.table.model.as_table()))

    def save_rows(self, table: RowsExport) -> None:
        if (file := self._ask(table.name, [*_csv(), self._npz()])) is not None:
            self._write(file, as_csv(table.rows()) if _is_csv(file) else rows_npz(table.rows()))

    def save_curves(self) -> None:
        """Have the engine gather the numbers of all steps, which no frame carries; they are written when they come."""
        file = self._ask("curves", [*_csv(), self._npz()])
        if file is None:
            return
        self._curves_file, share = file, self._view.race.controls.share
        self._curves.begin(lambda generation, job: MakeCurves(generation, job, share))

    def _write_curves(self, made: CurveColumns) -> None:
        spec, file = self._session.run_spec, self._curves_file
        if spec is not None:
            self._write(file, curves_csv(made.columns, spec.dtype) if _is_csv(file) else curves_npz(made.columns))

    def _npz(self) -> tuple[str, str]:
        return self.tr("Arrays of NumPy's"), "npz"

    # --- the report --------------------------------------------------------------------------

    def _action_of_report(self) -> QAction:
        return self._action("report", self.tr("Report of all of it (&HTML)…"), self.save_report)

    def save_report(self) -> None:
        """Have the engine make the report, as it has all numbers; it is written when it comes."""
        spec = self._session.run_spec
        file = self._ask("report", [(self.tr("Web page"), "html")]) if spec is not None else None
        if file is None or spec is None:
            return
        words = {key: translate("report", text) for key, text in REPORT_WORDS.items() if key not in WORDS} | {**WORDS}
        colors = tuple(LIGHT.entry_color(color) for color in spec.colors)
        swept = next((page for page in self._view.added if page.sweep_part is not None), None)
        command = MakeReport(
            *(0, 0, words, colors, self._view.shown.hidden_lanes),
            sweep=None if swept is None else swept.sweep_part,
            target=self._view.race.target,
            target_of=self._view.race.target_of,
            sweep_by="training" if swept is None else swept.sweep_by,
        )
        self._report.begin(lambda generation, job: command._replace(generation=generation, job=job))
        self._report_file = file
        self._tell("info", self.tr("The report is being made…"))

    def _on_failed(self, failed: JobFailed) -> None:
        lines = failed.detail.strip().splitlines()
        reason = fault_text(failed.fault) if failed.fault is not None else lines[-1] if lines else ""
        self._tell("error", self.tr("The report could not be made: {reason}").format(reason=reason))

    def _on_lost(self) -> None:
        self._tell("error", self.tr("The report was lost with the engine. Make it again."))

    # --- files -------------------------------------------------------------------------------

    def _ask(self, name: str, kinds: list[tuple[str, str]]) -> Path | None:
        folder = self._folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        file = ask_file(self._window, self.tr("Export"), name, kinds, folder)
        if file is not None:
            self._folder = str(file.parent)
        return file

    def _write(self, file: Path, what: str | bytes, note: str = "") -> None:
        """Write the whole file, or leave the one before; either is told where the user looks."""
        wrong = write_safely(file, what)
        if wrong is not None:
            text = self.tr("{file} could not be written: {reason}").format(file=file.name, reason=wrong)
            self._tell("error", text)
            return
        opens = (self.tr("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))))
        text = self.tr("{file} is written.").format(file=file.name)
        self._tell("info", f"{text} {note}".strip(), [opens])
        self.made.emit(file)

    def _tell(self, level: Level, text: str, offers: list[tuple[str, Callable[[], Any]]] | None = None) -> None:
        self._banners.show_message(KIND, level, text, offers or ())


def _csv() -> list[tuple[str, str]]:
    return [(translate("export", "Table, comma-separated"), "csv")]


def _is_csv(file: Path) -> bool:
    return file.suffix.lower() != ".npz"


def _any(_: OptimizerSpec) -> bool:
    return True


@contextmanager
def _unframed(canvas: QGraphicsView) -> Iterator[None]:
    boxes = [item for item in canvas.scene().items() if isinstance(item, pg.ViewBox)]
    before = [box.border for box in boxes]
    for box in boxes:
        box.setBorder(None)
    try:
        yield
    finally:
        for box, border in zip(boxes, before, strict=True):
            box.setBorder(border)
