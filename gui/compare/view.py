"""The Compare view: the race and its legend, the surface and other plots beside it, the table below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Frame, Race, RaceRequest
from engine.spec import ExperimentSpec
from gui.naming import name_field, plain_text
from gui.theme import LIGHT, Theme

from .race_plot import RacePlot
from .race_table import RaceTable
from .shown import Shown

NARROW = 760  # pixels of width below which the pages beside the race begin closed
LOW = 420  # pixels of height below which the table does
READABLE, EVERY = 300, 6  # curves move with every frame of a run, numbers after so many ms or frames, to be read
ALL_STEPS = 500_000  # pixels that keep every step of a million
ACROSS, DOWN = 0.42, 0.36  # of the room, what pages and table begin with


class CompareView(QWidget):
    """Pages are handed in with ``add_page``; they have ``set_experiment``, ``clear``, ``set_theme`` and ``set_stale``,
    ``show_race`` where they show something of a frame's race, ``set_typed`` where what is typed matters to them.

    ``add_wanted``: another optimizer is to be added. ``request_changed`` as in every view.
    """

    request_changed = Signal()
    add_wanted = Signal()

    def __init__(self, shown: Shown, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("compareView")
        self.shown = shown
        self.race, self.table = RacePlot(shown), RaceTable(shown)
        self.pages = QTabWidget()
        self.pages_of: dict[str, Any] = {}  # by object name
        self._theme, self._spec, self._frame = LIGHT, None, None
        self._typed: ExperimentSpec | None = None
        self._stale = self._arranged = self._curves_asked = False
        self._since, self._unread = QElapsedTimer(), EVERY  # how long, and how many frames, since numbers were shown
        self._since.start()
        self._curves_wanted: Callable[[Race], None] | None = None
        self.setFocusProxy(self.race)
        self._alone = self._make_hint()
        self._switches = self._make_switches()
        self._add_copy()
        self._lay_out()
        self.race.request_changed.connect(self.request_changed)
        self.pages.currentChanged.connect(self._on_page)
        for splitter in (self.across, self.down):
            splitter.splitterMoved.connect(self._on_dragged)
        self._show_hint()

    def add_page(self, title: str, page: Any, tip: str = "") -> None:
        index = self.pages.addTab(page, title)
        self.pages.setTabToolTip(index, tip)
        self.pages_of[page.objectName()] = page
        page.set_theme(self._theme)
        page.set_experiment(self._spec)
        page.set_stale(self._stale)
        if hasattr(page, "request_changed"):
            page.request_changed.connect(self.request_changed)

    # --- what the window calls -------------------------------------------------------------

    def race_request(self) -> RaceRequest | None:
        """What the next frame should carry of the race; None while this isn't on screen."""
        if self._curves_wanted is not None:
            self._curves_asked = True
            return RaceRequest(ALL_STEPS, table=False)
        if not self.isVisible():
            return None
        paths = any(getattr(page, "wants_paths", False) for page in self._pages)
        return self.race.request(table=self.table.isVisible(), paths=paths)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._spec, self._typed = spec, None
        self.shown.set_experiment(spec)
        for part in self._parts:
            part.set_experiment(spec)
        self._show_hint()
        if not self._arranged and self.isVisible():
            self._arrange()

    def forget_choices(self) -> None:
        """Another experiment was opened: what was chosen among the entries of the one before was about those."""
        self.shown.forget()
        self.race.controls.forget_target()

    def show_frame(self, frame: Frame) -> None:
        if frame.race is None:
            return
        if self._curves_asked and self._curves_wanted is not None:
            take, self._curves_wanted, self._curves_asked = self._curves_wanted, None, False
            take(frame.race)
            return
        self._frame = frame
        self._unread += 1
        numbers = not frame.running or self._unread >= EVERY or self._since.hasExpired(READABLE)
        self.race.show_race(frame.race, max(frame.newest, frame.step), numbers)
        if numbers:
            self._since.start()
            self._unread = 0
            self.table.show_race(frame.race, frame.pairs)
        page: Any = self.pages.currentWidget()
        if hasattr(page, "show_race"):
            page.show_race(frame.race)

    def clear(self) -> None:
        """Back to before the first step."""
        self._frame = self._curves_wanted = None
        self._unread = EVERY
        for part in self._parts:
            part.clear()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in self._parts:
            part.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self._stale = stale
        for part in self._parts:
            part.set_stale(stale)

    def set_typed(self, spec: ExperimentSpec | None) -> None:
        """The experiment as typed, which may wait for Reset; None while it has faults."""
        self._typed = spec
        for page in self._pages:
            if hasattr(page, "set_typed"):
                page.set_typed(spec)
        self._show_hint()

    def want_curves(self, take: Callable[[Race], None]) -> None:
        """Have ``take`` called with a race of all steps, which the next frame carries in place of what is shown."""
        self._curves_wanted, self._curves_asked = take, False

    @property
    def race_known(self) -> bool:
        """Whether there is something to see."""
        return self._frame is not None

    def bring_up(self, page: Any) -> None:
        """Pages behind are not told of every race: before one of them is drawn, it is told of the newest."""
        if page in self._pages and self._frame is not None and hasattr(page, "show_race"):
            page.show_race(self._frame.race)

    @property
    def spec(self) -> ExperimentSpec | None:
        return self._spec

    @property
    def _pages(self) -> list[Any]:
        return [self.pages.widget(index) for index in range(self.pages.count())]

    @property
    def _parts(self) -> list[Any]:
        return [self.race, self.table, *self._pages]

    # --- making ----------------------------------------------------------------------------

    def _make_hint(self) -> QFrame:
        """With one entry there is no race yet; its two lanes can be compared all the same."""
        strip = QFrame()
        strip.setObjectName("compareAlone")
        text = QLabel(self.tr("One optimizer runs alone. Add another, and they race from the same start."))
        text.setWordWrap(True)
        text.setProperty("role", "muted")
        button = QPushButton(self.tr("Add optimizer"))
        tip = self.tr("Another optimizer that trains from the same start on the same batches")
        name_field(button, "compareAdd", self.tr("Add optimizer"), tip)
        button.clicked.connect(self.add_wanted)
        row = QHBoxLayout(strip)
        row.setContentsMargins(4, 2, 4, 0)
        row.addWidget(text, 1)
        row.addWidget(button)
        return strip

    def _make_switches(self) -> dict[str, QCheckBox]:
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
        made["table"].toggled.connect(lambda on: self._open(self.down, on))
        made["pages"].toggled.connect(lambda on: self._open(self.across, on))
        return made

    def _add_copy(self) -> None:
        button = QToolButton()
        button.setText(self.tr("Cop&y table"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Copy the table with all digits, for a spreadsheet (Ctrl+C in it)")
        name_field(button, "compare_copy", plain_text(button.text()), tip)
        button.clicked.connect(self.table.copy)
        self.add_button(button)

    def add_button(self, button: QToolButton) -> None:
        """Among those above the plot."""
        self.race.controls.add(button)

    def _lay_out(self) -> None:
        name_field(self.pages, "comparePages", self.tr("More about the race"))
        self.pages.tabBar().setAccessibleName(self.tr("More about the race"))
        self.pages.setDocumentMode(True)
        self.across = self._splitter(Qt.Orientation.Horizontal, "compareAcross", self.race, self.pages)
        self.down = self._splitter(Qt.Orientation.Vertical, "compareDown", self.across, self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._alone)
        layout.addWidget(self.down, 1)

    def _splitter(self, direction: Qt.Orientation, name: str, first: QWidget, second: QWidget) -> QSplitter:
        splitter = QSplitter(direction)
        splitter.setObjectName(name)
        splitter.addWidget(first)
        splitter.addWidget(second)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        return splitter

    # --- the room --------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Until a person opens or shuts a part, what there is no room for is shut."""
        self._give(self.across, ACROSS if self.width() >= NARROW and self.pages.count() else 0.0)
        self._give(self.down, self._low_share if self.height() >= LOW else 0.0)
        self._show_open()

    @property
    def _low_share(self) -> float:
        """Of the height, what the table needs or may have."""
        return min(self.table.wanted_height / max(self.height(), 1), DOWN)

    @staticmethod
    def _give(splitter: QSplitter, share: float) -> None:
        """So much of it to its second part; with nothing of it that is away, for the keyboard too."""
        part: Any = splitter.widget(1)
        part.setVisible(share > 0)
        if share > 0:
            splitter.setSizes([round(1000 * (1 - share)), round(1000 * share)])

    def _open(self, splitter: QSplitter, on: bool) -> None:
        """From now on a person arranges it."""
        part: Any = splitter.widget(1)
        if on == part.isHidden():
            self._arranged = True
            share = ACROSS if splitter is self.across else self._low_share
            self._give(splitter, share if on else 0.0)
            self.request_changed.emit()

    def _show_open(self) -> None:
        """The switches follow."""
        self._switches["table"].setChecked(not self.table.isHidden())
        self._switches["pages"].setChecked(not self.pages.isHidden())
        self.request_changed.emit()

    def _on_dragged(self) -> None:
        self._arranged = True

    def _show_hint(self) -> None:
        """Company that waits for Reset is company: the window says that it waits."""
        spec = self._typed or self._spec
        self._alone.setVisible(spec is not None and len(spec.optimizers) == 1)

    def _on_page(self) -> None:
        page: Any = self.pages.currentWidget()
        if self._frame is not None and self._frame.race is not None and hasattr(page, "show_race"):
            page.show_race(self._frame.race)
        self.request_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._arranged:
            self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 260)
