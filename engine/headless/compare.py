"""A comparison without a window: the race's table on the terminal, and its tables, pictures and report as files."""

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len

from engine.protocol import REPORT_WORDS, MainPlane, SurfacePart
from engine.report import (
    Draw,
    Figures,
    columns_of,
    figures_of,
    headings,
    page,
    pictures_of,
    short_texts,
    surface_png,
    table_rows,
)
from engine.run.lockstep import Lockstep
from engine.session_file import EarlierRun
from engine.spec import ExperimentError, ExperimentSpec, RowsFor

from .beside import as_json as beside_json
from .beside import beside
from .beside import lines as beside_lines
from .ended import Ended, advanced, lockstep_of
from .own_code import in_words as own_code_in_words
from .own_code import named, trusted
from .results import report, verdict, write_arrays, write_losses
from .run import (
    INTERRUPTED,
    advance,
    check_device,
    exit_status,
    in_words,
    in_words_of_end,
    interruptions,
    notes_in_words,
)
from .screen import Screen, Telling
from .surface_files import surface_of, write_surface
from .surface_options import SurfaceAsked
from .whole_files import write_whole

PICTURES = {"over_step": "loss.svg", "over_seconds": "loss_seconds.svg", "surface": "surface.svg"}
OF_SURFACE = ("surface.npz", "surface.png")  # beside its picture of lines
FILES = ("table.csv", "curves.csv", "curves.npz", *PICTURES.values(), *OF_SURFACE, "report.html")


def compare(
    spec: ExperimentSpec,
    steps: int,
    out: Path | None = None,
    target: float | None = None,
    target_of: RowsFor = "training",
    telling: Telling = "lines",
    plane: SurfaceAsked | None = None,
    earlier: EarlierRun | None = None,
) -> int:
    """Take the steps, print the table, write the files; returns the exit status.

    As JSON it tells what ``run``'s report has, and the ``table``'s rows by their headings. ``target``: a loss over the
    rows ``target_of``, of which the table tells when each lane first had it. ``plane``: over which the loss is drawn;
    of a test function it is in any case. ``earlier``: a run that is laid beside it.

    Raises ExperimentError where the experiment's device is not there or own code fails on the plane, OSError where
    ``out`` cannot be written, and StepError, after what was done has been told and written, where own code ends it.
    """
    check_device(spec)
    with interruptions() as interrupted, trusted(spec) as (spec, own, notes):
        screen = Screen(telling)
        screen.tell(heading(spec, steps))
        run = lockstep_of(spec)

        def is_stopped() -> bool:
            return bool(interrupted) or (screen.gone and out is None)

        done, ended = advanced(run, lambda: advance(run, steps, screen, is_stopped, table=False))
        if not run.step:
            screen.tell(f"interrupted after step {run.step} of {steps}")
            return INTERRUPTED  # nothing to tell, and nothing that could take an earlier result's place
        run.judge_newest()
        surface = None if out is None else _surface(run, plane, is_stopped)
        figures = figures_of(run, surface and surface.part, target=target, target_of=target_of)
        if ended is not None:
            figures = figures._replace(ended=f"{ended.error}{ended.at}")
        verdicts = (in_words(pair, spec) for pair in figures.pairs)
        records = named(run, own)
        of_code = (*own_code_in_words(run, records), *notes)
        compared = None if earlier is None else beside(run, earlier)
        of_earlier = () if compared is None else beside_lines(compared)
        for line in [*lines(figures), *verdicts, *of_code, *notes_in_words(spec, run.step), *of_earlier]:
            screen.tell(line)
        told = report(run, records, ended) | {"table": _table(figures)}
        screen.give(told if compared is None else told | {"beside": beside_json(compared)})
        if out is not None:
            write(run, figures, out)
        if surface is not None and surface.failed is not None and ended is None:
            raise surface.failed
        is_whole = done and (surface is None or surface.part is not None)
        return _status(run, steps, screen, ended, is_whole=is_whole)


