"""The panel of what the network has learned: its pages, made when first looked at, and what they ask of each frame."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from engine.protocol import Frame, LearnedRequest, Side
from engine.protocol import LearnedPage as PageName
from engine.spec import ExperimentSpec
from gui.look.lanes import names_of_entry
from gui.look.naming import call
from gui.look.notes import StaleVeil, named
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from .facts import Facts, facts_of
from .page import LearnedPage
from .words import page_tip, page_title, why_not

PAGES: tuple[PageName, ...] = ("predictions", "inputs", "confusion")


class LearnedPanel(QWidget):
    """Show what is learned by the entry and the lane that are chosen for the picture.

    ``bar`` names the pages; before them it has a place for the picture itself, for where there is no room for both.
    ``page_changed``: another page is in front; ``row_chosen`` carries a row of the data, from 0.
    """

    request_changed = Signal()
    page_changed = Signal()
    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("learned_panel")
        self._spec: ExperimentSpec | None = None
        self._facts: Facts | None = None
        self._entry, self._row = 0, 0
        self._side: Side = "diy"
        self._theme = LIGHT
        self._seen = 0  # the newest answer's number
        self._beside = 1  # the page that is, or was, beside the picture
        self._pages: dict[str, LearnedPage] = {}
        self._before: QWidget = self  # what Tab leads from into the pages
        self.bar = self._make_bar()
        self._note = named(QLabel(), "learned_note", self.tr("Why there is no such page"))
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        self._note.setMargin(16)
        mute(self._note)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._note)
        self._veil = StaleVeil(self._stack)
        layout = self._rows = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._stack, 1)
        self.take_bar()

    def _make_bar(self) -> QTabBar:
        bar = QTabBar()
        bar.setObjectName("learned_pages")
        call(bar, self.tr("What it learned"))
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setUsesScrollButtons(True)
        bar.addTab(self.tr("Picture"))
        bar.setTabToolTip(0, self.tr("The network's units and weights"))
        for page in PAGES:
            bar.addTab(page_title(page, 2))
        bar.setTabVisible(0, False)
        bar.setCurrentIndex(1)
        bar.currentChanged.connect(self._on_page)
        return bar

    # --- what the view calls -------------------------------------------------------------------

    @property
    def shows_picture(self) -> bool:
        """Return whether the picture is in front, in the pages' place."""
        return self.bar.currentIndex() == 0

    def offer_picture(self, offered: bool) -> None:
        """Have a place for the picture among the pages, in front at first; or none."""
        if offered == self.bar.isTabVisible(0):
            return
        self.bar.setTabVisible(0, offered)
        self.bar.setCurrentIndex(0 if offered else self._beside)

    def take_bar(self) -> None:
        """Have the bar above the pages again, wherever it was put."""
        if self.bar.parentWidget() is not self:
            self._rows.insertWidget(0, self.bar)

    def order_keys(self, before: QWidget) -> None:
        """Have Tab lead from ``before`` into the pages, and through each of them."""
        self._before = before
        stops = [stop for page in self._pages.values() for stop in page.key_stops()]
        for one, other in pairwise([before, *stops]):
            self.setTabOrder(one, other)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another run, or the same with other colours."""
        self._spec, self._seen = spec, 0
        self._facts = facts_of(spec, self._entry)
        inputs = self._facts.inputs if self._facts is not None else 2
        for place, page in enumerate(PAGES, start=1):
            self.bar.setTabText(place, page_title(page, inputs))
            self.bar.setTabToolTip(place, page_tip(page, inputs))
        self._show_page()

    def select(self, entry: int, side: Side, row: int) -> None:
        """Show what another entry or lane has learned, or mark another row."""
        other = (entry, side) != (self._entry, self._side)
        self._entry, self._side, self._row = entry, side, row
        if other:
            if self._facts is not None:
                self._facts = self._facts._replace(lanes=names_of_entry(self._spec, entry))
            self._show_page()
        elif (page := self._page()) is not None:
            page.show_row(row)

    def request(self) -> LearnedRequest | None:
        """Return what the next frame should carry; None where there is nothing to see."""
        page = self._page()
        if page is None or not self.isVisible():
            return None
        return page.asked(LearnedRequest(self._entry, self._side, self._name, seen=self._seen))

    def show_frame(self, frame: Frame) -> None:
        learned, asked = frame.learned, self.request()
        if learned is None or asked is None or not _is_of(learned.request, asked):
            return
        self._seen = learned.number
        if (page := self._page()) is not None:
            page.show_learned(learned)
        if learned.puts_off:
            self.request_changed.emit()

    def clear(self) -> None:
        """Go back to before the first step."""
        self._seen = 0
        self._show_page()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._veil.set_theme(theme)
        for page in self._pages.values():
            page.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    # --- pages ---------------------------------------------------------------------------------

    @property
    def _name(self) -> PageName:
        return PAGES[max(self.bar.currentIndex() - 1, 0)]

    def _page(self) -> LearnedPage | None:
        """Return the page in front; None where a note says why there is none."""
        page = self._stack.currentWidget()
        return page if isinstance(page, LearnedPage) else None

    def _on_page(self) -> None:
        self._beside = self.bar.currentIndex() or self._beside
        self._show_page()
        self.page_changed.emit()

    def _show_page(self) -> None:
        """Put the page in front that the bar says, with nothing in it yet; of the picture's place none."""
        facts = self._facts
        reason = why_not(self._name, facts) if facts is not None else ""
        if facts is None or reason or self.shows_picture:
            self._note.setText(reason)
            self._stack.setCurrentWidget(self._note)
        else:
            self._seen = 0
            page = self._made(facts)
            page.set_facts(facts, self._side)
            page.show_row(self._row)
            self._stack.setCurrentWidget(page)
        self._veil.raise_()
        self.request_changed.emit()

    def _made(self, facts: Facts) -> LearnedPage:
        """Return the page, made if it was never looked at."""
        name = self._name if self._name != "inputs" else "fit" if facts.inputs == 1 else "boundary"
        if name not in self._pages:
            page = self._pages[name] = _MAKERS[name]()
            page.set_theme(self._theme)
            page.request_changed.connect(self.request_changed)
            page.row_chosen.connect(self.row_chosen)
            self._stack.addWidget(page)
            self.order_keys(self._before)
        return self._pages[name]


def _is_of(answered: LearnedRequest, asked: LearnedRequest) -> bool:
    """Return whether an answer is of what is shown; of other rows of the table it still is."""
    return answered._replace(rows=asked.rows, seen=asked.seen) == asked


def _predictions() -> LearnedPage:
    from .predictions import PredictionsPage

    return PredictionsPage()


def _fit() -> LearnedPage:
    from .fit import FitPage

    return FitPage()


def _boundary() -> LearnedPage:
    from .boundary import BoundaryPage

    return BoundaryPage()


def _confusion() -> LearnedPage:
    from .confusion import ConfusionPage

    return ConfusionPage()


_MAKERS: dict[str, Callable[[], LearnedPage]] = {
    "predictions": _predictions,
    "fit": _fit,
    "boundary": _boundary,
    "confusion": _confusion,
}
