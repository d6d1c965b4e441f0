"""The line at an event of a recorded step, and the numbers of both sides in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.kept_source import text_of
from engine.layer_names import owner_of
from engine.spec import ShapedLayer, layer_module, layers_in

from .element import Element
from .formula import line_formula
from .numbers import line_numbers, used
from .places import in_rows, ways_of
from .recorded import Index, Recorded
from .syntax import parsed, statement_at

OF_ALL_LAYERS = ("schedule", "clip")


def statement_of(step: Recorded, event: int) -> str:
    """Return the whole statement that the event's line belongs to."""
    line = step.lines[event]
    return statement_at(text_of(step.calls[line.call].code.co_filename), line.line)


def function_at(step: Recorded, event: int) -> str:
    return step.calls[step.lines[event].call].code.co_name


def targets_of(statement: str) -> tuple[str, ...]:
    parts = parsed(statement)
    return () if parts is None else parts.targets


def formula_at(step: Recorded, event: int) -> str:
    return line_formula(statement_of(step, event), function_at(step, event))


def element_at(step: Recorded, event: int, weight: str, index: Index, row: int) -> Element:
    """Return the element of the event's arrays that belongs to the weight's, or is nearest to it.

    The event's stage says whose layer's arrays they are; the loss works on what the last layer gives, and the learning
    rate and clipping are of all layers. A problem has no layers, and whatever is shaped as its point is as an
    optimizer's arrays.
    """
    if step.spec.network is None:
        return Element(row, index[-1], index[-1], updating=True)
    stage, own = step.stage_of(event), owner_of(weight)
    layers = {layer.name: layer for layer in layers_in(step.spec)}
    chosen = _own_element(step, layers[own], index, row)._replace(updating=stage.endswith(".update"))
    if stage in OF_ALL_LAYERS:
        return chosen._replace(updating=True)
    stands = owner_of(stage)
    there = [*layers][-1] if stage == "loss" else stands if stands in layers else own
    for layer in _above(own, there, [*layers.values()]):
        chosen = chosen.flattened(layer.inputs) if _flattens(layer) else chosen.above(_keeps(layer))
    for layer in reversed(_below(own, there, [*layers.values()])):
        chosen = chosen.folded(layer.inputs) if _flattens(layer) else chosen.below(_keeps(layer))
    return _in_rows(step, event, layers[there], chosen)


def _own_element(step: Recorded, layer: ShapedLayer, index: Index, row: int) -> Element:
    """Return the element of a weight's own layer, at the first place of the row that the weight meets."""
    ways = ways_of(layer, index, step.diy[layer.x], row) if row < len(step.rows) else ()
    position = ways[0].position if ways else ()
    axis = -1 if layer.axis is None else layer.axis
    if hasattr(layer_module(layer.kind), "OF_INDICES"):
        where, unit = index
        return Element(row, unit, where, position=position, of_table=True)
    unit, *columns = index
    column = columns[0] if columns else unit if _keeps(layer) else 0
    return Element(row, unit, column, position=position, axis=axis)


def _flattens(layer: ShapedLayer) -> bool:
    return layer.axis is None and len(layer.inputs) > len(layer.outputs)


def _in_rows(step: Recorded, event: int, layer: ShapedLayer, chosen: Element) -> Element:
    """Return the element as the file of a layer's kind has it, to which each place of a row may be a row."""
    kind = layer_module(layer.kind)
    if layer.axis is None or step.calls[step.lines[event].call].code.co_filename != kind.__file__:
        return chosen
    chosen = chosen._replace(axis=layer.axis)
    row, _ = in_rows(layer, chosen.of("x", (len(step.rows), *layer.inputs)))
    return chosen._replace(row=row)


def _above(own: str, there: str, layers: Sequence[ShapedLayer]) -> list[ShapedLayer]:
    """Return the layers that lie above one of them, up to another, which may be below: then there are none."""
    first, last = (next(at for at, one in enumerate(layers) if one.name == name) for name in (own, there))
    return [layer for layer in layers[first + 1 : last + 1] if _is_on_the_way(layer.name, own, there)]


def _below(own: str, there: str, layers: Sequence[ShapedLayer]) -> list[ShapedLayer]:
    """Return the layers that lie below one of them, down to another, in the order in which they run."""
    first, last = (next(at for at, one in enumerate(layers) if one.name == name) for name in (there, own))
    return [layer for layer in layers[first:last] if _is_on_the_way(layer.name, own, there)]


def _is_on_the_way(name: str, *ends: str) -> bool:
    """Tell whether a layer is inside no residual but those that an end is inside of; past others leads the skip."""
    around = name.rpartition(".")[0]
    while around and any(end.startswith(f"{around}.") for end in ends):
        around = around.rpartition(".")[0]
    return not around


def _keeps(layer: ShapedLayer) -> bool:
    """Tell whether what a layer does to an input stays in its place."""
    return not hasattr(layer_module(layer.kind), "output_shape")


def numbers_at(step: Recorded, event: int, element: Element) -> tuple[str, str]:
    """Return the line with DIY's numbers and with torch's; empty where it is no formula or torch has no such values."""
    statement, function = statement_of(step, event), function_at(step, event)
    variables, made = step.variables_at(event), step.made_at(event)
    keys = step.keys_at(event)
    variables, made = _as_written(variables, keys), _as_written(made, keys)
    made = {name: variables[name] for name in targets_of(statement) if name in variables} | made  # bound to what it was
    own = line_numbers(statement, variables, made, element, function)
    if not own or step.torch is None:
        return own, ""
    needed = {name: value for name, value in variables.items() if name in used(statement)}
    theirs, theirs_made = (_twins(step, event, values) for values in (needed, made))
    return own, line_numbers(statement, theirs, theirs_made, element, function)


def _as_written(values: Mapping[str, Any], keys: Mapping[str, str | int]) -> dict[str, Any]:
    """Return values under the names that a line has for them as well.

    ``self.m['layer1.weight']`` is ``self.m[key]`` where that is the ``key``, and ``p.data`` is ``p``.
    """
    found: dict[str, Any] = {f"{name}.data": value for name, value in values.items() if name.isidentifier()}
    for name, value in values.items():
        base, _, key = name.removesuffix("]").rpartition("[")
        if base:
            found |= {f"{base}[{variable}]": value for variable, held in keys.items() if repr(held) == key}
    return {**found, **values}


def _twins(step: Recorded, event: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Torch's value for each; those that torch lacks are left out."""
    call = step.lines[event].call
    twins = {name: _twin(step, value, name, call) for name, value in values.items()}
    return {name: twin for name, twin in twins.items() if twin is not None or values[name] is None}


def _twin(step: Recorded, value: Any, name: str, call: int) -> Any:
    """Torch's array in place of an array, a tuple of them in place of a tuple; other things are the same for both."""
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        twins = [_twin(step, item, fields[n] if fields else name, call) for n, item in enumerate(value)]
        return type(value)(*twins) if fields else tuple(twins)
    named = step.twin_name(value, name, call)
    if named is not None and step.torch is not None:
        return step.torch.get(named)
    return None if isinstance(value, np.ndarray | np.generic) else value
