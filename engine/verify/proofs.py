"""Which single rounding tells own code from torch: shown by torch's bits coming out once it is made otherwise."""

from collections.abc import Callable, Sequence
from typing import Any

from engine.own.unusable import Unusable

from .asked import Own
from .record import Rounding


def proved(own: Own, probes: Sequence[Any], is_torch: Callable[[Sequence[Any]], bool], dtype: str) -> Rounding | None:
    """Find the operation whose other rounding makes all answers torch's; the first probe is looked at before others."""
    for number, (line, name) in enumerate(own.roundings()):
        if name == "double" and dtype != "float32":
            continue
        try:
            if is_torch(own.rounded(number, probes[:1])) and is_torch(own.rounded(number, probes)):
                return Rounding(line, name)
        except Unusable:
            continue
    return None
