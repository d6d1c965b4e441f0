"""Which station of a tour stands, and what is to be said of it. No widgets."""

from PySide6.QtCore import QObject, Signal

from .station import Hint, Seen, Station, Tour


class Guide(QObject):
    """Lead through a tour. ``changed``: something else is to be said, or pointed at; ``ended``: nothing any more.

    ``place`` is the station that stands, from 0; behind the last one the tour's end is told.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, tour: Tour, parent: QObject | None = None):
        super().__init__(parent)
        self.tour = tour
        self.place = 0
        self.is_done = False  # whether the station that stands is
        self._seen = Seen()

    @property
    def station(self) -> Station | None:
        """Return the station that stands; None at the tour's end."""
        stations = self.tour.stations
        return stations[self.place] if self.place < len(stations) else None

    @property
    def hint(self) -> Hint | None:
        """Return what is to be done next; None where the station is done."""
        station = self.station
        if station is None or self.is_done:
            return None
        return next((hint for hint in station.hints if hint.holds(self._seen)), None)

    @property
    def text(self) -> str:
        """Return what is to be read now, not translated."""
        station, hint = self.station, self.hint
        if station is None:
            return self.tour.end
        return station.seen if hint is None else hint.text

    @property
    def point(self) -> str:
        """Return the object name of what is pointed at; empty where that is nothing."""
        station, hint = self.station, self.hint
        if hint is not None:
            return hint.point
        return station.look_at if station is not None else ""

    def show_seen(self, seen: Seen) -> None:
        """Take what is to be seen now. A station that is done stays so, whatever becomes of what was seen."""
        before = (self.is_done, self.hint)
        self._seen = seen
        station = self.station
        self.is_done = self.is_done or (station is not None and station.is_done(seen))
        if (self.is_done, self.hint) != before:
            self.changed.emit()

    def begin(self) -> None:
        self.stand_at(0)

    def go_on(self) -> None:
        """Go to the next station, whether this one is done or not; from the tour's end, end."""
        if self.station is None:
            self.ended.emit()
        else:
            self.stand_at(self.place + 1)

    def stand_at(self, place: int, *, is_done: bool = False) -> None:
        """Stand at a station, which may be done already."""
        self.place = place
        station = self.station
        self.is_done = is_done or (station is not None and station.is_done(self._seen))
        self.changed.emit()
