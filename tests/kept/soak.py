"""A long run of the real program with somebody at it, and whether it stays as small and as fast as it was."""

import json
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import psutil

from engine.spec import check
from tests.e2e.desktop import SETTLED, App, virtual_desktop, wait_for

PACE = 15.0  # seconds between two looks
BUDGET = 16_000_000  # bytes of history: full within two minutes
WARM_UP = 1 / 5  # of the time
STEEPEST = 10.0  # MB an hour that memory may grow by
SLOWEST = 0.9  # of the pace at the beginning
CLEAN = re.compile(r"Traceback|Error|QObject::|QPainter|Internal C\+\+")


class Sample(NamedTuple):
    """One look from outside, in MB and seconds; steps are those taken in all."""

    at: float
    window: float
    engine: float
    resting: bool
    steps: int
    processor: float  # seconds that the engine has had


def experiment() -> str:
    """Return one whose steps take about a millisecond, and whose checkpoints fill the history soon."""
    points = np.random.default_rng(0).uniform(-1, 1, (256, 2)).round(3)
    layers = [{"units": 24, "activation": "tanh"}, {"units": 24, "activation": "tanh"}, {"units": 1}]
    optimizers = [{"name": "SGD", "params": {"lr": 0.01}}, {"name": "Adam", "params": {"lr": 0.001}}]
    raw = {
        "schema": 1,
        "title": "Soak",
        "data": {"x": points.tolist(), "y": (points[:, :1] * points[:, 1:]).tolist()},
        "network": {"layers": layers, "loss": "mse"},
        "batch": {"size": 16},
        "optimizers": optimizers,
    }
    return check(raw).to_json()


def soak(minutes: float, folder: Path, seed: int = 0, kinds: bool = False) -> int:
    """Return how many of memory's flatness, pace and clean output do not hold; ``kinds``: print what grew."""
    file, home = folder / "soak.json", folder / "home"
    file.write_text(experiment(), encoding="utf-8")
    home.mkdir()
    with virtual_desktop(home) as desktop:
        desktop.keep_settings(**SETTLED, history_budget=str(BUDGET))
        app = desktop.start("tests/kept/monkey_window.py", file, folder, str(seed), *["--kinds"] * kinds)
        told = folder / "told"
        wait_for(lambda: told.exists() and told.stat().st_size > 0, "the monkey to begin")
        samples = [*_looks(app, told, minutes)]
        app.process.send_signal(signal.SIGTERM)
        status = app.wait_for_end()
        output = app.output
    bad = _judge(samples, status, output)
    if kinds:
        _tell_kinds(folder / "kinds")
    return bad


def _looks(app: App, told: Path, minutes: float) -> Iterator[Sample]:
    began = time.monotonic()
    while time.monotonic() - began < 60 * minutes and app.process.poll() is None:
        time.sleep(PACE)
        line = json.loads(told.read_text(encoding="utf-8").splitlines()[-1])
        engine = _engine_of(app.process.pid)
        if engine is None:
            continue
        window = psutil.Process(app.process.pid).memory_full_info().uss / 1e6
        with engine.oneshot():
            size, times = engine.memory_full_info().uss / 1e6, engine.cpu_times()
        sample = Sample(
            time.monotonic() - began, window, size, line["resting"], line["steps"], times.user + times.system
        )
        print(
            f"{sample.at:7.0f} s  window {window:6.1f} MB  engine {size:6.1f} MB  {line['widgets']:5} widgets"
            f"  step {line['step']:9,}  {line['acts']:6} acts  {'rests' if line['resting'] else ''}"
            f"{'' if line['running'] else ' paused'} {'' if time.time() - line['at'] < 5 else 'SILENT'}",
            flush=True,
        )
        yield sample


def _engine_of(window: int) -> psutil.Process | None:
    try:
        children = psutil.Process(window).children()
        named = [one for one in children if "spawn_main" in " ".join(one.cmdline())]
        return max(named, key=lambda one: one.memory_info().rss, default=None)
    except psutil.Error:
        return None


def _judge(samples: list[Sample], status: int, output: str) -> int:
    bad = 0
    span = samples[-1].at
    warm = [one for one in samples if one.at > WARM_UP * span]
    for name in ("window", "engine"):
        at = np.array([one.at for one in warm]) / 3600
        size = np.array([getattr(one, name) for one in warm])
        slope = _slope(at, size)
        second, last = (_quarter(samples, name, number) for number in (1, 3))
        ok = slope < STEEPEST
        bad += not ok
        print(
            f"{name}: {median(size):.1f} MB usually, {max(size):.1f} at the most; {slope:+.1f} MB an hour; "
            f"second quarter {second:.1f}, last {last:.1f} MB{'' if ok else '  TOO MUCH'}"
        )
    paces = [(at, pace) for at, pace in _paces(samples) if at > WARM_UP * span]
    half = len(paces) // 2
    if half:
        before, after = (median(pace for _, pace in part) for part in (paces[:half], paces[half:]))
        ok = after > SLOWEST * before
        bad += not ok
        print(f"pace at rest: {before:,.0f} → {after:,.0f} steps a second of processor{'' if ok else '  TOO SLOW'}")
    dirty = [line for line in output.splitlines() if CLEAN.search(line)]
    bad += bool(dirty) + (status != 0)
    print(
        f"ended with {status}; it wrote {len(output.splitlines())} lines" + (":\n" + output[-8000:] if output else "")
    )
    return bad


def _slope(at: np.ndarray, size: np.ndarray) -> float:
    """Return the median of the slopes between all pairs: a spike counts as little as it should."""
    first, second = np.triu_indices(len(at), 1)
    return float(np.median((size[second] - size[first]) / (at[second] - at[first]))) if len(at) > 1 else 0.0


def _quarter(samples: list[Sample], name: str, number: int) -> float:
    span = samples[-1].at / 4
    found = [getattr(one, name) for one in samples if number * span < one.at <= (number + 1) * span]
    return median(found) if found else 0.0


def _paces(samples: list[Sample]) -> Iterator[tuple[float, float]]:
    """Steps a second of the engine's processor time, between looks that both saw the monkey at rest."""
    for one, other in pairwise(samples):
        if one.resting and other.resting and other.processor > one.processor:
            yield other.at, (other.steps - one.steps) / (other.processor - one.processor)


def _tell_kinds(file: Path) -> None:
    """Print what there is more of at the last rest than at the second."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    print(f"{len(lines)} rests")
    if len(lines) < 3:
        return
    for kind in ("qt", "python"):
        grown: Counter[str] = Counter(lines[-1][kind])
        grown.subtract(lines[1][kind])
        print(kind, sum(one for one in grown.values()))
        for name, more in grown.most_common(40):
            if more > 0:
                print(f"  {name}: {[line[kind].get(name, 0) for line in lines]}")
