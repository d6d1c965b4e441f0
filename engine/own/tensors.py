"""Torch, where own code imports it: nothing of ours in this room is made with it."""

from importlib import import_module
from typing import Any

from numpy import ndarray as Array


def tensor(values: Array, *, is_parameter: bool = False) -> Any:
    torch = import_module("torch")
    made = torch.tensor(values)
    return torch.nn.Parameter(made) if is_parameter else made


def zeros(values: Array) -> Any:
    return import_module("torch").zeros_like(tensor(values))


def put(into: Any, values: Array) -> None:
    """Set a tensor's numbers, whatever autograd thinks of it."""
    torch = import_module("torch")
    with torch.no_grad():
        into.copy_(torch.tensor(values))
