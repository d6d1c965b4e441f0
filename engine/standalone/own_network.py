"""A network's own code in a NumPy script: which of its parts are a person's, and how each is called."""

from collections.abc import Iterator, Mapping

import numpy as np

from engine.lane.diy_lane import DiyLane
from engine.lane.own_code import source_of
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.spec import ExperimentSpec, parts_of

from .data_cells import data_arrays
from .own_files import OwnFiles
from .own_form import NoForm
from .own_functions import Code, OwnCall

Parts = Mapping[tuple[str, int], OwnCall]  # by the kind of part and its layer; a loss's is 0


def own_calls(spec: ExperimentSpec, lane: DiyLane | None, files: OwnFiles, *, is_careful: bool) -> Parts:
    """Return how each part's own code is called. Raises NoForm where that cannot be written."""
    if lane is None or lane.own_parts is None:
        return {}
    found: dict[tuple[str, int], OwnCall] = {}
    for part in parts_of(spec):
        live = lane.own_parts.of(part.kind, part.layer)
        if not isinstance(live, LiveActivation | LiveLoss):
            raise NoForm("a layer")
        code = Code(files, source_of(spec, part.code), is_careful)
        label = str(part.layer) if part.kind == "activation" else "_loss"
        found[part.kind, part.layer] = OwnCall(live, code, label, _sample(spec, part.kind))
    return found


def made_lines(parts: Parts) -> Iterator[str]:
    yield from (one.made for one in parts.values() if one.made is not None)


def _sample(spec: ExperimentSpec, kind: str) -> dict[str, np.ndarray]:
    """Return inputs by which it is seen what a part gives: an activation takes any, a loss what targets there are."""
    _, y = data_arrays(spec)
    rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), 3 if y.ndim == 1 else y.shape[-1])).astype(spec.dtype)
    if kind == "activation":
        return {"z": rows}
    if y.ndim == 1:
        rows = np.random.default_rng(0).uniform(0.1, 0.9, (len(y), int(y.max()) + 1)).astype(spec.dtype)
    return {"a": rows, "y": y}
