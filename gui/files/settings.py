"""What comes back on the next start, but for what was typed: layout, theme, pace. And how files are written safely:
a crash in the middle of writing leaves the file before.
"""

from math import inf
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSaveFile, QSettings

from engine.protocol import HISTORY_BUDGET
from gui.look.text_size import LARGEST, SMALLEST, WHOLE, ZOOMS
from gui.look.theme import CHOICES, Choice

LAYOUT_VERSION = 3  # to be raised when toolbars come, or docks and toolbars change their names
SYSTEM = "system"  # the choice to go by what the desktop has
FIRST_PACE = 10.0  # steps a second: slow enough to be watched
FLAT_OUT = "unlimited"  # what is stored for a pace of None
CLOSED = "closed"
SMALLEST_BUDGET, LARGEST_BUDGET = 16_000_000, 64_000_000_000  # bytes of history that may be asked for


class Settings:
    def __init__(self) -> None:
        self._store = QSettings()

    @property
    def theme(self) -> Choice:
        choice = self._store.value("theme", "system")
        return cast(Choice, choice) if choice in CHOICES else "system"

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._store.setValue("theme", choice)

    @property
    def language(self) -> str:
        """Return the language that the window speaks, ``SYSTEM`` for the desktop's."""
        return str(self._store.value("language", SYSTEM))

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def text_points(self) -> int | None:
        """Return how large text is, in points; None for as large as the desktop's."""
        points = self._number("text_points")
        return points if points is not None and SMALLEST <= points <= LARGEST else None

    @text_points.setter
    def text_points(self, points: int | None) -> None:
        self._store.setValue("text_points", 0 if points is None else points)

    @property
    def zoom(self) -> int:
        """Return how many percent of that size everything is shown in."""
        zoom = self._number("zoom")
        return zoom if zoom in ZOOMS else WHOLE

    @zoom.setter
    def zoom(self, zoom: int) -> None:
        self._store.setValue("zoom", zoom)

    def _number(self, key: str) -> int | None:
        try:
            return int(str(self._store.value(key)))
        except ValueError:
            return None

    @property
    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Return the window's geometry and its docks' state."""
        geometry, state = self._store.value("window/geometry"), self._store.value("window/state")
        return (geometry, state) if isinstance(geometry, QByteArray) and isinstance(state, QByteArray) else None

    @layout.setter
    def layout(self, layout: tuple[QByteArray, QByteArray]) -> None:
        self._store.setValue("window/geometry", layout[0])
        self._store.setValue("window/state", layout[1])

    @property
    def pace(self) -> float | None:
        """Return the steps a second that runs go at; None: as fast as possible."""
        stored = self._store.value("steps_per_second", FIRST_PACE)
        if stored == FLAT_OUT:
            return None
        try:
            pace = float(str(stored))
        except ValueError:
            return FIRST_PACE
        return pace if 0 < pace < inf else FIRST_PACE

    @pace.setter
    def pace(self, pace: float | None) -> None:
        self._store.setValue("steps_per_second", FLAT_OUT if pace is None else str(float(pace)))

    @property
    def guide_closed(self) -> bool:
        """Return whether the user has closed the first steps, which a first start shows."""
        return self._store.value("guide") == CLOSED

    @guide_closed.setter
    def guide_closed(self, closed: bool) -> None:
        self._store.setValue("guide", CLOSED if closed else "")

    @property
    def history_budget(self) -> int:
        """Return the bytes that a run's history may take."""
        try:
            budget = int(str(self._store.value("history_budget", HISTORY_BUDGET)))
        except ValueError:
            return HISTORY_BUDGET
        return budget if SMALLEST_BUDGET <= budget <= LARGEST_BUDGET else HISTORY_BUDGET

    @history_budget.setter
    def history_budget(self, budget: int) -> None:
        self._store.setValue("history_budget", str(budget))  # as text: it may be more than an int of Qt's


def write_safely(file: Path, content: str | bytes) -> str | None:
    """Write the whole file or leave it as it was; returns what went wrong, if anything."""
    writer = QSaveFile(str(file))
    if not writer.open(QSaveFile.OpenModeFlag.WriteOnly):
        return writer.errorString()
    writer.write(content.encode("utf-8") if isinstance(content, str) else content)
    return None if writer.commit() else writer.errorString()
