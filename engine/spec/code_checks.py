"""A person's own code in an experiment: which entries have it, and what is wrong with it as data."""

from collections.abc import Iterator, Mapping

from engine.diy.optimizers import OPTIMIZERS
from engine.layer_names import is_buffer, layer_label, layer_of, part_of

from .code import FILE_NAME, SUFFIXES, CodeSpec, OwnCode
from .faults import Fault, Path, listed
from .hyperparameters import (
    complete_schedule,
    function_conflicts,
    function_fields,
    schedule_names,
)
from .layers import LAYERS, KindSpec, LinearSpec, each_layer
from .model import ExperimentSpec, NetworkSpec, OptimizerSpec, ScheduleSpec
from .own_parts import OwnActivation, OwnLoss, OwnPart
from .param_checks import params_faults


def code_of(spec: ExperimentSpec) -> list[str]:
    """List the experiment's uses of own code, each once, in their order."""
    used = [part.code for part in parts_of(spec)]
    used += [code for entry in spec.optimizers for code in (entry.code, entry.reference) if code is not None]
    return list(dict.fromkeys(used))


def files_of_entry(spec: ExperimentSpec, entry: int) -> frozenset[str]:
    """Return the files of own code that an optimizer entry's lanes run, the network's included."""
    one = spec.optimizers[entry]
    used = [*(part.code for part in parts_of(spec)), *filter(None, (one.code, one.reference))]
    return frozenset(OwnCode.of(code).file for code in used)


def parts_of(spec: ExperimentSpec) -> list[OwnPart]:
    """List the parts of the experiment's network that are own code, in the order of a step."""
    return [] if spec.network is None else list(_parts(spec.network))


def _parts(network: NetworkSpec) -> Iterator[OwnPart]:
    for number, layer in enumerate(network.layers, start=1):
        path: Path = ("network", "layers", number - 1)
        if isinstance(layer, LinearSpec | KindSpec) and layer.code is not None:
            yield OwnPart("layer", number, path, layer.kind, layer.code)
        if isinstance(own := layer.activation, OwnActivation):
            yield OwnPart("activation", number, (*path, "activation"), own.name, own.code, own.params)
    if isinstance(own := network.loss, OwnLoss):
        yield OwnPart("loss", 0, ("network", "loss"), own.name, own.code, own.params)


def _inside_residuals(network: NetworkSpec) -> Iterator[Path]:
    """Yield where own code stands inside residuals."""
    for path, layer in each_layer(network.layers):
        if len(path) == len(LAYERS) + 1:
            continue
        if isinstance(layer, LinearSpec | KindSpec) and layer.code is not None:
            yield path
        if isinstance(layer.activation, OwnActivation):
            yield (*path, "activation")


def part_that_makes(spec: ExperimentSpec, value: str) -> OwnPart | None:
    """Return the own code of the network that makes a step's value, by its name; None where no such code does."""
    number, symbol = layer_of(value), part_of(value)
    if spec.network is None or (value != "loss" and not symbol) or layer_label(value) != str(number or ""):
        return None  # inside a residual there is none
    if value == "loss" or (symbol == "dL_da" and number == len(spec.network.layers)):
        wanted = ("loss", 0)
    elif symbol == "dL_da":
        wanted = ("layer", number + 1)
    elif symbol in ("a", "da_dz", "dL_dz"):
        wanted = ("activation", number)
    else:
        is_of_layer = symbol == "z" or symbol.endswith(".grad") or is_buffer(symbol)
        wanted = ("layer" if is_of_layer else "", number)
    return next((part for part in parts_of(spec) if (part.kind, part.layer) == wanted), None)


def text_of_code(spec: ExperimentSpec, code: str) -> str:
    """Return the text of the file that own code stands in. Raises KeyError where it was never read."""
    text = (spec.code or {})[OwnCode.of(code).file].text
    if text is None:
        raise KeyError(code)
    return text


