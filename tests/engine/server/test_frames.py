"""What a frame's matrices and curves show: every extreme, both lanes on one scale, and nothing that is not there."""

from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.protocol import CurveRequest, MapRequest, Maps, Reading
from engine.run.lockstep import Lockstep
from engine.server.frames import curves, maps, maps_of
from engine.spec import check, state_names
from tests.engine.experiments import experiment, layer, optimizer, raw_article

INF, NAN = np.inf, np.nan


class Still:
    """A lane of one weight that stands still."""

    def __init__(self, weight: Any, dtype: str = "float32"):
        self.weight = np.array(weight, dtype)

    def weights(self) -> list[Array]:
        return [self.weight]


class StillRun:
    """Two such lanes, of which either may be missing."""

    names = ("layer1.weight",)

    def __init__(self, diy: Any, torch: Any, dtype: str = "float32"):
        self.lanes = {
            "diy": None if diy is None else Still(diy, dtype),
            "torch": None if torch is None else Still(torch, dtype),
        }

    def lane_of(self, entry: int, backend: str) -> Any:
        return self.lanes[backend] if entry == 0 else None


def shown(
    diy: Any, torch: Any, pixels: tuple[int, int] = (99, 99), at: tuple[int, int] | None = None, dtype: str = "float32"
) -> Maps:
    run: Any = StillRun(diy, torch, dtype)
    return maps(run, MapRequest(0, "layer1.weight", "weight", pixels, at))


