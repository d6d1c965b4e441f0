"""The paths on which a gradient goes back to one number, and their sum, both sides below each other."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.protocol import Both, Explained, Paths
from engine.spec import layer_number
from gui.look.lanes import PairNames, names_of_pair
from gui.look.notes import named
from gui.look.numbers import place, short
from gui.look.theme import LIGHT, Theme

from .kind_sentences import path_title

DIGITS = 6


class PathsPart(QWidget):
    """Show the paths as a sum in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("formula_paths")
        self._theme = LIGHT
        self._names = names_of_pair()
        self._paths: Paths | None = None
        self._title, self._table = named(QLabel(), "paths_title"), named(QLabel(), "paths_table")
        self._title.setWordWrap(True)
        self._table.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._table)

    def show_explained(self, explained: Explained, names: PairNames) -> None:
        """Show the paths of an answer, if it has any; ``names`` are the lanes'."""
        self._paths, self._names = explained.paths, names
        self._say()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._say()

    def _say(self) -> None:
        paths = self._paths
        if paths is None:
            return
        number = place("x", (paths.row, *paths.index[1:]))
        title = self.tr("∂L/∂{number} of layer {layer}, whose paths add up").format(
            number=number, layer=layer_number(paths.layer)
        )
        self._title.setText(f"<b>{escape(title)}</b>")
        self._table.setText(self._rows(paths, f"∂L/∂{number}"))

    def _rows(self, paths: Paths, total: str) -> str:
        """Return the table: a column a path, with the sum behind them."""
        heads = [path_title(part.kind) for part in paths.parts]
        values = [part.value for part in paths.parts]
        muted = f"color: {self._theme.muted}"
        cells = "".join(f"<td align='right' style='{muted}'>&nbsp;&nbsp;&nbsp;{escape(head)}</td>" for head in heads)
        lines = [f"<tr><td></td>{cells}<td align='right' style='{muted}'>&nbsp;&nbsp;&nbsp;{escape(total)}</td></tr>"]
        for side, name in enumerate(self._names):
            if all(value[side] is not None for value in (*values, paths.total)):
                lines.append(self._line(name, side, values, paths.total))
        return f"<table cellspacing='0' cellpadding='2'>{''.join(lines)}</table>"

    def _line(self, lane: str, side: int, values: list[Both], total: Both) -> str:
        first, *others = (value[side] or 0.0 for value in values)
        numbers = [short(first, DIGITS), *(f"{'−' if one < 0 else '+'} {short(abs(one), DIGITS)}" for one in others)]
        cells = "".join(f"<td align='right'>&nbsp;{number}</td>" for number in numbers)
        name = f"<td style='color: {self._theme.muted}'>{escape(lane)}</td>"
        return f"<tr>{name}{cells}<td align='right'>&nbsp;= <b>{short(total[side] or 0.0, DIGITS)}</b></td></tr>"
