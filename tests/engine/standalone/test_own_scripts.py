"""Scripts with a person's own code in them: called in its own form, with the very losses of the lane."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.lane.own_code import Bound, OwnEntry, bind
from engine.own.trust import trust
from engine.protocol import JobFailed, MakeScript, Script
from engine.spec import ExperimentError, ExperimentSpec, check
from engine.standalone import script_of
from engine.standalone.job import script_job
from engine.standalone.own_form import NoForm
from main import main
from tests.drawing import sample
from tests.engine.standalone.test_scripts import losses_of, printed
from tests.own.experiments import (
    RIGHT,
    raw_with,
    raw_with_activation,
    raw_with_layers,
    raw_with_loss,
    saved,
    trusted_run,
)
from tests.own.test_kinds_in_experiments import raw_with_kind
from tests.products import each_with

STEPS = 8
FORMS = {  # of the corpus, which a file stands for
    "amsgrad_switch": "a class by arrays",
    "class_pairs": "pairs",
    "class_step_list": "a list of parameters",
    "config_adam": "a config",
    "dict_adagrad": "dicts",
    "globals_momentum": "globals",
    "in_place_lists": "lists in place",
    "layer_adagrad": "layers",
    "moments_adam": "moments in and out",
    "dict_adam_init": "a state of all weights that a function makes",
    "object_a_weight": "an object a weight",
    "pair_optax": "functions that a function makes",
    "params_states": "parameters, and states that a function makes of them",
    "plain_sgd": "plain values",
    "textbook_adamw": "the textbook's",
    "torch_params": "torch's parameters",
    "torch_rmsprop": "torch's optimizer",
    "weight_and_bias": "a weight and its bias",
}
SCHEDULES: list[Any] = [
    None,
    {"name": "StepLR", "params": {"step_size": 2, "gamma": 0.5}},
    {"name": "ReduceLROnPlateau", "params": {"patience": 0, "threshold": 0.2, "factor": 0.7}},
]
CASES = [(name, dtype, place) for name in FORMS for dtype in ("float64", "float32") for place in range(len(SCHEDULES))]


def text_of(name: str) -> str:
    return (RIGHT / f"{name}.py").read_text(encoding="utf-8")


def spec_of(raw: dict[str, Any], *, rate: bool = True) -> ExperimentSpec:
    """An experiment whose code is agreed to be run; its rate is known by its name, as trying it would show."""
    for one in raw["code"].values():
        trust(one["text"])
    spec = check(raw)
    if rate and (entry := spec.optimizers[0]).code is not None:
        own = OwnEntry(spec, entry)
        bind(spec, entry, Bound({one.name: "lr" for one in own.found.settings if one.role in ("lr", "alpha")}))
    return spec


def assert_same_losses(spec: ExperimentSpec, steps: int = STEPS) -> str:
    script = script_of(spec, 0, "diy", steps)
    with np.errstate(all="ignore"):
        wanted = losses_of(spec, 0, "diy", steps)
    np.testing.assert_array_equal(printed(script), wanted)
    return script


@pytest.mark.parametrize(("name", "dtype", "place"), sample(CASES, 14))
def test_an_optimizer_is_called_in_its_own_form(name: str, dtype: str, place: int) -> None:
    entry = {"name": "SGD", "params": {"lr": 0.05}}
    if SCHEDULES[place] is not None:
        entry["schedule"] = SCHEDULES[place]
    script = assert_same_losses(spec_of(raw_with(text_of(name), "SGD", entry=entry, dtype=dtype)))
    assert text_of(name).strip() in script


FUNCTIONS = [
    *((name, "activation", of) for name, of in {
        "sigmoid_pair": "sigmoid", "sigmoid_of_output": "sigmoid", "relu_cache": "relu", "tanh_class": "tanh",
        "swish_methods": "silu", "softsign_pair": "softsign", "elu_pair": "elu", "softplus_stable": "softplus",
        "softmax_columns": "softmax", "softmax_jacobian": "softmax", "silu_autograd": "silu",
    }.items()),
    *((name, "loss", of) for name, of in {
        "mse_pair": "mse", "l1_function": "l1", "huber_delta": "huber", "cross_entropy_rows": "cross_entropy",
        "softmax_loss": "cross_entropy", "loss_calculate": "cross_entropy", "bce_logits": "bce",
    }.items()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "of", "dtype"), each_with(FUNCTIONS, ["float64", "float32"]))
def test_an_activation_and_a_loss_are_called_in_their_own_form(name: str, kind: str, of: str, dtype: str) -> None:
    raw = (raw_with_activation if kind == "activation" else raw_with_loss)(text_of(name), of, dtype=dtype)
    assert_same_losses(spec_of(raw))


WORDS = [[0, 3], [1, 1], [3, 3], [2, 0]]
LAYERS = ["affine_given", "affine_pair", "dense_class", "dense_columns"]


@pytest.mark.parametrize(("name", "dtype"), each_with(LAYERS, ["float64", "float32"]))
def test_a_dense_layer_is_called_in_its_own_form(name: str, dtype: str) -> None:
    assert_same_losses(spec_of(raw_with_layers(text_of(name), dtype=dtype)))


def test_a_script_by_own_code_runs_alone_for_a_thousand_steps(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """For a thousand steps, written by the command, which runs the code only where it is trusted."""
    entry = {"schedule": {"name": "StepLR", "params": {"step_size": 300}}, "params": {"lr": 0.01}}
    raw = raw_with(text_of("moments_adam"), "Adam", entry=entry)
    file, out = saved(raw, tmp_path), tmp_path / "script.py"
    asked = ["script", str(file), "--of", "diy", "--steps", "1000", "--out", str(out)]
    assert main(asked) == 2
    assert "say --trust to have it run" in capfd.readouterr().err
    assert main([*asked, "--trust"]) == 0
    assert main(["run", str(file), "--steps", "1000", "--out", str(tmp_path / "run"), "--trust", "--quiet"]) in (0, 1)
    losses = np.load(tmp_path / "run" / "losses.npz")
    ended = subprocess.run(
        [sys.executable, "-I", "-c", f"import runpy; runpy.run_path({str(out)!r}, run_name='__main__')"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [float(line) for line in ended.stdout.split()] == losses["Adam/diy"].tolist()
    assert ended.stderr == ""


CLASHING = """
step = 0
params = None


