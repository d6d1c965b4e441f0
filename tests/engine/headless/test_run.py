"""The headless command: its numbers against torch's own loop, its files, its words and its exit status."""

import csv
import itertools
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray as Array
from torch import nn
from torch.nn import functional as F

import main
from engine.diy.activations import ACTIVATIONS
from engine.headless import results
from engine.run.lockstep import Lockstep
from engine.spec import activation_names, check, loss_names, target_of
from tests.engine.experiments import layer, optimizer, random_data, raw_article, suited
from tests.engine.run.test_golden import CASES, experiment_of
from tests.products import covering

FILES = ["losses.csv", "losses.npz", "report.json", "weights.npz"]
WINDOWS = sys.platform == "win32"


def saved(raw: Mapping[str, Any], folder: Path) -> Path:
    file = folder / "experiment.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file


def run(raw: Mapping[str, Any], steps: int, folder: Path) -> tuple[int, Path]:
    """The command in this process: its exit status and where its files are."""
    out = folder / "out"
    return main.main(["run", str(saved(raw, folder)), "--steps", str(steps), "--out", str(out)]), out


def losses_in(out: Path, file: str = "losses.csv") -> dict[str, list[float]]:
    """The columns by their headings; NaN where a cell is empty."""
    with (out / file).open(newline="", encoding="utf-8") as table:
        headings, *rows = csv.reader(table)
    return {name: [float(row[place] or "nan") for row in rows] for place, name in enumerate(headings)}


def weights_in(out: Path) -> dict[str, Array]:
    with np.load(out / "weights.npz") as archive:
        return dict(archive)


def report_in(out: Path) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads((out / "report.json").read_text(encoding="utf-8"), parse_constant=refuse)


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_the_articles_numbers_come_out_of_the_files(case: dict[str, Any], tmp_path: Path) -> None:
    last = max(map(int, case["after"]))
    for steps in map(int, case["after"]):
        status, out = run(experiment_of(case), steps, tmp_path)
        assert status == 0
        for backend in ("diy", "torch"):
            lane = f"{case['optimizer']}/{backend}"
            np.testing.assert_allclose(
                weights_in(out)[f"{lane}/layer1.weight"], case["after"][str(steps)]["weight"], rtol=1e-12, atol=1e-12
            )
            losses = losses_in(out)[lane]
            told = {int(step): after["loss"] for step, after in case["after"].items() if int(step) <= steps}
            found = [losses[step - 1] for step in told]
            np.testing.assert_allclose(found, list(told.values()), rtol=1e-12, atol=1e-12)
    assert len(losses) == last


