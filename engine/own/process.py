"""Own code in a process of its own, which may die: what is asked of it, and what its death says."""

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from weakref import WeakSet

from .libraries import load_libraries
from .limits import Limits, Watch, limit_memory, told
from .session import Choice, Session, Wanted
from .source import Source
from .unusable import Unusable, from_error, line_in

GRACE = 5.0  # seconds beyond the limit, for what own code makes faulthandler miss
START = 60.0  # seconds that Python may take to begin


class Begun:
    """Begin a process for own code, and hold what belongs to it; without a ``body`` it is told later which code."""

    def __init__(self, body: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()):
        self.folder = tempfile.TemporaryDirectory(prefix="lockstep-own-", ignore_cleanup_errors=True)
        self.log = Path(self.folder.name) / "log"
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=body or serve_when_told, args=(theirs, *arguments, str(self.log)), daemon=body is None
        )
        self.process.start()
        theirs.close()


class _InAdvance:
    """Hold a process that was begun before anybody knew for which code, where that is wanted."""

    def __init__(self) -> None:
        self._next: Begun | None = None

    def begin(self) -> None:
        """Have the next process be there already."""
        if self._next is None or not self._next.process.is_alive():
            self._next = Begun()

    def taken(self) -> Begun:
        found, self._next = self._next, None
        return found if found is not None and found.process.is_alive() else Begun()


_in_advance = _InAdvance()
_in_use: "WeakSet[OwnProcess]" = WeakSet()


def begin_in_advance() -> None:
    """Begin the process that the next own code runs in now: Python takes longer to begin than to judge a step."""
    _in_advance.begin()


def end_all() -> None:
    """End every process that own code runs in: whoever waits for an answer is told that there is none."""
    for one in list(_in_use):
        one.kill()


class OwnProcess:
    """Open the user's file in a process of its own. Every question raises Unusable where the code fails it.

    ``body`` is what the process does, where it is not to answer questions about ``wanted``.
    """

    def __init__(self, path: Path, wanted: Any, limits: Limits, body: Callable[..., None] | None = None):
        self._path, self._wanted, self._limits = path.resolve(), wanted, limits
        arguments = (str(self._path), wanted, limits)
        if body is None:
            begun = _in_advance.taken()
            with suppress(OSError):  # told when it is asked something
                begun.pipe.send(arguments)
        else:
            begun = Begun(body, arguments)
        self._folder, self._log, self._pipe, self._process = begun.folder, begun.log, begun.pipe, begun.process
        self._is_ready = False
        _in_use.add(self)

    def __enter__(self) -> "OwnProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def names(self) -> tuple[str, str]:
        return self._ask("names")

    def choices(self) -> list[Choice]:
        return self._ask("choices")

    def prepare(self, samples: Sequence[Any] = ()) -> Any:
        return self._ask("prepare", samples, calls=50)

    def run(self, probe: Any) -> Any:
        return self._ask("run", probe, calls=1000)

    def recorded(self, probe: Any) -> Any:
        return self._ask("recorded", probe, calls=1000)

    def roundings(self) -> list[tuple[int, str]]:
        return self._ask("roundings")

    def rounded(self, number: int, probes: Sequence[Any]) -> list[Any]:
        return self._ask("rounded", number, probes, calls=1000)

    def close(self) -> None:
        _in_use.discard(self)
        with suppress(OSError):
            self._pipe.send(None)
        self._pipe.close()
        self._process.join(0.2)
        if self._process.is_alive():
            self.kill()
        self._process.join()
        self._process.close()
        self._folder.cleanup()

    def kill(self) -> None:
        """End the process and what it may have started in turn."""
        with suppress(OSError, AttributeError, ValueError):  # it may have been closed meanwhile
            pid = self._process.pid
            if pid is not None and os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
        with suppress(ValueError):
            self._process.kill()

    def _ask(self, question: str, *arguments: Any, calls: int = 1) -> Any:
        if not self._is_ready:
            self._is_ready = True
            self._answer(START + self._limits.seconds)
        try:
            self._pipe.send((question, arguments))
        except OSError:
            raise self._died() from None
        return self._answer(calls * self._limits.seconds + GRACE)

    def _answer(self, seconds: float) -> Any:
        try:
            if not self._pipe.poll(seconds):
                self.kill()
                raise Unusable(f"no end: it did not answer within {seconds:g} s")
            answer = self._pipe.recv()
        except (EOFError, OSError):
            raise self._died() from None
        if isinstance(answer, Unusable):
            raise answer
        return answer

    def _died(self) -> Unusable:
        self._process.join(GRACE)
        log = self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""
        found = told(log, str(self._path), self._limits)
        if found:
            return Unusable(*found)
        code = self._process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        line = _last_line(self._log.with_name("line"))
        return Unusable(f"the code ended its process ({how})", line)


def _last_line(file: Path) -> int | None:
    """Return the line that ran last, where lines were noted."""
    with suppress(OSError, ValueError):
        return int(file.read_text()) or None
    return None


def begin(path: str, limits: Limits, log: str) -> Watch:
    """Make this process one that own code may run in: by itself, quiet, and telling how it ends."""
    with suppress(AttributeError, OSError):
        os.setsid()  # so that what own code starts ends with it
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the command, which ends this process
    sys.argv = [path]
    watch = Watch(Path(log), path, limits)
    watch.quiet()
    _note_exits(Path(log).with_name("line"), path)
    return watch


def serve_when_told(pipe: Connection, log: str) -> None:
    """Wait for what is to be served, and serve it."""
    try:
        path, wanted, limits = pipe.recv()
    except (EOFError, OSError):
        return
    serve(pipe, path, wanted, limits, log)


def serve(pipe: Connection, path: str, wanted: Wanted, limits: Limits, log: str) -> None:
    """Open the file and answer questions until the other end says stop: the process's body."""
    watch = begin(path, limits, log)
    try:
        source = Source(Path(path))
        load_libraries(source)  # before memory is limited as well
        limit_memory(limits)
        import_from(Path(path).parent)
        session = Session(source, wanted, watch)
    except Unusable as error:
        pipe.send(error)
        return
    except BaseException as error:
        pipe.send(from_error(error, path))
        return
    pipe.send("ready")
    _answer_questions(pipe, session, path)


def _answer_questions(pipe: Connection, session: Session, path: str) -> None:
    while True:
        try:
            asked = pipe.recv()
        except (EOFError, OSError):
            return
        if asked is None:
            return
        question, arguments = asked
        try:
            answer = getattr(session, question)(*arguments)
        except Unusable as error:
            answer = error
        except BaseException as error:
            answer = from_error(error, path)
        pipe.send(answer)


def _note_exits(file: Path, own: str) -> None:
    """Note the person's line where his code ends the process by itself."""
    ends = {"_exit": os._exit, "abort": os.abort, "kill": os.kill}

    def noting(name: str) -> Any:
        def end(*arguments: Any) -> Any:
            file.write_text(str(line_in(sys._getframe(1), own) or 0))
            return ends[name](*arguments)

        return end

    for name in ends:
        setattr(os, name, noting(name))


def import_from(folder: Path) -> None:
    """Let what lies beside a script be imported, as Python does."""
    sys.path.insert(0, str(folder))
