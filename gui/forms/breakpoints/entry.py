"""A breakpoint as it is typed: all that was filled in, also what its kind has no use for at the moment.

So that nothing typed is lost: who looks at another kind, quantity or comparison finds the old values on return.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.spec import PAIR_QUANTITIES, labels_of, lane_id, lane_ids, pair_labels, present_stage, textbook_text

Values = dict[str, Any]

# ``pair`` stands for ``lane`` where a quantity is of pairs, ``factor`` for ``value`` where something rises.
DEFAULTS: Values = {
    "kind": "condition",
    "enabled": True,
    "hits": 1,
    "file": "",
    "line": "",
    "stage": "update",
    "layer": None,
    "quantity": "loss",
    "lane": None,
    "pair": None,
    "op": "rises",
    "value": None,
    "factor": 2,
}
_FIELDS = {
    "line": ("file", "line"),
    "stage": ("stage", "layer"),
    "condition": ("quantity", "lane", "op", "value"),
}
_NAMES = ("kind", "file", "stage", "quantity", "op")


class Lanes(NamedTuple):
    """List the lanes that a condition may be of: lanes' ids, and the labels of those that run as both."""

    ids: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()


def lanes_in(entries: Sequence[dict[str, Any]]) -> Lanes:
    """Return the lanes of optimizer entries as the form holds them."""
    labels = labels_in(entries)
    backends = [entry["backends"] for entry in entries]
    sides = [_sides_of(entry) for entry in entries]
    return Lanes(lane_ids(labels, sides), pair_labels(labels, backends))


def _sides_of(entry: dict[str, Any]) -> list[str]:
    own = "diy" if entry.get("log") is None else "log"
    return [own if backend == "diy" else backend for backend in entry["backends"]]


def labels_in(entries: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return labels_of((str(entry["name"]), entry["label"]) for entry in entries)


def values_of(raw: Any) -> Values:
    """Read what the experiment file, or a half-typed draft of it, has of a breakpoint."""
    given = raw if isinstance(raw, dict) else {}
    values = DEFAULTS | {name: given[name] for name in DEFAULTS if name in given}
    for name in _NAMES:
        values[name] = str(values[name])  # whatever an old draft may hold
    values["stage"] = present_stage(values["stage"])
    values["enabled"] = values["enabled"] is True
    if values["quantity"] in PAIR_QUANTITIES:
        values["pair"], values["lane"] = values["lane"], DEFAULTS["lane"]
    if values["op"] == "rises":
        values["factor"], values["value"] = given.get("value", DEFAULTS["factor"]), DEFAULTS["value"]
    return values


def slot(values: Values, field: str) -> str:
    """Return where the values keep what the experiment file calls ``field``."""
    if field == "lane" and values["quantity"] in PAIR_QUANTITIES:
        return "pair"
    return "factor" if field == "value" and values["op"] == "rises" else field


def used(values: Values) -> tuple[str, ...]:
    """Return the fields of the experiment file that a breakpoint of this kind has a use for."""
    fields = _FIELDS.get(values["kind"], ())
    unused = {"layer"} if values["stage"] == "loss" else set()
    unused |= {"value"} if values["op"] == "not_finite" else set()
    return tuple(field for field in fields if field not in unused)


def raw_of(values: Values) -> dict[str, Any]:
    """Return the breakpoint as in the experiment file, text that is no number as text."""
    has = used(values)
    fields = {field: values[slot(values, field)] if field in has else None for field in _FIELDS.get(values["kind"], ())}
    if values["kind"] == "line":
        line = values["line"]
        fields["text"] = textbook_text(values["file"], line) if isinstance(line, int) else None
    return {"kind": values["kind"], **fields, "enabled": values["enabled"], "hits": values["hits"]}


def renames(before: Sequence[str], after: Sequence[str]) -> dict[str, str] | None:
    """Return which entries are called what now; None while two are called the same, as when a name is half typed.

    None are where entries came, went or moved: their names went with them.
    """
    if len(set(after)) < len(after):
        return None
    if len(before) != len(after) or set(before) == set(after):
        return {}
    return {old: new for old, new in zip(before, after, strict=True) if old != new}


def follow(values: Values, names: Mapping[str, str], lanes: Mapping[str, str]) -> None:
    """Follow optimizer entries to their new ``names``, and ``lanes`` to theirs: conditions go on being of them."""
    values["pair"] = names.get(str(values["pair"]), values["pair"])
    label, slash, side = str(values["lane"] or "").rpartition("/")
    if slash and label in names:
        values["lane"] = lane_id(names[label], side)
    values["lane"] = lanes.get(str(values["lane"]), values["lane"])
