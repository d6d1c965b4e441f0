"""What the engine says in codes and names, in the person's words and language.

The texts stand in the engine as English source texts; here they are translated and filled in.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.spec import (
    TEMPLATES,
    Fault,
    HyperField,
    activation_names,
    function_fields,
    hyper_fields,
    loss_names,
    optimizer_names,
    schedule_fields,
    schedule_names,
    title_of,
)

from .numbers import with_minus

Path = tuple[str | int, ...]

_EXPECTED = (
    QT_TRANSLATE_NOOP("faults", "a number"),
    QT_TRANSLATE_NOOP("faults", "a whole number"),
    QT_TRANSLATE_NOOP("faults", "true or false"),
    QT_TRANSLATE_NOOP("faults", "text"),
    QT_TRANSLATE_NOOP("faults", "a list"),
    QT_TRANSLATE_NOOP("faults", "an object"),
    QT_TRANSLATE_NOOP("faults", "ragged rows"),
    QT_TRANSLATE_NOOP("faults", "it is nested too deeply"),
    QT_TRANSLATE_NOOP("faults", "a number has too many digits"),
    QT_TRANSLATE_NOOP("faults", "not an ordinary file"),
    QT_TRANSLATE_NOOP("faults", "it is a folder"),
    QT_TRANSLATE_NOOP("faults", "it is no name of a file"),
    QT_TRANSLATE_NOOP("faults", "the name of a column, or its number from 0"),
    QT_TRANSLATE_NOOP("faults", "true, or the names of the classes"),
    QT_TRANSLATE_NOOP("faults", "names of classes, each of them once"),
    QT_TRANSLATE_NOOP("faults", "the process that read it has ended"),
    QT_TRANSLATE_NOOP("faults", "a SHA-256 in 64 hexadecimal digits"),
    QT_TRANSLATE_NOOP("faults", "one number"),
    QT_TRANSLATE_NOOP("faults", "its head is longer than the file"),
    QT_TRANSLATE_NOOP("faults", "it is no file that torch has written"),
    QT_TRANSLATE_NOOP("faults", "it is no name of a file"),
    QT_TRANSLATE_NOOP("faults", "1 array"),
    QT_TRANSLATE_NOOP("faults", "1 weight"),
    QT_TRANSLATE_NOOP("faults", "1 row"),
    QT_TRANSLATE_NOOP("faults", "1 column"),
    QT_TRANSLATE_NOOP("faults", "1 value"),
    QT_TRANSLATE_NOOP("faults", "1 unit"),
)
# What is wrong with a text that is no JSON, as Python says it.
_JSON = (
    QT_TRANSLATE_NOOP("faults", "Expecting value"),
    QT_TRANSLATE_NOOP("faults", "Expecting ',' delimiter"),
    QT_TRANSLATE_NOOP("faults", "Expecting ':' delimiter"),
    QT_TRANSLATE_NOOP("faults", "Expecting property name enclosed in double quotes"),
    QT_TRANSLATE_NOOP("faults", "Illegal trailing comma before end of object"),
    QT_TRANSLATE_NOOP("faults", "Illegal trailing comma before end of array"),
    QT_TRANSLATE_NOOP("faults", "Extra data"),
    QT_TRANSLATE_NOOP("faults", "Unterminated string starting at"),
    QT_TRANSLATE_NOOP("faults", "Invalid control character at"),
    QT_TRANSLATE_NOOP("faults", "Unexpected UTF-8 BOM (decode using utf-8-sig)"),
)
_PHRASES = (
    (re.compile(r"a list of (?P<count>\d+) numbers"), QT_TRANSLATE_NOOP("faults", "a list of {count} numbers")),
    (re.compile(r"(?P<count>\d+) rows"), QT_TRANSLATE_NOOP("faults", "{count} rows")),
    (re.compile(r"(?P<count>\d+) columns"), QT_TRANSLATE_NOOP("faults", "{count} columns")),
    (re.compile(r"(?P<count>\d+) values"), QT_TRANSLATE_NOOP("faults", "{count} values")),
    (re.compile(r"(?P<count>\d+) arrays"), QT_TRANSLATE_NOOP("faults", "{count} arrays")),
    (re.compile(r"(?P<count>\d+) weights"), QT_TRANSLATE_NOOP("faults", "{count} weights")),
    (re.compile(r"(?P<count>\d+) units"), QT_TRANSLATE_NOOP("faults", "{count} units")),
    (re.compile(r" – did you mean (?P<name>.+)\?"), QT_TRANSLATE_NOOP("faults", " – did you mean {name}?")),
    (re.compile(r"(?P<low>[≥>] .+) and (?P<high>[<≤] .+)"), QT_TRANSLATE_NOOP("faults", "{low} and {high}")),
    (
        re.compile(r"(?P<name>.+) stands twice in an object"),
        QT_TRANSLATE_NOOP("faults", "{name} stands twice in an object"),
    ),
    (
        re.compile(r"(?P<what>.+): line (?P<line>\d+) column (?P<column>\d+) \(char \d+\)"),  # as Python's json says it
        QT_TRANSLATE_NOOP("faults", "{what}: line {line}, column {column}"),
    ),
)
_WORDED_FIELDS = ("expected", "accepted", "nearest", "found", "classes", "detail")
OF_FILES = "data_"  # how the codes of faults in files of data begin
_EMPTY = QT_TRANSLATE_NOOP("faults", "is empty: {expected} is needed here")
_TITLES = {
    "data": QT_TRANSLATE_NOOP("places", "Data"),
    "network": QT_TRANSLATE_NOOP("places", "Network"),
    "problem": QT_TRANSLATE_NOOP("places", "Test function"),
    "function": QT_TRANSLATE_NOOP("places", "function"),
    "condition": QT_TRANSLATE_NOOP("places", "condition number"),
    "start": QT_TRANSLATE_NOOP("places", "Start"),
    "optimizers": QT_TRANSLATE_NOOP("places", "Optimizers"),
    "breakpoints": QT_TRANSLATE_NOOP("places", "Breakpoints"),
    "title": QT_TRANSLATE_NOOP("places", "Title"),
    "code": QT_TRANSLATE_NOOP("places", "Code"),
    "schema": QT_TRANSLATE_NOOP("places", "Schema number"),
    "dtype": QT_TRANSLATE_NOOP("places", "precision"),
    "device": QT_TRANSLATE_NOOP("places", "device"),
    "batch": QT_TRANSLATE_NOOP("places", "batch"),
    "batch size": QT_TRANSLATE_NOOP("places", "batch size"),
    "batch seed": QT_TRANSLATE_NOOP("places", "shuffle seed"),
    "layers": QT_TRANSLATE_NOOP("places", "layers"),
    "loss": QT_TRANSLATE_NOOP("places", "loss"),
    "units": QT_TRANSLATE_NOOP("places", "units"),
    "activation": QT_TRANSLATE_NOOP("places", "activation"),
    "bias": QT_TRANSLATE_NOOP("places", "bias"),
    "init": QT_TRANSLATE_NOOP("places", "first weights"),
    "seed": QT_TRANSLATE_NOOP("places", "seed"),
    "weights": QT_TRANSLATE_NOOP("places", "given weights"),
    "shuffle": QT_TRANSLATE_NOOP("places", "shuffle"),
    "name": QT_TRANSLATE_NOOP("places", "name"),
    "params": QT_TRANSLATE_NOOP("places", "hyperparameters"),
    "groups": QT_TRANSLATE_NOOP("places", "groups"),
    "match": QT_TRANSLATE_NOOP("places", "pattern"),
    "backends": QT_TRANSLATE_NOOP("places", "“Runs as”"),
    "label": QT_TRANSLATE_NOOP("places", "label"),
    "schedule": QT_TRANSLATE_NOOP("places", "schedule"),
    "warmup": QT_TRANSLATE_NOOP("places", "warm-up"),
    "steps": QT_TRANSLATE_NOOP("places", "steps"),
    "start_factor": QT_TRANSLATE_NOOP("places", "start factor"),
    "clip": QT_TRANSLATE_NOOP("places", "clipping"),
    "norm": QT_TRANSLATE_NOOP("places", "norm"),
    "color": QT_TRANSLATE_NOOP("places", "colour"),
    "kind": QT_TRANSLATE_NOOP("places", "kind"),
    "enabled": QT_TRANSLATE_NOOP("places", "switched on"),
    "hits": QT_TRANSLATE_NOOP("places", "hit"),
    "file": QT_TRANSLATE_NOOP("places", "file"),
    "classes": QT_TRANSLATE_NOOP("places", "classes"),
    "standardize": QT_TRANSLATE_NOOP("places", "standardising"),
    "header": QT_TRANSLATE_NOOP("places", "header"),
    "separator": QT_TRANSLATE_NOOP("places", "separator"),
    "decimal": QT_TRANSLATE_NOOP("places", "decimal mark"),
    "encoding": QT_TRANSLATE_NOOP("places", "encoding"),
    "line": QT_TRANSLATE_NOOP("places", "line"),
    "stage": QT_TRANSLATE_NOOP("places", "stage"),
    "layer": QT_TRANSLATE_NOOP("places", "layer"),
    "quantity": QT_TRANSLATE_NOOP("places", "quantity"),
    "lane": QT_TRANSLATE_NOOP("places", "lane"),
    "op": QT_TRANSLATE_NOOP("places", "comparison"),
    "value": QT_TRANSLATE_NOOP("places", "value"),
}
# Of the textbook's own: what their files say, where it can be translated, and before any of them is read.
_CHOICES = {
    "identity": QT_TRANSLATE_NOOP("choices", "Identity"),
    "sigmoid": QT_TRANSLATE_NOOP("choices", "Sigmoid"),
    "tanh": QT_TRANSLATE_NOOP("choices", "Tanh"),
    "relu": QT_TRANSLATE_NOOP("choices", "ReLU"),
    "leaky_relu": QT_TRANSLATE_NOOP("choices", "Leaky ReLU"),
    "elu": QT_TRANSLATE_NOOP("choices", "ELU"),
    "gelu": QT_TRANSLATE_NOOP("choices", "GELU"),
    "silu": QT_TRANSLATE_NOOP("choices", "SiLU"),
    "softplus": QT_TRANSLATE_NOOP("choices", "Softplus"),
    "celu": QT_TRANSLATE_NOOP("choices", "CELU"),
    "selu": QT_TRANSLATE_NOOP("choices", "SELU"),
    "mish": QT_TRANSLATE_NOOP("choices", "Mish"),
    "hardtanh": QT_TRANSLATE_NOOP("choices", "Hard tanh"),
    "relu6": QT_TRANSLATE_NOOP("choices", "ReLU6"),
    "hardswish": QT_TRANSLATE_NOOP("choices", "Hard swish"),
    "softsign": QT_TRANSLATE_NOOP("choices", "Softsign"),
    "logsigmoid": QT_TRANSLATE_NOOP("choices", "Log-sigmoid"),
    "softmax": QT_TRANSLATE_NOOP("choices", "Softmax"),
    "log_softmax": QT_TRANSLATE_NOOP("choices", "Log-softmax"),
    "mse": QT_TRANSLATE_NOOP("choices", "Mean squared error"),
    "l1": QT_TRANSLATE_NOOP("choices", "Mean absolute error (L1)"),
    "smooth_l1": QT_TRANSLATE_NOOP("choices", "Smooth L1"),
    "huber": QT_TRANSLATE_NOOP("choices", "Huber"),
    "bce": QT_TRANSLATE_NOOP("choices", "Binary cross-entropy"),
    "cross_entropy": QT_TRANSLATE_NOOP("choices", "Cross-entropy (classes)"),
    "nll": QT_TRANSLATE_NOOP("choices", "Negative log likelihood (classes)"),
    "binary_cross_entropy": QT_TRANSLATE_NOOP("choices", "Binary cross-entropy (of probabilities)"),
    "kl_div": QT_TRANSLATE_NOOP("choices", "Kullback-Leibler divergence"),
    "Linear": QT_TRANSLATE_NOOP("choices", "Dense"),
    "LayerNorm": QT_TRANSLATE_NOOP("choices", "Layer norm"),
    "RMSNorm": QT_TRANSLATE_NOOP("choices", "RMS norm"),
    "BatchNorm1d": QT_TRANSLATE_NOOP("choices", "Batch norm"),
    "Dropout": QT_TRANSLATE_NOOP("choices", "Dropout"),
    "Flatten": QT_TRANSLATE_NOOP("choices", "Flatten"),
    "Embedding": QT_TRANSLATE_NOOP("choices", "Embedding"),
    "Residual": QT_TRANSLATE_NOOP("choices", "Residual"),
    "rosenbrock": QT_TRANSLATE_NOOP("choices", "Rosenbrock"),
    "beale": QT_TRANSLATE_NOOP("choices", "Beale"),
    "himmelblau": QT_TRANSLATE_NOOP("choices", "Himmelblau"),
    "saddle": QT_TRANSLATE_NOOP("choices", "Saddle"),
    "quadratic": QT_TRANSLATE_NOOP("choices", "Quadratic"),
    "cpu": QT_TRANSLATE_NOOP("choices", "CPU"),
    "cuda": QT_TRANSLATE_NOOP("choices", "NVIDIA GPU (cuda)"),
    "mps": QT_TRANSLATE_NOOP("choices", "Apple GPU (mps)"),
    "diy": QT_TRANSLATE_NOOP("choices", "DIY"),
    "torch": QT_TRANSLATE_NOOP("choices", "torch"),
}


def translate(context: str, text: object) -> str:
    """Translate. By this name lupdate finds literal texts; the others are marked above, or stand in the engine."""
    return QCoreApplication.translate(context, str(text))


def fault_text(fault: Fault) -> str:
    """Say what is wrong, as the rest of a sentence that begins with the place."""
    fields = {name: _worded(str(value)) if name in _WORDED_FIELDS else value for name, value in fault.fields.items()}
    if fault.code == "code_unusable":
        from .failure_words import failure_words  # which few need

        fields["detail"] = failure_words(str(fault.fields["detail"]))
    template = _EMPTY if fault.code == "wrong_type" and fields.get("given") == '""' else TEMPLATES[fault.code]
    return translate("faults", template).format(**fields)


def _worded(value: str) -> str:
    """Return an English phrase among a fault's fields in the person's language; anything else as it is."""
    if value in _EXPECTED or value in _JSON:
        return translate("faults", value)
    for pattern, template in _PHRASES:
        if found := pattern.fullmatch(value):
            parts = {name: _worded(part) for name, part in found.groupdict().items()}
            return translate("faults", template).format(**parts)
    return value


def fault_place(fault: Fault, within: int = 0) -> str:
    """Say where it is wrong: ``Data, row 2, x3``. ``within`` leaves out so many parts of the path."""
    if not fault.path:
        return translate("places", "The experiment")
    parts = _column_parts(fault.path) if fault.code.startswith(OF_FILES) else _place_parts(fault.path)
    return translate("places", ", ").join(parts[min(within, len(parts) - 1) :])


def _column_parts(path: Path) -> list[str]:
    """Return a phrase for each level of a place in a file of data: x and y there are lists of its columns."""
    match path:
        case ("data", "x" | "y" as name, int(column)):
            return [_named("data"), f"{name}{column + 1}"]
    return _place_parts(path)


def fault_sentence(fault: Fault, within: int = 0) -> str:
    """Say place and reason together, for lists of faults."""
    place = fault_place(fault, within)
    if len(place.split(translate("places", ", "))[0]) > 1:  # but x and y stay small
        place = place[:1].upper() + place[1:]
    return _told(place, fault)


def fault_line(fault: Fault) -> str:
    """Say what is wrong in the midst of a text: the whole place, as it is written."""
    return _told(fault_place(fault), fault)


def _told(place: str, fault: Fault) -> str:
    return translate("places", "{place} {text}").format(place=place, text=fault_text(fault))


def _place_parts(path: Path) -> list[str]:
    """Return a phrase for each level: the section's heading first, then what the person sees in it."""
    match path:
        case ("data", "x" | "y" as name, int(row), int(column)):
            return [_named("data"), _numbered("row", row), f"{name}{column + 1}"]
        case ("data", str(name), int(row)):
            return [_named("data"), name, _numbered("row", row)]
        case ("problem", "start", *rest):
            return [_named("problem"), _start_of_point(rest)]
        case ("network", *rest):
            return [_named("network"), *_network_parts(rest)]
        case ("optimizers", int(entry), "params", *rest) if field := _field(tuple(rest)):
            return [_named("optimizers"), _numbered("entry", entry), hyper_title(field)]
        case ("optimizers", int(entry), "schedule" | "groups" as part, *rest):
            parts = _schedule_parts(rest) if part == "schedule" else _group_parts(rest)
            return [_named("optimizers"), _numbered("entry", entry), *parts]
        case ("optimizers" | "breakpoints" as name, int(entry), *rest):
            return [_named(name), _numbered("entry", entry), *map(_named, rest)]
        case ("batch", "size" | "seed" as name):
            return [_named("start"), _named(f"batch {name}")]
        case ("dtype" | "device" | "batch", *_):
            return [_named("start"), *map(_named, path)]
    return [_named(part) for part in path]


