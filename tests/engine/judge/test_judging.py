"""Which steps are judged and what is told of them: small mistakes, unstable code, numbers that break, drift."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engine.diy.activations.sigmoid import sigmoid
from engine.diy.losses import LOSSES, Loss, cross_entropy
from engine.diy.losses.bce import d_bce
from engine.diy.mean import mean
from engine.headless.results import report
from engine.headless.run import train
from engine.judge.drift import DriftMonitor
from engine.protocol import REPORT_WORDS, PairParity
from engine.report import figures_of, page
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, schedule_chain
from tests.engine.experiments import experiment, layer, optimizer
from tests.trial.swapping import exchanged, planted

LAYERS = [layer(4, "tanh"), layer(1, "identity")]
FLOAT32, FLOAT64 = "float32", "float64"

# Each was once certified as rounding: file, line, the line with the mistake, the experiment's optimizer, precisions.
SMALL: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "ascent": ("optimizers/sgd.py", "weight - lr * step", "weight + lr * step", optimizer("SGD", lr=1e-5)),
    "decay with the wrong sign": (
        "optimizers/sgd.py",
        "g + weight_decay * weight",
        "g - weight_decay * weight",
        optimizer("SGD", lr=1e-4, weight_decay=1e-4),
    ),
    "AdamW without its decay": (
        "optimizers/adamw.py",
        "(1 - lr * weight_decay) * weight",
        "weight",
        optimizer("AdamW"),
    ),
    "v by 2 % too large": (
        "optimizers/adam.py",
        "v = beta2 * v + (1 - beta2) * g * g",
        "v = 1.02 * (beta2 * v + (1 - beta2) * g * g)",
        optimizer("Adam"),
    ),
    "eps left out": ("optimizers/adam.py", "(sqrt_v_hat + eps)", "sqrt_v_hat", optimizer("Adam")),
}


def spec_of(entry: dict[str, Any], dtype: str = FLOAT32, **more: Any) -> ExperimentSpec:
    return experiment(LAYERS, inputs=3, rows=5, optimizers=[entry], dtype=dtype, **more)


def parity_after(spec: ExperimentSpec, steps: int) -> PairParity:
    run = Lockstep(spec)
    run.advance(steps)
    (pair,) = run.parity()
    return pair


@pytest.fixture
def mistaken(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    file, before, after, entry = SMALL[request.param]
    with exchanged([planted(file, before, after)]):
        yield entry


every_mistake = pytest.mark.parametrize("mistaken", SMALL, indirect=True)


@every_mistake
@pytest.mark.parametrize("dtype", [FLOAT32, FLOAT64])
def test_a_small_mistake_is_found_in_the_update_of_the_first_step(mistaken: dict[str, Any], dtype: str) -> None:
    pair = parity_after(spec_of(mistaken, dtype), 2)
    assert pair.verdict == "differs"
    assert pair.mismatch is not None
    assert (pair.mismatch.step, pair.mismatch.stage) == (1, "layer1.update")


@every_mistake
def test_command_report_and_page_tell_it(mistaken: dict[str, Any], capsys: Any) -> None:
    spec = spec_of(mistaken)
    assert train(spec, 3) == 1
    assert "differs at step 1, stage layer1.update" in capsys.readouterr().out
    run = Lockstep(spec)
    run.advance(3)
    told = report(run)
    assert told["verdict"] == told["parity"][0]["verdict"] == "differs"
    assert told["parity"][0]["first_divergence"]["stage"] == "layer1.update"
    assert "differs at step 1" in page(figures_of(run, None), {}, REPORT_WORDS)


@pytest.mark.parametrize("name", SMALL)
def test_without_the_mistake_they_are_in_lockstep(name: str) -> None:
    *_, entry = SMALL[name]
    for dtype in (FLOAT32, FLOAT64):
        assert parity_after(spec_of(entry, dtype), 100).verdict == "lockstep"


# --- unstable ------------------------------------------------------------------------------------


def naive_bce(z: Any, y: Any) -> Any:
    a = sigmoid(z)
    return -mean(y * np.log(a) + (1 - y) * np.log(1 - a))


def unshifted_softmax(z: Any) -> Any:
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def far_out(loss: str, dtype: str, by: float) -> ExperimentSpec:
    """Logits as large as ``by``."""
    y = [0, 1] if loss == "cross_entropy" else [[0.0, 1.0], [1.0, 0.0]]
    weights = {"weights": {"layer1.weight": [[by], [-by]]}}
    network = [layer(2, "identity", bias=False)]
    return experiment(network, loss=loss, dtype=dtype, data={"x": [[1.0], [-1.0]], "y": y}, start=weights)


@pytest.mark.parametrize(("dtype", "by"), [(FLOAT32, 120.0), (FLOAT32, 60.0), (FLOAT64, 800.0)])
def test_a_logarithm_of_what_rounds_to_0_is_unstable(dtype: str, by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOSSES, "bce", Loss(naive_bce, d_bce))
    pair = parity_after(far_out("bce", dtype, by), 1)
    assert pair.verdict == "unstable"
    assert pair.unstable is not None
    assert (pair.unstable.step, pair.unstable.stage) == (1, "loss")
    assert pair.unstable.diy_error > pair.unstable.torch_error


@pytest.mark.parametrize(("dtype", "by"), [(FLOAT32, 100.0), (FLOAT64, 800.0)])
def test_a_softmax_that_is_not_shifted_is_unstable(dtype: str, by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_entropy, "log_softmax", unshifted_softmax)
    pair = parity_after(far_out("cross_entropy", dtype, by), 1)
    assert pair.verdict == "unstable"
    assert pair.unstable is not None
    assert (pair.unstable.stage, pair.unstable.diy_error) == ("loss", np.inf)


@pytest.mark.parametrize("dtype", [FLOAT32, FLOAT64])
def test_both_are_right_where_numbers_are_small(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOSSES, "bce", Loss(naive_bce, d_bce))
    monkeypatch.setattr(cross_entropy, "log_softmax", unshifted_softmax)
    for loss in ("bce", "cross_entropy"):
        assert parity_after(far_out(loss, dtype, 0.5), 20).verdict == "lockstep"


# --- not finite ----------------------------------------------------------------------------------


def test_nan_on_both_sides_is_never_lockstep() -> None:
    pair = parity_after(spec_of(optimizer("SGD", lr=1e6)), 60)
    assert pair.verdict == "not_finite"
    assert pair.not_finite is not None
    assert pair.not_finite.sides == ("diy", "torch")
    assert 1 < pair.not_finite.step < 60


def test_before_numbers_break_the_pair_is_what_it_was() -> None:
    run = Lockstep(spec_of(optimizer("SGD", lr=1e6)), budget=10**8)
    run.advance(60)
    broken = run.parity()[0].not_finite
    assert broken is not None
    run.seek(broken.step - 1)
    assert run.parity()[0].verdict == "lockstep"
    run.seek(broken.step)
    assert run.parity()[0].not_finite == broken


def test_one_side_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch takes the root of what rounding leaves of 0, and has NaN."""
    entry = optimizer("RMSprop", alpha=0, centered=True)
    pair = parity_after(experiment([layer(4, "sigmoid", bias=False)], inputs=4, optimizers=[entry], dtype=FLOAT32), 3)
    assert pair.verdict == "not_finite"
    assert pair.not_finite is not None
    assert pair.not_finite.sides == ("torch",)


