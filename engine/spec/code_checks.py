"""A person's own code in an experiment: which entries have it, and what is wrong with it as data."""

from collections.abc import Iterator, Mapping

from engine.diy.optimizers import OPTIMIZERS

from .code import FILE_NAME, SUFFIXES, CodeSpec, OwnCode
from .faults import Fault, Path, listed
from .hyperparameters import complete_schedule, schedule_names
from .model import ExperimentSpec, OptimizerSpec, ScheduleSpec


def code_of(spec: ExperimentSpec) -> list[str]:
    """List the experiment's uses of own code, each once, in their order."""
    return list(dict.fromkeys(entry.code for entry in spec.optimizers if entry.code is not None))


def text_of_code(spec: ExperimentSpec, code: str) -> str:
    """Return the text of the file that own code stands in. Raises KeyError where it was never read."""
    text = (spec.code or {})[OwnCode.of(code).file].text
    if text is None:
        raise KeyError(code)
    return text


def code_faults(code: Mapping[str, CodeSpec] | None, entries: Mapping[int, OptimizerSpec]) -> Iterator[Fault]:
    """Find faults of the files of own code, and of entries that name one."""
    files = code or {}
    for file, one in files.items():
        path: Path = ("code", file)
        if not FILE_NAME.fullmatch(file):
            yield Fault(path, "no_code_file", {"known": ", ".join(SUFFIXES)})
        if one.path is None and one.text is None:
            yield Fault(path, "code_nothing")
    for place, entry in entries.items():
        yield from _entry_faults(("optimizers", place), entry, files)


def _entry_faults(path: Path, entry: OptimizerSpec, files: Mapping[str, CodeSpec]) -> Iterator[Fault]:
    if entry.code is None:
        if not entry.name:
            yield Fault((*path, "name"), "needs_name")
        return
    if (file := OwnCode.of(entry.code).file) not in files:
        yield Fault((*path, "code"), "code_missing", {"file": file, "known": listed(tuple(files)) or "–"})
    if "diy" not in entry.backends:
        yield Fault((*path, "backends"), "code_is_diy")
    if not entry.name and "torch" in entry.backends:
        yield Fault((*path, "backends"), "no_torch_side")
    if entry.name and hasattr(OPTIMIZERS.get(entry.name), "minimize"):
        yield Fault((*path, "code"), "code_of_closure", {"name": entry.name})
    if entry.schedule is not None and _cycles(entry.schedule):
        yield Fault((*path, "schedule", "params", "cycle_momentum"), "code_not_cycled")


def _cycles(schedule: ScheduleSpec) -> bool:
    """Return whether a schedule moves more than the rate, which own code is not told of."""
    if schedule.name not in schedule_names():
        return False
    try:
        return bool(getattr(complete_schedule(schedule.name, schedule.params), "cycle_momentum", False))
    except TypeError:  # what it lacks is told elsewhere
        return False
