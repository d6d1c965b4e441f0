"""The layers of a network as the experiment file has them, and with what their kinds' files say of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from numpy import ndarray as Array
from pydantic import Discriminator, Field, SerializerFunctionWrapHandler, Tag, model_serializer

from engine.layer_names import layer_name

from .code import CodeName
from .definitions import one_of
from .faults import Fault, Path, listed
from .hyperparameters import (
    complete_layer,
    function_conflicts,
    function_fields,
    layer_conflicts,
    layer_fields,
    layer_kinds,
    layer_module,
)
from .inits import OF_MATRICES, InitSpec, init_faults
from .own_parts import ActivationSpec, AnyActivation, Function, FunctionAsked, LossSpec, function_asked
from .param_checks import params_faults
from .part import Part

LINEAR = "Linear"
WEIGHT = "weight"  # torch's name of what a layer's ``init`` draws
Shape = tuple[int, ...]
Init = Annotated[InitSpec | None, Field(exclude_if=lambda init: init is None)]


class LinearSpec(Part):
    """Describe a dense layer, whose ``kind`` need not be given, and is not written.

    ``code`` names own code that the DIY lanes run in place of the textbook's layer.
    """

    kind: Literal["Linear"] = LINEAR
    units: Annotated[int, Field(ge=1, le=1_000_000)]
    activation: AnyActivation = "identity"
    bias: bool = True
    init: Init = None
    code: Annotated[CodeName | None, Field(exclude_if=lambda code: code is None)] = None

    @model_serializer(mode="wrap")
    def _without_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written = handler(self)
        del written["kind"]
        return written


class KindSpec(Part):
    """Describe a layer of another kind.

    ``params`` are keyword arguments of ``torch.nn``'s class ``kind``, without those that follow from the data;
    ``layer_faults`` refuses others. ``code`` names own code that the DIY lanes run in place of the textbook's layer.
    """

    kind: Annotated[str, one_of(layer_kinds)]
    params: dict[str, Any] = Field(default_factory=dict)
    activation: AnyActivation = "identity"
    init: Init = None
    code: Annotated[CodeName | None, Field(exclude_if=lambda code: code is None)] = None


LayerSpec = LinearSpec | KindSpec


def _tag(layer: Any) -> str:
    kind = layer.get("kind", LINEAR) if isinstance(layer, dict) else getattr(layer, "kind", LINEAR)
    return "#linear" if kind == LINEAR else "#kind"


AnyLayer = Annotated[
    Annotated[LinearSpec, Tag("#linear")] | Annotated[KindSpec, Tag("#kind")],
    Discriminator(_tag),
]


class ShapedLayer(NamedTuple):
    """Hold a layer between its inputs and outputs, shaped as a row of each.

    ``weights`` has the shape of each parameter by torch's name in the layer, in torch's order; ``buffers`` what else a
    step leaves behind, and begins with.
    """

    name: str
    kind: str
    hyper: Any
    activation: FunctionAsked
    inputs: Shape
    outputs: Shape
    weights: dict[str, Shape]
    buffers: dict[str, Array]

    @property
    def has_mode(self) -> bool:
        """Tell whether evaluating it differs from training it."""
        return hasattr(layer_module(self.kind), "evaluate")


def layer_hyper(layer: LayerSpec) -> Any:
    """Return the ``Hyper`` of a layer's kind."""
    params = {"units": layer.units, "bias": layer.bias} if isinstance(layer, LinearSpec) else layer.params
    return complete_layer(layer.kind, params)


def shaped_layers(layers: Iterable[LayerSpec], inputs: int) -> list[ShapedLayer]:
    """Return the layers of a network of so many inputs, first layer first: ``layer1``, ``layer2`` …"""
    shaped: list[ShapedLayer] = []
    shape: Shape = (inputs,)
    for number, layer in enumerate(layers, start=1):
        module, hyper = layer_module(layer.kind), layer_hyper(layer)
        outputs = module.output_shape(shape, hyper) if hasattr(module, "output_shape") else shape
        weights = module.shapes(shape, hyper)
        asked = function_asked(layer.activation)
        begun = module.buffers(shape, hyper) if hasattr(module, "buffers") else {}
        shaped.append(ShapedLayer(layer_name(number), layer.kind, hyper, asked, shape, outputs, weights, begun))
        shape = outputs
    return shaped


def layer_faults(layers: Sequence[LayerSpec]) -> Iterator[Fault]:
    """Find faults of layers' ``params``, ``init``s and activations: against the fields, then among each other."""
    for index, layer in enumerate(layers):
        yield from function_faults(("network", "layers", index, "activation"), layer.activation)
        if layer.init is not None:
            yield from init_faults(("network", "layers", index, "init"), layer.init)
        if isinstance(layer, KindSpec):
            path = ("network", "layers", index, "params")
            wrong = list(params_faults(path, layer.params, layer_fields(layer.kind)))
            yield from wrong
            if not wrong:
                yield from (Fault((*path, name), code) for name, code in layer_conflicts(layer.kind, layer.params))


def function_faults(path: Path, function: Function) -> Iterator[Fault]:
    """Find faults of an activation's or a loss's ``params``; those of own code are looked at with the code."""
    if not isinstance(function, ActivationSpec | LossSpec):
        return
    fields = function_fields(function.name)
    if function.params and not fields:
        yield Fault((*path, "params"), "no_params", {"name": function.name, "given": listed(function.params)})
        return
    wrong = list(params_faults((*path, "params"), function.params, fields))
    yield from wrong
    if not wrong:
        conflicts = function_conflicts(function.name, function.params)
        yield from (Fault((*path, "params", name), code) for name, code in conflicts)


def drawn_faults(layers: Sequence[LayerSpec], *, seeded: bool) -> Iterator[Fault]:
    """Find layers whose ``init`` has nothing to draw, or nothing that its function can draw."""
    for index, layer in enumerate(shaped_layers(layers, 1)):
        if (init := layers[index].init) is None:
            continue
        path = ("network", "layers", index, "init")
        if WEIGHT not in layer.weights:
            yield Fault(path, "init_no_weight", {"kind": layer.kind})
        elif init.name in OF_MATRICES and len(layer.weights[WEIGHT]) < 2:
            yield Fault((*path, "name"), "init_needs_matrix", {"name": init.name})
        elif not seeded:
            yield Fault(path, "init_needs_seed")
