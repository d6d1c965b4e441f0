"""Own code in a network, in the commands: tried in a process of its own, and how it is called settled, before a run."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from engine.backends import warm_up
from engine.lane.own_code import source_of
from engine.lane.own_parts import BoundPart, bind_part
from engine.layer_names import layer_name
from engine.own.function_forms import DescribedFunction
from engine.own.kind_forms import CALLED
from engine.own.limits import Limits
from engine.own.process import OwnProcess
from engine.own.session import Wanted
from engine.own.source import Source
from engine.own.unusable import Unusable
from engine.spec import PARAMETERS, ExperimentSpec, Fault, KindSpec, OwnCode, OwnPart, layer_in, parts_of
from engine.spec.faults import shown
from engine.verify import Asked, Record
from engine.verify.findings import RIGHT
from engine.verify.function_case import SEEDS, Fit, FunctionCase
from engine.verify.functions import outcome_of, record_of, repeats
from engine.verify.words import headline

from .kinds import check_kind, kind_notes, settled_kind
from .settled_parts import SettledParts

DOES_NOT_REPEAT = "does not repeat itself: what was judged are other calls of it than those of this run"


class _Tried(NamedTuple):
    """What trying own code has shown. ``parameter`` is the function's own number that torch must take too.

    ``taken``: by which name the code takes that number; None where it stands in the code.
    """

    fit: Fit
    record: Record | None
    parameter: float | None
    taken: str | None
    line: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.record is not None and self.record.verdict in RIGHT


def settled_parts(spec: ExperimentSpec, limits: Limits) -> SettledParts:
    """Return what both sides of a network with own code are handed, having tried each use of such code once."""
    settled = SettledParts(spec, {}, [], [])
    tried: dict[Any, _Tried | Fault] = {}
    for part in parts_of(spec):
        key = part.kind, part.name, part.code, str(_asked_params(spec, part))
        if key not in tried:
            try:
                tried[key] = _tried(spec, part, limits)
            except Unusable as error:
                fault = Fault((*part.path, "code"), "code_unusable", {"detail": f"{error.words}{error.at}"})
                settled.faults.append(fault)
                tried[key] = fault
        if not isinstance(found := tried[key], Fault):
            settled = _settle(settled, part, found)
    return settled


def _settle(settled: SettledParts, part: OwnPart, found: _Tried) -> SettledParts:
    if found.record is None:
        settled.notes.append(f"{part.code} {DOES_NOT_REPEAT}")
    else:
        settled.records[part.path] = replace(found.record, file=part.code)
    settled.notes.extend(found.notes)
    fit = found.fit
    if part.name in CALLED:
        settled = settled_kind(settled, part, fit)
    bind_part(settled.spec, part, BoundPart(fit.given, dict(fit.settings), repeats=found.record is not None))
    name, default = PARAMETERS.get(part.name, ("", 0.0))
    if fit.params and not name and part.kind != "layer":
        return settled._replace(spec=_with_params(settled.spec, part, {**dict(fit.params), **part.params}))
    own = found.parameter
    if name in part.params and found.taken is None and (found.is_right or own is not None):
        own = default if own is None else own
        if part.params[name] != own:
            line = f", line {found.line}" if found.line else ""
            fields = {"given": shown(part.params[name]), "own": shown(own), "line": line}
            settled.faults.append(Fault((*part.path, "params", name), "code_param", fields))
    if part.params or own is None or own == default:
        return settled
    return settled._replace(spec=_with_params(settled.spec, part, {name: own}))


def _with_params(spec: ExperimentSpec, part: OwnPart, params: Mapping[str, float]) -> ExperimentSpec:
    """Return the experiment with numbers of a function that torch takes too."""
    assert spec.network is not None
    if part.kind == "loss":
        loss = spec.network.loss.model_copy(update={"params": dict(params)})  # type: ignore[union-attr]
        return spec.model_copy(update={"network": spec.network.model_copy(update={"loss": loss})})
    layers = list(spec.network.layers)
    layer = layers[part.layer - 1]
    activation = layer.activation.model_copy(update={"params": dict(params)})  # type: ignore[union-attr]
    layers[part.layer - 1] = layer.model_copy(update={"activation": activation})
    return spec.model_copy(update={"network": spec.network.model_copy(update={"layers": tuple(layers)})})


def _tried(spec: ExperimentSpec, part: OwnPart, limits: Limits) -> _Tried:
    """Try a part's code in a process of its own: what ends that, or never ends, is told before anything is lost."""
    code = OwnCode.of(part.code)
    with (
        as_file(source_of(spec, part.code)) as file,
        OwnProcess(file, Wanted(code.name, part.kind, dict(code.told)), limits) as own,
    ):
        warm_up()  # torch is loaded while the other process begins
        asked = Asked(against=part.name.lower(), params=_asked_params(spec, part))
        case = FunctionCase(own, asked, code.file)
        if not repeats(case):
            return _Tried(next(case.fits(case.order[0])), None, None, None)
        outcome = outcome_of(case)
        record = record_of(case, outcome, code.file)
        if part.name in CALLED:
            check_kind(case, outcome.fit, spec, part, record)
            return _Tried(outcome.fit, record, None, None, notes=tuple(kind_notes(case, part, record)))
        if part.kind == "layer":
            _check_layer(case, spec, part, record)
            return _Tried(outcome.fit, record, None, None)
        _check_answers(case, outcome.fit, record)
        return _described(case.found, outcome.fit, record)


