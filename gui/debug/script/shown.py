"""A file without a run, and a value of a run, as the debugger's views take them."""

import numpy as np

from engine.protocol import Call, Function, Line, MapRequest, Maps, Source, Stage, Traced, ValueArrays


def bare(file: str, text: str, line: int | None) -> Traced:
    """Return a trace of a file of which no value is known: it stands at ``line``, or behind all of it."""
    length = text.count("\n") + 1
    function = Function(0, file.rpartition("/")[2], 1, length, ())
    lines = (Line(0, line or 1, 0, (), ""),)
    stages = (Stage("script", 0, 0, None, "equal"),)
    return Traced(0, 0, 0, (Source(file, text),), (function,), (Call(0, None, None, None, ()),), lines, (), stages)


def maps_of(arrays: ValueArrays) -> Maps:
    """Return a value's numbers as maps, one cell an element."""
    own, torch = arrays.own, arrays.torch
    there = own if own is not None else torch
    assert there is not None
    with np.errstate(all="ignore"):
        delta = None if own is None or torch is None else own - torch
    both = [one for one in (own, torch) if one is not None]
    return Maps(
        MapRequest(0, "", "weight", there.shape), there.shape, (1, 1), own, torch, delta, arrays.ulps,
        max(map(_scale, both)), _scale(delta), _scale(arrays.ulps), None,
    )  # fmt: skip


def _scale(numbers: np.ndarray | None) -> float:
    finite = None if numbers is None else np.abs(numbers[np.isfinite(numbers)])
    return 0.0 if finite is None or not finite.size else float(finite.max())
