"""One thing that is wrong with an experiment: where, what, and what would be accepted.

A fault carries a code and fields, so that the window can word it in the person's language; the
English templates stand here once, and the window translates them in the context "faults".
"""

import difflib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

TEMPLATES = {
    "missing": "is missing",
    "unknown_field": "is not a known field{nearest}",
    "wrong_type": "must be {expected}, not {given}",
    "not_finite": "must be a finite number, not {given}",
    "out_of_range": "must be {accepted}, not {given}",
    "unknown_name": "is not one of {known}: {given}{nearest}",
    "empty": "needs at least one entry",
    "too_long": "is too long: {length} characters, at most {limit}",
    "too_many": "has too many entries: {count}, at most {limit}",
    "bad_label": "may not hold “/”, “\\” or control characters, nor begin with = + - @, nor be . or ..",
    "same_label": "is used by another optimizer already: {given}",
    "same_backend": "names a backend twice: {given}",
    "ragged": "has {found} values in row {row}, but row 1 has {expected}",
    "rows_differ": "has {y_rows} rows, but x has {x_rows}",
    "columns_differ": "has {found} columns, but the last layer has {expected} units",
    "needs_classes": "must be a list of class numbers, one a row, for the loss cross_entropy",
    "needs_rows": "must be rows of numbers for the loss {loss}: class numbers are for cross_entropy",
    "class_out_of_range": "has class {given} in row {row}; the last layer's {classes} units allow 0 to {last}",
    "bce_target": "must lie between 0 and 1 for the loss bce; row {row} has {given}",
    "unknown_weight": "is no weight of this network; it has {known}",
    "no_layer": "has no place here, as the loss is of no layer: {given}",
    "no_layers": "has no place here, as a test function has no layers: {given}",
    "no_place_beside_problem": "has no place in an experiment that trains on a test function (problem)",
    "no_condition": "has no place here, as only the quadratic has a condition number: {given}",
    "no_value": "has no place here, as not_finite compares with nothing: {given}",
    "no_pair": "needs an optimizer that runs both as DIY and as torch; none does: {given}",
    "weight_shape": "has shape {found}, but {expected} is needed",
    "nesterov_needs_momentum": "needs a momentum above 0 and a dampening of 0",
    "needs_sparse_gradients": "cannot be {given}, which needs sparse gradients: not offered, as dense layers have none",
    "matrices_only": "cannot be {name}, which takes matrices only, unlike {weights}: switch the biases off",
    "line_search_needs_rate": "must be above 0 for a line search, which begins with it",
    "outgrows_numbers": "must be smaller beside this alpha: the learning rate's divisor would outgrow any number",
    "clip_not_for_lbfgs": "has no place here: {name} compares losses, and needs their gradient as it is",
    "not_ascending": "must name each value once, smaller ones first",
    "no_range": "needs --log, --grid or --values",
    "points_of_values": "has --values, and --points says how many in a range",
    "which_entry": "is needed where the experiment has several: {known}",
    "twice": "names a value twice: {given}",
    "same_axis": "is varied by the other axis already: {given}",
    "no_number": "is no number and cannot be varied: {given}; numbers are {known}",
    "no_seeds": "have no meaning for a test function, which begins at its own start",
    "too_many_configurations": "make too many configurations: {count}, at most {limit}",
    "no_momentum": "needs a momentum or a first beta to move, but {name} has neither: it must be false",
    "momenta_crossed": "must not be above max_momentum",
    "needs_total_steps": "is needed, or else both epochs and steps_per_epoch",
    "climbs_in_no_time": "must be another share: with this one the rate would climb in no steps, and torch divide by 0",
    "no_warmup": "cannot come before {name}, which looks at the loss: torch's SequentialLR refuses that",
    "clip_nothing": "needs a norm or a value",
    "clip_twice": "may have a norm or a value, not both",
    "too_large": "would need about {needed} of memory; {available} are free",
    "newer_schema": "is {given}: this version of Lockstep reads schema {known}",
    "device_missing": "is not available on this machine: {given}; available: {known}",
    "no_run": "has no run at hand",
    "not_json": "is not valid JSON: {detail}",
    "not_text": "is not a UTF-8 text file",
    "file_too_large": "is too large a file for an experiment: at most {limit}",
    "not_writable": "cannot be written to: {detail}",
    "not_readable": "cannot be read: {detail}",
}

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """``path`` leads to the field as in the experiment file: ``("data", "x", 0, 2)``; () is the file."""

    path: Path
    code: str
    fields: dict[str, Any] = {}  # noqa: RUF012  # read only

    @property
    def where(self) -> str:
        """The path as a person writes it: ``data.x[0][2]``."""
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return one_line(text.lstrip("."))

    @property
    def message(self) -> str:
        """What is wrong, in English, without the path."""
        return TEMPLATES[self.code].format(**self.fields)

    def __str__(self) -> str:
        return f"{self.where or 'the experiment'} {self.message}"


def unknown_name(path: Path, given: Any, known: Sequence[str]) -> Fault:
    fields = {"given": shown(given), "known": ", ".join(known), "nearest": nearest(given, known)}
    return Fault(path, "unknown_name", fields)


def nearest(given: Any, known: Sequence[str]) -> str:
    """The known name that was probably meant, as a question to append, or nothing."""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(str(given).casefold(), folded, n=1)
    return f" – did you mean {folded[close[0]]}?" if close else ""


def shown(value: Any) -> str:
    """A value as the file has it, cut short."""
    text = one_line(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else text[:57] + "…"


def one_line(text: str) -> str:
    """The text with escapes for what would break a line, turn it around or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)
