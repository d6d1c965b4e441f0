"""Where each key leads in the picture: from unit to unit, and through the weights into one."""

from PySide6.QtCore import Qt

from .shape import NetworkShape, Place

Key = Qt.Key
ACROSS = {Key.Key_Left: -1, Key.Key_Right: 1}
ALONG = {Key.Key_Up: -1, Key.Key_Down: 1}
THROUGH = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}


def moved(shape: NetworkShape, at: Place | None, key: Qt.Key) -> Place | None:
    """Return where a key leads from a place, None for a key that leads nowhere: the first unit where there was none."""
    if key not in ACROSS and key not in ALONG and key not in THROUGH:
        return None
    if at is None:
        return Place(0, 0)
    if key in THROUGH:
        return _next_weight(shape, at, THROUGH[key])
    if key in ACROSS:
        column = min(max(at.column + ACROSS[key], 0), shape.loss)
        return _scaled(shape, at, column)
    last = shape.columns[at.column].units - 1
    return Place(at.column, min(max(at.unit + ALONG[key], 0), last))


def _scaled(shape: NetworkShape, at: Place, column: int) -> Place:
    """Return the unit of another column that stands about as high; a weight is left for its unit."""
    if column == at.column:
        return Place(column, at.unit)
    here, there = shape.columns[at.column].units, shape.columns[column].units
    height = (at.unit + 0.5) / here
    return Place(column, min(int(height * there), there - 1))


def _next_weight(shape: NetworkShape, at: Place, by: int) -> Place | None:
    """Return the next weight into the unit, and after the last the unit itself; None where nothing joins it."""
    if at.column == 0 or shape.connections[at.column - 1].weight is None:
        return None
    sources = shape.columns[at.column - 1].units
    before = -1 if at.source is None else at.source  # −1 stands for the unit
    following = (before + 1 + by) % (sources + 1) - 1
    return Place(at.column, at.unit, None if following < 0 else following)
