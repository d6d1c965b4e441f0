"""Scripts: run alone they print the very losses of the lanes that they were written from."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.protocol import MakeScript, Script
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, ExperimentSpec, check
from engine.standalone import BACKENDS, Backend, notebook_of, script_of
from engine.standalone.job import script_job
from main import main
from tests.drawing import sample
from tests.engine.experiments import experiment, layer, optimizer, random_data, raw_article
from tests.products import each_with
from tests.trial.experiments import Experiment, all_experiments

STEPS = 12
EXAMPLES = sorted(Path("resources/examples").glob("*.json"))


def losses_of(spec: ExperimentSpec, entry: int, backend: Backend, steps: int) -> list[float]:
    lane, batches = make_lane(spec, entry, backend, initial_weights(spec)), Batches(spec)
    return [float(lane.step(batches.rows(step))) for step in range(1, steps + 1)]


@contextmanager
def unchanged_globals() -> Iterator[None]:
    """Leave torch's and NumPy's settings, which a script makes for its own process, as they were."""
    threads, state, errors = torch.get_num_threads(), torch.get_rng_state(), np.geterr()
    try:
        yield
    finally:
        torch.set_num_threads(threads)
        torch.set_rng_state(state)
        np.seterr(**errors)


def printed(script: str) -> list[float]:
    """Run a script in this process, which has loaded torch already."""
    told = io.StringIO()
    with unchanged_globals(), redirect_stdout(told):
        exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return [float(line) for line in told.getvalue().split()]


def assert_same_losses(spec: ExperimentSpec, backend: Backend, steps: int = STEPS, entry: int = 0) -> None:
    with np.errstate(all="ignore"):
        wanted = losses_of(spec, entry, backend, steps)
    np.testing.assert_array_equal(printed(script_of(spec, entry, backend, steps)), wanted)


@pytest.mark.parametrize(("tried", "backend"), each_with(sample(all_experiments(), 4), BACKENDS))
def test_a_script_prints_the_losses_of_its_lane(tried: Experiment, backend: Backend) -> None:
    for dtype in ("float64", "float32"):
        assert_same_losses(tried.spec(dtype), backend)


GROUPED = {
    **optimizer("Adam", lr=0.02),
    "groups": [
        {"match": "*.bias", "params": {"lr": 0.1}},
        {"match": "layer2.*", "name": "SGD", "params": {"lr": 0.05, "momentum": 0.9}},
    ],
    "schedule": {"name": "StepLR", "params": {"step_size": 3, "gamma": 0.5}},
}
DRAWN = layer(5) | {"init": {"name": "xavier_normal_", "params": {"gain": 1.5}}}
DROPPED = [DRAWN, {"kind": "Dropout", "params": {"p": 0.3}, "activation": "relu"}, layer(2, "identity")]
WORDS = [
    {"kind": "Embedding", "params": {"num_embeddings": 5, "embedding_dim": 3, "padding_idx": 0}},
    {"kind": "BatchNorm1d", "params": {}},
    layer(4),
    {"kind": "Flatten"},
    layer(2, "identity"),
]
SKIPPED = [
    layer(4) | {"init": {"name": "orthogonal_", "params": {}}},
    {"kind": "Residual", "layers": [{"kind": "LayerNorm"}, {"kind": "Residual", "layers": [DRAWN | {"units": 4}]}]},
    {"kind": "Residual", "layers": [{"kind": "Dropout"}, layer(4, "softmax")]},
    layer(2, "identity"),
]
AVERAGED = [layer(70), {"kind": "BatchNorm1d", "params": {}}, layer(2, "identity")]


def dropped() -> ExperimentSpec:
    batch = {"size": 4, "shuffle": True, "seed": 3}
    return experiment(DROPPED, batch=batch, optimizers=[optimizer("Adam", lr=0.05)])


def of_words() -> ExperimentSpec:
    data = random_data(6, 2, 7, "mse", 3)
    x = (np.abs(np.array(data["x"])) * 10).astype(int) % 5
    return experiment(WORDS, data={**data, "x": x.tolist()}, dtype="float32")


@pytest.mark.parametrize(
    ("spec", "backend"),
    each_with(
        [
            experiment([layer(5), layer(2)], optimizers=[GROUPED]),
            dropped(),
            experiment(AVERAGED, batch={"size": 4}, dtype="float32"),
            experiment(SKIPPED, optimizers=[optimizer("AdamW", lr=0.05)]),
            of_words(),
            experiment([layer(2)], loss={"name": "mse", "params": {"reduction": "sum"}}),
        ],
        BACKENDS,
    ),
)
def test_what_an_experiment_may_hold(spec: ExperimentSpec, backend: Backend) -> None:
    assert_same_losses(spec, backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbers_that_nobody_reads_are_packed_to_the_bit(backend: Backend) -> None:
    weights = {"layer1.weight": [[0.1, -0.2]], "layer1.bias": [1e-300]}
    spec = experiment([layer(1)], rows=2100, start={"weights": weights})
    assert "x = torch.from_numpy(unpacked(" in script_of(spec, 0, "torch", 3)
    assert_same_losses(spec, backend, 3)


@pytest.mark.parametrize(("file", "backend"), each_with(EXAMPLES, BACKENDS))
def test_the_examples(file: Path, backend: Backend) -> None:
    spec = check(json.loads(file.read_text(encoding="utf-8")))
    assert_same_losses(spec, backend, 5, entry=len(spec.optimizers) - 1)


def test_a_script_of_some_hundred_steps_runs_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """By hand without torch, from another folder, in a Python that knows nothing of Lockstep."""
    experiment_file = Path("resources/examples/iris-layers.json").resolve()
    spec = check(json.loads(experiment_file.read_text(encoding="utf-8")))
    for backend in BACKENDS:
        file = tmp_path / f"by_{backend}.py"
        asked = ["script", str(experiment_file), "--of", backend, "--steps", "300", "--out", str(file)]
        assert main(asked) == 0
        without = "import sys; sys.modules['torch'] = None; " if backend == "diy" else ""
        alone = f"{without}import runpy; runpy.run_path({str(file)!r}, run_name='__main__')"
        ended = subprocess.run(
            [sys.executable, "-I", "-W", "error", "-c", alone], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert [float(line) for line in ended.stdout.split()] == losses_of(spec, 0, backend, 300)
        assert ended.stderr == ""
    assert capfd.readouterr().out == ""


def test_a_notebook_trains_both_and_ends_in_their_losses_side_by_side() -> None:
    spec = dropped()
    notebook = json.loads(notebook_of(spec, 0, 20))
    codes = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {"__name__": "__main__"}
    told = io.StringIO()
    with unchanged_globals(), redirect_stdout(told):
        for code in codes:
            exec(compile(code, "cell", "exec"), names)
    assert names["diy_losses"] == losses_of(spec, 0, "diy", 20)
    assert names["torch_losses"] == losses_of(spec, 0, "torch", 20)
    last = told.getvalue().splitlines()[-1]
    assert last.startswith(f"step 20: by hand {names['diy_losses'][-1]!r}, by PyTorch {names['torch_losses'][-1]!r}")


@pytest.mark.parametrize("form", BACKENDS)
def test_what_was_changed_during_a_run_is_changed_in_its_script(form: Backend) -> None:
    run = Lockstep(experiment([layer(3), layer(2)], optimizers=[optimizer("SGD", lr=0.1)]), judge_at_once=False)
    run.advance(4)
    run.set_params(0, {"lr": 0.3, "momentum": 0.9})
    run.advance(3)
    run.set_params(0, {"lr": 0.05, "momentum": 0.9})
    run.advance(2)
    (answer,) = script_job(run, MakeScript(1, 7, 0, form))
    assert isinstance(answer, Script)
    assert answer.job == 7
    place = BACKENDS.index(form)
    assert printed(answer.text) == [run.series[place][step] for step in range(1, run.newest + 1)]


COSINE = {"name": "CosineAnnealingLR", "params": {"T_max": 6}, "warmup": {"steps": 2, "start_factor": 0.2}}
ONE_CYCLE = {"name": "OneCycleLR", "params": {"max_lr": 0.3, "total_steps": 9}}
FALLING = {"name": "ReduceLROnPlateau", "params": {"patience": 0, "threshold": 0.2, "factor": 0.7}}
CYCLE = {"name": "CyclicLR", "params": {"base_lr": 0.01, "max_lr": 0.2, "step_size_up": 3, "mode": "exp_range"}}
CHAIN = [{"name": "ExponentialLR", "params": {"gamma": 0.9}, "steps": 5}, COSINE | {"warmup": None}]
MOMENTOUS = optimizer("SGD", lr=0.1, momentum=0.5)
BIASES = {"match": "*.bias", "params": {"lr": 0.1}}
MOVED = {
    **optimizer("Adam", lr=0.02),
    "groups": [BIASES, {"match": "layer2.*", "name": "SGD", "params": {"lr": 0.05, "momentum": 0.9}}],
}
ONE_CLASS = {**optimizer("Adam", lr=0.02), "groups": [BIASES], "schedule": CYCLE}
CHANGED = {
    "schedule": ({**MOMENTOUS, "schedule": COSINE}, {"lr": 0.3, "momentum": 0.9}),
    "momentum alone": ({**MOMENTOUS, "schedule": COSINE}, {"lr": 0.1, "momentum": 0.9}),
    "losses": ({**optimizer("SGD", lr=0.1), "schedule": FALLING}, {"lr": 0.3}),
    "cycled beta": ({**optimizer("Adam", lr=0.1), "schedule": ONE_CYCLE}, {"lr": 0.2, "eps": 1e-3}),
    "cycled momentum": ({**MOMENTOUS, "schedule": CYCLE}, {"lr": 0.2, "nesterov": True, "momentum": 0.5}),
    "chain": ({**optimizer("AdamW", lr=0.1), "schedule": CHAIN}, {"lr": 0.2}),
    "groups": (MOVED, {"lr": 0.3, "eps": 1e-3}),
    "groups and a schedule": ({**MOVED, "schedule": COSINE}, {"lr": 0.3}),
    "groups and losses": ({**MOVED, "schedule": FALLING}, {"lr": 0.3}),
    "groups of one class": (ONE_CLASS, {"lr": 0.5, "weight_decay": 0.1}),
}


@pytest.mark.parametrize(("entry", "changed", "form"), each_with(CHANGED.values(), BACKENDS))
def test_what_was_changed_beside_a_schedule_or_groups(entry: Any, changed: Any, form: Backend) -> None:
    run = Lockstep(experiment([layer(3), layer(2)], optimizers=[entry]), judge_at_once=False)
    run.advance(3)
    run.set_params(0, changed)
    run.advance(4)
    run.set_params(0, {**changed, "lr": 0.07})
    run.set_params(0, {**changed, "lr": 0.05})
    run.advance(5)
    (answer,) = script_job(run, MakeScript(1, 7, 0, form))
    assert isinstance(answer, Script)
    assert printed(answer.text) == [run.series[BACKENDS.index(form)][step] for step in range(1, run.newest + 1)]


GROWING = [
    {"name": "OneCycleLR", "params": {"max_lr": 1e20, "total_steps": 40}},
    {"name": "ExponentialLR", "params": {"gamma": 1e5}},
    [{"name": "StepLR", "params": {"step_size": 2, "gamma": 1e12}, "steps": 20}, {"name": "ConstantLR"}],
]


@pytest.mark.parametrize(("schedule", "backend"), each_with(GROWING, BACKENDS))
def test_a_rate_that_outgrows_what_a_step_can_take(schedule: Any, backend: Backend) -> None:
    entry = {**optimizer("SGD", lr=0.1, momentum=0.5), "schedule": schedule}
    assert_same_losses(experiment([layer(3, "sigmoid"), layer(2, "sigmoid")], optimizers=[entry]), backend, 30)


def test_groups_each_fall_from_a_rate_of_their_own() -> None:
    for backend in BACKENDS:
        assert_same_losses(experiment([layer(3), layer(2)], optimizers=[{**MOVED, "schedule": FALLING}]), backend)


def test_nothing_that_was_typed_ends_the_docstring() -> None:
    entry = {**optimizer("SGD", lr=0.1), "label": 'a""" and """'}
    spec = experiment([layer(2)], optimizers=[entry], title='"""; import oops # \\')
    for backend in BACKENDS:
        assert_same_losses(spec, backend, 2)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.json"
    entries = [optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1)]
    file.write_text(json.dumps(raw_article(optimizers=entries)), encoding="utf-8")
    return file


