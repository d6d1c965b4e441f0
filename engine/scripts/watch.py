"""A script watched line by line: what each line made or changed, and when torch's gradients are there."""

import sys
from collections.abc import Callable, Mapping
from types import CodeType, FrameType
from typing import Any, NamedTuple

import numpy as np

from engine.backends import as_numbers

from .book import Book, Pair
from .kept import Execution, Kept, Memory, is_tensor, is_value
from .paths import MISSING
from .recording import Recorder
from .statements import Statement, Statements
from .torch_side import TorchSide

LONGEST_MAKING = 400  # executions that one value is made of


class Stopped(BaseException):
    """End a script from outside."""


class _Seen(NamedTuple):
    """Remember of a name which object it was, how often torch had written into it, and its numbers then."""

    value: Any
    writes: tuple[int, int]
    kept: Kept | None


class ScriptWatch:
    """Watch one file's lines inside ``with``, in the thread that enters it.

    ``follows``: tensors that no name pairs are remembered as well, as arrays may come out near them. ``recorder``
    hears of each line and of what it made.
    """

    def __init__(
        self, file: str, statements: Statements, book: Book, shadows: Any, is_stopped: Callable[[], bool],
        follows: bool = True, recorder: Recorder | None = None,
    ):  # fmt: skip
        self._file, self.statements, self.book, self._shadows = file, statements, book, shadows
        self._is_stopped = is_stopped
        self.memory = Memory()
        self.torch = TorchSide(book, shadows, self.memory, follows)
        self.globals: dict[str, _Seen] = {}
        self.recorder = recorder
        self.line = 0

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
        """Remember which line runs, and end here where that was asked for."""
        self.line = line
        if self._is_stopped():
            raise Stopped

    # --- what a statement did -----------------------------------------------------------------------

    def look(self, known: dict[str, _Seen], name: str, value: Any, line: int) -> Kept | None:
        """Return a copy of a variable's value where it is another than it was, else None."""
        before, writes = known.get(name), self.torch.writes(value)
        if before is not None and before.value is value and before.writes == writes:
            is_same = not isinstance(value, np.ndarray) or _is_as_it_was(value, before.kept)
            if is_same:
                return None
        kept = self.memory.keep(name, value, line) if is_value(value) else None
        known[name] = _Seen(value, writes, kept)
        self.torch.follow(name, value, kept)
        if is_tensor(value):
            _retain_gradient(value)
        return kept

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
        tensor = self.torch.tensor_of(pair)
        if pair.found_by == "pair":
            return True
        if kept.numbers.ndim == 0 and not any(one.reads for one in kept.executions):
            return False  # a step size, say: dx = 0.01
        plain = pair.reference.root
        beside = names.get(plain)
        if tensor is None or beside is None or beside is tensor or is_tensor(beside):
            return kept.numbers.ndim > 0 or tensor is None or tensor.numel() == 1
        return _is_near(beside, tensor)


class _Lines:
    """Follow one call's lines."""

    def __init__(self, watch: ScriptWatch, frame: FrameType):
        self._watch = watch
        self._is_module = frame.f_code.co_name == "<module>"
        self._known: dict[str, _Seen] = watch.globals if self._is_module else {}
        self._statement: Statement | None = None
        self._reads: dict[str, Any] = {}
        self._line = 0
        self._event: Any = None
        self._call: Any = _called(watch.recorder, frame.f_code)
        if not self._is_module:
            with watch.quiet():
                for name, value in frame.f_locals.items():
                    given = watch.look(self._known, name, value, frame.f_lineno)
                    if given is not None and watch.recorder is not None:
                        watch.recorder.given(self._call, given)

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
        if self._watch.recorder is not None:
            self._event = self._watch.recorder.line(self._call, self._line)
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
            if kept is not None and watch.recorder is not None and self._event is not None:
                watch.recorder.made(self._event, kept)
            watch.look_inside(name, known, variables, self._line)
        if statement is not None and statement.touches_gradients:
            watch.torch.expect_news()
        watch.torch.look(variables, frame.f_globals)

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


def _called(recorder: Recorder | None, code: CodeType) -> Any:
    if recorder is None:
        return None
    lines = [line for _, _, line in code.co_lines() if line]
    return recorder.call(code.co_name, code.co_firstlineno, max(lines, default=code.co_firstlineno))


def _retain_gradient(tensor: Any) -> None:
    """Have torch keep a tensor's gradient, which changes no number."""
    if tensor.requires_grad and not tensor.is_leaf and not tensor.retains_grad:
        tensor.retain_grad()


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
