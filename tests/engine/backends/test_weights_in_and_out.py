"""Weights of elsewhere: each format in and out, names of ours and of torch's, and what is told where they don't fit."""

import json
import pickle
import random
import tempfile
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray as Array
from safetensors.numpy import save_file
from torch import nn

import main
from engine.backends.number_files import FORMATS, SUFFIXES, Format, read_arrays, write_arrays
from engine.backends.read_numbers import with_numbers
from engine.backends.start import initial_weights
from engine.backends.weight_names import sequential_names
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, check, shapes_of
from engine.spec.numbers_error import NumbersError
from tests.drawing import examples, sample

DEEP: dict[str, Any] = {
    "schema": 1,
    "data": {"x": [[0.5, -1, 2], [1, 0.25, -0.5], [2, 1, 0], [-1, 0.5, 1]], "y": [[1, 0], [0, 1], [1, 1], [0, 0]]},
    "network": {
        "layers": [
            {"units": 5, "activation": "tanh"},
            {"kind": "BatchNorm1d"},
            {"units": 4, "activation": "relu"},
            {"kind": "Residual", "layers": [{"units": 4, "activation": "tanh"}]},
            {"units": 2},
        ],
        "loss": "mse",
    },
    "dtype": "float64",
    "optimizers": [{"name": "SGD", "params": {"lr": 0.05}}],
}
PLAIN = DEEP | {"network": {"layers": [{"units": 5, "activation": "tanh"}, {"units": 2}], "loss": "mse"}}


def started(raw: Mapping[str, Any], file: Path, **more: str) -> list[Array]:
    """The weights that an experiment begins with whose start is a file."""
    return initial_weights(with_numbers(check({**raw, "start": {"file": str(file), **more}})).spec)


def refused(raw: Mapping[str, Any], file: Path, **more: str) -> str:
    with pytest.raises(ExperimentError) as error:
        started(raw, file, **more)
    (fault,) = error.value.faults
    return str(fault)


def drawn(raw: Mapping[str, Any], names: str = "ours") -> dict[str, Array]:
    spec = check(raw)
    weights = dict(zip(shapes_of(spec), initial_weights(spec), strict=True))
    theirs = sequential_names(spec)
    return weights if names == "ours" else {theirs[name]: weight for name, weight in weights.items()}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("names", ["ours", "torch"])
@pytest.mark.parametrize("raw", [DEEP, PLAIN], ids=["deep", "plain"])
def test_weights_come_back_from_each_format_under_either_names(
    raw: dict[str, Any], names: str, format_: Format, tmp_path: Path
) -> None:
    weights = {name: weight * 1.5 for name, weight in drawn(raw, names).items()}
    write_arrays(weights, file := tmp_path / f"weights.{SUFFIXES[format_]}", format_)
    found = started(raw, file)
    assert [one.tobytes() for one in found] == [one.tobytes() for one in weights.values()]


@pytest.mark.parametrize("before", ["model.", "module.", "_orig_mod.module.", "net.layers."])
@pytest.mark.parametrize("names", ["ours", "torch"])
def test_what_wrapped_a_model_may_stand_before_its_names(before: str, names: str, tmp_path: Path) -> None:
    weights = drawn(DEEP, names)
    torch.save({before + name: torch.tensor(weight) for name, weight in weights.items()}, file := tmp_path / "w.pt")
    assert [one.tobytes() for one in started(DEEP, file)] == [one.tobytes() for one in weights.values()]


def test_a_sequential_with_other_things_between_its_layers_is_known_by_the_order_of_its_numbers(
    tmp_path: Path,
) -> None:
    model = nn.Sequential(nn.Identity(), nn.Linear(3, 5), nn.Tanh(), nn.Dropout(), nn.Linear(5, 2)).double()
    torch.save(model.state_dict(), file := tmp_path / "w.pt")
    found = started(PLAIN, file)
    assert all(np.array_equal(one, other.detach()) for one, other in zip(found, model.parameters(), strict=True))


def test_a_checkpoint_with_a_state_dict_in_it_is_taken(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).double()
    torch.save({"epoch": 3, "model_state_dict": model.state_dict()}, file := tmp_path / "w.pth")
    assert np.array_equal(started(PLAIN, file)[0], model[0].weight.detach())


def test_running_averages_come_with_the_weights(tmp_path: Path) -> None:
    weights = {**drawn(DEEP), "layer2.running_mean": np.arange(5.0), "layer2.num_batches_tracked": np.array(7)}
    write_arrays(weights, file := tmp_path / "w.npz", "npz")
    spec = with_numbers(check({**DEEP, "start": {"file": str(file)}})).spec
    run = Lockstep(spec)
    for one in run.lanes:
        assert one.lane.buffers()["layer2.running_mean"].tolist() == [0, 1, 2, 3, 4]
        assert one.lane.buffers()["layer2.num_batches_tracked"] == 7
        assert one.lane.buffers()["layer2.running_var"].tolist() == [1] * 5
    run.advance(3)
    run.judge_newest()
    assert run.parity()[0].verdict == "lockstep"