def test_a_matrix_that_fits_is_shown_element_by_element() -> None:
    one, other = [[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [4, 5, 7]]
    frame = shown(one, other)
    assert (frame.shape, frame.block) == ((2, 3), (1, 1))
    np.testing.assert_array_equal(frame.diy, one)
    np.testing.assert_array_equal(frame.torch, other)
    np.testing.assert_array_equal(frame.delta, [[0, 0, 0], [0, 0, -1]])


@pytest.mark.parametrize("pixels", [(1, 1), (2, 3), (3, 2), (7, 5), (10, 1), (0, 0), (-4, 3)])
def test_a_pooled_cell_is_its_blocks_element_of_the_largest_magnitude(pixels: tuple[int, int]) -> None:
    matrix = np.random.default_rng(0).normal(size=(10, 11)).astype(np.float32)
    frame = shown(matrix, -matrix, pixels)
    rows, columns = frame.block
    assert -(-10 // rows) <= max(pixels[0], 1)
    assert -(-11 // columns) <= max(pixels[1], 1)
    assert frame.diy is not None
    for row, cells in enumerate(frame.diy):
        for column, cell in enumerate(cells):
            block = matrix[row * rows : (row + 1) * rows, column * columns : (column + 1) * columns]
            assert cell == block.flat[np.argmax(np.abs(block))]
    np.testing.assert_array_equal(frame.torch, -frame.diy)


@pytest.mark.parametrize("odd", [NAN, INF, -INF, 1e30, -1e30])
def test_pooling_loses_no_single_odd_element(odd: float) -> None:
    for place in range(12 * 12):
        matrix = np.ones((12, 12), np.float32)
        matrix.flat[place] = odd
        frame = shown(matrix, np.ones((12, 12)), (3, 3))
        assert frame.diy is not None
        assert frame.delta is not None
        row, column = place // 12 // 4, place % 12 // 4
        np.testing.assert_array_equal(frame.diy[row, column], np.float32(odd))
        assert np.count_nonzero(frame.delta) == 1
        assert frame.delta[row, column] != 0


def test_nan_wins_over_infinity_in_a_cell() -> None:
    frame = shown([[INF, NAN], [-INF, 1]], [[1, 1], [1, 1]], (1, 1))
    assert frame.diy is not None
    assert np.isnan(frame.diy).all()


def test_what_both_lanes_have_in_common_is_no_difference_be_it_infinite_or_no_number() -> None:
    odd = [[INF, -INF, NAN, 0.0, 1.0]]
    frame = shown(odd, [[INF, -INF, NAN, -0.0, 1.0]])
    np.testing.assert_array_equal(frame.delta, np.zeros((1, 5)))
    np.testing.assert_array_equal(frame.ulps, np.zeros((1, 5)))
    assert (frame.scale, frame.delta_scale, frame.ulps_scale) == (1, 0, 0)


def test_what_is_infinite_or_no_number_in_one_lane_alone_is_infinitely_far_or_unknown() -> None:
    frame = shown([[INF, 1, NAN, -INF]], [[1, INF, 1, INF]])
    np.testing.assert_array_equal(frame.delta, [[INF, -INF, NAN, -INF]])
    assert frame.ulps is not None
    assert (frame.ulps != 0).all()
    assert frame.scale == 1


def test_the_lanes_share_one_scale_and_the_difference_has_its_own() -> None:
    frame = shown([[1, -2]], [[3, -2]])
    assert (frame.scale, frame.delta_scale) == (3, 2)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_ulps_count_representable_numbers_with_the_sign_of_the_difference(dtype: str) -> None:
    one = np.ones(1, dtype)
    up = np.nextafter(np.nextafter(one, one * 2), one * 2)
    frame = shown([[1, up[0]]], [[up[0], 1]], dtype=dtype)
    np.testing.assert_array_equal(frame.ulps, [[-2, 2]])
    np.testing.assert_array_equal(frame.delta, [[1 - float(up[0]), float(up[0]) - 1]])


def test_a_reading_tells_all_numbers_of_an_element_and_none_outside_the_matrix() -> None:
    reading = shown([[1, 2], [3, 4]], [[1, 2], [3, 5]], (1, 1), (1, 1)).reading
    assert reading is not None
    assert (reading.row, reading.column, reading.diy, reading.torch, reading.delta) == (1, 1, 4, 5, -1)
    assert reading.ulps is not None
    assert reading.ulps < 0
    for outside in ((-1, 0), (0, -1), (2, 0), (0, 2), (10**9, 10**9)):
        assert shown([[1, 2], [3, 4]], [[1, 2], [3, 5]], at=outside).reading is None


@pytest.mark.parametrize("missing", ["diy", "torch"])
def test_a_missing_lane_is_none_and_leaves_no_difference(missing: str) -> None:
    lanes = {"diy": [[1.0, 2]], "torch": [[1.0, 2]], missing: None}
    frame = shown(lanes["diy"], lanes["torch"], at=(0, 1))
    assert getattr(frame, missing) is None
    assert (frame.delta, frame.ulps, frame.shape) == (None, None, (1, 2))
    assert (frame.scale, frame.delta_scale, frame.ulps_scale) == (2, 0, 0)
    assert frame.reading is not None
    assert {frame.reading.diy, frame.reading.torch} == {None, 2}
    assert (frame.reading.delta, frame.reading.ulps) == (None, None)


# --- of real runs ------------------------------------------------------------------------------


def run_of(name: str, steps: int, **params: Any) -> Lockstep:
    run = Lockstep(
        experiment([layer(3), layer(2)], optimizers=[optimizer(name, lr=0.1, **params)]), judge_at_once=False
    )
    run.advance(steps)
    return run


def asked(run: Lockstep, tensor: str, quantity: str, entry: int = 0) -> Maps:
    return maps(run, MapRequest(entry, tensor, quantity, (99, 99)))


def test_a_bias_is_one_row() -> None:
    run = run_of("SGD", 2)
    assert asked(run, "layer1.weight", "weight").shape == (3, 2)
    assert asked(run, "layer1.bias", "weight").shape == (1, 3)
    assert asked(run, "layer1.bias", "grad").shape == (1, 3)


@pytest.mark.parametrize(
    ("name", "params"), [("SGD", {"momentum": 0.9}), ("Adam", {"amsgrad": True}), ("AdamW", {"amsgrad": True})]
)
def test_every_symbol_of_the_optimizers_state_is_shown_for_both_lanes(name: str, params: dict[str, Any]) -> None:
    run = run_of(name, 3, **params)
    for symbol in state_names(name):
        frame = asked(run, "layer2.weight", symbol)
        assert frame.diy is not None
        assert frame.torch is not None
        assert frame.scale > 0
        np.testing.assert_allclose(frame.diy, frame.torch, rtol=1e-12)


def test_what_is_not_there_yet_is_shown_as_nothing() -> None:
    before = run_of("SGD", 0, momentum=0.9)
    assert asked(before, "layer1.weight", "grad").diy is None
    assert asked(before, "layer1.weight", "b").torch is None
    assert asked(run_of("SGD", 2), "layer1.weight", "b").shape == (0, 0)  # no momentum
    run = run_of("Adam", 1)
    for tensor, quantity, entry in (
        ("layer9.weight", "weight", 0),
        ("layer1.weight", "t", 0),
        ("layer1.weight", "nonsense", 0),
        ("layer1.weight", "weight", 1),
        ("layer1.weight", "weight", -1),
    ):
        frame = asked(run, tensor, quantity, entry)
        assert (frame.diy, frame.torch, frame.delta, frame.shape) == (None, None, None, (0, 0))


def test_a_frame_keeps_its_numbers_when_the_run_goes_on() -> None:
    """Torch updates its weights in place, and a frame may wait to be sent."""
    run = run_of("SGD", 1)
    frame = asked(run, "layer1.weight", "weight")
    assert frame.torch is not None
    kept = frame.torch.copy()
    run.advance(5)
    np.testing.assert_array_equal(frame.torch, kept)


def test_curves_come_in_the_lanes_order_with_the_exact_losses_at_a_step() -> None:
    run = Lockstep(
        check(raw_article(optimizers=[optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1)])), judge_at_once=False
    )
    assert curves(run, CurveRequest(100, at=1)).at is None  # before the first step
    run.advance(9)
    found = curves(run, CurveRequest(100, at=4))
    assert [curve.losses.tolist() for curve in found.lanes] == [series.values.tolist() for series in run.series]
    assert found.at == (4, tuple(series[4] for series in run.series))
    for asked_for, told in ((-5, 1), (0, 1), (10**9, 9)):
        reading = curves(run, CurveRequest(100, at=asked_for)).at
        assert reading is not None
        assert reading[0] == told


def test_matrices_of_unlike_shapes_have_no_difference_and_each_its_own_numbers() -> None:
    """LBFGS keeps a step or not by the sign of a number, which rounding may turn on one side alone."""
    diy, torch = np.arange(6.0).reshape(3, 2), -np.arange(4.0).reshape(2, 2)
    shown = maps_of(MapRequest(0, "layer1.weight", "S", (9, 9), (2, 1)), diy, torch)
    assert shown.shape == (3, 2)
    assert (shown.delta, shown.ulps) == (None, None)
    assert shown.reading == Reading(2, 1, 5.0, None, None, None)
