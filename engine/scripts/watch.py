"""A script watched line by line: what each line made or changed, and when torch's gradients are there."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from engine.backends import as_numbers

from .book import Book, Pair, Reference
from .kept import Execution, Kept, Memory, is_tensor, is_value
from .paths import MISSING
from .statements import Statement, Statements

MOST_PARAMETERS = 40  # of a module
FEW = 8  # versions of a value that are remembered; of further ones each second power, and the last
LONGEST_MAKING = 400  # executions that one value is made of
ASKED_EVERY = 64  # lines


class Stopped(BaseException):
    """End a script from outside."""


class _Seen(NamedTuple):
    """Remember of a name which object it was, how often torch had written into it, and its numbers then."""

    value: Any
    writes: tuple[int, int]
    kept: Kept | None


class _Target:
    """A tensor, or a tensor's gradient, that a pair holds own values against."""

    def __init__(self, pair: Pair):
        self.pair, self.of_gradient = pair, pair.reference.of_gradient
        self.tensor: Any = None
        self.state: Any = None
        self.was_zero = True

    def renew_with(self, tensor: Any) -> None:
        self.clear()
        self.tensor, self.was_zero = tensor, True

    def clear(self) -> None:
        """Note that torch's gradient is gone."""
        if self.of_gradient is not None and self.state is not None:
            self.pair.renewed()
            self.state, self.was_zero = None, True


