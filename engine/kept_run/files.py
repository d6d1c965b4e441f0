"""Where a run's past lies: in a session's file, or in a folder to which it is written while the run goes on.

Such a folder holds ``<number>.whole``, a part that holds all, and ``<number>.more``, parts that follow; each is a file of
its own, which is there whole or not at all. What stands before the newest whole part counts no more.
"""

from collections.abc import Iterator
from pathlib import Path

from engine.session_file import (
    ABOUT,
    FORMAT,
    SCHEMA,
    Archive,
    Damaged,
    Member,
    check_schema,
    damaged,
    json_member,
    read_spec,
    spec_members,
)
from engine.spec import ExperimentError, ExperimentSpec

from .past import Part
from .read import joined, read_part
from .write import part_members

WHOLE, MORE = ".whole", ".more"
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
        check_schema(archive.json(ABOUT))
        try:
            return read_spec(archive, "run")
        except ExperimentError:
            damaged("a run of no experiment")


def files_in(place: Path) -> list[Path]:
    """List the files whose parts make up the past: the newest that is whole, and those that follow it."""
    if not place.is_dir():
        return [place]
    numbered = sorted((int(file.stem), file) for file in place.iterdir() if file.stem.isdecimal())
    wholes = [number for number, file in numbered if file.suffix == WHOLE]
    if not wholes:
        raise Damaged("no_run_kept")
    kept = [wholes[-1]]
    files = [file for number, file in numbered if number == wholes[-1] and file.suffix == WHOLE]
    for number, file in numbered:
        if number == kept[-1] + 1 and file.suffix == MORE:
            kept.append(number)
            files.append(file)
    return files


def _parts_in(file: Path) -> Iterator[Part]:
    with Archive(file) as archive:
        about = check_schema(archive.json(ABOUT))
        count = about.get("parts")
        if type(count) is not int or not 0 < count < 10_000:
            damaged("a session without a run")
        for number in range(count):
            yield read_part(archive, f"part_{number}")
