"""What a race costs: many entries beside each alone, and its frames late in a run and with many entries."""

from collections.abc import Iterator
from statistics import median
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.pace import Pace
from engine.protocol import HISTORY_BUDGET, CurveRequest, FrameRequest, RaceRequest
from engine.run.block_run import LaneBlock
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.spec import check
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.engine_speed import ARTICLE_DATA, ARTICLE_NETWORK

EIGHT_BOUND, LONG_BOUND, MANY_BOUND = 1.2, 1.6, 6.0
STEPS, ROUNDS, FRAMES, BLOCK = 64, 31, 10, 64
SHORT, LONG = 10_000, 1_000_000  # both are thinned
EIGHT: list[dict[str, Any]] = [
    {"name": "SGD", "params": {"lr": 0.1}},
    {"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9}},
    *({"name": name} for name in ("Adam", "AdamW", "RMSprop", "Adagrad", "NAdam", "Adadelta")),
]
PIXELS = 1000
EVERYTHING = FrameRequest(
    0, CurveRequest(PIXELS), None, RaceRequest(PIXELS, "seconds", smoothing=0.9, target=0.1, at=0.01, paths=True)
)


class FirstTwo:
    """A surface's plane: the first two weights."""

    def project(self, points: Array) -> tuple[Array, Array]:
        return points[:, 0], points[:, 1]


def race_of(entries: list[dict[str, Any]]) -> Lockstep:
    raw = {"schema": 1, "data": ARTICLE_DATA, "network": ARTICLE_NETWORK, "optimizers": entries}
    run = Lockstep(check(raw), budget=HISTORY_BUDGET)
    run.start_watching()  # as in the window
    run.surface = 1, FirstTwo()  # type: ignore[assignment]
    return run


@bench("race")
def race() -> Iterator[Figure]:
    alone = {f"{place}": race_of([entry]).advance for place, entry in enumerate(EIGHT)}
    times = interleaved({"together": race_of(EIGHT).advance, **alone}, STEPS, ROUNDS)
    value = ratio(times, "together", tuple(alone))
    apart = sum(min(times[name]) for name in alone)
    detail = f"{apart * 1e6:.0f} → {min(times['together']) * 1e6:.0f} µs a step"
    yield Figure("8 entries racing with both backends / the 8 alone", value, EIGHT_BOUND, detail)


class Recorded:
    """A run whose first steps were taken; what is recorded after them is made up."""

    def __init__(self, entries: int, steps: int):
        self.run = race_of([{**EIGHT[place % len(EIGHT)], "label": f"{place}"} for place in range(entries)])
        self.run.advance(BLOCK)
        self._frames, self._pace = Frames(self.run), Pace()
        self._pace.running = True
        self._random = np.random.default_rng(0)
        while self.run.newest < steps:
            self._record(BLOCK)

    def _record(self, count: int) -> None:
        run_record, done = self.run.run_record, self.run.newest
        assert run_record is not None
        points = list(self._random.normal(size=(len(run_record.trajectories.rows(done, count)) + 1, 16)))
        losses = self._random.normal(3, 0.1, (len(self.run.lanes), count))
        run_record.extend(done, [LaneBlock(own, 1e-4 * count, [], [], points) for own in losses.tolist()])

    def frames(self, count: int) -> None:
        """Frames with curves, table and paths, as the engine answers them during a run; some steps before each."""
        for _ in range(count):
            self._record(5)
            self._frames.answer(EVERYTHING, self._pace)


@bench("race-frame")
def race_frame() -> Iterator[Figure]:
    """The engine's part of a frame; the window's is beside the others of the window."""
    runs = {"one": Recorded(1, SHORT), "long": Recorded(1, LONG), "many": Recorded(14, SHORT)}
    times = interleaved({name: run.frames for name, run in runs.items()}, FRAMES, ROUNDS)
    for name, title, bound in (
        ("long", "race's frame at 1,000,000 steps / at 10,000", LONG_BOUND),
        ("many", "race's frame of 14 entries / of 1", MANY_BOUND),
    ):
        detail = f"{median(times['one']) * 1e3:.1f} → {median(times[name]) * 1e3:.1f} ms in the engine"
        yield Figure(title, ratio(times, name, ("one",)), bound, detail)
