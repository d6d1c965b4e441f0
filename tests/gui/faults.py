"""What a person sees of a fault."""

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

REDDISH, SPOTS = 8, 10  # how much more red than green and blue, and how many points of it


def looks_faulty(field: QWidget) -> bool:
    """Whether the field is painted in the red of faults, in either theme; nothing else of a field is red."""
    if field.size().isEmpty():  # it was never laid out
        field.resize(field.sizeHint())
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    points = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)
    return int((points[..., 0] - points[..., 1:].max(axis=2) > REDDISH).sum()) >= SPOTS


def faulty_fields(holder: QWidget) -> list[str]:
    """The names of the fields within that are seen to be wrong, and say why."""
    fields = [field for field in holder.findChildren(QWidget) if field.accessibleDescription()]
    return sorted(field.objectName() for field in fields if looks_faulty(field))
