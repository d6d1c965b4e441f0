"""From a file's text to an experiment, or to all that is wrong with it at once.

Each part of the file is validated by itself, so that a fault in one hides none in another; what
needs several parts is then checked among those that are well.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from .breakpoint_checks import breakpoint_faults
from .breakpoints import KINDS
from .code_checks import code_faults
from .cross_checks import cross_faults, optimizer_faults
from .data import Data, Linked
from .data_file import DataFile, is_linked
from .faults import Fault, Path, first_twice, nearest, shown, told, unknown_name
from .layers import (
    RESIDUAL,
    TAGS,
    KindSpec,
    LinearSpec,
    function_faults,
    layer_faults,
    nesting_fault,
    shaped_layers,
)
from .model import PARTS, SCHEMA, ExperimentSpec, NetworkSpec
from .problem_checks import OF_NETWORKS, kind_faults
from .sizes import in_words, memory_needed
from .split import PATH as SPLIT
from .split import ShareSplit

LOSS: Path = ("network", "loss")
OF_LAYERS = {*LinearSpec.model_fields, *KindSpec.model_fields}  # the fields of layers that are no residual
ALWAYS_FREE = 64_000_000  # bytes for which nobody needs to be asked


class ExperimentError(ValueError):
    """Report an experiment that cannot be; ``faults`` tells every reason."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("\n".join(told(faults)))
        self.faults = tuple(faults)


def load(text: str | bytes, amend: Callable[[Any], Any] | None = None) -> ExperimentSpec:
    """Read an experiment file's text. ``amend`` returns what is to be checked in place of what was parsed.

    Raises ExperimentError with every fault.
    """
    try:
        raw = _parsed(text)
        return check(raw if amend is None else amend(raw))
    except RecursionError:
        raise _not_json("it is nested too deeply") from None


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise ExperimentError([Fault((), "not_text")]) from None
    except ValueError as error:
        is_worded = isinstance(error, (json.JSONDecodeError, TwiceError))
        raise _not_json(str(error) if is_worded else "a number has too many digits") from None


