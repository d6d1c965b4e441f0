"""Speed, as ratios within one run: ``python -m tests.bench``.

Each topic is a module here that decorates functions with ``bench``; a new topic needs its module
named in ``TOPICS`` and nothing else. A bench yields figures, each with the bound that it must keep.
Absolute times stay out of bounds: machines differ, and a noisy one must slow both sides of a ratio alike.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from time import perf_counter
from typing import NamedTuple

TOPICS = (
    *("engine_speed", "width_speed", "time_travel", "surface_speed", "sweep_speed", "race_speed"),
    *("kinds_speed", "trace_speed", "own_code", "own_window", "kept_runs"),
    *("race_window", "picture_window", "window_speed", "turns_window"),
)


class Figure(NamedTuple):
    """One line of the table: ``value`` must be ≤ ``bound``, or ≥ it where ``at_least``; inf bounds nothing."""

    name: str
    value: float
    bound: float
    detail: str = ""
    at_least: bool = False

    @property
    def passed(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound


Bench = Callable[[], Iterator[Figure]]
BENCHES: dict[str, Bench] = {}


def bench(name: str) -> Callable[[Bench], Bench]:
    """Register a bench under the name that ``--only`` takes."""

    def register(function: Bench) -> Bench:
        BENCHES[name] = function
        return function

    return register


def interleaved(sides: Mapping[str, Callable[[int], object]], steps: int, rounds: int) -> dict[str, list[float]]:
    """Seconds a step of each side, round by round: the sides take turns, so noise meets them all.

    A side is called with the number of steps to take. Collection of garbage is held back meanwhile.
    """
    times: dict[str, list[float]] = {name: [] for name in sides}
    for run in sides.values():
        run(steps)  # warm up
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, run in sides.items():
                began = perf_counter()
                run(steps)
                times[name].append((perf_counter() - began) / steps)
    finally:
        gc.enable()
    return times


def ratio(times: Mapping[str, list[float]], of: str, to: tuple[str, ...]) -> float:
    """The median over the rounds of one side's time to the sum of the others' in the same round."""
    rounds = zip(times[of], *(times[name] for name in to), strict=True)
    return median(one / sum(others) for one, *others in rounds)
