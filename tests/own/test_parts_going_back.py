"""A run with own code in its network is stood at again bit for bit, whatever that keeps; or refused with the reason."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.own.memory import CannotGoBack
from engine.own.trust import NotTrusted
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.drawing import sample
from tests.own.experiments import RIGHT, raw_with_activation, trusted_run

COUNTED = """import numpy as np

calls = [0]


def tanh(z):
    calls[0] += 1
    return np.tanh(z) * (1 + 1e-3 * (calls[0] % 7))


def d_tanh(z, a):
    return 1 - a * a
"""
KEPT = """import numpy as np


class Tanh:
    def __init__(self):
        self.seen = []

    def forward(self, z):
        self.a = np.tanh(z)
        self.seen.append(float(self.a.mean()))
        return self.a + 1e-3 * sum(self.seen[-3:])

    def backward(self, dout):
        return dout * (1 - self.a**2)
"""
DRAWN = """import numpy as np


def tanh(z):
    return np.tanh(z + 1e-3 * np.random.normal(size=z.shape))


def d_tanh(z):
    return 1 - np.tanh(z) ** 2
"""
GENERATOR = """import numpy as np

ones = (1.0 for _ in range(10**9))


def tanh(z):
    return np.tanh(z) * next(ones)


def d_tanh(z):
    return 1 - np.tanh(z) ** 2
"""
TEXTS = {"counted": COUNTED, "kept": KEPT, "drawn": DRAWN}
FILES = {"tanh_class": "tanh", "relu_cache": "relu", "silu_autograd": "silu"}


def run_of(file: str, **more: Any) -> Lockstep:
    text = TEXTS.get(file) or (RIGHT / f"{file}.py").read_text(encoding="utf-8")
    raw = raw_with_activation(text, FILES.get(file, "tanh"), batch={"size": 3, "shuffle": True}, **more)
    return trusted_run(raw, budget=1 << 26)


OPTIMIZERS: list[dict[str, Any]] = [{"name": "Adam"}, {"name": "SGD", "code": "sgd.py"}]


def weights(run: Lockstep) -> list[Array]:
    return [np.array(weight) for one in run.lanes for weight in one.lane.weights()]


@pytest.mark.parametrize(("file", "optimizer"), sample(product([*TEXTS, *FILES], OPTIMIZERS), 3))
def test_each_step_is_reached_again_bit_for_bit(file: str, optimizer: dict[str, Any]) -> None:
    code = {"own.py": {"text": TEXTS.get(file) or (RIGHT / f"{file}.py").read_text(encoding="utf-8")}}
    code["sgd.py"] = {"text": (RIGHT / "globals_momentum.py").read_text(encoding="utf-8")}
    run = run_of(file, optimizers=[optimizer], code=code)
    seen = [weights(run)]
    for _ in range(140):
        run.advance()
        seen.append(weights(run))
    for step in (70, 3, 139, 64, 0, 65):
        run.seek(step)
        for later in range(step, step + 2):
            for now, before in zip(weights(run), seen[later], strict=True):
                np.testing.assert_array_equal(now, before)
            run.advance()


@pytest.mark.parametrize("file", TEXTS)
def test_a_step_that_was_judged_changes_nothing_in_the_run(file: str) -> None:
    text = TEXTS[file]
    judged, plain = (trusted_run(raw_with_activation(text, "tanh"), parity=parity) for parity in (True, False))
    runs: list[list[Array]] = []
    for run in (judged, plain):
        np.random.seed(5)
        run.advance(40)
        runs.append(weights(run))
    assert judged.parity()[0].verdict == "differs"
    for one, other in zip(*runs, strict=False):
        np.testing.assert_array_equal(one, other)


def test_two_lanes_of_one_file_do_not_hear_of_each_other() -> None:
    alone = run_of("counted")
    both = run_of("counted", optimizers=[{"name": "Adam"}, {"name": "SGD"}])
    alone.advance(30)
    both.advance(30)
    for one, other in zip(weights(alone), weights(both), strict=False):
        np.testing.assert_array_equal(one, other)


def test_what_cannot_be_copied_is_told_and_the_run_stays_where_it_is() -> None:
    run = trusted_run(raw_with_activation(GENERATOR, "tanh"), budget=1 << 26)
    run.advance(20)
    before = weights(run)
    with pytest.raises(CannotGoBack, match="generator"):
        run.seek(5)
    assert run.step == 20
    for now, was in zip(weights(run), before, strict=True):
        np.testing.assert_array_equal(now, was)


def test_code_that_nobody_trusts_makes_no_lane() -> None:
    with pytest.raises(NotTrusted):
        Lockstep(check(raw_with_activation(f"{COUNTED}\n# another\n", "tanh")))
