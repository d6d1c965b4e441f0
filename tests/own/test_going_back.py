"""A run over own code is stood at again bit for bit, whatever the code keeps and where; or refused with the reason."""

from pathlib import Path

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.own.memory import CannotGoBack
from engine.own.trust import NotTrusted, trust
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.own.experiments import RIGHT, WRONG, raw_with

FILES = [
    *("globals_momentum", "torch_params", "torch_rmsprop", "value_parameters", "layer_rmsprop", "layer_adagrad"),
    *("object_a_weight", "class_pairs", "class_one_array", "default_dict_state", "dict_adam_init", "config_adam"),
    *("in_place_lists", "moments_t_out", "pair_optax", "params_states", "textbook_adamw", "weight_and_bias"),
]
CLOSURE = """import numpy as np


def momentum(lr=0.01, mu=0.9):
    b = {}

    def step(params, grads):
        for number, (w, g) in enumerate(zip(params, grads)):
            b[number] = mu * b.get(number, 0) + g
            w -= lr * b[number]

    return step
"""
BY_ID = """class Momentum:
    def __init__(self, lr=0.01):
        self.lr, self.b = lr, {}

    def step(self, params, grads):
        for w, g in zip(params, grads):
            self.b[id(w)] = 0.9 * self.b.get(id(w), 0) + g
            w -= self.lr * self.b[id(w)]
"""
DRAWN = "import numpy as np\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * (g + np.random.normal(size=g.shape))\n"
GENERATOR = """def steps():
    while True:
        yield 0.5


class SGD:
    def __init__(self, lr=0.1):
        self.lr, self.rates = lr, steps()

    def step(self, params, grads):
        for w, g in zip(params, grads):
            w -= self.lr * next(self.rates) * g
"""
TEXTS = {"closure": CLOSURE, "by id": BY_ID, "drawn": DRAWN}


def run_of(text: str, name: str | None = None) -> Lockstep:
    trust(text)
    schedule = {"schedule": {"name": "ExponentialLR", "params": {"gamma": 0.97}}}
    raw = raw_with(text, name, {"lr": 0.01}, entry=schedule, batch={"size": 3, "shuffle": True})
    return Lockstep(check(raw), budget=1 << 26)


def weights(run: Lockstep) -> list[Array]:
    return [np.array(weight) for one in run.lanes for weight in one.lane.weights()]


def text_of(file: str) -> str:
    return TEXTS.get(file) or (RIGHT / f"{file}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", [*FILES, *TEXTS])
def test_each_step_is_reached_again_bit_for_bit(file: str) -> None:
    run = run_of(text_of(file))
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


def test_two_lanes_of_one_file_do_not_hear_of_each_other() -> None:
    text = text_of("globals_momentum")
    trust(text)
    raw = raw_with(text, "SGD", {"lr": 0.01})
    alone = Lockstep(check(raw))
    raw["optimizers"].append({**raw["optimizers"][0], "label": "again", "params": {"lr": 0.02}})
    both = Lockstep(check(raw))
    alone.advance(30)
    both.advance(30)
    for one, other in zip(weights(alone), weights(both), strict=False):
        np.testing.assert_array_equal(one, other)


def test_what_cannot_be_copied_is_told_and_the_run_stays_where_it_is() -> None:
    run = run_of(GENERATOR)
    run.advance(20)
    before = weights(run)
    with pytest.raises(CannotGoBack, match="generator"):
        run.seek(5)
    assert run.step == 20
    for now, was in zip(weights(run), before, strict=True):
        np.testing.assert_array_equal(now, was)


def test_a_step_that_was_judged_changes_nothing_in_the_run() -> None:
    text = (WRONG / "adam_no_correction_of_m.py").read_text(encoding="utf-8")
    trust(text)
    judged, plain = (Lockstep(check(raw_with(text, "Adam")), parity=parity) for parity in (True, False))
    judged.advance(40)
    plain.advance(40)
    assert judged.parity()[0].verdict == "differs"
    for one, other in zip(weights(judged), weights(plain), strict=True):
        np.testing.assert_array_equal(one, other)


def test_code_that_nobody_trusts_makes_no_lane(tmp_path: Path) -> None:
    text = f"open({str(tmp_path / 'touched')!r}, 'w').close()\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * g\n"
    with pytest.raises(NotTrusted):
        Lockstep(check(raw_with(text, "SGD")))
    assert not (tmp_path / "touched").exists()
