"""What is told of a pair: how far its lanes are apart, and what it was found to be."""

from typing import Literal, NamedTuple

Verdict = Literal["lockstep", "differs", "unstable", "not_finite"]
Growth = Literal["random", "steady"]


class Distance(NamedTuple):
    """Say how far the lanes of a pair are apart, over a group of tensors, at one step, and where.

    The three maxima may come from different elements; ``tensor[index]`` is where ``max_abs`` is, and
    ``ulps`` the distance of that element in ULPs. Beside a 0 a tiny number is millions of ULPs away, so
    ``max_ulps`` is of use where numbers are alike in size, and ``ulps`` where they are not.
    NaN in one lane alone is an infinite distance; in both, none.
    """

    max_abs: float
    max_rel: float
    max_ulps: float
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    ulps: float


class Mismatch(NamedTuple):
    """Locate the first element in which one step from the same state comes out different by more than rounding.

    ``stage`` is ``not localised`` where every stage by itself is right and the step is not.
    """

    step: int
    stage: str
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy: float
    torch: float


class Instability(NamedTuple):
    """Locate the first element that is right in exact arithmetic, and in floats far less exact than torch's.

    The errors are distances from the same stage's value in float64; ``diy_error`` is infinite where DIY's is no
    finite number and torch's is.
    """

    step: int
    stage: str
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy_error: float
    torch_error: float


class NotFinite(NamedTuple):
    """Say where numbers first stopped being finite: on ``sides`` ``diy``, ``torch`` or both, in that order."""

    step: int
    stage: str
    tensor: str
    index: tuple[int, ...]  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    sides: tuple[str, ...]


class Drift(NamedTuple):
    """Describe rounding that has piled up: since which step, how far at the most, and whether at random or steadily.

    ``since`` is the first step at which the lanes were farther apart than ``torch.testing.assert_close`` allows.
    """

    since: int
    max_abs: float
    growth: Growth


class PairParity(NamedTuple):
    """Say how a pair stands, and what it was found to be up to the step stood at.

    ``verdict`` is the earliest of ``divergence``, ``unstable`` and ``not_finite`` (at most one of which is not None),
    or ``lockstep``: whatever lies between the two is rounding. ``drift`` tells how far that has come, None while the
    lanes are within ``assert_close``'s tolerance. ``judged`` is the last step that was judged, 0 before the first;
    the steps between were screened. ``updates_judged`` is the last one whose update could be, where it is own code's,
    and of a log the last of which all is judged; None where it is the textbook's. ``unlogged`` is what of a step a log
    does not have, of ``loss``, ``grad``, ``weight`` and ``state``; None where there is no log. The distances are of the
    newest step, None before the first. ``worst`` is the largest max_abs of the run.

    Where own code was changed on the way, all of it is about the code that ran from step ``since`` + 1 on; ``before``
    is what was found of the code before, None where that was in lockstep: else the lanes are apart by more than
    rounding from there on, and nothing is said of drift. ``inherits``: the code is right, and yet its updates are not
    torch's, by what the code before has left to it.
    """

    label: str
    loss: Distance | None
    grad: Distance | None
    weight: Distance | None
    state: Distance | None
    worst: float
    verdict: Verdict
    mismatch: Mismatch | None = None
    unstable: Instability | None = None
    not_finite: NotFinite | None = None
    drift: Drift | None = None
    judged: int = 0
    updates_judged: int | None = None
    since: int = 0
    before: Mismatch | Instability | None = None
    inherits: bool = False
    unlogged: tuple[str, ...] | None = None

    @property
    def farthest(self) -> Distance | None:
        """Return the group that is farthest apart at the newest step; None before the first."""
        groups = [group for group in (self.loss, self.grad, self.weight, self.state) if group is not None]
        return max(groups, key=lambda group: (group.max_abs, group.ulps), default=None)
