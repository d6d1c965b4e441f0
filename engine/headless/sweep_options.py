"""What ``python main.py sweep`` is asked for: options to a plan, and a plan's faults in the options' names."""

import argparse
import re
from collections.abc import Sequence
from math import isfinite
from typing import Any, NamedTuple, get_args

from engine.protocol import SweepAxis, SweepPlan
from engine.spec import (
    ExperimentError,
    ExperimentSpec,
    Fault,
    RowsFor,
    check,
    check_plan,
    optimizer_names,
    row_count,
    spaced,
    sweepable,
)
from engine.spec.faults import listed, unknown_name
from engine.spec.optimizer_checks import NOT_OFFERED, name_fault
from engine.spec.part import LARGEST_SEED
from engine.spec.plans import MOST_CONFIGURATIONS
from engine.spec.start import SeedStart

POINTS = 32  # of an axis, where nobody says how many
MOST_SEEDS = 1000
_PATH = re.compile(r"(?P<name>\w+)(?:\[(?P<place>\d+)\]|\.(?P<dotted>\d+))?")


class Asked(NamedTuple):
    """Hold one ``--param`` and what was said of its values."""

    param: str
    kind: str = ""  # log, grid or values
    numbers: tuple[float, ...] = ()
    points: int | None = None


class OfParam(argparse.Action):
    """Take an option: ``--param`` begins an axis, which ``--log``, ``--grid``, ``--values`` and ``--points`` are of."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: Any, values: Any, option: str | None = None) -> None:
        axes: list[Asked] = list(namespace.axes or [])
        if self.const == "param":
            axes.append(Asked(values))
        elif not axes:
            parser.error(f"argument {option}: comes after a --param")
        elif self.const == "points":
            axes[-1] = axes[-1]._replace(points=values)
        elif axes[-1].kind:
            parser.error(f"argument {option}: {axes[-1].param} has --{axes[-1].kind} already")
        else:
            axes[-1] = axes[-1]._replace(kind=self.const, numbers=tuple(values))
        namespace.axes = axes


def add_options(parser: argparse.ArgumentParser, positive: Any) -> None:
    """Add the sweep's options; ``positive`` reads a whole number from 1 on."""
    parser.add_argument("--optimizer", metavar="NAME", help="an entry's label, or any optimizer with torch's defaults")
    axes: dict[str, Any] = {"dest": "axes", "action": OfParam}
    parser.add_argument(
        "--param", const="param", metavar="NAME", required=True, help="what to vary (lr, betas[0]); up to twice", **axes
    )
    ends = {"nargs": 2, "type": _number, "metavar": ("FROM", "TO")}
    parser.add_argument("--log", const="log", help="its range, each value the same times the last", **ends, **axes)
    parser.add_argument("--grid", const="grid", help="its range, each value as far from the last", **ends, **axes)
    parser.add_argument("--values", const="values", type=_numbers, metavar="V1,V2,…", help="its values", **axes)
    help_points = f"how many values in the range ({POINTS}, if nothing is said)"
    parser.add_argument("--points", const="points", type=positive, metavar="N", help=help_points, **axes)
    add_rows_option(parser, "--by", "the rows whose loss tells which is best")
    parser.add_argument("--seeds", type=positive, metavar="N", help="train each from N starts, and tell the spread")


def add_rows_option(parser: argparse.ArgumentParser, option: str, about: str) -> None:
    """Add an option that says which rows a loss is over: those that train, if nothing is said, or those that test."""
    parser.add_argument(option, choices=get_args(RowsFor), default="training", help=f"{about} (training)")


def check_rows_for(spec: ExperimentSpec, use: RowsFor, option: str) -> None:
    """Raise ExperimentError where there are no rows that test, and a loss over them is asked for."""
    if use == "test" and not row_count(spec, "test"):
        raise ExperimentError([Fault((option,), "no_split")])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text[:60]!r}") from None


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(sorted({_number(part) for part in text.split(",")}))


def asked_for(spec: ExperimentSpec, arguments: argparse.Namespace) -> tuple[ExperimentSpec, SweepPlan]:
    """Return the experiment, with the optimizer among its entries, and the plan. Raises ExperimentError."""
    spec, entry = _entry(spec, arguments.optimizer)
    axes = tuple(_axis(asked, spec.optimizers[entry].name) for asked in arguments.axes)
    check_rows_for(spec, arguments.by, "--by")
    plan = SweepPlan(entry, axes, _seeds(spec, arguments.seeds), arguments.steps)
    faults = check_plan(spec, plan)
    if faults:
        raise ExperimentError([_as_option(fault, arguments.axes) for fault in faults])
    return spec, plan


