"""Torch, where own code imports it: nothing of ours in this room is made with it."""

from collections.abc import Callable, Sequence
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


def applied(function: Any, inputs: Sequence[Array]) -> tuple[Array, Callable[[Array], Array]]:
    """Apply a ``torch.autograd.Function``: its value, and the gradient by the first input of what comes in behind."""
    torch = import_module("torch")
    given = [torch.tensor(value) for value in inputs]
    given[0].requires_grad_()
    value = function.apply(*given)

    def slope(behind: Array) -> Array:
        (gradient,) = torch.autograd.grad(value, given[0], torch.tensor(behind), retain_graph=True)
        return gradient.detach().numpy()

    return value.detach().numpy(), slope


def led_through(function: Any, inputs: Sequence[Any]) -> tuple[Array, Callable[[Array], list[Array]]]:
    """Apply a ``torch.autograd.Function``: its value, and the gradients by all inputs of what comes in behind.

    What is no array, a number of its own say, is handed over as it is.
    """
    torch = import_module("torch")
    handed = [torch.tensor(value).requires_grad_() if isinstance(value, Array) else value for value in inputs]
    given = [one for one in handed if isinstance(one, torch.Tensor)]
    value = function.apply(*handed)

    def led_back(behind: Array) -> list[Array]:
        found = torch.autograd.grad(value, given, torch.tensor(behind), allow_unused=True, retain_graph=True)
        pairs = zip(given, found, strict=True)
        return [torch.zeros_like(one).numpy() if g is None else g.numpy() for one, g in pairs]

    return value.detach().numpy(), led_back
