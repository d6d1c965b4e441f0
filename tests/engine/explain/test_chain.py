"""Where a weight's gradient came from: the chain rule's factors, row by row and on both sides."""

from typing import Any

import numpy as np
import pytest

from engine.explain import explain
from engine.protocol import Explain, Explained
from engine.trace import Trace
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.explaining import recorded


def traced(rows: int = 5, **more: Any) -> Trace:
    layers = [layer(3, "sigmoid"), layer(2, "tanh", bias=False), layer(1, "identity")]
    return recorded(experiment(layers, rows=rows, **more), step=2)


def explained(trace: Trace, weight: str, index: tuple[int, ...], row: int = 0) -> Explained:
    return explain(trace, Explain(7, 0, 2, 0, weight, index, row))


WEIGHTS = [("layer1.weight", (2, 1)), ("layer1.bias", (2,)), ("layer2.weight", (1, 2)), ("layer3.bias", (0,))]


@pytest.mark.parametrize(("weight", "index"), WEIGHTS)
def test_the_rows_products_sum_up_to_the_gradient_on_both_sides(weight: str, index: tuple[int, ...]) -> None:
    trace = traced()
    found = explained(trace, weight, index)
    assert found.row_count == len(found.rows) == 5
    for side, named in ((0, trace.diy), (1, trace.torch or {})):
        assert sum(row.product[side] or 0 for row in found.rows) == pytest.approx(found.grad[side], rel=1e-12)
        assert found.grad[side] == named[f"{weight}.grad"][index]
        assert found.before[side] == named[f"{weight}.before"][index]
        assert found.after[side] == named[weight][index]
        assert found.delta[side] == named[weight][index] - named[f"{weight}.before"][index]


def test_each_factor_is_of_the_rows_unit_and_input() -> None:
    trace = traced()
    row = explained(trace, "layer2.weight", (1, 2)).rows[3]
    for side, named in ((0, trace.diy), (1, trace.torch or {})):
        assert row.dL_da[side] == named["layer2.dL_da"][3, 1]
        assert row.da_dz[side] == named["layer2.da_dz"][3, 1]
        assert row.dz_dw[side] == named["layer1.a"][3, 2]
    assert explained(trace, "layer1.weight", (2, 1)).rows[3].dz_dw == (trace.diy["x"][3, 1],) * 2
    assert explained(trace, "layer3.bias", (0,)).rows[3].dz_dw == (1.0, 1.0)


def test_of_a_large_batch_the_first_rows_and_the_chosen_one_are_shown() -> None:
    trace = traced(rows=12)
    assert [row.row for row in explained(trace, "layer2.weight", (0, 0), row=2).rows] == [*range(8)]
    found = explained(trace, "layer2.weight", (0, 0), row=10)
    assert [row.row for row in found.rows] == [*range(8), 10]
    assert found.rows[-1].dL_da.diy == trace.diy["layer2.dL_da"][10, 0]
    assert found.row_count == 12


def test_rows_are_numbered_as_the_datas() -> None:
    trace = traced(rows=9, batch={"size": 4, "shuffle": True, "seed": 5})
    found = explained(trace, "layer1.weight", (0, 0), row=1)
    numbers = [row.row for row in found.rows]
    assert numbers == list(trace.rows)
    assert numbers != sorted(numbers)
    data = np.array(trace.spec.data.x)
    assert [row.dz_dw.diy for row in found.rows] == [data[number, 0] for number in numbers]


def test_without_a_torch_lane_there_is_one_side() -> None:
    found = explained(traced(optimizers=[{**optimizer("Adam"), "backends": ["diy"]}]), "layer1.bias", (1,))
    others = [found.grad, found.before, found.after, found.delta, *(part.value for part in found.parts)]
    others += [both for row in found.rows for both in row[1:5]]
    assert all(both.torch is None and both.diy is not None for both in others)


def test_the_request_is_in_the_answer() -> None:
    found = explained(traced(), "layer1.bias", (1,))
    assert found.request.weight == "layer1.bias"
    assert found.generation == 7


@pytest.mark.parametrize(
    ("weight", "index"), [("layer9.weight", (0, 0)), ("layer1.weight", (3, 0)), ("layer1.weight", (0,))]
)
def test_what_is_not_there_cannot_be_looked_up(weight: str, index: tuple[int, ...]) -> None:
    with pytest.raises(LookupError):
        explained(traced(), weight, index)
