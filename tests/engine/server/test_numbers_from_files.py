"""Weights and logs in files, as the window's engine takes them: refused in words, run to a log's end, packed again."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.backends.number_files import read_arrays
from engine.protocol import (
    JobFailed,
    Load,
    MainPlane,
    PackedWeights,
    PackWeights,
    Refused,
    Run,
    Seek,
    StartSurface,
    StartSweep,
    Stopped,
    SurfacePart,
    SweepAxis,
    SweepPart,
    SweepPlan,
    Traced,
    TraceStep,
)
from engine.spec import ExperimentError, ExperimentSpec, check
from tests.engine.logs.logging_scripts import experiment, logged
from tests.engine.server.test_server import serving

ADAM = partial(torch.optim.Adam, lr=0.01)
STEPS = 12


def spec_with(folder: Path, start: dict[str, Any] | None = None, log: str | None = None) -> ExperimentSpec:
    raw = experiment("Adam", {"lr": 0.01}, "float64", **({} if log is None else {"log": {"file": log}}))
    return check(raw | ({} if start is None else {"start": start})).beside(folder)


def test_a_file_that_is_not_there_is_refused_at_its_field(tmp_path: Path) -> None:
    with serving() as window:
        window.send(Load(1, spec_with(tmp_path, start={"file": "none.npz"})))
        refused = window.next(Refused)
        assert [(fault.path, fault.code) for fault in refused.faults] == [(("start", "file"), "not_readable")]
        window.send(Load(2, spec_with(tmp_path, log="none.csv")))
        refused = window.next(Refused)
        assert refused.faults[0].path == ("optimizers", 0, "log", "file")


def test_a_log_runs_to_its_end_and_back_and_can_be_looked_into(tmp_path: Path) -> None:
    log = logged(ADAM, "float64", STEPS)
    log["2.bias"][5, 1] += 1e-6
    np.savez(tmp_path / "mine.npz", **log)
    with serving() as window:
        window.load(spec_with(tmp_path, log="mine.npz"))
        window.send(Run(1, None, None))
        frame = window.stopped()
        assert frame.step == STEPS
        assert frame.curves is not None
        assert frame.curves.lanes[0].losses.tolist() == log["loss"][1:].tolist()
        window.frame_when(lambda frame: frame.pairs[0].verdict == "differs")
        window.send(Run(1, None, None))
        assert window.stopped().step == STEPS
        window.send(Seek(1, 3))
        assert window.frame_when(lambda frame: frame.step == 3).pairs[0].verdict == "lockstep"
        window.send(TraceStep(1, 0, 5))
        traced = window.next(Traced)
        assert traced.step == 5
        assert traced.is_log
        wrong = [value for value in traced.values if value.verdict == "differs"]
        assert [(value.twin, value.first) for value in wrong] == [("layer2.bias", tuple(log["2.bias"][5]))]
        window.send(TraceStep(1, 0, STEPS + 1))
        assert window.next(Traced).refused == "log_ended"
        window.send(StartSurface(1, 7, MainPlane()))
        part = window.next(SurfacePart, JobFailed)
        assert isinstance(part, SurfacePart)


def test_a_log_stops_at_breakpoints_like_any_lane(tmp_path: Path) -> None:
    log = logged(ADAM, "float64", STEPS)
    np.savez(tmp_path / "mine.npz", **log)
    condition = {"kind": "condition", "quantity": "loss", "lane": "Adam/log", "op": "<", "value": log["loss"][7]}
    raw = experiment("Adam", {"lr": 0.01}, "float64", log={"file": "mine.npz"})
    with serving() as window:
        window.load(check(raw | {"breakpoints": [condition]}).beside(tmp_path))
        window.send(Run(1, None, None))
        stop = window.next(Stopped)
        assert (stop.step, stop.lane, stop.value) == (8, "Adam/log", log["loss"][8])
        window.load(check(raw | {"breakpoints": [{"kind": "stage", "stage": "update"}]}).beside(tmp_path), generation=2)
        window.send(Run(2, None, None))
        assert window.next(Stopped).step == 1
    with pytest.raises(ExperimentError, match="Adam/log"):
        check(raw | {"breakpoints": [condition | {"lane": "Adam/diy"}]})


def test_weights_are_packed_where_the_run_stands(tmp_path: Path) -> None:
    with serving() as window:
        window.load(spec_with(tmp_path))
        window.send(Run(1, 4, None))
        window.stopped()
        for number, form in enumerate(("npz", "safetensors", "torch")):
            window.send(PackWeights(1, number, 1, form))  # type: ignore[arg-type]
            packed = window.next(PackedWeights)
            (file := tmp_path / f"w.{form}").write_bytes(packed.content)
            assert packed.step == 4
            found = read_arrays(file).arrays
            assert next(iter(found)) == (
                "layer1.weight" if form == "npz" else "0.weight" if form == "torch" else next(iter(found))
            )
        window.send(Load(2, spec_with(tmp_path, start={"file": "w.torch"})))
        window.send(Load(3, spec_with(tmp_path, start={"file": "w.npz"})))
        frame = window.frame(generation=3)
        assert frame.step == 0


def test_a_sweep_starts_from_the_file_too(tmp_path: Path) -> None:
    plan = SweepPlan(0, (SweepAxis(("lr",), (0.01, 0.1)),), (), 3)
    with serving() as window:
        window.send(StartSweep(1, spec_with(tmp_path, start={"file": "none.npz"}), plan))
        assert window.next(JobFailed).fault.code == "not_readable"
        window.send(StartSweep(2, spec_with(tmp_path), plan))
        assert window.next(SweepPart)
