"""``python main.py verify FILE.py[::NAME]``: own code beside torch, and what it is, in words and as JSON.

Exit status: 0 where all is right, or a convention that was accepted; 1 where something is another; 2 where something
cannot be judged, or the arguments are bad; 130 interrupted.
"""

import argparse
import ast
import contextlib
import json
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from engine.own.limits import Limits
from engine.own.session import Wanted
from engine.verify import Asked, Record, verify_file
from engine.verify.words import headline

from .screen import Screen
from .whole_files import write_whole

SUFFIXES = (".py", ".ipynb")
BAD, INTERRUPTED = 2, 130
MOST_STEPS = 10_000


class BadOptionError(Exception):
    """Report an option that says nothing that can be done."""


def verify(arguments: argparse.Namespace) -> int:
    """Judge what was asked for, print it, and return the exit status."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asked, told = _asked(arguments)
        wanted = [_wanted(text, arguments, told) for text in _files(arguments.files)]
        screen = Screen()
        limits = Limits(arguments.seconds, arguments.memory)
        records = _records(wanted, asked, limits, None if arguments.json == "-" else screen)
    except BadOptionError as error:
        print(f"main.py verify: {error}", file=sys.stderr)
        return BAD
    except KeyboardInterrupt:
        return INTERRUPTED
    if arguments.json and not _written(arguments.json, records, len(wanted) > 1, screen):
        return BAD
    return max(record.exit_status for record in records)


def _records(
    wanted: Sequence[tuple[Path, Wanted]], asked: Asked, limits: Limits, screen: Screen | None
) -> list[Record]:
    """Judge one after the other, and print each on the ``screen`` as it is judged."""
    records: list[Record] = []
    for path, one in wanted:
        with Progress() as told:
            records.append(verify_file(path, one, asked, limits, told=told))
        if screen is not None:
            told = f"{records[-1]}\n  To see it line by line in the window: python main.py {path}"
            screen.tell(_row(records[-1]) if len(wanted) > 1 else told)
        if records[-1].stopped is not None:
            break
    return records


class Progress:
    """Show on a terminal, in a line that goes again, where a script has come to."""

    def __init__(self) -> None:
        self._shown = 0

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, line: int) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            self._show(f"line {line} … Ctrl+C stops it, and what ran is judged")

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._show("")
            self._show("")

    def _show(self, text: str) -> None:
        with contextlib.suppress(OSError):
            print("\r" + text.ljust(self._shown), end="", file=sys.stderr, flush=True)
        self._shown = len(text)


def _row(record: Record) -> str:
    name = f"{record.file}::{record.name}" if record.name else record.file
    return f"{name:<40} {record.verdict:<11} {record.against or '–':<14} {headline(record).partition(': ')[2]}"


def _asked(arguments: argparse.Namespace) -> tuple[Asked, dict[str, str]]:
    if arguments.pair and arguments.kind not in (None, "script"):
        raise BadOptionError(f"--pair is of a script, not of {arguments.kind}")
    if arguments.steps > MOST_STEPS:
        raise BadOptionError(f"--steps must be at most {MOST_STEPS:,}")
    params = {name: _value(name, text) for name, text in _pairs("--param", arguments.param)}
    told = dict(_pairs("--arg", arguments.arg))
    pairs = tuple(_pairs("--pair", arguments.pair))
    return Asked(arguments.against, params, arguments.steps, arguments.dtype, tuple(arguments.accept), pairs), told


def _pairs(option: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise BadOptionError(f"{option} {text}: must be name=value")
        pairs.append((name.strip(), value.strip()))
    return pairs


def _value(name: str, text: str) -> Any:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        value = {"true": True, "false": False}.get(text.lower())
    parts = value if isinstance(value, tuple | list) else (value,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        raise BadOptionError(f"--param {name}={text}: must be a number, True or False, or several numbers")
    return tuple(parts) if isinstance(value, tuple | list) else value


def _files(texts: Sequence[str]) -> list[str]:
    """List the files, a folder's among them: it stands for what is in it."""
    found: list[str] = []
    for text in texts:
        if not Path(text).is_dir():
            found.append(text)
            continue
        inside = sorted(file for file in Path(text).rglob("*") if file.suffix in SUFFIXES and file.is_file())
        if not inside:
            raise BadOptionError(f"{text}: no .py or .ipynb file is in it")
        found += map(str, inside)
    return found


def _wanted(text: str, arguments: argparse.Namespace, told: dict[str, str]) -> tuple[Path, Wanted]:
    file, _, name = text.partition("::")
    if not file:
        raise BadOptionError(f"{text}: must name a file")
    return Path(file), Wanted(name or None, arguments.kind, told)


def _write(text: str, file: Path) -> None:
    file.write_text(text + "\n", encoding="utf-8")


def _written(where: str, records: Sequence[Record], is_list: bool, screen: Screen) -> bool:
    told = [record.as_json() for record in records]
    text = json.dumps(told if is_list else told[0], ensure_ascii=False, indent=1)
    if where == "-":
        screen.tell(text)
        return True
    try:
        file = Path(where)
        if file.exists() and not file.is_file():  # a device, as /dev/null
            file.write_text(text + "\n", encoding="utf-8")
        else:
            write_whole({file.name: partial(_write, text)}, file.parent)
    except OSError as error:
        print(f"main.py verify: --json {where}: {error.strerror or error}", file=sys.stderr)
        return False
    return True
