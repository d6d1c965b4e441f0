"""What an optimizer asks of the rest of the experiment is told before any run."""

from typing import Any

import pytest

from engine.spec import NOT_OFFERED, ExperimentError, check, optimizer_names
from tests.engine.experiments import ARTICLE

WITHOUT_BIASES = [{"units": 3, "bias": False}, {"units": 4, "bias": False}]


def faults(entries: list[dict[str, Any]], layers: Any = None, **more: Any) -> list[str]:
    network = {"layers": layers or [{"units": 3}, {"units": 4, "bias": False}], "loss": "mse"}
    try:
        check({**ARTICLE, "network": network, "optimizers": entries, **more})
    except ExperimentError as error:
        return [str(fault) for fault in error.faults]
    return []


def test_muon_takes_matrices_only() -> None:
    (told,) = faults([{"name": "SGD"}, {"name": "Muon"}])
    words = "cannot be Muon, which takes matrices only, unlike layer1.bias: switch the biases off"
    assert told == f"optimizers[1].name {words}"
    assert faults([{"name": "Muon"}], WITHOUT_BIASES) == []


def test_muon_takes_the_point_of_a_test_function() -> None:
    problem = {"function": "rosenbrock", "start": [-1.5, 2.0]}
    assert check({"schema": 1, "problem": problem, "optimizers": [{"name": "Muon"}]})


def test_a_fault_elsewhere_hides_none_of_muons() -> None:
    assert len(faults([{"name": "Muon"}, {"name": "Adam", "backends": []}])) == 2


def test_sparse_adam_is_not_offered_and_says_why() -> None:
    (told,) = faults([{"name": "SparseAdam"}])
    assert told.startswith("optimizers[0].name cannot be SparseAdam, which needs sparse gradients")
    assert not NOT_OFFERED.keys() & {*optimizer_names()}
    assert "is not one of" in faults([{"name": "Sparse"}])[0]


@pytest.mark.parametrize("clip", [{"norm": 1.0}, {"value": 0.5}])
def test_lbfgs_needs_the_gradient_as_it_is(clip: dict[str, float]) -> None:
    (told,) = faults([{"name": "LBFGS", "clip": clip}])
    assert told.startswith("optimizers[0].clip has no place here: LBFGS")
    assert faults([{"name": "Adam", "clip": clip}]) == []


def test_a_line_search_needs_a_rate_to_begin_with() -> None:
    (told,) = faults([{"name": "LBFGS", "params": {"lr": 0.0, "line_search_fn": "strong_wolfe"}}])
    assert told.startswith("optimizers[0].params.lr must be above 0")
    assert faults([{"name": "LBFGS", "params": {"lr": 0.0}}]) == []


@pytest.mark.parametrize(
    ("name", "params", "wrong"),
    [
        ("Adafactor", {"beta2_decay": 0.5}, "beta2_decay must be ≤ 0"),
        ("Adafactor", {"d": 0.9}, "d must be ≥ 1"),
        ("Adafactor", {"eps": [-1.0, 0.0]}, "eps[0] must be ≥ 0"),
        ("Muon", {"ns_steps": 100}, "ns_steps must be ≥ 0 and < 100"),
        ("Muon", {"ns_steps": 1.5}, "ns_steps must be a whole number"),
        ("Muon", {"ns_coefficients": [1.0, 2.0]}, "ns_coefficients must be"),
        ("Muon", {"adjust_lr_fn": "other"}, "adjust_lr_fn is not one of original, match_rms_adamw"),
        ("LBFGS", {"max_eval": 0}, "max_eval must be ≥ 1"),
        ("LBFGS", {"history_size": 0}, "history_size must be ≥ 1"),
        ("LBFGS", {"line_search_fn": "weak"}, "line_search_fn is not one of strong_wolfe"),
    ],
)
def test_values_that_torch_refuses_or_breaks_on(name: str, params: dict[str, Any], wrong: str) -> None:
    (told,) = faults([{"name": name, "params": params}], WITHOUT_BIASES)
    assert told.startswith(f"optimizers[0].params.{wrong}")


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("Adafactor", {"eps": [None, 0.0], "beta2_decay": 0.0, "d": 1.0}),
        ("Muon", {"adjust_lr_fn": None, "ns_steps": 0, "ns_coefficients": [-1.0, 2.0, -0.5]}),
        ("LBFGS", {"max_eval": None, "line_search_fn": None, "lr": 1}),
    ],
)
def test_what_may_be_none_or_at_its_bound(name: str, params: dict[str, Any]) -> None:
    assert faults([{"name": name, "params": params}], WITHOUT_BIASES) == []
