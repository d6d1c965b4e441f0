"""A script run as it is, in this process, and what came of its pairs."""

import builtins
import linecache
import sys
from collections.abc import Callable, Sequence
from pathlib import Path as File
from types import FrameType, ModuleType, TracebackType

from engine.backends import make_shadows
from engine.own.source import Source
from engine.own.unusable import Unusable, from_error
from engine.protocol import Recording

from .alone import made_alone
from .book import Book, Found, Pair
from .compared import Said
from .equals import equals
from .guesses import Guesses, is_conversion, reads_torch
from .outcome import Failed, Outcome, PairTold
from .partners import by_name, is_surely_meant
from .paths import BadPathError, Path, parse
from .recording import Recorder
from .statements import Statements, comments
from .watch import ScriptWatch, Stopped

Asked = tuple[tuple[str, str], ...]  # own and torch's
FACTORS = ("factor", "factor alone", "change")
DROPPED = "none"  # torch's, of an own value that is not to be paired


class ScriptRun:
    """Run a script and judge its pairs. ``records``: each line is kept."""

    def __init__(self, source: Source, asked: Asked, is_stopped: Callable[[], bool], records: bool = False):
        self._source = source
        self._recorder = Recorder(source.file, source.text) if records else None
        self._statements = Statements(source.tree)
        self._asked = _asked(source, asked)
        self._almost: tuple[tuple[str, str, int], ...] = ()
        pairs = _pairs(self._asked, self._statements.bound)
        self._shadows = make_shadows()
        book = Book(pairs, self._statements.loops)
        follows = source.imports("numpy")
        self._guessed: list[Found] = []
        self._watch = ScriptWatch(
            source.file, self._statements, book, self._shadows, is_stopped, follows, self._recorder
        )

    @property
    def line(self) -> int:
        """Return which line runs just now; 0 before the first."""
        return self._watch.line

    def outcome(self) -> Outcome:
        """Run it to its end, or as far as it comes."""
        failed, stopped, standing = self._ran()
        book = self._watch.book
        for pair in book.pairs:
            if (stopped or failed) and self._is_under_way(pair, standing):
                pair.drop_turn()
            pair.close_at_the_end()
        found = self._with_guesses(book.found())
        departed = [one for one in found if one.came_to.verdict == "different"]
        with self._shadows.resting():
            told = tuple(self._with_names(_told(one, departed), one) for one in found)
        unjudged = tuple(dict.fromkeys(pair.own.text for pair in book.unjudged()))
        known = {one.own for one in told} | set(unjudged)
        absent = tuple(f"{own}={torch}" for own, torch in self._asked if torch != DROPPED and own not in known)
        line, until = self._watch.line if stopped else None, self._shadows.operations if self._watch.is_over else None
        return Outcome(told, unjudged, absent, failed, line, _dtype(found), until, self._almost, self._recording(found))

    def _with_names(self, told: PairTold, found: Found) -> PairTold:
        """Say of a factor what the script calls it."""
        if not any(one.what in FACTORS for one in told.said):
            return told
        known = {name: seen.kept for name, seen in self._watch.globals.items()}
        scalars = {name: kept for name, kept in known.items() if kept is not None and not kept.numbers.ndim}
        said = (
            one._replace(equals=equals(one.number, found.own, scalars)) if one.what in FACTORS else one
            for one in told.said
        )  # fmt: skip
        return told._replace(said=tuple(said))

    def _recording(self, found: Sequence[Found]) -> Recording | None:
        if self._recorder is None:
            return None
        counted = {(one.pair.own.text, one.pair.reference.text) for one in found}
        partners = {one.own.place: one for one in self._guessed}
        for pair in self._watch.book.pairs:
            if (pair.own.text, pair.reference.text) in counted:
                partners |= pair.judged
        partners |= {one.own.place: one for one in found}
        return self._recorder.recording(partners, found)

    def _with_guesses(self, found: list[Found]) -> list[Found]:
        found = [one for one in found if _counts(one)]
        taken = {one.pair.own.text for one in found} | {own for own, _ in self._asked}
        with self._shadows.resting():
            self._watch.torch.end_history()
            torch = self._watch.torch
            guesses = Guesses(torch.own_values, torch.torch_values, frozenset(taken))
            self._almost = tuple(guesses.almost())
            self._guessed = guesses.judged
        return sorted((*found, *guesses.found()), key=lambda one: one.own.place)

    def _ran(self) -> tuple[Failed | None, bool, Sequence[int]]:
        """Return what it raised, whether it was stopped, and in which lines it stood then."""
        code = compile(self._source.tree, self._source.file, "exec")
        module = _main_module(self._source)
        try:
            with self._shadows, self._watch:
                exec(code, module.__dict__)
        except Stopped as error:
            return None, True, _lines(error.__traceback__, self._source.file)
        except SystemExit as error:
            if error.code in (None, 0):
                return None, False, ()
            return _failed(error, self._source.file)
        except BaseException as error:
            return _failed(error, self._source.file)
        return None, False, ()

    def _is_under_way(self, pair: Pair, standing: Sequence[int]) -> bool:
        """Return whether the loop that makes an own value was not through with it."""
        line = pair.open_line
        loop = None if line is None else self._statements.loop_of(line)
        return loop is not None and any(loop[0] <= one <= loop[1] for one in standing)


