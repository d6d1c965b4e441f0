"""Advances all lanes step by step over the same batches, and compares the pairs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from engine.batches import Batches, Rows
from engine.judge import judge
from engine.lane import Lane, Snapshot, make_lane
from engine.parity import GROUPS, Meter, Tensors
from engine.protocol import Distance, Divergence, PairParity, Verdict
from engine.series import Series
from engine.spec import ExperimentSpec, torch_state, weight_shapes
from engine.start import initial_weights


class LaneOf(NamedTuple):
    """A lane and whose it is: ``id`` is ``<label>/<backend>``, ``entry`` the optimizer's index."""

    id: str
    entry: int
    backend: str
    lane: Lane


class Lockstep:
    """A run: every lane from equal weights over equal batches.

    ``parity`` off compares nothing, ``history`` off remembers no losses but the newest.
    """

    def __init__(self, spec: ExperimentSpec, *, parity: bool = True, history: bool = True):
        self.spec = spec
        self.step = 0
        self.start = initial_weights(spec)
        self.batches = Batches(spec)
        self.names = tuple(weight_shapes(spec.network, len(spec.data.x[0])))
        self.lanes = [
            LaneOf(f"{label}/{backend}", entry, backend, make_lane(spec, entry, backend, self.start))
            for entry, label in enumerate(spec.labels)
            for backend in spec.optimizers[entry].backends
        ]
        self.losses: list[float] = [float("nan")] * len(self.lanes)  # at the newest step
        self.series = [Series() for _ in self.lanes] if history else []
        self.pairs = list(self._pairs()) if parity else []

    def _pairs(self):
        by_entry: dict[int, dict[str, int]] = {}
        for index, lane in enumerate(self.lanes):
            by_entry.setdefault(lane.entry, {})[lane.backend] = index
        for entry, places in by_entry.items():
            if len(places) == 2:
                yield Pair(self.spec, entry, self.lanes, places["diy"], places["torch"])

    def advance(self, steps: int = 1) -> None:
        """Take ``steps`` steps. Overflow and NaN are values here, to be seen; they warn nobody."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                self._advance()

    def _advance(self) -> None:
        rows = self.batches.rows(self.step + 1)
        for pair in self.pairs:
            pair.remember()
        losses = self.losses
        for index, (_, _, _, lane) in enumerate(self.lanes):
            losses[index] = lane.step(rows)
        self.step += 1
        for series, loss in zip(self.series, losses, strict=False):
            series.append(loss)
        for pair in self.pairs:
            pair.compare(self.step, rows, losses)

    def set_params(self, entry: int, params: Mapping[str, Any]) -> None:
        """Give an optimizer entry other hyperparameters from the next step on."""
        entries = list(self.spec.optimizers)
        entries[entry] = entries[entry].model_copy(update={"params": dict(params)})
        self.spec = self.spec.model_copy(update={"optimizers": tuple(entries)})
        for lane in self.lanes:
            if lane.entry == entry:
                lane.lane.set_params(params)
        for pair in self.pairs:
            pair.spec = self.spec

    def lane_of(self, entry: int, backend: str) -> Lane | None:
        return next((one.lane for one in self.lanes if (one.entry, one.backend) == (entry, backend)), None)

    def parity(self) -> tuple[PairParity, ...]:
        """Where every pair stands at the newest step."""
        return tuple(pair.parity() for pair in self.pairs)


class Pair:
    """The diy and the torch lane of one optimizer entry."""

    def __init__(self, spec: ExperimentSpec, entry: int, lanes: list[LaneOf], diy: int, torch: int):
        self.spec, self.entry = spec, entry
        self._diy, self._torch = lanes[diy].lane, lanes[torch].lane
        self._places = diy, torch
        shapes = weight_shapes(spec.network, len(spec.data.x[0]))
        self.meter = Meter(shapes, tuple(torch_state(spec.optimizers[entry].name)), spec.dtype)
        self._before: Snapshot | None = None
        self._judge_next_from = 0
        self._measured = False
        self.left_at: int | None = None
        self.left: Distance | None = None
        self.divergence: Divergence | None = None

    def remember(self) -> None:
        """Keep torch's state, from which this step would be repeated."""
        if self.divergence is None:
            self._before = self._torch.snapshot()

    def compare(self, step: int, rows: Rows, losses: list[float]) -> None:
        diy, torch = self._places
        self.meter.measure(Tensors.of(self._diy, losses[diy]), Tensors.of(self._torch, losses[torch]))
        self._measured = True
        if not self.meter.within and self.divergence is None and step >= self._judge_next_from:
            self._judge(step, rows)

    def _judge(self, step: int, rows: Rows) -> None:
        """Judge this step; a pair found drifting is judged again when its run has doubled."""
        if self.left_at is None:
            self.left_at, self.left = step, self.meter.farthest_excess()
        self._judge_next_from = 2 * step
        assert self._before is not None
        self.divergence = judge(self.spec, self.entry, self._before, rows, step)

    @property
    def verdict(self) -> Verdict:
        if self.divergence is not None:
            return "diverged"
        return "lockstep" if self.left_at is None else "drift"

    def parity(self) -> PairParity:
        measured = self._measured
        groups = {group: self.meter.group(group) if measured else None for group in GROUPS}
        worst = float(self.meter.worst.max())
        return PairParity(
            label=self.spec.labels[self.entry],
            **groups,
            worst=worst,
            verdict=self.verdict,
            left_at=self.left_at,
            left=self.left,
            divergence=self.divergence,
        )
