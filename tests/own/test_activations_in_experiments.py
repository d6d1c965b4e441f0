"""A person's activation in an experiment: run beside torch, judged at its stage, named with its line."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine.headless.own_code
import main
from engine.own.limits import Limits
from engine.protocol import JobFailed, RandomPlane, StartSurface, SurfacePart
from engine.spec import check
from engine.surface import surface_job
from tests.drawing import sample
from tests.own.experiments import RIGHT, WRONG, raw_with_activation, run, saved, text_of, trusted_run

ACTIVATIONS = {
    "elu_pair": "elu", "leaky_relu_slope": "leaky_relu", "relu_cache": "relu", "sigmoid_of_output": "sigmoid",
    "sigmoid_pair": "sigmoid", "silu_autograd": "silu", "softplus_stable": "softplus", "swish_methods": "silu",
    "tanh_class": "tanh",
}  # fmt: skip
DTYPES = ("float32", "float64")
GELU = (
    "import numpy as np\nfrom scipy.special import erf\n\n\ndef gelu(z):\n    return z * 0.5 * (1 + erf(z / 2**0.5))\n"
)
GELU += "\n\ndef d_gelu(z):\n    return 0.5 * (1 + erf(z / 2**0.5)) + z * np.exp(-0.5 * z * z) / (2 * np.pi) ** 0.5\n"


@pytest.mark.parametrize(("file", "dtype"), sample(product(ACTIVATIONS, DTYPES), 3))
def test_right_activations_in_any_form_are_in_lockstep(file: str, dtype: str, tmp_path: Path) -> None:
    status, report = run(raw_with_activation(text_of(RIGHT, file), ACTIVATIONS[file], dtype=dtype), tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")
    assert report["parity"][0]["named"] is None


ZEROS = {"layer1.weight": [[1, 0, 0]] * 5, "layer1.bias": [-1, 0, 0.5, 0, 0], "layer2.bias": [0, 1]}
AT_ZERO = {"weights": {**ZEROS, "layer2.weight": [[0.1, 0.2, 0, 1, -1]] * 2}}  # where z is 0 in the first row
FAR = {"weights": {**AT_ZERO["weights"], "layer1.weight": [[9, 0, 0]] * 5}}  # and beyond 20


WRONG_ACTIVATIONS: list[tuple[str, str, dict[str, Any], str]] = [
    ("activation_of_z", "sigmoid", {}, "layer1.da_dz"),
    ("activation_missing", "sigmoid", {}, "layer1.da_dz"),
    ("activation_sign", "tanh", {}, "layer1.da_dz"),
    ("gelu_tanh", "gelu", {}, "layer1.a"),
    ("leaky_slope_missing", "leaky_relu", {}, "layer1.da_dz"),
    ("relu_one_at_zero", "relu", {"start": AT_ZERO}, "layer1.da_dz"),
    ("softplus_no_threshold", "softplus", {"start": FAR, "dtype": "float64"}, "layer1.a"),
    ("tanh_not_squared", "tanh", {}, "layer1.da_dz"),
]


@pytest.mark.parametrize(("wrong", "dtype"), sample(product(WRONG_ACTIVATIONS, DTYPES), 3))
def test_a_wrong_activation_differs_at_its_stage_and_is_named_with_its_line(
    wrong: tuple[str, str, dict[str, Any], str], dtype: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, name, more, value = wrong
    text = text_of(WRONG, file)
    id, line = text.partition("\n")[0].removeprefix("# ").split()
    status, report = run(raw_with_activation(text, name, **{"dtype": dtype, **more}), tmp_path)
    pair = report["parity"][0]
    assert (status, report["verdict"], pair["named"]["id"], pair["named"]["line"]) == (1, "differs", id, int(line))
    first = pair["first_divergence"]
    stage = "layer1.activation" if value == "layer1.a" else "layer1.backward"
    assert (first["step"], first["stage"], first["tensor"]) == (1, stage, value)
    printed = capsys.readouterr().out
    assert printed.count(f"  {id}: to make it torch's, ") == 1
    assert f", line {line}; torch " in printed


@pytest.mark.parametrize("command", [["run"], ["compare"], ["trace"], ["sweep", "--param", "lr", "--values", "0.1"]])
def test_it_is_not_run_without_trust(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    touched = tmp_path / "touched"
    file = saved(raw_with_activation(f"open({str(touched)!r}, 'w').close()\n{GELU}", "gelu"), tmp_path)
    number = ["--step", "1"] if command == ["trace"] else ["--steps", "1"]
    assert main.main([command[0], str(file), *command[1:], *number]) == 2
    assert "--trust" in capsys.readouterr().err
    assert not touched.exists()


def test_the_same_file_serves_several_layers_beside_own_optimizers_too(tmp_path: Path) -> None:
    raw = raw_with_activation(text_of(RIGHT, "tanh_class"), "tanh")
    raw["network"]["layers"][1]["activation"] = {"name": "tanh", "code": "own.py::Tanh"}
    raw["code"]["adam.py"] = {"text": text_of(RIGHT, "config_adam")}
    raw["optimizers"] = [{"name": "Adam", "code": "adam.py"}, {"name": "LBFGS", "params": {"max_iter": 4}}]
    status, report = run(raw, tmp_path, steps=3)  # of LBFGS, each of many evaluations
    assert (status, [pair["verdict"] for pair in report["parity"]]) == (0, ["lockstep"] * 2)
    wrong = raw_with_activation(text_of(WRONG, "activation_sign"), "tanh", optimizers=raw["optimizers"])
    wrong["code"] |= {"adam.py": {"text": text_of(WRONG, "adam_no_correction_of_m")}}
    named = [pair["named"]["id"] for pair in run(wrong, tmp_path, steps=2)[1]["parity"]]
    assert named == ["activation.sign"] * 2
    wrong["code"]["own.py"] = raw["code"]["own.py"]
    named = [pair["named"] and pair["named"]["id"] for pair in run(wrong, tmp_path, steps=2)[1]["parity"]]
    assert named == ["adam.no_correction_of_m", None]


def test_a_file_that_changes_its_arrays_or_widens_them_is_right(tmp_path: Path) -> None:
    text = "import numpy as np\n\n\ndef relu(z):\n    z[z < 0] = 0\n    return z.astype(np.float64)\n\n\n"
    text += "def d_relu(z):\n    z[z <= 0] = 0\n    z[z > 0] = 1\n    return z\n"
    assert run(raw_with_activation(text, "relu"), tmp_path)[0] == 0


def test_code_that_is_float32_inside_is_judged_in_float32_alone(tmp_path: Path) -> None:
    text = (
        "import numpy as np\n\n\ndef sigmoid(z):\n    z = z.astype(np.float32)\n    return 1 / (1 + np.exp(-z))\n\n\n"
    )
    text += "def d_sigmoid(z):\n    return sigmoid(z) * (1 - sigmoid(z))\n"
    assert run(raw_with_activation(text, "sigmoid"), tmp_path)[0] == 0
    status, report = run(raw_with_activation(text, "sigmoid", dtype="float64"), tmp_path)
    assert (status, report["parity"][0]["first_divergence"]["tensor"]) == (1, "layer1.a")


def test_numbers_of_a_function_go_to_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = text_of(RIGHT, "leaky_relu_slope")  # 0.1 of its own, where torch has 0.01
    assert (
        run(raw_with_activation(text, "leaky_relu", activation={"params": {"negative_slope": 0.3}}), tmp_path)[0] == 0
    )
    fixed = text.replace(", alpha=0.1", "").replace("alpha", "0.2")
    assert run(raw_with_activation(fixed, "leaky_relu"), tmp_path)[0] == 0
    assert (
        run(raw_with_activation(fixed, "leaky_relu", activation={"params": {"negative_slope": 0.3}}), tmp_path)[0] == 2
    )
    told = "network.layers[0].activation.params.negative_slope cannot be 0.3 in own code, which has 0.2 there, line 5"
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def gelu(z:\n    return z\n", "line 1"),
        ("x = 1\n", "no activation of a known form"),
        ("def gelu(z):\n    return z\n", "no derivative beside it"),
        (f"{GELU}\n\ndef relu(z):\n    return z\n\n\ndef d_relu(z):\n    return z\n", "holds several: gelu, relu"),
    ],
)
def test_what_cannot_be_used_is_told_before_a_step(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raw_with_activation(text, "gelu"), tmp_path)[0] == 2
    printed = capsys.readouterr()
    assert "network.layers[0].activation.code cannot be used" in printed.err
    assert told in printed.err
    assert not printed.out


def test_faults_are_told_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"code": "other.py"}, "activation.code names other.py, which is not in the experiment’s “code”"),
        ({"name": "gelo"}, "activation.name is not one of"),
        ({"params": {"slope": 1}}, "activation.params.slope is no hyperparameter of this code; it has approximate"),
    ]
    for change, told in cases:
        assert run(raw_with_activation(GELU, "gelu", activation=change), tmp_path)[0] == 2
        assert f"network.layers[0].{told}" in capsys.readouterr().err


LATE = GELU.replace("def gelu(z):\n", "N = 0\n\n\ndef gelu(z):\n    global N\n    N += 1\n    if N > {}:\n        {}\n")


@pytest.mark.parametrize(
    ("body", "words"), [("while True: pass", "no end"), ("raise ValueError('not yet')", "ValueError: not yet")]
)
def test_what_misbehaves_late_in_a_run_is_told_with_its_line(
    body: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.headless.own_code, "LIMITS", Limits(seconds=1.0))
    assert run(raw_with_activation(LATE.format(100, body), "gelu"), tmp_path, steps=300)[0] == 2
    told = capsys.readouterr().err.splitlines()[0]
    assert "DIY raised in step" in told
    assert words in told
    assert told.endswith("line 12")


def test_what_it_remembers_is_judged_with_it(tmp_path: Path) -> None:
    text = LATE.format(100, "return z")
    assert run(raw_with_activation(text, "gelu"), tmp_path, steps=32)[0] == 0
    status, report = run(raw_with_activation(text, "gelu"), tmp_path, steps=150)
    pair = report["parity"][0]
    assert (status, pair["first_divergence"]["tensor"], pair["named"]) == (1, "layer1.a", None)


def test_code_that_does_not_repeat_itself_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = GELU.replace("return z * 0.5", "return np.random.normal(size=z.shape) * z * 0.5")
    assert run(raw_with_activation(text, "gelu"), tmp_path)[0] == 1
    assert "own.py does not repeat itself" in capsys.readouterr().out


@pytest.mark.parametrize("file", sample(["relu_cache", "tanh_class", "sigmoid_of_output", "silu_autograd"], 3))
def test_a_trace_steps_through_its_lines_with_their_values(file: str, tmp_path: Path) -> None:
    text, out = text_of(RIGHT, file), tmp_path / "trace.json"
    raw = raw_with_activation(text, ACTIVATIONS[file])
    raw["network"]["layers"][1]["activation"] = raw["network"]["layers"][0]["activation"]
    assert main.main(["trace", str(saved(raw, tmp_path)), "--step", "3", "--out", str(out), "--trust"]) == 0
    (trace,) = json.loads(out.read_text(encoding="utf-8"))["traces"]
    own, lines = [line for line in trace["lines"] if line["file"] == "own.py"], text.split("\n")
    assert all(line["source"] == lines[line["line"] - 1].strip() for line in own)
    places = [f"layer{layer}.{stage}" for stage in ("activation", "backward") for layer in (1, 2)]
    made = [(line["stage"], trace["values"][number]) for line in own for number in line["made"].values()]
    known = {place: [value for stage, value in made if stage == place] for place in places}
    assert {value["twin"] for value in known["layer1.activation"]} >= {"layer1.a"}
    if file != "silu_autograd":  # whose way back torch itself calls
        assert all(known.values())
        backward = {value["twin"] for value in known["layer1.backward"]}
        assert backward & {"layer1.da_dz", "layer1.dL_dz"}
    assert all(row["verdict"] in ("equal", "rounding") for row in trace["compared"])


def test_a_traced_mistake_is_named_at_the_very_first_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = raw_with_activation(text_of(WRONG, "activation_sign"), "tanh")
    assert main.main(["trace", str(saved(raw, tmp_path)), "--step", "1", "--trust"]) == 1
    assert "activation.sign: to make it torch's" in capsys.readouterr().out


def test_a_sweep_trains_it_with_each_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[list[str]] = []
    for activation in ("gelu", {"name": "gelu", "code": "own.py"}):
        raw = raw_with_activation(GELU, "gelu", dtype="float64", optimizers=[{"name": "SGD"}])
        raw["network"]["layers"][0]["activation"] = activation
        command = ["sweep", str(saved(raw, tmp_path)), "--trust", "--param", "lr", "--values", "0.01,0.1"]
        assert main.main([*command, "--steps", "5"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].endswith("one after another: own code") == (activation != "gelu"), lines[0]
        told.append([line for line in lines if line.startswith("  ")])
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_a_surface_is_drawn_of_it_at_whose_middle_is_the_loss_stood_at() -> None:
    run = trusted_run(raw_with_activation(GELU, "gelu", dtype="float64"))
    run.advance(3)
    lane = run.lane_of(0, "diy")
    assert lane is not None
    command = StartSurface(0, 0, RandomPlane(7), (-1.0, 1.0, -1.0, 1.0), 5, origin=0)
    *_, last = [part for part in surface_job(run, command) if part is not None]
    assert isinstance(last, SurfacePart)
    assert last.state == "finished"
    assert last.values[2, 2] == pytest.approx(lane.training_loss(), rel=1e-12)
    assert len(np.unique(last.values)) == last.values.size
    before = lane.training_loss()
    run.advance(1)
    assert lane.training_loss() != before


def test_where_it_raises_something_at_some_weights_the_surface_says_so() -> None:
    text = GELU.replace(
        "    return z", "    if np.abs(z).max() > 50:\n        raise ValueError('too far')\n    return z", 1
    )
    assert text != GELU
    run = trusted_run(raw_with_activation(text, "gelu", dtype="float64"))
    command = StartSurface(0, 0, RandomPlane(7), (-1e3, 1e3, -1e3, 1e3), 5, origin=0)
    *_, failed = [part for part in surface_job(run, command) if part is not None]
    assert isinstance(failed, JobFailed)
    assert failed.fault is not None
    assert failed.fault.code == "code_unusable"
    assert "too far" in str(failed.fault.fields["detail"])


def test_a_report_says_what_stood_in_its_place_and_a_surface_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "out"
    file = saved(raw_with_activation(GELU, "gelu"), tmp_path)
    drawn = ["--surface", "main", "--surface-points", "5"]
    assert main.main(["compare", str(file), "--steps", "2", "--trust", "--out", str(out), *drawn]) == 0
    with np.load(out / "surface.npz") as surface:
        assert np.isfinite(surface["losses"]).all()
    assert "5 gelu [own.py]" in (out / "report.html").read_text(encoding="utf-8")
    assert check(json.loads(check(raw_with_activation(GELU, "gelu")).to_json())) == check(
        raw_with_activation(GELU, "gelu")
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_right_algebra_that_cancels_near_zero_is_rounding(dtype: str, tmp_path: Path) -> None:
    near = {"x": [[1e-3, -2e-3, 1e-4], [-1e-5, 3e-4, 0]], "y": [[1, 2], [0, 1]]}
    start = {"weights": {**AT_ZERO["weights"], "layer1.weight": [[-1, 1, 2]] * 5, "layer1.bias": [0] * 5}}
    raw = raw_with_activation(text_of(RIGHT, "elu_pair"), "elu", data=near, start=start, dtype=dtype)  # eᶻ - 1
    assert run(raw, tmp_path)[0] == 0
