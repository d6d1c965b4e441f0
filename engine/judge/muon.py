"""Muon's iteration in bfloat16 is judged by itself: of a nudge it makes as much as of a step.

Where it comes to other bits than torch's, torch's is taken with its sums moved as their order may move them; and since
five iterations may hide what one shows, one alone is then judged too.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import orthogonal, orthogonal_distances
from engine.lane.batches import Rows
from engine.lane.lane import Snapshot
from engine.lane.stage import Stage
from engine.spec import ExperimentSpec, OptimizerSpec

from .hearing import Wrong
from .recorded import recorded
from .stages import iterated

ENOUGH = 3.0  # times as far apart as a try has come may be the sides
MUON, ONE = "Muon", {"ns_steps": 1}
FLUSHED = 16 * 2.0**-126  # some of the least normal number in bfloat16: below it, processors make 0 of numbers


def orthogonal_wrong(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, number: int, stage: Stage
) -> list[Wrong]:
    """Return the weight's element at which the iteration is farthest off, if that is no rounding."""
    weight, hyper = stage.names["w"], stage.about.hyper
    wrong = _farthest(stage.inputs["M"], stage.inputs["O"], hyper)
    if wrong is None and hyper.ns_steps > 1 and not _same(stage.inputs["M"], stage.inputs["O"], hyper):
        one = spec.model_copy(update={"optimizers": tuple(_with_one(spec, entry))})
        M, O = iterated(recorded(one, entry, before, rows, number), weight)  # noqa: E741  # the paper's letters
        wrong = _farthest(M, O, hyper._replace(**ONE))
    return [] if wrong is None else [Wrong(weight, *wrong)]


def _with_one(spec: ExperimentSpec, entry: int) -> Iterator[Any]:
    for place, optimizer in enumerate(spec.optimizers):
        yield optimizer if place != entry else _iterating_once(optimizer)


def _iterating_once(optimizer: OptimizerSpec) -> OptimizerSpec:
    """Set it of the entry or, in their stead, of its groups, as far as they are Muon's."""

    def once(name: str | None, params: dict[str, Any]) -> dict[str, Any]:
        return {**params, **ONE} if (name or optimizer.name) == MUON else params

    groups = optimizer.groups and tuple(
        group.model_copy(update={"params": once(group.name, group.params)}) for group in optimizer.groups
    )
    return optimizer.model_copy(update={"params": once(None, optimizer.params), "groups": groups})


def _same(M: Array, O: Array, hyper: Any) -> bool:  # noqa: E741
    return bool(np.array_equal(O, orthogonal(M, hyper), equal_nan=True))


def _farthest(M: Array, O: Array, hyper: Any) -> tuple[tuple[int, ...], float, float] | None:  # noqa: E741
    torch = orthogonal(M, hyper)
    with np.errstate(all="ignore"):
        apart = np.where(np.isfinite(torch), np.abs(O - torch), 0.0)
        apart[apart <= FLUSHED] = 0.0
    apart[np.isnan(apart)] = np.inf
    if not apart.any() or _is_explained(float(apart.max()), M, hyper):
        return None
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(apart)), apart.shape))
    return index, float(O[index]), float(torch[index])


def _is_explained(apart: float, M: Array, hyper: Any) -> bool:
    """Whether iterations of this matrix may come so far apart; where torch's own break, nothing can be told."""
    return any(apart <= ENOUGH * distance or np.isnan(distance) for distance in orthogonal_distances(M, hyper))
