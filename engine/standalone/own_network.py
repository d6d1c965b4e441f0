"""A network's own code in a NumPy script: which of its parts are a person's, and how each is called."""

from collections.abc import Iterator, Mapping

import numpy as np

from engine.lane.diy_lane import DiyLane
from engine.lane.own_code import source_of
from engine.layer_names import layer_name
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.own.live_layers import LiveLayer
from engine.spec import ExperimentSpec, layer_in, parts_of

from .data_cells import data_arrays
from .own_files import OwnFiles
from .own_form import NoForm
from .own_functions import Code, OwnCall
from .own_layers import OwnLayerCall

Parts = Mapping[tuple[str, int], OwnCall | OwnLayerCall]  # by the kind of part and its layer; a loss's is 0


def own_calls(spec: ExperimentSpec, lane: DiyLane | None, files: OwnFiles, *, is_careful: bool) -> Parts:
    """Return how each part's own code is called. Raises NoForm where that cannot be written."""
    if lane is None or lane.own_parts is None:
        return {}
    found: dict[tuple[str, int], OwnCall | OwnLayerCall] = {}
    for part in parts_of(spec):
        live = lane.own_parts.of(part.kind, part.layer)
        code = Code(files, source_of(spec, part.code), is_careful)
        if isinstance(live, LiveLayer):
            found[part.kind, part.layer] = _layer(spec, part.layer, live, code)
            continue
        if not isinstance(live, LiveActivation | LiveLoss):
            raise NoForm("a layer of another kind than the dense one")
        label = str(part.layer) if part.kind == "activation" else "_loss"
        found[part.kind, part.layer] = OwnCall(live, code, label, _sample(spec, part.kind))
    return found


def _layer(spec: ExperimentSpec, number: int, live: LiveLayer, code: Code) -> OwnLayerCall:
    layer = layer_in(spec, layer_name(number))
    if layer.axis is not None:
        raise NoForm("a layer along an axis")
    return OwnLayerCall(live, code, layer.name, str(number), has_bias="bias" in layer.weights)


def made_lines(parts: Parts) -> Iterator[str]:
    yield from (one.made for one in parts.values() if one.made is not None)


def own_call(parts: Parts, kind: str, layer: int) -> OwnCall | None:
    """Return the calls of an activation or a loss that is own code."""
    found = parts.get((kind, layer))
    return found if isinstance(found, OwnCall) else None


def own_layer(parts: Parts, layer: int) -> OwnLayerCall | None:
    """Return the calls of a layer that is own code."""
    found = parts.get(("layer", layer))
    return found if isinstance(found, OwnLayerCall) else None


def _sample(spec: ExperimentSpec, kind: str) -> dict[str, np.ndarray]:
    """Return inputs by which it is seen what a part gives: an activation takes any, a loss what targets there are."""
    _, y = data_arrays(spec)
    rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), 3 if y.ndim == 1 else y.shape[-1])).astype(spec.dtype)
    if kind == "activation":
        return {"z": rows}
    if y.ndim == 1:
        rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), int(y.max()) + 1)).astype(spec.dtype)
    return {"a": rows, "y": y}
