"""All that a comparison shows of a run, gathered in one go: the run may step on while it is drawn."""

import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from engine.backends import torch_facts
from engine.protocol import (
    Axis,
    Change,
    Curve,
    PairParity,
    RaceCurve,
    RacePath,
    RaceRequest,
    RaceRow,
    SurfacePart,
    SweepPart,
)
from engine.race.race import Racing
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, RowsFor, class_kind
from engine.spec.palette import ON_LIGHT
from engine.version import version

from .data import numbers_of

PIXELS = 600  # a picture's width, to which curves are thinned


class LaneFigures(NamedTuple):
    """Hold a line of the table. ``pair``: how its pair stands, None where it is alone. ``hidden`` ones aren't drawn."""

    id: str
    entry: int
    backend: str
    row: RaceRow
    pair: PairParity | None
    hidden: bool


class Figures(NamedTuple):
    """Hold all that a comparison shows of a run.

    ``spec`` is what the run began with; ``newest`` the last recorded step, ``step`` where the run stands. ``every``:
    the steps between two evaluations on all training rows, None where every batch is of all of them; ``test_every``:
    on the test rows, None where there are none; ``target``: a loss over the rows ``target_of``. ``curves`` and
    ``lanes`` are in the run's order, ``rates`` and ``colors`` (on a light ground) in the entries'. The evaluations are
    among the axes where they are not the steps. ``paths`` lie on ``surface``. ``sweep_spec`` is the experiment that was
    swept, ``sweep_by`` the rows whose losses its picture shows.
    """

    spec: ExperimentSpec
    changes: tuple[Change, ...]
    step: int
    newest: int
    every: int | None
    lanes: tuple[LaneFigures, ...]
    pairs: tuple[PairParity, ...]
    curves: dict[Axis, tuple[RaceCurve, ...]]
    rates: tuple[Curve | None, ...]
    surface: SurfacePart | None
    paths: tuple[RacePath, ...]
    sweep: SweepPart | None
    sweep_spec: ExperimentSpec
    target: float | None
    colors: tuple[str, ...]
    versions: dict[str, str]
    made: datetime
    test_every: int | None = None
    target_of: RowsFor = "training"
    sweep_by: RowsFor = "training"
    ended: str = ""  # what own code ended the run with, after ``step``
    numbers: Mapping[str, Any] = MappingProxyType({})  # what the page holds as data

    @property
    def has_test(self) -> bool:
        """Return whether some rows only test."""
        return self.test_every is not None

    @property
    def has_classes(self) -> bool:
        """Return whether targets are classes, which are answered rightly or not."""
        return class_kind(self.spec) is not None

    def shown(self, entry: int) -> bool:
        """Return whether any lane of the entry is drawn."""
        return any(lane.entry == entry and not lane.hidden for lane in self.lanes)


def figures_of(
    run: Lockstep,
    surface: SurfacePart | None = None,
    *,
    colors: Sequence[str] = (),
    hidden: Sequence[str] = (),
    sweep: SweepPart | None = None,
    sweep_spec: ExperimentSpec | None = None,
    target: float | None = None,
    target_of: RowsFor = "training",
    sweep_by: RowsFor = "training",
    made: datetime | None = None,
) -> Figures:
    """Gather the figures of a run, which must have a history. ``colors``: the entries'; none: their palette colours."""
    assert run.run_record is not None
    racing, begun = Racing(run), run.changes.first
    axes: tuple[Axis, ...] = ("step", "seconds", "evaluations") if run.run_record.evaluations else ("step", "seconds")
    race = racing.answer(RaceRequest(PIXELS, target=target, target_of=target_of, paths=True))
    curves: dict[Axis, tuple[RaceCurve, ...]] = {"step": race.curves}
    curves |= {axis: racing.answer(RaceRequest(PIXELS, axis, table=False)).curves for axis in axes[1:]}
    pairs = run.parity()
    stands = dict(zip((pair.entry for pair in run.pairs), pairs, strict=True))
    surface = surface if surface is not None and surface.values.size else None
    swept = sweep_spec or begun
    return Figures(
        spec=begun,
        changes=tuple(run.changes),
        step=run.step,
        newest=run.newest,
        every=race.every,
        lanes=tuple(
            LaneFigures(lane.id, lane.entry, lane.backend, row, stands.get(lane.entry), lane.id in hidden)
            for lane, row in zip(run.lanes, race.rows, strict=True)
        ),
        pairs=pairs,
        curves=curves,
        rates=race.rates,
        surface=surface,
        paths=race.paths if surface is not None and surface.job == race.job else (),
        sweep=sweep if sweep is not None and sweep.losses.size and sweep.plan.entry < len(swept.optimizers) else None,
        sweep_spec=swept,
        target=target,
        colors=tuple(colors) or tuple(ON_LIGHT[place] for place in begun.colors),
        versions=versions(),
        made=made or datetime.now().astimezone(),
        test_every=race.test_every,
        target_of=target_of,
        sweep_by=sweep_by,
        numbers=numbers_of(run, racing, race.rows),
    )


def versions() -> dict[str, str]:
    """Return the version of everything that had a part in the numbers, by name."""
    return {
        "lockstep": version(),
        "torch": torch_facts()[0],
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
