"""An experiment's numbers are arrays, made once: equal by value, never changed, shared by all who need them."""

import copy
import json
import pickle
import sys
from typing import Any

import numpy as np
import pytest

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.spec import Data, ExperimentSpec, check, load, shapes_of
from engine.spec.arrays import Classes, Matrix, Numbers
from engine.surface import PlacedPlane
from engine.surface.landscape import landscape_of
from engine.sweep.objective import objective_of
from tests.engine.experiments import experiment, layer, optimizer, raw_article


def data_of(**changes: Any) -> Data:
    data = check(raw_article(**changes)).data
    assert data is not None
    return data


def classes() -> ExperimentSpec:
    return experiment([layer(3), layer(3)], loss="cross_entropy", dtype="float32", optimizers=[optimizer("Adam")])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_arrays_are_those_of_the_file_in_the_runs_precision(dtype: str) -> None:
    x, y = data_of().arrays(dtype)
    np.testing.assert_array_equal(x, np.array([[1, 2, 3, 4]], dtype), strict=True)
    np.testing.assert_array_equal(y, np.array([[3, 2, 4, 5]], dtype), strict=True)


def test_class_numbers_are_whole_numbers_in_every_precision() -> None:
    spec = classes()
    assert spec.data is not None
    assert isinstance(spec.data.y, Classes)
    assert spec.data.arrays("float32")[1].dtype == np.int64
    assert all(type(number) is int for number in json.loads(spec.to_json())["data"]["y"])


def test_arrays_cannot_be_written_to() -> None:
    spec = check(raw_article(start={"weights": {"layer1.weight": [[0.5] * 4] * 4}}))
    assert spec.data is not None
    (weight,) = initial_weights(spec)
    for array in (spec.data.x.array, *spec.data.arrays("float32"), *spec.data.arrays("float64"), weight):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_arrays_are_made_once_for_all_lanes_and_changed_experiments(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = classes()
    made: list[str] = []
    cast = Numbers._as_type

    def counted(numbers: Numbers, dtype: str) -> Any:
        made.append(dtype)
        return cast(numbers, dtype)

    monkeypatch.setattr(Numbers, "_as_type", counted)
    start = initial_weights(spec)
    changed = spec.model_copy(update={"title": "another"})
    lanes = [make_lane(one, 0, backend, start) for one in (spec, changed) for backend in ("diy", "torch")]
    objective = objective_of(changed, changed.optimizers[0])
    ends = np.zeros((3, sum(weight.size for weight in start)))
    landscape_of(spec, PlacedPlane(*ends))
    assert made == ["float32", "int64"]
    diy, torch, other_diy, other_torch = (lane.batch(None) for lane in lanes)
    assert all(one is other for one, other in zip(diy, other_diy, strict=True))
    assert all(np.shares_memory(one, other) for one, other in zip(torch, other_torch, strict=True))
    assert objective.losses(dict(zip(shapes_of(spec), start, strict=True))) > 0


def test_equal_are_numbers_of_equal_value_and_shape() -> None:
    one = data_of()
    assert one == data_of()
    assert hash(one) == hash(data_of())
    assert one != data_of(data={"x": [[1, 2, 3, 5]], "y": [[3, 2, 4, 5]]})
    assert data_of(data={"x": [[0.0]] * 4, "y": [[0] * 4] * 4}) == data_of(data={"x": [[-0.0]] * 4, "y": [[0] * 4] * 4})
    flat, wide = Matrix.of([[1, 2, 3, 4]]), Matrix.of([[1, 2], [3, 4]])
    assert flat != wide
    assert wide == copy.deepcopy(wide) == copy.copy(wide)


def test_what_was_made_of_numbers_does_not_travel_with_them() -> None:
    spec = experiment([layer(3)], rows=500, inputs=20)
    untouched = len(pickle.dumps(spec))
    make_lane(spec, 0, "torch", initial_weights(spec))
    assert spec.data is not None
    spec.data.arrays("float32")
    sent = pickle.dumps(spec)
    assert len(sent) == untouched < 500 * 23 * 8 * 1.2
    assert pickle.loads(sent) == spec
    with pytest.raises(ValueError, match="read-only"):
        pickle.loads(sent).data.x.array[0] = 0


def test_rows_can_be_looked_at_one_by_one() -> None:
    x = Matrix.of([[1, 2], [3, 4], [5, 6]])
    assert (len(x), x.columns, x[1], x[-1], list(x)) == (3, 2, (3, 4), (5, 6), [(1, 2), (3, 4), (5, 6)])
    assert x.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert list(Classes.of([2, 0])) == [2, 0]
    assert Classes.of([2, 0])[0] == 2


def test_a_class_number_larger_than_any_integer_of_the_machine_is_told_as_it_stands() -> None:
    raw = raw_article(
        data={"x": [[1], [2]], "y": [0, 10**30]}, network={"layers": [{"units": 2}], "loss": "cross_entropy"}
    )
    with pytest.raises(ValueError, match=f"class {10**30} in row 2, but the last layer has 2 units"):
        check(raw)


def test_numbers_are_kept_to_the_last_bit() -> None:
    numbers = [0.1, 1e-300, -0.0, 5e-324, 1.7976931348623157e308, 2**53 + 1.0, 3]
    raw = raw_article(data={"x": [numbers], "y": [[3, 2, 4, 5]]}, dtype="float64")
    again = load(check(raw).to_json())
    assert again.data is not None
    assert list(map(repr, again.data.x[0])) == list(map(repr, map(float, numbers)))


def test_reading_takes_as_many_calls_whatever_the_rows_width() -> None:
    """No number is looked at by Python alone."""

    def calls(width: int) -> int:
        raw = raw_article(data={"x": [[0.5] * width] * 8, "y": [[1.0] * 4] * 8})
        check(raw)  # adapters are made but once
        count = 0

        def look(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(look)
        try:
            check(raw)
        finally:
            sys.setprofile(None)
        return count

    assert calls(4000) < calls(4) + 50