class ScriptWatch:
    """Watch one file's lines inside ``with``, in the thread that enters it.

    ``follows``: tensors that no name pairs are remembered as well, as arrays may come out near them.
    """

    def __init__(
        self, file: str, statements: Statements, book: Book, shadows: Any, is_stopped: Callable[[], bool],
        told: Callable[[int], Any], follows: bool = True,
    ):  # fmt: skip
        self._file, self.statements, self.book, self._shadows = file, statements, book, shadows
        self._is_stopped, self._told, self._lines, self._follows = is_stopped, told, 0, follows
        self.memory = Memory()
        self.globals: dict[str, _Seen] = {}
        self._targets = {id(pair): _Target(pair) for pair in book.pairs}
        self._changes = 0
        self._is_news = True  # a tensor has a name that it had not
        self._torch_names = {pair.reference.root for pair in book.pairs}
        self._own_names = {pair.own.root for pair in book.pairs if pair.reference.of_gradient is not None}
        self.line = 0
        self.own_values: dict[str, list[Kept]] = {}
        self.torch_values: dict[str, list[Reference]] = {}
        self._followed: dict[str, Any] = {}
        self._states: dict[str, Any] = {}
        self._counts: dict[str, int] = {}

    def __enter__(self) -> "ScriptWatch":
        sys.settrace(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    @property
    def is_over(self) -> bool:
        """Return whether nothing more can be judged: torch has done too much."""
        return self._shadows.gave_up

    def quiet(self) -> Any:
        """Do what is done inside ``with`` without its being the script's."""
        return self._shadows.resting()

    def _on_call(self, frame: FrameType, _event: str, __: Any) -> Any:
        if self._is_stopped():
            raise Stopped
        code = frame.f_code
        if code.co_filename != self._file or (code.co_name.startswith("<") and code.co_name != "<module>"):
            return None
        return _Lines(self, frame)

    def ran(self, line: int) -> None:
        """Remember which line runs, tell of it now and then, and end here where that was asked for."""
        self.line = line
        self._lines += 1
        if self._lines % ASKED_EVERY == 0:
            self._told(line)
        if self._is_stopped():
            raise Stopped

    # --- what a statement did -----------------------------------------------------------------------

    def look(self, known: dict[str, _Seen], name: str, value: Any, line: int) -> Kept | None:
        """Return a copy of a variable's value where it is another than it was, else None."""
        before, writes = known.get(name), self._writes(value)
        if before is not None and before.value is value and before.writes == writes:
            is_same = not isinstance(value, np.ndarray) or _is_as_it_was(value, before.kept)
            if is_same:
                return None
        kept = self.memory.keep(name, value, line) if is_value(value) else None
        known[name] = _Seen(value, writes, kept)
        self._follow(name, value, kept)
        if is_tensor(value):
            _retain_gradient(value)
        return kept

    def _writes(self, value: Any) -> tuple[int, int]:
        if not is_tensor(value):
            return (0, 0)
        try:
            return (value._version, self._shadows.writes(value))
        except RuntimeError:  # made in inference mode
            return (0, 0)

    def made(self, kept: Kept, statement: Statement | None, names: Mapping[str, Any]) -> None:
        """Hand an own value to its pairs."""
        is_new = statement is None or statement.begins_anew(kept.name)
        for pair in self.book.of_root(kept.name):
            if not pair.own.steps and self._is_own(pair, kept, names):
                pair.own_made(kept, is_new)

    def look_inside(self, name: str, known: dict[str, _Seen], names: Mapping[str, Any], line: int) -> None:
        """Hand what stands inside a variable to the pairs that it was named in."""
        for pair in self.book.of_root(name):
            if pair.own.steps and (value := pair.own.value(names)) is not MISSING:
                kept = self.look(known, pair.own.text, value, line)
                if kept is not None:
                    pair.own_made(kept, True)

    def _is_own(self, pair: Pair, kept: Kept, names: Mapping[str, Any]) -> bool:
        """Return whether the pair can be meant: a number is no gradient of a matrix, nor that of another variable."""
        target = self._targets[id(pair)]
        if pair.found_by == "pair":
            return True
        plain = pair.reference.root
        beside = names.get(plain)
        if target.tensor is None or beside is None or beside is target.tensor or is_tensor(beside):
            return kept.numbers.ndim > 0 or target.tensor is None or target.tensor.numel() == 1
        return _is_near(beside, target.tensor)

    # --- torch's side -----------------------------------------------------------------------------------

    def expect_news(self) -> None:
        """Have torch's values looked at, whatever has changed."""
        self._is_news = True

    def look_at_torch(self, names: Mapping[str, Any], globals_: Mapping[str, Any]) -> None:
        """Hand torch's values to their pairs where torch may have changed one since."""
        if self._shadows.changes == self._changes and not self._is_news:
            return
        self._changes, self._is_news = self._shadows.changes, False
        for target in self._targets.values():
            self._look_at(target, names, globals_)
        self._look_at_followed()

    # --- what may belong together by its value ------------------------------------------------------------

    def _follow(self, name: str, value: Any, kept: Kept | None) -> None:
        """Remember an own array, or follow a tensor, or a module's parameters, from now on."""
        if is_tensor(value):
            self._is_news |= name in self._torch_names
            if self._follows and name not in self._own_names and value.is_floating_point() and is_value(value):
                self._followed[name] = value
                self._is_news = True
        elif kept is not None and kept.numbers.dtype.kind == "f":
            _remember(self.own_values.setdefault(name, []), kept, self._count(name))
        elif self._follows and hasattr(value, "named_parameters") and not isinstance(value, type):
            with suppress(Exception):
                for place, one in list(value.named_parameters())[:MOST_PARAMETERS]:
                    if is_value(one):
                        self._followed[_parameter(name, place)] = one

    def _look_at_followed(self) -> None:
        for name, tensor in self._followed.items():
            self._note_torch(name, tensor)
            if tensor.requires_grad and (tensor.is_leaf or tensor.retains_grad) and tensor.grad is not None:
                self._note_torch(f"{name}.grad", tensor.grad)

    def _note_torch(self, path: str, tensor: Any) -> None:
        state = (id(tensor), *self._writes(tensor))
        if self._states.get(path) == state:
            return
        self._states[path] = state
        self._shadows.watch(tensor)
        count = self._count(path)
        if count > FEW and count & (count - 1):
            return
        self.memory.count += 1
        with self._shadows.resting():
            spread = self._shadows.spread(tensor)
            dtype = str(tensor.dtype).removeprefix("torch.")
            made = Reference(as_numbers(tensor), dtype, spread, self.memory.count)
        versions = self.torch_values.setdefault(path, [])
        if not versions or not np.array_equal(versions[-1].numbers, made.numbers):
            _remember(versions, made, count)

    def _count(self, path: str) -> int:
        self._counts[path] = self._counts.get(path, 0) + 1
        return self._counts[path]

    def end_history(self) -> None:
        """Take what stands at the end."""
        self._look_at_followed()

    def _look_at(self, target: _Target, names: Mapping[str, Any], globals_: Mapping[str, Any]) -> None:
        path = target.of_gradient or target.pair.reference
        found = path.value(names if path.root in names else globals_)
        if is_tensor(found) and found is not target.tensor:
            target.renew_with(found)
        value = target.tensor
        if target.of_gradient is not None and value is not None:
            value = value.grad if value.is_leaf or value.retains_grad else None
            if value is None:
                target.clear()
        if value is None or not is_tensor(value) or not value.is_floating_point() or not is_value(value):
            return
        state = (id(value), *self._writes(value))
        if state == target.state:
            return
        target.state = state
        self._shadows.watch(value)
        with self._shadows.resting():
            numbers = as_numbers(value)
            is_zero = not numbers.any()
            if target.of_gradient is not None and is_zero and not target.was_zero:
                target.clear()
                target.state = state
                return
            target.was_zero = is_zero
            self.memory.count += 1
            spread = self._shadows.spread(value)
        dtype = str(value.dtype).removeprefix("torch.")
        target.pair.reference_made(Reference(numbers, dtype, spread, self.memory.count))


class _Lines:
    """Follow one call's lines."""

    def __init__(self, watch: ScriptWatch, frame: FrameType):
        self._watch = watch
        self._is_module = frame.f_code.co_name == "<module>"
        self._known: dict[str, _Seen] = watch.globals if self._is_module else {}
        self._statement: Statement | None = None
        self._reads: dict[str, Any] = {}
        self._line = 0
        if not self._is_module:
            for name, value in frame.f_locals.items():
                watch.look(self._known, name, value, frame.f_lineno)

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "exception":
            return self
        if not self._watch.is_over:
            with self._watch.quiet():
                self._finish(frame)
                if event == "line":
                    self._begin(frame)
        if event == "line":
            self._watch.ran(frame.f_lineno)
        return self

    def _begin(self, frame: FrameType) -> None:
        self._line = frame.f_lineno
        statement = self._watch.statements.at.get(self._line)
        if statement is not None and statement is self._statement and self._line != statement.line:
            return
        self._statement = statement
        if statement is not None and statement.made:
            self._reads = {name: self._read(frame, name) for name in statement.reads}

    def _read(self, frame: FrameType, name: str) -> Any:
        """Return what a statement is about to read: the copy where it is a value, else the thing itself."""
        seen = self._known.get(name) or self._watch.globals.get(name)
        if seen is not None and seen.kept is not None:
            return seen.kept
        return frame.f_locals.get(name, frame.f_globals.get(name))

    def _finish(self, frame: FrameType) -> None:
        statement, watch = self._statement, self._watch
        variables = frame.f_locals
        for name in statement.mentioned if statement is not None else ():
            is_local = name in variables
            value = variables.get(name) if is_local else frame.f_globals.get(name)
            known = self._known if is_local else watch.globals
            kept = watch.look(known, name, value, self._line)
            if kept is not None and statement is not None:
                self._note_making(kept, statement, frame)
                watch.made(kept, statement, variables)
            watch.look_inside(name, known, variables, self._line)
        if statement is not None and statement.touches_gradients:
            watch.expect_news()
        watch.look_at_torch(variables, frame.f_globals)

    def _note_making(self, kept: Kept, statement: Statement, frame: FrameType) -> None:
        if not statement.is_simple or kept.name not in statement.made:
            kept.whole = False
            return
        execution = Execution(statement, self._reads, frame.f_globals)
        before = self._reads.get(kept.name)
        if statement.begins_anew(kept.name) or not isinstance(before, Kept):
            kept.executions = (execution,)
            kept.whole = statement.begins_anew(kept.name)
        elif len(before.executions) < LONGEST_MAKING:
            kept.executions, kept.whole = (*before.executions, execution), before.whole
        else:
            kept.whole = False


def _retain_gradient(tensor: Any) -> None:
    """Have torch keep a tensor's gradient, which changes no number."""
    if tensor.requires_grad and not tensor.is_leaf and not tensor.retains_grad:
        tensor.retain_grad()


def _remember(values: list[Any], value: Any, count: int) -> None:
    """Keep the first few, then each second power, and the last."""
    if len(values) > FEW and (count - 1) & (count - 2):
        values.pop()
    values.append(value)


def _parameter(name: str, place: str) -> str:
    """Write where a parameter stands as Python does: ``net[0].weight``."""
    parts = place.split(".")
    return name + "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in parts)


def _is_as_it_was(value: np.ndarray, kept: Kept | None) -> bool:
    return kept is None or (
        value.shape == kept.numbers.shape
        and value.dtype == kept.numbers.dtype
        and bool(np.array_equal(value, kept.numbers, equal_nan=value.dtype.kind == "f"))
    )


def _is_near(value: Any, tensor: Any) -> bool:
    """Return whether an own variable holds what a tensor of the same name does."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu":
        return False
    wanted = as_numbers(tensor)
    largest = float(np.abs(wanted).max(initial=0.0))
    if value.size != wanted.size:
        return False
    return any(
        one.shape == wanted.shape and np.allclose(one, wanted, rtol=1e-3, atol=1e-3 * largest)
        for one in (value, value.T, value.reshape(wanted.shape))
    )
