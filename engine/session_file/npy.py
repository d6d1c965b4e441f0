"""An array as NumPy's own format, ``.npy``, has it: written in pieces, and read as data alone.

The header is not evaluated: it must be, letter for letter, what NumPy writes for a plain array of numbers.
"""

import re
from collections.abc import Iterator
from math import prod

import numpy as np
from numpy import ndarray as Array

from .damage import damaged

MAGIC = b"\x93NUMPY\x01\x00"
ALIGNED = 64  # bytes: a header's length is a multiple of it
A_PIECE = 1 << 20  # bytes
TYPES = ("<f8", "<f4", "<f2", "<i8", "<i4", "<i2", "|i1", "<u8", "<u4", "<u2", "|u1", "|b1")
MOST_AXES = 16
HEADER = re.compile(rb"\{'descr': '([<|][a-z]\d)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n")


def type_of(array: Array) -> str:
    """Return an array's type as a header names it. Raises TypeError for anything but plain numbers."""
    name = array.dtype.newbyteorder("<").str
    if name not in TYPES:
        raise TypeError(f"{array.dtype} is no plain number")
    return name


def npy_pieces(array: Array) -> Iterator[bytes | memoryview]:
    """Yield an array as a file: its header, then its numbers, row by row."""
    shape = ", ".join(map(str, array.shape)) + ("," if array.ndim == 1 else "")
    header = f"{{'descr': '{type_of(array)}', 'fortran_order': False, 'shape': ({shape}), }}".encode()
    room = -(len(MAGIC) + 2 + len(header) + 1) % ALIGNED
    header += b" " * room + b"\n"
    yield MAGIC + len(header).to_bytes(2, "little") + header
    view = np.ascontiguousarray(array, type_of(array)).reshape(-1).view(np.uint8).data
    for start in range(0, len(view), A_PIECE):
        yield view[start : start + A_PIECE]


def read_npy(content: bytes) -> Array:
    """Return the array that a file holds, as a view of it. Raises Damaged where it is not exactly one."""
    if content[: len(MAGIC)] != MAGIC or len(content) < len(MAGIC) + 2:
        damaged("an array that is none")
    begin = len(MAGIC) + 2
    end = begin + int.from_bytes(content[begin - 2 : begin], "little")
    found = HEADER.fullmatch(content[begin:end])
    if found is None or found[1].decode() not in TYPES:
        damaged("an array of another kind")
    shape = _shape(found[2].decode())
    dtype = np.dtype(found[1].decode())
    if len(shape) > MOST_AXES or prod(shape) * dtype.itemsize != len(content) - end:
        damaged("an array of another size than it says")
    return np.frombuffer(content, dtype, prod(shape), end).reshape(shape)


def _shape(text: str) -> tuple[int, ...]:
    sizes = [part.strip() for part in text.split(",")]
    if sizes[-1] == "":
        sizes.pop()
    if any(not size.isdecimal() or len(size) > 18 for size in sizes):
        damaged("an array without a shape")
    return tuple(map(int, sizes))
