"""Files of named arrays: NumPy's ``.npz``, ``.safetensors``, and what ``torch.save`` has written; read as data alone.

Nothing of a file is run, and no more of it is unpacked than its head says and a limit allows: what is no such file, or
only half of one, is told by a NumbersError.
"""

import ast
import hashlib
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec.faults import shown
from engine.spec.numbers_error import NumbersError

Format = Literal["npz", "safetensors", "torch"]
FORMATS: tuple[Format, ...] = ("npz", "safetensors", "torch")
SUFFIXES: Mapping[Format, str] = {"npz": "npz", "safetensors": "safetensors", "torch": "pt"}

LARGEST = 1 << 31  # bytes of a file, and of what is unpacked of it
LARGEST_HEAD = 100_000_000  # bytes; safetensors' own limit
MOST_ARRAYS = 100_000
PIECE = 1 << 20
ZIP, PICKLE, NPY = b"PK", b"\x80", b"\x93NUMPY"
# What readers of broken files raise.
BROKEN = (ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
          RuntimeError, struct.error, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error)  # fmt: skip


class ArrayFile(NamedTuple):
    """Hold a file's arrays in its own order; ``sha256`` of its bytes."""

    arrays: dict[str, Array]
    format: Format
    sha256: str


def read_arrays(file: Path) -> ArrayFile:
    """Return the arrays in a file, whichever of the formats it has. Raises NumbersError."""
    sha256, head = _hash_and_head(file)
    if head.startswith(NPY):
        raise NumbersError("numbers_unnamed")
    format_ = _format_of(file, head)
    if format_ == "npz":
        arrays = _guarded(_npz, file)
    elif format_ == "safetensors":
        arrays = _guarded(_safetensors, file)
    else:
        from engine.twin.state_dicts import read_state_dict

        _guarded(_check_torch_zip, file)
        arrays = _guarded(read_state_dict, file)
    if not arrays:
        raise NumbersError("numbers_none")
    return ArrayFile({name: _plain(name, array) for name, array in arrays.items()}, format_, sha256)


def write_arrays(arrays: Mapping[str, Array], file: Path, format_: Format) -> None:
    """Write named arrays in one of the formats; torch reads them as a ``state_dict``. Raises OSError."""
    file.write_bytes(packed(arrays, format_))


def packed(arrays: Mapping[str, Array], format_: Format) -> bytes:
    """Return the content of such a file."""
    if format_ == "safetensors":
        from safetensors.numpy import save

        return save({name: np.array(array, order="C") for name, array in arrays.items()}, metadata={"format": "pt"})
    if format_ == "torch":
        from engine.twin.state_dicts import packed_state_dict

        return packed_state_dict(arrays)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _hash_and_head(file: Path) -> tuple[str, bytes]:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe or a device may never end
            raise NumbersError("not_readable", detail="not an ordinary file")
        if file.is_file() and file.stat().st_size > LARGEST:
            raise NumbersError("numbers_too_large", limit=f"{LARGEST >> 30} GiB")
        digest, head = hashlib.sha256(), b""
        with file.open("rb") as opened:
            while piece := opened.read(PIECE):
                head = head or piece[:16]
                digest.update(piece)
    except OSError as error:
        raise NumbersError("not_readable", detail=error.strerror or str(error)) from None
    except ValueError:  # a name with a zero in it
        raise NumbersError("not_readable", detail="it is no name of a file") from None
    return digest.hexdigest(), head


def _format_of(file: Path, head: bytes) -> Format:
    if head.startswith(ZIP):
        names = _guarded(lambda one: zipfile.ZipFile(one).namelist(), file)
        return "torch" if any(name.endswith("data.pkl") for name in names) else "npz"
    if len(head) > 8 and head[8:9] == b"{":
        return "safetensors"
    if head.startswith(PICKLE):
        return "torch"
    raise NumbersError("numbers_of_no_kind")


def _guarded(read: Any, file: Path) -> Any:
    """Read what may be broken in whatever way."""
    try:
        return read(file)
    except NumbersError:
        raise
    except BROKEN as error:
        words = str(error).strip().partition("\n")[0] or type(error).__name__
        raise NumbersError("numbers_broken", detail=shown(words).strip('"')) from None


# --- .npz ----------------------------------------------------------------------------------------


