"""Many values of one structure (a run's checkpoints) as a few large arrays, and back to the bit.

A value is made of dicts, tuples and lists, down to arrays, numbers, texts, true, false and null. Values that follow one
another and have one structure become the rows of a block for each type of number: so thousands of checkpoints of small
networks are written in no time. What stands in memory in another order of axes comes back in that order, as sums come
out otherwise in another one.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .damage import Damaged, damaged
from .npy import TYPES, type_of

BLOCK_BYTES = 4_000_000  # of the rows that are made into a block at once
MOST_LEAVES = 1_000_000
DEEPEST = 32
INT, FLOAT = "<i8", "<f8"


class Rows(NamedTuple):
    """Hold values of one structure that follow one another: ``tree`` as JSON, ``blocks`` by their type of number."""

    tree: Any
    number: int
    blocks: dict[str, Array]


def rows_of(values: Iterable[Any]) -> Iterator[Rows]:
    """Yield the values as rows, a bounded number of bytes at a time. Raises TypeError for what is no data."""
    tree: Any = None
    taken: list[dict[str, list[Array]]] = []
    size = 0
    for value in values:
        leaves: dict[str, list[Array]] = {}
        own = _taken_apart(value, leaves)
        if taken and (own != tree or size >= BLOCK_BYTES):
            yield _joined(tree, taken)
            taken, size = [], 0
        tree = own
        taken.append(leaves)
        size += sum(leaf.nbytes for kind in leaves.values() for leaf in kind)
    if taken:
        yield _joined(tree, taken)


def _joined(tree: Any, taken: list[dict[str, list[Array]]]) -> Rows:
    blocks = {
        kind: np.concatenate([leaf for leaves in taken for leaf in leaves[kind]], axis=None).reshape(len(taken), -1)
        for kind in taken[0]
    }
    return Rows(tree, len(taken), blocks)


def _taken_apart(value: Any, leaves: dict[str, list[Array]]) -> Any:
    """Return the structure of a value, and put its numbers down by their type."""
    if isinstance(value, np.ndarray):
        return _array(value, leaves)
    if value is None or isinstance(value, str | bool):
        return ["=", value]
    if isinstance(value, np.generic):
        leaves.setdefault(type_of(np.asarray(value)), []).append(np.asarray(value).reshape(1))
        return ["n", type_of(np.asarray(value))]
    if isinstance(value, int):
        leaves.setdefault(INT, []).append(np.array([value], np.int64))
        return ["i"]
    if isinstance(value, float):
        leaves.setdefault(FLOAT, []).append(np.array([value]))
        return ["f"]
    if isinstance(value, Mapping):
        return ["d", [[key, _taken_apart(one, leaves)] for key, one in value.items()]]
    if isinstance(value, tuple | list):
        return ["t" if isinstance(value, tuple) else "l", [_taken_apart(one, leaves) for one in value]]
    raise TypeError(f"{type(value).__name__} is no data")


def _array(value: Array, leaves: dict[str, list[Array]]) -> Any:
    kind = type_of(value)
    if value.flags.c_contiguous:
        leaves.setdefault(kind, []).append(value.reshape(-1))
        return ["a", kind, list(value.shape)]
    axes = sorted(range(value.ndim), key=lambda axis: -abs(value.strides[axis]))
    leaves.setdefault(kind, []).append(value.transpose(axes).reshape(-1))
    return ["a", kind, list(value.shape), axes]


def values_of(rows: Rows) -> Iterator[Any]:
    """Yield the values again, each in memory of its own. Raises Damaged where rows and structure do not fit."""
    sizes = dict.fromkeys(rows.blocks, 0)
    leaves = _checked(rows.tree, sizes, 0)
    if leaves > MOST_LEAVES:
        damaged("more parts than a checkpoint has")
    for kind, size in sizes.items():
        if kind not in rows.blocks or rows.blocks[kind].shape != (rows.number, size):
            damaged("numbers that do not fit their structure")
        if rows.blocks[kind].dtype != np.dtype(kind):
            damaged("numbers of another kind than they say")
    for row in range(rows.number):
        at = dict.fromkeys(sizes, 0)
        yield _put_together(rows.tree, {kind: block[row] for kind, block in rows.blocks.items()}, at)


def _checked(tree: Any, sizes: dict[str, int], depth: int) -> int:
    """Add up how many numbers of each type a structure has; return how many parts. Raises Damaged for none."""
    if depth > DEEPEST or not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        damaged("a structure that is none")
    try:
        return _CHECKS[tree[0]](tree, sizes, depth)
    except Damaged:
        raise
    except (LookupError, TypeError, ValueError):
        damaged("a structure that is none")


def _check_constant(tree: list[Any], _sizes: dict[str, int], _depth: int) -> int:
    (_, value) = tree
    if not (value is None or isinstance(value, str | bool)):
        damaged("a structure that is none")
    return 1


def _check_number(tree: list[Any], sizes: dict[str, int], _depth: int) -> int:
    kind = {"i": INT, "f": FLOAT}.get(tree[0]) or tree[1]
    if kind not in TYPES:
        damaged("numbers of a kind that none are")
    sizes[kind] = sizes.get(kind, 0) + 1
    return 1


def _check_array(tree: list[Any], sizes: dict[str, int], _depth: int) -> int:
    kind, shape = tree[1], tree[2]
    if kind not in TYPES or len(shape) > 16 or any(type(size) is not int or not 0 <= size < 1 << 40 for size in shape):
        damaged("an array that is none")
    if len(tree) > 3 and sorted(tree[3]) != list(range(len(shape))):
        damaged("an array that is none")
    sizes[kind] = sizes.get(kind, 0) + prod(shape)
    return 1


def _check_dict(tree: list[Any], sizes: dict[str, int], depth: int) -> int:
    if any(not isinstance(key, str) for key, _ in tree[1]):
        damaged("a structure that is none")
    return 1 + sum(_checked(one, sizes, depth + 1) for _, one in tree[1])


def _check_list(tree: list[Any], sizes: dict[str, int], depth: int) -> int:
    return 1 + sum(_checked(one, sizes, depth + 1) for one in tree[1])


_CHECKS = {
    "=": _check_constant,
    "n": _check_number,
    "i": _check_number,
    "f": _check_number,
    "a": _check_array,
    "d": _check_dict,
    "t": _check_list,
    "l": _check_list,
}


def _put_together(tree: Any, row: Mapping[str, Array], at: dict[str, int]) -> Any:
    what = tree[0]
    if what == "=":
        return tree[1]
    if what == "d":
        return {key: _put_together(one, row, at) for key, one in tree[1]}
    if what in ("t", "l"):
        found = [_put_together(one, row, at) for one in tree[1]]
        return tuple(found) if what == "t" else found
    kind = {"i": INT, "f": FLOAT}.get(what) or tree[1]
    begin = at[kind]
    if what == "a":
        return _array_again(tree, row[kind], begin, at)
    at[kind] = begin + 1
    value = row[kind][begin]
    return value if what == "n" else value.item()


def _array_again(tree: Any, numbers: Array, begin: int, at: dict[str, int]) -> Array:
    kind, shape, *axes = tree[1:]
    at[kind] = begin + prod(shape)
    own = numbers[begin : at[kind]].copy()
    if not axes:
        return own.reshape(shape)
    order = axes[0]
    return own.reshape([shape[axis] for axis in order]).transpose(np.argsort(order))