# --- when ----------------------------------------------------------------------------------------


def judged_steps(run: Lockstep, steps: int) -> list[int]:
    """The steps at which the pair says that it was judged just then."""
    found: list[int] = []
    for step in range(1, steps + 1):
        run.advance()
        if run.parity()[0].judged == step:
            found.append(step)
    return found


def test_steps_are_judged_at_powers_of_two_and_after_a_change() -> None:
    run = Lockstep(spec_of(optimizer("SGD", lr=0.01), FLOAT64))
    assert judged_steps(run, 20) == [1, 2, 4, 8, 16]
    run.set_params(0, {"lr": 0.02})
    assert judged_steps(run, 5) == []
    assert run.parity()[0].judged == 24  # four steps after the change


@pytest.mark.parametrize("at", [3, 37, 100])
def test_a_mistake_that_shows_when_a_clip_binds_is_found_then(at: int) -> None:
    """Gradients grow until the clip binds, which then cuts at twice the limit."""
    spec = experiment(
        [layer(1, "identity", bias=False)],
        data={"x": [[1.0]], "y": [[0.0]]},
        start={"weights": {"layer1.weight": [[0.5 * 1.05 ** -(at - 1) * 1.0001]]}},
        optimizers=[{**optimizer("SGD", lr=0.025, maximize=True), "clip": {"value": 1.0}}],
        dtype=FLOAT64,
    )
    with exchanged([planted("clip.py", "np.clip(g, -limit, limit)", "np.clip(g, -2 * limit, 2 * limit)")]):
        pair = parity_after(spec, at + 3)
    assert pair.mismatch is not None
    assert (pair.mismatch.step, pair.mismatch.stage) == (at, "clip")


def test_a_headless_run_is_judged_at_its_end() -> None:
    run = Lockstep(spec_of(optimizer("Adam")))
    run.advance(23)
    assert run.parity()[0].judged == 16
    run.judge_newest()
    assert run.parity()[0].judged == 23


def test_blocks_and_single_steps_judge_the_same_steps() -> None:
    spec = spec_of(optimizer("SGD", lr=0.4), FLOAT32)
    at_once, one_by_one = Lockstep(spec), Lockstep(spec)
    at_once.advance(300)
    for _ in range(300):
        one_by_one.advance()
    assert at_once.parity() == one_by_one.parity()


