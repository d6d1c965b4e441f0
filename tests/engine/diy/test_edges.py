"""The textbook at the edge of floats: the values that torch has, where numbers vanish, overflow or are none.

One table of values goes through every activation, loss, function of two numbers, optimizer and clip, in both
precisions. Equal is what is finite, infinite or no number on both sides alike, and finite numbers but for rounding:
that of the largest term, where terms cancel. What torch itself makes different by the processor's vectors, or by how
many numbers it is given at once, is left out, and said so where it is.
"""

import json
import warnings
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray as Array

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.diy.activations import ACTIVATIONS
from engine.diy.clip import clip_by_norm, clip_by_value
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.problems import problem_of
from engine.spec import FUNCTION_NAMES, check, loss_names, target_of
from engine.twin.problems import FUNCTIONS
from tests.drawing import sample
from tests.engine.diy.test_functions import ELEMENTWISE, TORCH_ACTIVATIONS, TORCH_LOSSES
from tests.engine.diy.test_optimizers_whole import ADAFACTOR
from tests.engine.optimizer_cases import TABLE
from tests.products import covering

CASES = Path(__file__).parents[1] / "cases"
DTYPES = ("float32", "float64")
TURNS = (1e-30, 1e-8, 0.5, 1.0, 2.0, 6.0, 10.0, 17.0, 20.0, 20.0001, 40.0, 88.7, 89.0, 100.0, 104.0, 709.8, 745.0)
FAR = (1e4, 1e10, 1e18, 1e19, 1e20, 1e21, 1e30, 1e38, 1e154, 1e300)


ALONE = ("gelu", "mish", "hardtanh", "relu6", "hardswish")
DIFFERENCES = ("tanh", "gelu", "mish", "hardswish", "softsign", "logsigmoid")


def edges(dtype: str) -> Array:
    """Both signs of every value of the table that the precision can hold, and the three that are no numbers."""
    kind = np.finfo(dtype)
    far = [value for value in FAR if value < kind.max]
    values = [0.0, kind.smallest_subnormal, kind.tiny, kind.eps, *TURNS, *far, kind.max, np.inf]
    return np.array([*values, *(-value for value in values), np.nan], dtype)


