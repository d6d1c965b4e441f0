"""What an optimizer made of a gradient: parts that add up to the weight's change, exactly."""

from math import fsum, isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diy.optimizers import OPTIMIZERS
from engine.explain import explain
from engine.explain.updates import Change, Part, has_parts, update_parts
from engine.protocol import Explain
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.explaining import recorded
from tests.engine.strategies import PARAMS
from tests.products import covering

ORDINARY = st.one_of(st.floats(-1e3, -1e-3), st.floats(1e-3, 1e3))
CASES = st.one_of([st.tuples(st.just(name), params) for name, params in PARAMS.items()])


def change_of(name: str, params: dict[str, Any], weight: float, grads: list[float], dtype: str) -> Change:
    """The last of as many steps as there are gradients, of one weight."""
    module = OPTIMIZERS[name]
    hyper = module.Hyper(**params)
    after = np.array([weight], dtype)
    new = module.init(after)
    with np.errstate(all="ignore"):
        for grad in grads:
            before, state = after, new
            after, new = module.update(np.array([grad], dtype), state, before, hyper)
    number = np.float64(np.array(grads[-1], dtype))
    return Change(hyper, number, *map(np.float64, (before[0], after[0])), _state(state), _state(new))


def _state(state: Any) -> dict[str, np.float64]:
    entries = state._asdict().items()
    return {name: np.float64(np.ravel(value)[0]) for name, value in entries if value is not None}


def values(parts: list[Part]) -> list[float]:
    return [part.value for part in parts]


@given(CASES, ORDINARY, st.lists(ORDINARY, min_size=1, max_size=3), st.sampled_from(["float32", "float64"]))
@examples(60)
def test_parts_add_up_exactly_and_rounding_is_tiny(
    case: tuple[str, dict[str, Any]], weight: float, grads: list[float], dtype: str
) -> None:
    change = change_of(*case, weight, grads, dtype)
    parts = update_parts(case[0], change)
    assert fsum(values(parts)) == change.delta
    rounding = sum(abs(part.value) for part in parts if part.kind == "rounding")
    rest = [abs(part.value) for part in parts if part.kind != "rounding"]
    assert rounding <= 16 * np.finfo(dtype).eps * (abs(change.before) + abs(change.after) + sum(rest))


APART = {"weight_decay": 0.1, "decoupled_weight_decay": True}
ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(CASES, ANY, st.lists(ANY, min_size=1, max_size=3), st.sampled_from(["float32", "float64"]))
@examples(80)
def test_any_numbers_at_all_add_up_or_are_nan(
    case: tuple[str, dict[str, Any]], weight: float, grads: list[float], dtype: str
) -> None:
    with np.errstate(all="ignore"):
        change = change_of(*case, weight, grads, dtype)
    found = values(update_parts(case[0], change))
    assert all(map(isnan, found)) or fsum(found) == change.delta


def state(**entries: float) -> dict[str, np.float64]:
    return {name: np.float64(value) for name, value in entries.items()}


def test_where_parts_cancel_beyond_a_floats_digits_rounding_has_more_than_one_number() -> None:
    numbers = map(np.float64, (1e20 / 3, 0.0, 1e-7))
    change = Change(OPTIMIZERS["SGD"].Hyper(lr=1.0, momentum=0.9), *numbers, state(b=-1e20), {})
    parts = update_parts("SGD", change)
    assert fsum(values(parts)) == 1e-7
    assert [part.kind for part in parts].count("rounding") > 1


def test_sgds_parts_are_the_papers_terms() -> None:
    change = change_of("SGD", {"lr": 0.5, "momentum": 0.5, "weight_decay": 0.25}, 8.0, [2.0, 4.0], "float64")
    (b,) = change.state_before.values()  # 2 + 0.25 * 8
    weight = 8.0 - 0.5 * b
    assert [(part.kind, part.value) for part in update_parts("SGD", change)] == [
        ("gradient", -0.5 * 4.0),
        ("weight_decay", -0.5 * 0.25 * weight),
        ("momentum", -0.5 * 0.5 * b),
        ("rounding", 0.0),
    ]


