"""The Compare view: the race and its legend, the surface and other plots beside it, the table below."""

from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Frame, Race, RaceRequest
from engine.spec import ExperimentSpec
from gui.look.naming import name_field, plain_text
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from .arrangement import Arrangement
from .behind import Behind
from .entries.shown import Shown
from .page import Page, Part
from .race.plot import RacePlot
from .race.table import RaceTable

READABLE, EVERY = 300, 6  # curves move with every frame of a run, numbers after so many ms or frames, to be read


class CompareView(QWidget):
    """Hold the comparison: race, table and pages. ``add_wanted``: another optimizer is to be added.

    What is not in sight hears of another experiment later, a part a turn of the event loop.
    """

    request_changed = Signal()
    add_wanted = Signal()

    def __init__(self, shown: Shown, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("compareView")
        self.shown = shown
        shown.setParent(self)  # it goes with the view, which it would keep else
        self.race, self.table = RacePlot(shown), RaceTable(shown)
        self.pages = QTabWidget()
        self.added: list[Page] = []
        self._theme, self._spec = LIGHT, None
        self._frame: Frame | None = None
        self._behind = Behind(self._renew, self)
        self._cleared = False  # whether those behind are to begin again
        self._typed: ExperimentSpec | None = None
        self._stale = False
        self._since, self._unread = QElapsedTimer(), EVERY  # how long, and how many frames, since numbers were shown
        self._since.start()
        self.room = Arrangement(self.race, self.pages, self.table, self)
        self._alone = self._make_hint()
        self._make_switches()
        self._add_copy()
        self._lay_out()
        self.race.request_changed.connect(self.request_changed)
        self.pages.currentChanged.connect(self._on_page)
        self.room.changed.connect(self._on_room)
        shown.earlier_changed.connect(lambda: self.room.fit(self.width(), self.height()))
        self._on_room()
        self._show_hint()

    def ask_for_earlier(self) -> None:
        """Bring the page of an earlier run to the front, and have it ask for one."""
        page = next((page for page in self.added if page.can_ask), None)
        if page is not None:
            self.room.show_pages()
            self.pages.setCurrentWidget(page)
            page.ask()

    def add_page(self, page: Page) -> None:
        index = self.pages.addTab(page, page.title)
        self.pages.setTabToolTip(index, page.tip)
        self.added.append(page)
        page.set_theme(self._theme)
        self._renew(page)
        page.request_changed.connect(self.request_changed)

    # --- what the window calls -------------------------------------------------------------

    def race_request(self) -> RaceRequest | None:
        """Return what the next frame should carry of the race; None while this isn't on screen."""
        if not self.isVisible():
            return None
        paths = any(page.wants_paths for page in self.added)
        return self.race.request(table=True, paths=paths)  # the legend reads it, too

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._spec, self._typed = spec, None
        self.shown.set_experiment(spec)
        self._cleared = self._cleared and self._behind.is_any
        self._behind.put(self._parts)
        self._show_hint()
        if self.isVisible():
            self.room.fit(self.width(), self.height())

    def forget_choices(self) -> None:
        """Forget what was chosen among the entries of the experiment before: it was about those."""
        self.shown.forget()
        self.race.controls.forget_target()

    def show_frame(self, frame: Frame) -> None:
        if frame.race is None:
            return
        self._frame = frame
        self._behind.bring((self.race, self.table))
        self._unread += 1
        numbers = not frame.running or self._unread >= EVERY or self._since.hasExpired(READABLE)
        self.race.set_futures(len(frame.branches))
        self.race.show_race(frame.race, max(frame.newest, frame.step), numbers)
        if numbers:
            self._since.start()
            self._unread = 0
            self.table.show_race(frame.race, frame.pairs)
        self._show_page(frame.race)

    def clear(self) -> None:
        """Go back to before the first step."""
        self._frame = None
        self._unread = EVERY
        self._cleared = True
        for part in self._behind.others(self._parts):
            part.clear()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._behind.bring(self._parts)
        for part in self._parts:
            part.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self._stale = stale
        for part in self._behind.others(self._parts):
            part.set_stale(stale)

    def set_typed(self, spec: ExperimentSpec | None) -> None:
        """Take the experiment as typed, which may wait for Reset; None while it has faults."""
        self._typed = spec
        for page in self._behind.others(self.added):
            page.set_typed(spec)
        self._show_hint()

    @property
    def race_known(self) -> bool:
        """Return whether there is something to see."""
        return self._frame is not None

    def bring_up(self, part: QWidget) -> None:
        """Bring a part up to date before it is drawn: pages behind are not told of every race."""
        self._behind.bring(self._parts)
        if isinstance(part, Page) and part in self.added and self._frame is not None and self._frame.race is not None:
            part.show_race(self._frame.race)

    def kept(self) -> dict[str, Any]:
        """Return what another view of the same run needs to go on from here, widgets' choices apart."""
        pages = {page.objectName(): page.kept() for page in self.added}
        return {"shown": self.shown.kept(), "arranged": self.room.arranged, "pages": pages, "frame": self._frame}

    def put_back(self, kept: dict[str, Any]) -> None:
        """Show what another view has shown."""
        self._behind.bring(self._parts)
        self.shown.put_back(kept["shown"])
        for page in self.added:
            page.put_back(kept["pages"].get(page.objectName()))
        self.room.arranged = kept["arranged"]
        if kept["frame"] is not None:
            self.show_frame(kept["frame"])

    @property
    def spec(self) -> ExperimentSpec | None:
        return self._spec

    @property
    def _parts(self) -> list[Part]:
        return [self.race, self.table, *self.added]

    def _renew(self, part: Part) -> None:
        """Tell a part all that it was not told of while it was behind."""
        part.set_experiment(self._spec)
        if self._cleared:
            part.clear()
        if isinstance(part, Page):
            part.set_typed(self._typed)
        part.set_stale(self._stale)

    # --- making ----------------------------------------------------------------------------

    def _make_hint(self) -> QFrame:
        """With one entry there is no race yet; its two lanes can be compared all the same."""
        strip = QFrame()
        strip.setObjectName("compareAlone")
        text = QLabel(self.tr("One optimizer runs alone. Add another, and they race from the same start."))
        text.setWordWrap(True)
        mute(text)
        button = QPushButton(self.tr("Add optimizer"))
        tip = self.tr("Another optimizer that trains from the same start on the same batches")
        name_field(button, "compareAdd", self.tr("Add optimizer"), tip)
        button.clicked.connect(self.add_wanted)
        row = QHBoxLayout(strip)
        row.setContentsMargins(4, 2, 4, 0)
        row.addWidget(text, 1)
        row.addWidget(button)
        return strip

    def _make_switches(self) -> None:
        """They stand behind the race's own controls, and go to the next line with them."""
        about = {
            "table": (self.tr("Ta&ble"), self.tr("Show the table below the race, or leave its room to the plots")),
            "pages": (self.tr("&Plots"), self.tr("Show surface, sweep and learning rates beside the race")),
        }
        made: dict[str, QCheckBox] = {}
        for name, (title, tip) in about.items():
            switch = made[name] = QCheckBox(title)
            name_field(switch, f"compare_{name}", plain_text(title), tip)
            self.race.controls.add(switch)
        self.room.set_switches(**made)

    def _add_copy(self) -> None:
        button = QToolButton()
        button.setText(self.tr("Cop&y table"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Copy the table with all digits, for a spreadsheet (Ctrl+C in it)")
        name_field(button, "compare_copy", plain_text(button.text()), tip)
        button.clicked.connect(self.table.copy)
        self.add_button(button)

    def add_button(self, button: QToolButton) -> None:
        """Add a button to those above the plot."""
        self.race.controls.add(button)

    def _lay_out(self) -> None:
        name_field(self.pages, "comparePages", self.tr("More about the race"))
        self.pages.tabBar().setAccessibleName(self.tr("More about the race"))
        self.pages.setDocumentMode(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._alone)
        layout.addWidget(self.room.down, 1)

    # --- the room --------------------------------------------------------------------------

    def _on_room(self) -> None:
        """Give the keyboard to what is in front."""
        self.setFocusProxy(self.race if self.room.race_in_front else self.pages)
        self.request_changed.emit()

    def _show_hint(self) -> None:
        """Company that waits for Reset is company: the window says that it waits."""
        spec = self._typed or self._spec
        self._alone.setVisible(spec is not None and len(spec.optimizers) == 1)

    def _on_page(self) -> None:
        self._behind.bring(self._front)
        if self._frame is not None and self._frame.race is not None:
            self._show_page(self._frame.race)
        self.request_changed.emit()

    @property
    def _front(self) -> list[Page]:
        """The page in front; the race itself may be there, too, and has its own way."""
        front = self.pages.currentWidget()
        return [page for page in self.added if page is front]

    def _show_page(self, race: Race) -> None:
        for page in self._front:
            self._behind.bring((page,))
            page.show_race(race)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._behind.bring((self.race, self.table, *self._front))
        self.request_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.fit(self.width(), self.height())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 260)
