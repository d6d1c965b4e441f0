"""The article's numbers, to 1e-12 on both backends, through the same Lockstep that the window runs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.run.lockstep import Lockstep
from engine.spec import check

CASES = json.loads((Path(__file__).parents[1] / "golden" / "article.json").read_text(encoding="utf-8"))
EXACT = {"rtol": 1e-12, "atol": 1e-12}


def experiment_of(case: dict[str, Any]) -> dict[str, Any]:
    units = len(case["weight"])
    layer = {"units": units, "activation": case["activation"], "bias": case["bias"]}
    return {
        "schema": 1,
        "data": {"x": case["x"], "y": case["y"]},
        "network": {"layers": [layer], "loss": case["loss"]},
        "start": {"weights": {"layer1.weight": case["weight"]}},
        "dtype": case["dtype"],
        "optimizers": [{"name": case["optimizer"], "params": case["params"]}],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_both_backends_reach_the_articles_numbers(case: dict[str, Any]) -> None:
    lockstep = Lockstep(check(experiment_of(case)))
    for step, expected in case["after"].items():
        lockstep.advance(int(step) - lockstep.step)
        for one, loss in zip(lockstep.lanes, lockstep.losses, strict=True):
            where = f"{one.id}, step {step}"
            np.testing.assert_allclose(loss, expected["loss"], **EXACT, err_msg=where)
            np.testing.assert_allclose(one.lane.gradients()[0], expected["grad"], **EXACT, err_msg=where)
            np.testing.assert_allclose(one.lane.weights()[0], expected["weight"], **EXACT, err_msg=where)
    assert [pair.verdict for pair in lockstep.parity()] == ["lockstep"]
