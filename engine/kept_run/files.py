"""A run's past as files: written with what the run began with, and read again."""

from collections.abc import Iterator
from pathlib import Path

from engine.session_file import (
    ABOUT,
    FORMAT,
    SCHEMA,
    Archive,
    Damaged,
    Member,
    damaged,
    files_in,
    json_member,
    parts_in,
    read_spec,
    spec_members,
)
from engine.spec import ExperimentError, ExperimentSpec

from .past import Part
from .read import joined, read_part
from .write import part_members

PLACE = "part_0"


def file_members(part: Part, spec: ExperimentSpec | None) -> Iterator[Member]:
    """Yield the members of a file of one part; ``spec``: what the run began with, where the part is whole."""
    yield json_member(ABOUT, {"format": FORMAT, "schema": SCHEMA, "parts": 1, "run": spec is not None})
    if spec is not None:
        yield from spec_members("run", spec)
    yield from part_members(PLACE, part)


def read_past(place: Path) -> Part:
    """Return all that a session's file, or a folder, holds of a run. Raises Damaged where that is not whole."""
    return joined([part for file in files_in(place) for part in _parts_in(file)])


def read_start(place: Path) -> ExperimentSpec:
    """Return the experiment that the run in a session's file, or in a folder, began with. Raises Damaged."""
    with Archive(files_in(place)[0]) as archive:
        parts_in(archive)
        try:
            return read_spec(archive, "run")
        except ExperimentError:
            damaged("a run of no experiment")


def _parts_in(file: Path) -> Iterator[Part]:
    with Archive(file) as archive:
        count = parts_in(archive)
        if not count:
            raise Damaged("no_run_kept")
        for number in range(count):
            yield read_part(archive, f"part_{number}")
