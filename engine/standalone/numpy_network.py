"""The loss and its gradient as a NumPy script takes them: line by line forward, and back by the chain rule."""

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.layer_names import layer_label
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
from engine.spec.model import AnyLoss

from .cells import Cell
from .excerpt import Excerpt
from .literals import call_text
from .own_form import dict_text
from .own_kinds import OwnKindCall
from .own_network import FunctionCall, LayerCall, Parts, made_lines, own_call, own_layer
from .wrapped import wrapped

IDENTITY, ROWS = "identity", "engine.diy.rows"
FUNCTION = "loss_and_gradients"


def network_cell(spec: ExperimentSpec, textbook: Excerpt, own: Parts) -> Cell:
    """Return the function that a step calls: ``loss_and_gradients(params, x, y)``, of a network or a test function.

    Where the network has buffers, it returns the new ones as well. ``own`` are the parts that are a person's code.
    """
    if spec.problem is not None:
        return Cell("The function and its gradient.", _problem_code(spec.problem, textbook))
    lines = wrapped(_network_lines(spec, textbook, own))
    return Cell("The network, forward and backward.", "\n".join(lines))


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


def _network_lines(spec: ExperimentSpec, textbook: Excerpt, own: Parts) -> Iterator[str]:
    assert spec.network is not None
    parts = {layer.name: _Part(layer, textbook, own) for layer in layers_in(spec)}
    outer = [part.layer for part in parts.values() if not part.layer.is_inside]
    plain = [part for part in parts.values() if not part.layer.inside]
    for part in plain:
        yield from part.constants()
    yield from made_lines(own)
    yield f"\n\ndef {FUNCTION}(params, x, y):"
    yield '    """Return the loss, and its gradient by every parameter: forward, then back by the chain rule."""'
    for part in parts.values():
        yield from part.forward()
    last = f"a{_label(outer[-1].name)}"
    yield ""
    yield from (f"    {line}" for line in _loss_lines(spec.network.loss, last, textbook, own_call(own, "loss", 0)))
    yield from _back(outer, parts, None)
    yield f"\n    return loss, {_merged(f'grads{part.label}' for part in plain)}{_new_buffers(plain)}"


def _loss_lines(asked: AnyLoss, last: str, textbook: Excerpt, own: FunctionCall | None) -> Iterator[str]:
    """Yield the loss of what comes ``last``, and its derivative by that."""
    if own is not None:
        yield from own.forward("loss", {"a": last, "y": "y"})
        yield ""
        yield from own.backward(f"dL_d{last}", {"a": last, "y": "y", "out": "loss"})
        return
    name, params = name_and_params(function_asked(asked))
    loss, slope = (textbook.need(LOSSES.module(name).__name__, f"{prefix}{name}") for prefix in ("", "d_"))
    more = _hyper_of(name, params, LOSSES.module(name), textbook)
    yield f"loss = {loss}({last}, y{more})"
    yield ""
    yield f"dL_d{last} = {slope}({last}, y{more})"


def _back(layers: Sequence[ShapedLayer], parts: Mapping[str, "_Part"], entering: str | None) -> Iterator[str]:
    """Yield the chain rule through layers, last one first; ``entering``: the gradient of what they are given."""
    for place in range(len(layers) - 1, -1, -1):
        layer, part = layers[place], parts[layers[place].name]
        below = f"dL_da{_label(layers[place - 1].name)}" if place else entering
        yield from (f"    {line}" for line in part.led_back())
        if not layer.inside:
            yield from part.backward(below)
            continue
        yield f"    dL_da{_label(layer.inside[-1].name)} = dL_dz{part.label}"
        yield from _back(layer.inside, parts, below and f"through{part.label}")
        if below:
            yield f"    {below} = dL_dz{part.label} + through{part.label}  # past the layers inside, and through them"


def _new_buffers(parts: Sequence["_Part"]) -> str:
    kept = [text for part in parts for text in part.new_buffers()]
    return f", {_merged(kept)}" if kept else ""


def _merged(names: Iterator[str] | Sequence[str]) -> str:
    return "{" + ", ".join(f"**{name}" for name in names) + "}"


def _label(name: str) -> str:
    """Return what a layer's variables end with: ``5_1`` of ``layer5.1``."""
    return layer_label(name).replace(".", "_")


