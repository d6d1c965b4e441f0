"""A person's loss in an experiment: its value and gradient run beside torch, judged at their stages, named."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

import main
from tests.drawing import sample
from tests.own.experiments import RIGHT, WRONG, raw_with_loss, run, saved, text_of

DTYPES = ("float32", "float64")
LOSSES = {
    "bce_logits": "bce", "cross_entropy_rows": "cross_entropy", "huber_delta": "huber", "l1_function": "l1",
    "loss_calculate": "mse", "mse_pair": "mse", "softmax_loss": "cross_entropy",
}  # fmt: skip


@pytest.mark.parametrize(("file", "dtype"), sample(product(LOSSES, DTYPES), 3))
def test_right_losses_in_any_form_are_in_lockstep(file: str, dtype: str, tmp_path: Path) -> None:
    batch = {"size": 3, "shuffle": True}
    status, report = run(raw_with_loss(text_of(RIGHT, file), LOSSES[file], dtype=dtype, batch=batch), tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")
    assert report["parity"][0]["named"] is None


WRONG_LOSSES = [
    ("cross_entropy_not_divided", "cross_entropy", "layer2.dL_da"),
    ("cross_entropy_on_probabilities", "cross_entropy", "loss"),
    ("loss_factor_2_missing", "mse", "layer2.dL_da"),
    ("loss_gradient_of_other_reduction", "mse", "layer2.dL_da"),
    ("loss_half", "mse", "loss"),
    ("loss_sign", "mse", "layer2.dL_da"),
    ("loss_sum_for_mean", "mse", "loss"),
]


@pytest.mark.parametrize(("wrong", "dtype"), sample(product(WRONG_LOSSES, DTYPES), 3))
def test_a_wrong_loss_differs_at_its_stage_and_is_named_with_its_line(
    wrong: tuple[str, str, str], dtype: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, name, value = wrong
    text = text_of(WRONG, file)
    id, line = text.partition("\n")[0].removeprefix("# ").split()
    status, report = run(raw_with_loss(text, name, dtype=dtype), tmp_path)
    pair = report["parity"][0]
    assert (status, pair["named"]["id"], pair["named"]["line"]) == (1, id, int(line))
    first = pair["first_divergence"] or pair["unstable"]  # the logarithm of a logit below 0 is no number
    assert (first["step"], first["tensor"]) == (1, value)
    printed = capsys.readouterr().out
    assert printed.count(f"  {id}: to make it torch's, ") == 1
    assert f", line {line}; torch " in printed


def test_a_search_asks_it_for_the_gradient_first(tmp_path: Path) -> None:
    raw = raw_with_loss(text_of(RIGHT, "cross_entropy_rows"), "cross_entropy", optimizers=[{"name": "LBFGS"}])
    assert run(raw, tmp_path)[0] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def mse(a, y):\n    return ((a - y) ** 2).mean()\n", "it has no derivative beside it"),
        (
            "def mse(a, y):\n    return (a - y) ** 2\n\n\ndef d_mse(a, y):\n    return 2 * (a - y) / a.size\n",
            "its loss is no single number, but has the shape (5, 3): different: ",
        ),
    ],
)
def test_what_no_step_can_be_taken_with_is_told(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raw_with_loss(text, "mse"), tmp_path)[0] == 2
    assert f"network.loss.code cannot be used: {told}" in capsys.readouterr().err


def test_its_own_number_goes_to_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = text_of(RIGHT, "huber_delta")
    for raw in (
        raw_with_loss(text.replace("delta=1.0", "delta=0.25"), "huber"),
        raw_with_loss(text, "huber", loss={"params": {"delta": 0.5}}),
    ):
        assert run(raw, tmp_path)[0] == 0
    assert run(raw_with_loss(text, "huber", loss={"params": {"delta": 0}}), tmp_path)[0] == 2
    assert "network.loss.params.delta must be > 0, not 0" in capsys.readouterr().err


def test_a_trace_and_a_sweep_run_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw: dict[str, Any] = raw_with_loss(text_of(RIGHT, "softmax_loss"), "cross_entropy")
    file = str(saved(raw, tmp_path))
    assert main.main(["trace", file, "--step", "3", "--trust"]) == 0
    assert main.main(["sweep", file, "--param", "lr", "--values", "0.01,0.1", "--steps", "5", "--trust"]) == 0
    assert "one after another: own code" in capsys.readouterr().out
    assert main.main(["run", file, "--steps", "1"]) == 2
