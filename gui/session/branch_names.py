"""What the abandoned futures of a run are called, and what they had that the run has not."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.protocol import Branch
from engine.spec import ExperimentSpec
from gui.session import param_words

translate = QCoreApplication.translate


class BranchNames(QObject):
    """Keep branches' names for as long as the run. ``changed``: a branch is called otherwise now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._what: dict[int, str] = {}
        self._given: dict[int, str] = {}

    def clear(self, given: Mapping[int, str]) -> None:
        """Begin another run's names; of one that is had again, what its branches were called is ``given``."""
        self._what, self._given = {}, dict(given)

    @property
    def given(self) -> dict[int, str]:
        """Return the user's own names for them, by number."""
        return dict(self._given)

    def add(self, branch: Branch, followed: ExperimentSpec) -> None:
        """Get to know a branch; ``followed`` is the experiment as it went on instead."""
        entry, label = followed.optimizers[branch.entry], followed.labels[branch.entry]
        code = translate("branches", "{files} as it was before").format(files=", ".join(branch.files))
        had = [param_words.had(entry.name, branch.params, entry.params), code if branch.files else ""]
        self._what[branch.number] = f"{label} {', '.join(filter(None, had))}".strip()
        self.changed.emit()

    def name(self, branch: Branch) -> str:
        """Return ``Branch 1``, or what the user calls it."""
        return self._given.get(branch.number) or short_name(branch.number)

    def details(self, branch: Branch) -> str:
        """Write ``SGD lr 0.1 · steps 4–100``: of its hyperparameters those that were changed."""
        steps = translate("branches", "steps {start}–{end}").format(start=f"{branch.start:,}", end=f"{branch.end:,}")
        return " · ".join(filter(None, [self._what.get(branch.number), steps]))

    def full(self, branch: Branch) -> str:
        return f"{self.name(branch)} · {self.details(branch)}"

    def rename(self, branch: Branch, name: str) -> None:
        """Rename a branch; no name is the one that it had at first."""
        self._given[branch.number] = name.strip()
        self.changed.emit()


def short_name(number: int) -> str:
    return translate("branches", "Branch {number}").format(number=number)
