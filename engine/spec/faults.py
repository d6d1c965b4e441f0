"""One thing that is wrong with an experiment: where, what, and what would be accepted.

A fault carries a code and fields, so that the window can word it in the person's language; the
English templates stand here once, and the window translates them in the context "faults".
"""

import difflib
import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

MOST_TOLD = 20  # of a file's faults, and of the names in one of them
MOST_GUESSED = 100  # names among which the one that was meant is looked for
LONGEST = 60  # characters of a value or a name that are shown

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
    "ragged": "has {found} in row {row}, but row 1 has {expected}",
    "rows_differ": "has {found}, but x has {expected}",
    "no_place_beside_rows": "has no place beside rows: test rows are a share drawn by a seed, or rows by their numbers",
    "no_test_row": "leaves none of {rows} to test",
    "no_training_row": "leaves none of {rows} to train on",
    "no_split": "cannot be test, as the experiment keeps no rows for testing (data.test)",
    "row_twice": "names a row twice: {given}",
    "columns_differ": "has {found}, but the last layer has {expected}",
    "needs_classes": "must be a list of class numbers, one a row, for the loss {loss}",
    "needs_shares": "must be class numbers, one a row, for the loss {loss}, or rows of shares from 0 to 1, one a "
    "unit of the last layer",
    "ignored_of_shares": "must be below 0, as the targets are shares of each class: torch ignores none of those",
    "needs_rows": "must be rows of numbers for the loss {loss}: class numbers are for cross_entropy",
    "class_out_of_range": "has class {given} in row {row}, but the last layer has {classes}, for classes 0 to {last}",
    "bce_target": "must lie between 0 and 1 for the loss {loss}; row {row} has {given}",
    "no_probabilities": "must give numbers between 0 and 1 for the loss {loss}, as sigmoid does; {activation} does not",
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
    "no_params": "has no place here, as {name} has no parameters: {given}",
    "not_zero": "must be further from 0: it is divided by",
    "bounds_crossed": "must be above min_val",
    "momenta_crossed": "must not be above max_momentum",
    "row_shape": "is {found}, {count} numbers, but a row of x has {columns}: {fitting} would fit",
    "not_first": "cannot be {kind} behind another layer: it takes the whole numbers of x, and so comes first",
    "too_many_axes": "takes rows of {most} axes at the most, and is given {found}: {kind} needs a Flatten before it",
    "flatten_before": "makes {found} of a row, and y has {expected}: a Flatten before layer {layer} would fit",
    "flatten_after": "makes {found} of a row, and y has {expected}: a Flatten after it would fit",
    "not_flat": "makes {found} of a row, and y has {expected}: add a Flatten, and behind it a dense layer of {units}",
    "no_index": "must be a whole number from 0 to {last} for {kind}; row {row}, column {column} has {given}",
    "no_such_vector": "must be the number of a vector: below num_embeddings and, counted from the end, at least "
    "-num_embeddings",
    "nothing_to_train": "have no weight to train: one of them needs to be dense, or to scale what it normalizes",
    "nested_too_deeply": "are nested too deeply: layers inside layers, at most {limit} deep",
    "residual_has_none": "has no place here: a residual adds, and has no activation and no numbers of its own; "
    "its layers have",
    "residual_units": "makes rows of {found} where the residual adds its input, rows of {expected}: set the units of "
    "layer {layer} to {units}",
    "residual_shapes": "adds its input, rows of {expected}, to rows of {found}: its last layer must make {expected} "
    "of them again",
    "code_in_residual": "has no place here: own code cannot stand inside a residual yet",
    "too_few_rows": "has too few rows to train on: layer {layer}, {kind}, needs batches of {least} or more",
    "too_small_a_batch": "is too small: layer {layer}, {kind}, needs batches of {least} rows or more",
    "too_small_a_rest": "leaves a last batch of {rest} of {rows} rows: layer {layer}, {kind}, needs {least} or more",
    "closure_of_mode": "cannot train layer {layer}, {kind}: {name} evaluates the loss several times a step",
    "needs_total_steps": "is needed, or else both epochs and steps_per_epoch",
    "climbs_in_no_time": "must be another share: with this one the rate would climb in no steps, and torch divide by 0",
    "no_warmup": "cannot come before {name}, which looks at the loss: torch's SequentialLR refuses that",
    "init_needs_seed": "has no place here, as the weights are given: it draws them, and needs a seed",
    "init_no_weight": "has no place here: {kind} has no weight to draw",
    "init_needs_matrix": "cannot be {name}, which needs rows and columns: this weight is a list of numbers",
    "init_bounds_crossed": "must not be above b",
    "nothing_between": "leaves next to nothing between a and b: torch would draw for ever",
    "groups_of_code": "have no place here: own code moves all weights alike",
    "groups_of_closure": "have no place here: {name} moves all weights as one, and torch refuses groups for it",
    "no_chain": "cannot be {name}, which looks at the loss, among schedules that come one after another: torch's "
    "SequentialLR refuses that",
    "warmup_in_chain": "may come before the first schedule alone; a phase of its own is LinearLR",
    "steps_of_last": "have no place here, as no other schedule comes after it",
    "clip_nothing": "needs a norm or a value",
    "clip_twice": "may have a norm or a value, not both",
    "too_large": "would need about {needed} of memory; {available} are free",
    "newer_schema": "is {given}: this version of Lockstep reads schema {known}",
    "device_missing": "is not available on this machine: {given}; available: {known}",
    "no_code_file": "is no name of a file of code: letters, digits, spaces, “.”, “-” and “_”, and {known} at its end",
    "code_nothing": "needs a text or a path",
    "code_twice": "may have a text or a path, not both",
    "code_missing": "names {file}, which is not in the experiment’s “code”; there is {known}",
    "code_not_readable": "cannot be read: {detail}",
    "code_is_diy": "must hold diy: own code is what the DIY side runs",
    "no_torch_side": "may hold diy alone: without a name there is nothing of torch’s to run beside it",
    "needs_name": "may be null only where own code stands in its place (code)",
    "code_of_closure": "has no place here: {name} evaluates the loss several times a step, which own code cannot",
    "code_not_cycled": "must be false: a schedule moves the rate of own code, and nothing else",
    "code_param": "cannot be {given} in own code, which has {own} there{line}",
    "code_param_unknown": "is no hyperparameter of this code; it has {known}",
    "code_rate_fixed": "has no place here: the rate of this code cannot be changed from outside",
    "code_not_reached": "does not reach this code, which has a number of its own there, or nothing",
    "reference_beside_torch": "has no place here: it stands in torch’s place beside own code whose name is null",
    "code_unusable": "cannot be used: {detail}",
    "needs_trust": "holds code ({known}) that was not run: read it, and say --trust to have it run",
    "code_not_run": "holds code that was not agreed to be run",
    "needs_agreement": "holds code that was not agreed to be run yet: it came in a file",
    "code_not_gone_on": "cannot take the place of the code before on the way ({detail}); Reset begins with it",
    "code_other_form": "is called in another form than before, and what was remembered does not fit: go on in the same "
    "form, or Reset to begin with it",
    "code_other_state": "keeps other things than the code before, and what was remembered does not fit: keep the same, "
    "or Reset to begin with it",
    "code_lacks_name": "has no “{name}” any more, in which the code before remembered something: keep the name, or "
    "Reset to begin with it",
    "code_other_shape": "has “{name}” in the shape {own}, and what was remembered is shaped {before}: keep the shape, "
    "or Reset to begin with it",
    "code_other_numbers": "has other numbers, which torch’s side would take too, and only from the start: Reset begins "
    "with it",
    "no_run": "has no run at hand",
    "not_json": "is not valid JSON: {detail}",
    "not_text": "is not a UTF-8 text file",
    "file_too_large": "is too large a file for an experiment: at most {limit}. Keep many numbers in a file of their "
    'own, CSV, .npy or .npz, and name it: "data": {{"file": "digits.csv", "x": ["width"], "y": ["kind"]}}',
    "script_of_own_form": "runs code of a person's own in a form that no script calls; torch's side can be written",
    "script_of_own_apart": "runs code of a person's own that comes to other losses in a script",
    "script_of_nothing": "is nothing that torch has: there is no script of {name}",
    "script_of_log": "has the log of another program in DIY’s place: there is no script of that",
    "script_of_changes": "was given other code during the run, which no script repeats",
    "script_of_all_together": "takes too much room as a text: {count} numbers, at most {limit}",
    "surface_option": "has no place here: it belongs to {kinds}",
    "surface_of_function": "must be main: a test function has a plane of its own",
    "surface_weight": "is no weight: {given}; one is {like}, say",
    "surface_weight_beyond": "is beyond its tensor: {given}, of {shape}",
    "data_unread": "is still to be read",
    "data_empty": "holds no rows",
    "data_no_rows": "holds a header and no rows",
    "data_too_large": "is too large a file of data: at most {limit}",
    "data_not_decoded": "is no text in {encoding}: line {line} has other bytes. Save it as UTF-8, or name its encoding "
    "(data.encoding)",
    "data_no_text": "is no text: line {line} has bytes that are no characters",
    "data_line_too_long": "has a line that is too long to be a row: line {line}",
    "data_not_split": "cannot be split into cells in line {line}: {detail}",
    "data_ragged": "has {found} cells in line {line}, and {expected} in the first: is the separator another one?",
    "data_no_number": "has {given} in line {line}, column {column}, where a number with the decimal mark “{decimal}” "
    "is needed",
    "data_no_target": "has {given} in line {line}, column {column}, where a number with the decimal mark “{decimal}” "
    "is needed; where these are names of classes say so (data.classes)",
    "data_cell_empty": "has an empty cell in line {line}, column {column}, where a number is needed",
    "data_not_finite": "has {given} in line {line}, column {column}, where a finite number is needed",
    "data_row_not_finite": "has {given} in row {line}, column {column}, where a finite number is needed",
    "data_no_class": "has an empty cell in line {line}, column {column}, where the name of a class is needed",
    "data_name_too_long": "has a name in line {line} that is too long for a class: at most {limit} characters",
    "data_class_unknown": "has {given} in line {line}, which is none of the classes {known}{nearest}",
    "data_too_many_classes": "has {count} different names, {given} and others: are these classes?",
    "data_classes_of_one": "are names in one column, but y has {count}",
    "data_column_unknown": "is no column of the file: {given}; there is {known}{nearest}",
    "data_column_beyond": "is no column of the file: {given}; it has {count}, numbered from 0",
    "data_column_doubled": "is the name of several columns: {given}; a number from 0 says which",
    "data_column_twice": "is chosen already: {given}",
    "data_no_names": "is a name, and the file has no header: {given}; its columns are numbered from 0 to {last}",
    "data_nothing_left": "takes all columns: none is left for x",
    "data_array_unknown": "is no array of the file: {given}; there is {known}{nearest}",
    "data_array_empty": "is an array without rows of numbers: {given}, of shape {found}",
    "data_of_objects": "holds objects of Python, which would run code to be read, and is not read: save numbers",
    "data_no_numbers": "holds no numbers, but {dtype}",
    "data_broken": "is no whole file of its kind: {detail}",
    "data_cut_off": "is cut off: {needed} bytes are needed, and it has {found}",
    "data_not_standardized": "is not possible: mean or deviation of a column is beyond any number",
    "data_not_kept": "cannot be laid down for both processes: {detail}",
    "data_changed_meanwhile": "was changed while it was read",
    "numbers_of_no_kind": "is no file of numbers that is known: .npz, .safetensors, or a state_dict of torch’s",
    "numbers_unnamed": "holds one array without a name; put arrays with names into an .npz",
    "numbers_broken": "is damaged, or no whole file: {detail}",
    "numbers_none": "holds no array",
    "numbers_no_state": "holds {given}, and no state_dict: torch.save(model.state_dict(), …) writes one",
    "numbers_with_code": "holds more than numbers, and to load that could run code in it, so it is not loaded: "
    "torch.save(model.state_dict(), …) writes numbers alone",
    "numbers_with_objects": "holds {name}, which is Python objects and no numbers; they are not loaded",
    "numbers_of_type": "holds {name}, whose numbers are {given}, a type that has no place here",
    "numbers_too_large": "is too large: at most {limit}",
    "numbers_not_finite": "holds {name}, in which {index} is {given}",
    "weights_lane": "holds the weights of several lanes: “lane” says which; there is {known}",
    "weights_no_lane": "is no lane in the file; there is {known}",
    "weights_unknown": "holds none of the names that are looked for ({known}), but {found}; “by”: “order” takes "
    "arrays in the order of the file",
    "weights_missing": "holds nothing for {known}; it has {found}",
    "weights_left_over": "holds {found}, for which this network has no place; it has {known}",
    "weights_count": "holds {found}, but this network has {expected}",
    "weights_shaped": "holds {name} as {found}, but {weight} is {expected}",
    "weights_transposed": "holds {name} as {found}, but {weight} is {expected}: the transpose of it (torch has outputs "
    "× inputs, Keras and JAX inputs × outputs)",
    "log_empty": "has no row of a step",
    "log_no_table": "is no table of numbers: {detail}",
    "log_cells": "has {found} cells in line {line}, but {expected} in the first",
    "log_no_number": "has {given} in line {line}, column {name}, which is no number",
    "log_column_twice": "has the column {name} twice",
    "log_column_lacks": "has columns of some numbers of {name}, and not of all",
    "log_unknown": "holds {found}, which nothing in a step is called; there is {known}",
    "log_nothing": "holds nothing of a step; there is {known}",
    "log_steps": "must have steps from 1, or from 0 where a first row has the start, not from {given}",
    "log_gap": "has step {given} where {expected} must be: no step may be missing",
    "log_rows": "has {found} rows of {name}, but {expected} steps",
    "log_started_elsewhere": "starts at other weights than the experiment: {name}{index} is {given}, not {expected}; "
    "“start” may name a file",
    "log_before_update": "has weights from before each step’s update, as those of step 1 are the start: log them after "
    "the optimizer’s step",
    "log_too_short": "must be at most {steps}, where the log {file} ends",
    "log_of_which": "must say which entry it is of, as LABEL=FILE; there is {known}",
    "log_beside_code": "has no place beside code: either may stand in DIY’s place",
    "log_is_diy": "must hold diy: the log stands in DIY’s place",
    "log_of_closure": "has no place here: {name} evaluates the loss several times a step, which no log tells",
    "log_of_groups": "have no place here: a log is judged by one rule for all weights",
    "log_of_nothing": "has no place here: without a name there is nothing of torch’s to judge it by",
    "file_changed": "is not the file that was chosen: it has been changed since",
    "not_writable": "cannot be written to: {detail}",
    "not_readable": "cannot be read: {detail}",
    "session_damaged": "is damaged, or no session of Lockstep’s: nothing of it was taken",
    "newer_session": "was saved by a newer version of Lockstep: this one reads sessions of schema {known}, not {given}",
    "file_gone": "is gone, or has another name",
    "report_without_numbers": "is a page without numbers that could be read, no report of Lockstep’s, or one of an "
    "older version: choose the session, or a file of the folder that was written with the run",
    "newer_report": "was written by a newer version of Lockstep: this one reads reports of schema {known}, not {given}",
    "report_too_large": "is too large for a report: at most {limit}",
    "no_run_kept": "holds no run that could be taken up",
}

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """Say what is wrong at ``path``, as in the experiment file: ``("data", "x", 0, 2)``; () is the file."""

    path: Path
    code: str
    fields: dict[str, Any] = {}  # noqa: RUF012  # read only

    @property
    def where(self) -> str:
        """Return the path as a person writes it: ``data.x[0][2]``."""
        text = "".join(f"[{part}]" if isinstance(part, int) else f".{cut(part)}" for part in self.path)
        return one_line(text.lstrip("."))

    @property
    def message(self) -> str:
        """Return the fault in English, without its path."""
        return TEMPLATES[self.code].format(**self.fields)

    def __str__(self) -> str:
        return f"{self.where or 'the experiment'} {self.message}"


