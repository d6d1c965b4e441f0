"""The loss and its gradient as a NumPy script takes them: line by line forward, and back by the chain rule."""

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.spec import (
    POINT,
    ExperimentSpec,
    FunctionAsked,
    ProblemSpec,
    ShapedLayer,
    complete_function,
    function_asked,
    layers_in,
    name_and_params,
)

from .cells import Cell
from .excerpt import Excerpt
from .literals import call_text

IDENTITY = "identity"
FUNCTION = "loss_and_gradients"


def network_cell(spec: ExperimentSpec, textbook: Excerpt) -> Cell:
    """Return the function that a step calls: ``loss_and_gradients(params, x, y)``, of a network or a test function.

    Where the network has buffers, it returns the new ones as well.
    """
    if spec.problem is not None:
        return Cell("The function and its gradient.", _problem_code(spec.problem, textbook))
    return Cell("The network, forward and backward.", "\n".join(_network_lines(spec, textbook)))


def has_buffers(spec: ExperimentSpec) -> bool:
    """Tell whether a step leaves running averages behind."""
    return any(layer.buffers for layer in layers_in(spec))


def _problem_code(problem: ProblemSpec, textbook: Excerpt) -> str:
    name = problem.function
    value, slope = (textbook.need("engine.diy.problems", f"{prefix}{name}") for prefix in ("", "d_"))
    more = f", kappa={problem.condition!r}" if name == "quadratic" else ""
    return (
        f"def {FUNCTION}(params):\n"
        f'    """Return the value at the point, and its gradient."""\n'
        f'    w = params["{POINT}"]\n'
        f'    return {value}(w{more}), {{"{POINT}": {slope}(w{more})}}'
    )


def _network_lines(spec: ExperimentSpec, textbook: Excerpt) -> Iterator[str]:
    assert spec.network is not None
    layers = layers_in(spec)
    parts = [_Part(number, layer, textbook) for number, layer in enumerate(layers, start=1)]
    name, params = name_and_params(function_asked(spec.network.loss))
    loss, slope = (textbook.need(LOSSES.module(name).__name__, f"{prefix}{name}") for prefix in ("", "d_"))
    more = _hyper_of(name, params, LOSSES.module(name), textbook)
    for part in parts:
        yield from part.constants()
    yield f"\n\ndef {FUNCTION}(params, x, y):"
    yield '    """Return the loss, and its gradient by every parameter: forward, then back by the chain rule."""'
    for part in parts:
        yield from part.forward()
    last = f"a{len(parts)}"
    yield f"\n    loss = {loss}({last}, y{more})\n"
    yield f"    dL_d{last} = {slope}({last}, y{more})"
    for part in reversed(parts):
        yield from part.backward()
    yield f"\n    return loss, {_merged(f'grads{part.number}' for part in parts)}{_new_buffers(parts)}"


def _new_buffers(parts: Sequence["_Part"]) -> str:
    kept = [f"kept{part.number}.buffers" for part in parts if part.layer.buffers]
    return f", {_merged(kept)}" if kept else ""


def _merged(names: Iterator[str] | Sequence[str]) -> str:
    return "{" + ", ".join(f"**{name}" for name in names) + "}"


class _Part:
    """Write one layer with its activation."""

    def __init__(self, number: int, layer: ShapedLayer, textbook: Excerpt):
        self.number, self.layer = number, layer
        module = LAYERS.module(layer.kind).__name__
        self._forward, self._backward = textbook.need(module, "forward"), textbook.need(module, "backward")
        self._hyper = "None"
        if hasattr(LAYERS.module(layer.kind), "Hyper"):
            self._hyper = f"LAYER{number}"
            self._made = call_text(textbook.need(module, "Hyper"), list(layer.hyper._asdict().items()))
        self._take_activation(layer.activation, textbook)

    def _take_activation(self, asked: FunctionAsked, textbook: Excerpt) -> None:
        name, params = name_and_params(asked)
        file = ACTIVATIONS.module(name)
        self._is_identity, self._is_of_rows = name == IDENTITY, ACTIVATIONS[name].back is not None
        self._more = _hyper_of(name, params, file, textbook)
        if self._is_identity:
            return
        self._function = textbook.need(file.__name__, name)
        self._slope = textbook.need(file.__name__, f"{name}_backward" if self._is_of_rows else f"d_{name}")

    def constants(self) -> Iterator[str]:
        if self._hyper != "None":
            yield f"{self._hyper} = {self._made}"

    def forward(self) -> Iterator[str]:
        n, below = self.number, self._below
        yield f'    z{n}, kept{n} = {self._forward}({below}, params, "{self.layer.name}", {self._hyper})'
        yield f"    a{n} = z{n}" if self._is_identity else f"    a{n} = {self._function}(z{n}{self._more})"

    @property
    def _below(self) -> str:
        return f"a{self.number - 1}" if self.number > 1 else "x"

    def backward(self) -> Iterator[str]:
        n = self.number
        yield f"    dL_dz{n} = {self._led_back()}"
        given = f'dL_dz{n}, kept{n}, params, "{self.layer.name}", {self._hyper}'
        if n == 1:
            yield f"    _, grads{n} = {self._backward}({given}, wants_dL_dx=False)"
        else:
            yield f"    dL_da{n - 1}, grads{n} = {self._backward}({given})"

    def _led_back(self) -> str:
        n = self.number
        if self._is_identity:
            return f"dL_da{n}"
        if self._is_of_rows:
            return f"{self._slope}(dL_da{n}, z{n}, a{n}{self._more})"
        return f"dL_da{n} * {self._slope}(z{n}, a{n}{self._more})"


def _hyper_of(name: str, params: Mapping[str, Any], file: ModuleType, textbook: Excerpt) -> str:
    """Return the last argument of a function that was given numbers of its own; nothing where it has none."""
    if not params:
        return ""
    hyper = complete_function(name, dict(params))
    return f", hyper={call_text(textbook.need(file.__name__, 'Hyper'), list(hyper._asdict().items()))}"
