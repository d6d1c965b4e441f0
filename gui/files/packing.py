"""A draft as text: JSON, with what is an array in the window as base64, which is made and read in no time.

    {"raw": {"data": {"x": {"numbers": 0, "kind": "Matrix", "columns": 4}}}, "numbers": ["AAAA…"]}

``numbers`` holds each array once, little-endian, row by row; ``typed`` beside them what was typed over, cell by cell.
"""

import base64
import json
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from engine.spec import Classes, Edited, Matrix, Numbers, Vector

TEST = "test"  # what is said of the rows that only test; it has no arrays
A_PIECE = 3 << 18  # bytes that become base64 at once; without a rest in thirds

_DTYPES: dict[str, str] = {"Matrix": "<f8", "Vector": "<f8", "Classes": "<i8"}
_serials = count()


class Packed(NamedTuple):
    """Hold a draft as it is kept: ``text`` has all but the arrays."""

    text: str
    arrays: tuple[Numbers, ...]

    @property
    def key(self) -> int:
        """Return a key, equal where the same is packed; arrays are known by what they are, not by what is in them."""
        return hash((self.text, tuple(array.made("serial", lambda: next(_serials)) for array in self.arrays)))

    def pieces(self) -> Iterator[bytes]:
        """Yield the JSON text, piece by piece."""
        if not self.arrays:
            yield self.text.encode()
            return
        yield self.text[:-1].encode() + b', "numbers": ['
        for number, array in enumerate(self.arrays):
            content = np.ascontiguousarray(array.values, _DTYPES[type(array).__name__])
            view = content.data.cast("B")
            yield b', "' if number else b'"'
            for start in range(0, len(view), A_PIECE):
                yield base64.b64encode(view[start : start + A_PIECE])
            yield b'"'
        yield b"]}"


def packed(draft: dict[str, Any]) -> Packed:
    arrays: list[Numbers] = []

    def about(value: Any) -> Any:
        base = value.base if isinstance(value, Edited) else value
        if not isinstance(base, Numbers):
            raise TypeError(f"{type(value).__name__} is nothing of a draft's")
        if base.values.dtype == object or (isinstance(base, Matrix) and base.uneven):
            return value.tolist()
        found = next((number for number, array in enumerate(arrays) if array is base), len(arrays))
        if found == len(arrays):
            arrays.append(base)
        told: dict[str, Any] = {"numbers": found, "kind": type(base).__name__}
        told |= {"columns": base.columns} if isinstance(base, Matrix) else {}
        return told | ({"typed": list(value.typed.items())} if isinstance(value, Edited) else {})

    return Packed(json.dumps(draft, default=about), tuple(arrays))


def unpacked(draft: dict[str, Any]) -> dict[str, Any]:
    """Put the draft's arrays back in their places. Raises ValueError, LookupError, TypeError or ArithmeticError."""
    if "numbers" not in draft:
        return draft
    arrays = [base64.b64decode(text, validate=True) for text in draft.pop("numbers")]
    made: dict[tuple[int, str], Numbers] = {}
    for name in ("raw", "saved"):
        part = draft.get(name)
        groups = _groups(part) if isinstance(part, dict) else []
        for group in groups:
            for key, value in group.items() if isinstance(group, dict) else ():
                if isinstance(value, dict) and key != TEST:
                    group[key] = _numbers(value, arrays, made)
    return draft


def _groups(raw: dict[str, Any]) -> list[Any]:
    """Where in an experiment there are numbers."""
    start = raw.get("start")
    return [raw.get("data"), start.get("weights") if isinstance(start, dict) else None]


def _numbers(told: dict[str, Any], arrays: list[bytes], made: dict[tuple[int, str], Numbers]) -> Numbers | Edited:
    key = told["numbers"], told["kind"]
    if key not in made:
        values = np.frombuffer(arrays[key[0]], _DTYPES[key[1]])
        made[key] = _of(key[1], values, told.get("columns", 1))
    typed = {tuple(place): value for place, value in told.get("typed", ())}
    return Edited(made[key], typed) if typed else made[key]


def _of(kind: str, values: Any, columns: int) -> Numbers:
    if kind == "Matrix":
        height = len(values) // columns
        return Matrix(values.reshape(height, columns).reshape(-1), np.full(height, columns, np.int64))
    return Classes(values) if kind == "Classes" else Vector(values)
