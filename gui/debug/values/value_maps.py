"""The Values page: one value of the trace in three maps, DIY, torch and their difference; a number in large."""

from html import escape
from math import prod

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.protocol import Maps, Value, ValueMaps
from engine.spec import owner_of
from gui.look.glossary import explain
from gui.look.lanes import PairNames, names_of_pair
from gui.look.notes import named, not_told
from gui.look.numbers import in_full, place
from gui.look.theme import LIGHT, Theme
from gui.views.maps.map_words import block_text, read_out
from gui.views.maps.triple_map import MapParts, TripleMap

from .value_words import is_number, shape_text
from .verdict_words import marked_text, no_twin_text, verdict_color, verdict_text


class ValueMapsPage(QWidget):
    """Show a value as maps. ``wanted``: a value's number, pixels (height, width) and the element to read out.

    ``element_chosen``: row and column of a cell that was clicked in a value shaped as a weight (its gradient, its
    optimizer state); ``weight`` is that weight's name.
    """

    wanted = Signal(int, tuple, object)
    element_chosen = Signal(int, int)

    def __init__(self, maps: MapParts | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("value_maps_page")
        self._theme = LIGHT
        self._names = names_of_pair()
        self._title, self._number = "", -1
        self._value: Value | None = None
        self._maps: Maps | None = None
        self._asked: tuple | None = None
        self.weight = ""
        self._build(maps)
        self.clear()

    def _build(self, maps: MapParts | None) -> None:
        self._heading = named(QLabel(), "value_title")
        self._heading.setTextFormat(Qt.TextFormat.RichText)
        self._heading.setWordWrap(True)
        self._unit = named(QComboBox(), "value_unit", self.tr("Unit of the difference"))
        explain(self._unit, "ulp")
        self._unit.addItems([self.tr("absolute"), self.tr("ULPs")])
        self._unit.currentIndexChanged.connect(self._on_unit)
        self._triple = TripleMap(
            self.tr("The value in both lanes, and the difference"),
            self.tr("Point at a cell, or use the arrow keys, to read it."),
            maps,
        )
        self._triple.pointed.connect(self._on_pointed)
        self._triple.resized.connect(self._ask)
        self._triple.clicked.connect(self._on_clicked)
        self._text = named(QLabel(), "value_text")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._triple)
        self._stack.addWidget(self._text)
        above = QHBoxLayout()
        above.addWidget(self._heading, 1)
        above.addWidget(self._unit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addLayout(above)
        layout.addWidget(self._stack, 1)

    # --- what its owner calls ----------------------------------------------------------------

    def set_names(self, names: PairNames) -> None:
        """Name the lanes whose values are shown next."""
        if names != self._names:
            self._names = names
            self._triple.set_names(names)
            if self._value is not None:
                self._say_number(self._value)
                self._read_out()

    def show_value(self, title: str, number: int, value: Value, weight: str = "") -> None:
        """Show a value. ``number``: its place in ``Traced.values``. ``weight``: whose shape it has, where it has one's.

        Of another trace, the pointed-at cell and the zoom stay. The same value again changes nothing.
        """
        if value is self._value and (title, number) == (self._title, self._number):
            return
        self._title, self._number, self._value = title, number, value
        self.weight = weight or _weight_of(value)
        self._maps, self._asked = None, None
        self._say_heading()
        is_array = value.shape is not None and not is_number(value) and prod(value.shape) > 0
        self._unit.setVisible(is_array and value.verdict != "hidden")
        if is_array:
            self._triple.show_note("")  # nothing of the value before stays on screen
            self._triple.set_bounds(_rows_and_columns(value))
            self._read_out()
            self._stack.setCurrentWidget(self._triple)
            self._ask()
        else:
            self._say_number(value)
            self._stack.setCurrentWidget(self._text)

    def show_maps(self, answer: ValueMaps) -> None:
        """Show maps; an answer about another value, asked for before the last choice, is dropped."""
        if self._value is None or answer.maps is None or answer.request.value != self._number:
            return
        self._maps = answer.maps
        self._draw()
        self._read_out()

    def _draw(self) -> None:
        if self._maps is not None:
            no_difference = not_told() if self._maps.hides else self.tr("Nothing to compare with")
            notes = ("", self.tr("torch has none"), no_difference)
            self._triple.show_maps(self._maps, self._maps.shape, self._in_ulps, notes)
            self._triple.show_block(block_text(self._maps.block))

    def say(self, text: str) -> None:
        """Say why there are no maps of the value."""
        self._triple.show_note(text)

    def clear(self) -> None:
        self._value, self._maps, self._number = None, None, -1
        self._heading.clear()
        self._unit.hide()
        self._stack.setCurrentWidget(self._text)
        self._text.setText(self._muted(self.tr("Choose a variable to see all of its values here.")))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._triple.set_theme(theme)
        if self._value is None:
            self.clear()
        else:
            self._say_heading()
            self._say_number(self._value)

    def set_stale(self, stale: bool) -> None:
        self._triple.set_stale(stale)

    # --- what is said ------------------------------------------------------------------------

    def _say_heading(self) -> None:
        value = self._value
        assert value is not None
        parts = [f"<b>{escape(self._title)}</b>", self._muted(f"{shape_text(value)} {value.dtype}".strip())]
        if value.distance is not None:
            said = marked_text(value.verdict, value.distance)
            parts.append(self._colored(said, verdict_color(value.verdict, self._theme)))
        elif value.verdict == "hidden":
            parts.append(self._muted(verdict_text(value.verdict)))
        elif value.shape is not None:
            parts.append(self._muted("" if value.twin else verdict_text(value.verdict)))
        self._heading.setText(" &nbsp; ".join(parts))
        self._heading.setToolTip("" if value.twin else no_twin_text(value))

    def _say_number(self, value: Value) -> None:
        """Both sides in large, one below the other, so that digits can be compared."""
        if value.shape is None:
            text = value.text or self.tr("nothing")
            self._text.setText(f"<p style='font-size: x-large'>{escape(text)}</p>")
            return
        if not is_number(value) or not value.first:
            self._text.setText(self._muted(self.tr("an array without elements")))
            return
        rows = [(self._names.diy, in_full(value.first[0], value.dtype))]
        if value.twin_first:
            rows.append((self._names.torch, in_full(value.twin_first[0], value.dtype)))
        cells = "".join(
            f"<tr><td align=right>{self._muted(name)}&nbsp;&nbsp;</td>"
            f"<td style='font-size: xx-large'>{escape(number)}</td></tr>"
            for name, number in rows
        )
        note = "" if value.twin_first else f"<p>{self._muted(no_twin_text(value))}</p>"
        self._text.setText(f"<table align=center>{cells}</table>{note}")

    def _read_out(self) -> None:
        at, value = self._triple.at, self._value
        if at is None or value is None:
            self._triple.read_out("")
            return
        name = place(self._title, _index_of(value, at))
        told = f"{name} …" if self._maps is None else read_out(self._maps, at, name, value.dtype, self._names)
        self._triple.read_out(told)

    def _muted(self, text: str) -> str:
        return self._colored(text, self._theme.muted)

    @staticmethod
    def _colored(text: str, color: str) -> str:
        return f"<span style='color: {color}'>{escape(text)}</span>"

    # --- what a person does ------------------------------------------------------------------

    @property
    def _in_ulps(self) -> bool:
        return self._unit.currentIndex() == 1

    def _ask(self) -> None:
        """Once for each value, size and cell, and only while it is on screen."""
        if self._value is None or self._stack.currentWidget() is not self._triple or not self.isVisible():
            return
        asked = (self._number, self._triple.pixels(), self._triple.at)
        if asked != self._asked:
            self._asked = asked
            self.wanted.emit(*asked)

    def _on_pointed(self) -> None:
        self._read_out()
        self._ask()

    def _on_clicked(self, row: int, column: int) -> None:
        if self.weight:
            self.element_chosen.emit(row, column)

    def _on_unit(self) -> None:
        self._triple.show_unit(self._in_ulps)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()


def _rows_and_columns(value: Value) -> tuple[int, int]:
    """As drawn: a vector is one row; leading axes are rows too."""
    shape = value.shape or (1,)
    return prod(shape[:-1]), shape[-1]


def _index_of(value: Value, at: tuple[int, int]) -> tuple[int, ...]:
    """Return the index in the array itself of a cell: row and column, of a vector the column, of more axes all."""
    leading = (value.shape or ())[:-1]
    above = np.unravel_index(at[0], leading) if leading else ()
    return (*(int(i) for i in above), at[1])


def _weight_of(value: Value) -> str:
    """``layer1.weight`` of ``layer1.weight``, ``layer1.weight.grad``, ``layer1.weight.m`` …; else empty."""
    layer = owner_of(value.twin or "")
    kind = (value.twin or "").removeprefix(f"{layer}.").partition(".")[0]
    return f"{layer}.{kind}" if kind in ("weight", "bias") and value.shape else ""
