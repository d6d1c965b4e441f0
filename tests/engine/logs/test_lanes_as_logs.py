"""What Lockstep's own lanes do, logged: DIY is another right program, over all that an experiment may have."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.protocol import PairParity
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check
from tests.drawing import in_turn
from tests.engine.logs.logging_scripts import experiment, judged
from tests.programs import ROOT

STEPS = 20
CLASSES = {
    "data": {"x": [[0.5, -1, 2], [3, 0.25, -0.5], [2, 1, 0], [-1, 0.5, 1], [40, -30, 5]], "y": [0, 1, 2, 1, 0]},
    "network": {
        "layers": [
            {"units": 6, "activation": "relu"},
            {"kind": "BatchNorm1d"},
            {"units": 5, "activation": "gelu"},
            {"kind": "Residual", "layers": [{"kind": "LayerNorm"}, {"units": 5, "activation": "sigmoid"}]},
            {"kind": "RMSNorm", "activation": "silu"},
            {"units": 3},
        ],
        "loss": "cross_entropy",
    },
}
ADAM = {"name": "Adam", "params": {"lr": 0.05}}
CASES: dict[str, dict[str, Any]] = {
    "classes": {**CLASSES, "optimizers": [ADAM]},
    "saturated": {**CLASSES, "optimizers": [{"name": "SGD", "params": {"lr": 3.0}}]},
    "batches": {**CLASSES, "optimizers": [ADAM], "batch": {"size": 3, "shuffle": True, "seed": 1}},
    "clip": {**CLASSES, "optimizers": [{**ADAM, "clip": {"norm": 0.1}}]},
    "schedule": {**CLASSES, "optimizers": [{**ADAM, "schedule": {"name": "StepLR", "params": {"step_size": 5}}}]},
    "cycle": {
        **CLASSES,
        "optimizers": [
            {**ADAM, "schedule": {"name": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 60}}},
        ],
    },
    "decay": {**CLASSES, "optimizers": [{"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.01}}]},
    "point": {
        "data": None, "network": None, "problem": {"function": "rosenbrock", "start": [-1.5, 2.0]},
        "optimizers": [{"name": "RMSprop", "params": {"lr": 0.01}}],
    },
}  # fmt: skip


def spec_of(name: str, dtype: str) -> dict[str, Any]:
    raw = experiment("SGD", {"lr": 0.1}, dtype)
    if name.endswith(".json"):
        raw = json.loads((ROOT / "resources" / "examples" / name).read_text(encoding="utf-8"))
        raw = {**raw, "dtype": dtype, "optimizers": raw["optimizers"][:1], "breakpoints": []}
    found = {**raw, **CASES.get(name, {})}
    return {
        key: value for key, value in found.items() if not (value is None or (key == "start" and found.get("problem")))
    }


def log_of(spec: ExperimentSpec, backend: str, steps: int, *, state: bool) -> dict[str, Array]:
    """Step by step what a lane does."""
    run = Lockstep(spec, parity=False)
    lane = run.lane_of(0, backend)
    assert lane is not None
    log: dict[str, list[Any]] = {}
    for _ in range(steps):
        run.advance()
        found: dict[str, Any] = {"loss": run.losses[[one.lane for one in run.lanes].index(lane)]}
        for name, weight, grad, kept in zip(run.names, lane.weights(), lane.gradients(), lane.states(), strict=True):
            found |= {name: weight, f"{name}.grad": grad}
            found |= {f"{name}.{key}": value for key, value in kept.items() if state and value is not None}
        for name, value in found.items():
            log.setdefault(name, []).append(np.array(value))
    return {name: np.array(values) for name, values in log.items() if len(values) == steps}


def verdict(raw: Mapping[str, Any], folder: Path, backend: str, *, state: bool) -> PairParity:
    return judged(dict(raw), log_of(check(raw), backend, STEPS, state=state), folder)


EXAMPLES = ["iris.json", "xor.json"]
THERE = [file for file in EXAMPLES if (ROOT / "resources" / "examples" / file).exists()]


@pytest.mark.parametrize(
    ("name", "backend", "dtype", "state"),
    [
        (name, *rest)
        for name, rest in in_turn(
            [*CASES, *THERE],
            [
                ("diy", "float32", False),
                ("torch", "float32", True),
                ("diy", "float64", True),
                ("diy", "float64", False),
            ],
        )
    ],
)
def test_what_a_lane_does_is_right_as_a_log(name: str, backend: str, dtype: str, state: bool, tmp_path: Path) -> None:
    found = verdict(spec_of(name, dtype), tmp_path, backend, state=state)
    assert found.verdict in ("lockstep", "not_finite"), (found.mismatch, found.unstable)
