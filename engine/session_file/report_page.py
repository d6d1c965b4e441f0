"""A report's numbers, which its page holds as data beside its pictures: written by ``engine.report``, read here.

They stand in one element, ``<script type="application/json" id="lockstep-run">``, which no browser runs. Only that is
read, as JSON of numbers and texts: nothing of the page itself is interpreted. Arrays are ``{"type", "count", "zlib"}``,
the last their bytes, packed and in base64; they are unpacked to the size that they say, and no further.
"""

import base64
import binascii
import json
import math
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import ExperimentError, ExperimentSpec, check, without_data

from .damage import Damaged, damaged

FORMAT, SCHEMA = "lockstep report", 1
BEGIN, END = '<script type="application/json" id="lockstep-run">', "</script>"
LARGEST = 200_000_000  # bytes of a page
LARGEST_DATA = 64_000_000  # characters of what is read of it
MOST_NUMBERS = 250_000  # losses of all lanes together that a report has; of longer runs those of every k-th step
MOST_LANES, MOST_STEPS = 1000, 10**15
MOST_MARKS = 200  # steps at which a report tells the seconds
TYPES = ("<f4", "<f8", "<i8")


class ReportLane(NamedTuple):
    """Hold a lane of a report. ``losses`` are of the run's ``at``; ``marks``: steps, and its seconds after each.

    ``evaluations``: how many it had made when each of the losses was known, None where each step makes one.
    """

    id: str
    losses: Array
    marks: tuple[Array, Array]
    evaluations: Array | None
    final: float
    best: float
    best_step: int | None
    test: float
    seconds: float
    total_evaluations: int
    area: float


class ReportRun(NamedTuple):
    """Hold the run that a report tells of. ``at``: the steps whose losses it has, each ``every`` steps.

    ``spec`` is what it began with, None where that was too large for a page; ``linked`` what it says of data in a file.
    """

    spec: ExperimentSpec | None
    linked: dict[str, Any] | None
    changes: tuple[tuple[Any, ...], ...]
    lanes: tuple[ReportLane, ...]
    at: Array
    every: int


def packed(values: Array) -> dict[str, Any]:
    """Return an array as it stands in a page; losses that are all float32 take half the room."""
    kind = "<i8" if values.dtype.kind in "iu" else "<f8"
    if kind == "<f8":
        with np.errstate(over="ignore"):
            narrow = values.astype("<f4")
        kind = "<f4" if np.array_equal(narrow.astype(float), values, equal_nan=True) else kind
    content = zlib.compress(values.astype(kind).tobytes(), 6)
    return {"type": kind, "count": len(values), "zlib": base64.b64encode(content).decode("ascii")}


def data_element(value: Any) -> str:
    """Return the element that holds ``value``: no text in it can end the element, or begin another."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return BEGIN + text + END


def number(value: float | None) -> float | str | None:
    """Return a number as JSON has it, one that is not finite as a word."""
    return value if value is None or math.isfinite(value) else str(float(value))


def look_at_report(file: Path) -> ReportRun:
    """Return the run that a report's page tells of. Raises Damaged; ExperimentError of its experiment.

    A page without numbers, as earlier versions wrote them, raises Damaged ``report_without_numbers``.
    """
    about = _data_of(_text_of(file))
    try:
        return _run(about)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        damaged("a report that is none")


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise Damaged("report_too_large", limit=f"{LARGEST // 1_000_000} MB")
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise Damaged("not_readable", detail=error.strerror or "it cannot be read to its end") from None
    except UnicodeDecodeError:
        damaged("a page that is no text")


def _data_of(page: str) -> dict[str, Any]:
    begin = page.find(BEGIN)
    if begin < 0:
        raise Damaged("report_without_numbers")
    begin += len(BEGIN)
    end = page.find(END, begin)
    if end < 0 or page.find(BEGIN, begin) >= 0 or end - begin > LARGEST_DATA:
        damaged("numbers that are cut off, or there twice")
    try:
        about = json.loads(page[begin:end])
    except (ValueError, RecursionError):
        damaged("numbers that are none")
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        damaged("numbers of something else")
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        damaged("a report without a schema")
    if schema > SCHEMA:
        raise Damaged("newer_report", given=schema, known=SCHEMA)
    return about


def _run(about: dict[str, Any]) -> ReportRun:
    newest, every = _count(about["newest"]), _count(about["every"])
    if not every or len(about["lanes"]) > MOST_LANES:
        damaged("a report of no run")
    kept = -(-newest // every)
    if kept * len(about["lanes"]) > MOST_NUMBERS + MOST_LANES:
        damaged("more numbers than a report has")
    at = 1 + every * np.arange(kept)
    linked: list[dict[str, Any]] = []
    spec = None
    if about["experiment"] is not None:
        try:
            spec = check(without_data(about["experiment"], linked.append))
        except ExperimentError:
            damaged("an experiment that is none")
    lanes = tuple(_lane(one, kept) for one in about["lanes"])
    if len({lane.id for lane in lanes}) < len(lanes):
        damaged("a lane that is there twice")
    changes = tuple((_count(step), _count(entry), dict(params)) for step, entry, params in about["changes"])
    return ReportRun(spec, linked[0] if linked else None, changes, lanes, at, every)


def _lane(told: dict[str, Any], kept: int) -> ReportLane:
    if not isinstance(told["id"], str) or "/" not in told["id"]:
        damaged("a lane without a name")
    steps, seconds = (_array(part, None, MOST_MARKS).astype(float) for part in told["marks"])
    if len(steps) != len(seconds) or not len(steps) or (np.diff(steps) <= 0).any():
        damaged("a lane without its seconds")
    evaluations = None if told["evaluations"] is None else _array(told["evaluations"], kept, kept)
    return ReportLane(
        *(told["id"], _array(told["losses"], kept, kept).astype(float), (steps, seconds), evaluations),
        *(_number(told["final"]), _number(told["best"])),
        None if told["best_step"] is None else _count(told["best_step"]),
        *(_number(told["test"]), _number(told["seconds"])),
        total_evaluations=_count(told["total_evaluations"]),
        area=_number(told["area"]),
    )


def _array(told: dict[str, Any], count: int | None, most: int) -> Array:
    """Return an array, of so many numbers; None for as many as it says, up to ``most``."""
    there, kind = _count(told["count"]), told["type"]
    if kind not in TYPES or there > most or (count is not None and there != count):
        damaged("an array of another size")
    size = there * np.dtype(kind).itemsize
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b64decode(told["zlib"], validate=True), size + 1)
    except (zlib.error, binascii.Error):
        damaged("an array that is cut off")
    if len(content) != size or not unpacker.eof:
        damaged("an array of another size than it says")
    return np.frombuffer(content, kind)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_STEPS:
        damaged("a count that is none")
    return value


def _number(value: Any) -> float:
    if isinstance(value, str) and value in ("nan", "inf", "-inf"):
        return float(value)
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        damaged("a number that is none")
    return float(value)
