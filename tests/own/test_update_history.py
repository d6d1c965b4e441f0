"""Own code's updates are judged along what it was given and made: of large weights along some of their elements."""

from pathlib import Path

import numpy as np
import pytest

from engine.backends.start import initial_weights
from engine.judge.own_update import OwnUpdates
from engine.lane import update_history
from engine.lane.own_code import Bound, bind
from engine.lane.own_lane import OwnLane
from engine.own.trust import trust
from engine.spec import check
from tests.own.experiments import raw_with
from tests.own.test_in_experiments import run

WIDE = [{"units": 40, "activation": "tanh"}, {"units": 2}]
LATE = "def sgd(w, g, state, lr=0.1):\n    t = state['t'] = state.get('t', 0) + 1\n"
LATE += "    return w - lr * g * (1 if t < {} else 1.01), state\n"
IN_PLACE = """from typing import NamedTuple

import numpy as np


class Hyper(NamedTuple):
    lr: float = 0.1
    weight_decay: float = 0.5


class State(NamedTuple):
    t: int


def init(weight):
    return State(0)


def update(grad, state, weight, hyper):
    grad += hyper.weight_decay * weight
    weight -= hyper.lr * grad
    return weight, State(state.t + 1)
"""
CLIPS = """import numpy as np


def sgd(w, g, state, lr=0.1):
    t = state['t'] = state.get('t', 0) + 1
    return w - lr * (g if t < 34 else g / np.linalg.norm(g)), state
"""


@pytest.fixture
def few_whole_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of large weights all elements are kept of fewer steps than there are: of the later ones some."""
    monkeypatch.setattr(update_history, "WHOLE_STEPS", 16)


@pytest.mark.parametrize("text", [LATE.format(30), CLIPS])
def test_a_mistake_that_begins_late_differs_at_its_step_in_a_large_weight(
    text: str, tmp_path: Path, few_whole_steps: None
) -> None:
    status, report = run(raw_with(text, "SGD", layers=WIDE), tmp_path, steps=40)
    found = report["parity"][0]["first_divergence"]
    assert (status, found["step"], found["stage"]) == (1, 30 if "30" in text else 34, "layer1.update")
    assert all(place < size for place, size in zip(found["index"], (40, 3), strict=True))


def test_right_code_is_in_lockstep_over_large_weights(tmp_path: Path, few_whole_steps: None) -> None:
    raw = raw_with("def sgd(w, g, lr=0.1):\n    return w - lr * g\n", "SGD", layers=WIDE)
    assert run(raw, tmp_path, steps=40)[0] == 0


@pytest.mark.parametrize("layers", [WIDE, [{"units": 2}]])
def test_the_textbooks_form_may_change_its_arrays_in_place(layers: list[dict[str, object]], tmp_path: Path) -> None:
    raw = raw_with(IN_PLACE, "SGD", {"weight_decay": 0.5}, layers=layers)
    status, report = run(raw, tmp_path, steps=70)
    assert (status, report["verdict"]) == (0, "lockstep")


@pytest.mark.parametrize(("factor", "wrong"), [(1, None), (1.5, 1)])
def test_a_step_that_torch_refuses_acquits_nothing(factor: float, wrong: int | None) -> None:
    text = f"def sgd(w, g, lr=0.1):\n    return w - lr * {factor} * g\n"
    trust(text)
    spec = check(raw_with(text, "SGD", {"lr": 0.1}, dtype="float32"))
    bind(spec, spec.optimizers[0], Bound({"lr": "lr"}))
    lane = OwnLane(spec, spec.optimizers[0], initial_weights(spec))
    with np.errstate(all="ignore"):
        for step in range(8):
            if step == 4:
                lane.set_params({"lr": 1e39})  # which float32 has not
            lane.step(None)
    made = lane.made
    assert made is not None
    own = OwnUpdates(spec, 0, made)
    found = own.wrong(8)
    assert (found and found[0], own.reach(3)) == (wrong, 3)
    assert wrong is not None or own.reach(8) == 4
