"""A tour's texts in the person's language."""

from PySide6.QtCore import QCoreApplication

from .station import Tour


def told(tour: Tour, text: str) -> str:
    """Return one of the tour's texts as it is shown."""
    return QCoreApplication.translate(tour.context, text)