def _npz(file: Path) -> dict[str, Array]:
    with zipfile.ZipFile(file) as packed:
        members = packed.infolist()
        if len(members) > MOST_ARRAYS or sum(one.file_size for one in members) > LARGEST:
            raise NumbersError("numbers_too_large", limit=f"{LARGEST >> 30} GiB")
        return dict(_members(packed, members))


def _members(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, Array]]:
    for member in members:
        name = member.filename.removesuffix(".npy")
        with packed.open(member) as opened:
            content = opened.read(member.file_size + 1)
        if not content.startswith(NPY) or len(content) != member.file_size:
            raise NumbersError("numbers_broken", detail=f"{shown(name)} is no array of NumPy's")
        yield name, _npy(name, content)


def _npy(name: str, content: bytes) -> Array:
    """Return an array from its bytes; its head is data too, as ``ast.literal_eval`` reads it."""
    size, begin = (2, 10) if content[6] == 1 else (4, 12)
    length = int.from_bytes(content[8 : 8 + size], "little")
    if length > 1 << 16:
        raise ValueError("its head is too long")
    head = ast.literal_eval(content[begin : begin + length].decode("latin1"))
    dtype, shape = np.dtype(head["descr"]), tuple(head["shape"])
    if dtype.hasobject:
        raise NumbersError("numbers_with_objects", name=shown(name))
    _check_shape(shape, dtype.itemsize, len(content) - begin - length)
    values = np.frombuffer(content, dtype, offset=begin + length)
    return values.reshape(shape, order="F" if head["fortran_order"] is True else "C")


def _check_shape(shape: tuple[Any, ...], itemsize: int, there: int) -> None:
    """Raise ValueError where so many numbers are not there."""
    count = 1
    for axis in shape:
        if type(axis) is not int or axis < 0:
            raise ValueError("a shape is no list of whole numbers")
        count *= axis
    if len(shape) > 32 or count * itemsize != there:
        raise ValueError(f"{shown(list(shape))} numbers are not there")


# --- safetensors ---------------------------------------------------------------------------------

_TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
    "U8": "u1", "BOOL": "?",
}  # fmt: skip


def _safetensors(file: Path) -> dict[str, Array]:
    from safetensors import SafetensorError, deserialize

    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    length = int.from_bytes(content[:8], "little")
    if length > min(LARGEST_HEAD, len(content)):
        raise NumbersError("numbers_broken", detail="its head is longer than the file")
    try:
        found = deserialize(content)
    except SafetensorError as error:
        raise NumbersError("numbers_broken", detail=shown(str(error)).strip('"')) from None
    order = [name for name in json.loads(content[8 : 8 + length]) if name != "__metadata__"]
    told = dict(found)
    return {name: _tensor(name, told[name]) for name in order}


def _tensor(name: str, told: Mapping[str, Any]) -> Array:
    if told["dtype"] not in _TYPES:
        raise NumbersError("numbers_of_type", name=shown(name), given=told["dtype"])
    values = np.frombuffer(bytes(told["data"]), _TYPES[told["dtype"]]).reshape(told["shape"])
    if told["dtype"] == "BF16":  # the upper half of a float32's bits
        return (values.astype(np.uint32) << 16).view(np.float32)
    return values


# --- torch ---------------------------------------------------------------------------------------


def _check_torch_zip(file: Path) -> None:
    """Refuse what would unpack to more than is allowed; torch stores its numbers as they are."""
    with file.open("rb") as opened:
        if opened.read(2) != ZIP:
            return
    with zipfile.ZipFile(file) as packed:
        members = packed.infolist()
        whole = sum(one.file_size for one in members)
        if len(members) > MOST_ARRAYS or whole > LARGEST:
            raise NumbersError("numbers_too_large", limit=f"{LARGEST >> 30} GiB")
        if whole > os.path.getsize(file) + PIECE:  # noqa: PTH202  # the same
            raise ValueError("it is compressed, which torch does not do")
        if (bad := packed.testzip()) is not None:
            raise ValueError(f"{shown(bad)} is not what was written")


def _plain(name: str, array: Array) -> Array:
    """Return an array of numbers in this machine's byte order."""
    if array.dtype.kind not in "fiub":
        raise NumbersError("numbers_of_type", name=shown(name), given=str(array.dtype))
    return np.ascontiguousarray(array, array.dtype.newbyteorder("=")).reshape(array.shape)
