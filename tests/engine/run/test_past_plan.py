"""Past the end of OneCycleLR's plan torch raises, and a run that goes on says so: of that step, wherever it tells."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.optim import lr_scheduler

import main
from engine.protocol import past_plan
from engine.spec import OptimizerSpec, first_unplanned_step
from tests.engine.experiments import raw_article
from tests.engine.headless.test_run import report_in, saved

PLANS = [
    {"max_lr": 0.1, "total_steps": 7},
    {"max_lr": 0.1, "total_steps": 1},
    {"max_lr": 0.1, "epochs": 3, "steps_per_epoch": 4},
    {"max_lr": 0.1, "total_steps": 9, "three_phase": True, "anneal_strategy": "linear"},
]


def entry_of(params: dict[str, Any], warmup: int | None = None, **more: Any) -> dict[str, Any]:
    schedule: dict[str, Any] = {"name": "OneCycleLR", "params": params}
    if warmup is not None:
        schedule["warmup"] = {"steps": warmup}
    return {"name": "SGD", "params": {"lr": 0.1, "momentum": 0.9}, "schedule": schedule, **more}


def step_in_which_torch_raises(params: dict[str, Any], warmup: int | None) -> int:
    """As a training loop meets it: the optimizer steps, then its scheduler."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
    first = None if warmup is None else lr_scheduler.LinearLR(optimizer, total_iters=warmup)
    scheduler: Any = lr_scheduler.OneCycleLR(optimizer, **params)
    if first is not None and warmup is not None:
        scheduler = lr_scheduler.SequentialLR(optimizer, [first, scheduler], milestones=[warmup])
    for step in range(1, 100):
        optimizer.step()
        try:
            scheduler.step()
        except ValueError:
            return step
    raise AssertionError("it never did")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("warmup", [None, 1, 5])
@pytest.mark.parametrize("params", PLANS)
def test_it_is_the_step_in_which_torch_raises(params: dict[str, Any], warmup: int | None) -> None:
    entry = OptimizerSpec.model_validate(entry_of(params, warmup))
    first = step_in_which_torch_raises(params, warmup)
    assert first_unplanned_step(entry) == first
    assert past_plan(entry, first - 1) == ""
    assert f"in step {first} torch would have raised ValueError" in past_plan(entry, first)


def test_other_schedules_never_end() -> None:
    schedule = {"name": "CosineAnnealingLR", "params": {"T_max": 5}}
    assert first_unplanned_step(OptimizerSpec.model_validate({"name": "SGD", "schedule": schedule})) is None
    assert first_unplanned_step(OptimizerSpec.model_validate({"name": "SGD"})) is None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An entry with a plan of 7 steps beside one without."""
    entries = [{"name": "Adam"}, entry_of({"max_lr": 0.1, "total_steps": 7}, label="cycle")]
    return saved(raw_article(optimizers=entries), tmp_path)


SAID = "cycle: past the end of OneCycleLR's plan: in step 8 torch would have raised ValueError"


@pytest.mark.parametrize(("steps", "said"), [(7, 0), (8, 1), (30, 1)])
def test_a_run_says_so_and_writes_it(file: Path, capsys: Any, steps: int, said: int) -> None:
    out = file.parent / "out"
    assert main.main(["run", str(file), "--steps", str(steps), "--out", str(out)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len([line for line in told if line.startswith(SAID)]) == said
    notes = report_in(out).get("notes", [])
    assert [(note["label"], note["kind"], note["step"]) for note in notes] == [("cycle", "past_plan", 8)] * said
    assert all(f"cycle: {note['told']}" in told for note in notes)


@pytest.mark.usefixtures("no_pictures")
def test_a_comparison_says_so_and_its_report_too(file: Path, capsys: Any) -> None:
    out = file.parent / "out"
    assert main.main(["compare", str(file), "--steps", "9", "--out", str(out)]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.startswith(SAID)]) == 1
    page = unescape((out / "report.html").read_text(encoding="utf-8"))
    assert page.count("<li>cycle: past the end of OneCycleLR's plan: in step 8 torch would have raised") == 1


@pytest.mark.parametrize(("optimizer", "steps", "said"), [("cycle", 8, 1), ("cycle", 7, 0), ("Adam", 8, 0)])
def test_a_sweep_says_so_of_what_it_sweeps(file: Path, capsys: Any, optimizer: str, steps: int, said: int) -> None:
    swept = ("--param", "weight_decay", "--log", "1e-4", "1e-2", "--points", "3")
    assert main.main(["sweep", str(file), "--optimizer", optimizer, *swept, "--steps", str(steps)]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.startswith(SAID)]) == said