def test_adams_parts_lead_from_the_gradient_to_the_scaled_mean() -> None:
    change = change_of("Adam", {"lr": 0.5, "betas": (0.5, 0.75), "eps": 0.0}, 1.0, [4.0], "float64")
    assert [(part.kind, part.value) for part in update_parts("Adam", change)] == [
        ("gradient", -2.0),
        ("momentum", 1.0),  # the mean is half a gradient
        ("bias_correction", -1.0),  # and is corrected to a whole one
        ("scaling", 1.5),  # over the root mean square, 4
        ("rounding", 0.0),
    ]


def terms(change: Change, name: str) -> list[tuple[str, float]]:
    return [(part.kind, part.value) for part in update_parts(name, change)]


def test_rprops_parts_lead_from_the_gradient_to_its_sign() -> None:
    step = {"lr": 0.5, "etas": (0.5, 2.0)}
    kept = change_of("Rprop", step, 1.0, [4.0, 8.0], "float64")
    assert terms(kept, "Rprop") == [("gradient", -4.0), ("scaling", 3.0), ("rounding", 0.0)]  # a step of 1
    turned = change_of("Rprop", step, 1.0, [4.0, -8.0], "float64")
    assert terms(turned, "Rprop") == [("gradient", 4.0), ("scaling", -4.0), ("rounding", 0.0)]  # no step


def test_asgds_parts_are_at_the_rate_of_the_step_before() -> None:
    change = change_of("ASGD", {"lr": 0.5, "lambd": 0.5, "alpha": 1.0}, 1.0, [2.0, 4.0], "float64")
    weight = 1.0 - 0.5 * 0.5 * 1.0 - 0.5 * 2.0
    eta = float(np.float32(0.5 / 1.25))
    expected = [("gradient", -2.0), ("scaling", -(eta - 0.5) * 4.0), ("decoupled_decay", -0.5 * eta * weight)]
    assert terms(change, "ASGD")[:3] == expected


def test_nadams_momentum_looks_ahead() -> None:
    change = change_of("NAdam", {"lr": 1.0, "betas": (0.5, 0.75), "momentum_decay": 0.0}, 1.0, [4.0], "float64")
    found = dict(terms(change, "NAdam"))
    assert found["momentum"] == 0.5  # mu is a quarter: the look ahead is three quarters of 4 and a quarter of 2
    m_bar = 0.75 * 4.0 / (1 - 0.25) + 0.25 * 2.0 / (1 - 0.0625)
    assert found["bias_correction"] == pytest.approx(3.5 - m_bar)
    assert found["scaling"] == pytest.approx(m_bar - m_bar / 4.0)


def test_radam_scales_as_soon_as_it_may() -> None:
    change = change_of("RAdam", {}, 1.0, [1.0] * 5, "float64")
    assert "scaling" not in dict(terms(change, "RAdam"))
    change = change_of("RAdam", {}, 1.0, [1.0] * 6, "float64")
    assert "scaling" in dict(terms(change, "RAdam"))


@pytest.mark.parametrize(
    ("name", "params", "kinds"),
    [
        ("SGD", {}, "gradient rounding"),
        ("SGD", {"weight_decay": 0.1}, "gradient weight_decay rounding"),
        ("SGD", {"momentum": 0.9, "nesterov": True}, "gradient momentum rounding"),
        ("Adam", {"weight_decay": 0.1}, "gradient weight_decay momentum bias_correction scaling rounding"),
        ("AdamW", {}, "gradient momentum bias_correction scaling decoupled_decay rounding"),
        ("AdamW", {"weight_decay": 0.0}, "gradient momentum bias_correction scaling rounding"),
        ("Adam", {"decoupled_weight_decay": True}, "gradient momentum bias_correction scaling rounding"),
        ("Adamax", {"weight_decay": 0.1}, "gradient weight_decay momentum bias_correction scaling rounding"),
        ("NAdam", {"weight_decay": 0.1}, "gradient weight_decay momentum bias_correction scaling rounding"),
        ("NAdam", APART, "gradient momentum bias_correction scaling decoupled_decay rounding"),
        ("RAdam", APART, "gradient momentum bias_correction decoupled_decay rounding"),
        ("RAdam", {"betas": (0.0, 0.0)}, "gradient momentum bias_correction rounding"),  # never trusted
        ("Adagrad", {}, "gradient scaling rounding"),
        ("Adadelta", {"weight_decay": 0.1}, "gradient weight_decay scaling rounding"),
        ("RMSprop", {}, "gradient scaling rounding"),
        ("RMSprop", {"momentum": 0.9, "centered": True}, "gradient scaling momentum rounding"),
        ("Rprop", {}, "gradient scaling rounding"),
        ("ASGD", {"weight_decay": 0.1}, "gradient weight_decay scaling decoupled_decay rounding"),
        ("ASGD", {"lambd": 0.0}, "gradient scaling rounding"),
    ],
)
def test_only_what_is_switched_on_has_a_part(name: str, params: dict[str, Any], kinds: str) -> None:
    parts = update_parts(name, change_of(name, params, 1.0, [0.5, 0.25], "float32"))
    assert [part.kind for part in parts] == kinds.split()


