"""A sample of the judge's trial: mutants that are convicted, innocents that are not; and the trial itself."""

from collections.abc import Sequence

import numpy as np
import pytest

from engine.diy.losses import LOSSES, mse
from tests.drawing import sample
from tests.products import one_in
from tests.trial.algebra import variants
from tests.trial.experiments import Experiment, all_experiments
from tests.trial.hunt import Tried, tried
from tests.trial.innocents import Heard, Innocent, drawn, heard
from tests.trial.mutants import Mutant, all_mutants, mutants_of
from tests.trial.reach import reach_of, reaching
from tests.trial.swapping import Exchange, exchanged, function_of, planted

from . import effects, swapping

BOTH = ("float32", "float64")
STEPS = 12

# Of each file a few: the line as mutated, and the experiment that it is tried in.
SAMPLE = [
    ("activations/sigmoid.py", "return 1 / (1 + np.exp(z))", "sigmoid"),
    ("activations/sigmoid.py", "return a * (1.01 - a)", "sigmoid"),
    ("activations/tanh.py", "return 1 + a * a", "tanh"),
    ("activations/gelu.py", "return z + cdf", "gelu"),
    ("activations/silu.py", "return s * (1 + z * 1)", "silu"),
    ("activations/selu.py", "SELU_SCALE = 1.0612079972290354", "selu"),
    ("losses/mse.py", "return 2 * count(a, reduction) * (a - y)", "mse"),
    ("losses/l1.py", "return np.sign(np.nan_to_num(a - y))", "l1"),
    ("losses/huber.py", "return mean(c * (e - c), reduction)", "huber"),
    ("activations/log_softmax.py", "z = z", "cross_entropy far out 4000"),
    ("losses/bce.py", "return (sigmoid(z) - y) * count(z, reduction)", "bce"),
    ("losses/cross_entropy.py", "p = log_softmax(z)", "cross_entropy"),
    ("layers/linear.py", "z = z - b", "three layers"),
    ("layers/linear.py", "dL_db = dL_dz.mean(axis=-2).reshape(b.shape)", "three layers"),
    ("network.py", "dL_dz = dL_da / da_dz", "three layers"),
    ("clip.py", "scale = np.minimum(max_norm / length, 1)", "clip norm 0.01"),
    ("norm.py", "return (x * x).sum(axis=tuple(axes), keepdims=True)", "clip norm 0.3"),
    ("clip.py", "g = np.maximum(g, -limit)", "clip value 0.05"),
    ("problems.py", "dL_dv = 202.0 * v", "rosenbrock SGD"),
    ("problems.py", "dL_dx = dL_du * du_dx - dL_dv", "himmelblau SGD"),
    ("optimizers/sgd.py", "return (weight + lr * step, State(b))", "SGD 0"),
    ("optimizers/sgd.py", "return (weight - lr * step, State(state.b))", "SGD 1"),
    ("optimizers/sgd.py", "step = g if nesterov else b", "SGD 2"),
    ("optimizers/adam.py", "v = beta2 * v + (1.01 - beta2) * g * g", "Adam 0"),
    ("optimizers/adam.py", "weight = weight - lr * m_hat / sqrt_v_hat", "Adam 1"),
    ("optimizers/nadam.py", "weight = weight - lr * m_bar / np.sqrt(v_hat + eps)", "NAdam 0"),
    ("optimizers/adam.py", "m_hat = m", "Adam 2"),
    ("optimizers/adamw.py", "pass", "AdamW 0"),
    ("optimizers/adamax.py", "u = np.maximum(beta2 * u, np.abs(g))", "Adamax 1"),
    ("optimizers/nadam.py", "m_bar = (1 - mu) / (1 - mu_product) * g + mu_next / (1 - mu_product) * m", "NAdam 1"),
    ("optimizers/radam.py", "m_hat = m / (1 + beta1 ** t)", "RAdam 0"),
    ("optimizers/adagrad.py", "lr_t = lr / (1 + t * lr_decay)", "Adagrad 1"),
    ("optimizers/adadelta.py", "dw = np.sqrt(u) / np.sqrt(v + eps) * g", "Adadelta 0"),
    ("optimizers/rmsprop.py", "return (weight, State(t, v, state.g_bar, b))", "RMSprop 2"),
    ("optimizers/rprop.py", "Delta = np.where(turn >= 0, eta_plus * Delta, Delta)", "Rprop full 0"),
    ("optimizers/asgd.py", "weight = weight - eta * g", "ASGD 1"),
    ("optimizers/adafactor.py", "U_hat = U / np.fmax(1, rms(U, axes))", "Adafactor 1"),
    ("optimizers/muon.py", "B_tilde = B if nesterov else between(G, B, momentum)", "Muon 0"),
    ("optimizers/lbfgs.py", "H_diag = y.T @ y / curvature", "rosenbrock LBFGS 0"),
    ("line_search.py", "d1 = slope1 + slope2 - (phi1 - phi2) / (alpha1 - alpha2)", "rosenbrock LBFGS 1"),
    ("schedules/step_lr.py", "n = t / step_size", "StepLR 0"),
    ("schedules/cosine_annealing_lr.py", "height = (1 - np.cos(np.pi * t / T_max)) / 2", "CosineAnnealingLR 0"),
    ("schedules/linear_lr.py", "factor = start_factor + end_factor * share", "LinearLR 0"),
]


