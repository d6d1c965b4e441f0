"""The columns of the race's table: what each says of a lane, how it is written, and what it means."""

from collections.abc import Callable
from math import isfinite, nan
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.protocol import PairParity, RaceRow
from gui.look.glossary import explained
from gui.look.lanes import Lane
from gui.look.numbers import exact, in_percent, short
from gui.views.parity.parity_words import SYMBOLS, distance_cell

translate = QCoreApplication.translate


class Standing(NamedTuple):
    """Hold a lane's line of the table. ``pair``: how its pair stands, None where it is alone or nothing is known.

    ``earlier`` is the name of an earlier run's lane; empty of one of the run at hand.
    """

    lane: Lane
    row: RaceRow | None
    pair: PairParity | None
    dtype: str
    earlier: str = ""

    @property
    def name(self) -> str:
        return self.earlier or self.lane.name


Number = float | int | None


class Column(NamedTuple):
    """Describe a column. ``value`` is sorted by and copied; ``text`` writes it; ``widest`` is one it has room for."""

    key: str
    title: str
    about: str
    value: Callable[[Standing], Number]
    text: Callable[[Number, Standing], str]
    widest: str


def columns(tested: bool = False, classified: bool = False) -> tuple[Column, ...]:
    """Make the columns after the lane's own, in the window's language: so not before it has one.

    ``tested``: the experiment has rows that only test; ``classified``: its targets are classes.
    """
    final, best, *measures = _losses()
    compute, *others, state = _costs()
    more = [_test_loss()] if tested else []
    if classified:
        more += _accuracies()[: 1 + tested]
    return (final, best, *more, _parity(), *measures, compute, state, *others)


def _accuracies() -> tuple[Column, ...]:
    return (
        Column(
            "accuracy",
            translate("race", "Accuracy"),
            translate(
                "race",
                "The share of training rows that are answered with the right class, at the weights that the step shown "
                "has led to; of large data it is worked out when the run pauses",
            ),
            lambda lane: lane.row and lane.row.accuracy,
            _share,
            ">99.9 %",
        ),
        Column(
            "test_accuracy",
            translate("race", "Test accuracy"),
            translate("race", "The share of test rows that are answered with the right class"),
            lambda lane: lane.row and lane.row.test_accuracy,
            _share,
            ">99.9 %",
        ),
    )


def _test_loss() -> Column:
    return Column(
        "test",
        translate("race", "Test loss"),
        translate("race", "The loss over the rows that only test, at the weights that the step shown has led to"),
        lambda lane: lane.row and lane.row.test,
        _loss,
        "−0.12345678e−10",
    )


def _losses() -> tuple[Column, ...]:
    return (
        Column(
            "final",
            translate("race", "Final loss"),
            translate("race", "The loss over all training rows, at the weights that the step shown has led to"),
            lambda lane: lane.row and lane.row.final,
            _loss,
            "−0.12345678e−10",
        ),
        Column(
            "best",
            translate("race", "Best loss"),
            translate("race", "The lowest loss over all training rows that is known, up to the step shown"),
            lambda lane: lane.row and lane.row.best,
            _loss,
            "−0.12345678e−10",
        ),
        Column(
            "target_step",
            translate("race", "Steps to target"),
            translate(
                "race",
                "After how many steps the loss over all rows was first known to be at most the target; "
                "set one above the plot",
            ),
            lambda lane: lane.row and lane.row.target_step,
            _count,
            "1,000,000",
        ),
        Column(
            "area",
            translate("race", "Area, log"),
            translate(
                "race",
                "The area under the curve of the logarithm of each batch's loss, per step: the mean of log10(loss). "
                "Lower is faster; −2 is a loss of 0.01 on (geometric) average",
            ),
            lambda lane: lane.row and lane.row.area,
            _measure,
            "−1.23456e−05",
        ),
        Column(
            "grad_norm",
            translate("race", "Gradient norm"),
            translate("race", "The length of the gradient over all weights, in the step shown"),
            lambda lane: lane.row and lane.row.grad_norm,
            _measure,
            "1.23456e−10",
        ),
    )


def _costs() -> tuple[Column, ...]:
    return (
        Column(
            "seconds_per_step",
            translate("race", "µs per step"),
            translate("race", "Microseconds of compute per step, measured on this machine: each run has others"),
            lambda lane: lane.row and lane.row.seconds_per_step * 1e6,
            _measure_short,
            "123,456",
        ),
        Column(
            "seconds",
            translate("race", "Compute, s"),
            translate("race", "Seconds that this lane has computed up to the step shown"),
            lambda lane: lane.row and lane.row.seconds,
            _measure_short,
            "1,234.5",
        ),
        Column(
            "evaluations",
            translate("race", "Evaluations"),
            translate("race", "How often the loss and its gradient were worked out; once a step, but for LBFGS"),
            lambda lane: lane.row and (None if lane.earlier and not lane.row.evaluations else lane.row.evaluations),
            _count,
            "10,000,000",
        ),
        Column(
            "best_step",
            translate("race", "Best at step"),
            translate("race", "The step after which the loss was lowest; 0 is the start"),
            lambda lane: lane.row and lane.row.best_step,
            _count,
            "1,000,000",
        ),
        Column(
            "state_bytes",
            translate("race", "State, B/weight"),
            translate("race", "What the optimizer remembers between two steps, in bytes per weight"),
            lambda lane: lane.row and lane.row.state_bytes,
            _measure_short,
            "123.45",
        ),
    )


def _parity() -> Column:
    return Column(
        "parity",
        translate("race", "Parity, max |Δ|"),
        explained(
            translate(
                "race",
                "How far DIY and torch are apart at the newest step: ✓ in lockstep, ≈ with rounding drift, ✗ they "
                "differ, ↯ unstable, ∞ not finite",
            ),
            *("parity", "drift", "ulp"),
        ),
        _apart,
        _parity_text,
        "✓ 100,000 ULP",
    )


def _loss(value: Number, lane: Standing) -> str:
    return "–" if value is None else exact(float(value), lane.dtype)


def _count(value: Number, _: Standing) -> str:
    return "–" if value is None else f"{value:,}"


def _measure(value: Number, _: Standing) -> str:
    return "–" if value is None or value != value else short(float(value), 6)


def _measure_short(value: Number, _: Standing) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:,.1f}" if 100 <= abs(value) < 1e7 else short(float(value), 4)


def _share(value: Number, _: Standing) -> str:
    return "–" if value is None or value != value else in_percent(float(value))


def _apart(lane: Standing) -> Number:
    """None also where numbers are not finite: NaN is not 0 from NaN."""
    if lane.pair is None or lane.pair.farthest is None or lane.pair.verdict == "not_finite":
        return None
    return lane.pair.farthest.max_abs


def _parity_text(_: Number, lane: Standing) -> str:
    return SYMBOLS["alone"] if lane.pair is None else distance_cell(lane.pair)


def sort_key(value: Number) -> tuple[bool, float]:
    """Return a key that has numbers in their order, and what is none behind them, whichever way they are sorted."""
    return (False, float(value)) if value is not None and value == value else (True, 0.0)


def copied(value: Number) -> str:
    """Write a number for a spreadsheet: all digits, a point, and nothing where there is nothing."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return repr(float(value)) if isfinite(value) else str(value or nan)
