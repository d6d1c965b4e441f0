"""The optimizers that look at more than one element against torch.optim's: weights and every state entry."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.backends import orthogonal_distances
from engine.diy.bfloat16 import bfloat16
from engine.diy.optimizers import OPTIMIZERS, adafactor, muon
from engine.judge.muon import ENOUGH
from tests.drawing import examples, sample
from tests.products import one_in

SHAPES = [(3, 2), (3,), (1, 4), (4, 1), (5,)]
MATRICES = [(2, 3), (3, 3), (1, 4), (4, 1), (12, 3)]
ADAFACTOR: list[dict[str, Any]] = [
    {},
    {"lr": 0.1},
    {"lr": 1.0},
    {"lr": 0.0},
    {"weight_decay": 0.1},
    {"lr": 0.1, "weight_decay": 0.1},
    {"maximize": True},
    {"lr": 0.1, "weight_decay": 0.1, "maximize": True},
    {"beta2_decay": -1.0},
    {"beta2_decay": 0.0},
    {"beta2_decay": -0.3},
    {"eps": (1e-10, 1e-4)},
    {"eps": (None, 0.0)},
    {"eps": (0.0, 0.5)},
    {"eps": (1.0, 1.0)},
    {"d": 1.5},
    {"d": 10.0},
]
MUON: list[dict[str, Any]] = [
    {},
    {"lr": 0.1},
    {"lr": 0.1, "weight_decay": 0.0},
    {"weight_decay": 0.5},
    {"momentum": 0.0},
    {"momentum": 0.3},
    {"momentum": 0.5},
    {"momentum": 1.0},
    {"momentum": 1.2},
    {"nesterov": False},
    {"nesterov": False, "momentum": 0.4},
    {"ns_steps": 0},
    {"ns_steps": 1},
    {"ns_steps": 10},
    {"ns_coefficients": (2.0, -1.5, 0.5)},
    {"eps": 0.1},
    {"eps": 100.0},
    {"adjust_lr_fn": "original"},
    {"adjust_lr_fn": "match_rms_adamw"},
    {"lr": 0.1, "adjust_lr_fn": "match_rms_adamw", "nesterov": False, "weight_decay": 0.2},
]


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """As lanes of small networks have it: several threads are slower on small matrices, much so on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class Race:
    """Our optimizer and torch's on several weights, fed with the same random gradients."""

    def __init__(self, name: str, params: dict[str, Any], shapes: Sequence[tuple[int, ...]], seed: int = 0):
        self._rng = np.random.default_rng(seed)
        self._ours, self.params = OPTIMIZERS[name], dict(params)
        self.weights = [self._rng.normal(size=shape) for shape in shapes]
        self.states = [self._ours.init(weight) for weight in self.weights]
        self._twins = [torch.nn.Parameter(torch.tensor(weight)) for weight in self.weights]
        self._optimizer = getattr(torch.optim, name)(self._twins, **params)

    def change(self, **params: Any) -> None:
        self.params.update(params)
        self._optimizer.param_groups[0].update(params)

    def run(self, steps: int, scale: float = 1.0) -> None:
        hyper = self._ours.Hyper(**self.params)
        for _ in range(steps):
            grads = [scale * self._rng.normal(size=weight.shape) for weight in self.weights]
            for array in (*grads, *self.weights, *_arrays(self.states)):
                array.flags.writeable = False  # an update in place raises
            new = [self._ours.update(*three, hyper) for three in zip(grads, self.states, self.weights, strict=True)]
            self.weights, self.states = [weight for weight, _ in new], [state for _, state in new]
            for twin, grad in zip(self._twins, grads, strict=True):
                twin.grad = torch.tensor(grad)
            self._optimizer.step()
            self._compare()

    def _compare(self) -> None:
        for weight, state, twin in zip(self.weights, self.states, self._twins, strict=True):
            assert_close(weight, twin.detach().numpy(), "weight")
            kept = self._optimizer.state[twin]
            assert set(kept) <= {*self._ours.TORCH_STATE.values()}
            for symbol, name in self._ours.TORCH_STATE.items():
                ours, theirs = getattr(state, symbol), kept.get(name)
                assert (ours is None) == (theirs is None), symbol
                if theirs is not None:
                    assert_close(ours, theirs.numpy(), symbol)


class MuonRace(Race):
    """Where a sum was rounded to the other side, as the module says, ours goes on from torch's weight.

    Rare on matrices as small as these, and only ever a step's own: the state is exact.
    """

    flips = 0

    def _compare(self) -> None:
        for number, twin in enumerate(self._twins):
            theirs = twin.detach().numpy().copy()
            apart = np.abs(self.weights[number] - theirs).max()
            if apart > 1e-11:
                grad, mean = twin.grad, self.states[number].B
                assert grad is not None
                assert explained(apart, grad.numpy(), mean, muon.Hyper(**self.params))
                self.weights[number] = theirs
                self.flips += 1
        super()._compare()


