"""Numbers as a script writes them: to the bit, in rows that can be read, or packed where there are too many."""

from base64 import b85encode
from collections.abc import Iterator
from textwrap import wrap
from typing import Any
from zlib import compress

import numpy as np
from numpy import ndarray as Array

READ = 2_000  # more numbers than this nobody reads
WIDTH = 110

UNPACKED = '''def unpacked(text, dtype, shape):
    """Return the array that ``text`` holds: its bytes, compressed and written in letters."""
    data = zlib.decompress(base64.b85decode(text.replace("\\n", "")))
    return np.frombuffer(data, dtype).reshape(shape).copy()'''
IMPORTS = ("import base64", "import zlib")


def is_packed(array: Array) -> bool:
    """Tell whether an array is written packed."""
    return array.size > READ


def array_text(array: Array) -> str:
    """Return an expression that makes the array with NumPy, called ``np``."""
    if is_packed(array):
        return packed_text(array)
    return f'np.array({rows_text(array)}, dtype="{array.dtype}")'


def packed_text(array: Array) -> str:
    """Return an expression that unpacks the array, by ``UNPACKED``."""
    letters = b85encode(compress(np.ascontiguousarray(array).tobytes(), 9)).decode("ascii")
    lines = "\n".join(letters[at : at + WIDTH] for at in range(0, len(letters), WIDTH))
    return f'unpacked("""\n{lines}\n""", "{array.dtype}", {array.shape})'


def rows_text(array: Array) -> str:
    """Return nested lists of the array's numbers, a row a line."""
    if array.ndim == 0:
        return number_text(array[()])
    if array.ndim == 1:
        return _wrapped([number_text(number) for number in array])
    rows = ",\n".join(_indented(rows_text(row)) for row in array)
    return f"[\n{rows},\n]" if len(array) else "[]"


def number_text(number: Any) -> str:
    """Return the shortest text that Python and NumPy read as this very number, in its precision."""
    if np.issubdtype(number.dtype, np.integer):
        return str(int(number))
    short = repr(float(str(number)))
    exact = number.dtype.type(float(short)).tobytes() == number.tobytes()
    return (short if exact else repr(float(number))).replace("inf", "np.inf").replace("nan", "np.nan")


def value_text(value: Any) -> str:
    """Return a hyperparameter's value as Python writes it."""
    if isinstance(value, np.ndarray | np.generic):
        return value_text(value.tolist())
    if isinstance(value, tuple | list):
        inside = ", ".join(value_text(one) for one in value)
        is_lone = isinstance(value, tuple) and len(value) == 1
        return f"({inside}{',' if is_lone else ''})" if isinstance(value, tuple) else f"[{inside}]"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def call_text(name: str, arguments: Iterator[tuple[str, Any]] | list[tuple[str, Any]]) -> str:
    """Return a call with keyword arguments."""
    return f"{name}({', '.join(f'{key}={value_text(value)}' for key, value in arguments)})"


def _wrapped(numbers: list[str]) -> str:
    text = ", ".join(numbers)
    if len(text) <= WIDTH:
        return f"[{text}]"
    return "[\n" + "\n".join(f"    {line}" for line in wrap(text, WIDTH - 4, break_long_words=False)) + ",\n]"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
