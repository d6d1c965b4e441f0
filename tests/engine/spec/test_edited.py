"""Numbers that are typed over count as the lists that they stand for."""

import json
from typing import Any

import numpy as np
import pytest

from engine.spec import Classes, Edited, ExperimentError, Matrix, check, layout
from tests.engine.experiments import raw_article

X = Matrix(np.array([1.0, 2, 3, 4, 5, 6]), np.full(3, 2))
CLASSES = Classes(np.array([0, 1, 2]))
ROWS = {"x": X, "y": [[1], [2], [3]]}


def experiment(data: dict[str, Any], loss: str = "mse", units: int = 1) -> dict[str, Any]:
    return raw_article(data=data, network={"layers": [{"units": units}], "loss": loss})


def plain(raw: dict[str, Any]) -> dict[str, Any]:
    return json.loads(layout(raw))


@pytest.mark.parametrize(
    ("data", "loss", "units"),
    [
        (ROWS, "mse", 1),
        (ROWS | {"x": Edited(X, {(2, 0): 7, (0, 1): -0.5})}, "mse", 1),
        (ROWS | {"y": CLASSES}, "cross_entropy", 3),
        (ROWS | {"y": Edited(CLASSES, {(1,): 0})}, "cross_entropy", 3),
    ],
)
def test_an_experiment_is_what_its_lists_would_be(data: dict[str, Any], loss: str, units: int) -> None:
    raw = experiment(data, loss, units)
    spec = check(raw)
    assert spec == check(plain(raw))
    assert check(spec.as_typed(keep=2)) == spec
    assert plain(spec.as_typed(keep=2)) == spec.as_typed()


@pytest.mark.parametrize(
    ("data", "loss", "units"),
    [
        (ROWS | {"x": Edited(X, {(2, 0): "abc", (0, 1): float("nan"), (1, 1): None})}, "mse", 1),
        (ROWS | {"x": Edited(X, {(2, 0): 1e300})}, "mse", 1),
        (ROWS | {"y": Edited(CLASSES, {(1,): -1, (2,): 1.5, (0,): ""})}, "cross_entropy", 3),
        (ROWS | {"y": Edited(CLASSES, {(1,): 3})}, "cross_entropy", 3),
        (ROWS | {"y": Edited(CLASSES, {(1,): 10**30})}, "cross_entropy", 3),
    ],
)
def test_its_faults_are_those_of_its_lists(data: dict[str, Any], loss: str, units: int) -> None:
    raw = experiment(data, loss, units)
    told: list[Any] = []
    for one in (raw, plain(raw)):
        with pytest.raises(ExperimentError) as caught:
            check(one)
        told.append(caught.value.faults)
    assert told[0] == told[1]


def test_what_is_typed_leaves_the_numbers_alone() -> None:
    raw = experiment(ROWS | {"x": Edited(X, {(0, 0): 9})})
    data = check(raw).data
    assert data is not None
    assert data.x[0] == (9, 2)
    assert X[0] == (1, 2)


def test_numbers_differ_where_their_sum_is_the_same() -> None:
    many = np.zeros(5000)
    one, other = many.copy(), many.copy()
    one[3], other[4] = 1, 1
    assert Classes(one) != Classes(other)
    assert Classes(one) == Classes(one.copy())
