"""The layers of a network as the experiment file has them, and with what their kinds' files say of them."""

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from numpy import ndarray as Array
from pydantic import Discriminator, Field, SerializerFunctionWrapHandler, Tag, model_serializer

from engine.layer_names import layer_label, layer_name

from .arrays import NonEmpty
from .code import CodeName
from .definitions import one_of
from .faults import Fault, Path, listed, times
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

LINEAR, RESIDUAL = "Linear", "Residual"
LAYERS: Path = ("network", "layers")
MOST_LAYERS = 256  # each is a row of fields in the window; those inside others count too
MOST_DEPTH = 5  # of layers inside layers
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


class ResidualSpec(Part):
    """Describe layers past which their input is led, to be added to what they make of it."""

    kind: Literal["Residual"]
    layers: Annotated[tuple["AnyLayer", ...], *NonEmpty]
    activation: ClassVar[AnyActivation] = "identity"
    init: ClassVar[InitSpec | None] = None


LayerSpec = LinearSpec | KindSpec | ResidualSpec
TAGS = {LINEAR: "#linear", RESIDUAL: "#residual"}


def _tag(layer: Any) -> str:
    kind = layer.get("kind", LINEAR) if isinstance(layer, dict) else getattr(layer, "kind", LINEAR)
    return TAGS.get(kind, "#kind") if isinstance(kind, str) else "#kind"


AnyLayer = Annotated[
    Annotated[LinearSpec, Tag("#linear")]
    | Annotated[KindSpec, Tag("#kind")]
    | Annotated[ResidualSpec, Tag("#residual")],
    Discriminator(_tag),
]
ResidualSpec.model_rebuild()


class ShapedLayer(NamedTuple):
    """Hold a layer between its inputs and outputs, shaped as a row of each.

    ``weights`` has the shape of each parameter by torch's name in the layer, in torch's order; ``buffers`` what else a
    step leaves behind, and begins with. ``x`` and ``dL_dx`` are what a step calls what goes in and its gradient, None
    where nobody wants that. ``path`` is the layer's place in the file; ``inside`` are a residual's layers.
    """

    name: str
    kind: str
    hyper: Any
    activation: FunctionAsked
    inputs: Shape
    outputs: Shape
    weights: dict[str, Shape]
    buffers: dict[str, Array]
    x: str
    dL_dx: str | None
    path: Path
    init: InitSpec | None
    inside: tuple["ShapedLayer", ...] = ()

    @property
    def axis(self) -> int | None:
        """Return the axis of its input along which it works where a row has several; None of all the row."""
        return row_axis(self.kind, self.inputs)

    @property
    def has_mode(self) -> bool:
        """Tell whether evaluating it differs from training it."""
        return not self.inside and hasattr(layer_module(self.kind), "evaluate")

    @property
    def is_inside(self) -> bool:
        """Tell whether it is one of a residual's layers."""
        return "." in self.name


def layer_hyper(layer: LinearSpec | KindSpec) -> Any:
    """Return the ``Hyper`` of a layer's kind."""
    params = {"units": layer.units, "bias": layer.bias} if isinstance(layer, LinearSpec) else layer.params
    return complete_layer(layer.kind, params)


def each_layer(layers: Iterable[LayerSpec], at: Path = LAYERS) -> Iterator[tuple[Path, LayerSpec]]:
    """Yield every layer with its place in the file, in its order: a residual, then those inside it."""
    for index, layer in enumerate(layers):
        yield (*at, index), layer
        if isinstance(layer, ResidualSpec):
            yield from each_layer(layer.layers, (*at, index, "layers"))


def row_axis(kind: str, inputs: Shape) -> int | None:
    """Return the axis along which a kind works, rows being axis 0, where a row has several; None of all the row."""
    axis = getattr(layer_module(kind), "AXIS", None)
    return axis if len(inputs) > 1 else None


def row_of(kind: str, inputs: Shape) -> Shape:
    """Return the shape of what is a row to a kind: of a row of several axes perhaps one of them alone."""
    axis = row_axis(kind, inputs)
    return inputs if axis is None else ((0, *inputs)[axis],)


def shaped_layers(layers: Iterable[LayerSpec], row: Shape) -> list[ShapedLayer]:
    """Return the layers of a network in the order in which they run: ``layer1``, ``layer2`` …

    ``row``: the shape of a row of x. Those inside a residual come before it, which adds their input to what they made:
    ``layer5.1``, ``layer5``. Each layer's outputs are the next one's inputs, whether that takes them or not:
    ``shape_faults`` says.
    """
    return [*in_order(_shaped(layers, _Entering(row, "x", None)))]


def in_order(layers: Iterable[ShapedLayer]) -> Iterator[ShapedLayer]:
    """Yield layers in the order in which they run."""
    for layer in layers:
        yield from in_order(layer.inside)
        yield layer


class _Entering(NamedTuple):
    """Say what goes into a layer: its row's shape, its name in a step, and that of its gradient."""

    shape: Shape
    x: str
    dL_dx: str | None


