"""A session's file as the window takes it, and as it writes it. Nothing of Qt is here: it is read beside the window."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine.session_file import (
    ABOUT,
    FORMAT,
    SCHEMA,
    Archive,
    Damaged,
    Member,
    PastHead,
    damaged,
    head_of,
    json_member,
    parts_in,
    raw_members,
    read_raw,
    read_spec,
)
from engine.spec import (
    CodeSpec,
    ExperimentError,
    ExperimentSpec,
    Fault,
    MovedLine,
    check,
    follow_lines,
    without_data,
)

KEPT = 2_000  # numbers in one place; more stay an array
EXPERIMENT, CODE, WINDOW = "experiment", "code.json", "window.json"
OF_RUN = (
    "run.json",
    "run_code.json",
    "run_source.json",
    "run_log",
    "run_start.json",
    "run/",
    "part_",
)  # how the members begin that the engine has written


class OpenedSession(NamedTuple):
    """Hold what the window takes of a session beside the experiment: its ``file``, and ``shown``, what was shown.

    ``start`` is what its run began with, and ``head`` how far that had come; None for a session without a run.
    """

    file: Path
    shown: dict[str, Any]
    start: ExperimentSpec | None
    head: PastHead | None

    @property
    def texts(self) -> tuple[str, ...]:
        """Return all texts of own code that its run has, or goes on with."""
        own = [] if self.start is None else [one.text for one in (self.start.code or {}).values()]
        return (*(text for text in own if text is not None), *(() if self.head is None else self.head.texts))


class SessionRead(NamedTuple):
    """Hold the experiment that a session shows, as it is read from an experiment's own file, and all else of it."""

    spec: ExperimentSpec
    moved: tuple[MovedLine, ...]
    session: OpenedSession


def read_session(file: Path, leave: Callable[[dict[str, Any]], object]) -> SessionRead:
    """Return what the window takes of a session. Raises ExperimentError: all is taken, or nothing.

    A file of data that its experiment names is left to ``leave``: it is read beside the window.
    """
    try:
        with Archive(file) as archive:
            return _read(archive, file, leave)
    except Damaged as error:
        raise ExperimentError([Fault((), error.code, error.fields)]) from None


def _read(archive: Archive, file: Path, leave: Callable[[dict[str, Any]], object]) -> SessionRead:
    count = parts_in(archive)
    raw, moved = follow_lines(read_raw(archive, EXPERIMENT))
    spec = _with_texts(check(without_data(raw, leave)), archive.json(CODE))
    shown = archive.json(WINDOW)
    if not isinstance(shown, dict):
        damaged("a window that is none")
    start, head = None, None
    if count:
        start, head = read_spec(archive, "run"), head_of(archive.json(f"part_{count - 1}/part.json"))
    for name in archive.names:  # what the engine is going to read is whole, too
        for _ in archive.pieces(name):
            pass
    return SessionRead(spec, moved, OpenedSession(file, shown, start, head))


def _with_texts(spec: ExperimentSpec, texts: Any) -> ExperimentSpec:
    """Return the experiment with the texts that followed code had when it was saved."""
    if not isinstance(texts, dict) or any(not isinstance(one, str) for one in texts.values()):
        damaged("code that is none")
    files: dict[str, CodeSpec] = dict(spec.code or {})
    for name in texts.keys() & files.keys():
        files[name] = files[name].model_copy(update={"text": texts[name]})
    return spec.model_copy(update={"code": files}) if spec.code else spec


class SessionParts(NamedTuple):
    """Hold what a session's file is made of; ``run``: a file in which the engine has written the run, None for none."""

    raw: Mapping[str, Any]
    texts: Mapping[str, str]
    shown: Mapping[str, Any]
    run: Path | None


def session_members(parts: SessionParts) -> Iterator[Member]:
    """Yield a session's members. Raises Damaged where the run cannot be read."""
    about = {"format": FORMAT, "schema": SCHEMA, "parts": int(parts.run is not None)}
    yield json_member(ABOUT, about)
    yield from raw_members(EXPERIMENT, parts.raw)
    yield json_member(CODE, dict(parts.texts))
    yield json_member(WINDOW, dict(parts.shown))
    if parts.run is not None:
        with Archive(parts.run) as archive:
            for name in archive.names:
                if name.startswith(OF_RUN):
                    yield name, archive.pieces(name)