class Guess(NamedTuple):
    """Guess the known name that was meant by ``given``: as text a question to append, or nothing.

    Looked for only where it is read: of a file's many faults few are.
    """

    given: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        folded = {name.casefold(): name for name in self.known if name != self.given}  # right elsewhere, but not here
        close = difflib.get_close_matches(self.given[:LONGEST].casefold(), folded, n=1)
        return f" – did you mean {folded[close[0]]}?" if close else ""


def told(faults: Sequence[Fault]) -> Iterator[str]:
    """Yield a line for each of the first faults, and one that says how many more there are."""
    yield from map(str, faults[:MOST_TOLD])
    if len(faults) > MOST_TOLD:
        yield f"and {len(faults) - MOST_TOLD:,} more"


def unknown_name(path: Path, given: Any, known: Collection[str]) -> Fault:
    fields = {"given": shown(given), "known": listed(known), "nearest": nearest(given, known)}
    return Fault(path, "unknown_name", fields)


def nearest(given: Any, known: Collection[str]) -> Guess | str:
    return Guess(given, tuple(known)) if isinstance(given, str) and len(known) <= MOST_GUESSED else ""


def listed(names: Collection[str]) -> str:
    """Return the names, or the first of them and how many there are."""
    few = ", ".join(map(cut, islice(names, MOST_TOLD)))
    return few if len(names) <= MOST_TOLD else f"{few}, … ({len(names):,})"


def counted(count: int, what: str) -> str:
    """Return how many there are of what, in the singular or the plural."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def times(shape: Sequence[int]) -> str:
    """Write a shape: ``3 × 4``."""
    return " × ".join(map(str, shape))


def first_twice(values: Iterable[Hashable]) -> Any:
    """Return the first value that has stood before; one of them must have."""
    before: set[Hashable] = set()
    return next(value for value in values if value in before or before.add(value))


def shown(value: Any) -> str:
    """Write a value as the file has it, cut short. However large or deep, no more of it is read than is shown."""
    text = ""
    for part in _ENCODER.iterencode(value):
        text += part
        if len(text) > LONGEST:
            break
    return cut(one_line(text))


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def cut(text: str) -> str:
    """Return the text, or as much of it as a message has room for."""
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "…"


def one_line(text: str) -> str:
    """Return the text with escapes for what would break a line, turn it around or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)
