"""A person's optimizer in an experiment: run beside torch by the commands, judged, named, and within its limits."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine.headless.own_code
import engine.sweep.sweep
import main
from engine.lane import update_history
from engine.own.limits import Limits
from tests.drawing import sample
from tests.own.experiments import LONE, RIGHT, STEPS, WRONG, raw_with, saved

SGD = "def sgd(w, g, lr=0.1):\n    return w - lr * g\n"
HALF = "def sgd(w, g, lr=0.1):\n    return w - 0.5 * lr * g\n"
LATE = "N = 0\n\n\ndef sgd(w, g, lr=0.1):\n    global N\n    N += 1\n    if N > 100:\n        late()\n"
LATE += "    return w - lr * g\n"
LATE += "\n\ndef late():\n    {}\n"
IN_PLACE_LATE = """class SGD:
    def __init__(self, params, lr=0.1):
        self.params, self.lr, self.t = params, lr, 0

    def step(self, grads):
        self.t += 1
        for number, (w, g) in enumerate(zip(self.params, grads)):
            w -= self.lr * g
            self.check(number)

    def check(self, number):
        if self.t > 70 and number == 1:
            raise ValueError
"""


def run(raw: dict[str, Any], folder: Path, *arguments: str, steps: int = STEPS) -> tuple[int, dict[str, Any]]:
    """The command's exit status, and its report where it wrote one."""
    folder.mkdir(exist_ok=True)
    out = folder / "out"
    command = ["run", str(saved(raw, folder)), "--steps", str(steps), "--out", str(out), "--trust", *arguments]
    status = main.main(command)
    report = out / "report.json"
    return status, json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}


