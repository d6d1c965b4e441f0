"""Runs the program as its own process, for tests that look from outside.

A fresh interpreter works for seconds on loading torch. Where a test is of what the program does then, and not of how it
starts, ``Forked`` and ``run_forked`` give it a process that has loaded all of that already.
"""

import io
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, chdir, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[1]
PATIENCE = 300.0  # seconds: guards against a program that never ends
FORKED = "forkserver" in multiprocessing.get_all_start_methods()
PRELOADED = ["engine.server.server", "engine.spec", "engine.run.lockstep", "main", "engine.headless.cli"]
PRELOADED += [f"engine.headless.{command}" for command in ("run", "trace", "compare", "sweep", "verify")]
PRELOADED += ["engine.verify.scripts", "engine.scripts.process"]
# The engine loads torch where it first needs it, and torch sympy: both take longer than all the rest.
PRELOADED += ["engine.twin.lane", "engine.twin.runs", "engine.twin.shadows", "sympy"]
MAIN = "import sys, main; sys.exit(main.main(sys.argv[1:]))"
SCRIPT = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"


def run_python(*arguments: str | Path, without: Sequence[str] = (), **environ: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter in the project's folder; ``without`` names environment variables to leave out."""
    kept = {key: value for key, value in os.environ.items() if key not in without}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=kept | environ, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)


def run_main(*arguments: str | Path, without: Sequence[str] = (), **environ: str) -> subprocess.CompletedProcess[str]:
    return run_python("main.py", *arguments, without=without, **environ)


def forkserver() -> ForkServerContext:
    """The context whose processes are forks of one that has loaded the engine, torch and what torch loads later on.

    It is begun in the project's folder, as it finds there what it is to load, and says nothing where it does not.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with chdir(ROOT):
        ensure_running()
    return context


class Forked(AbstractContextManager["Forked"]):
    """Code in a process of its own, a fork of one that has loaded everything; ``stdout`` is where else it prints to."""

    def __init__(
        self, code: str, *arguments: str | Path, stdout: int | None = None, environ: Mapping[str, str] | None = None
    ):
        self.stdout, out = _pipe() if stdout is None else (None, stdout)
        self.stderr, error = _pipe()
        argv, streams = ["-c", *map(str, arguments)], (Connection(out), Connection(error))
        self._process = forkserver().Process(target=_execute, args=(code, argv, environ or {}, *streams))
        self._process.start()
        for stream in streams:
            stream.close()

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.join(PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        for stream in (self.stdout, self.stderr):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Self:
        return self

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)


def run_forked(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """As ``run_python("-c", code, ...)``, but with the engine and torch loaded before the code begins."""
    with Forked(code, *arguments) as program:
        assert program.stdout is not None
        told, complaints = program.stdout.read(), program.stderr.read()
    return subprocess.CompletedProcess([], program.returncode or 0, told.decode(), complaints.decode())


def _pipe() -> tuple[io.BufferedReader, int]:
    ours, theirs = os.pipe()
    return io.BufferedReader(io.FileIO(ours)), theirs


def _text_stream(number: int, errors: str, by_lines: bool) -> io.TextIOWrapper:
    """As an interpreter makes it when it starts."""
    raw = io.BufferedWriter(io.FileIO(number, "w", closefd=False))
    return io.TextIOWrapper(raw, encoding="utf-8", errors=errors, line_buffering=by_lines)


def _execute(code: str, argv: list[str], environ: Mapping[str, str], out: Connection, error: Connection) -> None:
    """What a fresh interpreter does with ``-c``. What it prints last may find nobody who reads it."""
    for number, stream in ((1, out), (2, error)):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdout = _text_stream(1, "strict", os.isatty(1))
    sys.stderr = _text_stream(2, "backslashreplace", True)
    os.environ.update(environ)
    os.chdir(ROOT)
    sys.argv = argv
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    with suppress(BrokenPipeError):
        sys.stdout.flush()
