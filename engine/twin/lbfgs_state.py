"""torch's state of LBFGS, which is of all weights at once and kept in the first one's place: there and back.

Single numbers are floats to torch or tensors of one number, as they came about. Which of the two they are is kept:
torch goes on from a state that was put back to the bit. A list of vectors is one array here. torch's list ``al`` is
left out: it is filled again in every iteration.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.diy.optimizers.lbfgs import COMPARED, TORCH_STATE

COUNTS = ("n_iter", "func_evals")
LISTS = ("S", "Y", "rho")


def from_torch(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the entries under the paper's symbols; those not there yet are None, or 0 where they count."""
    return compared_from_torch(kept) | {symbol: _stacked(kept, symbol) for symbol in LISTS}


def compared_from_torch(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Convert a state without the history, whose size grows with its length."""
    return {symbol: _copied(kept.get(TORCH_STATE[symbol]), symbol in COUNTS) for symbol in COMPARED}


def _copied(value: Any, is_count: bool) -> Any:
    if isinstance(value, Tensor):
        return value.detach().cpu().numpy().copy()[()]  # of one number: a number of NumPy's
    return (value or 0) if is_count else None if value is None else float(value)


def _stacked(kept: Mapping[str, Any], symbol: str) -> np.ndarray | None:
    vectors, direction = kept.get(TORCH_STATE[symbol]), kept.get("d")
    if vectors is None or direction is None:
        return None
    if vectors:
        return torch.stack(vectors).cpu().numpy()
    shape = 0 if symbol == "rho" else (0, len(direction))
    return direction.new_zeros(shape).cpu().numpy()


def to_torch(state: Mapping[str, Any], like: Tensor) -> dict[str, Any]:
    """Return torch's own state dict for it, in the precision and on the device of a weight."""
    kept: dict[str, Any] = {name: state[symbol] for symbol, name in TORCH_STATE.items() if symbol in COUNTS}
    if state["d"] is None:
        return kept
    for symbol, name in TORCH_STATE.items():
        value = state[symbol]
        if symbol in LISTS:
            # Each in memory of its own, as torch has them: a sum's last bit depends on where in memory it begins.
            kept[name] = [torch.tensor(vector, dtype=like.dtype, device=like.device) for vector in value]
        elif isinstance(value, np.ndarray | np.generic):
            kept[name] = torch.tensor(value, dtype=like.dtype, device=like.device)
        else:
            kept[name] = value
    return kept
