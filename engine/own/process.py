"""Own code in a process of its own, which may die: what is asked of it, and what its death says."""

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from .limits import Limits, Watch, limit_memory, told
from .session import Session, Wanted
from .source import Source
from .unusable import Unusable, from_error, line_in

GRACE = 5.0  # seconds beyond the limit, for what own code makes faulthandler miss
START = 60.0  # seconds that Python may take to begin


class OwnProcess:
    """Open the user's file in a process of its own. Every question raises Unusable where the code fails it.

    ``body`` is what the process does, where it is not to answer questions about ``wanted``.
    """

    def __init__(self, path: Path, wanted: Any, limits: Limits, body: Callable[..., None] | None = None):
        self._path, self._wanted, self._limits = path.resolve(), wanted, limits
        self._folder = tempfile.TemporaryDirectory(prefix="lockstep-own-", ignore_cleanup_errors=True)
        self._log = Path(self._folder.name) / "log"
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, str(self._path), wanted, limits, str(self._log))
        self._process = context.Process(target=body or serve, args=arguments, daemon=body is None)
        self._process.start()
        theirs.close()
        self._is_ready = False

    def __enter__(self) -> "OwnProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def names(self) -> tuple[str, str]:
        return self._ask("names")

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
        with suppress(OSError):
            self._pipe.send(None)
        self._pipe.close()
        self._process.join(0.2)
        if self._process.is_alive():
            self._kill()
        self._process.join()
        self._process.close()
        self._folder.cleanup()

    def _kill(self) -> None:
        """End the process and what it may have started in turn."""
        pid = self._process.pid
        with suppress(OSError, AttributeError):
            if pid is not None and os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
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
                self._kill()
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


def serve(pipe: Connection, path: str, wanted: Wanted, limits: Limits, log: str) -> None:
    """Open the file and answer questions until the other end says stop: the process's body."""
    watch = begin(path, limits, log)
    try:
        source = Source(Path(path))
        if source.imports("torch"):
            _load_torch()
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


def _load_torch() -> None:
    """Before memory is limited and time is measured: a library that the code imports is not its own doing."""
    with suppress(ImportError):
        import_module("torch")


def import_from(folder: Path) -> None:
    """Let what lies beside a script be imported, as Python does."""
    sys.path.insert(0, str(folder))
