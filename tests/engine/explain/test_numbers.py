"""Lines with the numbers of an element put in: right by the arithmetic that is written there."""

from typing import Any

import numpy as np
import pytest

from engine.explain import explain, line_numbers
from engine.explain.element import Element
from engine.explain.lines import statement_of
from engine.protocol import Explain
from engine.trace import Trace
from tests.drawing import in_turn, sample
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.explaining import computed, recorded

LOSSES: list[tuple[Any, str]] = [
    ({"name": "mse", "params": {"reduction": "sum"}}, "tanh"),
    ({"name": "smooth_l1", "params": {"beta": 0.25}}, "tanh"),
    ({"name": "bce", "params": {"pos_weight": [2.0, 0.5]}}, "identity"),
    ({"name": "cross_entropy", "params": {"weight": [2.0, 0.5], "label_smoothing": 0.25}}, "identity"),
    ({"name": "cross_entropy", "params": {"ignore_index": 0, "reduction": "sum"}}, "identity"),
    ({"name": "nll", "params": {"weight": [2.0, 0.5]}}, "log_softmax"),
    ("binary_cross_entropy", "softmax"),
    ({"name": "kl_div", "params": {"reduction": "batchmean"}}, "log_softmax"),
]
FUNCTIONS: list[Any] = [
    *("celu", "selu", "mish", "hardtanh", "relu6", "hardswish", "softsign", "logsigmoid"),
    {"name": "leaky_relu", "params": {"negative_slope": 0.25}},
    {"name": "elu", "params": {"alpha": 2.0}},
    {"name": "softplus", "params": {"beta": 2.0, "threshold": 0.5}},
    {"name": "gelu", "params": {"approximate": "tanh"}},
    {"name": "hardtanh", "params": {"min_val": -0.25, "max_val": 0.5}},
]
CASES: list[tuple[Any, Any, dict[str, Any]]] = [
    ("mse", "sigmoid", optimizer("Adam", weight_decay=0.1)),
    ("l1", "tanh", optimizer("AdamW", amsgrad=True, maximize=True)),
    ("smooth_l1", "relu", optimizer("SGD", momentum=0.9, nesterov=True)),
    ("huber", "leaky_relu", optimizer("SGD", momentum=0.5, dampening=0.25, weight_decay=0.1)),
    ("bce", "elu", optimizer("SGD")),
    ("cross_entropy", "gelu", optimizer("SGD", lr=0.5)),
    ("mse", "silu", optimizer("Adam")),
    ("mse", "softplus", optimizer("Adam")),
    ("mse", "identity", optimizer("SGD")),
    *(("mse", function, optimizer("SGD")) for function in FUNCTIONS),
    *((loss, function, optimizer("SGD")) for loss, function in LOSSES),
    ("mse", "tanh", optimizer("Adam", weight_decay=0.1, decoupled_weight_decay=True)),
    ("mse", "tanh", optimizer("Adamax", weight_decay=0.1)),
    ("mse", "tanh", optimizer("NAdam", weight_decay=0.1, momentum_decay=0.5)),
    ("mse", "tanh", optimizer("NAdam", weight_decay=0.1, decoupled_weight_decay=True)),
    ("mse", "tanh", optimizer("RAdam", weight_decay=0.1, lr=0.1)),
    ("mse", "tanh", optimizer("Adagrad", lr_decay=0.5, weight_decay=0.1, initial_accumulator_value=0.1)),
    ("mse", "tanh", optimizer("Adadelta", weight_decay=0.1)),
    ("mse", "tanh", optimizer("RMSprop", weight_decay=0.1)),
    ("mse", "tanh", optimizer("RMSprop", centered=True, momentum=0.9, maximize=True)),
    ("mse", "tanh", optimizer("Rprop", lr=0.1)),
    ("mse", "tanh", optimizer("ASGD", lr=0.1, weight_decay=0.1, lambd=0.5, t0=0)),
]


def step_of(loss: Any, activation: Any, entry: dict[str, Any], step: int = 2, rows: int = 3) -> Trace:
    layers = [layer(3, activation), layer(2, activation)]
    return recorded(experiment(layers, loss=loss, rows=rows, optimizers=[entry], start={"seed": 3}), step)


