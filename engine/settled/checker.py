"""Own code tried beside everything else: a process that stays, and has loaded all that this takes.

Of the questions that wait the newest of a kind is answered; one under way is given up for it, whatever the code does.
"""

import multiprocessing
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from engine.backends import warm_up
from engine.lane.own_code import adopt, bindings
from engine.lane.own_parts import adopt_parts, part_bindings
from engine.own.limits import Limits
from engine.own.process import begin_in_advance, end_all
from engine.own.session import Wanted
from engine.own.source import Source
from engine.protocol import CodeUse, CodeVerdict
from engine.spec import ExperimentError, ExperimentSpec, Fault, OwnCode
from engine.verify import Asked, verify_file

from .parts import as_file
from .settle import Settled, agree_to, settle
from .verdicts import verdict_of

LIMITS = Limits()


class Check(NamedTuple):
    """Ask what own code of a text is."""

    number: int
    text: str
    use: CodeUse


class Settle(NamedTuple):
    """Ask for an experiment with own code to be settled."""

    number: int
    spec: ExperimentSpec


class Answered(NamedTuple):
    """Hold an answer: a CodeVerdict, a SettledApart, or the faults of what cannot be settled."""

    number: int
    found: Any


class SettledApart(NamedTuple):
    """Hold what was settled in another process, and how own code is called, for the one that runs it."""

    settled: Settled
    optimizers: Mapping[Any, Any]
    parts: Mapping[Any, Any]

    def adopt(self) -> Settled:
        """Have own code called so in this process, which the person agreed to have run here."""
        agree_to(self.settled.spec)
        adopt(self.optimizers)
        adopt_parts(self.parts)
        return self.settled


class Checker:
    """Ask the other process, which is begun here. ``close`` ends it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="checker", daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, question: Check | Settle) -> None:
        with suppress(OSError):
            self.pipe.send(question)

    def answer(self, seconds: float) -> Answered | None:
        """Return the next answer, None where none comes within so many seconds. Raises EOFError where it has died."""
        return self.pipe.recv() if self.pipe.poll(seconds) else None

    def close(self) -> None:
        with suppress(OSError):
            self.pipe.send(None)
        self.pipe.close()
        self._process.join(0.2)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()


def serve(pipe: Connection) -> None:
    """Answer until the other end is gone. The target of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    multiprocessing.current_process().daemon = False  # own code runs in processes of this one's
    _Desk(pipe).run()


class _Desk:
    def __init__(self, pipe: Connection):
        self._pipe = pipe
        self._waiting: dict[type, Check | Settle] = {}
        self._current: Check | Settle | None = None
        self._news = threading.Condition()
        self._is_over = False

    def run(self) -> None:
        reader = threading.Thread(target=self._read, name="questions", daemon=True)
        reader.start()
        begin_in_advance()
        warm_up()
        while (question := self._next()) is not None:
            answer = Answered(question.number, _found(question))
            with suppress(OSError):
                self._pipe.send(answer)
            begin_in_advance()
        reader.join()

    def _read(self) -> None:
        with suppress(EOFError, OSError):
            while (question := self._pipe.recv()) is not None:
                self._take(question)
        with self._news:
            self._is_over = True
            self._news.notify()
        end_all()

    def _take(self, question: Check | Settle) -> None:
        with self._news:
            self._waiting[type(question)] = question
            is_superseded = type(self._current) is type(question)
            self._news.notify()
        if is_superseded:
            end_all()

    def _next(self) -> Check | Settle | None:
        with self._news:
            self._current = None
            self._news.wait_for(lambda: self._waiting or self._is_over)
            if self._is_over:
                return None
            kind = Settle if Settle in self._waiting else Check
            self._current = self._waiting.pop(kind)
            return self._current


def _found(question: Check | Settle) -> Any:
    if isinstance(question, Check):
        return checked(question)
    try:
        settled = settle(question.spec, LIMITS)
    except ExperimentError as error:
        return error.faults
    except Exception as error:
        return (Fault(("code",), "code_unusable", {"detail": f"{type(error).__name__}: {error}"}),)
    return SettledApart(settled, bindings(), part_bindings())


def checked(question: Check) -> CodeVerdict:
    """Return what own code of a text is."""
    use = question.use
    code = OwnCode.of(use.code)
    wanted = Wanted(code.name, use.kind, dict(code.told))
    asked = Asked(against=use.against, params=use.params)
    with as_file(Source(Path(code.file), question.text)) as file:
        return verdict_of(verify_file(file, wanted, asked, LIMITS), use)
