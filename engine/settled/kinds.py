"""Own layers of other kinds than the dense one, before a run: whether and with what numbers they fit."""

from collections.abc import Iterator

from engine.layer_names import layer_name
from engine.own.kind_forms import GRADIENTS
from engine.own.unusable import Unusable
from engine.spec import ExperimentSpec, Fault, KindSpec, OwnPart, layer_in
from engine.spec.faults import shown
from engine.verify import Record
from engine.verify.findings import RIGHT
from engine.verify.function_case import SEEDS, Fit, FunctionCase
from engine.verify.words import headline

from .settled_parts import SettledParts

MASK = "it draws a mask of its own, and both sides need the same one: let it take mask, which is 1 where a number stays"


def check_kind(case: FunctionCase, fit: Fit, spec: ExperimentSpec, part: OwnPart, record: Record) -> None:
    """Raise Unusable where the layer cannot stand in its place; what it is by name is told with that."""
    if case.found.called == "dropout" and not case.found.has_given_mask:
        raise Unusable(MASK, case.found.first)
    answer, inputs = case.answer(fit, SEEDS[0]) or {}, case.inputs(fit.reference, SEEDS[0])
    is_trained = layer_in(spec, layer_name(part.layer)).weights
    flags = dict(fit.params)
    is_left_out = flags.get("affine", flags.get("elementwise_affine", True)) is False
    wanted = {} if part.name == "Embedding" else {"dL_dx": "x"}
    wanted |= {GRADIENTS[name]: name for name in is_trained if not (is_left_out or flags.get(name) is False)}
    for role, given in wanted.items():
        if role not in answer:
            raise Unusable(f"it gives no {role}: {headline(record)}", case.found.first)
        if answer[role].shape != inputs[given].shape:
            told = f"{role} has the shape {answer[role].shape}, and {given} {inputs[given].shape}"
            raise Unusable(f"{told}: {headline(record)}")


def kind_notes(case: FunctionCase, part: OwnPart, record: Record) -> Iterator[str]:
    """Yield what of the code no step shows, and for what it has nothing, so that the textbook stands in."""
    if record.first is not None and record.first.tensor == "evaluated" and record.verdict not in RIGHT:
        yield f"{part.code}: what is evaluated is not torch's: {headline(record)}"
    if part.name != "BatchNorm1d":
        return
    if not case.found.running:
        yield f"{part.code} keeps no running averages that are known as such: the textbook's are used"
    if not case.found.has_mode:
        yield f"{part.code} cannot be told that it is evaluated: it is evaluated as the textbook is"


def settled_kind(settled: SettledParts, part: OwnPart, fit: Fit) -> SettledParts:
    """Return the experiment with the code's own numbers, where it has none for them; a fault where they differ."""
    assert settled.spec.network is not None
    layers = list(settled.spec.network.layers)
    layer = layers[part.layer - 1]
    assert isinstance(layer, KindSpec)
    for name, own in fit.params:
        if (given := layer.params.get(name, own)) != own:
            fields = {"given": shown(given), "own": shown(own), "line": ""}
            settled.faults.append(Fault((*part.path, "params", name), "code_param", fields))
    layers[part.layer - 1] = layer.model_copy(update={"params": {**dict(fit.params), **layer.params}})
    network = settled.spec.network.model_copy(update={"layers": tuple(layers)})
    return settled._replace(spec=settled.spec.model_copy(update={"network": network}))
