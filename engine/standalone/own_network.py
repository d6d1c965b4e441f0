"""A network's own code in a NumPy script: which of its parts are a person's, and how each is called."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy import ndarray as Array

from engine.lane.diy_lane import DiyLane
from engine.lane.own_code import source_of
from engine.layer_names import layer_name
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.own.live_kinds import LiveKind
from engine.own.live_layers import LiveLayer
from engine.spec import ExperimentSpec, ShapedLayer, inputs_type, layer_in, layers_in, parts_of

from .cells import Asked
from .data_cells import data_arrays
from .own_autograd import AutogradCall
from .own_autograd_layers import AutogradLayer, dense_function, kind_function
from .own_files import OwnFiles
from .own_functions import Code, OwnCall
from .own_kinds import OwnKindCall
from .own_layers import OwnLayerCall
from .own_rows import LABEL, RowsCall

FunctionCall = OwnCall | AutogradCall | RowsCall
LayerCall = OwnLayerCall | OwnKindCall | AutogradLayer
Parts = Mapping[tuple[str, int], FunctionCall | LayerCall]  # by the kind of part and its layer; a loss's is 0
AUTOGRAD = "autograd function"


def own_calls(asked: Asked, lane: DiyLane | None, files: OwnFiles) -> Parts:
    """Return how each part's own code is called. Raises NoForm where that cannot be written."""
    spec = asked.spec
    if lane is None or lane.own_parts is None:
        return {}
    found: dict[tuple[str, int], FunctionCall | LayerCall] = {}
    for part in parts_of(spec):
        live = lane.own_parts.of(part.kind, part.layer)
        place = f"{part.kind}{part.layer}" if asked.is_apart else ""
        code = Code(files, source_of(spec, part.code), asked.is_careful, place)
        if isinstance(live, LiveLayer | LiveKind):
            found[part.kind, part.layer] = _layer(spec, part.layer, live, code)
        elif isinstance(live, LiveActivation | LiveLoss):
            found[part.kind, part.layer] = _function(spec, part.layer, live, code)
    return found


def _layer(spec: ExperimentSpec, number: int, live: LiveLayer | LiveKind, code: Code) -> LayerCall:
    layer, label = layer_in(spec, layer_name(number)), str(number)
    if isinstance(live, LiveLayer):
        if live.own.subject.form == AUTOGRAD:
            return dense_function(live, code, layer, label)
        return OwnLayerCall(live, code, layer.name, label, has_bias="bias" in layer.weights)
    if live.own.subject.form == AUTOGRAD:
        return kind_function(live, code, layer, label)
    return OwnKindCall(live, code, layer, label, floats=layer.x != "x" or "int" not in inputs_type(spec))


def _function(spec: ExperimentSpec, number: int, live: LiveActivation | LiveLoss, code: Code) -> FunctionCall:
    kind = live.own.subject.kind
    label = str(number) if kind == "activation" else "_loss"
    if live.own.subject.form == AUTOGRAD:
        return AutogradCall(live, code, label)
    sample = _sample(spec, kind)
    if live.own.caller.convention.layout != "each":
        return OwnCall(live, code, label, sample)
    row = OwnCall(live, code, LABEL, {"z": sample["z"][0]}, name=f"own{label}")
    return RowsCall(row, label, len(layer_in(spec, layer_name(number)).outputs))


def made_lines(parts: Parts) -> Iterator[str]:
    yield from (one.made for one in parts.values() if one.made is not None)


def own_call(parts: Parts, kind: str, layer: int) -> FunctionCall | None:
    """Return the calls of an activation or a loss that is own code."""
    found = parts.get((kind, layer))
    return found if isinstance(found, FunctionCall) else None


def own_layer(parts: Parts, layer: int) -> LayerCall | None:
    """Return the calls of a layer that is own code."""
    found = parts.get(("layer", layer))
    return found if isinstance(found, LayerCall) else None


class Averages:
    """Say what of the running averages of a network the script has to do with.

    ``begun``: the layers whose ``buffers`` it begins with; ``handed``, ``returned``: whether a step is handed them, and
    gives new ones back. Own code may keep them itself, or have none.
    """

    def __init__(self, spec: ExperimentSpec, parts: Parts):
        layers = [layer for layer in layers_in(spec) if layer.buffers]
        own = {layer.name: _own(layer, parts) for layer in layers}
        plain = [name for name, one in own.items() if one is None]
        kinds = [one for one in own.values() if isinstance(one, OwnKindCall)]
        keeping = [name for name, one in own.items() if isinstance(one, OwnKindCall) and one.begins_with_averages]
        self.begun: Iterable[str] = frozenset((*plain, *keeping))
        self.handed = bool(plain) or any(one.is_handed_averages for one in kinds)
        self.returned = bool(plain) or any(one.returned for one in kinds)

    def of(self, buffers: Mapping[str, Array]) -> dict[str, Array]:
        """Return those of the buffers, by their names, that the script begins with."""
        return {name: value for name, value in buffers.items() if name.rpartition(".")[0] in self.begun}


def _own(layer: ShapedLayer, parts: Parts) -> LayerCall | None:
    return None if layer.is_inside else own_layer(parts, int(layer.name.removeprefix("layer")))


def _sample(spec: ExperimentSpec, kind: str) -> dict[str, np.ndarray]:
    """Return inputs by which it is seen what a part gives: an activation takes any, a loss what targets there are."""
    _, y = data_arrays(spec)
    rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), 3 if y.ndim == 1 else y.shape[-1])).astype(spec.dtype)
    if kind == "activation":
        return {"z": rows}
    if y.ndim == 1:
        rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), int(y.max()) + 1)).astype(spec.dtype)
    return {"a": rows, "y": y}
