"""Which rows train and which only test: what a file may say of it, and which rows that comes to."""

import json
from typing import Any

import numpy as np
import pytest

from engine.spec import ExperimentError, ExperimentSpec, check, load, row_count
from tests.engine.experiments import raw_article

ROWS = 8
DATA = {"x": [[row, -row] for row in range(ROWS)], "y": [[row / 2] for row in range(ROWS)]}
NETWORK = {"layers": [{"units": 1}], "loss": "mse"}
BESIDE = "has no place beside rows: test rows are a share drawn by a seed, or rows by their numbers"


def raw(split: Any) -> dict[str, Any]:
    return raw_article(data={**DATA, "test": split}, network=NETWORK)


def split_by(split: Any) -> ExperimentSpec:
    return check(raw(split))


@pytest.mark.parametrize(
    ("split", "told"),
    [
        ({"share": 0}, ["data.test.share must be > 0, not 0"]),
        ({"share": 1.0}, ["data.test.share must be < 1, not 1.0"]),
        ({"share": "half"}, ['data.test.share must be a number, not "half"']),
        ({"share": 0.06}, ["data.test.share leaves none of 8 rows to test"]),
        ({"share": 0.94}, ["data.test.share leaves none of 8 rows to train on"]),
        ({"share": 0.5, "seed": -1}, ["data.test.seed must be ≥ 0, not -1"]),
        ({"share": 0.5, "sed": 1}, ["data.test.sed is not a known field – did you mean seed?"]),
        ({"seed": 1}, ["data.test.share is missing"]),
        ({"rows": []}, ["data.test.rows needs at least one entry"]),
        ({"rows": 3}, ["data.test.rows must be a list, not 3"]),
        ({"rows": [1.5]}, ["data.test.rows[0] must be a whole number, not 1.5"]),
        ({"rows": [-1]}, ["data.test.rows[0] must be ≥ 0, not -1"]),
        (
            {"rows": [7, 8, 7]},
            ["data.test.rows[1] must be ≥ 0 and ≤ 7, not 8", "data.test.rows[2] names a row twice: 7"],
        ),
        ({"rows": list(range(ROWS))}, ["data.test.rows leaves none of 8 rows to train on"]),
        ({"rows": [1], "share": 0.5, "seed": 0}, [f"data.test.share {BESIDE}", f"data.test.seed {BESIDE}"]),
        ("some", ['data.test must be an object, not "some"']),
    ],
)
def test_what_is_wrong_is_told_with_its_field(split: Any, told: list[str]) -> None:
    with pytest.raises(ExperimentError) as raised:
        split_by(split)
    assert [str(fault) for fault in raised.value.faults] == told


def test_rows_of_uneven_data_are_told_of_the_data_alone() -> None:
    data = {"x": DATA["x"], "y": DATA["y"][:3], "test": {"rows": [7]}}
    with pytest.raises(ExperimentError) as raised:
        check(raw_article(data=data, network=NETWORK))
    assert [fault.where for fault in raised.value.faults] == ["data.y"]


@pytest.mark.parametrize("split", [{"share": 0.25, "seed": 3}, {"rows": [7, 3]}])
def test_a_file_keeps_whichever_was_given(split: dict[str, Any]) -> None:
    spec = split_by(split)
    assert json.loads(spec.to_json())["data"]["test"] == split
    assert load(spec.to_json()) == spec
    assert spec.as_typed()["data"]["test"] == spec.as_typed(keep=3)["data"]["test"] == split  # the rest as arrays


@pytest.mark.parametrize("absent", [DATA, {**DATA, "test": None}])
def test_without_one_all_rows_train_and_the_file_has_no_word_of_it(absent: dict[str, Any]) -> None:
    spec = check(raw_article(data=absent, network=NETWORK))
    assert "test" not in json.loads(spec.to_json())["data"]
    assert "test" not in spec.as_typed(keep=3)["data"]
    assert (row_count(spec), row_count(spec, "test")) == (ROWS, 0)
    assert spec.data.arrays("float64")[0].tolist() == DATA["x"]


def test_both_sides_together_are_all_rows_in_the_files_order() -> None:
    spec = split_by({"rows": [6, 1]})
    assert spec.data.rows("test").tolist() == [1, 6]
    assert spec.data.rows("training").tolist() == [0, 2, 3, 4, 5, 7]
    assert (row_count(spec), row_count(spec, "test")) == (6, 2)
    x, y = spec.data.arrays("float32", "test")
    assert (x.tolist(), y.tolist()) == ([[1, -1], [6, -6]], [[0.5], [3]])
    x, y = spec.data.arrays("float32")
    assert x[:, 0].tolist() == [0, 2, 3, 4, 5, 7]
    assert y.dtype == "float32"
    assert not x.flags.writeable


def test_a_share_is_drawn_by_numpys_generator_from_its_seed() -> None:
    """The very rows, which must not change from one release to the next: a class compares its numbers."""
    drawn = {seed: split_by({"share": 0.25, "seed": seed}).data.rows("test").tolist() for seed in range(4)}
    assert drawn == {seed: sorted(np.random.default_rng(seed).permutation(ROWS)[:2].tolist()) for seed in range(4)}
    assert drawn == {0: [2, 4], 1: [0, 5], 2: [5, 6], 3: [6, 7]}


@pytest.mark.parametrize(("share", "count"), [(0.07, 1), (0.18, 1), (0.1875, 2), (0.25, 2), (0.5, 4), (0.93, 7)])
def test_a_share_is_the_nearest_number_of_rows(share: float, count: int) -> None:
    spec = split_by({"share": share})
    assert row_count(spec, "test") == len(spec.data.rows("test")) == count


def test_classes_are_split_with_their_rows() -> None:
    data = {"x": DATA["x"], "y": [0, 1] * 4, "test": {"rows": [0, 2, 3]}}
    network = {"layers": [{"units": 2}], "loss": "cross_entropy"}
    spec = check(raw_article(data=data, network=network))
    assert spec.data.arrays("float32", "test")[1].tolist() == [0, 0, 1]
    assert spec.data.arrays("float32")[1].tolist() == [1, 0, 1, 0, 1]