def explained(apart: float, G: Array, B: Array, hyper: muon.Hyper) -> bool:
    """Whether a step by this gradient and mean may leave weights so far apart for the iteration's rounding."""
    M = muon.between(G, B, hyper.momentum) if hyper.nesterov else B
    unit = ENOUGH * hyper.lr * muon.ratio(hyper.adjust_lr_fn, *M.shape)
    return any(apart <= unit * distance for distance in orthogonal_distances(M, hyper))


def assert_close(ours: Array | float, theirs: Array, what: str) -> None:
    assert np.shape(ours) == theirs.shape, what
    assert (np.abs(ours - theirs) <= 1e-13 + 1e-11 * np.abs(theirs)).all(), f"{what}: {ours} {theirs}"


def _arrays(states: Sequence[Any]) -> list[Array]:
    return [part for state in states for part in state if isinstance(part, np.ndarray)]


@pytest.mark.parametrize("params", one_in(3, ADAFACTOR))
def test_adafactor_equals_torch_over_100_steps(params: dict[str, Any]) -> None:
    Race("Adafactor", params, SHAPES).run(100)


@pytest.mark.parametrize("params", one_in(2, sample(MUON, 2)))
def test_muon_equals_torch_over_100_steps(params: dict[str, Any]) -> None:
    race = MuonRace("Muon", params, MATRICES)
    race.run(100)
    assert race.flips <= 2  # of 500


@pytest.mark.parametrize("scale", [1e-12, 1e12, 0.0])
@pytest.mark.parametrize(("name", "shapes"), [("Adafactor", SHAPES), ("Muon", MATRICES)])
def test_tiny_and_huge_gradients(name: str, shapes: Sequence[tuple[int, ...]], scale: float) -> None:
    (MuonRace if name == "Muon" else Race)(name, {}, shapes).run(10, scale)


@pytest.mark.parametrize(
    ("name", "shapes", "changes"),
    [
        ("Adafactor", SHAPES, [{"lr": 0.1}, {"d": 2.0}, {"eps": (1e-3, 0.1)}, {"beta2_decay": -0.5}]),
        ("Muon", MATRICES, [{"lr": 0.1}, {"momentum": 0.5}, {"nesterov": False}, {"adjust_lr_fn": "match_rms_adamw"}]),
    ],
)
def test_hyperparameters_changed_midway_apply_from_the_next_step(
    name: str, shapes: Sequence[tuple[int, ...]], changes: Sequence[dict[str, Any]]
) -> None:
    race = (MuonRace if name == "Muon" else Race)(name, {}, shapes)
    race.run(5)
    for change in changes:
        race.change(**change)
        race.run(5)


adafactor_params = st.fixed_dictionaries(
    {
        "lr": st.floats(0, 1),
        "beta2_decay": st.floats(-2, 0),
        "eps": st.tuples(st.one_of(st.none(), st.floats(0, 1)), st.floats(0, 1)),
        "d": st.floats(1, 10),
        "weight_decay": st.floats(0, 0.5),
        "maximize": st.booleans(),
    }
)
muon_params = st.fixed_dictionaries(
    {
        "lr": st.floats(0, 1),
        "weight_decay": st.floats(0, 0.5),
        "momentum": st.floats(0, 1),
        "nesterov": st.booleans(),
        "eps": st.sampled_from([1e-7, 1e-3, 1.0]),
        "ns_steps": st.integers(0, 8),
        "adjust_lr_fn": st.sampled_from([None, "original", "match_rms_adamw"]),
    }
)
sizes = st.integers(1, 6)


@examples(30)
@given(adafactor_params, st.tuples(sizes, sizes), sizes, st.integers(0, 2**32 - 1))
def test_adafactor_equals_torch_for_any_arguments(
    params: dict[str, Any], matrix: tuple[int, int], vector: int, seed: int
) -> None:
    Race("Adafactor", params, [matrix, (vector,)], seed).run(20)


@examples(30)
@given(muon_params, st.integers(1, 4), st.integers(1, 8), st.booleans(), st.integers(0, 2**32 - 1))
def test_muon_equals_torch_for_any_arguments(
    params: dict[str, Any], short: int, long: int, is_tall: bool, seed: int
) -> None:
    race = MuonRace("Muon", params, [(long, short) if is_tall else (short, long)], seed)
    race.run(20)
    assert race.flips <= 2


