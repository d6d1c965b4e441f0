"""The one weight that is chosen: whoever shows weights marks it, and whoever is clicked chooses another."""

from PySide6.QtCore import QObject, Signal


class ChosenWeight(QObject):
    """Keep an element of a weight. ``changed`` carries the weight's name by torch and the index, a tuple."""

    changed = Signal(str, tuple)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.weight = ""
        self.index: tuple[int, ...] = ()

    def choose(self, weight: str, index: tuple[int, ...]) -> None:
        """Choose an element; told once, where it is another."""
        if weight and (weight, index) != (self.weight, self.index):
            self.weight, self.index = weight, index
            self.changed.emit(weight, index)