def _status(run: Lockstep, steps: int, screen: Screen, ended: Ended | None, *, is_whole: bool) -> int:
    """Tell how far it came where that is not the end; return the exit status. Raises what own code ended it with."""
    if ended is not None:
        screen.tell(in_words_of_end(run, steps))
        raise ended.error
    if not is_whole:
        screen.tell(f"interrupted after step {run.step} of {steps}")
        return INTERRUPTED
    return exit_status(verdict(run))


class _Drawn(NamedTuple):
    """Hold a surface, None where it was stopped, or what own code failed with on it."""

    part: SurfacePart | None = None
    failed: ExperimentError | None = None


def _surface(run: Lockstep, asked: SurfaceAsked | None, is_stopped: Callable[[], bool]) -> _Drawn | None:
    """Return the surface that is asked for; a test function's, a matter of milliseconds, in any case."""
    is_function = run.spec.problem is not None
    if not is_function and (asked is None or is_stopped()):
        return None
    command = (asked or SurfaceAsked(MainPlane())).command
    try:
        return _Drawn(surface_of(run, command, (lambda: False) if is_function else is_stopped))
    except ExperimentError as error:  # what was raced is written all the same
        return _Drawn(failed=error)


def heading(spec: ExperimentSpec, steps: int) -> str:
    """Return one line: what is about to be raced."""
    lanes = sum(len(entry.backends) for entry in spec.optimizers)
    entries = len(spec.optimizers)
    raced = f"{entries} {'entry' if entries == 1 else 'entries'} in {lanes} {'lane' if lanes == 1 else 'lanes'}"
    return f"{raced}, {steps:,} steps"


def lines(figures: Figures) -> Iterator[str]:
    """Yield a line a lane, in columns as wide as what stands in them."""
    columns = columns_of(figures)
    rows = [["lane", *(column.head for column in columns)]]
    rows += [[lane.id, *short_texts(lane, columns)] for lane in figures.lanes]
    keys = ["lane", *(column.key for column in columns)]
    shown = [place for place, key in enumerate(keys) if figures.target is not None or key != "target_step"]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(_padded(row[place], widths[place], left=place == 0) for place in shown)


def _padded(text: str, width: int, left: bool) -> str:
    """On a terminal a Chinese letter is as wide as two others."""
    room = " " * (width - cell_len(text))
    return text + room if left else room + text


def write(run: Lockstep, figures: Figures, out: Path) -> None:
    """Write the comparison's files. Raises OSError.

    Where there is no surface, that of an earlier comparison does not stay.
    """
    pictures = pictures_of(figures, REPORT_WORDS)
    writers: dict[str, Callable[[Path], None]] = {
        "table.csv": partial(_write_table, figures),
        "curves.csv": partial(write_losses, run),
        "curves.npz": partial(write_arrays, run),
    }
    for key, name in PICTURES.items():
        if key in pictures:
            writers[name] = partial(_write_text, pictures[key])
    if (surface := figures.surface) is not None:
        writers["surface.npz"] = partial(write_surface, run, figures)
        writers["surface.png"] = partial(_write_png, figures, surface)
    writers["report.html"] = partial(_write_text, lambda: page(figures, drawn(pictures), REPORT_WORDS))
    write_whole(writers, out)
    for name in set(FILES) - set(writers):
        (out / name).unlink(missing_ok=True)


def drawn(pictures: Mapping[str, Draw]) -> dict[str, str]:
    """Take the pictures on a light ground, which the page has."""
    return {key: draw(clear=True) for key, draw in pictures.items()}


def _table(figures: Figures) -> list[dict[str, Any]]:
    names = headings(figures)
    return [dict(zip(names, row, strict=True)) for row in table_rows(figures)]


def _write_table(figures: Figures, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings(figures), *table_rows(figures)])


def _write_png(figures: Figures, surface: SurfacePart, path: Path) -> None:
    path.write_bytes(surface_png(figures, surface, REPORT_WORDS))


def _write_text(text: Callable[[], str], path: Path) -> None:
    path.write_text(text(), encoding="utf-8")