def test_arrays_are_taken_in_their_order_where_that_is_asked_for(tmp_path: Path) -> None:
    weights = drawn(PLAIN)
    write_arrays(dict(zip("abcd", weights.values(), strict=True)), file := tmp_path / "w.npz", "npz")
    assert "“by”: “order”" in refused(PLAIN, file)
    assert [one.tobytes() for one in started(PLAIN, file, by="order")] == [one.tobytes() for one in weights.values()]
    write_arrays(dict(list(zip("abc", weights.values(), strict=False))), file, "npz")
    assert "holds 3 arrays, but this network has 4 weights" in refused(PLAIN, file, by="order")


def test_of_several_lanes_one_must_be_said(tmp_path: Path) -> None:
    arrays = {
        f"{lane}/{name}": w + add
        for add, lane in enumerate(("SGD/diy", "SGD/torch"))
        for name, w in drawn(PLAIN).items()
    }
    write_arrays(arrays, file := tmp_path / "weights.npz", "npz")
    assert "“lane” says which; there is SGD/diy, SGD/torch" in refused(PLAIN, file)
    assert "start.lane is no lane in the file; there is SGD/diy, SGD/torch" in refused(PLAIN, file, lane="Adam/diy")
    assert np.array_equal(started(PLAIN, file, lane="SGD/torch")[0], drawn(PLAIN)["layer1.weight"] + 1)


def test_what_does_not_fit_is_told_with_both_shapes(tmp_path: Path) -> None:
    weights = drawn(PLAIN)
    file = tmp_path / "w.npz"

    def told(changed: Mapping[str, Array]) -> str:
        write_arrays(changed, file, "npz")
        return refused(PLAIN, file)

    transposed = told({**weights, "layer1.weight": weights["layer1.weight"].T})
    assert "layer1.weight as 3 × 5, but layer1.weight is 5 × 3: the transpose of it" in transposed
    assert "layer2.bias as 3, but layer2.bias is 2" in told({**weights, "layer2.bias": np.zeros(3)})
    assert "holds nothing for layer2.bias" in told({k: v for k, v in weights.items() if k != "layer2.bias"})
    assert "holds layer3.weight, for which this network has no place" in told({**weights, "layer3.weight": np.ones(2)})
    assert "in which [0, 1] is nan" in told({**weights, "layer1.weight": np.where(np.eye(5, 3, 1), np.nan, 1.0)})
    assert "whose numbers are complex128" in told({**weights, "layer2.bias": np.zeros(2, complex)})


class Evil:
    def __reduce__(self) -> tuple[Callable[..., None], tuple[str, str]]:
        return setattr, ("the first argument takes no attribute", "ran")


def test_files_that_hold_code_are_refused_unrun(tmp_path: Path) -> None:
    torch.save({"0.weight": Evil()}, whole := tmp_path / "w.pt")
    assert "could run code in it" in refused(PLAIN, whole)
    bare = tmp_path / "bare.pt"
    bare.write_bytes(pickle.dumps({"0.weight": Evil()}))
    refused(PLAIN, bare)
    np.savez(objects := tmp_path / "w.npz", a=np.array([Evil()], dtype=object))
    assert "Python objects" in refused(PLAIN, objects)
    torch.save(nn.Linear(3, 5), model := tmp_path / "model.pt")
    assert "could run code in it" in refused(PLAIN, model)


def test_files_of_no_kind_are_refused(tmp_path: Path) -> None:
    for content, told in {
        b"": "no file of numbers that is known",
        b"a,b\n1,2\n": "no file of numbers that is known",
        b"PK\x03\x04 and no more": "is damaged",
        (1 << 40).to_bytes(8, "little") + b"{}": "is damaged",
    }.items():
        (file := tmp_path / "file").write_bytes(content)
        assert told in refused(PLAIN, file)
    assert "No such file" in refused(PLAIN, tmp_path / "missing.npz")
    assert "Is a directory" in refused(PLAIN, tmp_path)
    np.save(tmp_path / "one.npy", np.ones(3))
    assert "without a name" in refused(PLAIN, tmp_path / "one.npy")
    torch.save([1, 2], tmp_path / "list.pt")
    assert "no state_dict" in refused(PLAIN, tmp_path / "list.pt")


