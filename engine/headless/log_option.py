"""``--log [LABEL=]FILE``: a log in the place of an optimizer entry's DIY, without an edit of the experiment."""

from collections.abc import Sequence

from engine.spec import ExperimentError, ExperimentSpec, Fault, LogSpec
from engine.spec.code_checks import log_faults
from engine.spec.faults import Path, listed, unknown_name

OPTION: Path = ("--log",)


def with_logs(spec: ExperimentSpec, given: Sequence[str]) -> ExperimentSpec:
    """Return the experiment with logs in their places. Raises ExperimentError where one has none."""
    for one in given:
        label, is_named, file = one.partition("=")
        if is_named and label in spec.labels:
            place = spec.labels.index(label)
        elif len(spec.labels) == 1 and not is_named:
            place, file = 0, one
        elif is_named:
            raise ExperimentError([unknown_name(OPTION, label, spec.labels)])
        else:
            raise ExperimentError([Fault(OPTION, "log_of_which", {"known": listed(spec.labels)})])
        if not file:
            raise ExperimentError([Fault(OPTION, "empty")])
        spec = _with_log(spec, place, file)
    return spec


def _with_log(spec: ExperimentSpec, place: int, file: str) -> ExperimentSpec:
    entries = list(spec.optimizers)
    entries[place] = entries[place].model_copy(update={"log": LogSpec(file=file)})
    faults = list(log_faults(("optimizers", place), entries[place]))
    if faults:
        raise ExperimentError(faults)
    return spec.model_copy(update={"optimizers": tuple(entries)})
