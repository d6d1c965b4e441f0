"""What a step is called in the Edit menu: “typing in “Optimizer 1, lr””, “removing layer 2”."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ..fields.differences import MISSING, Change, Difference, Move, Path, Splice
from ..table import Table
from .steps import Step, cell_typed, is_code

LONGEST = 40  # characters of a field's name
FIRST = ("opened", "linked", "table", "test", "shape", "network", "optimizers", "problem", "kind", "start", "code")

translate = QCoreApplication.translate


def words_of(step: Step, title_at: Callable[[Path], str]) -> str:
    """Return what a step did, as it goes on after “Undo”; ``title_at`` returns what the field of a path is called."""
    if step.opened is not None:
        return translate("undo", "opening “{title}”").replace("{title}", _short(step.opened.title))
    if step.act:
        return act_words(step.act)
    change = main_change(step.changes)
    if step.typed is not None and (change is None or not _is_named_otherwise(change)):
        title = title_at((step.typed.field,))
        return (typing_in if step.typed.by_keys else changing)(title)
    if change is None:
        return translate("undo", "an edit")
    return _row_words(change) or _data_words(change) or _other_words(change, title_at)


def main_change(changes: Sequence[Difference]) -> Difference | None:
    """Return the one of several changes that the others only follow from."""
    ranked = sorted(changes, key=lambda change: (isinstance(change, Change), _rank(change.path)))
    others = [change for change in ranked if change.path[-1:] != ("color",)]
    return (others or ranked or [None])[0]


def _rank(path: Path) -> int:
    return FIRST.index(path[0]) if path[0] in FIRST else len(FIRST)


def _is_named_otherwise(change: Difference) -> bool:
    return isinstance(change, Splice | Move) or change.path[0] == "table"


def act_words(act: str) -> str:
    """Return what a person did that the changes alone do not tell."""
    titles = {
        "make": translate("undo", "making data"),
        "paste": translate("undo", "pasting data"),
        "cut": translate("undo", "cutting data"),
    }
    return titles[act]


def typing_in(title: str) -> str:
    return translate("undo", "typing in “{field}”").replace("{field}", _short(title))


def changing(title: str) -> str:
    return translate("undo", "changing “{field}”").replace("{field}", _short(title))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"


# --- layers, entries, breakpoints that come and go -----------------------------------------------


def _row_words(change: Difference) -> str | None:
    """Word a row that came, went, moved, or is of another kind; None for anything else."""
    if isinstance(change, Move):
        verb, at = "move", change.at
    elif isinstance(change, Splice) and len(change.removed) + len(change.added) == 1:
        verb, at = ("remove" if change.removed else "add"), change.at
    elif isinstance(change, Change) and _is_layer(change.path[:-1]) and change.path[-1] in ("kind", "layers"):
        *within, at = change.path[:-1]
        return _verb_words("kind", "layers", _number(tuple(within), int(at)))
    else:
        return None
    what = str(change.path[-1]) if change.path[:2] == ("network", "layers") or len(change.path) == 1 else ""
    return _verb_words(verb, what, _number(change.path, at))


def _is_layer(path: Path) -> bool:
    return path[:2] == ("network", "layers") and isinstance(path[-1], int)


def _number(path: Path, at: int) -> str:
    """Return the number of a row, ``5.1`` of the first that is inside layer 5."""
    return ".".join(str(one + 1) for one in (*path, at) if isinstance(one, int))


def _verb_words(verb: str, what: str, number: str) -> str | None:
    words = {
        ("add", "layers"): translate("undo", "adding layer {number}"),
        ("remove", "layers"): translate("undo", "removing layer {number}"),
        ("move", "layers"): translate("undo", "moving layer {number}"),
        ("kind", "layers"): translate("undo", "another kind of layer {number}"),
        ("add", "optimizers"): translate("undo", "adding optimizer {number}"),
        ("remove", "optimizers"): translate("undo", "removing optimizer {number}"),
        ("move", "optimizers"): translate("undo", "moving optimizer {number}"),
        ("add", "breakpoints"): translate("undo", "adding breakpoint {number}"),
        ("remove", "breakpoints"): translate("undo", "removing breakpoint {number}"),
        ("move", "breakpoints"): translate("undo", "moving breakpoint {number}"),
    }
    found = words.get((verb, what))
    return None if found is None else found.replace("{number}", number)


# --- data ---------------------------------------------------------------------------------------


def _data_words(change: Difference) -> str | None:
    before, after = (change.before, change.after) if isinstance(change, Change) else (None, None)
    if change.path[:1] in (("linked",), ("names",)):
        return translate("undo", "changing the data")
    if not (isinstance(before, Table) and isinstance(after, Table)):
        return None
    if (place := cell_typed(before, after)) is not None:
        row, at = place
        column = f"x{at + 1}" if at < after.inputs else f"y{at + 1 - after.inputs}"
        text = translate("undo", "typing in {column}, row {row}")
        return text.replace("{column}", column).replace("{row}", f"{row + 1:,}")
    return _shape_words(before, after) or translate("undo", "changing the data")


def _shape_words(before: Table, after: Table) -> str | None:
    rows, columns = after.height - before.height, after.width - before.width
    if rows and not columns:
        return translate("undo", "adding rows") if rows > 0 else translate("undo", "removing rows")
    if columns and not rows:
        return translate("undo", "adding a column") if columns > 0 else translate("undo", "removing columns")
    return translate("undo", "choosing rows that test") if before.chosen != after.chosen else None


# --- the rest ---------------------------------------------------------------------------------


def _other_words(change: Difference, title_at: Callable[[Path], str]) -> str:
    path = change.path
    if path[0] == "breakpoints":
        return translate("undo", "changing a breakpoint")
    if path[0] == "code":
        return _code_words(change)
    if path[-1] == "code":
        return translate("undo", "own code of “{field}”").replace("{field}", _short(title_at(path[:-1])))
    title = title_at(path)
    return changing(title) if title else translate("undo", "an edit")


def _code_words(change: Difference) -> str:
    file = _short(str(change.path[1]))
    if is_code(change.path):
        return typing_in(file)
    added = isinstance(change, Change) and change.before is MISSING
    text = translate("undo", "adding {file}") if added else translate("undo", "changing {file}")
    return text.replace("{file}", file)


def place_of(change: Difference) -> Path:
    """Return where a person is to look for what a step has changed: a field's path, or the row's."""
    if isinstance(change, Splice):
        return (*change.path, change.at)
    if isinstance(change, Move):
        return (*change.path, change.to)
    if isinstance(change.after, Table) and (place := _first_cell(change.before, change.after)) is not None:
        return place
    return change.path


def _first_cell(before: Any, after: Table) -> Path | None:
    place = cell_typed(before, after)
    if place is None:
        return None
    row, at = place
    return ("data", "x", row, at) if at < after.inputs else ("data", "y", row, at - after.inputs)