@pytest.mark.parametrize("command", [["run"], ["compare"], ["trace"], ["sweep", "--param", "lr", "--values", "0.1"]])
def test_code_is_not_run_without_trust(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    touched = tmp_path / "touched"
    file = saved(raw_with(f"open({str(touched)!r}, 'w').close()\n{SGD}", "SGD"), tmp_path)
    number = ["--step", "1"] if command == ["trace"] else ["--steps", "1"]
    assert main.main([command[0], str(file), *command[1:], *number]) == 2
    assert "--trust" in capsys.readouterr().err
    assert not touched.exists()


FORMS = {
    "config_adam": "Adam", "textbook_adamw": "AdamW", "class_pairs": "Adadelta", "class_step_list": "SGD",
    "dict_adam_init": "Adam", "globals_momentum": "SGD", "in_place_lists": "SGD", "layer_rmsprop": "RMSprop",
    "moments_t_out": "Adam", "nadam_float64": "NAdam", "object_a_weight": "SGD", "pair_optax": "Adam",
    "params_states": "Adam", "torch_rmsprop": "RMSprop", "value_parameters": "SGD", "weight_and_bias": "Adam",
    "dict_adagrad": "Adagrad", "default_dict_state": "Rprop",
}  # fmt: skip


@pytest.mark.parametrize("file", sample(FORMS, 4))
def test_right_code_in_any_form_is_in_lockstep_with_torch(file: str, tmp_path: Path) -> None:
    text = (RIGHT / f"{file}.py").read_text(encoding="utf-8")
    status, report = run(raw_with(text, FORMS[file]), tmp_path)
    assert (status, report["verdict"]) == (0, "lockstep")
    assert report["parity"][0]["named"] is None


@pytest.mark.parametrize(
    ("file", "name", "id"),
    [
        ("adam_no_correction_of_m", "Adam", "adam.no_correction_of_m"),
        ("adam_eps_inside_root", "Adam", "adam.eps_inside_root"),
        ("any_state_reset", "Adam", "any.state_reset"),
        ("any_counter_shared", "Adam", "any.state_shared"),
        ("rmsprop_starts_at_one", "RMSprop", "rmsprop.starts_at_one"),
    ],
)
def test_a_departure_differs_at_its_step_and_is_named_with_its_line(
    file: str, name: str, id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (WRONG / f"{file}.py").read_text(encoding="utf-8")
    status, report = run(raw_with(text, name), tmp_path)
    assert (status, report["verdict"]) == (1, "differs")
    pair = report["parity"][0]
    assert (pair["first_divergence"]["stage"], pair["named"]["id"]) == ("layer1.update", id)
    printed = capsys.readouterr().out
    assert printed.count(id) == 1
    assert f"line {pair['named']['line']}" in printed


def test_a_threshold_shows_at_the_step_at_which_it_counts(tmp_path: Path) -> None:
    text = (WRONG / "radam_threshold_4.py").read_text(encoding="utf-8")
    _, report = run(raw_with(text, "RAdam"), tmp_path)
    assert report["parity"][0]["first_divergence"]["step"] == 5


def test_what_a_run_does_not_come_to_is_no_departure_of_it(tmp_path: Path) -> None:
    text = (WRONG / "any_decay_doubled.py").read_text(encoding="utf-8")  # where the decay is 0
    assert run(raw_with(text, "SGD"), tmp_path)[0] == 0
    status, report = run(raw_with(text, "SGD", {"weight_decay": 0.1}), tmp_path)
    assert (status, report["parity"][0]["named"]["id"]) == (1, "any.decay_doubled")


def test_code_without_a_name_differs_and_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "import numpy as np\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * np.tanh(g)\n"
    status, report = run(raw_with(text, "SGD"), tmp_path)
    assert (status, report["parity"][0]["verdict"], report["parity"][0]["named"]) == (1, "differs", None)
    assert "no departure that is known by name" in capsys.readouterr().out


def test_how_far_updates_are_judged_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert update_history.MOST_STEPS == 1024, "as the README has it; fewer do here"
    monkeypatch.setattr(update_history, "MOST_STEPS", 32)
    _, report = run(raw_with(SGD, "SGD"), tmp_path, steps=32)
    assert report["parity"][0]["updates_judged"] == 32
    assert "are judged up to" not in capsys.readouterr().out
    _, report = run(raw_with(SGD, "SGD"), tmp_path, steps=33)
    assert report["parity"][0]["updates_judged"] == 32
    assert "its updates are judged up to step 32; later ones are compared alone" in capsys.readouterr().out
    out = tmp_path / "race"
    experiment = str(saved(raw_with(SGD, "SGD"), tmp_path))
    assert main.main(["compare", experiment, "--steps", "33", "--out", str(out), "--trust"]) == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "The updates of own code are judged up to step 32" in page


def test_params_go_to_both_sides_and_the_codes_own_defaults_too(tmp_path: Path) -> None:
    text = (RIGHT / "config_rmsprop.py").read_text(encoding="utf-8")
    assert run(raw_with(text, "RMSprop", {"lr": 0.05}), tmp_path)[0] == 0
    own = "import numpy as np\n\n\ndef adam(w, g, state, lr=3e-3, beta1=0.7):\n"
    own += "    m = state['m'] = beta1 * state.get('m', np.zeros_like(w)) + (1 - beta1) * g\n"
    own += "    v = state['v'] = 0.999 * state.get('v', np.zeros_like(w)) + 0.001 * g * g\n"
    own += "    t = state['t'] = state.get('t', 0) + 1\n"
    own += "    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), state\n"
    assert run(raw_with(own, "Adam"), tmp_path)[0] == 0
    assert run(raw_with(own, "Adam", {"betas": [0.5, 0.999]}), tmp_path)[0] == 0


def test_a_number_that_the_code_has_fixed_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "def sgd(w, g):\n    lr = 0.1\n    return w - lr * g\n"
    assert run(raw_with(text, "SGD"), tmp_path)[0] == 0
    assert run(raw_with(text, "SGD", {"lr": 0.5}), tmp_path)[0] == 2
    assert "optimizers[0].params.lr cannot be 0.5 in own code, which has 0.1 there, line 2" in capsys.readouterr().err


def test_a_schedule_moves_the_rate_of_own_code(tmp_path: Path) -> None:
    entry = {"schedule": {"name": "ExponentialLR", "params": {"gamma": 0.8}}, "clip": {"norm": 0.5}}
    for file in ("config_adam", "class_pairs", "torch_params", "textbook_adamw"):
        text = (RIGHT / f"{file}.py").read_text(encoding="utf-8")
        assert run(raw_with(text, FORMS.get(file, "SGD"), entry=entry), tmp_path)[0] == 0, file


def test_own_code_that_torch_has_nothing_of_races_alone(tmp_path: Path) -> None:
    text = "import numpy as np\n\n\nclass SignSGD:\n    def __init__(self, lr=0.01):\n        self.lr = lr\n\n"
    text += "    def update(self, w, g):\n        return w - self.lr * np.sign(g)\n"
    status, report = run(raw_with(text, None, {"lr": 0.02}), tmp_path)
    assert (status, [lane["id"] for lane in report["lanes"]], report["parity"]) == (0, ["own/diy"], [])
    assert main.main(["compare", str(saved(raw_with(text, None), tmp_path)), "--steps", "9", "--trust"]) == 0
    assert run(raw_with(text, None, {"beta": 0.02}), tmp_path)[0] == 2


def test_a_file_beside_the_experiment_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = raw_with("", "SGD") | {"code": {"own.py": {"path": "code/mine.py"}}}
    assert run(raw, tmp_path)[0] == 2
    assert "code.own.py.path cannot be read" in capsys.readouterr().err
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "mine.py").write_text(SGD, encoding="utf-8")
    assert run(raw, tmp_path)[0] == 0
    (tmp_path / "code" / "mine.py").write_text(HALF, encoding="utf-8")
    assert run(raw, tmp_path)[0] == 1


TRACED = ["config_adam", "textbook_adamw", "torch_rmsprop", "in_place_lists", "layer_rmsprop"]


def test_a_sweep_over_what_does_not_reach_the_code_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(raw_with("def sgd(w, g):\n    lr = 0.1\n    return w - lr * g\n", "SGD"), tmp_path)
    assert main.main(["sweep", str(file), "--trust", "--param", "lr", "--values", "0.01,0.1", "--steps", "5"]) == 2
    assert "--param lr does not reach this code" in capsys.readouterr().err


@pytest.mark.parametrize("file", sample(TRACED, 2))
def test_a_trace_steps_through_own_lines_with_their_values(file: str, tmp_path: Path) -> None:
    text, out = (RIGHT / f"{file}.py").read_text(encoding="utf-8"), tmp_path / "trace.json"
    experiment = str(saved(raw_with(text, FORMS[file]), tmp_path))
    assert main.main(["trace", experiment, "--step", "4", "--out", str(out), "--trust"]) == 0
    (trace,) = json.loads(out.read_text(encoding="utf-8"))["traces"]
    own = [line for line in trace["lines"] if line["file"] == "own.py"]
    lines = text.split("\n")
    assert own
    assert all(line["source"] == lines[line["line"] - 1].strip() for line in own)
    made = [trace["values"][number] for line in own for number in line["made"].values()]
    assert any(value["shape"] == [5, 3] for value in made)
    after = next(row for row in trace["compared"] if row["name"] == "layer1.weight")
    assert after["verdict"] in ("equal", "rounding")


def test_a_traced_step_of_a_mistake_differs_where_the_weight_comes_out(tmp_path: Path) -> None:
    text, out = (WRONG / "adam_no_correction_of_m.py").read_text(encoding="utf-8"), tmp_path / "trace.json"
    experiment = str(saved(raw_with(text, "Adam"), tmp_path))
    assert main.main(["trace", experiment, "--step", "3", "--out", str(out), "--trust"]) == 1
    (trace,) = json.loads(out.read_text(encoding="utf-8"))["traces"]
    wrong = {row["name"] for row in trace["compared"] if row["verdict"] == "differs"}
    assert wrong == {"layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"}
    returned = [trace["values"][number] for line in trace["lines"] if line["file"] == "own.py"
                for name, number in line["made"].items() if name == "return[0]"]  # fmt: skip
    assert [value["verdict"] for value in returned] == ["differs"] * 4


NORMED = "import numpy as np\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * g * (np.linalg.norm(w) < np.inf)\n"
NORMED += "\n\ndef clipped(w, g, lr=0.1):\n    return w - lr * g / max(1.0, np.linalg.norm(g))\n"
ASKS = "def sgd(w, g, lr=0.1):\n    return w - lr * g if lr > 0 else w\n"


def swept(raw: dict[str, Any], folder: Path, *arguments: str) -> list[str]:
    """A sweep's heading, and its table."""
    out = folder / "sweep"
    command = ["sweep", str(saved(raw, folder)), "--trust", "--steps", "5", "--out", str(out), *arguments]
    assert main.main(command) == 0
    return (out / "sweep.csv").read_text(encoding="utf-8").splitlines()


SWEPT = ["textbook_adamw", "config_adam", "in_place_lists", "moments_t_out"]


@pytest.mark.parametrize(
    ("text", "code", "is_together"),
    [(SGD, "own.py", True), (NORMED, "own.py::sgd", True), (NORMED, "own.py::clipped", False), (ASKS, "own.py", False)],
)
def test_a_sweep_trains_own_code_together_where_it_broadcasts(
    text: str, code: str, is_together: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    over = ["--param", "lr", "--values", "0.01,0.1,0.2"]
    own = swept(raw_with(text, "SGD", entry={"code": code}), tmp_path, *over)
    heading = capsys.readouterr().out.splitlines()[0]
    assert heading.endswith("together: its code broadcasts" if is_together else "one after another: own code")
    if "clipped" not in code:
        assert own == swept(raw_with(text, "SGD", entry={"code": None}), tmp_path, *over)


@pytest.mark.parametrize(("file", "dtype"), sample(product(SWEPT, ("float32", "float64")), 3))
def test_code_in_any_form_is_swept_together_with_the_bits_of_single_runs(
    file: str, dtype: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (RIGHT / f"{file}.py").read_text(encoding="utf-8")
    entry = {"schedule": {"name": "ExponentialLR", "params": {"gamma": 0.8}}, "clip": {"norm": 0.5}}
    raw = raw_with(text, None, entry=entry, dtype=dtype)
    over = ["--param", "lr", "--log", "0.001", "0.1", "--points", "5", "--seeds", "2"]
    together = swept(raw, tmp_path, *over)
    assert "together: its code broadcasts" in capsys.readouterr().out
    monkeypatch.setattr(engine.sweep.sweep, "broadcasts", lambda *_: False)
    np.testing.assert_allclose(numbers_in(together), numbers_in(swept(raw, tmp_path, *over)), rtol=1e-5)


def numbers_in(table: list[str]) -> list[list[float]]:
    return [[float(cell) for cell in row.split(",")[:4]] for row in table[1:]]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("while True:\n        pass", (13, 14), "no end"),
        ("while True:\n        try:\n            1 / 0\n        except OSError:\n            pass", (15,), "ZeroDiv"),
        ("import sys; sys.exit(0)", (13,), "ends the program"),
        ("while True:\n        print('x' * 1000)", (14,), "prints without end"),
        ("raise ValueError('not yet')", (13,), "ValueError: not yet"),
    ],
)
def test_what_misbehaves_late_in_a_run_is_told_with_its_line(
    body: str, line: tuple[int, ...], words: str,
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(engine.headless.own_code, "LIMITS", Limits(seconds=1.0))
    assert run(raw_with(LATE.format(body), "SGD", layers=LONE), tmp_path, steps=150)[0] == 2
    told = capsys.readouterr().err.splitlines()[0]
    assert "DIY raised in step 101 of SGD" in told
    assert words in told
    assert any(told.endswith(f"line {number}") for number in line)


@pytest.mark.parametrize(("text", "step"), [(LATE.format("raise ValueError('not yet')"), 101), (IN_PLACE_LATE, 71)])
def test_what_was_done_until_own_code_ends_a_run_is_written(
    text: str, step: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, report = run(raw_with(text, "SGD"), tmp_path, steps=150)
    assert (status, report["steps"], report["verdict"]) == (2, step - 1, "lockstep")
    line = report["error"]["line"]
    assert text.split("\n")[line - 1].strip().startswith("raise ValueError")
    words = "ValueError: not yet" if "not yet" in text else "ValueError"
    assert report["error"] == {"label": "SGD", "step": step, "line": line, "words": words}
    assert f"ended by own code after step {step - 1} of 150" in capsys.readouterr().out
    status, shorter = run(raw_with(text, "SGD"), tmp_path / "shorter", steps=step - 1)
    assert (status, shorter) == (0, {key: value for key, value in report.items() if key != "error"})
    one, other = (weights_in(folder / "out") for folder in (tmp_path, tmp_path / "shorter"))
    assert all(np.array_equal(one[name], other[name]) for name in other)


def weights_in(folder: Path) -> dict[str, Any]:
    with np.load(folder / "weights.npz") as file:
        return dict(file)


def test_a_race_that_own_code_ends_is_told_with_what_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, out = raw_with(LATE.format("raise ValueError('not yet')"), "SGD", layers=LONE), tmp_path / "race"
    assert main.main(["compare", str(saved(raw, tmp_path)), "--steps", "150", "--out", str(out), "--trust"]) == 2
    assert "ValueError: not yet" in capsys.readouterr().err
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Own code ended the run there: DIY raised in step 101 of SGD: ValueError: not yet, line 13." in page
    assert len((out / "curves.csv").read_text(encoding="utf-8").splitlines()) == 101


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def sgd(w, g:\n    return w\n", "line 1"),
        ("x = 1\n", "no optimizer of a known form"),
        ("def sgd(w, g):\n    return w - wrong\n", "line 2"),
        (f"{SGD}\n\ndef other(w, g, lr=0.1):\n    return w - lr * g\n", "holds several: sgd, other"),
    ],
)
def test_what_cannot_be_used_is_told_before_a_step(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(raw_with(text, "SGD"), tmp_path)[0] == 2
    printed = capsys.readouterr()
    assert "optimizers[0].code" in printed.err
    assert told in printed.err
    assert not printed.out


def test_code_that_does_not_repeat_itself_is_told_and_never_acquitted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "import numpy as np\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * (g + np.random.normal(size=g.shape))\n"
    assert run(raw_with(text, "SGD"), tmp_path)[0] == 1
    assert "does not repeat itself" in capsys.readouterr().out