class TwiceError(ValueError):
    """Report a name that an object has twice: JSON's readers would take the last one and hide the other."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise TwiceError(f"{shown(first_twice(name for name, _ in pairs))} stands twice in an object")
    return found


def _not_json(detail: str) -> ExperimentError:
    return ExperimentError([Fault((), "not_json", {"detail": detail})])


def check(raw: Any) -> ExperimentSpec:
    """Make an experiment of what was parsed or typed. Raises ExperimentError with every fault."""
    if not isinstance(raw, dict):
        raise ExperimentError([Fault((), "wrong_type", {"expected": "an object", "given": shown(raw)})])
    faults = [unknown_field((key,)) for key in raw if key not in _FIELDS]
    parts: dict[str, Any] = {}
    for key, required in _FIELDS.items():
        if key in raw:
            parts[key], wrong = check_part(key, raw[key])
            faults += wrong
        elif required:
            faults.append(Fault((key,), "missing"))
    sound = {key: part for key, part in parts.items() if part is not None}
    faults += kind_faults(raw, sound)
    entries = dict(enumerate(sound["optimizers"])) if "optimizers" in sound else _sound_entries("optimizers", raw)
    if sound.get("code") is not None or "code" not in parts:
        faults += code_faults(sound.get("code"), entries, sound.get("network"))
        faults += _doubled_code(raw.get("code"))
    is_problem = raw.get("problem") is not None
    fitting = {key: part for key, part in sound.items() if not (is_problem and key in OF_NETWORKS)}
    faults += cross_faults(fitting)
    if "optimizers" not in sound:
        faults += optimizer_faults(_sound_entries("optimizers", raw), fitting.get("network"))
    stops = _sound_entries("breakpoints", raw)
    faults += breakpoint_faults(stops, fitting.get("network"), sound.get("optimizers"), is_problem, _own_files(raw))
    if faults:
        raise ExperimentError(faults)
    spec = ExperimentSpec.model_validate(sound)
    is_whole = spec.data is not None or spec.problem is not None  # but that of a file which was left unread
    if is_whole and memory_needed(spec) > ALWAYS_FREE and (too_large := size_fault(spec, free_memory())):
        raise ExperimentError([too_large])
    return spec


def _own_files(raw: dict[str, Any]) -> tuple[str, ...]:
    code = raw.get("code")
    return tuple(code) if isinstance(code, dict) else ()


def _doubled_code(given: Any) -> Iterator[Fault]:
    """Files of own code that say twice where their text is."""
    for file, one in given.items() if isinstance(given, dict) else ():
        if isinstance(one, dict) and one.get("text") is not None and one.get("path") is not None:
            yield Fault(("code", file), "code_twice")


_FIELDS = {
    field.alias or name: field.is_required() or name == "schema_" for name, field in ExperimentSpec.model_fields.items()
}


def _sound_entries(key: str, raw: dict[str, Any]) -> dict[int, Any]:
    """Return the entries of a list in the file that are well, by index, though others may not be."""
    given = raw.get(key)
    entries = enumerate(given) if isinstance(given, (list, tuple)) else ()
    checked = {index: check_part(key, [entry])[0] for index, entry in entries}
    return {index: entry[0] for index, entry in checked.items() if entry}


def check_part(key: str, raw: Any) -> tuple[Any | None, list[Fault]]:
    """Return one top-level field of the file: the validated part, or None and its faults."""
    if key == "schema" and (fault := _schema_fault(raw)):
        return None, [fault]
    if key == "network" and (fault := nesting_fault(raw)):
        return None, [fault]
    if key == "data" and is_linked(raw):
        return _linked(raw)
    try:
        part = _adapter(key).validate_python(raw)
        wrong = [*layer_faults(part.layers), *function_faults(LOSS, part.loss)] if isinstance(part, NetworkSpec) else []
        return (None if wrong else part), wrong
    except ValidationError as error:
        return None, [_fault(key, wrong) for wrong in error.errors(include_url=False) if not _echo(wrong)]


def _linked(raw: dict[str, Any]) -> tuple[Data | None, list[Fault]]:
    """Return data that are read from a file, as far as that was done, and what is wrong with them."""
    try:
        asked = DataFile.model_validate(raw)
    except ValidationError as error:
        return None, [_fault("data", wrong) for wrong in error.errors(include_url=False) if not _echo(wrong)]
    found = raw.found if isinstance(raw, Linked) else None
    if isinstance(found, Data):
        return found.asked_again(asked), []
    return None, [Fault(("data", "file"), "data_unread")] if found is None else list(found)


def _schema_fault(given: Any) -> Fault | None:
    if type(given) is not int:
        return Fault(("schema",), "wrong_type", {"expected": "a whole number", "given": shown(given)})
    if given > SCHEMA:
        return Fault(("schema",), "newer_schema", {"given": shown(given), "known": SCHEMA})
    if given < SCHEMA:
        return Fault(("schema",), "out_of_range", {"accepted": str(SCHEMA), "given": shown(given)})
    return None


def _echo(wrong: Any) -> bool:
    """Pydantic also calls a list too short when entries of it were refused; that is no news."""
    return wrong["type"] == "too_short" and len(wrong["input"]) >= wrong["ctx"]["min_length"]


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    field = next(field for name, field in ExperimentSpec.model_fields.items() if key in (name, field.alias))
    annotated: Any = Annotated[field.annotation, Field(), *field.metadata]  # pyright: ignore[reportInvalidTypeForm]
    return TypeAdapter(annotated)


def shape_after(layer: dict[str, Any], inputs: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Return the shape of what a layer makes of a row of such a shape, as far as it is well; None where it is not."""
    network, _ = check_part("network", {"layers": [layer]})
    if network is None or inputs is None:
        return None
    return shaped_layers(network.layers, inputs)[-1].outputs