def numbers_of(trace: Trace, event: int, weight: str = "layer2.weight", index: tuple[int, ...] = (1, 2), row: int = 1):
    return explain(trace, Explain(0, 0, 2, event, weight, index, row)).numbers


def event_of(trace: Trace, statement: str, stage: str) -> int:
    """The first event of a stage at a line that begins so."""
    events = range(len(trace.lines))
    return next(e for e in events if trace.stage_of(e) == stage and statement_of(trace, e).startswith(statement))


@pytest.mark.parametrize(("loss", "activation", "entry", "weight"), in_turn(CASES, ["layer1.weight", "layer2.bias"]))
def test_what_is_written_comes_to_the_recorded_result(
    loss: Any, activation: Any, entry: dict[str, Any], weight: str
) -> None:
    trace = step_of(loss, activation, entry)
    index = (1, 1) if weight.endswith("weight") else (1,)
    checked = 0
    for event in range(len(trace.lines)):
        for text in numbers_of(trace, event, weight, index):
            written, _, result = text.removesuffix(r"\right]").rpartition(" = ")
            value = computed(written.rpartition("= ")[2]) if "=" in written and "[" not in written else None
            if value is not None:
                assert value == pytest.approx(computed(result), rel=0.02, abs=2e-3), text
                checked += 1
    assert checked > 15


def test_every_formula_of_a_step_has_numbers() -> None:
    for case in sample(CASES, 2):
        trace = step_of(*case)
        for event in range(len(trace.lines)):
            explained = explain(trace, Explain(0, 0, 2, event, "layer2.weight", (1, 2), 1))
            assert bool(explained.formula) == bool(explained.numbers[0]), statement_of(trace, event)


def test_both_sides_are_shown_where_torch_has_the_values() -> None:
    trace = step_of("mse", "tanh", optimizer("SGD", momentum=0.9), rows=2)
    own, twin = numbers_of(trace, event_of(trace, "dL_dz =", "layer2.backward"))
    dL_da, da_dz, dL_dz = (trace.diy[f"layer2.{name}"][1, 1] for name in ("dL_da", "da_dz", "dL_dz"))
    assert own == twin
    assert computed(own.split(" = ")[1]) == pytest.approx(dL_da * da_dz, rel=1e-3)
    assert computed(own.split(" = ")[2]) == pytest.approx(dL_dz, rel=1e-3)
    trace.torch = {**(trace.torch or {}), "layer2.da_dz": np.full((2, 2), 0.125)}
    assert r" \cdot 0.125 = " in numbers_of(trace, event_of(trace, "dL_dz =", "layer2.backward"))[1]
    assert numbers_of(trace, event_of(trace, "e = a - y", "loss"))[1] == ""  # torch has no such thing


def test_torchs_side_is_empty_without_a_torch_lane() -> None:
    entry = {**optimizer("SGD"), "backends": ["diy"]}
    trace = step_of("mse", "tanh", entry)
    own, twin = numbers_of(trace, event_of(trace, "dL_dz =", "layer2.backward"))
    assert own
    assert twin == ""


def test_the_step_s_end_is_no_line() -> None:
    trace = step_of("mse", "tanh", optimizer("SGD"))
    explained = explain(trace, Explain(0, 0, 2, len(trace.lines), "layer1.weight", (0, 0)))
    assert (explained.formula, explained.numbers) == ("", ("", ""))
    assert explained.delta.diy is not None


def test_in_the_next_layer_the_weights_unit_is_the_input() -> None:
    trace = step_of("mse", "tanh", optimizer("SGD"))
    own, _ = numbers_of(trace, event_of(trace, "dL_dW =", "layer2.backward"), "layer1.weight", (2, 0))
    assert computed(own.split(" = ")[2]) == pytest.approx(trace.diy["layer2.weight.grad"][0, 2], rel=1e-3)
    own, _ = numbers_of(trace, event_of(trace, "dL_dz =", "layer1.backward"), "layer2.weight", (1, 2), 0)
    assert computed(own.split(" = ")[2]) == pytest.approx(trace.diy["layer1.dL_dz"][0, 2], rel=1e-3)


ARRAYS = {"x": np.arange(12.0).reshape(6, 2) / 4, "dL_dz": -np.ones((6, 3)), "z": np.array([[0.5, -1e-5]] * 2)}


