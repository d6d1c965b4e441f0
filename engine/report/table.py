"""The table of a comparison: the same columns on the terminal, in table.csv and on the page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.protocol import REPORT_WORDS, pair_kind

from .figures import Figures, LaneFigures
from .numbers import NOTHING, accuracy, count, loss, measure, micros

Cell = str | int | float | None


class Column(NamedTuple):
    """Describe a column: ``key`` is that of its heading's words, ``name`` its heading in table.csv.

    ``head`` is its heading on a terminal. ``value`` goes to files, ``text`` is for people.
    """

    key: str
    name: str
    head: str
    value: Callable[[LaneFigures], Cell]
    text: Callable[[LaneFigures], str]


def _loss(key: str, name: str, head: str, value: Callable[[LaneFigures], float]) -> Column:
    return Column(key, name, head, value, lambda lane: loss(value(lane)))


def _share(key: str, name: str, head: str, value: Callable[[LaneFigures], float]) -> Column:
    return Column(key, name, head, value, lambda lane: accuracy(value(lane)))


def _number(key: str, name: str, head: str, value: Callable[[LaneFigures], float | None], digits: int = 4) -> Column:
    return Column(key, name, head, value, lambda lane: measure(value(lane), digits))


def _count(key: str, name: str, head: str, value: Callable[[LaneFigures], int | None]) -> Column:
    return Column(key, name, head, value, lambda lane: count(value(lane)))


COLUMNS = (
    _loss("final", "final_loss", "final", lambda lane: lane.row.final),
    _loss("best", "best_loss", "best", lambda lane: lane.row.best),
    _count("best_step", "best_step", "best at", lambda lane: lane.row.best_step),
    _count("target_step", "target_step", "to target", lambda lane: lane.row.target_step),
    _number("area", "area_log10", "area, log", lambda lane: lane.row.area),
    _number("grad_norm", "grad_norm", "|gradient|", lambda lane: lane.row.grad_norm),
    Column("us_per_step", "us_per_step", "µs/step", lambda lane: _micros(lane), lambda lane: micros(_micros(lane))),
    _number("seconds", "seconds", "compute, s", lambda lane: lane.row.seconds, 3),
    _count("evaluations", "evaluations", "evaluations", lambda lane: lane.row.evaluations),
    _number("state_bytes", "state_bytes_per_weight", "state B/weight", lambda lane: lane.row.state_bytes),
    Column("parity", "parity", "parity", lambda lane: lane.pair and lane.pair.verdict, lambda lane: _brief(lane)),
    _number("max_abs", "max_abs_difference", "max |Δ|", lambda lane: _apart(lane), 2),
)


TEST = _loss("test", "test_loss", "test", lambda lane: lane.row.test)
ACCURACY = _share("accuracy", "accuracy", "accuracy", lambda lane: lane.row.accuracy)
TEST_ACCURACY = _share("test_accuracy", "test_accuracy", "test accuracy", lambda lane: lane.row.test_accuracy)
AFTER = 2  # of the columns, those that not every experiment has stand


def columns_of(figures: Figures) -> tuple[Column, ...]:
    """Return the columns that there are numbers for: of test rows and classes only where there are any."""
    more = {TEST: figures.has_test, ACCURACY: figures.has_classes}
    more[TEST_ACCURACY] = figures.has_test and figures.has_classes
    return (*COLUMNS[:AFTER], *(column for column, is_there in more.items() if is_there), *COLUMNS[AFTER:])


def _micros(lane: LaneFigures) -> float:
    return lane.row.seconds_per_step * 1e6


def _brief(lane: LaneFigures) -> str:
    """Return the verdict as a key of the words; the files have no word for drift, which is in lockstep."""
    kind = "waiting" if lane.pair is None else pair_kind(lane.pair)
    return NOTHING if kind == "waiting" else kind


def _apart(lane: LaneFigures) -> float | None:
    if lane.pair is None or lane.pair.farthest is None:
        return None
    return lane.pair.farthest.max_abs


def headings(figures: Figures) -> list[str]:
    """Return the headings of table.csv."""
    return ["lane", "optimizer", "backend", *(column.name for column in columns_of(figures))]


def table_rows(figures: Figures) -> Iterator[list[Cell]]:
    """Yield the rows of table.csv: all digits, and None where there is nothing."""
    for lane in figures.lanes:
        name = figures.spec.optimizers[lane.entry].title
        side = figures.spec.side(lane.entry, lane.backend)
        yield [lane.id, name, side, *(column.value(lane) for column in columns_of(figures))]


def texts_of(lane: LaneFigures, columns: Sequence[Column], words: Mapping[str, str] = REPORT_WORDS) -> list[str]:
    """Return a lane's line as a person reads it, without its name."""
    texts = (column.text(lane) for column in columns)
    return [
        words[text] if column.key == "parity" and text != NOTHING else text
        for column, text in zip(columns, texts, strict=True)
    ]


def short_texts(lane: LaneFigures, columns: Sequence[Column]) -> list[str]:
    """Return a lane's line, without its name, for where there is less room, in English: losses of a few digits."""
    losses = {"final": lane.row.final, "best": lane.row.best, "test": lane.row.test}
    short = {key: loss(value, 6) for key, value in losses.items()} | {"parity": _brief(lane).replace("_", " ")}
    return [short.get(column.key) or column.text(lane) for column in columns]
