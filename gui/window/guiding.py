"""Brings the first steps into the window: a line above the views, an outline at what it speaks of.

It stands where messages stand, and gives way to them: one at a time.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.spec import ExperimentSpec, load
from gui.debug.debugging import Debugging
from gui.files.documents import DEFAULT, Documents
from gui.files.settings import Settings
from gui.guide.first_steps import FIRST_STEPS
from gui.guide.guide import Guide
from gui.guide.guide_words import told
from gui.guide.hand import use
from gui.guide.pointer import Pointer
from gui.guide.strip import GuideStrip
from gui.guide.watch import Watch
from gui.look.banner import Banners
from gui.look.theme import Theme
from gui.session.session import Session
from gui.views.diagnosis.diagnosing import Diagnosing

from .central_tabs import CentralTabs
from .transport import Transport

LOW = 220  # pixels of the plot below which it is given what others can spare


class GuideSurroundings(NamedTuple):
    """Hold the window's parts that the first steps are joined to. ``make_room`` is for the view in front."""

    session: Session
    transport: Transport
    documents: Documents
    settings: Settings
    banners: Banners
    central_tabs: CentralTabs
    loss: QWidget
    debugging: Debugging
    diagnosing: Diagnosing
    make_room: Callable[[], None]
    place: Callable[[GuideStrip], None]


class KeptGuide(NamedTuple):
    """Say whether the line is open, whether it offers the experiment, which station stands, and whether it is done."""

    is_open: bool
    offers: bool
    place: int
    is_done: bool


class Guiding(QObject):
    """Lead through the first steps. They are about the article's experiment; of another, that one is offered."""

    def __init__(self, around: GuideSurroundings, window: QWidget):
        super().__init__(window)
        self._around, self._window, self._session = around, window, around.session
        self._article = load(DEFAULT.read_bytes())
        self._is_open = self._offers = False  # whether the strip is wanted, and whether it offers the experiment
        self._guide = Guide(FIRST_STEPS, self)
        self._pointer = Pointer(self)
        self._strip = GuideStrip()
        views = (around.debugging, around.diagnosing, around.loss, around.central_tabs)
        self._watch = Watch(around.session, *views, self)
        self._watch.set_rate(around.transport.rate)
        around.place(self._strip)
        self._connect()

    def _connect(self) -> None:
        around, strip = self._around, self._strip
        self._watch.changed.connect(self._guide.show_seen)
        self._guide.changed.connect(self._tell)
        self._guide.ended.connect(self._close_for_good)
        strip.next.connect(self._go_on)
        strip.shown.connect(self._show)
        strip.closed.connect(self._close_for_good)
        around.banners.standing_changed.connect(self._give_way)
        around.transport.rate_changed.connect(self._watch.set_rate)
        self._session.begun.connect(self._on_begun)
        for pages in (around.central_tabs, around.debugging.view.pages):
            pages.currentChanged.connect(self._point)

    def set_theme(self, theme: Theme) -> None:
        self._pointer.set_theme(theme)

    def kept(self) -> KeptGuide:
        """Return which station stands, for another to go on there."""
        return KeptGuide(self._is_open, self._offers, self._guide.place, self._guide.is_done)

    def put_back(self, kept: KeptGuide) -> None:
        """Go on where another stood."""
        self._is_open, self._offers, place, is_done = kept
        self._guide.stand_at(place, is_done=is_done)
        self._watch.set_on(self._is_open and not self._offers)
        self._tell()
        self._give_way()

    def open(self) -> None:
        """Begin with the first station, or offer the experiment that the stations are about."""
        self._is_open = True
        self._offers = not self._is_at_article(self._session.spec)
        self._watch.set_on(not self._offers)
        if self._offers:
            self._tell()
        else:
            self._guide.begin()
        self._give_way()
        if self._around.loss.isVisible() and self._around.loss.height() < LOW:
            self._around.make_room()

    def open_at_first(self) -> None:
        """Begin, as after a first start, unless that is with another experiment."""
        if self._is_at_article(self._session.spec):
            self.open()

    def close(self) -> None:
        """Close the line for now."""
        self._is_open = self._offers = False
        self._watch.set_on(False)
        self._pointer.point_at(None)
        self._strip.set_aside(True)

    def _close_for_good(self) -> None:
        if not self._offers:
            self._around.settings.guide_closed = True
        self.close()

    def _is_at_article(self, spec: ExperimentSpec | None) -> bool:
        """Tell whether its data are the article's; layers and optimizers may be changed on the way."""
        return spec is not None and spec.data is not None and spec.data == self._article.data

    def _on_begun(self, spec: ExperimentSpec) -> None:
        """Begin where the article's experiment was opened for it; of other data the stations say nothing."""
        if self._is_open and self._offers == self._is_at_article(spec):
            self.open() if self._offers else self.close()

    def _go_on(self) -> None:
        if self._offers:
            self._around.documents.new()  # it asks first where something would be lost
        else:
            self._guide.go_on()

    def _give_way(self) -> None:
        """Let messages have the place for as long as they stand."""
        self._strip.set_aside(not self._is_open or self._around.banners.is_standing)
        self._point()

    def _tell(self) -> None:
        if self._offers:
            title, text = self.tr("First steps"), self.tr("They are about the article's experiment.")
            self._strip.say(title, text, self.tr("Open it"))
        else:
            self._tell_station()
        self._point()

    def _tell_station(self) -> None:
        guide, tour, station = self._guide, self._guide.tour, self._guide.station
        text = told(tour, guide.text)
        if station is None:
            self._strip.say(told(tour, tour.end_title), text, self.tr("Close"))
            return
        place = self.tr("{place} of {count}").format(place=guide.place + 1, count=len(tour.stations))
        title = " · ".join([place, told(tour, station.title)])
        on = self.tr("Next") if guide.is_done else self.tr("Skip")
        self._strip.say(f"✓ {title}" if guide.is_done else title, text, on, offers_to_show=self._shown() is not None)

    def _shown(self) -> QWidget | None:
        """Return what the hint speaks of, where it can be used for the person."""
        hint = self._guide.hint
        return self._window.findChild(QWidget, hint.point) if hint is not None and hint.point else None

    def _show(self) -> None:
        widget, hint = self._shown(), self._guide.hint
        if widget is not None and hint is not None:
            use(widget, hint.value)

    def _point(self) -> None:
        """Point at what is spoken of, while that can be read."""
        name = self._guide.point if self._is_open and not self._offers and not self._strip.isHidden() else ""
        self._pointer.point_at(self._window.findChild(QWidget, name) if name else None)