@pytest.mark.parametrize("rank", [1, 3, 16])
def test_muons_steps_of_larger_matrices_are_apart_by_no_more_than_rounding_comes_to(rank: int) -> None:
    rng = np.random.default_rng(rank)
    hyper = muon.Hyper(lr=0.1, adjust_lr_fn="match_rms_adamw")
    weight = np.zeros((24, 16))
    twin = torch.nn.Parameter(torch.tensor(weight))
    optimizer = torch.optim.Muon([twin], **hyper._asdict())
    for _ in range(60):
        grad = rng.normal(size=(24, rank)) @ rng.normal(size=(rank, 16))
        twin.data, twin.grad = torch.tensor(weight), torch.tensor(grad)
        optimizer.state.clear()
        optimizer.step()
        ours, state = muon.update(grad, muon.init(weight), weight, hyper)
        apart = np.abs(ours - twin.detach().numpy()).max()
        assert apart <= 1e-11 or (explained(apart, grad, state.B, hyper))


@examples(60)
@given(st.one_of(st.floats(-3e38, 3e38), st.floats(-3, 3), st.floats(1e-42, 1e-37), st.just(np.inf), st.just(np.nan)))
def test_bfloat16_rounds_as_torch_does(number: float) -> None:
    rounded = torch.tensor(number, dtype=torch.float64).bfloat16().double().numpy()
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(bfloat16(number), rounded)


@pytest.mark.parametrize(
    ("name", "sweep"),
    [
        ("Adafactor", {"lr": (0.01, 0.1, 0.3), "beta2_decay": (-0.8, -0.5, -1.0), "weight_decay": (0.0, 0.01, 0.1)}),
        ("Adafactor", {"d": (1.0, 2.0, 4.0), "maximize": True}),
        ("Adafactor", {"eps": ((1e-3, 1e-3, 0.1), (1e-3, 0.0, 1.0))}),
        ("Muon", {"lr": (0.01, 0.1, 0.3), "momentum": (0.95, 0.5, 0.3), "weight_decay": (0.0, 0.01, 0.1)}),
        ("Muon", {"lr": (0.01, 0.1, 0.3), "nesterov": False, "adjust_lr_fn": "match_rms_adamw"}),
        (
            "Muon",
            {"eps": (1e-7, 1e-2, 10.0), "ns_coefficients": ((3.4, 3.0, 2.0), (-4.7, -4.0, -1.5), (2.0, 1.5, 0.5))},
        ),
    ],
)
def test_k_networks_at_once_give_what_k_single_runs_give(name: str, sweep: dict[str, Any]) -> None:
    """A matrix (K, out, in) and, where the optimizer takes it, a bias (K, 1, out), from the state of one network's."""
    module, rng = OPTIMIZERS[name], np.random.default_rng(3)
    for shape in [(2, 3), *([(4,)] if name == "Adafactor" else [])]:
        start = rng.normal(size=shape)
        weights = np.broadcast_to(
            start if len(shape) == 2 else start[None], (3, *(shape if len(shape) == 2 else (1, 4)))
        )
        state, alone = module.init(start), [(start, module.init(start)) for _ in range(3)]
        for _ in range(5):
            grads = rng.normal(size=(3, *shape))
            weights, state = module.update(grads.reshape(weights.shape), state, weights, _hyper(module, sweep, None))
            for k in range(3):
                weight, own = alone[k]
                alone[k] = module.update(grads[k], own, weight, _hyper(module, sweep, k))
        for k in range(3):
            np.testing.assert_allclose(weights[k].reshape(shape), alone[k][0], rtol=1e-12, atol=1e-14)


def _hyper(module: Any, sweep: dict[str, Any], k: int | None) -> Any:
    def pick(value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        if isinstance(value[0], tuple):
            return tuple(map(pick, value))
        return np.reshape(value, (3, 1, 1)) if k is None else value[k]

    return module.Hyper(**{name: pick(value) for name, value in sweep.items()})


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_stays(dtype: type) -> None:
    for module, shape in [(adafactor, (2, 3)), (adafactor, (3,)), (muon, (2, 3))]:
        weight = np.ones(shape, dtype)
        weight, state = module.update(weight, module.init(weight), weight, module.Hyper())
        assert {array.dtype for array in [weight, *_arrays([state])]} == {np.dtype(dtype)}


@pytest.mark.parametrize("shape", [(2, 3), (1, 4), (4, 1), (5,)])
def test_adafactors_state_has_the_shapes_that_are_told(shape: tuple[int, ...]) -> None:
    state = adafactor.init(np.zeros(shape))._asdict()
    assert {name: np.shape(value) for name, value in state.items() if value is not None} == adafactor.state_shapes(
        shape
    )


@pytest.mark.parametrize("name", ["Adafactor", "Muon"])
def test_names_and_defaults_are_torchs(name: str) -> None:
    defaults = getattr(torch.optim, name)([torch.nn.Parameter(torch.zeros(1, 1))]).defaults
    assert OPTIMIZERS[name].Hyper()._asdict() == {field: defaults[field] for field in OPTIMIZERS[name].Hyper._fields}