def _network_parts(rest: Sequence[str | int]) -> list[str]:
    """Return what leads on within the network."""
    match rest:
        case ("layers", int(layer), *more):
            return _layer_parts(str(layer + 1), more)
        case ("loss", *more):
            return [_named("loss"), *_function_parts(more)]
    return [_named(part) for part in rest]


def _layer_parts(number: str, rest: Sequence[str | int]) -> list[str]:
    """Return what leads on within a layer, whose number is ``5.1`` where it is inside a residual."""
    match rest:
        case ("layers", int(layer), *more):
            return _layer_parts(f"{number}.{layer + 1}", more)
        case ("activation", *more):
            parts = [_named("activation"), *_function_parts(more)]
        case _:
            parts = [*map(_named, rest)]
    return [translate("places", "layer {number}").format(number=number), *parts]


def _function_parts(rest: Sequence[str | int]) -> list[str]:
    """Return what leads on within an activation or a loss: to a parameter, and to a number of one that is a list."""
    match rest:
        case ("params", name, *more) if field := _function_field(name):
            return [hyper_title(field), *map(_named, more)]
    return [_named(part) for part in rest]


def _group_parts(path: Sequence[str | int]) -> list[str]:
    """Return phrases for what is wrong in a group of weights, or in all of them."""
    match path:
        case (int(group), "params", *rest) if field := _field(tuple(rest)):
            return [_numbered("group", group), hyper_title(field)]
        case (int(group), *rest):
            return [_numbered("group", group), *map(_named, rest)]
    return [_named("groups")]