def update(w, g, lr=0.1):
    global step
    step += 1
    print("step", step)
    return w - lr / step * g
"""


def test_what_a_file_names_may_be_what_the_script_names(tmp_path: Path) -> None:
    """And what it prints does not come between the losses."""
    script = assert_same_losses(spec_of(raw_with(CLASHING, "SGD", {"lr": 0.1})))
    assert CLASHING.strip() in script
    file = tmp_path / "script.py"
    file.write_text(script, encoding="utf-8")
    ended = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    assert len(ended.stdout.split()) == STEPS
    assert ended.stderr.startswith("step 1\n")


def test_a_rate_that_was_changed_in_the_window_is_changed_in_the_script() -> None:
    raw = raw_with(text_of("layer_adagrad"), "Adagrad", {"lr": 0.05})
    spec_of(raw)
    run = trusted_run(raw)
    run.advance(3)
    run.set_params(0, {"lr": 0.2})
    run.advance(4)
    (answer,) = script_job(run, MakeScript(1, 7, 0, "diy"))
    assert isinstance(answer, Script)
    assert printed(answer.text) == [run.series[0][step] for step in range(1, run.newest + 1)]


KINDS = [
    ("BatchNorm1d", "batch_norm_class", "float64"),
    ("BatchNorm1d", "batch_norm_columns", "float32"),
    ("BatchNorm1d", "batch_norm_graph", "float64"),
    ("LayerNorm", "layer_norm_object", "float32"),
    ("LayerNorm", "layer_norm_pair", "float64"),
    ("RMSNorm", "rms_norm_autograd", "float32"),
    ("RMSNorm", "rms_norm_class", "float64"),
]


@pytest.mark.parametrize(("kind", "name", "dtype"), sample(KINDS, 4))
def test_a_norm_is_called_in_its_own_form(kind: str, name: str, dtype: str) -> None:
    assert_same_losses(spec_of(raw_with_kind(text_of(name), kind, dtype=dtype)))


@pytest.mark.parametrize("name", ["embedding_pair", "embedding_params"])
def test_an_embedding_is_called_in_its_own_form(name: str) -> None:
    raw = raw_with_layers(text_of(name))
    own = {"kind": "Embedding", "params": {"num_embeddings": 4, "embedding_dim": 3}, "code": "own.py"}
    raw["network"]["layers"] = [own, {"kind": "BatchNorm1d"}, {"kind": "Flatten"}, {"units": 2}]
    raw["data"] = {"x": WORDS, "y": raw["data"]["y"]}
    assert_same_losses(spec_of(raw))


RETURNING = """def batch_norm_forward(x, gamma, beta, moving_mean, moving_var, eps=1e-5, momentum=0.1):
    mean, var = x.mean(0), x.var(0)
    x_hat = (x - mean) / (var + eps) ** 0.5
    moving_mean = (1 - momentum) * moving_mean + momentum * mean
    moving_var = (1 - momentum) * moving_var + momentum * x.var(0, ddof=1)
    out = gamma * x_hat + beta + 0.01 * moving_mean
    return out, moving_mean, moving_var, x_hat, var


