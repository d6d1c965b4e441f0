"""The page of an earlier run: it is opened here, and told how far the run at hand is apart from it."""

import contextlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from engine.protocol import Race
from engine.session_file import LossesApart, losses_apart, weights_apart
from engine.spec import ExperimentSpec
from gui.files.earlier_run import EarlierRun, read_earlier_for
from gui.files.reader import Unread
from gui.files.reading import Reading
from gui.look.lanes import Lane
from gui.look.naming import name_field, plain_text
from gui.look.notes import named, not_told
from gui.look.own_sheets import mute
from gui.look.wording import fault_text

from ..page import Around, Page
from . import words
from .current import CurrentNumbers
from .settings import Difference, differences
from .tables import ApartTable, SettingsTable

translate = QCoreApplication.translate


class EarlierPage(Page):
    """Open an earlier run, lay it beside the one at hand, and tell how far the two are apart."""

    _found = Signal(object, object, object)  # of a thread, as is the next
    _measured = Signal(object, object)

    def __init__(self, around: Around, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("earlier_page")
        self._shown = around.shown
        self._spec: ExperimentSpec | None = None
        self._reading: Reading | None = None
        self._refused = ""
        self._is_hushed = False
        self._step = self._newest = 0
        self._compared: dict[str, LossesApart] = {}
        self._asked = object()
        self._weights_of: tuple[EarlierRun, int] | None = None  # whose weights were asked for, at which newest step
        self._current = CurrentNumbers(around.jobs, self)
        self._current.losses.connect(self._on_losses)
        self._current.weights.connect(self._on_weights)
        self._build()
        self._shown.earlier_changed.connect(self._on_earlier)
        self._found.connect(self._show_found)
        self._measured.connect(self._show_apart)
        self.setAcceptDrops(True)
        self._show()

    @property
    def title(self) -> str:
        return translate("compare", "Earlier run")

    @property
    def tip(self) -> str:
        return translate("compare", "Another run beside this one: its curves, how far they are apart, what was set")

    # --- making ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._open = QPushButton(self.tr("Earlier run…"))
        tip = self.tr("Open a session, a report, or a file that a run has written, beside the run at hand")
        name_field(self._open, "earlier_open", plain_text(self._open.text()), tip)
        self._open.clicked.connect(lambda: self.ask())
        self._close = QPushButton()
        name_field(self._close, "earlier_close", "", self.tr("Take the earlier run away again"))
        self._close.clicked.connect(self.close_run)
        self._name = named(QLabel(), "earlier_name")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._said = named(QLabel(), "earlier_said")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        mute(self._said)
        self._apart, self._settings = ApartTable(), SettingsTable()
        self._about = named(QLabel(), "earlier_about")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(self._name, 1)
        row.addWidget(self._close)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._about)
        column.addWidget(self._settings, 1)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.setObjectName("earlier_parts")
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self._apart)
        self._parts.addWidget(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addLayout(row)
        layout.addWidget(self._said)
        layout.addWidget(self._parts, 1)
        layout.addStretch(0)

    # --- opening and closing -------------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        return True

    def ask(self) -> None:
        """Ask for a run, and open it."""
        kinds = "*.lockstep *.json *.csv *.npz *.html *.htm"
        filters = self.tr("Sessions, reports, and what runs have written ({kinds});;All files (*)").format(kinds=kinds)
        start = "" if self._shown.earlier is None else str(self._shown.earlier.file.parent)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Earlier run"), start, filters)
        if name:
            self.open_run(Path(name))

    def open_run(self, file: Path) -> None:
        """Read a run beside the window; the one that lies there stays until it is read."""
        self._stop_reading()
        self._refused = ""
        self._reading = Reading(file, self, read_earlier_for)
        self._reading.done.connect(self._on_read)
        self._show()

    def close_run(self) -> None:
        """Stop reading, or take away what was said or read."""
        if self._reading is None and not self._refused:
            self._shown.set_earlier(None)
        self._stop_reading()
        self._refused = ""
        self._show()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _on_read(self, read: EarlierRun | Unread) -> None:
        file = self._reading.file if self._reading is not None else Path()
        self._reading = None
        if isinstance(read, EarlierRun):
            self._shown.set_earlier(read)
        else:
            self._refused = self.tr("{file} {reason}.").format(file=file.name, reason=fault_text(read.faults[0]))
        self._show()

    def _on_earlier(self) -> None:
        self._begin_again()
        self._show()
        self.request_changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_run(Path(event.mimeData().urls()[0].toLocalFile()))

    # --- what the view calls -------------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the settings that the run at hand goes by."""
        self._spec = spec
        self._begin_again()
        self._show()

    def set_hushed(self, is_hushed: bool) -> None:
        self._is_hushed = is_hushed
        self._show()

    def show_race(self, race: Race) -> None:
        self._step, self._newest = race.step, race.newest
        if self._shown.earlier is not None and race.newest:
            self._current.want(race.newest)
            self._ask_for_weights()
        self._say()

    def clear(self) -> None:
        """Go back to before the first step."""
        self._step = self._newest = 0
        self._begin_again()
        self._show()

    def kept(self) -> Path | None:
        """Return what is being read; what is shown is kept by ``shown``."""
        return None if self._reading is None else self._reading.file

    def put_back(self, kept: Path | None) -> None:
        """Read what another page was reading."""
        if kept is not None:
            self.open_run(kept)

    # --- comparing -----------------------------------------------------------------------------

    def _begin_again(self) -> None:
        self._current.forget()
        self._asked = object()  # what was asked before is not heard of any more
        self._compared, self._weights_of = {}, None
        self._apart.show_losses({}, {})

    @property
    def _common(self) -> dict[str, Lane]:
        """Return the lanes that both runs have, by their ids."""
        run = self._shown.earlier
        there = set() if run is None else {lane.id for lane in run.lanes}
        return {lane.id: lane for lane in self._shown.lanes if lane.id in there}

    def _on_losses(self, losses: Mapping[str, Array]) -> None:
        """Compare them in a thread: of a million steps it takes longer than the window may stand still."""
        run, common = self._shown.earlier, self._common
        if run is None:
            return
        pairs = {
            lane.id: (lane.losses, losses[lane.id], lane.at)
            for lane in run.lanes
            if lane.id in common and lane.id in losses
        }
        asked = self._asked

        def measure() -> None:
            found = {lane: losses_apart(*pairs[lane]) for lane in common if lane in pairs}
            with contextlib.suppress(RuntimeError):
                self._measured.emit(asked, found)

        threading.Thread(target=measure, name="losses", daemon=True).start()

    def _show_apart(self, asked: object, found: dict[str, LossesApart]) -> None:
        if asked is not self._asked:
            return
        self._compared = found
        self._apart.show_losses(found, {lane: one.name for lane, one in self._common.items()})
        self._ask_for_weights()
        self._say()

    def _ask_for_weights(self) -> None:
        """Ask where both are known: the earlier run's are of one step, and so have to be those of the run at hand."""
        run = self._shown.earlier
        if run is None or not self._compared:
            return
        here = run, self._newest
        if self._step != run.weights_at or self._weights_of == here:
            return
        self._weights_of = here
        places = {lane.id: place for place, lane in enumerate(self._shown.lanes)}
        self._current.want_weights([places[lane] for lane in self._common if lane in run.weights])

    def _on_weights(self, place: int, step: int, weights: Mapping[str, Array]) -> None:
        run = self._shown.earlier
        if run is None or step != run.weights_at or place >= len(self._shown.lanes):
            return
        lane = self._shown.lanes[place].id
        self._apart.show_weights(lane, weights_apart(run.weights.get(lane, {}), weights))
        self._say()

    # --- words ---------------------------------------------------------------------------------

    def _show(self) -> None:
        run, reading = self._shown.earlier, self._reading is not None
        self._name.setText(
            "" if run is None else self.tr("{name}: {steps} steps").format(name=run.name, steps=f"{run.steps:,}")
        )
        self._name.setToolTip("" if run is None else str(run.file))
        self._close.setText(self.tr("Cancel") if reading else self.tr("Close"))
        self._close.setAccessibleName(self._close.text())
        self._close.setVisible(reading or run is not None or bool(self._refused))
        self._parts.setVisible(run is not None and not self._is_hushed)
        if run is not None:
            self._show_settings(run)
        self._say()

    def _show_settings(self, run: EarlierRun) -> None:
        """Find them in a thread: large data are compared number by number."""
        now = self._spec
        if run.spec is None or now is None:
            self._show_found(run, now, [])
            return
        then = run.spec

        def find() -> None:
            with contextlib.suppress(RuntimeError):  # the page may be gone meanwhile
                self._found.emit(run, now, differences(then, now, run.linked))

        threading.Thread(target=find, name="settings", daemon=True).start()

    def _show_found(self, run: EarlierRun, now: ExperimentSpec | None, found: Sequence[Difference]) -> None:
        if run is not self._shown.earlier or now is not self._spec:
            return
        self._about.setText("" if now is None and run.spec is not None else words.of_settings(run, found))
        self._settings.show_differences(found)
        self._settings.setVisible(bool(found))

    def _say(self) -> None:
        text = " ".join(filter(None, self._sentences()))
        if text != self._said.text():
            self._said.setText(text)
        self._said.setVisible(bool(text))

    def _sentences(self) -> list[str]:
        run = self._shown.earlier
        if self._reading is not None:
            return [self.tr("{file} is being read…").format(file=self._reading.file.name)]
        if self._refused:
            return [self._refused]
        if run is None:
            return [words.invitation()]
        if not self._common:
            return [words.strangers()]
        if self._is_hushed:
            return [self.tr("How far both are apart is {untold}.").format(untold=not_told())]
        if not self._newest:
            return [words.not_begun()]
        return [words.verdict(self._compared), words.of_part(run), words.of_weights(run, self._step)]


def make_page(around: Around) -> Page:
    return EarlierPage(around)
