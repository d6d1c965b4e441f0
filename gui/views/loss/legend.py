"""The legend beside the loss plot: a line a lane, with its loss in full. A click hides or shows the lane."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.look.lanes import Lane
from gui.look.notes import named
from gui.look.theme import LIGHT, Theme
from gui.session.branch_names import BranchNames

from .branch_legend import BranchLegend
from .values import SAMPLE, sample, set_text, show_losses, value_label, widest_value

NAME_ROOM, NAME_SHARE = 110, 0.16  # pixels of a name at the least, and of the width that legend and plot have
BOX_ROOM = 38  # pixels of the box, and around the sample and the name


class Legend(QScrollArea):
    """Values have a fixed width for the dtype, so that reading them out moves nothing. Below are the ``branches``."""

    toggled = Signal()

    def __init__(self, names: BranchNames) -> None:
        super().__init__()
        self.setObjectName("loss_legend")
        self.setAccessibleName(self.tr("Legend and loss values"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._dtype, self._room = LIGHT, "float32", NAME_ROOM
        self._lanes: tuple[Lane, ...] = ()
        self._colors: tuple[int, ...] = ()
        self._boxes: list[QCheckBox] = []
        self._values: list[QLabel] = []
        self._notes: list[QLabel] = []
        self._heading = named(QLabel(), "legend_heading")
        self._inside, self._top = QWidget(), QWidget()
        self.branches = BranchLegend(names)
        self.branches.toggled.connect(self.toggled)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self.branches)
        column.addStretch(1)
        self.setWidget(self._inside)
        self._fill(())

    def set_lanes(self, lanes: Sequence[Lane], colors: Sequence[int], dtype: str) -> None:
        """``colors``: each entry's place in the palette. Lanes that were hidden by name stay hidden."""
        hidden = {lane.id for lane, box in zip(self._lanes, self._boxes, strict=True) if not box.isChecked()}
        self._lanes, self._colors, self._dtype = tuple(lanes), tuple(colors), dtype
        self._fill(hidden)
        self.set_theme(self._theme)

    def show_all(self) -> None:
        for box in self._boxes:
            box.setChecked(True)

    def shown(self, index: int) -> bool:
        return self._boxes[index].isChecked()

    def show_values(self, heading: str, losses: Sequence[float]) -> None:
        """``losses`` in the lanes' order, or none to empty the column."""
        set_text(self._heading, heading)
        show_losses(self._values, losses, self._dtype)

    def show_notes(self, notes: Sequence[str]) -> None:
        for label, note in zip(self._notes, notes, strict=False):
            set_text(label, note)
            label.setVisible(bool(note))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for lane, box in zip(self._lanes, self._boxes, strict=True):
            color = theme.entry_color(self._colors[lane.entry])
            box.setIcon(sample([lane.backend], color, theme, self.devicePixelRatioF()))
        self.branches.set_look(theme, self._colors)

    def _fill(self, hidden: set[str] | tuple[()]) -> None:
        old, self._top = self._top, QWidget()
        grid = QGridLayout(self._top)
        grid.setContentsMargins(4, 0, 4, 0)
        grid.setVerticalSpacing(1)
        self._boxes, self._values, self._notes = [], [], []
        self._heading = named(QLabel(), "legend_heading")
        self._heading.setProperty("role", "muted")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        for index, lane in enumerate(self._lanes):
            self._add_lane(grid, 1 + 2 * index, lane, lane.id not in hidden)
        grid.setColumnStretch(0, 1)
        column = self._inside.layout()
        assert column is not None
        column.replaceWidget(old, self._top)
        old.hide()
        old.setParent(None)  # what is looked for by its name must not be found twice
        old.deleteLater()
        self.setFixedWidth(self._width())

    def _add_lane(self, grid: QGridLayout, row: int, lane: Lane, shown: bool) -> None:
        box = named(QCheckBox(self._short(lane.name)), f"legend_{lane.id}", lane.name)
        box.setToolTip(self.tr("{lane}: click to hide or show").format(lane=lane.name))
        box.setIconSize(SAMPLE)
        box.setChecked(shown)
        box.toggled.connect(self.toggled)
        value = value_label(f"loss_{lane.id}", self.tr("Loss of {lane}").format(lane=lane.name))
        note = named(QLabel(), f"note_{lane.id}")
        note.setProperty("role", "warning")
        note.setWordWrap(True)
        note.hide()
        grid.addWidget(box, row, 0)
        grid.addWidget(value, row, 1)
        grid.addWidget(note, row + 1, 0, 1, 2)
        self._boxes.append(box)
        self._values.append(value)
        self._notes.append(note)

    def _short(self, name: str) -> str:
        text = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, self._room)
        return text.replace("&", "&&")

    def set_room(self, width: int) -> None:
        """What the legend and the plot have together: of a wide window, long names have more."""
        room = max(NAME_ROOM, round(width * NAME_SHARE))
        if room != self._room:
            self._room = room
            for lane, box in zip(self._lanes, self._boxes, strict=True):
                box.setText(self._short(lane.name))
            self.setFixedWidth(self._width())

    def _width(self) -> int:
        names = max((self.fontMetrics().horizontalAdvance(box.text()) for box in self._boxes), default=60)
        bar = self.verticalScrollBar().sizeHint().width()
        return names + SAMPLE.width() + BOX_ROOM + widest_value(self._dtype) + bar
