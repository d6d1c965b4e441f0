"""The legend beside the loss plot: a line a lane, with its loss in full. A click hides or shows the lane."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.protocol import Evaluated
from gui.look.lanes import Lane
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.text_size import scaled
from gui.look.theme import LIGHT, Theme
from gui.session.branch_names import BranchNames

from .branch_legend import BranchLegend
from .evaluated_lines import diamond_sample
from .legend_row import LINES, LegendRow
from .values import SAMPLE, set_text, show_losses, widest_value
from .words import tested_tip, title_of_tests

NAME_ROOM, NAME_SHARE = 110, 0.16  # pixels of a name at the least, and of the width that legend and plot have
BOX_ROOM = 38  # pixels of the box, and around the sample and the name
A_TURN = 16  # rows that are made before the event loop has its turn


class Legend(QScrollArea):
    """List the lanes with their losses, and below them the ``branches``.

    Values have a fixed width for the dtype, so that reading them out moves nothing. Of many lanes, rows are made as far
    as they are in sight, and more of them when a person scrolls there.
    """

    toggled = Signal()

    def __init__(self, names: BranchNames) -> None:
        super().__init__()
        self.setObjectName("loss_legend")
        self.setAccessibleName(self.tr("Legend and loss values"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._dtype, self._room = LIGHT, "float32", scaled(NAME_ROOM)
        self._lanes: tuple[Lane, ...] = ()
        self._colors: tuple[int, ...] = ()
        self._hidden: set[str] = set()  # ids of lanes
        self._rows: list[LegendRow] = []  # of the first lanes; the others' are not made yet
        self._losses: Sequence[float] = ()
        self._tests: Sequence[Evaluated] = ()
        self._notes: Sequence[str] = ()
        self._tested = self._make_test_box()
        self._heading = named(QLabel(), "legend_heading")
        self._inside, self._top, self._rest = QWidget(), QWidget(), QWidget()
        self.branches = BranchLegend(names)
        self.branches.toggled.connect(self.toggled)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_rows)
        self.verticalScrollBar().valueChanged.connect(self._make_soon)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)  # as the rows
        below.addWidget(self._tested)
        for part in (self._top, self._rest):
            column.addWidget(part)
        column.addLayout(below)
        column.addWidget(self.branches)
        column.addStretch(1)
        self.setWidget(self._inside)
        self._fill()

    def _make_test_box(self) -> QCheckBox:
        box = named(QCheckBox(title_of_tests()), "legend_test", title_of_tests())
        box.setToolTip(self.tr("The loss over the rows that only test: click to hide or show"))
        box.setIconSize(SAMPLE)
        box.setChecked(True)
        box.hide()
        box.toggled.connect(self._on_test_toggled)
        return box

    def set_tested(self, tested: bool) -> None:
        """Say whether the run has rows that only test: then there are curves and losses of them to be shown."""
        if self._tested.isHidden() == tested:
            self._tested.setVisible(tested)
            self._draw_sample()
            self._show_tests()

    @property
    def test_shown(self) -> bool:
        return not self._tested.isHidden() and self._tested.isChecked()

    def set_lanes(self, lanes: Sequence[Lane], colors: Sequence[int], dtype: str) -> None:
        """Take the run's lanes; those hidden by name stay hidden. ``colors``: each entry's index in the palette."""
        same = tuple(lanes) == self._lanes and dtype == self._dtype
        self._lanes, self._colors, self._dtype = tuple(lanes), tuple(colors), dtype
        self._hidden &= {lane.id for lane in lanes}
        if not same:
            self._fill()
        self.set_theme(self._theme)

    def show_all(self) -> None:
        for row in self._rows:
            row.box.setChecked(True)
        if self._hidden:
            self._hidden.clear()
            self.toggled.emit()

    @property
    def hidden(self) -> frozenset[str]:
        """Return the ids of the lanes that are hidden."""
        return frozenset(self._hidden)

    def hide_lanes(self, lanes: Collection[str]) -> None:
        """Hide these lanes, whether they have rows yet or not, and show all others."""
        self._hidden = set(lanes)
        for row in self._rows:
            row.box.setChecked(row.lane.id not in self._hidden)
        self.toggled.emit()

    def shown(self, index: int) -> bool:
        return self._lanes[index].id not in self._hidden

    def show_values(self, heading: str, losses: Sequence[float], tests: Sequence[Evaluated] = ()) -> None:
        """Show losses in the lanes' order below a heading, or none to empty the column; and those of the test rows."""
        set_text(self._heading, heading)
        self._losses, self._tests = losses, tests
        self._show_losses()

    def _show_losses(self) -> None:
        count = len(self._rows)
        show_losses([row.value for row in self._rows], self._losses[:count], self._dtype)
        if self.test_shown:
            show_losses([row.test for row in self._rows], [one.loss for one in self._tests[:count]], self._dtype)
            for row, one in zip(self._rows, self._tests, strict=False):
                row.test.setToolTip(tested_tip(one.step))

    def show_notes(self, notes: Sequence[str]) -> None:
        self._notes = notes
        for row, note in zip(self._rows, notes, strict=False):
            row.show_note(note)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows:
            self._color(row)
        self.branches.set_look(theme, self._colors)
        self._draw_sample()

    def _draw_sample(self) -> None:
        """Draw what test curves look like, once there are some."""
        if not self._tested.isHidden():
            self._tested.setIcon(diamond_sample(SAMPLE, self._theme, self.devicePixelRatioF()))

    # --- rows --------------------------------------------------------------------------------

    def _fill(self) -> None:
        """In place of the rows there are."""
        old, self._top = self._top, QWidget()
        self._grid = QGridLayout(self._top)
        self._grid.setContentsMargins(4, 0, 4, 0)
        self._grid.setVerticalSpacing(1)
        self._rows, self._losses, self._tests, self._notes = [], (), (), ()
        self._heading = named(QLabel(), "legend_heading")
        mute(self._heading)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._heading, 0, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._add_rows()
        column = self._inside.layout()
        assert column is not None
        column.replaceWidget(old, self._top)
        old.hide()
        old.setParent(None)  # what is looked for by its name must not be found twice
        old.deleteLater()
        self.setFixedWidth(self._width())
        self._make_soon()

    def _add_rows(self) -> None:
        """Make some more rows; what has none yet keeps its room."""
        first = len(self._rows)
        for place, lane in enumerate(self._lanes[first : first + A_TURN], first):
            row = LegendRow(lane, self._short(lane.name), lane.id not in self._hidden)
            row.add_to(self._grid, 1 + LINES * place)
            row.show_test(self.test_shown)
            row.toggled.connect(self._on_toggled)
            if first:
                QWidget.setTabOrder(self._rows[-1].box, row.box)
            self._rows.append(row)
            self._color(row)
        missing = len(self._lanes) - len(self._rows)
        height = self._rows[0].box.sizeHint().height() + self._grid.verticalSpacing() if self._rows else 0
        self._rest.setFixedHeight(missing * height * (2 if self.test_shown else 1))
        self._rest.setVisible(missing > 0)

    def _make_rows(self) -> None:
        """As far as a person sees."""
        seen = self.verticalScrollBar().value() + self.viewport().height()
        if self.isVisible() and len(self._rows) < len(self._lanes) and self._rest.y() < seen:
            self._add_rows()
            self._show_losses()
            self.show_notes(self._notes)
            self._next.start()  # there may be room for more of them

    def _make_soon(self) -> None:
        if len(self._rows) < len(self._lanes):
            self._next.start()

    def _on_test_toggled(self) -> None:
        self._show_tests()
        self.toggled.emit()

    def _show_tests(self) -> None:
        for row in self._rows:
            row.show_test(self.test_shown)
        self._show_losses()

    def _on_toggled(self, lane: str, shown: bool) -> None:
        (self._hidden.discard if shown else self._hidden.add)(lane)
        self.toggled.emit()

    def _color(self, row: LegendRow) -> None:
        color = self._theme.entry_color(self._colors[row.lane.entry])
        row.set_look(color, self._theme, self.devicePixelRatioF())

    # --- width -------------------------------------------------------------------------------

    def _short(self, name: str) -> str:
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, self._room)
        return text.replace("&", "&&")

    def set_room(self, width: int) -> None:
        """Take the width that legend and plot have together: in a wide window long names get more of it."""
        room = max(scaled(NAME_ROOM), round(width * NAME_SHARE))
        if room != self._room:
            self._room = room
            for row in self._rows:
                row.box.setText(self._short(row.lane.name))
            self.setFixedWidth(self._width())

    def _width(self) -> int:
        """Return the width that the longest name needs, made or not: scrolling moves nothing."""
        wide = self.fontMetrics().horizontalAdvance
        names = min(max((wide(lane.name) for lane in self._lanes), default=60), self._room)
        bar = self.verticalScrollBar().sizeHint().width()
        return names + SAMPLE.width() + BOX_ROOM + widest_value(self._dtype) + bar

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_soon()
