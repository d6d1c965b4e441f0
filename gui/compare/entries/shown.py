"""What of a comparison is on screen: the entries hidden, the one alone, their order, and which lanes of a pair.

All views of the comparison share one. An entry is remembered by its label while the experiment is edited.
"""

from typing import Literal, NamedTuple, get_args

from PySide6.QtCore import QObject, Signal

from engine.spec import ExperimentSpec
from gui.files.earlier_run import EarlierLane, EarlierRun
from gui.look.lanes import Lane, lanes_of

Sides = Literal["both", "diy", "torch"]
SIDES: tuple[Sides, ...] = get_args(Sides)


class KeptShown(NamedTuple):
    """Hold labels: as they are ordered, those hidden, and the one alone; and which lanes of a pair are shown.

    ``earlier``: the run that lies beside it.
    """

    ranks: tuple[str, ...]
    hidden: frozenset[str]
    alone: str | None
    sides: Sides
    earlier: EarlierRun | None = None


class Shown(QObject):
    """Keep which entries and lanes are shown. ``order``: the entries' indices as they are listed, hidden ones too.

    ``sides`` chooses among the lanes of a pair; an entry with one lane alone keeps that.
    ``earlier`` is a run of before that lies beside the one at hand, None for none.
    """

    changed = Signal()
    earlier_changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.order: tuple[int, ...] = ()
        self.sides: Sides = "both"
        self.earlier: EarlierRun | None = None
        self._labels: tuple[str, ...] = ()
        self._ranks: list[str] = []  # every label that was seen, in the order chosen
        self._hidden: set[str] = set()
        self._alone: str | None = None
        self._visible: dict[str, bool] = {}  # by lane id

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._labels = spec.labels if spec is not None else ()
        self.lanes = lanes_of(spec) if spec is not None else ()
        self._rank_new()
        if self._alone not in self._labels:
            self._alone = None
        self._settle()

    def forget(self) -> None:
        """Show all entries: of another experiment an entry of the same name is another entry."""
        self._ranks.clear()
        self._hidden.clear()
        self._alone = None
        self._rank_new()
        self._settle()

    def kept(self) -> KeptShown:
        """Return what was chosen, for another to go on with."""
        return KeptShown(tuple(self._ranks), frozenset(self._hidden), self._alone, self.sides, self.earlier)

    def put_back(self, kept: KeptShown) -> None:
        """Show what another has shown."""
        self._ranks, self._hidden = list(kept.ranks), set(kept.hidden)
        self._alone, self.sides = kept.alone, kept.sides
        self._rank_new()
        self._settle()
        self.set_earlier(kept.earlier)

    def set_earlier(self, run: EarlierRun | None) -> None:
        """Lay an earlier run beside the one at hand, or take it away."""
        if run is not self.earlier:
            self.earlier = run
            self.earlier_changed.emit()

    @property
    def earlier_lanes(self) -> tuple[EarlierLane, ...]:
        """Return the earlier run's lanes that are shown: those whose namesake isn't hidden."""
        lanes = () if self.earlier is None else self.earlier.lanes
        return tuple(lane for lane in lanes if self._visible.get(lane.id, True))

    def entry_shown(self, entry: int) -> bool:
        if entry >= len(self._labels):  # a path that was drawn for the experiment before
            return False
        label = self._labels[entry]
        return label == self._alone if self._alone is not None else label not in self._hidden

    def lane_shown(self, lane_id: str) -> bool:
        """Return whether the lane is shown; one that isn't of this experiment isn't."""
        return self._visible.get(lane_id, False)

    @property
    def alone(self) -> int | None:
        """Return the entry that is shown by itself, None where all are."""
        return None if self._alone is None else self._labels.index(self._alone)

    @property
    def hidden_lanes(self) -> tuple[str, ...]:
        return tuple(lane.id for lane in self.lanes if not self._visible[lane.id])

    def set_hidden(self, entry: int, hidden: bool) -> None:
        """Hide or show an entry; while another is alone, showing one brings it beside that."""
        if self._alone is not None:
            self._hidden = set(self._labels) - {self._alone}
            self._alone = None
        (self._hidden.add if hidden else self._hidden.discard)(self._labels[entry])
        self._settle()

    def show_all(self) -> None:
        self._alone = None
        self._hidden.clear()
        self._settle()

    def solo(self, entry: int | None) -> None:
        """Show an entry by itself; None, or the same once more, shows again what was shown before."""
        label = None if entry is None else self._labels[entry]
        self._alone = None if label == self._alone else label
        self._settle()

    def set_sides(self, sides: Sides) -> None:
        self.sides = sides
        self._settle()

    def move(self, entry: int, place: int) -> None:
        """Put an entry at a place of the order."""
        order = [other for other in self.order if other != entry]
        order.insert(min(max(place, 0), len(order)), entry)
        ranked = iter([self._labels[index] for index in order])
        self._ranks = [next(ranked) if label in self._labels else label for label in self._ranks]
        self._settle()

    def _rank_new(self) -> None:
        """Put a new label behind the one that it follows in the experiment."""
        before = -1
        for label in self._labels:
            if label not in self._ranks:
                self._ranks.insert(before + 1, label)
            before = self._ranks.index(label)

    def _settle(self) -> None:
        self.order = tuple(sorted(range(len(self._labels)), key=lambda entry: self._ranks.index(self._labels[entry])))
        paired = {lane.entry for lane in self.lanes if lane.backend == "torch"}
        paired &= {lane.entry for lane in self.lanes if lane.backend == "diy"}
        self._visible = {
            lane.id: self.entry_shown(lane.entry) and (lane.entry not in paired or self.sides in ("both", lane.backend))
            for lane in self.lanes
        }
        self.changed.emit()
