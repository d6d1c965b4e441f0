"""The arrays of a layer that is an object: found by name and shape, set, and told from their gradients."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .optimizer_parts import CannotCall, as_array
from .roles import plain


def flat(value: Any) -> Array:
    """Return a bias's gradient as torch has it, flat, where it is one row or one column."""
    array = np.array(as_array(value))
    return array.reshape(-1) if max(array.shape, default=0) == array.size else array


def order_of(key: str) -> int:
    name = plain(key)
    return 0 if "x" in name or "in" in name else 1 if "w" in name else 2


def last_part(name: str) -> str:
    return name.rpartition(".")[2]


def is_gradient(name: str) -> bool:
    last = plain(last_part(name))
    return last.startswith(("d", "grad")) or last.endswith(("grad", "gradient")) or "grads" in name


def arrays_of(instance: Any) -> dict[str, Any]:
    """Return the arrays that an object keeps, in dicts of its own too: ``W``, ``params.W`` …"""
    found: dict[str, Any] = {}
    for name, value in vars(instance).items():
        if isinstance(value, np.ndarray) or hasattr(value, "detach"):
            found[name] = value
        elif isinstance(value, dict):
            found |= {f"{name}.{key}": one for key, one in value.items() if isinstance(one, np.ndarray)}
    return found


def assign(instance: Any, name: str, value: Any) -> None:
    holder, _, key = name.rpartition(".")
    if holder:
        getattr(instance, holder)[key] = value
    else:
        setattr(instance, name, value)


def attribute(instance: Any, names: Sequence[str]) -> Any:
    for name in names:
        if getattr(instance, name, None) is not None:
            return getattr(instance, name)
    raise CannotCall("nothing comes out")


def is_affine(given: Mapping[str, Array], z: Array) -> bool:
    wanted = given["x"] @ given["W"].T + given.get("b", 0.0)
    return z.shape == wanted.shape and bool(np.allclose(z, wanted, rtol=1e-3, atol=1e-3))
