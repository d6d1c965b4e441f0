"""The room of the Compare view: the race, the pages beside or behind it, and the table below."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSplitter, QTabWidget, QWidget

NARROW = 1000  # pixels of width below which the race is one of the pages: side by side, no plot would be large enough
LOW = 560  # pixels of height below which the table begins closed
ACROSS, DOWN = 0.42, 0.36  # of the room, what pages and table begin with


class Arrangement(QObject):
    """Divide the view among its parts. ``changed``: other parts are on screen.

    Until a person opens or shuts a part, what there is no room for is shut. ``down`` is all of it. Where the race is a
    page, the table is on screen with it alone.
    """

    changed = Signal()

    def __init__(self, race: QWidget, pages: QTabWidget, table: Any, parent: QWidget):
        super().__init__(parent)
        self._race, self._pages, self._table = race, pages, table
        self.narrow = False
        self._front = race  # what is shown where only one page is; it is again once the view is as narrow as before
        self._wants_table = self._wants_pages = True
        self._chosen = self._dragged = False  # whether a person has opened or shut a part, or moved a splitter
        self.across = _splitter(Qt.Orientation.Horizontal, "compareAcross", race, pages)
        self.down = _splitter(Qt.Orientation.Vertical, "compareDown", self.across, table)
        self._switches: dict[str, QCheckBox] = {}
        for splitter in (self.across, self.down):
            splitter.splitterMoved.connect(self._on_dragged)
        pages.currentChanged.connect(lambda _: self._show_parts() if self.narrow else None)

    def set_switches(self, table: QCheckBox, pages: QCheckBox) -> None:
        self._switches = {"table": table, "pages": pages}
        table.toggled.connect(lambda on: self._choose("table", on))
        pages.toggled.connect(lambda on: self._choose("pages", on))

    @property
    def arranged(self) -> tuple[bool, bool, bool]:
        """Return whether the race is a page, and whether a person has opened or shut a part, or moved a splitter."""
        return self.narrow, self._chosen, self._dragged

    @arranged.setter
    def arranged(self, arranged: tuple[bool, bool, bool]) -> None:
        narrow, self._chosen, dragged = arranged
        if narrow != self.narrow:
            self._turn(narrow)
        self._dragged = dragged

    def show_pages(self) -> None:
        """Open the pages, where a person has shut them."""
        if not self._wants_pages:
            self._switches["pages"].setChecked(True)

    @property
    def race_in_front(self) -> bool:
        return not self.narrow or self._pages.currentWidget() is self._race

    def fit(self, width: int, height: int) -> None:
        """Fit the parts to the view's size."""
        narrow = width < NARROW and self._pages.count() > self.narrow
        if narrow != self.narrow:
            self._turn(narrow)
        if not self._chosen:
            self._wants_table, self._wants_pages = height >= LOW, True
        self._show_parts()
        if not self._dragged:
            self._share()

    def _turn(self, narrow: bool) -> None:
        self.narrow = narrow
        if narrow:
            self._pages.insertTab(0, self._race, self.tr("Race"))
            self._pages.setTabToolTip(0, self.tr("Loss of every lane of the race"))
            self._pages.setCurrentWidget(self._front)
        else:
            self._front = self._pages.currentWidget()
            self.across.insertWidget(0, self._race)
            self.across.setStretchFactor(0, 3)
        self._race.show()
        self._dragged = False

    def _show_parts(self) -> None:
        self._pages.setVisible(self.narrow or (self._wants_pages and self._pages.count() > 0))
        self._table.setVisible(self._wants_table and self.race_in_front)
        for name, on in (("table", self._wants_table), ("pages", not self._pages.isHidden())):
            if (switch := self._switches.get(name)) is not None:
                switch.blockSignals(True)
                switch.setChecked(on)
                switch.blockSignals(False)
        if "pages" in self._switches:
            self._switches["pages"].setVisible(not self.narrow)
        self.changed.emit()

    def _share(self) -> None:
        """Share the room out between the parts."""
        self.across.setSizes([round(1000 * (1 - ACROSS)), round(1000 * ACROSS)])
        low = min(self._table.wanted_height / max(self.down.height(), 1), DOWN)
        self.down.setSizes([round(1000 * (1 - low)), round(1000 * low)])

    def _choose(self, part: str, on: bool) -> None:
        """From now on a person arranges it."""
        self._chosen = True
        if part == "table":
            self._wants_table = on
        else:
            self._wants_pages = on
        self._show_parts()
        self._share()

    def _on_dragged(self) -> None:
        self._chosen = self._dragged = True


def _splitter(direction: Qt.Orientation, name: str, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(direction)
    splitter.setObjectName(name)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setChildrenCollapsible(False)
    splitter.setStretchFactor(0, 3)
    splitter.setStretchFactor(1, 2)
    return splitter