def test_what_would_unpack_to_more_than_there_is_room_for_is_refused(tmp_path: Path) -> None:
    head = (
        b"\x93NUMPY\x01\x00v\x00"
        + f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({1 << 60},), }}".encode().ljust(117)
        + b"\n"
    )
    with zipfile.ZipFile(file := tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("layer1.weight.npy", head + bytes(10_000_000))
    assert "is damaged" in refused(PLAIN, file)
    big = torch.zeros(1).expand(1 << 40)
    torch.save({"0.weight": big}, small := tmp_path / "small.pt")
    assert "is damaged" in refused(PLAIN, small)


def whole_files(folder: Path) -> list[Path]:
    weights, files = drawn(PLAIN, "torch"), []
    for format_ in FORMATS:
        write_arrays(weights, file := folder / f"whole.{SUFFIXES[format_]}", format_)
        files.append(file)
    save_file({"a": np.ones(3, np.float16)}, file := folder / "half.safetensors")
    old = OrderedDict((name, torch.tensor(weight)) for name, weight in weights.items())
    torch.save(old, legacy := folder / "old.pt", _use_new_zipfile_serialization=False)
    return [*files, file, legacy]


def mutated(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    kind = draw.randrange(4)
    if kind == 0:
        return bytes(changed[: draw.randrange(len(changed))])
    if kind == 1:
        at = draw.randrange(len(changed))
        del changed[at : at + draw.randrange(1, 64)]
        return bytes(changed)
    for _ in range(draw.choice((1, 1, 4, 32))):
        at = draw.randrange(min(len(changed), 400) if kind == 2 else len(changed))
        changed[at] = draw.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("number", range(5))
def test_mutated_files_are_read_whole_or_refused_in_words(number: int, tmp_path: Path) -> None:
    content = whole_files(tmp_path)[number].read_bytes()
    for seed in sample(range(2000), 20):
        (file := tmp_path / "mutated").write_bytes(mutated(content, random.Random(seed)))
        told, found = "", {}
        try:
            found = read_arrays(file).arrays
        except NumbersError as error:
            told = str(error.at(("start", "file")))
        assert told.isprintable()
        assert bool(told) != bool(found)


@examples(15)
@given(
    st.dictionaries(
        st.text("abc.0189", min_size=1, max_size=8), st.sampled_from([(3,), (5, 3), (2, 5), ()]), max_size=6
    )
)
def test_whatever_arrays_a_file_has_they_fit_or_are_refused(shapes: dict[str, tuple[int, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_arrays({name: np.ones(shape) for name, shape in shapes.items()}, file := Path(folder, "w.npz"), "npz")
        for by in ("name", "order"):
            assert refused(PLAIN, file, by=by)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_state_dict_of_a_run_loads_in_a_sequential_written_by_hand_and_goes_on_alike(
    dtype: str, tmp_path: Path
) -> None:
    raw = {**PLAIN, "dtype": dtype}
    (tmp_path / "e.json").write_text(json.dumps(raw), encoding="utf-8")
    out = tmp_path / "out"
    command = ["run", str(tmp_path / "e.json"), "--steps", "7", "--out", str(out), "--quiet"]
    assert main.main([*command, "--weights", "torch", "--weights", "safetensors"]) == 0
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2)).to(getattr(torch, dtype))
    model.load_state_dict(torch.load(out / "weights-SGD-torch.pt", weights_only=True), strict=True)
    with np.load(out / "weights.npz") as kept:
        assert np.array_equal(kept["SGD/torch/layer2.weight"], model[2].weight.detach())
    x, y = (torch.tensor(raw["data"][name], dtype=getattr(torch, dtype)) for name in "xy")
    optimizer, losses = torch.optim.SGD(model.parameters(), lr=0.05), []
    for _ in range(5):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    for name in ("weights-SGD-torch.pt", "weights-SGD-torch.safetensors"):
        (tmp_path / "again.json").write_text(json.dumps({**raw, "start": {"file": f"out/{name}"}}), encoding="utf-8")
        again = tmp_path / "again"
        main.main(["run", str(tmp_path / "again.json"), "--steps", "5", "--out", str(again), "--quiet"])
        rows = (again / "losses.csv").read_text(encoding="utf-8").splitlines()
        place = rows[0].split(",").index("SGD/torch")
        assert [float(row.split(",")[place]) for row in rows[1:]] == losses


def test_a_changed_file_is_told_and_holds_nothing_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_arrays(drawn(PLAIN), tmp_path / "w.npz", "npz")
    start = {"file": "w.npz", "sha256": "0" * 64}
    (tmp_path / "e.json").write_text(json.dumps({**PLAIN, "start": start}), encoding="utf-8")
    assert main.main(["run", str(tmp_path / "e.json"), "--steps", "1"]) == 0
    assert "start.file is not the file that was chosen" in capsys.readouterr().err


def test_the_commands_refuse_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "e.json").write_text(json.dumps({**PLAIN, "start": {"file": "none.npz"}}), encoding="utf-8")
    for command in (["run"], ["compare"], ["script", "--of", "torch"]):
        assert main.main([command[0], str(tmp_path / "e.json"), "--steps", "1", *command[1:]]) == 2
        assert capsys.readouterr().err.count("\n") == 1
