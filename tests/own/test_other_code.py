"""A run goes on from a step with other code of any kind: bit for bit again, and what runs since then is judged."""

from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.own.trust import trust
from engine.own.unusable import CannotGoOn
from engine.protocol import before_text, judged_text, pair_sentence
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.drawing import sample
from tests.own.experiments import (
    LONE,
    RIGHT,
    WRONG,
    raw_beside,
    raw_with,
    raw_with_activation,
    raw_with_layers,
    raw_with_loss,
    text_of,
    trusted_run,
)
from tests.own.test_parts_going_back import COUNTED, KEPT
from tests.products import each_with, one_in

FROM, TO = 5, 20  # the step that the change is made after, and how far the runs go


class Mended(NamedTuple):
    """Code with a mistake, and what stands in its place afterwards; ``part`` is what of the stage differs before."""

    wrong: str
    right: str
    part: str
    raw: dict[str, Any]


def mended(folder_file: str, old: str, new: str, part: str, make: Any, *arguments: Any) -> Mended:
    wrong = text_of(WRONG, folder_file)
    right = wrong.replace(old, new)
    assert right != wrong
    return Mended(wrong, right, part, make(wrong, *arguments))


ROW_OF_BIAS = """import numpy as np


def linear_forward(x, w, b):
    return x @ w + b, (x, w)


def linear_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout[0]
"""
MENDED = {
    "adam": mended(
        "adam_no_correction_of_v", "np.sqrt(v)", "np.sqrt(v / (1 - b2**t))", "update", raw_with, "Adam"
    ),
    "activation": mended(
        "activation_sign", "self.out**2 - 1", "1 - self.out**2", "backward", raw_with_activation, "tanh"
    ),
    "layer": Mended(
        ROW_OF_BIAS, ROW_OF_BIAS.replace("dout[0]", "dout.sum(axis=0)"), "backward", raw_with_layers(ROW_OF_BIAS)
    ),
    "loss": mended("loss_sign", "(y_true - y_pred) /", "(y_pred - y_true) /", "backward", raw_with_loss, "mse"),
}  # fmt: skip


def weights(run: Lockstep) -> list[Array]:
    return [np.array(weight) for one in run.lanes for weight in one.lane.weights()]


def go_on(run: Lockstep, raw: dict[str, Any], text: str, file: str = "own.py") -> None:
    """Go on from where the run stands with another text of a file."""
    trust(text)
    run.set_code(check({**raw, "code": {**raw["code"], file: {"text": text}}}))


def run_to(raw: dict[str, Any], steps: int = TO, **more: Any) -> Lockstep:
    run = trusted_run(raw | more, budget=1 << 26)
    run.advance(steps)
    return run


def told(run: Lockstep) -> str:
    return pair_sentence(run.parity()[0], run.spec.dtype)


@pytest.mark.parametrize(("kind", "dtype"), each_with(MENDED, ["float64", "float32"]))
def test_code_that_is_mended_on_the_way_is_in_lockstep_since_then(kind: str, dtype: str) -> None:
    one = MENDED[kind]
    run = run_to(one.raw, dtype=dtype)
    old = [series.values.copy() for series in run.series]
    assert "differs at step 1, stage layer" in told(run)
    run.seek(FROM)
    go_on(run, one.raw, one.right)
    (branch,) = [kept.branch for kept in run.branches]
    assert (branch.start, branch.end, branch.entry) == (FROM, TO, 0)
    for kept in run.branches:
        for losses, was in zip(kept.losses, old, strict=True):
            np.testing.assert_array_equal(losses.values, was[FROM - 1 :])
    run.advance(TO - FROM)
    (pair,) = run.parity()
    assert told(run) == "in lockstep since step 6, after the change of code"
    assert (pair.verdict, pair.since, pair.drift) == ("lockstep", FROM, None)
    before = before_text(pair, dtype)
    assert before.startswith("Before the change of code: differs at step 1, stage layer")
    assert pair.before is not None
    assert pair.before.stage.endswith(one.part)
    assert judged_text(pair).startswith("Last judged at step 13;")
    seen, losses = weights(run), [series.values.copy() for series in run.series]
    for step in (3, TO, FROM, FROM + 1, 0, TO):
        run.seek(step)
        verdict = "lockstep" if step > FROM or not step else "differs"
        assert run.parity()[0].verdict == verdict, step
    for now, was in zip(weights(run), seen, strict=True):
        np.testing.assert_array_equal(now, was)
    for series, was in zip(run.series, losses, strict=True):
        np.testing.assert_array_equal(series.values, was)