def _entry(spec: ExperimentSpec, given: str | None) -> tuple[ExperimentSpec, int]:
    if given is None:
        if len(spec.optimizers) == 1:
            return spec, 0
        raise ExperimentError([Fault(("--optimizer",), "which_entry", {"known": listed(spec.labels)})])
    names = [*spec.labels, *(entry.title for entry in spec.optimizers)]
    if given in names:
        return spec, names.index(given) % len(spec.optimizers)
    if given in NOT_OFFERED:
        raise ExperimentError([name_fault(("--optimizer",), given)])
    if given not in optimizer_names():
        known = list(dict.fromkeys([*spec.labels, *optimizer_names()]))
        raise ExperimentError([unknown_name(("--optimizer",), given, known)])
    raw: dict[str, Any] = spec.model_dump(mode="json", by_alias=True, exclude={"data"})
    raw["data"] = spec.data
    raw["code"] = spec.code
    raw["optimizers"] = [*raw["optimizers"], {"name": given, "backends": ["diy"]}]
    try:
        return check({key: value for key, value in raw.items() if value is not None}), len(spec.optimizers)
    except ExperimentError as error:
        raise ExperimentError([_of_added(fault, len(spec.optimizers)) for fault in error.faults]) from None


def _of_added(fault: Fault, place: int) -> Fault:
    """Return the fault at the option: the file has no such entry."""
    if fault.path[:2] != ("optimizers", place):
        return fault
    return fault._replace(path=("--optimizer", *(part for part in fault.path[2:] if part != "name")))


def _axis(asked: Asked, optimizer: str) -> SweepAxis:
    found = _PATH.fullmatch(asked.param)
    name, place = asked.param, None
    if found is not None:
        name, place = found["name"], found["place"] or found["dotted"]
    path = (name,) if place is None else (name, int(place))
    whole = any(field.path == path and field.kind is int for field in sweepable(optimizer))
    return SweepAxis(path, _values(asked, whole), asked.kind == "log")


def _values(asked: Asked, whole: bool) -> tuple[float, ...]:
    option = f"--param {asked.param}"
    if not asked.kind:
        raise ExperimentError([Fault((option,), "no_range")])
    if asked.kind == "values":
        if asked.points is not None:
            raise ExperimentError([Fault((option,), "points_of_values")])
        return asked.numbers
    low, high = sorted(asked.numbers)
    if not (isfinite(low) and isfinite(high)):
        raise ExperimentError([Fault((option,), "not_finite", {"given": f"{low:g} … {high:g}"})])
    points = POINTS if asked.points is None else asked.points
    if points > MOST_CONFIGURATIONS:
        fields = {"count": f"{points:,}", "limit": f"{MOST_CONFIGURATIONS:,}"}
        raise ExperimentError([Fault(("--points",), "too_many_configurations", fields)])
    return spaced(low, high, points, log=asked.kind == "log", whole=whole)


def _seeds(spec: ExperimentSpec, count: int | None) -> tuple[int, ...]:
    """As many as asked for, from the experiment's own on."""
    if count is None:
        return ()
    if count > MOST_SEEDS:
        fields = {"accepted": f"≤ {MOST_SEEDS:,}", "given": count}
        raise ExperimentError([Fault(("--seeds",), "out_of_range", fields)])
    first = spec.start.seed if isinstance(spec.start, SeedStart) else 0
    return tuple((first + number) % (LARGEST_SEED + 1) for number in range(count))


def _as_option(fault: Fault, axes: Sequence[Asked]) -> Fault:
    """Return the fault at the option that it is of."""
    match fault.path:
        case ("axes", int(number), *_):
            return fault._replace(path=(f"--param {axes[number].param}",))
        case ("axes",) if fault.code in ("too_large", "too_many_configurations"):
            return fault._replace(path=("--points",))
        case ("axes",):
            return fault._replace(path=("--param",))
        case ("entry", *rest):
            return fault._replace(path=("--optimizer", *rest))
        case (str(name), *_):
            return fault._replace(path=(f"--{name}",))
    return fault