def test_steps_that_wait_are_judged_when_there_is_time() -> None:
    with exchanged([planted("optimizers/sgd.py", "weight - lr * step", "weight + lr * step")]):
        run = Lockstep(spec_of(optimizer("SGD", lr=1e-5)), judge_at_once=False)
        run.advance(10)
        assert run.docket.is_waiting(10)
        assert (run.parity()[0].verdict, run.parity()[0].judged) == ("lockstep", 0)
        run.docket.finish()
        assert not run.docket.is_waiting(10)
        assert run.parity()[0].verdict == "differs"


def test_another_future_is_judged_anew() -> None:
    """What was found behind a fork went with it."""
    with exchanged([planted("optimizers/sgd.py", "momentum * b + (1", "momentum + b + (1")]):
        run = Lockstep(spec_of(optimizer("SGD", lr=0.01)), budget=10**8)
        run.advance(5)
        run.set_params(0, {"lr": 0.01, "momentum": 0.9})
        run.advance(10)
        assert run.parity()[0].verdict == "differs"
        run.seek(3)
        assert run.parity()[0].verdict == "lockstep"
        run.set_params(0, {"lr": 0.02})
        run.advance(12)
        assert run.parity()[0].verdict == "lockstep"


# --- drift ---------------------------------------------------------------------------------------


def test_drift_is_told_since_when_and_how_far() -> None:
    layers = [layer(16, "tanh"), layer(16, "tanh"), layer(1, "identity")]
    run = Lockstep(experiment(layers, rows=20, optimizers=[optimizer("SGD", lr=0.2)], dtype=FLOAT32))
    run.advance(400)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep"
    assert pair.drift is not None
    assert 1 < pair.drift.since < 400
    assert pair.drift.max_abs == pair.worst > 1e-5


def test_what_always_goes_to_the_same_side_grows_steadily_and_a_random_walk_does_not() -> None:
    rng = np.random.default_rng(0)
    steady, random = DriftMonitor(), DriftMonitor()
    walk, torch = np.zeros(100), np.zeros(100)
    for step in range(1, 257):
        walk = walk + rng.normal(size=100)
        if step & (step - 1) == 0:
            steady.look(torch + step * 1e-9, torch)
            random.look(walk, torch)
    assert (steady.state.growth, random.state.growth) == ("steady", "random")


def test_a_schedule_that_begins_wrongly_is_found() -> None:
    """With the loss to be maximized, nothing would ever be better than infinity."""
    plateau = {"name": "ReduceLROnPlateau", "params": {"mode": "max", "patience": 2}}
    spec = spec_of({**optimizer("SGD", lr=0.1), "schedule": plateau})
    assert parity_after(spec, 10).verdict == "lockstep"
    with exchanged([planted("schedules/reduce_lr_on_plateau.py", "else -np.inf", "else np.inf")]):
        pair = parity_after(spec, 10)
    assert pair.mismatch is not None
    assert (pair.mismatch.step, pair.mismatch.stage) == (1, "schedule")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_milestone_off_by_one_is_found_in_its_step(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = [
        {"name": "ConstantLR", "params": {"factor": 0.5, "total_iters": 100}, "steps": 4},
        {"name": "ExponentialLR", "params": {"gamma": 0.9}},
    ]
    spec = spec_of({**optimizer("SGD", lr=0.1), "schedule": chain}, dtype)
    assert parity_after(spec, 20).verdict == "lockstep"
    monkeypatch.setattr(schedule_chain, "milestones", lambda steps: [0, steps[0] + 1])
    pair = parity_after(spec, 20)
    assert pair.mismatch is not None
    assert (pair.mismatch.step, pair.mismatch.stage, pair.mismatch.tensor) == (4, "schedule", "rate")


def test_a_rate_that_is_the_smallest_number_there_is_may_be_rounded_to_none() -> None:
    warmed = {"name": "StepLR", "params": {"step_size": 1}, "warmup": {"steps": 2, "start_factor": 0.1}}
    run = Lockstep(spec_of({**optimizer("AdamW", lr=5e-324), "schedule": warmed}))
    run.advance(4)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep"


def test_a_large_power_magnifies_the_roundings_of_what_is_left() -> None:
    """Torch takes each rate from the one before, by the power of a ratio."""
    polynomial = {"name": "PolynomialLR", "params": {"total_iters": 10**9, "power": 1e6}}
    run = Lockstep(spec_of({**optimizer("SGD", lr=0.9), "schedule": polynomial}))
    run.advance(16)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep"


def test_a_state_too_large_for_single_precision_is_scheduled_and_changed() -> None:
    falling = {"name": "StepLR", "params": {"step_size": 1}}
    entry = {**optimizer("Adagrad", initial_accumulator_value=1e300), "schedule": falling}
    run = Lockstep(spec_of(entry, "float64"))
    run.advance(3)
    run.set_params(0, {"lr": 0.5, "initial_accumulator_value": 1e300})
    run.advance(3)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep"