def test_the_command_tells_which_of_several_it_has_written(article: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["script", str(article), "--of", "torch", "--steps", "3"]) == 0
    told = capfd.readouterr()
    assert "torch.optim.SGD(" in told.out
    assert told.err == "this is the script of SGD; --optimizer LABEL writes another's: Adam\n"
    assert main(["script", str(article), "--of", "torch", "--steps", "3", "--optimizer", "Adam"]) == 0
    told = capfd.readouterr()
    assert "torch.optim.Adam(" in told.out
    assert told.err == ""


def test_the_command_refuses_in_words(article: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ["script", str(article), "--steps", "3"]
    assert main([*asked, "--of", "diy", "--optimizer", "Adan"]) == 2
    assert '--optimizer is not one of SGD, Adam: "Adan" – did you mean Adam?' in capfd.readouterr().err
    assert main(asked) == 2
    assert "--of" in capfd.readouterr().err
    assert main([*asked, "--of", "diy", "--out", str(article.parent)]) == 2
    assert "cannot be written to" in capfd.readouterr().err


def test_a_log_in_diys_place_has_no_script_and_torchs_beside_it_has_one() -> None:
    spec = check(raw_article(optimizers=[{"name": "Adam", "params": {}, "log": {"file": "mine.csv"}}]))
    with pytest.raises(ExperimentError) as refused:
        script_of(spec, 0, "diy", STEPS)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [(("optimizers", 0), "script_of_log")]
    assert "torch.optim" in script_of(spec, 0, "torch", STEPS)
