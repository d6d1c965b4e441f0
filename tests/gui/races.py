"""Races as the engine would tell of them, made from NumPy arrays: what the comparison's tests show."""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Axis, BranchCurves, Frame, Race, RaceCurve, RaceRow
from engine.spec import ExperimentSpec
from tests.gui.frames import make_frame, make_pair, make_spec

NAMES = (
    *("SGD", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "Adagrad", "Adadelta", "RMSprop", "Rprop", "ASGD"),
    *("Adafactor", "Muon", "LBFGS"),
)


def entries(count: int) -> list[dict[str, Any]]:
    """So many optimizers, each another."""
    return [{"name": name, "params": {}} for name in NAMES[:count]]


def race_spec(count: int, **parts: Any) -> ExperimentSpec:
    """So many optimizers on one layer without a bias, which Muon would not take."""
    network = {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}]}
    return make_spec(*entries(count), network=network, **parts)


def losses_of(lanes: int, steps: int, noise: float = 0.0) -> list[Array]:
    """Falling losses; the lanes of a pair (two in turn) have the same."""
    random = np.random.default_rng(0)
    made: list[Array] = []
    for pair in range((lanes + 1) // 2):
        steady = 3 * np.exp(-(0.5 + pair) * np.arange(steps) / max(steps, 1)) + 0.01 * (pair + 1)
        made += [steady * np.exp(random.normal(0, noise, steps))] * 2
    return made[:lanes]


def make_row(losses: Array, **parts: Any) -> RaceRow:
    found = len(losses) > 0
    fields = {
        "final": float(losses[-1]) if found else np.nan,
        "best": float(losses.min()) if found else np.nan,
        "best_step": int(losses.argmin()) + 1 if found else None,
        "target_step": None,
        "area": float(np.log10(losses).mean()) if found else np.nan,
        "grad_norm": 0.125,
        "seconds": 1e-4 * len(losses),
        "seconds_per_step": 1e-4,
        "evaluations": len(losses),
        "state_bytes": 8.0,
    }
    return RaceRow(**(fields | parts))


def make_race(
    *lanes: Array,
    axis: Axis = "step",
    smoothing: float = 0.0,
    at: float | None = None,
    rows: Any = None,
    step: int | None = None,
    every: int | None = None,
    branches: tuple[BranchCurves, ...] = (),
) -> Race:
    """Each lane's losses from step 1 on, unthinned; a running mean of them where there is ``smoothing``.

    ``step``: where the run stands, at the newest one unless told. Over all rows a lane has, every ``every`` steps,
    half the loss of its batch.
    """
    newest = max(map(len, lanes), default=0)
    step = newest if step is None else step
    curves = (_curve(np.asarray(losses, float), axis, smoothing, at) for losses in lanes)
    return Race(
        axis=axis,
        curves=tuple(_placed(curve, step, every) for curve in curves),
        rows=tuple(rows) if rows is not None else tuple(make_row(losses) for losses in lanes),
        rates=(),
        job=None,
        paths=(),
        step=step,
        newest=newest,
        every=every,
        branches=branches,
    )


def _placed(curve: RaceCurve, step: int, every: int | None) -> RaceCurve:
    """With the place where the run stands, and what was evaluated on all rows."""
    if 0 < step <= len(curve.x):
        curve = curve._replace(here=(float(curve.x[step - 1]), float(curve.losses[step - 1])))
    if every is None:
        return curve
    places = slice(every - 1, None, every)
    return curve._replace(training_x=curve.x[places], training=curve.losses[places] / 2)


def _curve(losses: Array, axis: Axis, smoothing: float, at: float | None) -> RaceCurve:
    x = np.arange(1.0, len(losses) + 1) * (1e-4 if axis == "seconds" else 1.0)
    read = None if at is None or not len(x) or at < x[0] else float(losses[np.searchsorted(x, at, side="right") - 1])
    if not smoothing:
        return RaceCurve(x, losses, None, None, read)
    mean = np.empty_like(losses)
    kept = losses[0] if len(losses) else 0.0
    for place, loss in enumerate(losses):
        kept = smoothing * kept + (1 - smoothing) * loss
        mean[place] = kept
    return RaceCurve(x, losses, x, mean, read)


def race_frame(spec: ExperimentSpec, *lanes: Array, **parts: Any) -> Frame:
    """A frame of the race at its newest step, with every pair in lockstep."""
    race = make_race(*lanes, **parts)
    newest = max(len(losses) for losses in lanes)
    pairs = tuple(
        make_pair(label, 3e-8 * (number + 1))
        for number, (label, entry) in enumerate(zip(spec.labels, spec.optimizers, strict=True))
        if len(entry.backends) > 1
    )
    return make_frame(newest, tuple(float(one[-1]) for one in lanes), newest=newest, race=race, pairs=pairs)