def _failed(error: BaseException, file: str) -> tuple[Failed, bool, Sequence[int]]:
    told = from_error(error, file)
    return Failed(told.words, told.line, told.shown), False, _lines(error.__traceback__, file)


def _lines(found: TracebackType | None, file: str) -> list[int]:
    lines: list[int] = []
    while found is not None:
        frame: FrameType = found.tb_frame
        if frame.f_code.co_filename == file:
            lines.append(found.tb_lineno)
        found = found.tb_next
    return lines


def _main_module(source: Source) -> ModuleType:
    """Return the module that a script runs in."""
    module = ModuleType("__main__")
    module.__file__ = source.file
    linecache.cache[source.file] = (len(source.text), None, [line + "\n" for line in source.lines], source.file)
    sys.modules["__main__"] = module
    if File(source.file).suffix == ".ipynb":
        module.__dict__["display"] = lambda *_, **__: None
    module.__dict__["__builtins__"] = builtins
    return module


def _asked(source: Source, asked: Asked) -> Asked:
    of_comments = [(one.own, one.reference) for one in comments(source.text)]
    return tuple(dict([*of_comments, *asked]).items())


def _pairs(asked: Asked, bound: set[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for own, torch in asked:
        if torch != DROPPED:
            pairs.append(Pair(_parsed(own, f"{own}={torch}"), _parsed(torch, f"{own}={torch}"), "pair"))
    settled = {own for own, _ in asked}
    for one in by_name(bound):
        if one.own.text not in settled:
            pairs += [Pair(one.own, reference, one.found_by) for reference in one.references]
    return pairs


def _parsed(text: str, whole: str) -> Path:
    try:
        return parse(text)
    except BadPathError:
        raise Unusable(f"{whole}: {text.strip()!r} is no name of a value", code="form") from None


def _counts(found: Found) -> bool:
    """Return whether a pair by name is to be told: not of what is torch's own, handed over, nor of what was made of it
    to be something else, as a picture of a tensor is.
    """
    pair, came_to = found.pair, found.came_to
    if pair.found_by != "name":
        return True
    if came_to.verdict != "different":
        return not is_conversion(found.own)
    if pair.has_agreed or pair.reference.of_gradient is not None:
        return True
    has_shape = all(one.what != "shape" for one in came_to.said)
    is_own = not any(map(reads_torch, found.own.executions))
    return has_shape and is_own and is_surely_meant(pair.own.text, pair.reference)


def _told(found: Found, departed: Sequence[Found]) -> PairTold:
    came_to, pair = found.came_to, found.pair
    follows, said = None, came_to.said
    earlier = [one for one in departed if one.own.place < found.own.place]
    if came_to.verdict == "different" and (alone := made_alone(found, earlier)):
        follows = alone.instead.pair.own.text if alone.came_to.verdict != "different" else None
        factors = [Said("factor alone", one.number) for one in alone.came_to.said if one.what == "factor"]
        said = tuple(factors) or said
    return PairTold(
        pair.own.text, pair.reference.text, pair.found_by, came_to.verdict, found.own.line, came_to.index, came_to.own,
        came_to.reference, said, follows, found.turn,
    )  # fmt: skip


def _dtype(found: Sequence[Found]) -> str:
    kinds = {one.reference.dtype for one in found}
    return "float64" if kinds == {"float64"} or not kinds else "float32"