def size_fault(spec: ExperimentSpec, available: int) -> Fault | None:
    """Tell whether the lanes would outgrow the free memory, told before anything is allocated."""
    needed = memory_needed(spec)
    if needed <= available:
        return None
    words = {"needed": in_words(needed), "available": in_words(available)}
    return Fault(("network", "layers") if spec.network is not None else ("optimizers",), "too_large", words)


def free_memory() -> int:
    import psutil  # when it matters: loading it would hold up the window

    return psutil.virtual_memory().available


_EXPECTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "string_type": "text",
    "string_unicode": "text",
    "tuple_type": "a list",
    "string_pattern_mismatch": "a SHA-256 in 64 hexadecimal digits",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}
_BOUNDS = {
    "greater_than_equal": "≥ {ge:.15g}",
    "less_than_equal": "≤ {le:.15g}",
    "greater_than": "> {gt:.15g}",
    "less_than": "< {lt:.15g}",
}


def _fault(key: str, wrong: Any) -> Fault:
    """Pydantic's error in our words."""
    path: Path = (key, *(part for part in wrong["loc"] if not str(part).startswith("#")))
    kind, given, context = wrong["type"], shown(wrong["input"]), wrong.get("ctx", {})
    if kind == "union_tag_not_found":
        return _kind_fault(path, wrong["input"])
    if kind == "missing":
        return Fault(path, "missing")
    if kind == "extra_forbidden":
        return _extra(path, wrong["loc"])
    if kind == "finite_number" or (kind == "float_type" and type(wrong["input"]) is int):  # larger than any float
        return Fault(path, "not_finite", {"given": given})
    if kind in _BOUNDS:
        return Fault(path, "out_of_range", {"accepted": _BOUNDS[kind].format(**context), "given": given})
    if kind in ("too_short", "string_too_short"):
        return _too_short(path, given, context["min_length"])
    if kind == "string_too_long":
        return Fault(path, "too_long", {"length": len(wrong["input"]), "limit": context["max_length"]})
    if kind == "too_long":
        return Fault(path, "too_many", {"count": len(wrong["input"]), "limit": context["max_length"]})
    if kind in ("literal_error", "unknown_name"):
        known = context.get("known") or re.findall(r"'([^']*)'", context["expected"])
        return unknown_name(path, wrong["input"], known)
    return Fault(path, "wrong_type", {"expected": _EXPECTED.get(kind, wrong["msg"]), "given": given})


def _extra(path: Path, at: tuple[Any, ...]) -> Fault:
    """Return the fault of a field that has no place there; ``at`` is pydantic's own path."""
    if at[-2:-1] == (TAGS[RESIDUAL],) and path[-1] in OF_LAYERS:
        return Fault(path, "residual_has_none")
    beside_rows = path[:2] == SPLIT and path[2] in ShareSplit.model_fields
    return Fault(path, "no_place_beside_rows") if beside_rows else unknown_field(path)


def _too_short(path: Path, given: str, least: int) -> Fault:
    """Return the fault of a list or a text that wants an entry, or of a list that wants several."""
    if least > 1:
        return Fault(path, "wrong_type", {"expected": f"a list of {least} numbers", "given": given})
    return Fault(path, "empty")


def _kind_fault(path: Path, given: Any) -> Fault:
    """Return the fault of a breakpoint that is of no kind."""
    if not isinstance(given, dict):
        return Fault(path, "wrong_type", {"expected": "an object", "given": shown(given)})
    path = (*path, "kind")
    return unknown_name(path, given["kind"], KINDS) if "kind" in given else Fault(path, "missing")


_KNOWN_FIELDS = tuple(sorted({name for part in PARTS for name in part.model_fields} - {"schema_"} | {"schema"}))


def unknown_field(path: Path) -> Fault:
    return Fault(path, "unknown_field", {"nearest": nearest(path[-1], _KNOWN_FIELDS)})
