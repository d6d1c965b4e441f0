"""The arrays of a layer that is an object, of any kind: in attributes, dicts and lists; set, told from gradients."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from .layer_arrays import is_gradient, last_part
from .optimizer_parts import as_array
from .roles import plain

Holder = tuple[Callable[[], Any], Callable[[Any], None]]


def holders(thing: Any) -> dict[str, Holder]:
    """Return what reads and sets each array of an object, by its name: ``gamma``, ``params.gamma``, ``grads.0``."""
    found: dict[str, Holder] = {}
    for name, value in vars(thing).items():
        if _is_array(value):
            found[name] = _of_attribute(thing, name)
        elif isinstance(value, dict):
            found |= {f"{name}.{key}": _of_item(value, key) for key, one in value.items() if _is_array(one)}
        elif isinstance(value, list):
            found |= {f"{name}.{place}": _of_item(value, place) for place, one in enumerate(value) if _is_array(one)}
    return found


def arrays_in(thing: Any) -> dict[str, Any]:
    """Return the arrays themselves."""
    return {name: read() for name, (read, _) in holders(thing).items()}


def put(thing: Any, name: str, value: Any) -> None:
    """Set an array of an object, wherever in it that very array is kept."""
    every = holders(thing)
    old = every[name][0]()
    for read, write in every.values():
        if read() is old:
            write(value)


def gradient_name(now: Mapping[str, Any], weight: str, role_of: Callable[[str], str]) -> str:
    """Name the array that is a weight's gradient: named as its, or of its role, or in its place; empty if none is."""
    size = np.size(as_array(now[weight]))
    fitting = [name for name in now if name != weight and is_gradient(name) and np.size(as_array(now[name])) >= size]
    stem = plain(last_part(weight))
    return next(
        (name for name in fitting if stem in _stems(name)),
        next((name for name in fitting if role_of(weight) in map(role_of, _stems(name))), ""),
    )


def _stems(name: str) -> Iterator[str]:
    """Yield of what a gradient of this name may be: ``gamma`` of ``d_gamma``, ``grad_gamma``, ``grads.gamma`` …"""
    last = plain(last_part(name))
    yield last
    for start in ("d_", "d", "grad_", "grad", "dl_d", "gradient_"):
        if last.startswith(start):
            yield last.removeprefix(start).strip("_")
    for end in ("_grad", "grad", "_gradient"):
        if last.endswith(end):
            yield last.removesuffix(end)


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) or hasattr(value, "detach")


def _of_attribute(thing: Any, name: str) -> Holder:
    return lambda: getattr(thing, name), lambda value: setattr(thing, name, value)


def _of_item(items: Any, key: Any) -> Holder:
    return lambda: items[key], lambda value: items.__setitem__(key, value)
