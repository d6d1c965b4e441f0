"""Inputs on which the program was once seen to lie or to break down: now it tells what is, through the command."""

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from engine.headless import cli
from tests.engine.headless.test_run import report_in, weights_in
from tests.trial.swapping import Exchange, exchanged, planted

CASES = Path(__file__).parents[1] / "cases"
NO_DECAY = planted("optimizers/adamw.py", "(1 - lr * weight_decay) * weight", "weight")
WRONG_SIGN = planted("optimizers/sgd.py", "weight - lr * step", "weight + lr * step")
TOOK_ABSOLUTE_VALUE = 1 - 0.1 * 1.0  # torch's clipped gradient of one weight is its sign


class Ran(NamedTuple):
    """The command's exit status, its report, and what it printed."""

    status: int
    report: dict[str, Any]
    out: Path
    told: str

    @property
    def pair(self) -> dict[str, Any]:
        return self.report["parity"][0]


def run(name: str, steps: int, folder: Path, capsys: Any, *exchanges: Exchange) -> Ran:
    out = folder / "out"
    with exchanged(exchanges):
        status = cli.main(["run", str(CASES / f"{name}.json"), "--steps", str(steps), "--out", str(out)])
    return Ran(status, report_in(out), out, capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "mistake"), [("adamw-no-decay", NO_DECAY), ("sgd-wrong-sign", WRONG_SIGN)], ids=["no decay", "wrong sign"]
)
def test_a_mistake_smaller_than_any_tolerance_differs_in_the_update(
    name: str, mistake: Exchange, tmp_path: Path, capsys: Any
) -> None:
    ran = run(name, 50, tmp_path, capsys, mistake)
    assert (ran.status, ran.report["verdict"], ran.pair["verdict"]) == (1, "differs", "differs")
    found = ran.pair["first_divergence"]
    assert found["step"] == 1
    assert found["stage"] == "layer1.update"
    assert found["diy"] != found["torch"]
    assert (ran.pair["unstable"], ran.pair["not_finite"]) == (None, None)


def test_a_search_that_a_rounding_sends_another_way_is_in_lockstep(tmp_path: Path, capsys: Any) -> None:
    """In step 3 two rows that nearly depend on one another tip a comparison of the line search, torch's own as well."""
    ran = run("lbfgs-tipped-search", 3, tmp_path, capsys)
    assert (ran.status, ran.report["verdict"]) == (0, "lockstep")


@pytest.mark.parametrize("name", ["adamw-no-decay", "sgd-wrong-sign"])
def test_the_same_without_the_mistake_is_in_lockstep(name: str, tmp_path: Path, capsys: Any) -> None:
    ran = run(name, 50, tmp_path, capsys)
    assert (ran.status, ran.report["verdict"]) == (0, "lockstep")
    assert (ran.pair["first_divergence"], ran.pair["unstable"], ran.pair["not_finite"]) == (None, None, None)


@pytest.mark.parametrize(("name", "steps"), [("min-rmsprop-centered-art", 40), ("min-muon-c0", 40)])
def test_where_torchs_numbers_end_it_is_not_finite_on_torchs_side(
    name: str, steps: int, tmp_path: Path, capsys: Any
) -> None:
    ran = run(name, steps, tmp_path, capsys)
    assert (ran.status, ran.report["verdict"], ran.pair["verdict"]) == (1, "not_finite", "not_finite")
    assert ran.pair["not_finite"]["sides"] == ["torch"]
    assert ran.pair["first_divergence"] is None


def test_a_product_that_overflows_together_and_not_in_parts_is_a_matter_of_order(tmp_path: Path, capsys: Any) -> None:
    """NAdam's rate is taken times two parts of a mean at once; torch takes it times each, and stays finite."""
    ran = run("nadam-overflow", 2, tmp_path, capsys)
    assert ran.report["verdict"] == "not_finite"
    assert (ran.pair["unstable"], ran.pair["first_divergence"]) == (None, None)
    assert ran.pair["not_finite"]["sides"] == ["diy", "torch"]


def test_a_norm_beyond_float32_is_told_with_step_and_tensor(tmp_path: Path, capsys: Any) -> None:
    ran = run("clip-inf", 5, tmp_path, capsys)
    assert (ran.status, ran.report["verdict"]) == (1, "not_finite")
    for pair in ran.report["parity"]:
        found = pair["not_finite"]
        assert pair["verdict"] == "not_finite"
        assert found["step"] == 1
        assert found["tensor"]
        assert set(found["sides"]) <= {"diy", "torch"}
    assert "in lockstep" not in ran.told


def test_the_norm_of_a_single_number_is_its_size_as_torchs_is(tmp_path: Path, capsys: Any) -> None:
    ran = run("clip-overflow", 1, tmp_path, capsys)
    assert (ran.status, ran.report["verdict"]) == (0, "lockstep")
    weights = weights_in(ran.out)
    np.testing.assert_array_equal(weights["SGD/diy/layer1.weight"], weights["SGD/torch/layer1.weight"])
    assert weights["SGD/diy/layer1.weight"] == pytest.approx(TOOK_ABSOLUTE_VALUE)


def test_a_logit_at_infinity_is_torchs_or_told(tmp_path: Path, capsys: Any) -> None:
    ran = run("bce-inf", 5, tmp_path, capsys)
    assert ran.report["verdict"] in ("lockstep", "not_finite")
    assert ran.status == (0 if ran.report["verdict"] == "lockstep" else 1)
    if ran.report["verdict"] == "lockstep":
        assert all(math.isfinite(float(largest)) for largest in ran.pair["max_abs"].values())
    else:
        assert ran.pair["not_finite"]["step"] == 1


@pytest.mark.parametrize(
    ("name", "optimizer", "step"), [("min-nadam-zerodiv", "NAdam", 1), ("lbfgs-overflow", "LBFGS", 2)]
)
def test_an_error_of_torchs_is_one_line_that_names_optimizer_and_step(
    name: str, optimizer: str, step: int, capsys: Any
) -> None:
    status = cli.main(["run", str(CASES / f"{name}.json"), "--steps", "40"])
    told = capsys.readouterr().err
    assert status == 70
    assert told.count("\n") == 1
    assert optimizer in told
    assert f"step {step}" in told
    assert "Traceback" not in told