def code_faults(
    code: Mapping[str, CodeSpec] | None, entries: Mapping[int, OptimizerSpec], network: NetworkSpec | None
) -> Iterator[Fault]:
    """Find faults of the files of own code, and of entries and parts of a network that name one."""
    files = code or {}
    for file, one in files.items():
        path: Path = ("code", file)
        if not FILE_NAME.fullmatch(file):
            yield Fault(path, "no_code_file", {"known": ", ".join(SUFFIXES)})
        if one.path is None and one.text is None:
            yield Fault(path, "code_nothing")
    for place, entry in entries.items():
        faults = _entry_faults if entry.log is None else log_faults
        yield from faults(("optimizers", place), entry, files)
    if network is not None:
        yield from _network_faults(network, files)


def _network_faults(network: NetworkSpec, files: Mapping[str, CodeSpec]) -> Iterator[Fault]:
    yield from (Fault((*path, "code"), "code_in_residual") for path in _inside_residuals(network))
    for part in _parts(network):
        yield from _file_faults(part.path, part.code, files)
        yield from _param_faults(part)


def _param_faults(part: OwnPart) -> Iterator[Fault]:
    """Find arguments of own code that torch's function does not have, or does not take."""
    fields = function_fields(part.name) if part.params else ()
    names = dict.fromkeys(str(field.path[0]) for field in fields)
    path: Path = (*part.path, "params")
    unknown = [name for name in part.params if name not in names]
    for name in unknown:
        yield Fault((*path, name), "code_param_unknown", {"known": listed(tuple(names)) or "–"})
    known = {name: value for name, value in part.params.items() if name in names}
    wrong = list(params_faults(path, known, fields))
    yield from wrong
    if known and not wrong:
        yield from (Fault((*path, name), code) for name, code in function_conflicts(part.name, known))


def _file_faults(path: Path, code: str, files: Mapping[str, CodeSpec], field: str = "code") -> Iterator[Fault]:
    if (file := OwnCode.of(code).file) not in files:
        yield Fault((*path, field), "code_missing", {"file": file, "known": listed(tuple(files)) or "–"})


def _entry_faults(path: Path, entry: OptimizerSpec, files: Mapping[str, CodeSpec]) -> Iterator[Fault]:
    if entry.reference is not None:
        yield from _file_faults(path, entry.reference, files, "reference")
        if entry.name or entry.code is None:
            yield Fault((*path, "reference"), "reference_beside_torch")
    if entry.code is None:
        if not entry.name:
            yield Fault((*path, "name"), "needs_name")
        return
    yield from _file_faults(path, entry.code, files)
    if "diy" not in entry.backends:
        yield Fault((*path, "backends"), "code_is_diy")
    if not entry.name and entry.reference is None and "torch" in entry.backends:
        yield Fault((*path, "backends"), "no_torch_side")
    if entry.name and hasattr(OPTIMIZERS.get(entry.name), "minimize"):
        yield Fault((*path, "code"), "code_of_closure", {"name": entry.name})
    for place, schedule in enumerate(entry.phases):
        if _cycles(schedule):
            at = ("schedule",) if schedule is entry.schedule else ("schedule", place)
            yield Fault((*path, *at, "params", "cycle_momentum"), "code_not_cycled")


def log_faults(path: Path, entry: OptimizerSpec, _: Mapping[str, CodeSpec] | None = None) -> Iterator[Fault]:
    """Find what keeps a log from standing in DIY's place."""
    if entry.code is not None or entry.reference is not None:
        yield Fault((*path, "log"), "log_beside_code")
    if "diy" not in entry.backends:
        yield Fault((*path, "backends"), "log_is_diy")
    if not entry.name:
        yield Fault((*path, "log"), "log_of_nothing")
    elif hasattr(OPTIMIZERS.get(entry.name), "minimize"):
        yield Fault((*path, "log"), "log_of_closure", {"name": entry.name})
    if entry.groups:
        yield Fault((*path, "groups"), "log_of_groups")


def _cycles(schedule: ScheduleSpec) -> bool:
    """Return whether a schedule moves more than the rate, which own code is not told of."""
    if schedule.name not in schedule_names():
        return False
    try:
        return bool(getattr(complete_schedule(schedule.name, schedule.params), "cycle_momentum", False))
    except TypeError:  # what it lacks is told elsewhere
        return False