def _check_answers(case: FunctionCase, fit: Fit, record: Record) -> None:
    """Raise Unusable where no step can be taken with what it answers; its name is told with that."""
    answer = case.answer(fit, SEEDS[0])
    if answer is None:
        return
    if not case.found.has_derivative:
        raise Unusable("it has no derivative beside it", case.found.first)
    if "loss" in answer and answer["loss"].size != 1:
        shape = answer["loss"].shape
        raise Unusable(f"its loss is no single number, but has the shape {shape}: {headline(record)}")


def _check_layer(case: FunctionCase, spec: ExperimentSpec, part: OwnPart, record: Record) -> None:
    """Raise Unusable where the layer cannot stand in its place; what it is by name is told with that."""
    shapes = layer_in(spec, layer_name(part.layer)).weights
    if case.found.is_square and len(set(shapes["weight"])) > 1:
        raise Unusable(f"it can be called with square weights alone: {headline(record)}", case.found.first)
    inputs, answer = case.inputs("linear", SEEDS[0]), case.answer(Fit("linear"), SEEDS[0]) or {}
    wanted = {"dL_dW": "W", "dL_dx": "x"} | ({"dL_db": "b"} if "bias" in shapes else {})
    for role, given in wanted.items():
        if role not in answer:
            raise Unusable(f"it gives no {role}: {headline(record)}", case.found.first)
        if answer[role].shape != inputs[given].shape:
            told = f"{role} has the shape {answer[role].shape}, and {given} {inputs[given].shape}"
            raise Unusable(f"{told}: {headline(record)}")


def _described(found: DescribedFunction, fit: Fit, record: Record) -> _Tried:
    name = PARAMETERS.get(fit.reference, ("",))[0]
    parameter = dict(fit.params).get(name)
    taken = next(iter(found.settings), None)
    if parameter is not None and taken is not None and float(found.settings[taken]) != parameter:
        taken = None  # a number inside
    line = min((line for number, line in found.literals if number == parameter), default=None)
    return _Tried(fit, record, parameter, taken, line)


def _asked_params(spec: ExperimentSpec, part: OwnPart) -> Mapping[str, Any]:
    """Return the parameters that the experiment has for a part, which both sides take.

    Not the one number that people write into their functions, which is looked for in them.
    """
    if part.kind != "layer":
        return {} if part.name in PARAMETERS else part.params
    layer = spec.network.layers[part.layer - 1] if spec.network is not None else None
    return layer.params if isinstance(layer, KindSpec) else {}


@contextmanager
def as_file(source: Source) -> Iterator[Path]:
    """Write own code to a file of its own name, for as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="lockstep-code-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / source.path.name
        file.write_text(source.given, encoding="utf-8")
        yield file
