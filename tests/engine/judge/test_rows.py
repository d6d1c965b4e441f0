"""What it takes to judge a step of many rows: no row but the batch's, and of those some at a time."""

import tracemalloc
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from engine.judge import parts
from engine.lane.stage import Stage
from engine.protocol import Mismatch
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec
from tests.engine.experiments import experiment, layer, optimizer
from tests.trial.swapping import exchanged, planted

ROWS, AT_ONCE = 200, 256
LAYERS = [layer(8, "tanh"), layer(4, "softplus"), layer(1, "identity")]
LINEAR, LAST = "layers/linear.py", "(np.arange(len(z)) == len(z) - 1)[:, None]"

# File, line, the line with the mistake, and the value and the row that it is to be found in.
MISTAKES: Mapping[str, tuple[str, str, str, str, int | None]] = {
    "last row": (LINEAR, "z = z + b\n", f"z = z + b + 1e-9 * {LAST}\n", "layer1.z", ROWS - 1),
    "weight": (LINEAR, "dL_dz.mT @ x\n", "(1 + 1e-7) * dL_dz.mT @ x\n", "layer3.weight.grad", None),
    "last row left out": (LINEAR, "dL_dz.mT @ x\n", "dL_dz[:-1].mT @ x[:-1]\n", "layer3.weight.grad", None),
    "bias": (LINEAR, "dL_dz.sum(axis=-2)", "dL_dz[:-1].sum(axis=-2)", "layer3.bias.grad", None),
    "input": (LINEAR, "dL_dz @ W\n", "dL_dz @ W * (1 + 1e-9)\n", "layer2.dL_da", None),
    "slope": ("activations/tanh.py", "1 - a * a", "1 - a * a * a", "layer1.da_dz", None),
}


def spec_of(dtype: str = "float32", **more: Any) -> ExperimentSpec:
    return experiment(LAYERS, inputs=16, rows=ROWS, optimizers=[optimizer("SGD", lr=0.01)], dtype=dtype, **more)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Stages of few numbers are large; how many torch is asked about at a time, by the stage's kind."""
    found: list[tuple[str, int]] = []
    answer = parts.reference_answer

    def noted(stage: Stage, dtype: str) -> Any:
        rows = [value.size for role, value in stage.inputs.items() if role in parts.OF_ROWS]
        found.append((stage.kind, max(rows, default=0)))
        return answer(stage, dtype)

    monkeypatch.setattr(parts, "AT_ONCE", AT_ONCE)
    monkeypatch.setattr(parts, "reference_answer", noted)
    return found


def test_torch_is_asked_about_some_rows_at_a_time_with_a_turn_for_others_in_between(asked: list[Any]) -> None:
    run = Lockstep(spec_of(), judge_at_once=False)
    run.advance()
    turns: list[int] = []
    while run.docket.work():
        turns.append(len(asked))
    by_rows = [size for kind, size in asked if kind not in ("loss", "update")]
    assert max(by_rows) <= AT_ONCE
    assert len(by_rows) > ROWS * 16 / AT_ONCE
    assert max(np.diff([0, *turns])) <= 2
    (pair,) = run.parity()
    assert (pair.verdict, pair.judged) == ("lockstep", 1)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_in_whichever_rows_it_is(mistake: str, dtype: str, asked: list[Any]) -> None:
    file, before, after, name, row = MISTAKES[mistake]
    with exchanged([planted(file, before, after)]):
        run = Lockstep(spec_of(dtype))
        run.advance()
    assert asked
    (pair,) = run.parity()
    assert isinstance(pair.mismatch, Mismatch)
    assert pair.mismatch.tensor == name
    assert row is None or pair.mismatch.index[0] == row


def test_right_code_is_not_accused(asked: list[Any]) -> None:
    run = Lockstep(experiment(LAYERS, inputs=16, rows=ROWS, optimizers=[optimizer("Adam")], dtype="float32"))
    run.advance(4)
    (pair,) = run.parity()
    assert (pair.verdict, pair.judged) == ("lockstep", 4)
    assert asked


def test_a_step_of_a_batch_takes_memory_for_its_rows_alone() -> None:
    few, many = (_memory_of_a_judgement(rows) for rows in (1000, 20_000))
    assert many < few + 200_000  # bytes: in float64 the other rows would take 3,000,000


def _memory_of_a_judgement(rows: int) -> int:
    batch = {"size": 8, "shuffle": True, "seed": 0}
    spec = experiment(LAYERS, inputs=20, rows=rows, optimizers=[optimizer("SGD")], dtype="float32", batch=batch)
    run = Lockstep(spec, judge_at_once=False)
    run.advance()
    tracemalloc.start()
    try:
        run.docket.finish()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
