"""What takes two fields to be wrong. Each check runs when the parts that it needs are well."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from .faults import Fault, Path, shown, unknown_name
from .hyperparameters import HyperField, conflicts, hyper_fields, optimizer_names
from .model import Data, GivenStart, NetworkSpec, OptimizerSpec
from .sizes import weight_shapes


def cross_faults(parts: dict[str, Any]) -> Iterator[Fault]:
    """Faults among the sound parts of an experiment, by top-level name."""
    data, network, start = parts.get("data"), parts.get("network"), parts.get("start")
    if data is not None:
        yield from _data_faults(data)
    if data is not None and network is not None:
        yield from _target_faults(data, network)
        if isinstance(start, GivenStart):
            yield from _weight_faults(start, weight_shapes(network, len(data.x[0])))
    if "optimizers" in parts:
        yield from optimizer_faults(dict(enumerate(parts["optimizers"])))


def _data_faults(data: Data) -> Iterator[Fault]:
    yield from _ragged(("data", "x"), data.x)
    if not data.has_classes:
        yield from _ragged(("data", "y"), data.targets)
    if len(data.x) != len(data.y):
        yield Fault(("data", "y"), "rows_differ", {"x_rows": len(data.x), "y_rows": len(data.y)})


def _ragged(path: Path, rows: Sequence[Any]) -> Iterator[Fault]:
    expected = len(rows[0])
    for number, row in enumerate(rows):
        if len(row) != expected:
            yield Fault((*path, number), "ragged", {"found": len(row), "row": number + 1, "expected": expected})


def _target_faults(data: Data, network: NetworkSpec) -> Iterator[Fault]:
    """Whether y suits the loss and the last layer."""
    units = network.layers[-1].units
    if network.loss == "cross_entropy":
        if data.has_classes:
            yield from _class_faults(data, units)
        else:
            yield Fault(("data", "y"), "needs_classes")
    elif data.has_classes:
        yield Fault(("data", "y"), "needs_rows", {"loss": network.loss})
    elif len(data.targets[0]) != units:
        yield Fault(("data", "y"), "columns_differ", {"found": len(data.targets[0]), "expected": units})
    elif network.loss == "bce":
        yield from _bce_faults(data)


def _class_faults(data: Data, classes: int) -> Iterator[Fault]:
    for number, given in enumerate(data.classes):
        if given >= classes:
            fields = {"given": given, "row": number + 1, "classes": classes, "last": classes - 1}
            yield Fault(("data", "y", number), "class_out_of_range", fields)


def _bce_faults(data: Data) -> Iterator[Fault]:
    for number, row in enumerate(data.targets):
        for column, given in enumerate(row):
            if not 0 <= given <= 1:
                yield Fault(("data", "y", number, column), "bce_target", {"row": number + 1, "given": given})


def _weight_faults(start: GivenStart, shapes: dict[str, tuple[int, ...]]) -> Iterator[Fault]:
    for name, weight in start.weights.items():
        path: Path = ("start", "weights", name)
        if name not in shapes:
            yield Fault(path, "unknown_weight", {"known": ", ".join(shapes)})
        elif (found := _shape(weight)) != shapes[name]:
            yield Fault(path, "weight_shape", {"found": _times(found), "expected": _times(shapes[name])})
    for name in shapes.keys() - start.weights.keys():
        yield Fault(("start", "weights", name), "missing")


def _shape(weight: Sequence[Any]) -> tuple[int, ...] | None:
    """None for ragged rows, which have no shape."""
    if not isinstance(weight[0], tuple):
        return (len(weight),)
    widths = {len(row) for row in weight}
    return (len(weight), widths.pop()) if len(widths) == 1 else None


def _times(shape: tuple[int, ...] | None) -> str:
    return "ragged rows" if shape is None else " × ".join(map(str, shape))


def optimizer_faults(entries: dict[int, OptimizerSpec]) -> Iterator[Fault]:
    """Faults of optimizer entries, given by their index in the file."""
    labels: set[str] = set()
    for index, entry in entries.items():
        path: Path = ("optimizers", index)
        if len(set(entry.backends)) < len(entry.backends):
            yield Fault((*path, "backends"), "same_backend", {"given": ", ".join(entry.backends)})
        if entry.label is not None:
            yield from _label_faults((*path, "label"), entry.label, labels)
            labels.add(entry.label)
        if entry.name not in optimizer_names():
            yield unknown_name((*path, "name"), entry.name, optimizer_names())
        else:
            yield from _params_faults((*path, "params"), entry)


def _label_faults(path: Path, label: str, taken: set[str]) -> Iterator[Fault]:
    if "/" in label or not label.isprintable() or not label.strip():
        yield Fault(path, "bad_label")
    if label in taken:
        yield Fault(path, "same_label", {"given": label})


def _params_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Each keyword argument against the registry, then the ones that exclude each other."""
    fields = hyper_fields(entry.name)
    by_name: dict[str, list[HyperField]] = {}
    for field in fields:
        by_name.setdefault(str(field.path[0]), []).append(field)
    wrong = False
    for name, given in entry.params.items():
        for fault in _param_faults((*path, name), given, by_name.get(name), list(by_name)):
            wrong = True
            yield fault
    if not wrong:
        for name, code in conflicts(entry.name, entry.params):
            yield Fault((*path, name), code)


def _param_faults(path: Path, given: Any, fields: list[HyperField] | None, known: list[str]) -> Iterator[Fault]:
    if fields is None:
        yield unknown_name(path, path[-1], known)
    elif len(fields[0].path) == 1:
        yield from value_faults(path, given, fields[0])
    elif not isinstance(given, (list, tuple)) or len(given) != len(fields):
        yield Fault(path, "wrong_type", {"expected": f"a list of {len(fields)} numbers", "given": shown(given)})
    else:
        for index, (part, field) in enumerate(zip(given, fields, strict=True)):
            yield from value_faults((*path, index), part, field)


def value_faults(path: Path, given: Any, field: HyperField) -> Iterator[Fault]:
    """One hyperparameter's value against its kind and range."""
    is_number = isinstance(given, (int, float)) and not isinstance(given, bool)
    if field.kind is bool:
        if not isinstance(given, bool):
            yield Fault(path, "wrong_type", {"expected": "true or false", "given": shown(given)})
    elif not is_number:
        yield Fault(path, "wrong_type", {"expected": "a number", "given": shown(given)})
    elif not abs(given) <= sys.float_info.max:  # a whole number may be larger than any float
        yield Fault(path, "not_finite", {"given": shown(given)})
    elif not field.allows(given):
        yield Fault(path, "out_of_range", {"accepted": field.accepted, "given": shown(given)})