def _shaped(
    layers: Iterable[LayerSpec], entering: _Entering, at: Path = LAYERS, within: str = ""
) -> Iterator[ShapedLayer]:
    """Yield the layers one after another, each with those inside it."""
    for index, layer in enumerate(layers):
        name, path = layer_name(index + 1, within), (*at, index)
        shaped = _residual if isinstance(layer, ResidualSpec) else _plain
        yield (one := shaped(layer, entering, name, path))
        entering = _Entering(one.outputs, f"{name}.a", f"{name}.dL_da")


def _plain(layer: Any, entering: _Entering, name: str, path: Path) -> ShapedLayer:
    module, hyper, inputs = layer_module(layer.kind), layer_hyper(layer), entering.shape
    row = row_of(layer.kind, inputs)
    return ShapedLayer(
        name=name,
        kind=layer.kind,
        hyper=hyper,
        activation=function_asked(layer.activation),
        inputs=inputs,
        outputs=_outputs(layer.kind, hyper, inputs),
        weights=module.shapes(row, hyper),
        buffers=module.buffers(row, hyper) if hasattr(module, "buffers") else {},
        x=entering.x,
        dL_dx=entering.dL_dx,
        path=path,
        init=layer.init,
    )


def _outputs(kind: str, hyper: Any, inputs: Shape) -> Shape:
    """Return the shape of a row of what a layer makes of such rows."""
    module, row = layer_module(kind), row_of(kind, inputs)
    outputs = module.output_shape(row, hyper) if hasattr(module, "output_shape") else row
    if (axis := row_axis(kind, inputs)) is None:
        return outputs
    along = axis % (len(inputs) + 1) - 1
    return (*inputs[:along], *outputs, *inputs[along + 1 :])


def _residual(layer: Any, entering: _Entering, name: str, path: Path) -> ShapedLayer:
    shape, through = entering.shape, None if entering.dL_dx is None else f"{name}.backward.through_inside"
    inside = tuple(_shaped(layer.layers, entering._replace(dL_dx=through), (*path, "layers"), name))
    asked = function_asked(layer.activation)
    return ShapedLayer(
        name, RESIDUAL, None, asked, shape, shape, {}, {}, entering.x, entering.dL_dx, path, None, inside
    )


def layer_faults(layers: Sequence[LayerSpec]) -> Iterator[Fault]:
    """Find faults of layers' ``params``, ``init``s and activations: against the fields, then among each other."""
    for path, layer in each_layer(layers):
        yield from function_faults((*path, "activation"), layer.activation)
        if layer.init is not None:
            yield from init_faults((*path, "init"), layer.init)
        if isinstance(layer, KindSpec):
            wrong = list(params_faults((*path, "params"), layer.params, layer_fields(layer.kind)))
            yield from wrong
            if not wrong:
                conflicts = layer_conflicts(layer.kind, layer.params)
                yield from (Fault((*path, "params", name), code) for name, code in conflicts)


def nesting_fault(raw: Any) -> Fault | None:
    """Tell whether a network, as it was parsed, has more layers than there may be, or layers nested too deeply.

    Nothing else of it is looked at: what is told here would keep a check of all of it busy for long.
    """
    waiting: list[tuple[Path, int, Any]] = [(LAYERS, 1, raw.get("layers") if isinstance(raw, dict) else None)]
    count = 0
    while waiting:
        path, depth, layers = waiting.pop()
        if not isinstance(layers, list | tuple):
            continue
        if depth > MOST_DEPTH:
            return Fault(path[:-1], "nested_too_deeply", {"limit": MOST_DEPTH})
        count += len(layers)
        if count > MOST_LAYERS:
            return Fault(LAYERS, "too_many", {"count": count, "limit": MOST_LAYERS})
        waiting += [
            ((*path, index, "layers"), depth + 1, layer["layers"])
            for index, layer in enumerate(layers)
            if isinstance(layer, dict) and "layers" in layer
        ]
    return None


def residual_faults(layers: Iterable[LayerSpec], row: Shape) -> Iterator[Fault]:
    """Find residuals whose inside makes another shape than it is given, which cannot be added."""
    for layer in shaped_layers(layers, row):
        if not layer.inside or layer.inside[-1].outputs == layer.inputs:
            continue
        fields = {"found": times(layer.inside[-1].outputs), "expected": times(layer.inputs)}
        last = next((one for one in reversed(layer.inside) if one.outputs != one.inputs), layer.inside[-1])
        if last.kind == LINEAR and len(layer.inputs) == 1:
            fields |= {"layer": layer_label(last.name), "units": prod(layer.inputs)}
            yield Fault((*last.path, "units"), "residual_units", fields)
        else:
            yield Fault(layer.path, "residual_shapes", fields)


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
    for layer in shaped_layers(layers, (1,)):
        if (init := layer.init) is None:
            continue
        path = (*layer.path, "init")
        if WEIGHT not in layer.weights:
            yield Fault(path, "init_no_weight", {"kind": layer.kind})
        elif init.name in OF_MATRICES and len(layer.weights[WEIGHT]) < 2:
            yield Fault((*path, "name"), "init_needs_matrix", {"name": init.name})
        elif not seeded:
            yield Fault(path, "init_needs_seed")
