"""What takes two fields to be wrong. Each check runs when the parts that it needs are well."""

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np

from engine.diy.activations import ACTIVATIONS

from .arrays import Classes, Matrix, Numbers, Vector
from .definitions import outputs_of, takes_shares, target_of
from .faults import Fault, Path, counted, listed, shown, times
from .group_checks import group_entries, group_faults
from .hyperparameters import complete_function, conflicts, hyper_fields, optimizer_names
from .layers import ResidualSpec, drawn_faults, residual_faults, shaped_layers
from .mode_checks import batch_faults, closure_faults
from .model import DTYPES, Batch, Data, NetworkSpec, OptimizerSpec
from .optimizer_checks import matrix_faults, name_fault, true_gradient_faults
from .own_parts import FunctionAsked, function_asked, function_name, name_and_params
from .param_checks import nameless_faults, params_faults
from .schedule_checks import clip_faults, group_schedule_faults, schedule_faults
from .shape_checks import index_faults, row_faults, shape_faults
from .single_checks import SINGLE_MAX, single_argument_faults
from .sizes import buffer_shapes, weight_shapes
from .split import split_faults
from .start import FileStart, GivenStart

FAR_AND_NEAR = np.concatenate([np.linspace(-9, 9, 1001), [-1e4, 1e4]])


def cross_faults(parts: dict[str, Any]) -> Iterator[Fault]:
    """Find faults among the sound parts of an experiment, by top-level name."""
    data, network, start = parts.get("data"), parts.get("network"), parts.get("start")
    single = parts.get("dtype", DTYPES[0]) == "float32"
    if data is not None:
        yield from _data_faults(data)
    if single:
        yield from _single_faults(data, start, network)
        if (problem := parts.get("problem")) is not None:
            yield from _beyond_single(("problem", "start"), Vector.of(problem.start))
    if network is not None:
        yield from drawn_faults(network.layers, seeded=not isinstance(start, GivenStart | FileStart))
    if data is not None and network is not None:
        yield from index_faults(network, data.x)
        if not any(row_faults(data)):  # else no layer's shape is known
            yield from _fitting_faults(data, network, start)
        yield from batch_faults(network, data, parts.get("batch") or Batch())
        if not weight_shapes(network, data.row_shape):
            yield Fault(("network", "layers"), "nothing_to_train")
    if "optimizers" in parts:
        entries = dict(enumerate(parts["optimizers"]))
        yield from optimizer_faults(entries, network)
        if single:
            yield from _single_rate_faults(entries)


def _fitting_faults(data: Data, network: NetworkSpec, start: Any) -> Iterator[Fault]:
    """Find what does not fit the shapes that the layers make: each other, the targets, or the weights given."""
    wrong = [*shape_faults(network, data), *residual_faults(network.layers, data.row_shape)]
    yield from wrong or _target_faults(data, network)
    if isinstance(start, GivenStart) and not wrong:
        row = data.row_shape
        yield from _weight_faults(start, weight_shapes(network, row), buffer_shapes(network, row))


def _single_faults(data: Data | None, start: Any, network: NetworkSpec | None) -> Iterator[Fault]:
    """Numbers that would become infinite in float32."""
    if network is not None:
        yield from single_argument_faults(network)
    if data is not None:
        yield from _beyond_single(("data", "x"), data.x)
        yield from _beyond_single(("data", "y"), data.y)
    if isinstance(start, GivenStart):
        for name, weight in start.weights.items():
            yield from _beyond_single(("start", "weights", name), weight)


def _beyond_single(path: Path, numbers: Numbers) -> Iterator[Fault]:
    """Yield the faults of the numbers; class numbers are of no precision."""
    if isinstance(numbers, Classes) or max(-numbers.facts.lowest, numbers.facts.highest) <= SINGLE_MAX:
        return
    for place, value in numbers.places(np.abs(numbers.values) > SINGLE_MAX):
        accepted = f"{'≥ -' if value < 0 else '≤ '}{SINGLE_MAX:.8g} (float32)"
        yield Fault((*path, *place), "out_of_range", {"accepted": accepted, "given": shown(value)})


def _single_rate_faults(entries: dict[int, OptimizerSpec]) -> Iterator[Fault]:
    """Hyperparameters of which torch would have to make an infinite float32: it ends the step instead."""
    for index, entry in entries.items():
        yield from _single_params_faults(("optimizers", index), entry.params, entry.params.get("betas"))
        for at, given, group in group_entries(("optimizers", index), entry):
            yield from _single_params_faults(at, given, group.params.get("betas"))
        for name, limit in entry.clip or ():
            if limit is not None and limit > SINGLE_MAX:
                yield _beyond(("optimizers", index, "clip", name), SINGLE_MAX, limit)