MODULES: dict[str, nn.Module] = {
    "identity": nn.Identity(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "leaky_relu": nn.LeakyReLU(),
    "elu": nn.ELU(),
    "gelu": nn.GELU(),
    "silu": nn.SiLU(),
    "softplus": nn.Softplus(),
    "celu": nn.CELU(),
    "selu": nn.SELU(),
    "mish": nn.Mish(),
    "hardtanh": nn.Hardtanh(),
    "relu6": nn.ReLU6(),
    "hardswish": nn.Hardswish(),
    "softsign": nn.Softsign(),
    "logsigmoid": nn.LogSigmoid(),
    "softmax": nn.Softmax(-1),
    "log_softmax": nn.LogSoftmax(-1),
}
LOSSES = {
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "smooth_l1": F.smooth_l1_loss,
    "huber": F.huber_loss,
    "bce": F.binary_cross_entropy_with_logits,
    "cross_entropy": F.cross_entropy,
    "nll": F.nll_loss,
    "binary_cross_entropy": F.binary_cross_entropy,
    "kl_div": lambda a, y: torch.kl_div(a, y, 1),  # without the function's warning
}


def torch_loop(raw: Mapping[str, Any], entry: int, steps: int) -> tuple[list[float], list[float], dict[str, Array]]:
    """A training loop as anybody writes it: losses before each update, those on all rows after it, the last weights."""
    dtype = getattr(torch, raw["dtype"])
    torch.manual_seed(raw["start"].get("seed", 0))
    inputs, parts, names = len(raw["data"]["x"][0]), [], []
    for number, one in enumerate(raw["network"]["layers"], start=1):
        parts += [nn.Linear(inputs, one["units"], bias=one["bias"], dtype=dtype), MODULES[one["activation"]]]
        names += [f"layer{number}.weight"] + [f"layer{number}.bias"] * one["bias"]
        inputs = one["units"]
    model = nn.Sequential(*parts)
    for name, weight in zip(names, model.parameters(), strict=True):
        if "weights" in raw["start"]:
            weight.data = torch.tensor(raw["start"]["weights"][name], dtype=dtype)
    x = torch.tensor(raw["data"]["x"], dtype=dtype)
    y = torch.tensor(raw["data"]["y"], dtype=None if target_of(raw["network"]["loss"]) == "classes" else dtype)
    given = raw["optimizers"][entry]
    training = getattr(torch.optim, given["name"])(model.parameters(), **given["params"])
    losses, on_all_rows = [], []
    for rows in itertools.islice(batches(raw), steps):
        training.zero_grad()
        loss = LOSSES[raw["network"]["loss"]](model(x[rows]), y[rows])
        loss.backward()
        training.step()
        losses.append(loss.item())
        with torch.no_grad():
            on_all_rows.append(LOSSES[raw["network"]["loss"]](model(x), y).item())
    return (
        losses,
        on_all_rows,
        {name: weight.detach().numpy() for name, weight in zip(names, model.parameters(), strict=True)},
    )


def batches(raw: Mapping[str, Any]) -> Any:
    count, batch = len(raw["data"]["x"]), raw["batch"]
    for epoch in itertools.count():
        order = np.arange(count)
        if batch["shuffle"]:
            order = np.random.default_rng((batch["seed"], epoch)).permutation(count)
        for begin in range(0, count, batch["size"] or count):
            yield order[begin : begin + (batch["size"] or count)]


def experiment(activation: str, loss: str, **changes: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "data": random_data(3, 4, 7, loss, 5),
        "network": {"layers": suited([layer(5, activation), layer(4, activation, bias=False)], loss), "loss": loss},
        "start": {"seed": 3},
        "dtype": "float64",
        "batch": {"size": None, "shuffle": False, "seed": 0},
        "optimizers": [optimizer("SGD", lr=0.1)],
        **changes,
    }


def assert_as_in_torch(raw: Mapping[str, Any], steps: int, folder: Path) -> None:
    status, out = run(raw, steps, folder)
    assert status == 0
    losses, weights = losses_in(out), weights_in(out)
    labels = check(raw).labels
    lanes = [f"{label}/{backend}" for label in labels for backend in ("diy", "torch")]
    assert list(losses) == ["step", *lanes, *(f"{lane}/all" for lane in lanes), *(f"{label}/lr" for label in labels)]
    assert losses["step"] == list(range(1, steps + 1))
    for entry, label in enumerate(labels):
        expected_losses, on_all_rows, expected = torch_loop(raw, entry, steps)
        assert losses[f"{label}/torch"] == expected_losses
        np.testing.assert_allclose(losses[f"{label}/diy"], expected_losses, rtol=1e-9, atol=1e-12)
        assert losses[f"{label}/torch/all"][-1] == on_all_rows[-1]
        for backend in ("diy", "torch"):
            found = np.array(losses[f"{label}/{backend}/all"])
            known = np.isfinite(found)
            assert known[-1]
            np.testing.assert_allclose(found[known], np.array(on_all_rows)[known], rtol=1e-9, atol=1e-12)
        for name, weight in expected.items():
            np.testing.assert_array_equal(weights[f"{label}/torch/{name}"], weight, strict=True)
            np.testing.assert_allclose(weights[f"{label}/diy/{name}"], weight, rtol=1e-9, atol=1e-12)
    assert len(weights) == 2 * len(labels) * len(expected)


@pytest.mark.parametrize(("loss", "activation"), covering(loss_names(), activation_names(), strength=1))
def test_every_activation_with_every_loss_is_as_in_a_torch_loop(loss: str, activation: str, tmp_path: Path) -> None:
    """In the suite each of both once: a loss is handed numbers, whatever made them."""
    assert_as_in_torch(experiment(activation, loss), 6, tmp_path)


def test_optimizers_over_shuffled_batches_with_a_partial_last_one_are_as_in_a_torch_loop(tmp_path: Path) -> None:
    entries = [
        optimizer("SGD", lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
        optimizer("SGD", lr=0.05, momentum=0.8, dampening=0.3, maximize=True),
        optimizer("Adam", lr=0.01, betas=[0.8, 0.95], eps=1e-6, weight_decay=0.1),
        optimizer("AdamW", lr=0.01, amsgrad=True, maximize=True, weight_decay=0.02),
    ]
    batch = {"size": 3, "shuffle": True, "seed": 11}
    assert_as_in_torch(experiment("tanh", "mse", batch=batch, optimizers=entries), 20, tmp_path)
    unshuffled = {"size": 2, "shuffle": False, "seed": 0}
    assert_as_in_torch(experiment("silu", "huber", batch=unshuffled, optimizers=entries[2:]), 9, tmp_path)


def test_given_weights_are_where_it_begins(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    shapes = {"layer1.weight": (5, 3), "layer1.bias": (5,), "layer2.weight": (4, 5)}
    weights = {name: rng.normal(size=shape).tolist() for name, shape in shapes.items()}
    assert_as_in_torch(experiment("gelu", "cross_entropy", start={"weights": weights}), 5, tmp_path)


def test_float32_is_torchs_bit_for_bit_from_the_same_seed(tmp_path: Path) -> None:
    raw = experiment("tanh", "mse", dtype="float32")
    status, out = run(raw, 30, tmp_path)
    losses, _, weights = torch_loop(raw, 0, 30)
    assert (status, losses_in(out)["SGD/torch"]) == (0, losses)
    for name, weight in weights.items():
        np.testing.assert_array_equal(weights_in(out)[f"SGD/torch/{name}"], weight, strict=True)


def test_two_runs_leave_equal_files(tmp_path: Path) -> None:
    raw = raw_article(optimizers=[optimizer("SGD"), optimizer("Adam", lr=0.1)], title="Größe")
    found = []
    for _ in range(2):
        _, out = run(raw, 150, tmp_path)
        found.append({name: (out / name).read_bytes() for name in FILES})
    assert found[0] == found[1]


def test_the_report_is_the_same_in_however_many_goes_the_steps_were_taken() -> None:
    one, many = (Lockstep(check(raw_article(optimizers=[optimizer("SGD", lr=0.9)]))) for _ in range(2))
    one.advance(400)
    for _ in range(400):
        many.advance(1)
    assert results.report(one) == results.report(many)


# --- the report and the exit status --------------------------------------------------------------


def test_the_report_of_a_run_in_lockstep(tmp_path: Path) -> None:
    status, out = run(raw_article(), 40, tmp_path)
    report = report_in(out)
    assert status == 0
    assert list(report) == ["steps", "lanes", "parity", "verdict"]
    assert (report["steps"], report["verdict"]) == (40, "lockstep")
    found = losses_in(out)
    assert report["lanes"] == [
        {"id": lane, "final_loss": found[f"{lane}/all"][-1]} for lane in ("SGD/diy", "SGD/torch")
    ]
    (pair,) = report["parity"]
    assert (pair["label"], pair["verdict"], pair["first_divergence"]) == ("SGD", "lockstep", None)
    assert list(pair["max_abs"]) == ["loss", "grad", "weight"]
    losses = losses_in(out)
    apart = np.float32(losses["SGD/diy"]) - np.float32(losses["SGD/torch"])
    assert pair["max_abs"]["loss"] == np.abs(apart).max()
    assert 0 < pair["max_abs"]["weight"] < 1e-5
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_a_wrong_derivative_exits_1_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    right = ACTIVATIONS["sigmoid"]
    wrong = right._replace(df=lambda z, a: right.df(z, a) * 1.01)
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", wrong)
    status, out = run(raw_article(dtype="float64"), 5, tmp_path)
    report = report_in(out)
    where = report["parity"][0]["first_divergence"]
    assert (status, report["verdict"], report["parity"][0]["verdict"]) == (1, "differs", "differs")
    assert list(where) == ["step", "stage", "tensor", "index", "diy", "torch"]
    assert (where["step"], where["stage"], where["tensor"]) == (1, "layer1.backward", "layer1.da_dz")
    assert where["diy"] == pytest.approx(1.01 * where["torch"])
    assert len(where["index"]) == 2
    assert "SGD: differs at step 1, stage layer1.backward, layer1.da_dz" in capsys.readouterr().out


def test_a_run_that_explodes_ends_well_and_its_report_is_json(tmp_path: Path, capsys: Any) -> None:
    entries = [optimizer("SGD", lr=1e30), optimizer("Adam", lr=3e37), optimizer("AdamW", lr=1e30, weight_decay=1e30)]
    raw = raw_article(optimizers=entries, network={"layers": [layer(4, "identity")], "loss": "mse"})
    status, out = run(raw, 40, tmp_path)
    assert (status, report_in(out)["verdict"]) == (1, "not_finite")
    assert capsys.readouterr().err == ""
    assert [lane["final_loss"] for lane in report_in(out)["lanes"]] == ["NaN"] * 6
    assert np.isnan(losses_in(out)["SGD/diy"][-1])


def test_a_lane_alone_is_in_lockstep(tmp_path: Path) -> None:
    alone = {"name": "SGD", "backends": ["torch"], "label": "größer, schneller"}
    status, out = run(raw_article(optimizers=[alone]), 3, tmp_path)
    assert (status, report_in(out)["parity"], report_in(out)["verdict"]) == (0, [], "lockstep")
    lane = "größer, schneller/torch"
    assert list(losses_in(out)) == ["step", lane, f"{lane}/all", "größer, schneller/lr"]
    assert list(weights_in(out)) == [f"{lane}/layer1.weight"]


def test_what_keeps_a_run_from_going_well_is_printed_with_why_and_what_helps(tmp_path: Path, capsys: Any) -> None:
    code, _ = run(raw_article(), 200, tmp_path)
    printed = capsys.readouterr().out
    assert code == 0
    assert "4 of 4 targets are out of the last layer's reach: the loss cannot fall below 7.5." in printed
    assert "Why: The activation, sigmoid, only makes numbers from 0 to 1, and a target is 5." in printed
    assert "What helps: Scale the targets into that range" in printed


def test_what_is_of_one_entry_is_printed_with_its_name(tmp_path: Path, capsys: Any) -> None:
    linear = {"layers": [layer(1, "identity")], "loss": "mse"}
    data = {"x": [[1.0], [2.0], [-1.0], [0.5]], "y": [[2.0], [4.0], [-2.0], [1.0]]}
    entries = [optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.05), optimizer("SGD", lr=2.0)]
    run(raw_article(data=data, network=linear, optimizers=entries), 30, tmp_path)
    printed = capsys.readouterr().out
    assert "SGD 2: The learning rate 2 is too large" in printed
    assert "\nSGD: The" not in printed
