"""Layers of other kinds than the dense one: right whatever their size, and wrong ones named in any precision."""

import json
from pathlib import Path

import pytest

import main
from engine.own import kind_forms
from engine.own.session import Wanted
from engine.own.unusable import Unusable
from engine.verify import Asked, Record, verify, verify_file
from engine.verify.targets import known
from tests.drawing import sample
from tests.own.experiments import RIGHT, WRONG, text_of
from tests.products import covering

FAMILIES = ("batch_norm", "layer_norm", "rms_norm", "dropout", "embedding", "flatten", "residual")
OF_KINDS = [file for name in FAMILIES for file in sorted(RIGHT.glob(f"{name}_*.py"))]
WRONG_KINDS = [file for name in (*FAMILIES, "softmax", "log_softmax") for file in sorted(WRONG.glob(f"{name}_*.py"))]


def verified(file: Path, against: str | None = None, **asked: object) -> Record:
    return verify_file(file, Wanted(), Asked(against, **asked), apart=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(("file", "shape"), covering(sample(OF_KINDS, 4), [(2, 1), (3, 8), (33, 17)], strength=1))
def test_right_layers_are_right_whatever_their_size(
    file: Path, shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_forms, "ROWS", max(shape[0], 3))  # one less is evaluated, and a batch has two or more
    monkeypatch.setattr(kind_forms, "COLUMNS", shape[1])
    monkeypatch.setattr(kind_forms, "WIDTH", shape[1])
    assert verified(file)


@pytest.mark.parametrize("file", sample(WRONG_KINDS, 4), ids=lambda file: file.stem)
def test_a_departure_is_named_in_float32_too(file: Path) -> None:
    wanted, line = file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").split()
    record = verified(file, dtype="float32")
    assert record.named is not None, record
    assert ("+".join(record.named.ids), record.named.line) == (wanted, int(line))


@pytest.mark.parametrize("file", sample(OF_KINDS, 5), ids=lambda file: file.stem)
def test_right_layers_are_right_in_float32(file: Path) -> None:
    assert verified(file, dtype="float32").verdict in ("identical", "rounding")


@pytest.mark.parametrize(
    ("kind", "ours", "names"),
    [
        ("layer", "BatchNorm1d", ("batch_norm", "BatchNorm1d", "batch_norm1d")),
        ("layer", "LayerNorm", ("layer_norm", "LayerNorm")),
        ("layer", "RMSNorm", ("rms_norm", "RMSNorm")),
        ("layer", "Dropout", ("dropout", "Dropout")),
        ("layer", "Embedding", ("embedding", "Embedding")),
        ("layer", "Flatten", ("flatten", "Flatten")),
        ("layer", "Residual", ("residual", "ResidualBlock")),
        ("activation", "log_softmax", ("log_softmax", "LogSoftmax")),
        ("loss", "nll", ("nll", "nll_loss", "NLLLoss")),
        ("loss", "binary_cross_entropy", ("binary_cross_entropy", "BCELoss")),
        ("loss", "bce", ("bce", "binary_cross_entropy_with_logits", "BCEWithLogitsLoss")),
        ("loss", "kl_div", ("kl_div", "KLDivLoss")),
    ],
)
def test_a_reference_is_found_by_any_of_its_names(kind: str, ours: str, names: tuple[str, ...]) -> None:
    assert {known(kind, name) for name in names} == {ours}


def test_what_a_layer_is_held_against_may_be_another_than_its_name_says() -> None:
    record = verified(WRONG / "layer_norm_over_rows.py", "BatchNorm1d")
    assert (record.verdict, record.against) == ("rounding", "BatchNorm1d")
    assert verified(RIGHT / "rms_norm_pair.py", "layer_norm").verdict == "different"
    with pytest.raises(Unusable, match="Conv2d"):
        known("layer", "Conv2d")


def test_a_convention_is_accepted_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, file = tmp_path / "record.json", str(WRONG / "batch_norm_course.py")
    accepted = ["--accept", "batch_norm.biased_running_var", "--accept", "batch_norm.momentum_reversed"]
    assert main.main(["verify", file, "--json", str(out)]) == 1
    assert "0.9 of its own is torch's 0.1" in capsys.readouterr().out
    assert main.main(["verify", file, "--against", "BatchNorm1d", *accepted]) == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["kind"], record["form"], record["against"]) == ("layer", "layer pair", "BatchNorm1d")
    assert record["params"] == {"eps": 1e-5, "momentum": 0.9}
    assert record["named"]["ids"] == accepted[1::2]


def test_a_number_of_torchs_is_handed_to_the_code(tmp_path: Path) -> None:
    record = verified(RIGHT / "batch_norm_graph.py", params={"momentum": 0.25, "eps": 0.125})
    assert (bool(record), record.params) == (True, {"eps": 0.125, "momentum": 0.25})  # of its decay what is left of 1
    text = text_of(RIGHT, "dropout_class").replace("dropout_ratio", "keep_prob").replace("> self.k", "< self.k")
    (file := tmp_path / "own.py").write_text(text.replace("(1 - self.keep_prob)", "self.keep_prob"), encoding="utf-8")
    record = verified(file, params={"p": 0.8})
    assert (bool(record), record.params) == (True, {"p": 0.8})


def test_layers_are_judged_in_a_notebook_too() -> None:
    import numpy as np

    def norm(x, gamma, beta):  # type: ignore[no-untyped-def]
        root = np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
        x_hat = (x - x.mean(axis=1, keepdims=True)) / root
        return x_hat * gamma + beta, (x_hat, root, gamma)

    def norm_back(dout, cache):  # type: ignore[no-untyped-def]
        x_hat, root, gamma = cache
        d = dout * gamma
        dx = d - d.mean(axis=1, keepdims=True) - x_hat * (d * x_hat).mean(axis=1, keepdims=True)
        return dx / root, (dout * x_hat).sum(axis=0), dout.sum(axis=0)

    before = np.random.get_state()[1].tolist()  # type: ignore[index, union-attr]
    assert verify((norm, norm_back), "LayerNorm")
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index, union-attr]
