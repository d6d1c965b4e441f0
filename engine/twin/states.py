"""An optimizer's state of a weight, as torch keeps it and as a ``Snapshot`` does: by the paper's symbols, in NumPy."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor

from engine.lane.lane import State

from .opened import array_of


def from_torch(kept: Mapping[str, Any], symbols: Mapping[str, str]) -> dict[str, Array | np.generic | float | None]:
    """Return what torch keeps under its names ``symbols``; nothing yet before the first step. Arrays are views."""
    return {symbol: _from_torch(symbol, kept.get(name)) for symbol, name in symbols.items()}


def _from_torch(symbol: str, value: Any) -> Array | np.generic | float | None:
    if symbol == "t":
        return 0 if value is None else int(value)
    if value is None:
        return None
    return array_of(value) if value.ndim else array_of(value)[()]  # a number is copied: torch changes it in place


def to_torch(state: State, symbols: Mapping[str, str], weight: Tensor) -> Iterator[tuple[str, Tensor]]:
    for symbol, name in symbols.items():
        value = state.get(symbol)
        if symbol == "t":
            yield name, torch.tensor(float(value or 0), dtype=torch.float32)  # type: ignore[arg-type]
        elif isinstance(value, np.ndarray):
            yield name, torch.tensor(value, dtype=weight.dtype, device=weight.device)
        elif value is not None:
            yield name, torch.tensor(value)