@pytest.mark.parametrize("dtype", one_in(2, ["float32", "float64"]))
def test_right_code_with_the_state_of_wrong_code_is_told_apart_from_it(dtype: str) -> None:
    wrong = text_of(WRONG, "adam_m_not_averaged")
    raw = raw_with(wrong, "Adam", dtype=dtype)
    run = run_to(raw)
    run.seek(FROM)
    go_on(run, raw, wrong.replace("b1 * m + g\n", "b1 * m + (1 - b1) * g\n"))
    assert told(run).startswith("differs at step 1")
    run.advance(1)
    words = "in lockstep since step 6, after the change of code, but for the state that the code before left to it"
    assert told(run) == words
    run.advance(20)
    assert told(run) == words


@pytest.mark.parametrize("wrong", ["np.sqrt(v)", "np.sqrt(v / (1 - b2**t)) * 1.01"])
def test_a_mistake_made_on_the_way_differs_at_its_first_step(wrong: str) -> None:
    right = MENDED["adam"].right
    raw = raw_with(right, "Adam")
    run = run_to(raw)
    assert run.parity()[0].verdict == "lockstep"
    run.seek(FROM)
    go_on(run, raw, right.replace("np.sqrt(v / (1 - b2**t))", wrong))
    run.advance(TO - FROM)
    assert told(run).startswith("differs at step 6, stage layer1.update")
    assert before_text(run.parity()[0], "float32") == ""
    run.seek(FROM)
    assert told(run).startswith("in lockstep, max")
    run.seek(FROM + 2)
    go_on(run, raw, right)
    run.advance(TO)
    assert told(run) == "in lockstep since step 8, after the change of code"


def test_a_change_after_the_history_is_full_is_judged_along_the_steps_since_then() -> None:
    one = MENDED["adam"]
    raw = raw_with(one.wrong, "Adam", layers=LONE)
    run = run_to(raw, 1100)
    go_on(run, raw, one.right)
    run.advance(40)
    assert told(run).startswith("in lockstep since step 1,101, after the change of code")
    assert run.parity()[0].updates_judged == 1140


@pytest.mark.parametrize("text", [COUNTED, KEPT])
def test_other_code_of_an_activation_takes_what_was_remembered(text: str) -> None:
    raw = raw_with_activation(text, "tanh")
    whole, run = run_to(raw), run_to(raw, FROM)
    go_on(run, raw, f"{text}\n# the same, in another file\n")
    run.advance(TO - FROM)
    for now, was in zip(weights(run), weights(whole), strict=True):
        np.testing.assert_array_equal(now, was)


@pytest.mark.parametrize("file", sample(["dense_class", "affine_pair", "dense_columns", "layer_no_bias_dict"], 2))
def test_other_code_of_a_layer_goes_on_where_what_it_is_handed_has_another_name(file: str) -> None:
    text = text_of(RIGHT, file)
    raw = raw_with_layers(text)
    whole, run = run_to(raw), run_to(raw, FROM)
    go_on(run, raw, text.replace("self.inputs", "self.taken").replace("self.weights", "self.W"))
    run.advance(TO - FROM)
    for now, was in zip(weights(run), weights(whole), strict=True):
        np.testing.assert_array_equal(now, was)
    assert run.parity()[0].verdict == "lockstep"