def mutant_of(file: str, after: str) -> Mutant:
    return next(mutant for mutant in mutants_of(file) if mutant.after == after)


def experiment_of(name: str) -> Experiment:
    return next(experiment for experiment in all_experiments() if experiment.name == name)


# --- mutants -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "after", "experiment"), one_in(2, sample(SAMPLE, 3)))
def test_a_mutant_is_convicted_at_the_right_stage(file: str, after: str, experiment: str) -> None:
    one = tried(mutant_of(file, after), [experiment], BOTH, STEPS)
    assert one.fate == "matters", one.told
    for dtype in one.bound_to:
        assert one.verdicts[dtype].is_guilty, one.reason(dtype)
        assert one.is_right(dtype), (one.verdicts[dtype], one.stages[dtype])


# --- innocents ---------------------------------------------------------------------------------------

DRAWN = range(55)  # every optimizer about four times, and once in the suite
ALGEBRA = [
    ("adam_by_lerp", "Adam 1"),
    ("adam_with_scaled_rate", "AdamW 0"),
    ("nadam_by_lerp", "NAdam 1"),
    ("radam_with_scaled_rate", "RAdam 0"),
    ("rmsprop_with_rates_of_weights", "RMSprop 1"),
    ("sgd_with_decay_as_a_factor", "SGD 1"),
    ("forward_summed_backwards", "three layers"),
    ("backward_by_products", "three layers"),
    ("log_softmax_by_logsumexp", "cross_entropy"),
    ("bce_by_logaddexp", "bce far out 400"),
    ("gelu_by_erfc", "gelu"),
    ("sigmoid_by_tanh", "sigmoid"),
    ("norm_of_scaled_numbers", "clip norm 0.3"),
    ("cosine_by_half_the_angle", "CosineAnnealingLR 0"),
]


def assert_not_accused(one: Heard) -> None:
    assert not one.is_accused, (one.found, one.least)


@pytest.mark.parametrize("number", one_in(3, sample(DRAWN, 3)))
def test_an_innocent_to_the_edge_of_floats_is_not_accused(number: int) -> None:
    assert_not_accused(heard(drawn(1, number, steps=20)))


@pytest.mark.parametrize(
    ("variant", "experiment", "dtype"), one_in(2, sample([(*one, dtype) for one in ALGEBRA for dtype in BOTH], 3))
)
def test_right_code_in_other_algebra_is_not_accused(variant: str, experiment: str, dtype: str) -> None:
    raw = {**experiment_of(experiment).raw, "dtype": dtype}
    assert_not_accused(heard(Innocent(variant, raw, 16, variant)))


# --- the trial itself --------------------------------------------------------------------------------


def test_a_few_experiments_reach_more_than_four_hundred_mutants() -> None:
    few = [
        experiment_of(name) for name in ("Adam 1", "SGD 2", "three layers", "clip norm 0.3", "gelu", "cross_entropy")
    ]
    reach = reach_of(few, steps=3)
    modules = ["adam", "sgd", "network", "clip", "activations", "losses", "step", "line_search"]
    mutants = all_mutants(modules)
    reached = [mutant for mutant in mutants if reaching(mutant, reach)]
    assert len(reached) > 400
    assert not any(mutant.module == "line_search" for mutant in reached)
    assert len({mutant.id for mutant in mutants}) == len(mutants)


KINDS = {
    *("operator", "comparison", "sign or not dropped", "minus added", "constant by 1 %", "0 or 1 flipped"),
    *("term dropped", "sides exchanged", "axis", "index", "transpose dropped", "eps moved", "min and max"),
    *("state not carried", "sqrt dropped", "condition negated", "statement dropped"),
}


