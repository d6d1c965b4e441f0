"""From own code to its record: where it runs, which kind it is, and what became of it where it cannot be judged."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.own.limits import Limits
from engine.own.process import OwnProcess
from engine.own.session import Session, Wanted
from engine.own.source import Source
from engine.own.unusable import NOTHING, Unusable

from . import targets
from .asked import Asked, Own
from .record import Failure, Record

NO_LIMITS = Limits()
Told = Callable[[int], Any]


def _ignored(_: int) -> None:
    pass


def verify_file(
    path: Path, wanted: Wanted, asked: Asked, limits: Limits = NO_LIMITS, *, apart: bool = True, told: Told = _ignored
) -> Record:
    """Judge a file's code, or one thing in it, and return its record; what fails it is in the record.

    ``apart``: in a process of its own, with limits; else in this one. A script always has one of its own; ``told``
    hears of its lines as they run.
    """
    lines = _lines(path)
    try:
        wanted = _with_kind(wanted, asked)
        if (script := _as_script(path, wanted, asked, limits, told)) is not None:
            return script
        with _opened(path, wanted, limits, apart) as own:
            choices = tuple(own.choices())
            return replace(_judged(own, asked, str(path)), source=lines, choices=choices)
    except Unusable as error:
        if error.code == NOTHING and apart and not wanted.kind and not asked.against:
            return _script_or(error, path, wanted, asked, limits, told)
        return _unusable(error, str(path), wanted, asked, lines)


def _as_script(path: Path, wanted: Wanted, asked: Asked, limits: Limits, told: Told) -> Record | None:
    """Judge a file as a script where it is one, or is to be; None where it is anything else."""
    from .scripts import is_script

    is_asked = wanted.kind == "script" or bool(asked.pairs)
    if not is_asked and (wanted.name or wanted.kind or not is_script(path)):
        return None
    record = _script(path, wanted, asked, limits, told)
    return record if is_asked or record.pairs or record.error is None or record.error.code != "no_pairs" else None


def _script_or(error: Unusable, path: Path, wanted: Wanted, asked: Asked, limits: Limits, told: Told) -> Record:
    """Judge what holds nothing of a known form as a script, if it has anything to do with torch."""
    if Source(path).imports("torch"):
        return _script(path, wanted, asked, limits, told)
    return _unusable(error, str(path), wanted, asked, _lines(path))


def _script(path: Path, wanted: Wanted, asked: Asked, limits: Limits, told: Told) -> Record:
    from .scripts import judged_script

    try:
        return judged_script(path, asked, limits, told)
    except Unusable as error:
        return _unusable(error, str(path), wanted._replace(kind="script"), asked, _lines(path))


@contextmanager
def _opened(path: Path, wanted: Wanted, limits: Limits, apart: bool) -> Iterator[Own]:
    if not apart:
        yield Session(Source(path), wanted, nullcontext)
        return
    with OwnProcess(path, wanted, limits) as own:
        from engine.backends import warm_up

        warm_up()  # torch is loaded while the other process begins
        yield own


def verify(
    subject: Any, against: str | None = None, *, kind: str | None = None, params: Mapping[str, Any] | None = None,
    arguments: Mapping[str, str] | None = None, steps: int = 50, dtype: str = "float64", accept: tuple[str, ...] = (),
) -> Record:  # fmt: skip
    """Verify a function, a class, a pair ``(function, derivative)`` or a module: the record is true where it is right.

    It runs in this process. ``against``, ``kind``, ``params``, ``arguments`` (theirs: ours), ``steps``, ``dtype`` and
    ``accept`` are the command's options.
    """
    asked = Asked(against, params or {}, steps, dtype, accept)
    wanted = Wanted(None, kind, arguments or {})
    source = _source_of(subject)
    file = source.file
    try:
        session = Session(source, _with_kind(wanted, asked), nullcontext, subject)
        return replace(_judged(session, asked, file), source=tuple(source.lines))
    except Unusable as error:
        return _unusable(error, file, wanted, asked, tuple(source.lines))


def _judged(own: Own, asked: Asked, file: str) -> Record:
    kind, _ = own.names()
    if kind == "optimizer":
        from .updates import judged

        return judged(own, asked, file)
    from .functions import judged as judged_function

    return judged_function(own, asked, file)


def _with_kind(wanted: Wanted, asked: Asked) -> Wanted:
    """Name the kind by what the code is held against, where none was asked for."""
    if wanted.kind is None and asked.against:
        return wanted._replace(kind=targets.kind_of(asked.against))
    return wanted


def _source_of(subject: Any) -> Source:
    thing: Any = subject[0] if isinstance(subject, tuple) and subject else subject
    try:
        file = inspect.getsourcefile(inspect.unwrap(thing) if not isinstance(thing, type) else thing)
    except TypeError:
        file = None
    if file is None:
        return Source(Path("<code>"), "")
    if Path(file).exists():
        return Source(Path(file))
    import linecache

    return Source(Path(file), "".join(linecache.getlines(file)))


def _unusable(error: Unusable, file: str, wanted: Wanted, asked: Asked, lines: tuple[str, ...]) -> Record:
    failure = Failure(error.line, error.words, error.shown, error.code, error.fields)
    return Record(
        file, wanted.kind, wanted.name, None, asked.against, dict(asked.params), asked.steps, asked.dtype,
        error=failure, source=lines, choices=tuple(error.fields.get("choices", ())),
    )  # fmt: skip


def _lines(path: Path) -> tuple[str, ...]:
    try:
        return tuple(Source(path).lines)
    except Unusable:
        return ()
