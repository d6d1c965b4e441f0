"""torch's own files of weights: a ``state_dict`` read as data alone, and written."""

import io
import pickle
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from numpy import ndarray as Array
from torch import Tensor

from engine.spec.numbers_error import NumbersError

WITHIN = ("state_dict", "model_state_dict", "model", "module", "net", "network", "weights")  # of a checkpoint
MOST_NUMBERS = 1 << 28  # of a tensor: one that repeats a number takes no room until it is copied


def read_state_dict(file: Path) -> dict[str, Array]:
    """Return the tensors of a ``state_dict``, or of a checkpoint that has one, by name, with no code of it run.

    Raises NumbersError, or whatever torch raises on a file that is broken.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        words = str(error)
        if "GLOBAL" in words or "Unsupported" in words or "weights_only" in words.partition("Please")[0].lower():
            raise NumbersError("numbers_with_code") from None
        raise ValueError("it is no file that torch has written") from None
    state = _state_in(found)
    if state is None:
        raise NumbersError("numbers_no_state", given=type(found).__name__)
    return dict(_arrays(state))


def packed_state_dict(arrays: Mapping[str, Array]) -> bytes:
    """Return arrays as tensors by name, as ``torch.save(model.state_dict(), file)`` writes them."""
    content = io.BytesIO()
    torch.save({name: torch.tensor(array) for name, array in arrays.items()}, content)
    return content.getvalue()


def _state_in(found: Any) -> Mapping[Any, Any] | None:
    if not isinstance(found, Mapping):
        return None
    if found and all(isinstance(value, Tensor) for value in found.values()):
        return found
    inside = (found[name] for name in WITHIN if isinstance(found.get(name), Mapping))
    return next((one for one in inside if one and all(isinstance(value, Tensor) for value in one.values())), None)


def _arrays(state: Mapping[Any, Any]) -> Iterator[tuple[str, Array]]:
    for name, tensor in state.items():
        if not isinstance(name, str) or tensor.layout != torch.strided or tensor.is_quantized or tensor.is_meta:
            raise ValueError("its tensors are no plain arrays with names")
        if tensor.numel() > MOST_NUMBERS:
            raise ValueError("a tensor has too many numbers")
        plain = tensor.detach()
        yield name, (plain.float() if plain.dtype == torch.bfloat16 else plain).numpy().copy()