def batch_norm_backward(dout, x_hat, gamma, var, eps=1e-5):
    d_hat, n = dout * gamma, len(dout)
    dx = (n * d_hat - d_hat.sum(0) - x_hat * (d_hat * x_hat).sum(0)) / (n * (var + eps) ** 0.5)
    return dx, (dout * x_hat).sum(0), dout.sum(0)
"""


def test_running_averages_that_a_function_gives_back_are_handed_to_it_again() -> None:
    """Here what comes out depends on them."""
    script = assert_same_losses(spec_of(raw_with_kind(RETURNING, "BatchNorm1d")))
    assert "loss, grads, buffers = loss_and_gradients(" in script


TENSORS = """import torch


def affine_forward(x, w, b):
    return x @ w.T + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w, dout.T @ x, dout.sum(0)
"""
ONE_GLOBAL = """import numpy as np
CACHE = None


def f(z):
    global CACHE
    CACHE = np.tanh(z)
    return CACHE


def df(z):
    return 1 - CACHE**2
"""


TORCH = "import torch\n\n\n"
IN_TENSORS = {
    "a loss": raw_with_loss(
        f"{TORCH}def ce(logits, y):\n    p = torch.softmax(logits, 1)\n"
        "    return -torch.log(p[range(len(y)), y]).mean()\n\n\ndef d_ce(logits, y):\n"
        "    p = torch.softmax(logits, 1)\n    p[range(len(y)), y] -= 1\n    return p / len(y)\n",
        "cross_entropy",
    ),
    "a state": raw_with(
        f"{TORCH}def momentum(w, g, state, lr=0.1):\n"
        "    state['v'] = 0.9 * state.get('v', torch.zeros(w.shape)) + g\n    return w - lr * state['v'], state\n",
        "SGD",
    ),
    "dicts": raw_with(
        f"{TORCH}def sgd(params, grads, lr=0.1):\n"
        "    return {key: params[key] - lr * torch.clamp(grads[key], -1, 1) for key in params}\n",
        "SGD",
    ),
    "changes in lists": raw_with("def sgd(params, grads, lr=0.1):\n    return [-lr * g for g in grads]\n", "SGD"),
}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", IN_TENSORS)
def test_tensors_are_handed_over_and_taken_back(name: str, dtype: str) -> None:
    assert_same_losses(spec_of({**IN_TENSORS[name], "dtype": dtype}))


def test_layers_take_tensors_and_rows_of_several_axes() -> None:
    raw = raw_with_layers(TENSORS)
    words = {"kind": "Embedding", "params": {"num_embeddings": 4, "embedding_dim": 3}}
    first, last = raw["network"]["layers"]
    raw["network"]["layers"] = [words, first, {"kind": "Flatten"}, last]
    raw["data"] = {"x": WORDS, "y": raw["data"]["y"]}
    script = assert_same_losses(spec_of(raw))
    assert "\nimport torch\n" in script
    assert "NumPy alone" not in script


def test_what_parts_remember_in_globals_each_remembers_for_itself() -> None:
    raw = raw_with_activation(ONE_GLOBAL, "tanh", activation={"code": "own.py::f"})
    raw["network"]["layers"][1]["activation"] = raw["network"]["layers"][0]["activation"]
    assert_same_losses(spec_of(raw))


PAIR_STATE = """import numpy as np