def _schedule_parts(path: Sequence[str | int]) -> list[str]:
    """Return phrases for what is wrong in a schedule, of which there may be several one after another."""
    match path:
        case (int(phase), *rest):
            words = translate("places", "schedule {number}").format(number=phase + 1)
        case rest:
            words = _named("schedule")
    match rest:
        case ("params", name, *more) if field := _schedule_field(name):
            return [words, hyper_title(field), *map(_named, more)]
    return [words, *map(_named, rest)]


def _start_of_point(rest: Sequence[str | int]) -> str:
    """Of the coordinate at fault, or of both."""
    coordinates = ["xy"[place] for place in rest if isinstance(place, int) and place < 2] or ["x, y"]
    return translate("places", "start {coordinate}").format(coordinate=coordinates[0])


def _numbered(what: str, index: int) -> str:
    words = {
        "row": translate("places", "row {number}"),
        "entry": translate("places", "entry {number}"),
        "group": translate("places", "group {number}"),
    }
    return words[what].format(number=index + 1)


def _named(part: str | int) -> str:
    """Return the title of a field, or the part of the path itself where it has none (a weight's name)."""
    if isinstance(part, int):
        return str(part + 1)
    return translate("places", _TITLES[part]) if part in _TITLES else part


def _field(path: Path) -> HyperField | None:
    """Return the hyperparameter at a path in ``params``, of whichever optimizer has it."""
    fields = (field for name in optimizer_names() for field in hyper_fields(name))
    return next((field for field in fields if field.path == path), None)


