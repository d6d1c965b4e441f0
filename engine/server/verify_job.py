"""A person's own file judged beside the run: in a process of its own, which may end as it likes.

What is judged there runs in a further process, begun by that one. Both end with this one, however it ends.
"""

import _thread
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.own.limits import Limits
from engine.own.source import Source
from engine.own.unusable import Unusable
from engine.protocol import OwnChoice, OwnText, StartVerify, Verified

TOLD_EVERY = 0.2  # seconds
GLANCE = 0.002  # seconds that a slice of this job waits for news
STOP = "stop"


class VerifyJob(Iterator[Verified | None]):
    """Yield how far it is, and at last what came of it."""

    def __init__(self, command: StartVerify):
        self._command, self._began = command, time.monotonic()
        self._told, self._line = 0.0, None
        self._is_done = False
        self._text: OwnText | None = None
        self._process: Any = None
        self._pipe: Any = None

    def __next__(self) -> Verified | None:
        if self._is_done:
            raise StopIteration
        if self._text is None:
            return self._read()
        if self._pipe is None:
            self._begin()
        assert self._pipe is not None
        if not self._pipe.poll(GLANCE):
            return self._so_far()
        try:
            answer = self._pipe.recv()
        except (EOFError, OSError):
            return self._end(_unusable(self._command, "the process that judges it has ended"))
        if isinstance(answer, Verified):
            return self._end(answer)
        self._line = answer
        return None

    def stop(self) -> None:
        """Stop it, so that what ran by now is judged."""
        if self._pipe is not None and not self._is_done:
            with suppress(OSError):
                self._pipe.send(STOP)

    def close(self) -> None:
        """End it, and hear no more of it."""
        self._is_done = True
        if self._process is not None:
            self._process.kill()  # what runs there ends as its end of the pipe does
            self._process.join()
            self._process.close()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()

    def _read(self) -> Verified:
        """Tell what is about to run; the end of it where that is all that was asked for."""
        try:
            self._text = own_text(Path(self._command.file))
        except Unusable as error:
            return self._end(_unusable(self._command, error.words, error.line))
        told = Verified(self._command.job, "running", text=self._text)
        return told if self._command.run else self._end(told)

    def _begin(self) -> None:
        multiprocessing.current_process().daemon = False  # it may have processes of its own
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_judge, args=(theirs, self._command), name="verify")
        self._process.start()
        theirs.close()

    def _so_far(self) -> Verified | None:
        if self.seconds - self._told < TOLD_EVERY:
            return None
        self._told = self.seconds
        return Verified(self._command.job, "running", self.seconds, self._line, self._text)

    def _end(self, answer: Verified) -> Verified:
        self.close()
        return answer._replace(state="finished", seconds=self.seconds, text=answer.text or self._text)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began


def own_text(file: Path) -> OwnText:
    """Return what would run of a file. Raises Unusable where it cannot be read, or is no notebook."""
    from engine.verify.scripts import is_script

    source = Source(file)
    return OwnText(source.text, source.places, is_script(file))


def _unusable(command: StartVerify, words: str, line: int | None = None) -> Verified:
    record = {"file": command.file, "kind": None, "verdict": "unusable", "error": {"line": line, "words": words}}
    return Verified(command.job, "finished", record=record | {"pairs": []})


# --- in the process that judges -----------------------------------------------------------------------


def _judge(pipe: Connection, command: StartVerify) -> None:
    """Judge a file and send what came of it: the process's body."""
    with suppress(AttributeError, OSError):
        os.setsid()  # Ctrl+C in a terminal is the window's business
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_wait_for_stop, args=(pipe,), daemon=True).start()
    with suppress(OSError):
        pipe.send(verified(command, pipe.send))


def _wait_for_stop(pipe: Connection) -> None:
    try:
        while pipe.recv() == STOP:
            _thread.interrupt_main()
    except (EOFError, OSError):
        os._exit(1)  # who asked is gone


def verified(command: StartVerify, told: Callable[[int], Any]) -> Verified:
    """Judge a file and return what came of it; ``told`` hears of a script's lines."""
    from engine.own.session import Wanted
    from engine.verify import Asked, verify_file

    asked = Asked(pairs=command.pairs, records=True)
    wanted = Wanted(command.name, None, dict(command.told))
    try:
        record = verify_file(Path(command.file), wanted, asked, Limits(), told=told)
    except KeyboardInterrupt:
        return _unusable(command, "it was stopped")
    remarks = tuple((one.code, one.fields) for one in record.remarks)
    return Verified(
        command.job, "finished", text=OwnText("\n".join(record.source), record.places, record.kind == "script"),
        record=_told(record), recording=record.recording, remarks=remarks,
        shown=record.error.shown if record.error else "", stopped=record.stopped,
        named=record.named.departure if record.named else None, notes=record.notes,
        choices=tuple(OwnChoice(*one) for one in record.choices),
    )  # fmt: skip


def _told(record: Any) -> dict[str, Any]:
    """Return the record as the command prints it, its failure with what the window words it by."""
    told = record.as_json()
    if record.error is not None:
        fields = {name: value for name, value in record.error.fields.items() if name != "choices"}
        told["error"] |= {"code": record.error.code, "fields": fields}
    return told