def _single_params_faults(at: Path, params: dict[str, Any], betas: Any) -> Iterator[Fault]:
    for name, given in params.items():
        limit = _single_limit(name, betas)
        path: Path = (*at, "params", name)
        parts = enumerate(given) if isinstance(given, (list, tuple)) else ()
        for place, number in ((path, given), *(((*path, part), number) for part, number in parts)):
            if isinstance(number, (int, float)) and limit < number <= sys.float_info.max:
                yield _beyond(place, limit, number)


def _beyond(path: Path, limit: float, given: float) -> Fault:
    return Fault(path, "out_of_range", {"accepted": f"≤ {limit:.8g} (float32)", "given": shown(given)})


def _single_limit(name: str, betas: Any) -> float:
    """Adam's first step takes the learning rate / (1 - beta1) and gives that to torch as one number, and Adafactor's
    the square of its epsilon.
    """
    if name == "eps":
        return SINGLE_MAX**0.5
    beta1 = betas[0] if isinstance(betas, (list, tuple)) and betas else 0.9
    if name == "lr" and isinstance(beta1, float) and 0 < beta1 < 1:
        return SINGLE_MAX * (1 - beta1) * (1 - 1e-6)
    return SINGLE_MAX


def _data_faults(data: Data) -> Iterator[Fault]:
    yield from _ragged(("data", "x"), data.x)
    yield from row_faults(data)
    if isinstance(data.y, Matrix):
        yield from _ragged(("data", "y"), data.y)
    if len(data.x) != len(data.y):
        fields = {"found": counted(len(data.y), "row"), "expected": len(data.x)}
        yield Fault(("data", "y"), "rows_differ", fields)
    else:
        yield from split_faults(data.test, len(data.x))


def _ragged(path: Path, matrix: Matrix) -> Iterator[Fault]:
    for row in matrix.uneven:
        found = counted(int(matrix.widths[row]), "value")
        yield Fault((*path, row), "ragged", {"found": found, "row": row + 1, "expected": matrix.columns})


def _target_faults(data: Data, network: NetworkSpec) -> Iterator[Fault]:
    """Whether y suits the loss and the last layer."""
    units = prod(shaped_layers(network.layers, data.row_shape)[-1].outputs)
    loss, params = name_and_params(function_asked(network.loss))
    target = "numbers" if params.get("log_target") else target_of(loss)
    yield from _loss_faults(network, params, units)
    if target == "classes" and isinstance(data.y, Classes):
        yield from _class_faults(data.y, units, params.get("ignore_index"))
    elif target == "classes" and not takes_shares(loss):
        yield Fault(("data", "y"), "needs_classes", {"loss": loss})
    elif target == "classes" and isinstance(data.y, Matrix):
        if data.y.columns != units or data.y.facts.lowest < 0 or data.y.facts.highest > 1:
            yield Fault(("data", "y"), "needs_shares", {"loss": loss})
        elif params.get("ignore_index", -1) >= 0:
            yield Fault(("network", "loss", "params", "ignore_index"), "ignored_of_shares")
    elif not isinstance(data.y, Matrix):
        yield Fault(("data", "y"), "needs_rows", {"loss": loss})
    elif data.y.columns != units:
        fields = {"found": counted(data.y.columns, "column"), "expected": counted(units, "unit")}
        yield Fault(("data", "y"), "columns_differ", fields)
    elif target != "numbers":
        yield from _probability_faults(data.y, loss)


def _loss_faults(network: NetworkSpec, params: Mapping[str, Any], units: int) -> Iterator[Fault]:
    """Whether the loss suits what the last layer gives: how many numbers, and within which bounds."""
    path: Path = ("network", "loss", "params")
    for name, accepted in (("weight", (units,)), ("pos_weight", (units, 1))):
        if (given := params.get(name)) is not None and len(given) not in accepted:
            fields = {"found": counted(len(given), "value"), "expected": counted(units, "unit")}
            yield Fault((*path, name), "columns_differ", fields)
    loss, last = function_name(network.loss), network.layers[-1].activation
    if outputs_of(loss) == "probabilities" and not gives_probabilities(function_asked(last)):
        fields = {"loss": loss, "activation": function_name(last)}
        place: Path = ("network", "layers", len(network.layers) - 1)
        is_sum = isinstance(network.layers[-1], ResidualSpec)
        yield Fault(place if is_sum else (*place, "activation"), "no_probabilities", fields)


def gives_probabilities(activation: FunctionAsked) -> bool:
    """Tell whether all that an activation gives lies between 0 and 1: torch ends a step where a loss is given more."""
    name, params = name_and_params(activation)
    f = ACTIVATIONS[name].given(complete_function(name, params)).f if params else ACTIVATIONS[name].f
    with np.errstate(all="ignore"):
        a = f(FAR_AND_NEAR)
    return bool(np.nanmin(a) >= 0 and np.nanmax(a) <= 1)


