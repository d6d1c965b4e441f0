"""A person's dense layer in an experiment: output and gradients run beside torch, judged at their stages, named."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from tests.drawing import sample
from tests.own.experiments import RIGHT, WRONG, raw_with_layers, run, saved, text_of, trusted_run

LAYERS = ("affine_given", "affine_pair", "dense_class", "dense_columns", "layer_no_bias_dict")
DTYPES = ("float32", "float64")
WRONG_LAYERS = [
    ("linear_bias_averaged", (5, 2), "layer2.bias.grad"),
    ("linear_mean_over_rows", (5, 2), "layer2.weight.grad"),
    ("linear_transposed", (3, 3), "layer1.dL_da"),
    ("linear_updated_weight", (5, 2), "layer1.dL_da"),
]
AUTOGRAD = """import torch


class Linear(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, b):
        ctx.save_for_backward(x, w)
        return x @ w.T + b

    @staticmethod
    def backward(ctx, grad):
        x, w = ctx.saved_tensors
        return grad @ w, grad.T @ x, grad.sum(0)
"""
NO_BIAS = "def linear_forward(x, w):\n    return x @ w, (x, w)\n\n\n"
NO_BIAS += "def linear_backward(dout, cache):\n    x, w = cache\n    return dout @ w.T, x.T @ dout\n"
HELD_RATE = """import numpy as np


class Dense:
    def __init__(self, n_in, n_out, lr):
        self.W, self.b, self.lr = np.random.randn(n_in, n_out), np.zeros(n_out), lr

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        dx = dout @ self.W.T
        self.W -= self.lr * self.x.T @ dout
        self.b -= self.lr * dout.sum(axis=0)
        return dx
