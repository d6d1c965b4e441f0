"""The comparison against a slow, plain reference: loops over Python floats, one rule a line."""

import math
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy import ndarray as Array

from engine.lane.layout import Layout
from engine.parity.block_comparison import BlockComparison
from engine.parity.distances import ulps_apart
from engine.parity.live_comparison import LiveComparison
from engine.parity.records import Comparison
from engine.protocol import Distance
from tests.drawing import examples

DTYPES = ["float32", "float64"]
SHAPES = {"layer1.weight": (2, 3), "layer1.bias": (2,)}
INF, NAN = math.inf, math.nan


class Tensors(NamedTuple):
    """What one lane hands to the comparison, part by part."""

    loss: float
    gradients: Sequence[Array]
    weights: Sequence[Array]
    states: Sequence[dict[str, Any]]

    def flat(self) -> list[Any]:
        return [self.loss, *self.gradients, *self.weights, *(v for state in self.states for v in state.values())]


@pytest.fixture(params=[BlockComparison, LiveComparison], autouse=True)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both comparisons: of what is laid end to end, and of what is compared where it is."""
    monkeypatch.setitem(globals(), "KIND", request.param)


KIND: type[BlockComparison] | type[LiveComparison] = BlockComparison


def comparison_of(weights: Mapping[str, tuple[int, ...]], symbols: Sequence[str], dtype: str) -> Comparison:
    """A comparison of weights whose state entries are of their shape, but for the step counter."""
    states = {name: {one: () if one == "t" else shape for one in symbols} for name, shape in weights.items()}
    return KIND(Layout(weights, states), dtype)


def measure(comparison: Comparison, *steps: Tensors) -> None:
    """A block of steps: diy, torch, diy, torch …"""
    comparison.begin(0)
    for row, diy in enumerate(steps[::2], start=1):
        comparison.diy.put(row, diy.flat())
    for row, twin in enumerate(steps[1::2], start=1):
        comparison.torch.put(row, twin.flat())
    comparison.compare(len(steps) // 2)
    comparison.remember()


def is_within(comparison: Comparison) -> bool:
    return comparison.first_outside() is None


def special(dtype: str) -> list[float]:
    kind = np.finfo(dtype)
    tiny, edge = float(kind.smallest_subnormal), float(kind.tiny)
    return [0.0, -0.0, tiny, -tiny, edge, -edge, float(kind.max), float(kind.min), INF, -INF, NAN, 1.0, -1.0]


def floats_of(dtype: str) -> st.SearchStrategy[float]:
    return st.sampled_from(special(dtype)) | st.floats(width=32 if dtype == "float32" else 64)


@st.composite
def pairs(draw: st.DrawFn, dtype: str, shape: tuple[int, ...]) -> tuple[Array, Array]:
    """Two arrays of which many elements are equal or nearly so, as those of a pair of lanes are."""
    one = draw(hnp.arrays(dtype, shape, elements=floats_of(dtype)))
    other = draw(hnp.arrays(dtype, shape, elements=floats_of(dtype)))
    near = draw(hnp.arrays(np.int64, shape, elements=st.integers(0, 2)))
    with np.errstate(all="ignore"):
        beside = np.nextafter(one, other)
    return one, np.select([near == 0, near == 1], [one, beside], other).astype(dtype)


@st.composite
def lanes(draw: st.DrawFn, dtype: str) -> tuple[Tensors, Tensors]:
    drawn = {name: [draw(pairs(dtype, shape)) for _ in range(3)] for name, shape in SHAPES.items()}
    loss = draw(pairs(dtype, ()))
    steps = [draw(st.integers(0, 5)) for _ in range(2)]

    def side(which: int) -> Tensors:
        grads, weights, moments = zip(*([pair[which] for pair in group] for group in drawn.values()), strict=True)
        states: Sequence[dict[str, Any]] = [{"t": steps[which], "m": m} for m in moments]
        return Tensors(float(loss[which]), grads, weights, states)

    return side(0), side(1)


def rank(value: float, dtype: str) -> int:
    """The number's place among all representable ones; both zeros stand at 0."""
    code, size = ("f", "i") if dtype == "float32" else ("d", "q")
    (bits,) = struct.unpack(f"<{size}", struct.pack(f"<{code}", abs(value)))
    return -bits if value < 0 else bits


