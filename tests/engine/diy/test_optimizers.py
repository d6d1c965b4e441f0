"""The optimizers that go weight by weight, against torch.optim's: weights and every state entry, over 100 steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diy.optimizers import OPTIMIZERS
from tests.drawing import examples, sample
from tests.engine.optimizer_cases import CASES, MIDWAY
from tests.engine.racing import Race, torchs_arguments
from tests.engine.strategies import PARAMS


@pytest.mark.parametrize(("name", "params"), sample(CASES, 2))
def test_equals_torch_over_steps(name: str, params: dict[str, Any]) -> None:
    Race(name, params).run(100)


@pytest.mark.parametrize(("name", "params"), sample(CASES[1:], 2))  # those that are left out above
def test_in_single_precision_too(name: str, params: dict[str, Any]) -> None:
    """Nothing slips into float64 on the way, and nothing but rounding is different."""
    Race(name, params, dtype="float32").run(10, rtol=1e-3 if params.get("centered") else 1e-4)


@pytest.mark.parametrize("name", PARAMS)
def test_gradients_that_are_no_numbers_do_to_both_the_same(name: str) -> None:
    race = Race(name, {})
    race.run(3)
    for value in (np.nan, np.inf, -np.inf, 0.0):
        race.step(np.array([[value, 1.0], [0.0, value], [1e-200, 1e200]]))
        race.run(2)


@pytest.mark.parametrize(("name", "params", "changes"), MIDWAY)
def test_hyperparameters_changed_midway_apply_from_the_next_step(
    name: str, params: dict[str, Any], changes: Sequence[dict[str, Any]]
) -> None:
    race = Race(name, params)
    race.run(5)
    for change in changes:
        race.change(**change)
        race.run(5)


@pytest.mark.parametrize("name", PARAMS)
@examples(10)
@given(st.data(), st.integers(0, 2**32 - 1))
def test_equals_torch_for_any_arguments(name: str, data: st.DataObject, seed: int) -> None:
    Race(name, data.draw(PARAMS[name]), seed).run(20)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_names_and_defaults_are_torchs(name: str) -> None:
    assert OPTIMIZERS[name].Hyper()._asdict() == torchs_arguments(name)
