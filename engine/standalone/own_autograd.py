"""A person's ``torch.autograd.Function`` in a NumPy script: applied to tensors, and led back through by autograd."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.own.live_functions import LiveActivation, LiveLoss

from .own_functions import Code


class Given(NamedTuple):
    """Name a tensor that a function is applied to, and say what it holds; other arguments are named ``""``."""

    name: str
    text: str


class Applied:
    """Write a function's ``apply``, and the way back to those tensors. Variables end with ``label``."""

    def __init__(self, code: Code, function: str, label: str):
        code.files.imports.add("import torch")
        self._called, self._out = code.called(function), f"out{label}"
        self._given: list[Given] = []

    def forward(self, value: str, given: Sequence[Given], turned: str = "") -> Iterator[str]:
        """Yield the lines that make ``value``, an array."""
        self._given = [one for one in given if one.name]
        for name, text in self._given:
            yield f"{name} = torch.tensor({text}, requires_grad=True)"
        yield f"{self._out} = {self._called}.apply({', '.join(name or text for name, text in given)})"
        yield f"{value} = {self._out}.detach().numpy(){turned}"

    def gradients(self, dout: str, count: int, *, is_whole: bool = True) -> str:
        """Return what gives the gradients of the first ``count`` tensors.

        ``dout`` comes from behind, empty of a loss. ``is_whole``: each of them has one, else that is 0.
        """
        behind = f", torch.tensor({dout})" if dout else ""
        names = ", ".join(one.name for one in self._given[:count])
        inputs = f"({names})" if count > 1 else names
        return f"torch.autograd.grad({self._out}, {inputs}{behind}{'' if is_whole else ', materialize_grads=True'})"


class AutogradCall:
    """Write an activation's or a loss's calls, as an OwnCall does."""

    is_product, is_matrix, made = True, False, None

    def __init__(self, live: LiveActivation | LiveLoss, code: Code, label: str):
        subject = live.own.subject
        self._is_loss, self._in, self._code = subject.kind == "loss", f"in{label}", code
        self._applied = Applied(code, subject.name, label)

    def forward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make ``value``."""
        first = inputs["a" if self._is_loss else "z"]
        targets = [Given("", f"torch.tensor({inputs['y']})")] if self._is_loss else []
        yield from self._applied.forward(value, [Given(self._in, first), *targets])
        yield from self._in_precision(value, first)

    def backward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make the derivative, with what comes from behind in it."""
        yield f"{value} = {self._applied.gradients('' if self._is_loss else inputs['dout'], 1)}[0].numpy()"
        yield from self._in_precision(value, inputs["a" if self._is_loss else "z"])

    def _in_precision(self, value: str, like: str) -> Iterator[str]:
        if self._code.is_careful:
            yield f"{value} = {value}.astype({like}.dtype)"
