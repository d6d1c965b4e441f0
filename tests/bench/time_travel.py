"""What going back in a run costs: beside the time the run took, and in memory."""

import gc
import os
import sys
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import psutil

from engine.protocol import HISTORY_BUDGET
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.bench import Figure, bench
from tests.bench.engine_speed import ADAM, ARTICLE_DATA, ARTICLE_NETWORK, SGD

LONG, SHORT = 1_000_000, 1_000
SEEKS = 40
SEEK_SHARE = 1e-3  # of the time that the run took
SHORT_SEEK = 50.0  # ms


def article(optimizer: dict, budget: int | None = HISTORY_BUDGET) -> Lockstep:
    raw = {"schema": 1, "data": ARTICLE_DATA, "network": ARTICLE_NETWORK, "optimizers": [optimizer]}
    run = Lockstep(check(raw), budget=budget)
    if budget is not None:
        run.start_watching()
    return run


def resident() -> int:
    gc.collect()
    return psutil.Process(os.getpid()).memory_info().rss


def slowest_seek(run: Lockstep) -> float:
    """Seconds, of seeks to steps drawn over the whole run, and to its ends."""
    drawn = np.random.default_rng(0).integers(1, run.newest, SEEKS).tolist()
    times: list[float] = []
    for step in [run.newest - 1, 1, *drawn, 0, run.newest]:
        began = perf_counter()
        run.seek(step)
        times.append(perf_counter() - began)
    return max(times)


@bench("long-run")
def long_run() -> Iterator[Figure]:
    """A million steps of the article's experiment, both lanes."""
    run = article(SGD)
    run.advance(SHORT)
    before, began = resident(), perf_counter()
    done = 0
    while run.step < LONG:
        run.advance(min(20_000, LONG - run.step))
        if sys.stderr.isatty() and run.step // 100_000 > done:
            done = run.step // 100_000
            print(f"{run.step:,} steps", file=sys.stderr)
    taken, grown = perf_counter() - began, resident() - before
    seek = slowest_seek(run)
    detail = f"{seek * 1000:.0f} ms of {taken:.0f} s, {len(run.checkpoints or ())} checkpoints"
    yield Figure("1,000,000 steps: slowest of 44 seeks / the run", seek / taken, SEEK_SHARE, detail)
    grown = max(grown, resident() - before)
    detail = f"{grown / 1e6:.0f} MB of {HISTORY_BUDGET / 1e6:.0f} MB"
    yield Figure("1,000,000 steps: memory grown / history's budget", grown / HISTORY_BUDGET, 1.0, detail)


@bench("short-run")
def short_run() -> Iterator[Figure]:
    """A thousand steps."""
    for optimizer in (SGD, ADAM):
        run = article(optimizer)
        run.advance(SHORT)
        seek = slowest_seek(run) * 1000
        yield Figure(f"1,000 steps, {optimizer['name']}: slowest of 44 seeks, ms", seek, SHORT_SEEK)
