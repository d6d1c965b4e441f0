"""A person's norms, softmax and losses of distributions in an experiment: beside torch, judged at their stages."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.protocol import RandomPlane, StartSurface, SurfacePart
from engine.surface import surface_job
from tests.drawing import sample
from tests.own.experiments import DATA, RIGHT, WRONG, raw_with_layers, run, text_of, trusted_run

SHARES = [[0.2, 0.3, 0.5], [0.1, 0.1, 0.8], [0.5, 0.25, 0.25], [0.4, 0.3, 0.3]]
CLASSES = [0, 1, 1, 2]
NORMS = [
    *(("BatchNorm1d", f"batch_norm_{name}") for name in ("class", "columns", "graph")),
    *(("LayerNorm", f"layer_norm_{name}") for name in ("object", "pair", "wb")),
    *(("RMSNorm", f"rms_norm_{name}") for name in ("autograd", "class", "pair")),
]
LOSSES = [
    ("log_softmax", "nll", CLASSES, "nll_class"),
    ("log_softmax", "kl_div", SHARES, "kl_div_mean"),
    ("sigmoid", "binary_cross_entropy", SHARES, "bce_of_probabilities"),
]
SMOOTHED = """import numpy as np


def cross_entropy(logits, y, smoothing=0.0):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    n, c = logits.shape
    t = (1 - smoothing) * np.eye(c)[y] + smoothing / c
    return -(t * log_p).sum() / n, (np.exp(log_p) - t) / n
"""


def raw_with_kind(text: str, kind: str, params: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An experiment whose middle layer is own code of this text."""
    raw = raw_with_layers(text, batch={"size": 2, "shuffle": True}, **more)
    own = {"kind": kind, "params": params or {}, "activation": "tanh", "code": "own.py"}
    raw["network"]["layers"] = [{"units": 5, "activation": "tanh"}, own, {"units": 2}]
    return raw


def raw_with_function(text: str, activation: Any, loss: Any, y: list[Any], **more: Any) -> dict[str, Any]:
    """An experiment whose last activation or loss is own code of this text."""
    raw = raw_with_layers(text, **more)
    layers = [{"units": 5, "activation": "tanh"}, {"units": 3, "activation": activation}]
    return raw | {"network": {"layers": layers, "loss": loss}, "data": {**DATA, "y": y}}


