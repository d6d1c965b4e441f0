"""What a whole run costs as the window has it (both lanes, screen, judge, breakpoint monitor) beside both bare loops.

Over whole runs, from step 1 on, as pairs are judged seldom and the more seldom the longer a run is; and at one width
after another, which shows how the cost grows.
"""

import gc
from collections.abc import Iterator, Mapping
from math import inf
from time import perf_counter
from typing import Any
from unittest import mock

import torch

from engine.lane.evaluation import Every
from engine.protocol import HISTORY_BUDGET
from engine.run.lockstep import Lockstep
from engine.server.malloc import keep_freed_memory
from engine.spec import ExperimentSpec, check
from tests.bench import Figure, bench
from tests.bench.bare_batches import Classified, classes_adam_numpy, classes_adam_torch
from tests.bench.bare_loops import Loop, article_sgd_numpy, torch_loop
from tests.bench.engine_speed import ARTICLE_DATA, ARTICLE_NETWORK, SGD, article_model

BOUND = 1.5
TURNS = 10
ARTICLE_STEPS, DIGITS_STEPS = 10_000, 1000
ROWS, BATCH = 512, 64
STEPS_AT = {4: 1000, 16: 1000, 64: 400, 256: 60, 1024: 10}  # steps at a width: about as long each


def window_run(spec: ExperimentSpec) -> Loop:
    """As ``engine.server.server`` has it, from its start."""
    run = Lockstep(spec, budget=HISTORY_BUDGET)
    run.start_watching()
    return run.advance


def seconds(sides: Mapping[str, Loop], steps: int) -> dict[str, float]:
    """Of so many steps of each side from where it stands, in turns."""
    spent = dict.fromkeys(sides, 0.0)
    gc.collect()
    for _ in range(TURNS):
        for name, run in sides.items():
            began = perf_counter()
            run(steps // TURNS)
            spent[name] += perf_counter() - began
    return spent


def figure(title: str, sides: Mapping[str, Loop], steps: int, bound: float) -> Figure:
    spent = seconds(sides, steps)
    bare = spent["numpy"] + spent["torch"]
    each = {name: f"{found / steps * 1e6:,.0f}" for name, found in spent.items()}
    detail = f"{each['both']} µs a step to NumPy's {each['numpy']} and torch's {each['torch']}"
    return Figure(f"{title}: run as in the window / both loops", spent["both"] / bare, bound, detail)


def article_sides() -> dict[str, Loop]:
    raw = {"schema": 1, "data": ARTICLE_DATA, "network": ARTICLE_NETWORK, "optimizers": [SGD]}
    model = article_model()
    bare = torch_loop(model, torch.optim.SGD(model.parameters(), lr=0.1), ARTICLE_DATA["x"], ARTICLE_DATA["y"])
    return {"numpy": article_sgd_numpy(), "torch": bare, "both": window_run(check(raw))}


def sides_of(data: Classified) -> dict[str, Loop]:
    run = window_run(check(raw_of(data)))  # which decides how many threads torch has, for both
    return {"numpy": classes_adam_numpy(data), "torch": classes_adam_torch(data), "both": run}


def raw_of(data: Classified) -> dict[str, Any]:
    """The experiment of such data as a file holds it."""
    return {
        "schema": 1,
        "data": {"x": data.x.tolist(), "y": data.y.tolist()},
        "network": {
            "layers": [{"units": data.hidden, "activation": "relu"}, {"units": data.classes}],
            "loss": "cross_entropy",
        },
        "batch": {"size": data.batch, "shuffle": True},
        "optimizers": [{"name": "Adam"}],
    }


def warm_up() -> None:
    """What is loaded and made ready at the first step is no part of a run."""
    keep_freed_memory()  # as in the engine's process, for all sides
    for run in sides_of(Classified.drawn(4, 4, 4, 8, 4)).values():
        run(20)


@bench("whole-runs")
def whole_runs() -> Iterator[Figure]:
    warm_up()
    yield figure(f"article, SGD, {ARTICLE_STEPS:,} steps", article_sides(), ARTICLE_STEPS, BOUND)
    digits = Classified.drawn(784, 256, 10, 5000, 128)
    yield figure(f"784-256-10, batch 128, Adam, {DIGITS_STEPS:,} steps", sides_of(digits), DIGITS_STEPS, BOUND)


@bench("all-rows")
def all_rows() -> Iterator[Figure]:
    """A run whose lanes are evaluated on all rows now and then beside one whose are not, step by step in turns."""
    warm_up()
    for title, data, steps in (
        ("4-16-3, 150 rows, batch 16", Classified.drawn(4, 16, 3, 150, 16), 4000),
        ("784-256-10, 5,000 rows, batch 128", Classified.drawn(784, 256, 10, 5000, 128), 1000),
    ):
        sides = {"with": sides_of(data)["both"]}
        with mock.patch("engine.run.run_record.evaluate_every", return_value=Every(None, None)):
            sides["without"] = sides_of(data)["both"]
        spent = seconds(sides, steps)
        detail = f"{steps:,} steps, {spent['with'] / steps * 1e6:,.0f} µs each"
        yield Figure(
            f"{title}: run with losses over all rows / without", spent["with"] / spent["without"], 1.05, detail
        )


@bench("test-rows")
def rows_that_test() -> Iterator[Figure]:
    """A run that keeps a quarter of its rows for testing beside one that does not evaluate them, in turns."""
    warm_up()
    for title, data, batch, steps in (
        ("4-16-3, 150 rows, all at once", Classified.drawn(4, 16, 3, 150, 150), None, 4000),
        ("4-16-3, 150 rows, batch 16", Classified.drawn(4, 16, 3, 150, 16), 16, 4000),
        ("784-256-10, 5,000 rows, batch 128", Classified.drawn(784, 256, 10, 5000, 128), 128, 500),
    ):
        raw = raw_of(data) | {"batch": {"size": batch}}
        spec = check(raw | {"data": raw["data"] | {"test": {"share": 0.25}}})
        sides = {"with": window_run(spec)}
        with mock.patch("engine.run.run_record.evaluate_every", return_value=Every(None, None)):
            sides["without"] = window_run(spec)
        spent = seconds(sides, steps)
        detail = f"{steps:,} steps, {spent['with'] / steps * 1e6:,.0f} µs each"
        yield Figure(f"{title}: run with test rows / without", spent["with"] / spent["without"], 1.05, detail)


@bench("widths")
def widths() -> Iterator[Figure]:
    """Shown, not bounded: how it grows."""
    warm_up()
    for width, steps in STEPS_AT.items():
        data = Classified.drawn(width, width, width, ROWS, BATCH)
        yield figure(f"{width}-{width}-{width}, batch {BATCH}, Adam, {steps:,} steps", sides_of(data), steps, inf)