class _Part:
    """Write one layer with its activation."""

    def __init__(self, layer: ShapedLayer, textbook: Excerpt, own: Parts):
        self.layer, self.label = layer, _label(layer.name)
        number = 0 if layer.is_inside else int(self.label)
        self._own, self._own_layer = own_call(own, "activation", number), own_layer(own, number)
        self._below = "x" if layer.x == "x" else f"a{_label(layer.x)}"
        self._take_activation(layer.activation, textbook)
        if layer.axis is not None and not layer.inside:
            self._as_rows, self._from_rows = (textbook.need(ROWS, name) for name in ("as_rows", "from_rows"))
        if layer.inside or self._own_layer is not None:
            return
        module = LAYERS.module(layer.kind).__name__
        self._forward, self._backward = textbook.need(module, "forward"), textbook.need(module, "backward")
        self._hyper = "None"
        if hasattr(LAYERS.module(layer.kind), "Hyper"):
            self._hyper = f"LAYER{self.label}"
            self._made = call_text(textbook.need(module, "Hyper"), list(layer.hyper._asdict().items()))

    def _take_activation(self, asked: FunctionAsked, textbook: Excerpt) -> None:
        name, params = name_and_params(asked)
        file = ACTIVATIONS.module(name)
        self._is_identity, self._is_of_rows = name == IDENTITY, ACTIVATIONS[name].back is not None
        if self._own is not None:
            self._is_identity = False
            return
        self._more = _hyper_of(name, params, file, textbook)
        if self._is_identity:
            return
        self._function = textbook.need(file.__name__, name)
        self._slope = textbook.need(file.__name__, f"{name}_backward" if self._is_of_rows else f"d_{name}")

    def constants(self) -> Iterator[str]:
        if self._own_layer is None and self._hyper != "None":
            yield f"{self._hyper} = {self._made}"

    def forward(self) -> Iterator[str]:
        n, below, axis = self.label, self._below, self.layer.axis
        if self.layer.inside:
            yield f"    z{n} = {below} + a{_label(self.layer.inside[-1].name)}"
        else:
            yield from (f"    {line}" for line in self._z_lines())
            if axis is not None:
                yield f"    z{n} = {self._from_rows}(z{n}, {below}, {axis})"
        if self._own is not None:
            yield from (f"    {line}" for line in self._own.forward(f"a{n}", {"z": f"z{n}"}))
            return
        yield f"    a{n} = z{n}" if self._is_identity else f"    a{n} = {self._function}(z{n}{self._more})"

    def _z_lines(self) -> Iterator[str]:
        n, below, axis = self.label, self._below, self.layer.axis
        x = below if axis is None else f"{self._as_rows}({below}, {axis})"
        if self._own_layer is None:
            yield f'z{n}, kept{n} = {self._forward}({x}, params, "{self.layer.name}", {self._hyper})'
            return
        if axis is not None:
            yield f"rows{n} = {x}"
        yield from self._own_layer.forward(f"z{n}", self._given)

    @property
    def _given(self) -> str:
        """Return what own code is given: rows of one axis."""
        return self._below if self.layer.axis is None else f"rows{self.label}"

    def new_buffers(self) -> Iterator[str]:
        """Yield what holds the new running averages."""
        if self._own_layer is None and self.layer.buffers:
            yield f"kept{self.label}.buffers"
        elif isinstance(self._own_layer, OwnKindCall) and self._own_layer.returned:
            yield dict_text(self._own_layer.returned)

    def backward(self, below: str | None) -> Iterator[str]:
        """Yield the lines that lead back to what the layer is given, whose gradient is called ``below``; None: none."""
        n, axis = self.label, self.layer.axis
        dL_dz = f"dL_dz{n}" if axis is None else f"{self._as_rows}(dL_dz{n}, {axis})"
        if self._own_layer is not None:
            yield from (f"    {line}" for line in self._back_by_own(self._own_layer, below, dL_dz))
        else:
            given = f'{dL_dz}, kept{n}, params, "{self.layer.name}", {self._hyper}'
            wanted = ", wants_dL_dx=False" if below is None else ""
            yield f"    {below or '_'}, grads{n} = {self._backward}({given}{wanted})"
        if below is not None and axis is not None:
            yield f"    {below} = {self._from_rows}({below}, dL_dz{n}, {axis})"

    def _back_by_own(self, own: LayerCall, below: str | None, dL_dz: str) -> Iterator[str]:
        if self.layer.axis is not None:
            yield f"behind{self.label} = {dL_dz}"
            dL_dz = f"behind{self.label}"
        yield from own.backward(below, f"grads{self.label}", dL_dz, self._given)

    def led_back(self) -> Iterator[str]:
        """Yield the lines that lead back through the activation."""
        n = self.label
        if self._own is not None:
            yield from self._led_back_by_own(self._own)
        elif self._is_identity:
            yield f"dL_dz{n} = dL_da{n}"
        elif self._is_of_rows:
            yield f"dL_dz{n} = {self._slope}(dL_da{n}, z{n}, a{n}{self._more})"
        else:
            yield f"dL_dz{n} = dL_da{n} * {self._slope}(z{n}, a{n}{self._more})"

    def _led_back_by_own(self, own: FunctionCall) -> Iterator[str]:
        n = self.label
        inputs = {"z": f"z{n}", "out": f"a{n}", "dout": f"dL_da{n}"}
        if own.is_product:
            yield from own.backward(f"dL_dz{n}", inputs)
            return
        yield from own.backward(f"da_dz{n}", {**inputs, "dout": f"np.ones_like(z{n})"})
        if own.is_matrix:
            yield f"dL_dz{n} = (dL_da{n}[..., None, :] @ da_dz{n})[..., 0, :]"
        else:
            yield f"dL_dz{n} = dL_da{n} * da_dz{n}"


def _hyper_of(name: str, params: Mapping[str, Any], file: ModuleType, textbook: Excerpt) -> str:
    """Return the last argument of a function that was given numbers of its own; nothing where it has none."""
    if not params:
        return ""
    hyper = complete_function(name, dict(params))
    return f", hyper={call_text(textbook.need(file.__name__, 'Hyper'), list(hyper._asdict().items()))}"
