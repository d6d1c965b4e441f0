"""Owns the engine's process: starts it, talks to it, notices when it dies or hangs, starts it again.

Nothing here waits: one thread writes commands and one reads answers, so a full or silent pipe never
holds up the window. What is kept of the run is what it takes to begin it again.
"""

import contextlib
import gc
import multiprocessing
import pickle
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import Answer, Command, Heartbeat, Load, Ready, send_message

if TYPE_CHECKING:
    from .code_watch import CodeEnd, CodeWatch

SILENCE = 4000  # ms without a sign of life after which the engine counts as hung; it beats every 500
WARM_UP = 20000  # the same while torch is loaded, which may hold up the signs of life on a slow disk
LATE = 1.0  # seconds after which a timer tells more of the window than of the engine
LARGE = 1 << 18  # bytes of a message from which on it is many objects
QUICK_DEATHS, QUICK = 3, 30.0  # that many deaths in that many seconds: starting again is left to the person

Serve = Callable[[Connection], None]


class EngineProcess:
    """Run one life of the engine: its process, its pipe and the two threads that serve it."""

    def __init__(self, serve: Serve, answered: Callable[[Answer], None], ended: Callable[[], None]):
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(theirs,), name="engine", daemon=True)
        self._outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._answered, self._ended = answered, ended
        self._threads = [
            threading.Thread(target=target, name=f"engine {target.__name__.strip('_')}", daemon=True)
            for target in (self._start_and_write, self._read)
        ]
        self._theirs = theirs
        self._started = threading.Event()
        for thread in self._threads:
            thread.start()

    def send(self, command: Command) -> None:
        self._outbox.put(command)

    def _start_and_write(self) -> None:
        """Spawning a process takes tens of milliseconds, so it is done here too."""
        with contextlib.suppress(OSError):
            self.process.start()
        self._theirs.close()
        self._started.set()
        with contextlib.suppress(OSError, ValueError):
            while (command := self._outbox.get()) is not None:
                send_message(self._connection, command)

    def _read(self) -> None:
        self._started.wait()
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._answered(message_of(self._connection.recv_bytes()))
        self._ended()

    def close(self) -> None:
        """End the process, whatever it does, and the threads. It keeps nothing that would be lost."""
        self._outbox.put(None)
        self._started.wait()
        if self.process.pid is not None:
            self.process.kill()
            self.process.join()
        for thread in self._threads:
            thread.join()
        self._connection.close()


def message_of(pickled: bytes) -> Answer:
    """Read a message. To look through a large one for garbage meanwhile would hold up the window's thread as well."""
    is_held = len(pickled) > LARGE and gc.isenabled()
    if is_held:
        gc.disable()
    try:
        return pickle.loads(pickled)
    finally:
        if is_held:
            gc.enable()


class EngineClient(QObject):
    """Hold the window's end of the pipe. Signals come in the window's thread.

    ``answered`` carries every answer but signs of life; ``lost`` the reason, ``"died"`` or ``"hung"``,
    after which the engine has been started again (or not, if it keeps dying: ``gave_up``, and what is sent is kept).
    ``code_end`` says how own code was it that ended the engine's last life; None where it was not.
    """

    answered = Signal(object)
    ready = Signal(object)
    lost = Signal(str, object)
    gave_up = Signal()

    _arrived = Signal(int, object)
    _closed = Signal(int)

    def __init__(self, serve: Serve, parent: QObject | None = None):
        super().__init__(parent)
        self._serve = serve
        self._life = 0
        self._engine: EngineProcess | None = None
        self._early: list[Command] = []  # sent before the start
        self._deaths: deque[float] = deque(maxlen=QUICK_DEATHS)  # when the last ones happened
        self.is_ready = False
        self.code_end: CodeEnd | None = None
        self._watch: CodeWatch | None = None  # of own code in this life of the engine
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self._hung)
        self._silent_at = 0.0  # when it is to have been silent for long enough
        self._arrived.connect(self._take)
        self._closed.connect(self._died)

    @property
    def pid(self) -> int | None:
        return self._engine.process.pid if self._engine is not None else None

    def start(self) -> None:
        """Begin a life of the engine; of no effect while there is one."""
        if self._engine is not None:
            return
        self._life += 1
        life = self._life
        self.is_ready = False
        self._engine = EngineProcess(
            self._serve, lambda answer: self._arrived.emit(life, answer), lambda: self._closed.emit(life)
        )
        early, self._early = self._early, []
        for command in early:
            self.send(command)
        self._listen(WARM_UP)

    def send(self, command: Command) -> None:
        """Queue a command; until the engine is started and has warmed up it is kept for then."""
        if self._engine is None:
            self._early.append(command)
            return
        if isinstance(command, Load) and command.agreed and self._watch is None:
            self._watch_code(self._engine)
        self._engine.send(command)

    def _watch_code(self, engine: EngineProcess) -> None:
        """Watch own code from now on, in this life of the engine."""
        from .code_watch import CodeWatch  # which most runs have none of

        self._watch = CodeWatch(lambda: engine.process.pid, self)
        self._watch.endless.connect(lambda: self._lose("hung"))
        engine.send(self._watch.command)

    def close(self) -> None:
        """End the engine; no signal comes after this."""
        self._life += 1
        self._silence.stop()
        self._early.clear()
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        self._end_watch()

    def _take(self, life: int, answer: Answer) -> None:
        if life != self._life:
            return
        self._listen(SILENCE if self.is_ready or isinstance(answer, Ready) else WARM_UP)
        if isinstance(answer, Ready):
            self.is_ready = True
            self.ready.emit(answer)
        elif not isinstance(answer, Heartbeat):
            self.answered.emit(answer)

    def _listen(self, patience: int) -> None:
        self._silent_at = time.monotonic() + patience / 1000
        self._silence.start(patience)

    def _hung(self) -> None:
        """Not when it is the window that stood still: what the engine has said meanwhile is still to be read.

        Nor in a call of own code, which may take its time: that is looked after by its watch.
        """
        if time.monotonic() > self._silent_at + LATE or (self._watch is not None and self._watch.is_inside):
            self._listen(SILENCE)
        else:
            self._lose("hung")

    def _died(self, life: int) -> None:
        if life == self._life:
            self._lose("died")

    def _lose(self, how: str) -> None:
        engine, self._engine = self._engine, None
        self._life += 1  # what this one has said or says yet, its end too, is of no life any more
        self._silence.stop()
        if engine is None:
            return
        engine.close()
        self.code_end = self._end_watch()
        self._deaths.append(time.monotonic())
        exit_code = engine.process.exitcode if how == "died" else None
        keeps_dying = len(self._deaths) == QUICK_DEATHS and self._deaths[-1] - self._deaths[0] < QUICK
        if not keeps_dying:
            self.start()
        self.lost.emit(how, exit_code)
        if self._engine is None:
            self.gave_up.emit()

    def _end_watch(self) -> "CodeEnd | None":
        """Watch own code no more; return how it has ended the engine, if it was that."""
        watch, self._watch = self._watch, None
        if watch is None:
            return None
        end = watch.end
        watch.close()
        watch.deleteLater()
        return end
