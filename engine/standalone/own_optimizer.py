"""A person's own optimizer in a NumPy script: called in its own form, with as little around it as that takes."""

from collections.abc import Mapping, Sequence

from engine.lane.batches import Batches
from engine.lane.own_lane import OwnLane
from engine.own.live_optimizer import LiveOptimizer

from .own_by_layer import OfLayers, OfPairs
from .own_containers import OfAll
from .own_each import OfEach
from .own_form import settings_text
from .own_moves import RATE, Asking, OwnMoves
from .own_states import Seen

CONTAINERS = ("list", "dict", "d_dict", "pairs", "reversed_pairs", "objects", "parameters")
FORMS = {"array": OfEach, "two": OfPairs, "layer": OfLayers, **dict.fromkeys(CONTAINERS, OfAll)}


def own_moves(lane: OwnLane, weights: Sequence[str], batches: Batches, asking: Asking) -> OwnMoves:
    """Return how an entry's own code moves the weights; ``lane`` stands at the start, and takes two steps for it.

    Raises NoForm where that cannot be written.
    """
    live = lane.live
    if not isinstance(live, LiveOptimizer):
        return _textbooks(lane, asking)
    convention = live.whole.convention
    if convention.tensors:
        asking.files.imports.add("import torch")
    seen = Seen(live.whole)
    for step in (1, 2):  # in the first a config is asked what it is to hold
        lane.step(batches.rows(step))
    return FORMS[convention.container](lane, live, weights, seen, asking).written()


def _textbooks(lane: OwnLane, asking: Asking) -> OwnMoves:
    """``init``, ``update`` and, if it is there, ``Hyper``."""
    opened, files = lane.opened, asking.files
    names = opened.thing if isinstance(opened.thing, Mapping) else vars(opened.thing)
    source, has_hyper = opened.source, "Hyper" in names
    made = files.called(source, "Hyper") if has_hyper else "SimpleNamespace"
    hyper = f"hyper = {made}({settings_text(lane.settings, ('lr',) if asking.moves else (), RATE)})"
    states = f"states = {{name: {files.called(source, 'init')}(weight) for name, weight in params.items()}}"
    call = f"{files.called(source, 'update')}(grads[name], states[name], params[name], hyper)"
    step = ["for name in params:", f"    params[name], states[name] = {call}"]
    if asking.is_careful:
        step.append(f'    params[name] = params[name].astype("{asking.dtype}")')
    imports = frozenset(() if has_hyper else ("from types import SimpleNamespace",))
    return OwnMoves([states] if asking.moves else [hyper, states], [hyper, *step] if asking.moves else step, imports)
