"""What the abandoned futures of a run are called: by what they had that the run has not, or as a person likes."""

from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.protocol import Branch
from engine.spec import ExperimentSpec
from gui import param_words

translate = QCoreApplication.translate


class BranchNames(QObject):
    """Names are kept for as long as the run. ``changed``: a branch is called otherwise now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._made: dict[int, str] = {}
        self._given: dict[int, str] = {}

    def clear(self) -> None:
        """Another run counts its branches anew."""
        self._made, self._given = {}, {}

    def add(self, branch: Branch, followed: ExperimentSpec) -> None:
        """Name a branch; ``followed`` is the experiment as it went on instead."""
        self._made[branch.number] = made_name(branch, followed)
        self.changed.emit()

    def name(self, branch: Branch) -> str:
        given = self._given.get(branch.number)
        return given or self._made.get(branch.number) or _joined(branch, "")

    def rename(self, branch: Branch, name: str) -> None:
        """No name is the one that it had at first."""
        self._given[branch.number] = name.strip()
        self.changed.emit()


def made_name(branch: Branch, followed: ExperimentSpec) -> str:
    """``Branch 1 · SGD lr 0.1 · steps 4–100``: what is named of its hyperparameters is what was changed."""
    entry, label = followed.optimizers[branch.entry], followed.labels[branch.entry]
    return _joined(branch, " ".join([label, param_words.had(entry.name, branch.params, entry.params)]).strip())


def _joined(branch: Branch, what: str) -> str:
    steps = translate("branches", "steps {start}–{end}").format(start=f"{branch.start:,}", end=f"{branch.end:,}")
    return " · ".join(filter(None, [short_name(branch.number), what, steps]))


def short_name(number: int) -> str:
    return translate("branches", "Branch {number}").format(number=number)
