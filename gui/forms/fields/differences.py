"""The smallest parts in which two states of the forms differ, and how one is made of the other. No Qt in here.

A state is made of dicts, of lists of dicts (layers, entries, breakpoints), and of anything else, which is taken as a
whole. A state is never changed: one that is made of another shares with it all that is the same.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

Path = tuple[str | int, ...]
State = dict[str, Any]
COLOR = "color"  # of an entry, which is given one for good when its neighbours come, go or move


class Missing:
    """Stand for what is not there."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


class Change(NamedTuple):
    """Hold what stands at ``path`` in each of two states."""

    path: Path
    before: Any
    after: Any


class Splice(NamedTuple):
    """Hold which elements of the list at ``path`` were put in the place of which others, from index ``at`` on."""

    path: Path
    at: int
    removed: tuple[Any, ...]
    added: tuple[Any, ...]


class Move(NamedTuple):
    """Say from which index to which an element of the list at ``path`` has moved."""

    path: Path
    at: int
    to: int


Difference = Change | Splice | Move


def differences(before: Any, after: Any, path: Path = ()) -> list[Difference]:
    """Return what leads from one state to the other, in the order in which it does; nothing where they are equal."""
    return list(_differences(before, after, path))


def _differences(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    if _equal(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*before, *after)):
            yield from _differences(before.get(name, MISSING), after.get(name, MISSING), (*path, name))
    elif _are_rows(before, after):
        rows: Any = before
        for found in rearranged(rows, after, path):
            yield found
            rows = _apply_to(rows, found._replace(path=()), back=False)
        for index, (old, new) in enumerate(zip(rows, after, strict=True)):
            yield from _differences(old, new, (*path, index))
    else:
        yield Change(path, before, after)


def _equal(one: Any, other: Any) -> bool:
    """Compare as a person would: 1 and true are not the same, and what is no number is so on both sides."""
    if one is other:
        return True
    try:
        return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)
    except ValueError:  # arrays, which are other ones
        return False


def _are_rows(*lists: Any) -> bool:
    """Tell whether both are lists of dicts, of which one may be empty."""
    return all(type(rows) is list and all(isinstance(row, dict) for row in rows) for rows in lists)


def rearranged(before: Sequence[Any], after: Sequence[Any], path: Path) -> Iterator[Splice | Move]:
    """Yield which rows came, went or moved; whether those that stayed differ is another matter."""
    first, last = ends_alike(before, after)
    old, new = [_but_color(row) for row in before[first : last[0]]], [_but_color(row) for row in after[first : last[1]]]
    if len(old) != len(new):
        yield Splice(path, first, tuple(before[first : last[0]]), tuple(after[first : last[1]]))
    elif len(old) > 1 and old[1:] + old[:1] == new:
        yield Move(path, first, last[0] - 1)
    elif len(old) > 1 and old[-1:] + old[:-1] == new:
        yield Move(path, last[0] - 1, first)


def ends_alike(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, tuple[int, int]]:
    """Return how many rows at the beginning are alike but for their colour, and where in each list the end begins."""
    first, most = 0, min(len(before), len(after))
    while first < most and _but_color(before[first]) == _but_color(after[first]):
        first += 1
    left, right = len(before), len(after)
    while min(left, right) > first and _but_color(before[left - 1]) == _but_color(after[right - 1]):
        left, right = left - 1, right - 1
    return first, (left, right)


def _but_color(row: dict[str, Any]) -> dict[str, Any]:
    return row | {COLOR: None} if COLOR in row else row


def applied(state: State, changes: Sequence[Difference], *, back: bool) -> State:
    """Return the state with the changes made again, or taken ``back``; what is no more where they were stays."""
    for change in reversed(changes) if back else changes:
        try:
            state = _apply_to(state, change, back=back)
        except (KeyError, IndexError, TypeError):
            continue
    return state


def _apply_to(part: Any, change: Difference, *, back: bool) -> Any:
    if change.path:
        name, *rest = change.path
        if not rest and isinstance(change, Change):
            return _put(part, name, change.before if back else change.after)
        return _put(part, name, _apply_to(part[name], change._replace(path=tuple(rest)), back=back))
    if isinstance(change, Change):
        return change.before if back else change.after
    rows = list(part)
    if isinstance(change, Splice):
        gone, come = (change.added, change.removed) if back else (change.removed, change.added)
        rows[change.at : change.at + len(gone)] = come
    else:
        at, to = (change.to, change.at) if back else (change.at, change.to)
        rows.insert(to, rows.pop(at))
    return rows


def _put(part: Any, name: str | int, value: Any) -> Any:
    """Return a copy of a dict or a list with another value at a place."""
    if isinstance(part, dict):
        without = {key: one for key, one in part.items() if key != name}
        return without if value is MISSING else part | {name: value}
    rows = list(part)
    rows[name] = value  # pyright: ignore[reportArgumentType, reportCallIssue]
    return rows


def part_changed(before: str, after: str) -> tuple[int, int, int]:
    """Return where two texts begin to differ, and where what differs ends in each."""
    most = min(len(before), len(after))
    first = _alike(most, lambda count: before[:count] == after[:count])
    last = _alike(most - first, lambda count: before[len(before) - count :] == after[len(after) - count :])
    return first, len(before) - last, len(after) - last


def _alike(most: int, holds: Any) -> int:
    """Return the largest count, up to ``most``, for which all up to it are alike; by halves, as texts may be long."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if holds(middle) else (low, middle - 1)
    return low
