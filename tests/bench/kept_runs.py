"""What it costs to write a run down, while it goes on and at its end, and how soon it stands there again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from engine.kept_run.files import file_members, read_past, read_start
from engine.kept_run.gather import gather
from engine.kept_run.take_up import take_up
from engine.protocol import HISTORY_BUDGET
from engine.run.lockstep import Lockstep
from engine.server.keeping import Keeper
from engine.session_file import zip_pieces
from engine.spec import ExperimentSpec, check
from tests.bench import Figure, bench
from tests.bench.engine_speed import ADAM, ARTICLE_DATA, ARTICLE_NETWORK

STEPS = 100_000
AT_ONCE = 64  # steps between two looks
REOPENED, KEPT = 0.1, 0.05


def experiment() -> ExperimentSpec:
    raw = {"schema": 1, "data": ARTICLE_DATA, "network": ARTICLE_NETWORK, "optimizers": [ADAM]}
    return check(raw)


@bench("kept-run")
def kept_run() -> Iterator[Figure]:
    """A hundred thousand steps, written down as they go on."""
    spec = experiment()
    run = Lockstep(spec, budget=HISTORY_BUDGET, judge_at_once=False)
    run.start_watching()
    with tempfile.TemporaryDirectory() as folder:
        keeper, kept, began = Keeper(run, spec, Path(folder) / "run"), 0.0, perf_counter()
        while run.step < STEPS:
            run.advance(AT_ONCE)
            at = perf_counter()
            keeper.work(hurried=True)
            kept += perf_counter() - at
        taken = perf_counter() - began
        yield Figure("100,000 steps: written down as they go on / the run", kept / taken, KEPT, f"{kept:.2f} s")
        file = Path(folder) / "whole.lockstep"
        at = perf_counter()
        part, _ = gather(run)
        file.write_bytes(b"".join(zip_pieces(file_members(part, spec))))
        saved = perf_counter() - at
        at = perf_counter()
        past = read_past(file)
        again = Lockstep(read_start(file), budget=HISTORY_BUDGET, changes=past.changes, judge_at_once=False)
        again.start_watching()
        take_up(again, past)
        again.seek(past.step)
        opened = perf_counter() - at
        detail = f"saved in {saved:.2f} s, {file.stat().st_size / 1e6:.1f} MB, opened in {opened:.2f} of {taken:.0f} s"
        yield Figure("100,000 steps: opened again / the run", opened / taken, REOPENED, detail)
