"""Keeps how a hunt stands: which bugs are found, by line and by cause, and which are mended. No widgets."""

from PySide6.QtCore import QObject, Signal

from .hunts import Bug, Hunt, causes


class Hunting(QObject):
    """Lead through a hunt: first a bug's line, then its cause, then it is mended. ``changed``: it stands otherwise.

    Of several bugs each line may be told first; causes are asked for in that order.
    """

    changed = Signal()

    def __init__(self, hunt: Hunt, seed: int, parent: QObject | None = None):
        super().__init__(parent)
        self.hunt, self.seed = hunt, seed
        self.at: Bug | None = None  # whose line was found, and whose cause is asked for
        self.found: list[Bug] = []  # by line and cause
        self.mended: set[str] = set()  # files that are right now
        self.misses = 0
        self.given_up = False

    @property
    def is_revealed(self) -> bool:
        """Tell whether there is nothing to be found any more."""
        return self.given_up or len(self.found) == len(self.hunt.bugs)

    @property
    def is_won(self) -> bool:
        return self.is_revealed and self.mended >= {bug.name for bug in self.hunt.bugs}

    @property
    def causes(self) -> list[str]:
        """Return the causes to choose from, once a line is found."""
        return causes(self.at, self.seed) if self.at is not None else []

    def point(self, file: str, line: int) -> bool:
        """Take a line for a bug's, and tell whether it is."""
        hit = next((bug for bug in self.hunt.bugs if (bug.name, bug.line) == (file, line)), None)
        if hit is None or hit in self.found:
            self.misses += hit is None
            self.changed.emit()
            return hit is not None
        self.at = hit
        self.changed.emit()
        return True

    def choose(self, cause: str) -> bool:
        """Take a cause of the bug whose line was found, and tell whether it is that."""
        bug = self.at
        if bug is None:
            return False
        is_right = cause == bug.does
        if is_right:
            self.found.append(bug)
            self.at = None
        self.misses += not is_right
        self.changed.emit()
        return is_right

    def give_up(self) -> None:
        """Tell all."""
        self.given_up, self.at = True, None
        self.changed.emit()

    def set_mended(self, file: str, is_mended: bool) -> None:
        """Take what the judge says of a file now."""
        before = set(self.mended)
        (self.mended.add if is_mended else self.mended.discard)(file)
        if before != self.mended:
            self.changed.emit()
