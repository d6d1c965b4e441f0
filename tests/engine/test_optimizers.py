"""SGD, Adam and AdamW against torch.optim's: weights and every state entry, step for step."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diy.optimizers import OPTIMIZERS
from tests.engine.strategies import adam_params, sgd_params

CASES: list[tuple[str, dict[str, Any]]] = [
    ("SGD", {}),
    ("SGD", {"lr": 0.0}),
    ("SGD", {"lr": 0.1, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.1, "maximize": True}),
    ("SGD", {"lr": 0.1, "maximize": True, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 1.0}),
    ("SGD", {"lr": 0.1, "dampening": 0.5}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"lr": 0.1, "momentum": 0.5, "nesterov": True, "weight_decay": 0.05, "maximize": True}),
    *(
        (name, params)
        for name in ("Adam", "AdamW")
        for params in (
            {},
            {"lr": 0.1},
            {"betas": (0.0, 0.0)},
            {"betas": (0.5, 0.9)},
            {"betas": (0.9, 0.999999)},
            {"eps": 0.1},
            {"eps": 0.0},
            {"weight_decay": 0.1},
            {"weight_decay": 0.0},
            {"amsgrad": True},
            {"maximize": True},
            {"lr": 0.01, "amsgrad": True, "maximize": True, "weight_decay": 0.3, "betas": (0.8, 0.5)},
        )
    ),
]


class Race:
    """Our optimizer and torch's on one weight, fed with the same random gradients."""

    def __init__(self, name: str, params: dict[str, Any], seed: int = 0):
        self._rng = np.random.default_rng(seed)
        self._ours = OPTIMIZERS[name]
        self.weight = self._rng.normal(size=(3, 2))
        self.state = self._ours.init(self.weight)
        self.params = dict(params)
        self._twin = torch.nn.Parameter(torch.tensor(self.weight))
        self._optimizer = getattr(torch.optim, name)([self._twin], **self._ours.Hyper(**params)._asdict())

    def change(self, **params: Any) -> None:
        self.params.update(params)
        self._optimizer.param_groups[0].update(params)

    def run(self, steps: int) -> None:
        """Take steps, comparing after each, and hold ``update`` to changing nothing in place."""
        hyper = self._ours.Hyper(**self.params)
        for _ in range(steps):
            grad = self._rng.normal(size=self.weight.shape)
            frozen = [grad, self.weight, *(part for part in self.state if isinstance(part, np.ndarray))]
            for array in frozen:
                array.flags.writeable = False  # an update in place raises
            self.weight, self.state = self._ours.update(grad, self.state, self.weight, hyper)
            self._twin.grad = torch.tensor(grad)
            self._optimizer.step()
            self._compare()

    def _compare(self) -> None:
        close = {"rtol": 1e-11, "atol": 1e-13}
        np.testing.assert_allclose(self.weight, self._twin.detach().numpy(), **close)
        kept = self._optimizer.state[self._twin]
        for symbol, name in self._ours.TORCH_STATE.items():
            ours, theirs = getattr(self.state, symbol), kept.get(name)
            assert (ours is None) == (theirs is None), symbol
            if theirs is not None:
                np.testing.assert_allclose(ours, theirs.numpy(), **close, err_msg=symbol)


@pytest.mark.parametrize(("name", "params"), CASES)
def test_equals_torch_over_steps(name: str, params: dict[str, Any]) -> None:
    Race(name, params).run(25)


@pytest.mark.parametrize(
    ("name", "params", "changes"),
    [
        ("SGD", {"lr": 0.1}, [{"lr": 0.01}, {"momentum": 0.9}, {"momentum": 0.0}, {"momentum": 0.5}]),
        ("SGD", {"lr": 0.1, "momentum": 0.9}, [{"lr": 1.0}, {"nesterov": True}, {"weight_decay": 0.1}]),
        ("Adam", {}, [{"lr": 0.1}, {"betas": (0.5, 0.5)}, {"eps": 0.1}, {"weight_decay": 0.1}, {"maximize": True}]),
        ("AdamW", {"amsgrad": True}, [{"lr": 0.1}, {"betas": (0.5, 0.5)}, {"weight_decay": 0.0}]),
    ],
)
def test_hyperparameters_changed_midway_apply_from_the_next_step(
    name: str, params: dict[str, Any], changes: Sequence[dict[str, Any]]
) -> None:
    race = Race(name, params)
    race.run(5)
    for change in changes:
        race.change(**change)
        race.run(5)


drawn = st.one_of(st.tuples(st.just("SGD"), sgd_params()), st.tuples(st.sampled_from(["Adam", "AdamW"]), adam_params))


@settings(deadline=None, max_examples=60)
@given(drawn, st.integers(0, 2**32 - 1))
def test_equals_torch_for_any_arguments(case: tuple[str, dict[str, Any]], seed: int) -> None:
    name, params = case
    Race(name, params, seed).run(20)


def _torchs_defaults(name: str) -> Iterator[tuple[str, Any]]:
    defaults = getattr(torch.optim, name)([torch.nn.Parameter(torch.zeros(1))]).defaults
    yield from ((field, defaults[field]) for field in OPTIMIZERS[name].Hyper._fields)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_names_and_defaults_are_torchs(name: str) -> None:
    assert OPTIMIZERS[name].Hyper()._asdict() == dict(_torchs_defaults(name))
