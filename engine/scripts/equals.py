"""What a factor between an own value and torch's equals: a number that the script has a name for, or an axis' length.

Nothing is claimed by this but that the two are equal, to the digits that the factor is known to.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .compared import CLOSE
from .kept import Kept

PLAIN = (2.0, 0.5, -1.0, 1.0)  # say enough by themselves
SHORTEST = 3  # an axis that is shorter equals too much
MOST = 2


def equals(factor: float, own: Kept, scalars: Mapping[str, Kept]) -> str:
    """Write what a factor equals, as Python would have it: ``1/n = 1/dout.shape[0]``; empty where that is nothing.

    ``scalars`` are the script's numbers by name.
    """
    if not np.isfinite(factor) or any(_is_near(factor, one) for one in PLAIN):
        return ""
    sign = "-" if factor < 0 else ""
    found = dict.fromkeys(text for text, value in _known(own, scalars) if _is_near(abs(factor), value))
    return " = ".join(sign + text for text in list(found)[:MOST])


def _known(own: Kept, scalars: Mapping[str, Kept]) -> Iterator[tuple[str, float]]:
    for name, kept in scalars.items():
        if kept.place < own.place:
            yield from _of_scalar(name, float(kept.numbers))
    reads: dict[str, Any] = dict(own.executions[-1].reads) if own.executions else {}
    for name, value in (*reads.items(), (own.name, own)):
        if isinstance(value, Kept) and value.numbers.ndim:
            yield from _of_lengths(name, value)


def _of_scalar(name: str, value: float) -> Iterator[tuple[str, float]]:
    yield name, value
    if value:
        yield f"1/{name}", 1 / value
    if 0 < value < 1:
        yield f"1 - {name}", 1 - value
        yield f"1/(1 - {name})", 1 / (1 - value)


def _of_lengths(name: str, kept: Kept) -> Iterator[tuple[str, float]]:
    lengths = {f"{name}.shape[{axis}]": length for axis, length in enumerate(kept.numbers.shape)}
    if kept.numbers.ndim > 1:
        lengths[f"{name}.numel()" if kept.is_tensor else f"{name}.size"] = kept.numbers.size
    for text, length in lengths.items():
        if length >= SHORTEST:
            yield text, float(length)
            yield f"1/{text}", 1 / length


def _is_near(factor: float, value: float) -> bool:
    return abs(factor - value) <= CLOSE * abs(value)
