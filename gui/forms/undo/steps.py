"""The steps that can be undone and made again: what was typed without a pause is one. No Qt in here."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any, NamedTuple

from ..cells import Block
from ..fields.differences import Change, Difference, Path, part_changed
from ..table import Table

PAUSE = 1.5  # seconds without an edit after which the next one, in the same field too, is a step of its own
MOST_STEPS = 1000
BUDGET = 256 * 2**20  # bytes that all steps but the last may keep
NUMBER, CELL, TEXT = 32, 150, 50  # bytes that a number, a typed cell and a text take at the least


class Typed(NamedTuple):
    """Hold the text of a field, found by its name, before and after: as it was typed, which numbers do not tell."""

    field: str
    before: str
    after: str
    by_keys: bool = True  # else by its arrows


class Step(NamedTuple):
    """Hold what one edit has changed. ``act`` says what a person did where the changes do not tell.

    ``opened``: it has put another experiment in the place of all; then that says which, before and after.
    """

    changes: tuple[Difference, ...]
    typed: Typed | None = None
    act: str = ""
    opened: Any = None

    @property
    def key(self) -> object:
        """Return what another edit has in common that goes on with this one; None where none does."""
        if self.typed is not None:
            return self.typed.field
        if self.opened is None and not self.act and len(self.changes) == 1 and isinstance(self.changes[0], Change):
            change = self.changes[0]
            return (change.path, _cells(change)) if isinstance(change.after, Table) else change.path
        return None


class Steps:
    """Keep the steps, up to a number and a size; ``now`` is a clock in seconds."""

    def __init__(self, now: Callable[[], float] = monotonic, budget: int = BUDGET):
        self._now, self._budget = now, budget
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._last = 0.0  # when the newest step was made or went on
        self._is_open = False  # whether it may go on

    @property
    def last(self) -> Step | None:
        """Return the step that is undone next."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Step | None:
        """Return the step that is made again next."""
        return self._undone[-1] if self._undone else None

    def __len__(self) -> int:
        return len(self._done)

    def end_step(self) -> None:
        """Let whatever comes be a step of its own."""
        self._is_open = False

    def add(self, step: Step) -> None:
        """Add what was just done; it may go on with the step before, and takes what was undone its place."""
        self._undone.clear()
        now = self._now()
        goes_on = self._is_open and now - self._last <= PAUSE and self._done and _goes_on(self._done[-1], step)
        self._last, self._is_open = now, True
        if not goes_on:
            self._done.append(step)
        elif (together := _together(self._done[-1], step)) is not None:
            self._done[-1] = together
        else:
            del self._done[-1]
        self._drop_oldest()

    def undo(self) -> Step:
        """Return the step to take back, which is the next to be made again."""
        return self._turn(self._done, self._undone)

    def redo(self) -> Step:
        """Return the step to make again, which is the next to be taken back."""
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[Step], target: list[Step]) -> Step:
        self.end_step()
        target.append(source.pop())
        return target[-1]

    def replace(self, step: Step, *, undone: bool) -> None:
        """Put a step in the place of the one that was just turned."""
        (self._undone if undone else self._done)[-1] = step

    def rewrite(self, rewritten: Callable[[Step], Step]) -> None:
        """Have the steps of the experiment at hand be as ``rewritten`` has them: up to where another was opened."""
        for steps in (self._done, self._undone):
            for place in range(len(steps) - 1, -1, -1):
                if steps[place].opened is not None:
                    break
                steps[place] = rewritten(steps[place])

    def _drop_oldest(self) -> None:
        del self._done[:-MOST_STEPS]
        seen: set[int] = set()
        left = self._budget
        for place in range(len(self._done) - 1, -1, -1):
            left -= sum(size for what, size in _sizes(self._done[place]) if not (what in seen or seen.add(what)))
            if left < 0 and place < len(self._done) - 1:
                del self._done[: place + 1]
                return


def _goes_on(last: Step, step: Step) -> bool:
    """Tell whether an edit goes on with the one before: in the same field, and of code at the same place."""
    if last.key is None or last.key != step.key:
        return False
    change, before = step.changes[-1:], last.changes[-1:]
    if change and before and is_code(change[0].path) and isinstance(change[0], Change):
        return _is_beside(before[0], change[0])
    return True


def is_code(path: Path) -> bool:
    """Tell whether a path leads to the text of a file of own code."""
    return path[:1] == ("code",) and path[2:] == ("text",)


def _is_beside(last: Any, change: Change) -> bool:
    """Tell whether a text was changed where it had been before, and in that line."""
    if not (isinstance(last, Change) and all(isinstance(text, str) for text in (last.before, *last[1:], *change[1:]))):
        return False
    first, _, end = part_changed(last.before, last.after)
    start, stop, after = part_changed(change.before, change.after)
    has_line = "\n" in change.after[start:after] or "\n" in change.before[start:stop]
    return not has_line and first - 1 <= stop and start <= end


def _cells(change: Change) -> object:
    """Return the one cell that was typed in; something that is like nothing else where there were several."""
    place = cell_typed(change.before, change.after)
    return object() if place is None else place


def cell_typed(before: Any, after: Any) -> tuple[int, int] | None:
    """Return row and column of the only cell in which two tables differ; None where there is no such cell."""
    if not (isinstance(before, Table) and isinstance(after, Table)) or before.chosen != after.chosen:
        return None
    places = [*_differing(before.x, after.x), *((row, at + before.inputs) for row, at in _differing(before.y, after.y))]
    return places[0] if len(places) == 1 and places[0][0] >= 0 else None


def _differing(before: Block, after: Block) -> Sequence[tuple[int, int]]:
    """Return the first cells in which two blocks differ; of blocks of several arrays the place (-1, -1) alone."""
    if before is after:
        return ()
    if before.numbers is not after.numbers:
        return ((-1, -1),)
    there = before.texts.keys() | after.texts.keys()
    return [place for place in there if before.texts.get(place) != after.texts.get(place)][:2]


def _together(last: Step, step: Step) -> Step | None:
    """Return two steps as one; None where the second has only taken back the first."""
    first, second = last.typed, step.typed
    typed = second if first is None or second is None else second._replace(before=first.before)
    changes = _compressed((*last.changes, *step.changes))
    if not changes and (typed is None or typed.before == typed.after):
        return None
    return last._replace(changes=changes, typed=typed)


def _compressed(changes: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return changes with those at one place taken together, where they are nothing but that."""
    found: dict[Path, Change] = {}
    for change in changes:
        if not isinstance(change, Change):
            return tuple(changes)
        before = found[change.path].before if change.path in found else change.before
        found[change.path] = Change(change.path, before, change.after)
    return tuple(one for one in found.values() if one.before is not one.after and one.before != one.after)


def _sizes(step: Step) -> Iterator[tuple[int, int]]:
    """Yield what takes room in a step: which object it is, and about how many bytes."""
    for change in step.changes:
        for value in change[1:]:
            yield from _sizes_in(value)
    if step.opened is not None:
        yield from step.opened.sizes(_sizes_in)


def _sizes_in(value: Any) -> Iterator[tuple[int, int]]:
    if isinstance(value, Block):
        yield id(value.numbers), value.numbers.nbytes
        yield id(value), CELL * len(value.texts)
    elif isinstance(value, str):
        yield id(value), TEXT + len(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _sizes_in(one)
    elif isinstance(value, list | tuple):
        yield id(value), NUMBER * len(value)
        for one in value if value and not isinstance(value[0], int | float) else ():
            yield from _sizes_in(one)
    elif hasattr(value, "nbytes"):
        yield id(value), int(value.nbytes)
