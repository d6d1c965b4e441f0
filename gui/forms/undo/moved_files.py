"""Files that steps name, named anew where the experiment lies elsewhere by now: an undo leads to the very same files.

No Qt in here.
"""

from collections.abc import Callable
from typing import Any

from engine.spec import Linked

from ..fields.differences import MISSING, Change, Difference, Path, Splice
from .steps import Step

Named = Callable[[str], str]


def with_files(step: Step, named: Named) -> Step:
    """Return a step with every file in it as ``named`` has it."""
    return step._replace(changes=tuple(_difference(one, named) for one in step.changes))


def _difference(change: Difference, named: Named) -> Difference:
    if isinstance(change, Change):
        before, after = (_value(change.path, one, named) for one in (change.before, change.after))
        return change._replace(before=before, after=after)
    if isinstance(change, Splice):
        removed, added = (
            tuple(_value((*change.path, change.at), one, named) for one in rows)
            for rows in (change.removed, change.added)
        )
        return change._replace(removed=removed, added=added)
    return change


def _value(path: Path, value: Any, named: Named) -> Any:
    """Return what stands at a path of a state; the very same object where it names no file."""
    if value is MISSING or not _may_name(path):
        return value
    if isinstance(value, str):
        return named(value) if _names_file(path) else value
    if isinstance(value, dict):
        found = {name: _value((*path, name), one, named) for name, one in value.items()}
        if all(one is value[name] for name, one in found.items()):
            return value
        return Linked(found, value.found) if isinstance(value, Linked) else found
    if isinstance(value, list | tuple):
        rows = [_value((*path, place), one, named) for place, one in enumerate(value)]
        return value if all(one is old for one, old in zip(rows, value, strict=True)) else type(value)(rows)
    return value


def _may_name(path: Path) -> bool:
    """Whether a file may be named at a path, or below it."""
    if path[:1] == ("optimizers",):
        return len(path) < 3 or path[2] == "log"
    if path[:1] == ("start",):
        return len(path) < 2 or path[1] == "file"
    return path[:1] in (("linked",), ("code",))


def _names_file(path: Path) -> bool:
    if path[0] == "code":
        return path[2:] == ("path",)
    return path[-1] == "file" and path != ("start", "file")
