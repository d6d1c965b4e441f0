"""Numbers in the views: exact ones read back, short ones fit, colours say their sign."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.look.axes import ValueAxis
from gui.look.colormaps import LEVELS, NOT_FINITE, diverging, is_light, levels
from gui.look.numbers import counted, exact, place, rounded, short


@given(st.floats(width=64, allow_nan=False, allow_infinity=False))
def test_exact_is_read_back_in_float64(value):
    assert float(exact(value)) == value


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_exact_in_float32_is_read_back_and_no_longer_than_needed(value):
    text = exact(value, "float32")
    assert np.float32(text) == np.float32(value)
    assert len(text) <= len("-1.23456789e-38")


def test_exact_does_not_grow_digits_float32_never_had():
    assert exact(float(np.float32(0.1)), "float32") == "0.1"
    assert exact(1 / 3, "float32") == "0.333333333", "a difference need not be a float32"


@pytest.mark.parametrize(
    ("value", "text"),
    [(3e-8, "3.0e−08"), (0, "0"), (0.5, "0.5"), (-0.25, "−0.25"), (float("inf"), "∞"), (float("nan"), "NaN")],
)
def test_rounded(value, text):
    assert rounded(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1.234e-5, 2, "1.2e−5"),
        (-0.0, 3, "0"),
        (-0.00012, 2, "−1.2e−4"),
        (0.001, 3, "0.001"),
        (1000, 4, "1000"),
        (-1234567, 3, "−1.23e6"),
        (0.12345, 3, "0.123"),
        (-np.inf, 3, "−∞"),
    ],
)
def test_short(value, digits, text):
    assert short(value, digits) == text


def test_counts_and_places():
    assert (counted(12345.0), counted(-2), counted(1e6)) == ("12,345", "−2", "1,000,000")
    assert counted(9.19e18) == counted(-1e12) == counted(np.inf) == counted(np.nan) == "", "these say nothing"
    assert (place("layer1.weight", (2, 3)), place("loss", ())) == ("layer1.weight[2, 3]", "loss")


def test_zero_is_neutral_and_the_ends_are_the_scales():
    at = levels(np.array([-2.0, -1.0, 0.0, 1.0, 5.0]), 1.0)
    assert at.tolist() == [0, 0, LEVELS // 2, LEVELS - 1, LEVELS - 1]


def test_what_is_not_finite_has_no_color():
    at = levels(np.array([np.nan, np.inf, -np.inf, 0.0]), 1.0)
    assert at.tolist() == [NOT_FINITE] * 3 + [LEVELS // 2]
    assert diverging(False)[at][:, 3].tolist() == [0, 0, 0, 255]


@pytest.mark.parametrize("scale", [0.0, np.inf, np.nan])
def test_a_scale_of_nothing_is_no_error(scale):
    assert levels(np.zeros((2, 2)), scale).tolist() == [[LEVELS // 2] * 2] * 2


@pytest.mark.parametrize("dark", [False, True])
def test_both_signs_are_told_apart_without_red_and_green(dark):
    """Blue against orange: the blue channel orders the signs, whatever the other cones see."""
    table = diverging(dark)[:LEVELS].astype(int)
    low, high = table[: LEVELS // 4], table[-LEVELS // 4 :]
    assert (low[:, 2] - low[:, 0]).min() > 40
    assert (high[:, 0] - high[:, 2]).min() > 40


def test_numbers_on_bright_cells_are_dark():
    assert is_light(np.array([[255, 255, 255, 255], [11, 74, 143, 255]])).tolist() == [True, False]


@pytest.fixture
def axis(qapp):
    return ValueAxis("left")


@pytest.mark.parametrize(("low", "high"), [(-8, 3), (-2, 0.4), (-0.46, -0.455), (-300, 200)])
def test_a_logarithmic_axis_has_labels_at_any_zoom(axis, low, high):
    axis.setLogMode(x=False, y=True)
    texts = []
    for spacing, values in axis.tickValues(low, high, 300):
        texts += [text for text in axis.tickStrings(values, 1.0, spacing) if text]
    assert 2 <= len(texts) <= 25
    assert len(set(texts)) == len(texts), "no two ticks read the same"


@pytest.mark.parametrize(("low", "high"), [(-1.3, 0.15), (-0.9, 0.5), (-0.2, 0.1)])
def test_labels_of_a_logarithmic_axis_do_not_run_into_each_other(axis, low, high):
    axis.setLogMode(x=False, y=True)
    labelled = []
    for spacing, values in axis.tickValues(low, high, 300):
        labelled += [value for value, text in zip(values, axis.tickStrings(values, 1.0, spacing), strict=True) if text]
    pixels = np.diff(sorted(labelled)) * 300 / (high - low)
    assert pixels.min() >= 16


def test_whole_numbers_of_few_digits_are_written_out(axis):
    """Ticks of two spacings stand side by side: 15 beside 2e1 would not read as a scale."""
    assert axis.tickStrings([10.0, 20.0], 1.0, 10.0) == ["10", "20"]
    assert axis.tickStrings([-4000.0], 1.0, 1000.0) == ["−4000"]
    assert axis.tickStrings([200000.0], 1.0, 1e5) == ["2e5"]