def test_maximizing_turns_the_gradient_step_round() -> None:
    change = change_of("SGD", {"lr": 0.5, "maximize": True}, 1.0, [4.0], "float64")
    gradient = update_parts("SGD", change)[0]
    assert gradient.value == 2.0
    assert not gradient.formula.startswith("-")


def test_an_optimizer_without_parts_of_its_own_has_the_gradient_step_and_the_rest() -> None:
    change = change_of("Adam", {"lr": 0.5}, 1.0, [4.0], "float64")
    parts = update_parts("Unheard of", change)
    assert [part.kind for part in parts] == ["gradient", "else", "rounding"]
    assert parts[0].value == -2.0
    assert fsum(values(parts)) == change.delta


def test_every_optimizer_of_the_textbook_has_parts_of_its_own() -> None:
    assert [name for name in OPTIMIZERS if not has_parts(name)] == []


@pytest.mark.parametrize(
    ("entry", "dtype", "step"),
    covering(
        [
            optimizer("SGD", lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1),
            optimizer("SGD", lr=0.1, momentum=0.9, dampening=0.5, maximize=True),
            optimizer("Adam", amsgrad=True, weight_decay=0.1),
            optimizer("AdamW", lr=0.1),
            optimizer("Adam", weight_decay=0.1, decoupled_weight_decay=True),
            optimizer("Adamax", weight_decay=0.1),
            optimizer("NAdam", weight_decay=0.1, decoupled_weight_decay=True, momentum_decay=0.5),
            optimizer("RAdam", maximize=True),
            optimizer("Adagrad", lr_decay=0.5, initial_accumulator_value=0.1),
            optimizer("Adadelta", weight_decay=0.1),
            optimizer("RMSprop", momentum=0.9, centered=True, maximize=True),
            optimizer("Rprop", lr=0.1),
            optimizer("ASGD", lambd=0.5, weight_decay=0.1, t0=0.0),
        ],
        ["float32", "float64"],
        [1, 3],
        strength=1,
    ),
)
def test_both_sides_of_a_recorded_step_add_up(entry: dict[str, Any], dtype: str, step: int) -> None:
    trace = recorded(experiment([layer(3), layer(2)], optimizers=[entry], dtype=dtype), step)
    found = explain(trace, Explain(0, 0, step, 0, "layer2.weight", (1, 2)))
    for side in (0, 1):
        parts = {part.kind: part.value[side] for part in found.parts}
        assert fsum(parts.values()) == found.delta[side]
        assert abs(parts.pop("rounding")) < 1e2 * np.finfo(dtype).eps * max(map(abs, [*parts.values(), 1]))


@pytest.mark.parametrize("clip", [{"norm": 0.01}, {"value": 0.005}])
@pytest.mark.parametrize("name", ["SGD", "Adam", "Rprop", "Adafactor"])
def test_what_clipping_takes_from_the_gradient_is_a_part_of_its_own(name: str, clip: dict[str, float]) -> None:
    """The gradient's part is the rate times the gradient that is shown."""
    trace = recorded(experiment([layer(3), layer(2)], optimizers=[{**optimizer(name, lr=0.1), "clip": clip}]), 2)
    found = explain(trace, Explain(0, 0, 2, 0, "layer2.weight", (1, 2)))
    parts = {part.kind: part.value.diy for part in found.parts}
    assert parts["gradient"] == -0.1 * found.grad.diy
    assert parts["gradient"] + parts["clipping"] == pytest.approx(-0.1 * trace.diy["layer2.weight.clipped"][1, 2])
    for side in (0, 1):
        assert fsum(part.value[side] for part in found.parts) == found.delta[side]