def momentum(w, b, dw, db, v, lr=0.1):
    v[0] = 0.9 * v[0] + dw
    v[1] = 0.9 * v[1] + db
    w -= lr * v[0]
    b -= lr * v[1]
"""
TENSOR_LAYERS = """import torch


class SGD:
    def __init__(self, learning_rate=0.1):
        self.learning_rate = learning_rate

    def pre_update_params(self):
        self.rate = self.learning_rate

    def update_params(self, layer):
        layer.weights = layer.weights - self.rate * torch.clamp(layer.dweights, -1, 1)
        layer.biases = layer.biases - self.rate * torch.clamp(layer.dbiases, -1, 1)
"""


@pytest.mark.parametrize("text", [text_of("weight_and_bias"), PAIR_STATE, TENSOR_LAYERS])
def test_a_weight_and_its_bias_are_handed_over_at_once_and_without_one_a_nought(text: str) -> None:
    for bias in (True, False):
        layers = [{"units": 5, "bias": bias, "activation": "tanh"}, {"units": 2}]
        assert_same_losses(spec_of(raw_with(text, "SGD", layers=layers)))


def test_a_form_that_no_script_calls_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_form(_: Any) -> None:
        raise NoForm

    monkeypatch.setattr("engine.standalone.own_each.OfEach.written", no_form)
    spec = spec_of(raw_with(text_of("plain_sgd"), "SGD", {"lr": 0.1}))
    with pytest.raises(ExperimentError) as refused:
        script_of(spec, 0, "diy", 3)
    assert [fault.code for fault in refused.value.faults] == ["script_of_own_form"]
    assert len(printed(script_of(spec, 0, "torch", 3))) == 3


def test_code_that_fails_in_a_step_is_told() -> None:
    text = "def sgd(w, g, lr=0.1):\n    if abs(g).sum() < 1e9 and w.shape == (5, 3):\n        raise ValueError('no')\n"
    spec = spec_of(raw_with(text + "    return w - lr * g\n", "SGD"))
    with pytest.raises(ExperimentError) as refused:
        script_of(spec, 0, "diy", 3)
    assert [fault.code for fault in refused.value.faults] == ["code_unusable"]


def test_code_that_does_not_repeat_itself_is_refused() -> None:
    text = "import numpy as np\n\n\ndef update(w, g, lr=0.1):\n    return w - lr * np.random.rand() * g\n"
    with pytest.raises(ExperimentError) as refused:
        script_of(spec_of(raw_with(text, "SGD")), 0, "diy", 3)
    assert [fault.code for fault in refused.value.faults] == ["script_of_own_apart"]


def test_code_that_was_changed_during_a_run_is_in_no_script() -> None:
    raw = raw_with(text_of("plain_sgd"), "SGD", {"lr": 0.1})
    spec_of(raw)
    run = trusted_run(raw)
    run.advance(2)
    text = raw["code"]["own.py"]["text"] + "\n# another\n"
    spec = spec_of({**raw, "code": {"own.py": {"text": text}}})
    run.set_code(spec)
    run.advance(2)
    (answer,) = script_job(run, MakeScript(1, 7, 0, "diy"))
    assert isinstance(answer, JobFailed)
    assert answer.fault is not None
    assert answer.fault.code == "script_of_changes"