PAIR = (
    "import numpy as np\n\n\ndef tanh(z):\n    return np.tanh(z)\n\n\ndef d_tanh(z):\n    return 1 - np.tanh(z) ** 2\n"
)
CONFIG = text_of(RIGHT, "config_adam")
REFUSED = [
    ("activation", COUNTED, COUNTED.replace("calls", "count"), "code_lacks_name", {"name": "calls"}),
    ("activation", KEPT, KEPT.replace("self.seen", "self.past"), "code_lacks_name", {"name": "seen"}),
    ("activation", KEPT, PAIR, "code_other_form", {"detail": "it is of another form than before: what was remembered "
                                                             "does not fit"}),
    ("optimizer", CONFIG, CONFIG.replace('"m"', '"mean"'), "code_lacks_name", {"name": "m"}),
    ("optimizer", CONFIG, MENDED["adam"].right, "code_other_state", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "other", "code", "fields"), REFUSED)
def test_code_in_which_what_was_remembered_has_no_place_is_refused_and_nothing_is_lost(
    kind: str, text: str, other: str, code: str, fields: dict[str, str] | None
) -> None:
    raw = raw_with_activation(text, "tanh") if kind == "activation" else raw_with(text, "Adam")
    run = run_to(raw)
    seen = weights(run)
    run.seek(FROM)
    with pytest.raises(CannotGoOn) as refused:
        go_on(run, raw, other)
    assert refused.value.code == code
    assert fields is None or refused.value.fields == fields
    assert (run.step, run.newest, list(run.branches)) == (FROM, TO, [])
    run.advance(TO - FROM)
    for now, was in zip(weights(run), seen, strict=True):
        np.testing.assert_array_equal(now, was)


def test_code_that_remembers_nothing_may_be_of_another_form() -> None:
    text = text_of(RIGHT, "tanh_class")
    raw = raw_with_activation(text, "tanh")
    run = run_to(raw)
    go_on(run, raw, PAIR)
    run.advance(4)
    assert run.parity()[0].verdict == "lockstep"


def test_a_changed_default_of_a_config_is_taken_and_what_it_remembers_too() -> None:
    raw = raw_with(CONFIG, "Adam", layers=LONE, batch={"size": 2})
    run, other = run_to(raw, FROM), CONFIG.replace('"beta1", 0.9', '"beta1", 0.5')
    go_on(run, raw, other)
    run.advance(1)
    changed = weights(run)[0]
    plain = run_to(raw, FROM + 1)
    assert not np.array_equal(changed, weights(plain)[0])


def test_each_entry_that_runs_the_networks_code_keeps_its_old_future() -> None:
    one = MENDED["activation"]
    raw = one.raw | {
        "optimizers": [{"name": "Adam"}, {"name": "SGD"}, {"name": "SGD", "label": "t", "backends": ["torch"]}]
    }
    run = run_to(raw)
    run.seek(FROM)
    go_on(run, raw, one.right)
    assert [kept.branch.entry for kept in run.branches] == [0, 1]
    run.advance(TO - FROM)
    assert [pair.verdict for pair in run.parity()] == ["lockstep", "lockstep"]


def test_own_code_beside_other_own_code_is_judged_again_whichever_of_both_is_changed() -> None:
    plain = "def sgd(w, g, lr=0.01):\n    return w - lr * g\n"
    double = plain.replace("lr * g", "2 * lr * g")
    raw = raw_beside(plain, double, entry={"params": {"lr": 0.01}})
    run = run_to(raw)
    assert run.parity()[0].verdict == "differs"
    run.seek(FROM)
    go_on(run, raw, plain, "other.py")
    run.advance(TO - FROM)
    assert told(run).startswith("in lockstep since step 6")
    run.seek(FROM + 3)
    go_on(run, raw | {"code": {**raw["code"], "other.py": {"text": plain}}}, double)
    run.advance(4)
    assert told(run).startswith("differs at step 9")


def test_code_that_is_changed_twice_at_one_step_runs_as_if_changed_once() -> None:
    one = MENDED["adam"]
    run = run_to(one.raw)
    run.seek(FROM)
    go_on(run, one.raw, one.wrong + "# once\n")
    go_on(run, one.raw, one.right)
    run.advance(TO - FROM)
    seen = weights(run)
    run.seek(2)
    run.seek(TO)
    for now, was in zip(weights(run), seen, strict=True):
        np.testing.assert_array_equal(now, was)
    assert told(run) == "in lockstep since step 6, after the change of code"