def test_a_norm_behind_a_residual_stands_in_its_own_place(tmp_path: Path) -> None:
    """The layers inside a residual are counted in it, and not before those behind it."""
    raw = raw_with_kind(text_of(RIGHT, "rms_norm_pair"), "RMSNorm")  # which has no bias, unlike the layers inside
    first, *behind = raw["network"]["layers"]
    inside = [{"kind": "Dropout", "params": {"p": 0.2}}, {"units": 5}]
    raw["network"]["layers"] = [first, {"kind": "Residual", "layers": inside}, *behind]
    status, report = run(raw, tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")
    wrong = text_of(WRONG, "rms_norm_mean_subtracted")
    status, report = run({**raw, "code": {"own.py": {"text": wrong}}}, tmp_path)
    assert (status, report["verdict"]) == (1, "differs")
    assert report["parity"][0]["first_divergence"]["tensor"].startswith("layer3.")


@pytest.mark.parametrize(
    ("file", "folder", "status"), [("embedding_pair", RIGHT, 0), ("embedding_repeats_lost", WRONG, 1)]
)
def test_an_embedding_is_run_and_judged(file: str, folder: Path, status: int, tmp_path: Path) -> None:
    raw = raw_with_layers(text_of(folder, file))
    own = {"kind": "Embedding", "params": {"num_embeddings": 4, "embedding_dim": 3}, "code": "own.py"}
    raw["network"]["layers"] = [own, {"kind": "Flatten"}, {"units": 2}]
    raw["data"] = {"x": [[0, 3], [1, 1], [3, 3], [2, 0]], "y": DATA["y"]}
    ended, report = run(raw, tmp_path)
    assert ended == status
    assert report["verdict"] == ("differs" if status else "lockstep")


@pytest.mark.parametrize("after", [False, True], ids=["right", "wrong"])
def test_dropout_that_is_handed_its_mask_drops_what_torch_drops(after: bool, tmp_path: Path) -> None:
    text = text_of(RIGHT, "dropout_given_mask")
    wrong = text.replace("return dout * self.scaled", "return dout")
    status, report = run(raw_with_kind(wrong if after else text, "Dropout"), tmp_path)
    assert (status, report["verdict"]) == ((1, "differs") if after else (0, "lockstep"))
    if after:
        pair = report["parity"][0]
        assert (pair["named"]["id"], pair["first_divergence"]["tensor"]) == ("dropout.mask_not_reused", "layer1.dL_da")


@pytest.mark.parametrize(("file", "folder"), [("flatten_class", RIGHT), ("flatten_first_axis_fastest", WRONG)])
def test_a_flatten_is_run_and_judged(file: str, folder: Path, tmp_path: Path) -> None:
    raw = raw_with_layers(text_of(folder, file))
    table = {"kind": "Embedding", "params": {"num_embeddings": 4, "embedding_dim": 3}}
    raw["network"]["layers"] = [table, {"kind": "Flatten", "code": "own.py"}, {"units": 2}]
    raw["data"] = {"x": [[0, 3], [1, 1], [3, 3], [2, 0]], "y": DATA["y"]}
    status, report = run(raw, tmp_path)
    assert (status, report["verdict"]) == ((0, "lockstep") if folder == RIGHT else (1, "differs"))


@pytest.mark.parametrize(("norm", "dtype"), sample(product(NORMS, ("float32", "float64")), 5))
def test_right_norms_in_any_form_are_in_lockstep(norm: tuple[str, str], dtype: str, tmp_path: Path) -> None:
    kind, file = norm
    status, report = run(raw_with_kind(text_of(RIGHT, file), kind, dtype=dtype), tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")


@pytest.mark.parametrize(
    ("kind", "file", "value"),
    sample(
        [
            ("BatchNorm1d", "batch_norm_no_mean_path", "layer1.dL_da"),
            ("LayerNorm", "layer_norm_over_rows", "layer2.z"),
            ("BatchNorm1d", "batch_norm_biased_running_var", "layer2.running_var"),
            ("RMSNorm", "rms_norm_mean_subtracted", "layer2.z"),
        ],
        2,
    ),
)
def test_a_wrong_norm_differs_at_its_stage_and_is_named(kind: str, file: str, value: str, tmp_path: Path) -> None:
    text = text_of(WRONG, file)
    id, line = text.partition("\n")[0].removeprefix("# ").split()
    status, report = run(raw_with_kind(text, kind), tmp_path, steps=5)
    pair = report["parity"][0]
    assert (status, pair["named"]["id"], pair["named"]["line"]) == (1, id, int(line))
    assert pair["first_divergence"]["tensor"] == value


def test_both_sides_take_the_experiments_numbers_else_the_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = raw_with_kind(text_of(RIGHT, "batch_norm_graph"), "BatchNorm1d", {"momentum": 0.3, "eps": 0.01})
    assert run(given, tmp_path, steps=5)[0] == 0
    assert run(raw_with_kind(text_of(RIGHT, "layer_norm_object"), "LayerNorm"), tmp_path, steps=5)[0] == 0  # 1e-3
    assert run(raw_with_kind(text_of(RIGHT, "batch_norm_columns"), "BatchNorm1d", {"momentum": 0.3}), tmp_path)[0] == 2
    assert "network.layers[1].params.momentum cannot be 0.3 in own code, which has 0.1" in capsys.readouterr().err


def test_what_the_code_cannot_do_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = text_of(RIGHT, "batch_norm_class").replace(", train_flg=True", "").replace("not train_flg", "False")
    assert run(raw_with_kind(text, "BatchNorm1d"), tmp_path, steps=3)[0] == 0
    assert "own.py cannot be told that it is evaluated" in capsys.readouterr().out
    assert run(raw_with_kind(text_of(WRONG, "batch_norm_batch_at_eval"), "BatchNorm1d"), tmp_path, steps=3)[0] == 0
    assert "what is evaluated is not torch's: mistake: " in capsys.readouterr().out
    assert run(raw_with_kind(text_of(RIGHT, "dropout_pair"), "Dropout"), tmp_path)[0] == 2
    assert "it draws a mask of its own, and both sides need the same one" in capsys.readouterr().err


@pytest.mark.parametrize("file", sample(["batch_norm_class", "batch_norm_graph"], 2))
def test_each_step_is_reached_again_bit_for_bit(file: str) -> None:
    raw = raw_with_kind(text_of(RIGHT, file), "BatchNorm1d")
    stepped = trusted_run(raw, budget=1 << 26)

    def stood() -> list[np.ndarray]:
        lanes = [one.lane for one in stepped.lanes]
        return [np.array(value) for lane in lanes for value in (*lane.weights(), *lane.buffers().values())]

    seen = [stood()]
    for _ in range(40):
        stepped.advance()
        seen.append(stood())
    for step in (21, 3, 38, 0):
        stepped.seek(step)
        for one, before in zip(stood(), seen[step], strict=True):
            np.testing.assert_array_equal(one, before)


@pytest.mark.parametrize(
    ("name", "file"),
    sample(
        [
            ("softmax", "softmax_jacobian"),
            ("softmax", "softmax_vector"),
            ("softmax", "softmax_loop"),
            ("softmax", "softmax_columns"),
            ("log_softmax", "log_softmax_pair"),
            ("log_softmax", "log_softmax_cached"),
        ],
        3,
    ),
)
def test_a_softmax_in_any_form_is_in_lockstep(name: str, file: str, tmp_path: Path) -> None:
    raw = raw_with_function(text_of(RIGHT, file), {"name": name, "code": "own.py"}, "mse", SHARES, dtype="float64")
    assert run(raw, tmp_path)[0] == 0


def test_a_softmax_that_goes_back_by_its_diagonal_is_named(tmp_path: Path) -> None:
    text = text_of(WRONG, "softmax_jacobian_diagonal")
    status, report = run(raw_with_function(text, {"name": "softmax", "code": "own.py"}, "mse", SHARES), tmp_path)
    pair = report["parity"][0]
    assert (status, pair["named"]["id"], pair["named"]["line"]) == (1, "softmax.jacobian_diagonal", 12)
    assert pair["first_divergence"]["tensor"] == "layer2.dL_dz"


@pytest.mark.parametrize(("activation", "name", "y", "file"), sample(LOSSES, 2))
def test_losses_of_distributions_are_in_lockstep(
    activation: str, name: str, y: list[Any], file: str, tmp_path: Path
) -> None:
    raw = raw_with_function(text_of(RIGHT, file), activation, {"name": name, "code": "own.py"}, y)
    assert run(raw, tmp_path)[0] == 0


def test_a_loss_takes_torchs_arguments_where_its_code_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status(**params: Any) -> int:
        loss = {"name": "cross_entropy", "code": "own.py", "params": params}
        return run(raw_with_function(SMOOTHED, "identity", loss, CLASSES), tmp_path, steps=5)[0]

    assert status(label_smoothing=0.2) == 0
    assert status(reduction="sum") == 1  # which it cannot
    assert status(smooth=1) == 2
    assert "network.loss.params.smooth is no hyperparameter of this code" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["batch_norm_class", "batch_norm_columns"])
def test_a_surface_is_drawn_of_it_as_it_is_evaluated(file: str) -> None:
    run = trusted_run(raw_with_kind(text_of(RIGHT, file), "BatchNorm1d", dtype="float64"))
    run.advance(4)
    lane = run.lane_of(0, "diy")
    assert lane is not None
    before = lane.training_loss()
    command = StartSurface(0, 0, RandomPlane(7), (-1.0, 1.0, -1.0, 1.0), 5, origin=0)
    *_, last = [part for part in surface_job(run, command) if part is not None]
    assert isinstance(last, SurfacePart)
    assert last.values[2, 2] == pytest.approx(before, rel=1e-12)
    assert lane.training_loss() == before