"""


@pytest.mark.parametrize(("file", "dtype"), sample(product([*LAYERS, "autograd", "held rate"], DTYPES), 3))
def test_right_layers_in_any_form_are_in_lockstep(file: str, dtype: str, tmp_path: Path) -> None:
    text = {"autograd": AUTOGRAD, "held rate": HELD_RATE}.get(file) or text_of(RIGHT, file)
    raw = raw_with_layers(text, (5, 3, 2), dtype=dtype, batch={"size": 3, "shuffle": True})
    status, report = run(raw, tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")
    assert report["parity"][0]["named"] is None


@pytest.mark.parametrize("file", sample(["dense_class", "affine_pair", "layer_no_bias_dict"], 3))
def test_a_layer_without_a_bias_is_right_whether_its_code_has_one_or_not(file: str, tmp_path: Path) -> None:
    assert run(raw_with_layers(text_of(RIGHT, file), layer={"bias": False}), tmp_path)[0] == 0
    assert run(raw_with_layers(NO_BIAS, layer={"bias": False}), tmp_path)[0] == 0


@pytest.mark.parametrize("dtype", sample(DTYPES, 2))
def test_gradients_of_a_layer_that_updates_itself_lose_nothing_where_they_are_small(dtype: str, tmp_path: Path) -> None:
    entry = {"name": "LBFGS", "params": {"history_size": 10, "max_iter": 10}}
    raw = raw_with_layers(text_of(RIGHT, "dense_columns"), dtype=dtype, optimizers=[entry])
    assert run(raw, tmp_path, steps=60)[0] == 0  # to where they are next to nothing


@pytest.mark.parametrize(("wrong", "dtype"), sample(product(WRONG_LAYERS, DTYPES), 3))
def test_a_wrong_layer_differs_at_its_stage_and_is_named_with_its_line(
    wrong: tuple[str, tuple[int, ...], str], dtype: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, units, value = wrong
    text = text_of(WRONG, file)
    id, line = text.partition("\n")[0].removeprefix("# ").split()
    raw = raw_with_layers(text, units, dtype=dtype)
    raw["data"] = {**raw["data"], "y": [[*row, 1, 0][: units[-1]] for row in raw["data"]["y"]]}
    status, report = run(raw, tmp_path)
    pair = report["parity"][0]
    assert (status, report["verdict"], pair["named"]["id"], pair["named"]["line"]) == (1, "differs", id, int(line))
    assert (pair["first_divergence"]["step"], pair["first_divergence"]["tensor"]) == (1, value)
    printed = capsys.readouterr().out
    assert printed.count(f"  {id}: to make it torch's, ") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (text_of(WRONG, "linear_bias_not_summed"), "dL_db has the shape (5, 4), and b (4,): mistake: "),
        (text_of(WRONG, "linear_transposed"), "it can be called with square weights alone: mistake: "),
        (NO_BIAS, "it gives no dL_db: mistake: leaves the bias out"),
        ("def linear_forward(x, w, b):\n    return x @ w + b\n", "has no backward pass"),
    ],
)
def test_what_no_step_can_be_taken_with_is_told(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raw_with_layers(text), tmp_path)[0] == 2
    assert "network.layers[0].code cannot be used: " in (printed := capsys.readouterr().err)
    assert told in printed


def test_a_layer_in_float32_inside_is_judged_in_float32_alone(tmp_path: Path) -> None:
    text = text_of(RIGHT, "affine_pair").replace(
        "    out = ", "    x, w, b = (one.astype(np.float32) for one in (x, w, b))\n    out = "
    )
    assert run(raw_with_layers(text), tmp_path)[0] == 0
    assert run(raw_with_layers(text, dtype="float64"), tmp_path)[0] == 1


def test_all_parts_at_once_are_own_code(tmp_path: Path) -> None:
    raw = raw_with_layers(text_of(RIGHT, "dense_class"))
    for number, file in enumerate(("tanh_class", "leaky_relu_slope")):
        name = {"tanh_class": "tanh"}.get(file, "leaky_relu")
        raw["network"]["layers"][number]["activation"] = {"name": name, "code": f"{file}.py"}
        raw["code"][f"{file}.py"] = {"text": text_of(RIGHT, file)}
    raw["network"]["loss"] = {"name": "mse", "code": "loss.py"}
    raw["code"] |= {"loss.py": {"text": text_of(RIGHT, "loss_calculate")}}
    raw["code"] |= {"adam.py": {"text": text_of(RIGHT, "textbook_adamw")}}
    raw["optimizers"] = [{"name": "AdamW", "code": "adam.py"}, {"name": "SGD"}]
    status, report = run(raw, tmp_path)
    assert (status, [pair["verdict"] for pair in report["parity"]]) == (0, ["lockstep"] * 2)
    raw["code"]["loss.py"] = {"text": text_of(WRONG, "loss_half")}
    assert [pair["named"]["id"] for pair in run(raw, tmp_path)[1]["parity"]] == ["loss.half"] * 2


@pytest.mark.parametrize("file", sample(LAYERS, 2))
def test_a_trace_steps_through_its_lines_with_their_values(file: str, tmp_path: Path) -> None:
    text, out = text_of(RIGHT, file), tmp_path / "trace.json"
    experiment = str(saved(raw_with_layers(text), tmp_path))
    assert main.main(["trace", experiment, "--step", "3", "--out", str(out), "--trust"]) == 0
    (trace,) = json.loads(out.read_text(encoding="utf-8"))["traces"]
    own = [line for line in trace["lines"] if line["file"] == "own.py"]
    made = {line["stage"]: [] for line in own}
    for line in own:
        made[line["stage"]] += [trace["values"][number]["twin"] for number in line["made"].values()]
    assert list(made) == ["layer1.forward", "layer2.forward", "layer2.backward", "layer1.backward"]
    assert all(row["verdict"] in ("equal", "rounding") for row in trace["compared"])
    if file != "dense_columns":  # where all stands the other way round
        assert "layer1.z" in made["layer1.forward"]
        assert "layer2.bias.grad" in made["layer2.backward"] or file == "dense_class"


@pytest.mark.parametrize("file", sample(["dense_class", "dense_columns", "affine_pair"], 2))
def test_each_step_is_reached_again_bit_for_bit(file: str) -> None:
    raw: dict[str, Any] = raw_with_layers(text_of(RIGHT, file), batch={"size": 3, "shuffle": True})
    stepped = trusted_run(raw, budget=1 << 26)
    seen = [[np.array(weight) for one in stepped.lanes for weight in one.lane.weights()]]
    for _ in range(70):
        stepped.advance()
        seen.append([np.array(weight) for one in stepped.lanes for weight in one.lane.weights()])
    for step in (40, 3, 66, 0):
        stepped.seek(step)
        now = [weight for one in stepped.lanes for weight in one.lane.weights()]
        for one, before in zip(now, seen[step], strict=True):
            np.testing.assert_array_equal(one, before)


def test_a_sweep_trains_it_and_nothing_runs_it_untrusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(saved(raw_with_layers(text_of(RIGHT, "dense_class")), tmp_path))
    command = ["sweep", file, "--param", "lr", "--values", "0.01,0.1", "--steps", "5"]
    assert main.main([*command, "--trust"]) == 0
    assert "one after another: own code" in capsys.readouterr().out
    assert main.main(command) == 2
    assert "--trust" in capsys.readouterr().err


def test_the_smallest_gradients_of_a_layer_that_updates_itself_are_exact(tmp_path: Path) -> None:
    raw = raw_with_layers(text_of(RIGHT, "dense_columns"), layer={"activation": "sigmoid"}, dtype="float64")
    dead = {"layer1.weight": [[1, 2, 3]] * 5, "layer2.weight": [[0.5] * 5] * 2, "layer2.bias": [-400, -300]}
    raw["start"] = {"weights": {"layer1.bias": [0.1] * 5, **dead}}  # slopes of 1e-130 and less, beside weights of 1
    assert run(raw, tmp_path)[0] == 0


def test_a_decay_inside_of_a_layer_is_seen(tmp_path: Path) -> None:
    text = text_of(RIGHT, "dense_columns").replace("weights_gradient\n", "(weights_gradient + 0.01 * self.weights)\n")
    status, report = run(raw_with_layers(text), tmp_path)
    assert (status, report["parity"][0]["first_divergence"]["tensor"]) == (1, "layer2.weight.grad")