def test_every_kind_of_mistake_is_made() -> None:
    files = (
        "optimizers/adam.py",
        "optimizers/adadelta.py",
        "losses/cross_entropy.py",
        "losses/huber.py",
        "layers/linear.py",
        "schedules/one_cycle_lr.py",
    )
    assert {mutant.kind for file in files for mutant in mutants_of(file)} >= KINDS


def test_a_mutant_changes_its_function_for_all_who_hold_it_and_is_taken_out_again() -> None:
    mutant = mutant_of("losses/mse.py", "return 2 * count(a, reduction) * (a - y)")
    function = function_of(mutant.file, mutant.name)
    own, a, y = function.__code__, np.array([[1.0, 2.0]]), np.zeros((1, 2))
    with exchanged([mutant.exchange]):
        np.testing.assert_array_equal(LOSSES["mse"].df(a, y), 4 * a)
        assert mse.d_mse.__code__.co_filename == own.co_filename
    assert mse.d_mse.__code__ is own
    np.testing.assert_array_equal(LOSSES["mse"].df(a, y), a)


def test_a_constant_is_changed_and_put_back() -> None:
    mutant = mutant_of("activations/selu.py", "SELU_SCALE = 1.0612079972290354")
    z = np.array([100.0])
    selu = function_of("activations/selu.py", "selu")
    with exchanged([mutant.exchange]):
        assert selu(z) == pytest.approx(106.12079972290354)
    assert selu(z) == pytest.approx(105.07009873554805)


def effect(exchange: Exchange, experiment: str) -> float:
    """How much an exchange matters in the first steps, 0 if not at all."""
    seen = effects.moments(experiment_of(experiment), "float64", STEPS)
    with exchanged([exchange]):
        found = effects.effect_of(experiment_of(experiment), seen, "float64")
    return 0.0 if found is None else found.size


@pytest.mark.parametrize(
    ("file", "before", "after", "experiment"),
    [
        ("losses/l1.py", "return mean(np.abs(a - y), reduction)", "return mean(np.abs(y - a), reduction)", "l1"),
        ("layers/linear.py", "z = x @ W.mT", "z = (W @ x.mT).mT", "three layers"),
        ("optimizers/adam.py", "beta1 * m + (1 - beta1) * g", "m + (1 - beta1) * (g - m)", "Adam 0"),
        ("optimizers/sgd.py", "momentum * b + (1 - dampening)", "momentum * b + (1.0 - dampening)", "SGD 0"),
    ],
)
def test_what_equals_in_exact_arithmetic_does_not_matter(file: str, before: str, after: str, experiment: str) -> None:
    assert effect(planted(file, before, after), experiment) == 0


def test_a_small_mistake_matters() -> None:
    exchange = planted("optimizers/adam.py", "(sqrt_v_hat + eps)", "sqrt_v_hat")
    assert 1e-9 < effect(exchange, "Adam 0") < 1e-4


def test_algebra_that_is_put_in_is_right() -> None:
    for variant in variants().values():
        if not variant.file.startswith(("optimizers/lbfgs", "line_search", "problems")):
            name = next(one.name for one in all_experiments() if one.name.startswith(variant.experiments))
            assert effect(variant.exchange, name) < 1e-6, (variant.name, name)


def outcome(mutant: Mutant, names: Sequence[str]) -> Tried:
    return tried(mutant, names, (), STEPS)


def test_a_mutant_that_breaks_off_or_is_never_run_is_counted_apart() -> None:
    crashing = mutant_of("closure.py", "end = place - weight.size")
    assert outcome(crashing, ["LBFGS 0"]).fate == "crashes"
    assert outcome(crashing, []).fate == "unreached"


def test_a_mutant_without_an_end_is_stopped() -> None:
    endless = mutant_of("optimizers/lbfgs.py", "iteration = iteration - 1")
    assert outcome(endless, ["LBFGS 0"]).fate in ("hangs", "matters", "no effect")


def test_an_error_is_torchs_where_torch_raised_it() -> None:
    raw = {**experiment_of("NAdam 0").raw, "optimizers": [{"name": "NAdam", "params": {"betas": [0.999999999, 0.9]}}]}
    raw["optimizers"][0]["params"]["momentum_decay"] = 1000.0
    one = heard(Innocent("a division by zero", raw, 2))
    assert (one.found.verdict, one.is_torchs, one.is_accused) == ("raised", True, False)


def test_what_is_planted_must_stand_there_once() -> None:
    with pytest.raises(ValueError, match="stands 0 times"):
        planted("optimizers/sgd.py", "no such line", "another")
    assert swapping.ROOT.name == "diy"
