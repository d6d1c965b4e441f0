"""What a sweep is to train: which numbers are varied, from which starts, how far."""

from typing import NamedTuple


class SweepAxis(NamedTuple):
    """Sweep a number in the entry's ``params`` that ``path`` leads to: ("lr",), ("betas", 0). ``values`` ascend."""

    path: tuple[str | int, ...]
    values: tuple[float, ...]
    log: bool = False


class SweepPlan(NamedTuple):
    """Train ``entry`` with DIY for ``steps`` steps at every combination of the axes' values (one axis or two) from
    every seed's start (none: the experiment's own start).
    """

    entry: int
    axes: tuple[SweepAxis, ...]
    seeds: tuple[int, ...]
    steps: int