def apart(a: float, b: float, dtype: str) -> tuple[float, float, float]:
    """Absolute and relative distance and ULPs of one element, by definition."""
    kind = np.dtype(dtype).type
    if math.isnan(a) or math.isnan(b):
        return (0.0, 0.0, 0.0) if math.isnan(a) and math.isnan(b) else (INF, INF, INF)
    ulps = float(abs(rank(a, dtype) - rank(b, dtype)))
    if a == b:
        return 0.0, 0.0, 0.0
    if math.isinf(a) or math.isinf(b):
        return INF, INF, ulps
    with np.errstate(all="ignore"):
        absolute = np.abs(kind(a) - kind(b))
        relative = absolute / np.abs(kind(b))
    return float(absolute), float(relative), ulps


def reference(parts: dict[str, tuple[Array, Array]], dtype: str) -> tuple[float, float, float]:
    places = (pair for one, other in parts.values() for pair in zip(one.flat, other.flat, strict=True))
    elements = [apart(float(a), float(b), dtype) for a, b in places]
    return tuple(map(max, zip(*elements, strict=True)))  # type: ignore[return-value]


def by_group(diy: Tensors, twin: Tensors, dtype: str) -> dict[str, dict[str, tuple[Array, Array]]]:
    """Every compared tensor of both sides, in the comparison's words."""
    groups: dict[str, dict[str, tuple[Array, Array]]] = {
        "loss": {"loss": (np.array(diy.loss, dtype), np.array(twin.loss, dtype))},
        "grad": {
            f"{n}.grad": pair for n, pair in zip(SHAPES, zip(diy.gradients, twin.gradients, strict=True), strict=True)
        },
        "weight": dict(zip(SHAPES, zip(diy.weights, twin.weights, strict=True), strict=True)),
        "state": {},
    }
    for name, ours, torchs in zip(SHAPES, diy.states, twin.states, strict=True):
        for symbol in ours:
            pair = np.array(ours[symbol], dtype), np.array(torchs[symbol], dtype)
            groups["state"][f"{name}.{symbol}"] = pair
    return groups


