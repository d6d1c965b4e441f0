"""The race's table as a model: a row a lane, sorted again with every frame, where selection stays with the lane."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from engine.protocol import PairParity, RaceRow, pair_kind
from engine.spec import ExperimentSpec, class_kind, row_count
from gui.look.text_size import fixed_font
from gui.look.theme import LIGHT, Theme
from gui.views.parity.parity_words import kind_color, line_of

from ..entries.entry_marks import badge
from ..entries.shown import Shown
from .columns import Standing, columns, copied, sort_key
from .earlier_lines import earlier_name
from .earlier_rows import standing_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
UNSORTED = -1


class RaceModel(QAbstractTableModel):
    """Hold the race's table. Lanes that are not shown have no row; unsorted, rows stand in the legend's order.

    An earlier run's lanes have rows behind those of the run at hand, or among them where they are sorted by a number.
    """

    def __init__(self, shown: Shown, parent: QObject | None = None):
        super().__init__(parent)
        self._kinds, self.columns = (False, False), columns()  # whether there are test rows, and classes
        self._shown, self._theme, self._ratio = shown, LIGHT, 1.0
        self._spec: ExperimentSpec | None = None
        self._all: tuple[Standing, ...] = ()  # of every lane, in the order of ``shown.lanes``
        self._earlier: tuple[Standing, ...] = ()  # of the earlier run's lanes that are shown
        self._rows: list[int] = []  # places in ``_all``, and behind it in ``_earlier``
        self._sorted_by, self._descending = UNSORTED, False
        self._past: int | None = None
        self._colors: tuple[int, ...] = ()
        self._badges: dict[int, QIcon] = {}  # by entry, as far as they were looked at
        self._font: QFont = fixed_font()
        shown.changed.connect(self._on_shown)
        shown.earlier_changed.connect(self._on_earlier)

    # --- what the table calls --------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the lanes; others have no numbers yet, the same keep theirs."""
        same = self._spec is not None and self._shown.lanes == tuple(standing.lane for standing in self._all)
        same = same and spec is not None
        self.beginResetModel()
        self._spec = spec
        kinds = (spec is not None and row_count(spec, "test") > 0, spec is not None and class_kind(spec) is not None)
        if kinds != self._kinds:
            self._kinds, self.columns = kinds, columns(*kinds)
            self._sorted_by, self._descending = UNSORTED, False  # the columns are others
        self._colors = spec.colors if spec is not None else ()
        self._badges.clear()
        if not same:
            dtype = spec.dtype if spec else "float32"
            self._all = tuple(Standing(lane, None, None, dtype) for lane in self._shown.lanes)
        self._earlier = self._earlier_shown()
        self._rows = self._wanted()
        self.endResetModel()

    def show_rows(self, rows: Sequence[RaceRow], pairs: Sequence[PairParity], past: int | None = None) -> None:
        """Show ``rows`` in the order of the lanes. Before the first step nothing is told, not even NaN.

        ``past``: the step that they are of, where that is not the newest.
        """
        if self._spec is None or len(rows) != len(self._all):
            return
        if past != self._past:
            self._past = past
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        by_label, dtype = {pair.label: pair for pair in pairs}, self._spec.dtype
        self._all = tuple(
            Standing(standing.lane, row if row.evaluations else None, by_label.get(standing.lane.label), dtype)
            for standing, row in zip(self._all, rows, strict=True)
        )
        self._arrange()
        if self._rows:
            self.dataChanged.emit(self.index(0, 1), self.index(len(self._rows) - 1, len(self.columns)))

    def clear(self) -> None:
        """Go back to before the first step."""
        self._all = tuple(Standing(standing.lane, None, None, standing.dtype) for standing in self._all)
        self._arrange()
        self._tell_all()

    def set_theme(self, theme: Theme, ratio: float) -> None:
        self._theme, self._ratio = theme, ratio
        self._badges.clear()
        self._tell_all()

    def standings(self) -> list[Standing]:
        """Return the lines as they stand in the table, from above."""
        return [self._at(place) for place in self._rows]

    def _at(self, place: int) -> Standing:
        return self._all[place] if place < len(self._all) else self._earlier[place - len(self._all)]

    def as_table(self) -> list[list[str]]:
        """Return heading and rows with all digits, as a spreadsheet takes them."""
        heading = [self.tr("Number"), self.tr("Lane"), *(column.title for column in self.columns)]
        heading += [self.tr("Verdict"), self.tr("Drift since step")]
        return [heading, *(self._copied_row(standing) for standing in self.standings())]

    def _copied_row(self, standing: Standing) -> list[str]:
        numbers = [copied(column.value(standing)) for column in self.columns]
        pair = standing.pair if standing.pair is not None and standing.pair.farthest is not None else None
        verdict = "" if pair is None else pair.verdict
        drift = "" if pair is None or pair.drift is None else str(pair.drift.since)
        number = "" if standing.earlier else str(standing.lane.entry + 1)
        return [number, standing.earlier or standing.lane.id, *numbers, verdict, drift]

    # --- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.DisplayRole:
            return self.columns[section - 1].title if section else self._lanes_title()
        if role == Role.ToolTipRole:
            about = (
                self.columns[section - 1].about if section else self.tr("Sorted by this, rows stand as in the legend")
            )
            return about + "\n" + self.tr("Click to sort by it.")
        return None

    def _lanes_title(self) -> str:
        """Where the run stands in its past, the table says of which step it is."""
        if self._past is None:
            return self.tr("Lane")
        return self.tr("Lane, at step {step}").format(step=f"{self._past:,}")

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        standing = self._at(self._rows[index.row()])
        if index.column() == 0:
            return self._lane(standing, role)
        column = self.columns[index.column() - 1]
        if role == Role.DisplayRole:
            return column.text(column.value(standing), standing)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.FontRole:
            return self._font
        if role == Role.ForegroundRole and standing.earlier:
            return QColor(self._theme.muted)
        if role == Role.ForegroundRole and column.key == "parity":
            return self._parity_color(standing)
        if role == Role.ToolTipRole and column.key == "parity" and standing.pair is not None:
            return line_of(standing.pair, standing.dtype).tip
        return None

    def _lane(self, standing: Standing, role: int) -> Any:
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return standing.name
        if standing.earlier:
            return self._earlier_look(role)
        return self._badge(standing.lane.entry) if role == Role.DecorationRole else None

    def _earlier_look(self, role: int) -> Any:
        """Mark the name of an earlier run's lane: slanted and pale, and without a number of its own."""
        if role == Role.ForegroundRole:
            return QColor(self._theme.muted)
        if role == Role.FontRole:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def _parity_color(self, standing: Standing) -> QColor:
        kind = "alone" if standing.pair is None else pair_kind(standing.pair)
        return QColor(kind_color(kind, self._theme))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    # --- inside ----------------------------------------------------------------------------

    def _wanted(self) -> list[int]:
        """Return the indices of the lanes shown, in the order that they are to stand in."""
        rank = {entry: place for place, entry in enumerate(self._shown.order)}
        there = [place for place, one in enumerate(self._all) if self._shown.lane_shown(one.lane.id)]
        there.sort(
            key=lambda place: rank[self._all[place].lane.entry], reverse=self._descending and not self._by_number
        )
        there += range(len(self._all), len(self._all) + len(self._earlier))
        if self._by_number:
            value = self.columns[self._sorted_by - 1].value
            keys = {place: sort_key(value(self._at(place))) for place in there}
            sign = -1.0 if self._descending else 1.0
            there.sort(key=lambda place: (keys[place][0], sign * keys[place][1]))
        return there

    @property
    def _by_number(self) -> bool:
        return self._sorted_by > 0

    def _arrange(self) -> None:
        """Put rows where they belong; what is selected goes along with its lane."""
        wanted = self._wanted()
        if wanted == self._rows:
            return
        if len(wanted) != len(self._rows):
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        before, old = self._rows, self.persistentIndexList()
        self._rows = wanted
        place = {lane: row for row, lane in enumerate(wanted)}
        new = [
            self.index(place[before[one.row()]], one.column()) if before[one.row()] in place else QModelIndex()
            for one in old
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _on_shown(self) -> None:
        if [earlier_name(lane) for lane in self._shown.earlier_lanes] != [one.earlier for one in self._earlier]:
            self._on_earlier()
        elif self._shown.lanes == tuple(standing.lane for standing in self._all):
            self._arrange()

    def _on_earlier(self) -> None:
        self.beginResetModel()
        self._earlier = self._earlier_shown()
        self._rows = self._wanted()
        self.endResetModel()

    def _earlier_shown(self) -> tuple[Standing, ...]:
        run = self._shown.earlier
        dtype = "float32" if self._spec is None else self._spec.dtype
        dtype = dtype if run is None or run.spec is None else run.spec.dtype
        return tuple(standing_of(lane, dtype) for lane in self._shown.earlier_lanes)

    def _badge(self, entry: int) -> QIcon:
        """Drawn when it is looked at: of hundreds of entries few are in sight."""
        if entry not in self._badges:
            self._badges[entry] = badge(entry + 1, self._theme.entry_color(self._colors[entry]), self._ratio)
        return self._badges[entry]

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns)))
