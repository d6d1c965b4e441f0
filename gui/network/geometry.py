"""Where everything of the picture stands in its pixels: computed once for each size, and read by painting and mouse."""

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from gui.look.text_size import scaled

from .shape import NetworkShape, Place, Skip

LEAST, MOST = 3, 32  # units of a layer that are drawn one by one, in however low or high a picture
PER_UNIT, SMALL_UNIT = 12.0, 8.0  # pixels of height that a unit takes at the least, and in a compact picture
COLUMN = 64.0  # pixels from column to column at the least
LARGEST = 22.0  # pixels of a unit's radius
FARTHEST = 96.0  # pixels from unit to unit at the most
BLOCK = (34.0, 0.8)  # of a layer that is drawn as one: its width in pixels, its share of the height
TITLE, SIDE, FOOT = 22.0, 58.0, 8.0  # pixels above the units, at the sides, and below
SKIP, SMALL_SKIP = 14.0, 6.0  # pixels below all that for a residual's skip, and for each further one inside it
SMALL_SIDE = 24.0
UNDER = 34.0  # pixels of text under a unit, where text has the system's size
THINNEST_MAP = 40.0  # pixels of a connection's map, across
MOST_CELLS = 64  # of a connection's map, a side


def units_drawn(height: float, compact: bool = False) -> int:
    """Return how many units of a layer are drawn one by one in a picture so high."""
    room, each = (height - 2 * FOOT, SMALL_UNIT) if compact else (height - _title() - _foot(), PER_UNIT)
    return int(min(max(room // each, LEAST), MOST))


def width_needed(shape: NetworkShape, compact: bool = False) -> int:
    """Return how wide a picture must be to keep its columns apart."""
    return round((COLUMN * 0.6 if compact else scaled(COLUMN)) * (len(shape.columns) - 1) + 2 * _side(compact))


def _side(compact: bool) -> float:
    return SMALL_SIDE if compact else scaled(SIDE)


def _title() -> float:
    return scaled(TITLE)


def _foot() -> float:
    """Return the pixels below: what is written under the last unit takes more where text is larger."""
    return FOOT + max(scaled(UNDER) - UNDER, 0.0)


class Geometry:
    """Hold where the columns of a network stand in a picture of a size. ``compact``: without room for words."""

    def __init__(self, shape: NetworkShape, size: QSizeF, compact: bool = False):
        self.shape, self.most = shape, units_drawn(size.height(), compact)
        side, top, foot = _side(compact), FOOT if compact else _title(), FOOT if compact else _foot()
        self._skip, self._under = (SMALL_SKIP, 0.0) if compact else (SKIP, scaled(UNDER))
        self._bottom = size.height() - FOOT / 2
        foot += self._skip * max((skip.depth + 1 for skip in shape.skips), default=0)
        self.top, self.height = top, max(size.height() - top - foot, 1.0)
        self.apart = max((size.width() - 2 * side) / (len(shape.columns) - 1), 1.0)
        self.x = [side + self.apart * column for column in range(len(shape.columns))]
        self._spacing = [min(self.height / column.units, FARTHEST) for column in shape.columns]
        self._centers = [self._place(column) for column in range(len(shape.columns))]
        self._lines = [self._join(column) for column in range(1, len(shape.columns))]

    def _place(self, column: int) -> Array | None:
        units = self.shape.columns[column].units
        if units > self.most:
            return None
        middle = self.top + self.height / 2
        y = middle + self._spacing[column] * (np.arange(units) - (units - 1) / 2)
        return np.stack([np.full(units, self.x[column]), y], axis=1)

    def _join(self, column: int) -> list[QLineF]:
        """Return the lines into a column, unit by unit, and of each unit source by source."""
        sources, units = self._centers[column - 1], self._centers[column]
        if sources is None or units is None:
            return []
        from_middle, to_middle = self.radius(column - 1), self.radius(column)
        return [
            QLineF(source[0] + from_middle, source[1], unit[0] - to_middle, unit[1])
            for unit in units
            for source in sources
        ]

    # --- what is where -------------------------------------------------------------------------

    def radius(self, column: int) -> float:
        """Return the radius of a column's units, half the side of their squares."""
        return max(min(self._spacing[column] * 0.42, LARGEST, self.apart * 0.22), 2.0)

    def room_below(self, column: int) -> float:
        """Return how many pixels lie below a unit, up to the next."""
        return self._spacing[column] - 2 * self.radius(column)

    def centers(self, column: int) -> Array | None:
        """Return the middle of each unit of a column, ``(units, 2)``; None where the column is a block."""
        return self._centers[column]

    def lines(self, column: int) -> list[QLineF]:
        """Return the lines into a column; none where it, or the one before, is a block."""
        return self._lines[column - 1]

    def line(self, place: Place) -> QLineF | None:
        """Return the line of a weight."""
        lines = self.lines(place.column) if place.column else []
        if place.source is None or not lines:
            return None
        return lines[place.unit * self.shape.columns[place.column - 1].units + place.source]

    def node(self, place: Place) -> QRectF:
        """Return a unit's square; of a unit in a block its cell of the block's map."""
        centers = self._centers[place.column]
        if centers is not None:
            x, y = centers[place.unit]
            radius = self.radius(place.column)
            return QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
        block = self.block(place.column)
        across, down, each = block_cells(self.shape.columns[place.column].units)
        cell = place.unit // each
        width, height = block.width() / across, block.height() / down
        return QRectF(block.x() + cell % across * width, block.y() + cell // across * height, width, height)

    def block(self, column: int) -> QRectF:
        """Return the area of a column that is drawn as one."""
        width, height = min(BLOCK[0], self.apart * 0.4), self.height * BLOCK[1]
        return QRectF(self.x[column] - width / 2, self.top + (self.height - height) / 2, width, height)

    def map_area(self, column: int) -> QRectF | None:
        """Return where the weights into a column are a map; None where they are lines, or there are none."""
        if self.lines(column) or self.shape.connections[column - 1].weight is None:
            return None
        units, sources = (self.shape.columns[at].units for at in (column, column - 1))
        largest = QSizeF(self.apart * 0.5, min(self.height * 0.6, self.apart))
        long = max(units, sources)
        width, height = (max(largest.width() * count / long, THINNEST_MAP) for count in (sources, units))
        width, height = min(width, self.apart * 0.6), min(height, largest.height())
        center = QPointF((self.x[column] + self.x[column - 1]) / 2, self.top + self.height / 2)
        return QRectF(center.x() - width / 2, center.y() - height / 2, width, height)

    def skip(self, skip: Skip) -> list[QPointF]:
        """Return the corners of a skip's line: down from its first column's units, along below all, and up again."""
        beside = [self.radius(column) * 0.6 + 4 for column in (skip.start, skip.end)]
        left, right = self.x[skip.start] + beside[0], self.x[skip.end] - beside[1]
        along = self._bottom - self._skip * skip.depth
        ends = [min(self._lowest(column), along - self._skip / 2) for column in (skip.start, skip.end)]
        return [QPointF(left, ends[0]), QPointF(left, along), QPointF(right, along), QPointF(right, ends[1])]

    def _lowest(self, column: int) -> float:
        """Return where a column ends below, with the numbers under its last unit."""
        centers = self._centers[column]
        lowest = self.block(column).bottom() if centers is None else centers[-1][1] + self.radius(column)
        return lowest + self._under + 2

    def area_of(self, column: int) -> QRectF:
        """Return the strip that a column stands in."""
        half = max(self.radius(column) + 6, 14.0)
        return QRectF(self.x[column] - half, self.top - 2, 2 * half, self.height + 4)

    def area_before(self, column: int) -> QRectF:
        """Return the strip between a column and the one before."""
        left, right = self.area_of(column - 1).right(), self.area_of(column).left()
        return QRectF(left, self.top - 2, max(right - left, 1.0), self.height + 4)

    # --- what is pointed at --------------------------------------------------------------------

    def place_at(self, point: QPointF) -> Place | None:
        """Return the unit or the weight at a point, the nearest where several are."""
        column = int(np.clip(round((point.x() - self.x[0]) / self.apart), 0, len(self.x) - 1))
        return self._unit_at(column, point) or self._weight_at(point)

    def _unit_at(self, column: int, point: QPointF) -> Place | None:
        centers = self._centers[column]
        if centers is None:
            return self._cell_at(column, point)
        away = np.hypot(*(centers - (point.x(), point.y())).T)
        nearest = int(away.argmin())
        return Place(column, nearest) if away[nearest] <= self.radius(column) + 2 else None

    def _cell_at(self, column: int, point: QPointF) -> Place | None:
        block, units = self.block(column), self.shape.columns[column].units
        if not block.contains(point):
            return None
        across, down, each = block_cells(units)
        row = min(int((point.y() - block.y()) / block.height() * down), down - 1)
        at = min(int((point.x() - block.x()) / block.width() * across), across - 1)
        return Place(column, min((row * across + at) * each, units - 1))

    def _weight_at(self, point: QPointF) -> Place | None:
        column = int(np.ceil((point.x() - self.x[0]) / self.apart))
        if not 0 < column < len(self.x) or self.shape.connections[column - 1].weight is None:
            return None
        sources, units = self.shape.columns[column - 1].units, self.shape.columns[column].units
        area = self.map_area(column)
        if area is not None:
            if not area.contains(point):
                return None
            unit = int((point.y() - area.y()) / area.height() * units)
            source = int((point.x() - area.x()) / area.width() * sources)
            return Place(column, min(unit, units - 1), min(source, sources - 1))
        nearest = _nearest(self.lines(column), point)
        return None if nearest is None else Place(column, *divmod(nearest, sources))


def block_cells(units: int, most: int = 1024, ratio: float = 6.0) -> tuple[int, int, int]:
    """Return how a block lays out its units: cells in a row, rows, and how many units a cell stands for."""
    each = -(-units // most)
    cells = -(-units // each)
    across = max(round((cells / ratio) ** 0.5), 1)
    return across, -(-cells // across), each


def _nearest(lines: list[QLineF], point: QPointF, reach: float = 5.0) -> int | None:
    """Return the line nearest to a point, within reach."""
    if not lines:
        return None
    ends = np.array([(line.x1(), line.y1(), line.x2(), line.y2()) for line in lines])
    start, way = ends[:, :2], ends[:, 2:] - ends[:, :2]
    to_point = np.array([point.x(), point.y()]) - start
    along = np.clip((to_point * way).sum(axis=1) / np.maximum((way * way).sum(axis=1), 1e-9), 0, 1)
    away = np.hypot(*(to_point - along[:, None] * way).T)
    nearest = int(away.argmin())
    return nearest if away[nearest] <= reach else None