@pytest.mark.parametrize(
    ("statement", "made", "expected"),
    [
        (
            "dL_dW = dL_dz.mT @ x",
            -7.5 * np.ones((3, 2)),
            r"({-}1) \cdot 0.25 + ({-}1) \cdot 0.75 + ({-}1) \cdot 1.25 + \dots",
        ),
        ("dL_db = dL_dz.sum(axis=-2)", -6 * np.ones(3), r"{-}1 + ({-}1) + ({-}1) + \dots"),
        ("s = x.mean()", np.float64(1.375), r"\frac{0 + 0.25 + 0.5 + \dots}{12}"),
        ("a = z * 2", ARRAYS["z"] * 2, r"({-}10^{-5}) \cdot 2"),
        ("a = z - z", ARRAYS["z"] * 0, r"{-}10^{-5} - ({-}10^{-5})"),
        ("a = np.where(z > 0, z, np.exp(z))", np.ones((2, 2)), r"e^{{-}10^{-5}}"),
        ("a = z.max(axis=-1, keepdims=True)", np.full((2, 1), 0.5), r"\max(0.5, {-}10^{-5})"),
    ],
)
def test_numbers_of_a_line(statement: str, made: np.ndarray, expected: str) -> None:
    name = statement.partition(" ")[0]
    text = line_numbers(statement, ARRAYS, {name: made}, Element(row=1, unit=1, column=1))
    written = text.replace(r"\left(", "(").replace(r"\right)", ")").rpartition(" = ")[0].partition(" = ")[2]
    assert written == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.nan, r"\mathrm{NaN}"),
        (-np.inf, r"{-}\infty"),
        (-0.0, "0"),
        (12345678.0, r"1.235\times 10^{7}"),
        (-2.5e-7, r"{-}2.5\times 10^{-7}"),
        (np.float32(0.1), "0.1"),
        (True, "1"),
    ],
)
def test_a_number_is_short(value: float, text: str) -> None:
    assert line_numbers("a = b", {"b": value}, {"a": value}, Element(0, 0)) == f"a = {text}"


def test_a_small_step_does_not_vanish_among_the_digits() -> None:
    before, after = np.array([0.5]), np.array([0.5 - 1e-6])
    variables = {"weight": before, "lr": 1e-3, "step": np.array([1e-3])}
    text = line_numbers(
        "return weight - lr * step, State(b)", variables, {"return": (after, None)}, Element(0, 0), "update"
    )
    assert text == r"w = 0.5 - 0.001 \cdot 0.001 = 0.499999"


@pytest.mark.parametrize(
    ("statement", "variables", "made"),
    [
        ("a = b + c", {"b": 1.0}, {"a": 1.0}),  # c is nowhere
        ("a = b + c", {"b": 1.0, "c": None}, {"a": 1.0}),
        ("a = b + c", {"b": 1.0, "c": "text"}, {"a": 1.0}),
        ("a = b + c", {"b": 1.0, "c": 2.0}, {}),
        ("a = b + 1", {"b": np.ones((2, 2, 2))}, {"a": np.ones((2, 2))}),  # which of b's elements?
        ("a = b if c > 0 else 1", {"b": 1.0, "c": None}, {"a": 1.0}),
        ("t, m = state", {"state": (1, 2)}, {"t": 1, "m": 2}),
        ("return W @ x", {"W": np.ones((2, 3)), "x": np.ones(3)}, {"return": np.ones(2)}),
    ],
)
def test_where_an_element_cannot_be_told_there_are_no_numbers(statement: str, variables: dict, made: dict) -> None:
    assert line_numbers(statement, variables, made, Element(0, 0)) == ""


@pytest.mark.parametrize(
    ("entry", "statement"),
    [(optimizer("Adam", amsgrad=True), "largest = v_max"), (optimizer("SGD", momentum=0.9), "step = g + ")],
)
def test_a_line_that_binds_a_name_to_what_it_was_has_numbers_too(entry: dict[str, Any], statement: str) -> None:
    """In the first step the largest second moment is the second moment, and the buffer is the gradient."""
    trace = step_of("mse", "tanh", entry, step=1)
    own, twin = numbers_of(trace, event_of(trace, statement, "layer2.update"))
    assert own
    assert own == twin
