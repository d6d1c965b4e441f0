"""Networks, losses, data and optimizers that hypothesis draws: DIY equals torch in float64 and passes gradcheck.

Both programs round differently, so where a function jumps (the slope of l1, relu and leaky_relu at
their kink) a rounding error may decide between two gradients that are both right. Data, targets and
weights are therefore in general position; where a step still comes within NEAR of a kink, the example is
discarded. So is a run that explodes, in which each step multiplies the rounding errors of the last.
Everything else is compared, whatever it is.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.diy.losses import LOSSES
from engine.diy.network import backward, forward
from engine.lane.diy_lane import layers_of
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, activation_names, loss_names, shapes_of
from tests.drawing import examples
from tests.engine.experiments import assert_same, experiment, layer, tensors_of
from tests.engine.strategies import adam_params, sgd_params

STEPS = 20
KINKS = {"relu": (0.0,), "leaky_relu": (0.0,), "hardtanh": (-1.0, 1.0), "relu6": (0.0, 6.0), "hardswish": (-3.0, 3.0)}
EXPLODED = 100.0  # a loss; all begin at about 1
LEAST_BETA2 = 0.5
NEAR = 1e-9  # of a kink, in the comparison over steps
NEAR_IN_GRADCHECK = 1e-4  # which takes differences over 2e-6

layers = st.lists(
    st.builds(layer, st.integers(1, 6), st.sampled_from(activation_names()), st.booleans()), min_size=1, max_size=3
)


@st.composite
def optimizers(draw: st.DrawFn) -> dict[str, Any]:
    """Rates small enough that 20 steps do not multiply a rounding error by thousands.

    So is the second beta large enough: at 0 a step is the gradient's sign, which jumps where that is about 0.
    """
    name = draw(st.sampled_from(["SGD", "Adam", "AdamW"]))
    params = draw(sgd_params() if name == "SGD" else adam_params)
    if name != "SGD":
        first, second = params["betas"]
        params["betas"] = (first, max(second, LEAST_BETA2))
    params["lr"] = params["lr"] * 0.05
    return {"name": name, "params": {key: list(v) if isinstance(v, tuple) else v for key, v in params.items()}}


@st.composite
def experiments(draw: st.DrawFn) -> ExperimentSpec:
    rows = draw(st.integers(1, 8))
    batch = draw(st.fixed_dictionaries({"size": st.none() | st.integers(1, rows), "shuffle": st.booleans()}))
    return experiment(
        draw(layers),
        inputs=draw(st.integers(1, 5)),
        rows=rows,
        loss=draw(st.sampled_from(loss_names())),
        data_seed=draw(st.integers(0, 10_000)),
        optimizers=[draw(optimizers())],
        start={"seed": draw(st.integers(0, 10_000))},
        batch=batch,
    )


def distances_to_kinks(spec: ExperimentSpec, weights: Sequence[Array], x: Array, y: Array) -> Iterator[Array]:
    out, caches = forward(layers_of(spec), params_of(spec, weights), x)
    for part, (_, z, _) in zip(spec.network.layers, caches, strict=True):
        yield from (z - kink for kink in KINKS.get(part.activation, ()))
    if spec.network.loss == "l1":
        yield out - y


def params_of(spec: ExperimentSpec, weights: Sequence[Array]) -> dict[str, Array]:
    return dict(zip(shapes_of(spec), weights, strict=True))


def arrays(spec: ExperimentSpec) -> tuple[Array, Array]:
    return np.array(spec.data.x), np.array(spec.data.y)


def assume_no_kink_within(near: float, spec: ExperimentSpec, weights: Sequence[Array]) -> None:
    """Exact zeros may stay: they are zeros on both sides."""
    for distance in distances_to_kinks(spec, weights, *arrays(spec)):
        assume(np.all((np.abs(distance) > near) | (distance == 0)))


@examples(15)
@given(experiments())
def test_diy_equals_torch_over_steps(spec: ExperimentSpec) -> None:
    lockstep = Lockstep(spec, parity=False, history=False)
    for _ in range(STEPS):
        assume_no_kink_within(NEAR, spec, lockstep.lanes[0].lane.weights())
        lockstep.advance()
        diy, twin = lockstep.losses
        assume(twin < EXPLODED)
        np.testing.assert_allclose(diy, twin, rtol=1e-9, atol=1e-12)
        assert_same(tensors_of(lockstep, 0), tensors_of(lockstep, 1), rtol=1e-9, atol=1e-11)


class TextbookLoss(torch.autograd.Function):
    """The textbook's forward and backward under autograd's roof, so that gradcheck may judge them."""

    @staticmethod
    def forward(ctx: Any, spec: ExperimentSpec, *weights: torch.Tensor) -> torch.Tensor:
        x, y = arrays(spec)
        stack, params = layers_of(spec), params_of(spec, [weight.detach().numpy() for weight in weights])
        a, caches = forward(stack, params, x)
        loss = LOSSES[spec.network.loss]
        ctx.gradients = list(backward(stack, params, caches, loss.df(a, y)).values())
        return torch.tensor(loss.f(a, y), dtype=torch.float64)

    @staticmethod
    def backward(ctx: Any, *outer: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return None, *(outer[0] * torch.tensor(gradient) for gradient in ctx.gradients)


@examples(15)
@given(experiments())
def test_diy_gradients_pass_gradcheck(spec: ExperimentSpec) -> None:
    start = Lockstep(spec, judge_at_once=False).start
    for distance in distances_to_kinks(spec, start, *arrays(spec)):
        assume(np.abs(distance).min() > NEAR_IN_GRADCHECK)
    weights = [torch.tensor(weight, requires_grad=True) for weight in start]
    assert torch.autograd.gradcheck(lambda *given: TextbookLoss.apply(spec, *given), weights)
