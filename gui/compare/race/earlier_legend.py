"""The earlier run's lanes below the race's legend: how each is drawn, and its name."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.look.naming import name_field

from ..entries.entry_marks import badge_size
from .earlier_lines import GAP, INK, WIDTH

MOST_ROWS = 6  # that are seen at once; others are scrolled to


class EarlierLegend(QListWidget):
    """List the earlier run's lanes; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        name_field(
            self, "race_earlier", self.tr("Earlier run"), self.tr("The dotted curves: another run, for comparison")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setIconSize(badge_size())
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_lanes(self, lanes: Sequence[tuple[str, str, bool]], ratio: float) -> None:
        """Show names and colours; last, whether the curve can be drawn over the axis at hand."""
        self.clear()
        for name, color, is_drawn in lanes:
            item = QListWidgetItem(_line(color, ratio), name)
            item.setToolTip(name if is_drawn else self.tr("{name}: not known over this axis").format(name=name))
            if not is_drawn:
                item.setForeground(QColor(color))
            self.addItem(item)
        self.setVisible(bool(lanes))
        height = self.sizeHintForRow(0) * min(len(lanes), MOST_ROWS) + 2 * self.frameWidth()
        self.setFixedHeight(max(height, 0))


def _line(color: str, ratio: float) -> QIcon:
    """Draw a piece of the curve."""
    size: QSize = badge_size()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    pen = QPen(QColor(color), WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([INK / WIDTH, GAP / WIDTH])
    painter.setPen(pen)
    middle = size.height() / 2
    painter.drawLine(QPointF(0, middle), QPointF(size.width(), middle))
    painter.end()
    return QIcon(picture)
