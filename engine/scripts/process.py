"""A script in a process of its own: begun, heard of, stopped, and what came of it."""

import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from engine.own.limits import Limits, limit_memory
from engine.own.process import START, OwnProcess, begin, import_from
from engine.own.source import Source
from engine.own.unusable import Unusable, from_error

from .outcome import Outcome
from .run import Asked, ScriptRun

TOLD_EVERY = 0.2  # seconds
PATIENCE = 20.0  # seconds that a script may take to stop


class Wanted(NamedTuple):
    """Say which pairs are told, and whether each line is to be recorded."""

    pairs: Asked = ()
    records: bool = False


class ScriptProcess(OwnProcess):
    """Run a script in a process of its own, which has limits of memory and output, and none of time."""

    def __init__(self, path: Path, wanted: Wanted, limits: Limits):
        super().__init__(path, wanted, limits, serve)

    def __enter__(self) -> "ScriptProcess":
        return self

    def outcome(self, told: Callable[[int], Any]) -> Outcome:
        """Return what came of it. ``told`` hears of lines on the way; Ctrl+C stops it, and what ran is judged.

        Raises Unusable where it does not run at all, or ended its process.
        """
        self._answer(START + self._limits.seconds)
        stopping: float | None = None
        while True:
            try:
                if stopping is not None and time.monotonic() > stopping:
                    raise Unusable("it could not be stopped, and was ended", self._line)
                if not self._pipe.poll(TOLD_EVERY):
                    continue
                answer = self._answer(START)
                if isinstance(answer, Outcome):
                    return answer
                self._line = answer
                told(answer)
            except KeyboardInterrupt:
                if stopping is not None:
                    raise
                stopping = time.monotonic() + PATIENCE
                self._pipe.send("stop")

    _line: int | None = None


def serve(pipe: Connection, path: str, wanted: Wanted, limits: Limits, log: str) -> None:
    """Run the script and send what came of it: the process's body."""
    begin(path, limits, log)
    os.environ["MPLBACKEND"] = "Agg"  # a plot is no window
    stop = threading.Event()
    ending = threading.Lock()  # held by who sends something
    try:
        source = Source(Path(path))
        run = ScriptRun(source, wanted.pairs, stop.is_set, wanted.records)
        limit_memory(limits)
        import_from(Path(path).parent)
        if source.path.suffix == ".ipynb":
            os.chdir(source.path.parent)  # as Jupyter does
        pipe.send("ready")
        threading.Thread(target=_tell, args=(pipe, run, stop, ending), daemon=True).start()
        answer: Any = run.outcome()
    except Unusable as error:
        answer = error
    except BaseException as error:
        answer = from_error(error, path)
    ending.acquire()  # for good: nothing more is told of lines
    pipe.send(answer)


def _tell(pipe: Connection, run: ScriptRun, stop: threading.Event, ending: threading.Lock) -> None:
    """Tell the other end which line runs, some times a second, until it says stop."""
    line = 0
    try:
        while not pipe.poll(TOLD_EVERY):
            if run.line != line and ending.acquire(blocking=False):
                line = run.line
                pipe.send(line)
                ending.release()
        pipe.recv()
    except (EOFError, OSError):
        os._exit(1)  # who began it is gone, and nobody else would end it
    stop.set()