@pytest.mark.parametrize("dtype", DTYPES)
@examples(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_distances_equal_a_slow_reference(dtype: str, data: st.DataObject) -> None:
    diy, twin = data.draw(lanes(dtype))
    comparison = comparison_of(SHAPES, ("t", "m"), dtype)
    with np.errstate(all="ignore"):
        measure(comparison, diy, twin)
    for group, parts in by_group(diy, twin, dtype).items():
        found = comparison.group(group)
        assert found is not None
        assert found[:3] == reference(parts, dtype), group
        one, other = (side[found.index] for side in parts[found.tensor])
        assert apart(float(one), float(other), dtype)[0] == found.max_abs, "where"


def agrees(one: Array, other: Array) -> bool:
    try:
        torch.testing.assert_close(torch.from_numpy(one), torch.from_numpy(other), equal_nan=True)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("dtype", DTYPES)
@examples(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_tolerance_is_that_of_torchs_assert_close(dtype: str, data: st.DataObject) -> None:
    diy, twin = data.draw(lanes(dtype))
    comparison = comparison_of(SHAPES, ("t", "m"), dtype)
    with np.errstate(all="ignore"):
        measure(comparison, diy, twin)
    expected = {
        name: agrees(np.atleast_1d(one), np.atleast_1d(other))
        for parts in by_group(diy, twin, dtype).values()
        for name, (one, other) in parts.items()
    }
    assert is_within(comparison) == all(expected.values())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("factor", [0.999, 1.001])
@pytest.mark.parametrize("expected", [0.0, 1.0, -250.0, 1e-7])
def test_tolerance_just_inside_and_just_outside(expected: float, factor: float, dtype: str) -> None:
    rtol, atol = {"float32": (1.3e-6, 1e-5), "float64": (1e-7, 1e-7)}[dtype]
    # Far enough from the edge that float32's own spacing at 250 does not decide.
    offset = (rtol * abs(expected) + atol) * (1 + (factor - 1) * (100 if dtype == "float32" else 1))
    twin, diy = np.array([expected], dtype), np.array([expected + offset], dtype)
    comparison = comparison_of({"layer1.bias": (1,)}, (), dtype)
    measure(comparison, Tensors(0.0, [diy], [twin], [{}]), Tensors(0.0, [twin], [twin], [{}]))
    assert is_within(comparison) == (factor < 1) == agrees(diy, twin)


def measured(diy: float, twin: float, dtype: str = "float32") -> Comparison:
    comparison = comparison_of({"layer1.bias": (2,)}, (), dtype)
    ours, torchs = np.array([1, diy], dtype), np.array([1, twin], dtype)
    with np.errstate(all="ignore"):
        measure(comparison, Tensors(0.0, [ours], [ours], [{}]), Tensors(0.0, [torchs], [torchs], [{}]))
    return comparison


@pytest.mark.parametrize(("diy", "twin"), [(NAN, 1.0), (1.0, NAN), (INF, 1.0), (1.0, INF), (INF, -INF), (NAN, INF)])
def test_what_one_lane_alone_has_is_infinitely_far(diy: float, twin: float) -> None:
    comparison = measured(diy, twin)
    found = comparison.group("weight")
    assert found is not None
    assert not is_within(comparison)
    assert (found.max_abs, found.max_rel, found.tensor, found.index) == (INF, INF, "layer1.bias", (1,))
    assert comparison.worst.max() == INF


@pytest.mark.parametrize("value", [NAN, INF, -INF])
def test_what_both_lanes_have_agrees(value: float) -> None:
    comparison = measured(value, value)
    assert is_within(comparison)
    assert comparison.group("weight") == Distance(0.0, 0.0, 0.0, "layer1.bias", (0,), 0.0)


def test_worst_is_the_largest_of_the_run() -> None:
    comparison = comparison_of({"layer1.bias": (1,)}, (), "float64")
    for offset in (0.25, 0.5, 0.125):
        ours, torchs = np.array([1 + offset]), np.array([1.0])
        measure(comparison, Tensors(0.0, [torchs], [ours], [{}]), Tensors(0.0, [torchs], [torchs], [{}]))
    assert comparison.worst.max() == 0.5
    assert comparison.group("weight") == Distance(0.125, 0.125, 0.125 * 2**52, "layer1.bias", (0,), 0.125 * 2**52)


def test_a_state_that_neither_lane_has_yet_agrees_and_one_that_a_lane_lacks_does_not() -> None:
    comparison, weight = comparison_of({"layer1.bias": (2,)}, ("b",), "float32"), np.ones(2, np.float32)
    without, having = (Tensors(0.0, [weight], [weight], [{"b": state}]) for state in (None, weight))
    measure(comparison, without, without)
    assert is_within(comparison)
    measure(comparison, having, having)
    assert is_within(comparison)
    for diy, twin in ((without, having), (having, without)):
        measure(comparison, diy, twin)
        assert not is_within(comparison)
        assert comparison.group("state") == Distance(INF, INF, INF, "layer1.bias.b", (0,), INF)


@pytest.mark.parametrize("dtype", DTYPES)
@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_ulps_are_a_distance_and_count_representable_numbers(dtype: str, data: st.DataObject) -> None:
    numbers = floats_of(dtype)
    a, b, c = (np.array([data.draw(numbers)], dtype) for _ in range(3))
    there, back = float(ulps_apart(a, b)[0]), float(ulps_apart(b, a)[0])
    assert there == back
    assert there == apart(float(a[0]), float(b[0]), dtype)[2]
    assert float(ulps_apart(a, a)[0]) == 0
    if not (np.isnan(a) | np.isnan(b) | np.isnan(c)).any():
        assert float(ulps_apart(a, c)[0]) <= (there + float(ulps_apart(b, c)[0])) * (1 + 1e-15)
    if np.isfinite(a[0]):
        with np.errstate(over="ignore"):
            above = np.nextafter(a, np.array(INF, dtype))
        assert float(ulps_apart(a, above)[0]) == 1


@pytest.mark.parametrize("dtype", DTYPES)
def test_ulps_around_zero(dtype: str) -> None:
    tiny = np.finfo(dtype).smallest_subnormal
    assert ulps_apart(np.array([0.0], dtype), np.array([-0.0], dtype))[0] == 0
    assert ulps_apart(np.array([tiny], dtype), np.array([-tiny], dtype))[0] == 2