def _schedule_field(name: str | int) -> HyperField | None:
    """Return the parameter of that name, of whichever schedule has it: they call it alike."""
    fields = (field for schedule in schedule_names() for field in schedule_fields(schedule))
    return next((field for field in fields if field.path == (name,)), None)


def _function_field(name: str | int) -> HyperField | None:
    """Return the parameter of that name, of whichever activation or loss has it: they call it alike."""
    fields = (field for function in (*activation_names(), *loss_names()) for field in function_fields(function))
    return next((field for field in fields if field.path == (name,)), None)


def hyper_title(field: HyperField) -> str:
    return translate("hyperparameters", field.about.title)


def hyper_help(field: HyperField) -> str:
    """Return a tooltip: what it does, what may be typed, torch's default."""
    lines = [translate("hyperparameters", field.about.help)]
    if field.kind is str:
        lines.append(translate("hyperparameters", "One of: {words}").format(words=", ".join(field.about.choices)))
    elif field.kind is not bool and field.accepted:
        lines.append(_accepted(field).format(range=_worded(field.accepted)))
    if field.required:
        lines.append(translate("hyperparameters", "It must be given: torch has no default."))
    else:
        lines.append(translate("hyperparameters", "torch's default: {default}").format(default=default_text(field)))
    if not field.about.live:
        lines.append(translate("hyperparameters", "A change of it needs a reset of the run."))
    return "\n".join(lines)


def _accepted(field: HyperField) -> str:
    if field.many and field.kind is float:
        return translate("hyperparameters", "Accepted: numbers {range}, with commas between them")
    if field.many:
        return translate("hyperparameters", "Accepted: whole numbers {range}, with commas between them")
    if field.kind is int:
        return translate("hyperparameters", "Accepted: whole numbers {range}")
    return translate("hyperparameters", "Accepted: {range}")


def default_text(field: HyperField) -> str:
    """Write torch's default, as it is read."""
    if field.default is None:
        return translate("hyperparameters", "none")
    if field.kind is bool:
        return translate("hyperparameters", "on") if field.default else translate("hyperparameters", "off")
    return with_minus(f"{field.default:g}" if isinstance(field.default, float) else str(field.default))


def choice_title(name: str) -> str:
    """Return the name of an activation, loss, device or backend as a person says it."""
    return translate("choices", _CHOICES[name]) if name in _CHOICES else title_of(name) or name