@pytest.fixture(autouse=True)
def _numpy_says_nothing() -> Iterator[None]:
    """Of what overflows here: that it does is the point."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def kinds(values: Array) -> Array:
    """0 where finite, 1 and -1 where infinite, 2 where no number."""
    return np.select([np.isnan(values), np.isinf(values)], [2, np.sign(values)], 0)


def assert_as_torch(
    ours: Any, theirs: Array, given: Any, terms: Array | float = 0.0, ulps: float = 64, least: float = 1.0
) -> None:
    """``terms``: the size of what was added up, where it may cancel; ``given``: to be told where they are apart.

    ``least``: what a number may have been divided by that was too small on the way for all of its digits.
    """
    ours = np.broadcast_to(ours, theirs.shape)
    assert ours.dtype == theirs.dtype
    wide, kind = np.longdouble, np.finfo(theirs.dtype)
    unit = np.maximum(kind.eps * np.maximum(np.abs(theirs), terms).astype(wide), kind.smallest_subnormal / wide(least))
    near = np.abs(ours.astype(wide) - theirs) <= ulps * unit
    wrong = (kinds(ours) != kinds(theirs)) | ((kinds(theirs) == 0) & ~near)
    places = [tuple(map(int, place)) for place in np.argwhere(wrong)]
    found = [(place, float(ours[place]), float(theirs[place])) for place in places[:4]]
    assert not places, f"{len(places)} differ, such as (place, ours, torch's) {found} of {given}"


def numbers(tensor: torch.Tensor) -> Array:
    return tensor.detach().numpy()


# --- functions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_activations_and_their_slopes(name: str, dtype: str) -> None:
    """A few at once; of several numbers torch's GELU and Mish are others in float32, and the slope of a cut at NaN.

    Where slopes are differences of nearly equal numbers (tanh's, GELU's, softsign's), 1 is the largest term.
    """
    ours, z = ACTIVATIONS[name], edges(dtype)
    for few in np.array_split(z, len(z) if name in ALONE else 16):
        twin = torch.tensor(few, requires_grad=True)
        expected = TORCH_ACTIVATIONS[name](twin)
        (slope,) = torch.autograd.grad(expected.sum(), twin)
        a = ours.f(few)
        assert_as_torch(a, numbers(expected), few.tolist(), terms=np.minimum(np.abs(few), 1) if name == "gelu" else 0.0)
        assert_as_torch(ours.df(few, a), numbers(slope), few.tolist(), terms=1.0 if name in DIFFERENCES else 0.0)


def targets(name: str, dtype: str) -> Array:
    if target_of(name) == "probabilities":
        return np.array([0.0, -0.0, np.finfo(dtype).tiny, 1e-7, 0.25, 0.5, 1 - np.finfo(dtype).epsneg, 1.0], dtype)
    return np.array([0.0, 1.0, -2.5, 1e30, np.finfo(dtype).max, np.inf, -np.inf, np.nan], dtype)


def assert_loss_as_torch(name: str, a: Array, y: Array) -> None:
    twin = torch.tensor(a, requires_grad=True)
    expected = TORCH_LOSSES[name](twin, torch.tensor(y))
    (slope,) = torch.autograd.grad(expected, twin)
    given = a.tolist(), y.tolist()
    scale = max((abs(value) for value in np.ravel(a) if np.isfinite(value)), default=1.0)
    terms = scale if target_of(name) != "numbers" else 0.0
    assert_as_torch(LOSSES[name].f(a, y), numbers(expected), given, terms)
    assert_as_torch(LOSSES[name].df(a, y), numbers(slope), given, terms=1.0 if terms else 0.0)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "name", [name for name in loss_names() if target_of(name) != "classes" and name != "binary_cross_entropy"]
)
def test_losses_and_their_slopes(name: str, dtype: str) -> None:
    for output, target in sample(product(edges(dtype), targets(name, dtype)), 5):
        assert_loss_as_torch(name, np.array([[output]]), np.array([[target]]))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", loss_names())
def test_losses_of_several_rows(name: str, dtype: str) -> None:
    rng = np.random.default_rng(5)
    for _ in range(100):
        rows, columns = rng.integers(1, 5), rng.integers(1, 4)
        a = rng.normal(size=(rows, columns)).astype(dtype)
        a = np.where(rng.random(a.shape) < 0.3, rng.choice(edges(dtype), a.shape), a)
        if name == "binary_cross_entropy":  # of others torch makes nothing
            a = np.clip(np.nan_to_num(a, nan=0.5), 0, 1)
        y = (
            rng.integers(0, columns, rows)
            if target_of(name) == "classes"
            else rng.choice(targets(name, dtype), a.shape)
        )
        assert_loss_as_torch(name, a, y)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_functions_of_two_numbers(name: str, dtype: str) -> None:
    problem = problem_of(name, 37.5)
    for point in sample(product(edges(dtype)[::3], edges(dtype)[1::3]), 5):
        w = np.array([point], dtype)
        twin = torch.tensor(w, requires_grad=True)
        expected = FUNCTIONS[name](twin, 37.5)
        (slope,) = torch.autograd.grad(expected, twin)
        ours, theirs = problem.df(w), numbers(slope)
        np.testing.assert_array_equal(kinds(np.asarray(problem.f(w))), kinds(numbers(expected)), err_msg=str(point))
        np.testing.assert_array_equal(kinds(ours), kinds(theirs), err_msg=str(point))


# --- clipping ------------------------------------------------------------------------------------

SHAPES: list[list[tuple[int, ...]]] = [[(1, 1)], [(1, 1), (1,)], [(1, 2)], [(2, 3), (2,)], [(1, 1), (2, 2)], [(3, 1)]]


def clipped_by_torch(gradients: Sequence[Array], norm: float | None, value: float | None) -> list[Array]:
    twins = [torch.nn.Parameter(torch.zeros_like(torch.tensor(gradient))) for gradient in gradients]
    for twin, gradient in zip(twins, gradients, strict=True):
        twin.grad = torch.tensor(gradient)
    if norm is not None:
        torch.nn.utils.clip_grad_norm_(twins, norm)
    if value is not None:
        torch.nn.utils.clip_grad_value_(twins, value)
    return [numbers(twin.grad) for twin in twins if twin.grad is not None]


def named(gradients: Sequence[Array]) -> dict[str, Array]:
    return {f"layer{number}": gradient for number, gradient in enumerate(gradients, start=1)}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shapes", SHAPES)
def test_clipping(shapes: list[tuple[int, ...]], dtype: str) -> None:
    """A lone number's norm is its size, and several tensors' the norm of their norms."""
    rng = np.random.default_rng(2)
    limits = [(1e-3, 0.0), (1.0, 1.0), (1e30, None), (1.0, None), (1e-3, 1.0)]
    for edge, (limit, fill) in sample(product(edges(dtype), limits), 3):
        gradients = [np.full(shape, edge if fill is None else fill, dtype) for shape in shapes]
        chosen = gradients[rng.integers(len(gradients))]
        chosen[(0,) * chosen.ndim] = edge
        for ours, theirs in (
            (clip_by_norm(named(gradients), limit), clipped_by_torch(gradients, limit, None)),
            (clip_by_value(named(gradients), limit), clipped_by_torch(gradients, None, limit)),
        ):
            for one, other in zip(ours.values(), theirs, strict=True):
                assert_as_torch(one, other, (float(edge), limit, fill))


# --- optimizers ----------------------------------------------------------------------------------

MORE: dict[str, list[dict[str, Any]]] = {
    "RMSprop": [{"alpha": 1.0}, {"alpha": 1.0, "momentum": 0.5}, {"eps": 0.0, "lr": 1e-3, "alpha": 0.5}],
    "Adam": [{"lr": 1e10}, {"eps": 1e30}, {"amsgrad": True, "betas": (0.9, 0.0)}],
    "RAdam": [{"lr": 1e-30}, {"eps": 1e-30}],
    "Adadelta": [{"lr": 1e20}, {"eps": 1e30}],
    "Adagrad": [{"lr": 1e20}, {"lr_decay": 1e30}],
    "SGD": [{"lr": 1e20, "momentum": 0.9}],
    "Rprop": [{"etas": (0.5, 1e30), "step_sizes": (0.0, 1e30)}],
}
STEPS = 3


def torchs_step(name: str, hyper: Any, grad: Array, state: Any, weight: Array) -> tuple[Array, dict[str, Array]]:
    """One step of torch's from the textbook's state, which is torch's: its names are told by the textbook."""
    kept = OPTIMIZERS[name].TORCH_STATE
    twin = torch.nn.Parameter(torch.tensor(weight))
    optimizer = getattr(torch.optim, name)([twin], **hyper._asdict())
    if getattr(state, "t", 1):
        values = {theirs: getattr(state, ours) for ours, theirs in kept.items() if getattr(state, ours) is not None}
        tensors = {
            theirs: torch.tensor(value) if isinstance(value, np.ndarray) else torch.tensor(float(value)).float()
            for theirs, value in values.items()
        }
        if tensors:
            optimizer.state[twin] = tensors
    twin.grad = torch.tensor(grad)
    optimizer.step()
    made = optimizer.state[twin]
    return numbers(twin), {ours: numbers(made[theirs]) for ours, theirs in kept.items() if made.get(theirs) is not None}


class Stepped:
    """An optimizer of many weights that each go their way: through the table of values, from states that they led to.

    Left out are numbers next to the largest of all where torch's mean (``lerp``) overflows or NAdam's sum of both
    terms does, and what torch takes from an infinite gradient into that mean: no number where the textbook has
    infinity, at beta 1 or alpha up to 0.5.
    """

    def __init__(self, name: str, params: dict[str, Any], dtype: str):
        self._rng = np.random.default_rng(1)
        self._module, self._name = OPTIMIZERS[name], name
        self._hyper, self._dtype = self._module.Hyper(**params), dtype
        self.weight = self._drawn(np.repeat(edges(dtype), 6))
        self.state = self._module.init(self.weight)
        shares = (getattr(self._hyper, "betas", (1.0,))[0], getattr(self._hyper, "alpha", 1.0))
        self._turns = min(shares) <= 0.5 and name != "ASGD"

    def _drawn(self, values: Array) -> Array:
        """Half of them ordinary numbers of many sizes; none next to the largest of all."""
        ordinary = self._rng.normal(size=values.shape) * 10.0 ** self._rng.uniform(-6, 6, values.shape)
        drawn = np.where(self._rng.random(values.shape) < 0.5, values, ordinary).astype(self._dtype)
        largest = np.abs(drawn) == np.finfo(self._dtype).max
        return np.where(largest & (self._name in ("Adamax", "NAdam")), drawn / 4, drawn)

    def step(self) -> None:
        grad = self._drawn(self._rng.permutation(np.repeat(edges(self._dtype), 6)))
        if self._turns:
            grad = np.where(np.isinf(grad), np.nan, grad)
        given, hyper = self.weight, self._hyper
        theirs, made = torchs_step(self._name, hyper, grad, self.state, given)
        ours, state = self._module.update(grad, self.state, given, hyper)
        decay = getattr(hyper, "weight_decay", 0.0) * np.abs(given)
        cancels = np.isfinite(decay) & (np.abs(grad + np.copysign(decay, -grad)) < 1e-3 * np.abs(grad))
        usual = ~cancels  # where decay and gradient cancel, torch's fused rounding leaves another rest, if any
        told = f"{self._name} {hyper}"
        assert_as_torch(ours[usual], theirs[usual], told, np.abs(given[usual]), ulps=256, least=1e-8)
        for symbol, value in made.items():
            own = np.broadcast_to(getattr(state, symbol), value.shape).astype(value.dtype)
            before = getattr(self.state, symbol)
            terms = np.maximum(np.abs(grad), np.abs(given if before is None else before))
            where = usual & (kinds(np.abs(terms)) == 0) if value.shape == given.shape else ...
            size = terms[where] if value.shape == given.shape and symbol in ("m", "b", "g_bar", "w_bar") else 0.0
            assert_as_torch(own[where], value[where], f"{symbol} of {told}", size, ulps=256, least=1e-8)
        self._go_on(theirs, made)

    def _go_on(self, weight: Array, made: dict[str, Array]) -> None:
        """From torch's state; whatever is not finite any more begins again at ordinary numbers."""
        finite = np.isfinite(weight)
        for value in made.values():
            finite &= np.isfinite(value)
        self.weight = np.where(finite, weight, self._rng.normal(size=weight.shape)).astype(self._dtype)
        fields = {
            symbol: np.where(finite, value, 0).astype(value.dtype) if value.shape else float(value)
            for symbol, value in made.items()
        }
        if "t" in fields:
            fields["t"] = int(fields["t"])
        self.state = self.state._replace(**fields)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", TABLE)
def test_steps(name: str, dtype: str) -> None:
    for params in [*sample(TABLE[name], 2), *MORE.get(name, [])]:
        stepped = Stepped(name, params, dtype)
        for _ in range(STEPS):
            stepped.step()


@pytest.mark.parametrize(("shape", "dtype"), covering([(1, 1), (1, 3), (2, 1), (2, 2), (1,), (3,)], DTYPES, strength=1))
def test_steps_of_adafactor(shape: tuple[int, ...], dtype: str) -> None:
    """What is not finite in one element, or too large to be squared, may take a row, a column or all with it."""
    module, rng = OPTIMIZERS["Adafactor"], np.random.default_rng(0)

    def drawn(share: float) -> Array:
        return np.where(rng.random(shape) < share, rng.choice(edges(dtype), shape), rng.normal(size=shape)).astype(
            dtype
        )

    for params in ADAFACTOR * 6:
        hyper, weight = module.Hyper(**params), drawn(0.2)
        state = module.init(weight)
        for _ in range(2):
            grad = drawn(0.3)
            theirs, made = torchs_step("Adafactor", hyper, grad, state, weight)
            ours, state = module.update(grad, state, weight, hyper)
            given = params, weight.tolist(), grad.tolist()
            assert_as_torch(ours, theirs, given, np.abs(weight), ulps=256, least=1e-8)
            for symbol in made.keys() - {"t"}:
                assert_as_torch(getattr(state, symbol), made[symbol], given, ulps=256, least=1e-8)
            if not np.isfinite(theirs).all() or not all(np.isfinite(value).all() for value in made.values()):
                break
            weight = theirs


# --- through a lane ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clip-overflow", "bce-inf", "clip-inf"])
def test_both_lanes_of_an_experiment_stand_at_the_same_numbers(name: str) -> None:
    """Of one that once did not: its loss and its weights after each of a few steps."""
    spec = check(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))
    for entry in range(len(spec.optimizers)):
        lanes = [make_lane(spec, entry, backend, initial_weights(spec)) for backend in ("diy", "torch")]
        for step in range(1, 4):
            losses = [float(lane.step(None)) for lane in lanes]
            np.testing.assert_array_equal(*losses, err_msg=f"loss of step {step}")
            for ours, theirs in zip(*(lane.weights() for lane in lanes), strict=True):
                assert_as_torch(ours, theirs, f"{name}, step {step}")


def test_a_lone_gradient_of_1e20_is_clipped_to_1() -> None:
    spec = check(json.loads((CASES / "clip-overflow.json").read_text(encoding="utf-8")))
    lane = make_lane(spec, 0, "diy", initial_weights(spec))
    lane.step(None)
    np.testing.assert_allclose(lane.weights()[0], 0.9, rtol=1e-6)
