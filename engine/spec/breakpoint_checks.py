"""What takes more than one field to be wrong with a breakpoint: the textbook's files, the network, the lanes."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from .breakpoints import (
    PAIR_QUANTITIES,
    PROBLEM_STAGE_KINDS,
    Breakpoint,
    ConditionBreakpoint,
    LineBreakpoint,
    StageBreakpoint,
)
from .faults import Fault, Path, shown, unknown_name
from .model import BACKENDS, NetworkSpec, OptimizerSpec, labels_of, lane_id
from .textbook import textbook_files, textbook_lines


def breakpoint_faults(
    breakpoints: Mapping[int, Breakpoint],
    network: NetworkSpec | None,
    entries: Sequence[OptimizerSpec] | None,
    is_problem: bool = False,
    own_files: Collection[str] = (),
) -> Iterator[Fault]:
    """Find faults of breakpoints, given by their index in the file; what is not well elsewhere is None.

    ``own_files``: those of own code, whose lines can be stopped at as well.
    """
    known = _Known(entries) if entries is not None else None
    for index, found in breakpoints.items():
        path: Path = ("breakpoints", index)
        match found:
            case LineBreakpoint() if found.file in own_files:
                pass  # its lines are as many as they are when it runs
            case LineBreakpoint():
                yield from _line_faults(path, found)
            case StageBreakpoint() if is_problem:
                yield from _problem_stage_faults(path, found)
            case StageBreakpoint():
                yield from _layer_faults(path, found, network)
            case ConditionBreakpoint():
                yield from _value_faults(path, found)
                if known is not None and found.lane is not None:
                    names = known.pairs if found.quantity in PAIR_QUANTITIES else known.lanes
                    yield from _lane_faults((*path, "lane"), found.lane, names)


def _line_faults(path: Path, found: LineBreakpoint) -> Iterator[Fault]:
    if found.file not in textbook_files():
        yield unknown_name((*path, "file"), found.file, textbook_files())
    elif found.line > (last := len(textbook_lines(found.file))):
        yield _out_of_range((*path, "line"), f"≥ 1 and ≤ {last}", found.line)


def _layer_faults(path: Path, found: StageBreakpoint, network: NetworkSpec | None) -> Iterator[Fault]:
    if found.layer is None:
        return
    if found.stage == "loss":
        yield Fault((*path, "layer"), "no_layer", {"given": found.layer})
    elif network is not None and found.layer > (last := len(network.layers)):
        yield _out_of_range((*path, "layer"), f"≥ 1 and ≤ {last}", found.layer)


def _problem_stage_faults(path: Path, found: StageBreakpoint) -> Iterator[Fault]:
    if found.stage not in PROBLEM_STAGE_KINDS:
        yield unknown_name((*path, "stage"), found.stage, PROBLEM_STAGE_KINDS)
    elif found.layer is not None:
        yield Fault((*path, "layer"), "no_layers", {"given": found.layer})


def _value_faults(path: Path, found: ConditionBreakpoint) -> Iterator[Fault]:
    path = (*path, "value")
    if found.op == "not_finite":
        if found.value is not None:
            yield Fault(path, "no_value", {"given": shown(found.value)})
    elif found.value is None:
        yield Fault(path, "missing")
    elif found.op == "rises" and found.value <= 0:
        yield _out_of_range(path, "> 0", found.value)


class _Known:
    """What a condition may be of: pairs by their labels, lanes by their ids. Each in the experiment's order."""

    def __init__(self, entries: Sequence[OptimizerSpec]):
        labels = labels_of((entry.title, entry.label) for entry in entries)
        backends = [entry.backends for entry in entries]
        self.pairs = dict.fromkeys(pair_labels(labels, backends))
        sides = [[entry.own_side(backend) for backend in entry.backends] for entry in entries]
        self.lanes = dict.fromkeys(lane_ids(labels, sides))


def _lane_faults(path: Path, lane: str, known: Mapping[str, None]) -> Iterator[Fault]:
    if not known:
        yield Fault(path, "no_pair", {"given": shown(lane)})
    elif lane not in known:
        yield unknown_name(path, lane, known)


def lane_ids(labels: Sequence[str], sides: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return ``<label>/<side>`` of every lane, in the experiment's order: a backend, or the log in DIY's place."""
    return tuple(lane_id(label, name) for label, names in zip(labels, sides, strict=True) for name in names)


def pair_labels(labels: Sequence[str], backends: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the labels of the entries that run as both."""
    return tuple(label for label, names in zip(labels, backends, strict=True) if set(BACKENDS) <= set(names))


def _out_of_range(path: Path, accepted: str, given: float) -> Fault:
    return Fault(path, "out_of_range", {"accepted": accepted, "given": shown(given)})
