"""A draft comes back as it was kept: text as typed, and arrays bit by bit."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.spec import Classes, Edited, Matrix, Vector
from gui.files.packing import A_PIECE, packed, unpacked


def matrix(values: np.ndarray, columns: int) -> Matrix:
    return Matrix(values, np.full(len(values) // columns, columns, np.int64))


def kept(draft: dict[str, Any]) -> dict[str, Any]:
    return unpacked(json.loads(b"".join(packed(draft).pieces())))


@given(arrays.arrays(float, st.integers(1, 9).map(lambda rows: 2 * rows)))
def test_any_numbers_come_back_bit_by_bit(values: np.ndarray) -> None:
    back = kept({"raw": {"data": {"x": matrix(values, 2)}}})["raw"]["data"]["x"]
    assert back.values.tobytes() == values.tobytes()
    assert back.columns == 2


def test_a_whole_draft_comes_back() -> None:
    x = matrix(np.arange(float(A_PIECE)), 4)
    raw = {
        "title": "Typed “so”",
        "data": {"x": Edited(x, {(2, 1): "abc", (0, 0): ""}), "y": Edited(Classes(np.arange(7)), {(3,): "c"})},
        "start": {"weights": {"layer1.weight": matrix(np.ones(6), 3), "layer1.bias": Vector(np.ones(2)), "odd": [1]}},
    }
    draft = {"raw": raw, "saved": raw | {"title": "", "data": {"x": x, "y": [1]}}, "file": None, "stamp": [1, 2]}
    back = kept(draft)
    assert back == draft
    assert back["raw"]["data"]["x"].base is back["saved"]["data"]["x"], "what is equal is told by looking once"


def test_what_is_said_of_test_rows_stays_beside_the_arrays() -> None:
    data = {"x": matrix(np.arange(float(A_PIECE)), 4), "y": [1], "test": {"share": 0.25, "seed": 3}}
    draft = {"raw": {"data": data}, "saved": {"data": data | {"test": {"rows": [1, 2]}}}}
    assert kept(draft) == draft


def test_a_small_draft_is_plain_json() -> None:
    draft = {"raw": {"title": "T", "data": {"x": [[1, "a"]], "y": [[2]]}}, "saved": {}, "file": None, "stamp": None}
    assert b"".join(packed(draft).pieces()) == json.dumps(draft).encode()
    assert kept(draft) == draft


def test_the_key_tells_whether_anything_is_another() -> None:
    x = matrix(np.ones(4), 2)
    draft = {"raw": {"data": {"x": x}}}
    assert packed(draft).key == packed({"raw": {"data": {"x": x}}}).key
    assert packed(draft).key != packed({"raw": {"data": {"x": Edited(x, {(0, 0): "1"})}}}).key
    assert packed(draft).key != packed({"raw": {"data": {"x": matrix(np.zeros(4), 2)}}}).key


@pytest.mark.parametrize(
    "told",
    [
        {"numbers": 5, "kind": "Matrix", "columns": 2},
        {"numbers": 0, "kind": "Tensor"},
        {"numbers": 0, "kind": "Matrix", "columns": 3},
        {"numbers": 0, "kind": "Matrix", "columns": 0},
        {"numbers": 0, "kind": "Matrix", "columns": 2, "typed": [3]},
        {"kind": "Matrix"},
    ],
)
def test_what_cannot_be_read_is_an_error(told: dict[str, Any]) -> None:
    text = json.dumps({"raw": {"data": {"x": told}}, "numbers": ["AAAAAAAAAAAAAAAAAAAAAA=="]})
    with pytest.raises((ValueError, LookupError, TypeError, ArithmeticError)):
        unpacked(json.loads(text))
