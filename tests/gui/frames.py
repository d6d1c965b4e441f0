"""Frames as the engine would send them, made from NumPy arrays: what the views' tests show."""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.protocol import (
    Branch,
    BranchCurves,
    Curve,
    Curves,
    Distance,
    Drift,
    Frame,
    Growth,
    Instability,
    MapRequest,
    Maps,
    Mismatch,
    NotFinite,
    PairParity,
    Reading,
    Verdict,
)
from engine.spec import ExperimentSpec, check

ADAM = {"name": "Adam", "params": {"lr": 0.01}}
SGD = {"name": "SGD", "params": {"lr": 0.1}}


def make_spec(*optimizers: dict[str, Any], units: int = 4, **parts: Any) -> ExperimentSpec:
    """The article's experiment, with other optimizers and ``units`` in its layer."""
    raw = {
        "schema": 1,
        "data": {"x": [[1, 2, 3, 4]], "y": [list(range(units))]},
        "network": {"layers": [{"units": units, "activation": "sigmoid", "bias": True}]},
        "optimizers": list(optimizers) or [SGD],
    }
    return check(raw | parts)


def make_frame(step: int = 0, losses: tuple[float, ...] = (), **parts: Any) -> Frame:
    """A frame of generation 1 at ``step``; ``parts`` are its other fields."""
    fields = {"running": False, "steps_per_second": 0.0, "curves": None, "maps": None, "pairs": ()}
    return Frame(generation=1, step=step, losses=losses, **(fields | parts))


def loss_frame(
    *lanes: Array, at: int | None = None, step: int | None = None, branches: tuple[BranchCurves, ...] = ()
) -> Frame:
    """Each lane's losses from step 1 on, unthinned; ``at`` is read out. It stands at ``step``: None, the newest."""
    newest = len(lanes[0])
    shown = newest if step is None else step
    reading = (at, tuple(float(lane[at - 1]) for lane in lanes)) if at else None
    curves = tuple(Curve(np.arange(1.0, newest + 1), np.asarray(lane, float)) for lane in lanes)
    losses = tuple(float(lane[shown - 1]) if shown else float("nan") for lane in lanes)
    kept = tuple(one.branch for one in branches)
    return make_frame(shown, losses, curves=Curves(curves, reading, branches), newest=newest, branches=kept)


def make_branch(
    number: int, start: int, *lanes: Array, places: tuple[int, ...] = (0, 1), at: int | None = None, **parts: Any
) -> BranchCurves:
    """A branch with each lane's losses from step ``start`` on; ``at`` is read out."""
    end = start + len(lanes[0]) - 1
    branch = Branch(number, start, end, **({"entry": 0, "params": {"lr": 0.1}} | parts), lanes=places)
    curves = tuple(Curve(np.arange(start, end + 1.0), np.asarray(lane, float)) for lane in lanes)
    within = at is not None and start <= at <= end
    return BranchCurves(branch, curves, tuple(float(lane[at - start]) for lane in lanes) if within else None)


def make_maps(request: MapRequest, diy: Array | None, torch: Array | None, **parts: Any) -> Maps:
    """Maps of both lanes' matrices; a step of ``eps`` is taken for a ULP."""
    there = [matrix for matrix in (diy, torch) if matrix is not None]
    alike = diy is not None and torch is not None and diy.shape == torch.shape
    delta = diy - torch if alike else None
    ulps = None if delta is None else np.rint(delta / np.finfo(np.float32).eps)
    fields = {
        "shape": there[0].shape if there else (4, 4),
        "block": (1, 1),
        "scale": max((_largest(matrix) for matrix in there), default=0.0),
        "delta_scale": _largest(delta),
        "ulps_scale": _largest(ulps),
        "reading": _reading(request.at, diy, torch, delta, ulps),
    }
    return Maps(request, **({"diy": diy, "torch": torch, "delta": delta, "ulps": ulps} | fields | parts))


def _largest(matrix: Array | None) -> float:
    if matrix is None or not np.isfinite(matrix).any():
        return 0.0
    return float(np.abs(matrix[np.isfinite(matrix)]).max())


def _reading(at: tuple[int, int] | None, *matrices: Array | None) -> Reading | None:
    shape = next((matrix.shape for matrix in matrices if matrix is not None), (0, 0))
    if at is None or not (at[0] < shape[0] and at[1] < shape[1]):
        return None
    return Reading(*at, *(None if matrix is None else float(matrix[at]) for matrix in matrices))


def make_distance(max_abs: float, ulps: float = 2.0, tensor: str = "layer1.weight", index: tuple = (0, 2)) -> Distance:
    return Distance(max_abs, max_abs * 2, ulps * 3, tensor, index, ulps)


def make_pair(
    label: str = "SGD", max_abs: float | None = 3e-8, verdict: Verdict = "lockstep", **parts: Any
) -> PairParity:
    """``max_abs`` None: before the first step. A verdict that is not lockstep comes with its place."""
    group = None if max_abs is None else make_distance(max_abs)
    fields = {
        "loss": None if max_abs is None else make_distance(max_abs / 2, 1.0, "loss", ()),
        "grad": group,
        "weight": group,
        "state": None,
        "worst": max_abs or 0.0,
        **FOUND.get(verdict, {}),
    }
    return PairParity(label, verdict=verdict, **(fields | parts))


def make_mismatch(step: int = 3) -> Mismatch:
    return Mismatch(step, "layer1.backward", "layer1.weight.grad", (1, 2), 0.25, 0.5)


def make_instability(step: int = 3, diy_error: float = 0.125) -> Instability:
    return Instability(step, "layer1.activation", "layer1.a", (0, 1), diy_error, 6e-8)


def make_not_finite(step: int = 3, sides: tuple[str, ...] = ("diy", "torch")) -> NotFinite:
    return NotFinite(step, "layer1.forward", "layer1.z", (0, 1), sides)


def make_drift(since: int = 1120, max_abs: float = 1e-4, growth: Growth = "random") -> Drift:
    return Drift(since, max_abs, growth)


FOUND: dict[str, dict[str, Any]] = {
    "differs": {"mismatch": make_mismatch()},
    "unstable": {"unstable": make_instability()},
    "not_finite": {"not_finite": make_not_finite()},
}