def _class_faults(y: Classes, classes: int, ignored: Any) -> Iterator[Fault]:
    if y.facts.highest < classes:
        return
    for (row,), given in y.places((y.values >= classes) & (y.values != ignored)):
        fields = {"given": given, "row": row + 1, "classes": counted(classes, "unit"), "last": classes - 1}
        yield Fault(("data", "y", row), "class_out_of_range", fields)


def _probability_faults(y: Matrix, loss: str) -> Iterator[Fault]:
    if y.facts.lowest >= 0 and y.facts.highest <= 1:
        return
    for (row, column), given in y.places((y.values < 0) | (y.values > 1)):
        yield Fault(("data", "y", row, column), "bce_target", {"loss": loss, "row": row + 1, "given": given})


def _weight_faults(
    start: GivenStart, shapes: dict[str, tuple[int, ...]], buffers: dict[str, tuple[int, ...]]
) -> Iterator[Fault]:
    """Find weights that fit no place, and places without one; running averages may be left out."""
    known, places = listed(shapes), {**shapes, **{name: shape or (1,) for name, shape in buffers.items()}}
    for name, weight in start.weights.items():
        path: Path = ("start", "weights", name)
        if name not in places:
            yield Fault(path, "unknown_weight", {"known": known})
        elif (found := _shape(weight)) != places[name]:
            yield Fault(path, "weight_shape", {"found": _times(found), "expected": _times(places[name])})
    for name in shapes:
        if name not in start.weights:
            yield Fault(("start", "weights", name), "missing")


def _shape(weight: Matrix | Vector | Classes) -> tuple[int, ...] | None:
    """None for ragged rows, which have no shape."""
    if not isinstance(weight, Matrix):
        return (len(weight),)
    return None if weight.uneven else weight.array.shape


def _times(shape: tuple[int, ...] | None) -> str:
    return "ragged rows" if shape is None else times(shape)


def optimizer_faults(entries: dict[int, OptimizerSpec], network: NetworkSpec | None) -> Iterator[Fault]:
    """Find faults of optimizer entries, given by their index in the file; None where there is no sound network."""
    if network is not None:
        yield from matrix_faults(entries, network)
        yield from closure_faults(entries, network)
    labels: set[str] = set()
    for index, entry in entries.items():
        path: Path = ("optimizers", index)
        if len(set(entry.backends)) < len(entry.backends):
            yield Fault((*path, "backends"), "same_backend", {"given": ", ".join(entry.backends)})
        if entry.label is not None:
            yield from _label_faults((*path, "label"), entry.label, labels)
            labels.add(entry.label)
        if not entry.name:
            yield from nameless_faults((*path, "params"), entry.params)
        elif entry.name not in optimizer_names():
            yield name_fault((*path, "name"), entry.name)
        else:
            yield from _params_faults((*path, "params"), entry)
            yield from true_gradient_faults(path, entry)
        yield from schedule_faults(path, entry)
        yield from _group_faults(path, entry)
        yield from clip_faults(path, entry.clip)


def _group_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Check groups as a whole, then each as if it were an entry; what it has of the entry is told there."""
    yield from group_faults(path, entry)
    if entry.code is not None or entry.name not in optimizer_names():
        return
    is_sound = not any(params_faults((), entry.params, hyper_fields(entry.name)))
    for at, given, group in group_entries(path, entry):
        if group.name not in optimizer_names():
            yield name_fault((*at, "name"), group.name)
            continue
        wrong = list(params_faults((*at, "params"), given, hyper_fields(group.name)))
        yield from wrong
        if not wrong and (is_sound or group.name != entry.name):
            yield from (Fault((*at, "params", name), code) for name, code in conflicts(group.name, group.params))
        yield from group_schedule_faults(path, at, given, group)


def _label_faults(path: Path, label: str, taken: set[str]) -> Iterator[Fault]:
    if not _may_name_files(label):
        yield Fault(path, "bad_label")
    elif label in taken:
        yield Fault(path, "same_label", {"given": label})


def _may_name_files(label: str) -> bool:
    """Labels head columns and name the parts of an archive: none may be a formula or a way out of it."""
    plain = label.isprintable() and label.strip() and not {"/", "\\"} & set(label)
    begins = unicodedata.normalize("NFKC", label).lstrip()[:1]  # spreadsheets take full-width signs, too, for a formula
    return bool(plain) and begins not in "=+-@" and label not in (".", "..")


def _params_faults(path: Path, entry: OptimizerSpec) -> Iterator[Fault]:
    """Each keyword argument against the registry, then the ones that exclude each other."""
    wrong = list(params_faults(path, entry.params, hyper_fields(entry.name)))
    yield from wrong
    if not wrong:
        for name, code in conflicts(entry.name, entry.params):
            yield Fault((*path, name), code)
