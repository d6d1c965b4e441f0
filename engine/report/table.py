"""The table of a comparison: the same columns on the terminal, in table.csv and on the page."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from engine.protocol import REPORT_WORDS, Verdict

from .figures import Figures, LaneFigures
from .numbers import NOTHING, count, exact, measure, short

Cell = str | int | float | None
VERDICTS: dict[Verdict, str] = {"lockstep": "lockstep", "drift": "drift", "diverged": "differs"}  # keys of the words


class Column(NamedTuple):
    """``key`` is that of its heading's words, ``name`` its heading in table.csv.

    ``value`` goes to files; ``text`` writes it in the experiment's dtype for a person.
    """

    key: str
    name: str
    value: Callable[[LaneFigures], Cell]
    text: Callable[[LaneFigures, str], str]


def _loss(key: str, name: str, value: Callable[[LaneFigures], float]) -> Column:
    return Column(key, name, value, lambda lane, dtype: exact(value(lane), dtype))


def _number(key: str, name: str, value: Callable[[LaneFigures], float | None], digits: int = 4) -> Column:
    return Column(key, name, value, lambda lane, _: measure(value(lane), digits))


def _count(key: str, name: str, value: Callable[[LaneFigures], int | None]) -> Column:
    return Column(key, name, value, lambda lane, _: count(value(lane)))


COLUMNS = (
    _loss("final", "final_loss", lambda lane: lane.row.final),
    _loss("best", "best_loss", lambda lane: lane.row.best),
    _count("best_step", "best_step", lambda lane: lane.row.best_step),
    _count("target_step", "target_step", lambda lane: lane.row.target_step),
    _number("area", "area_log10", lambda lane: lane.row.area),
    _number("grad_norm", "grad_norm", lambda lane: lane.row.grad_norm),
    _number("us_per_step", "us_per_step", lambda lane: lane.row.seconds_per_step * 1e6),
    _number("seconds", "seconds", lambda lane: lane.row.seconds, 3),
    _count("evaluations", "evaluations", lambda lane: lane.row.evaluations),
    _number("state_bytes", "state_bytes_per_weight", lambda lane: lane.row.state_bytes),
    Column("parity", "parity", lambda lane: _verdict(lane), lambda lane, _: _verdict(lane) or NOTHING),
    _number("max_abs", "max_abs_difference", lambda lane: _apart(lane), 2),
)


def _verdict(lane: LaneFigures) -> str | None:
    return None if lane.pair is None else VERDICTS[lane.pair.verdict]


def _apart(lane: LaneFigures) -> float | None:
    if lane.pair is None or lane.pair.farthest is None:
        return None
    return lane.pair.farthest.max_abs


def headings() -> list[str]:
    """Of table.csv."""
    return ["lane", "optimizer", "backend", *(column.name for column in COLUMNS)]


def table_rows(figures: Figures) -> Iterator[list[Cell]]:
    """Of table.csv: all digits, and nothing where there is nothing."""
    for lane in figures.lanes:
        name = figures.spec.optimizers[lane.entry].name
        yield [lane.id, name, lane.backend, *(column.value(lane) for column in COLUMNS)]


def texts_of(figures: Figures, lane: LaneFigures, words: Mapping[str, str] = REPORT_WORDS) -> list[str]:
    """A lane's line as a person reads it, without its name."""
    texts = [column.text(lane, figures.spec.dtype) for column in COLUMNS]
    place = [column.key for column in COLUMNS].index("parity")
    texts[place] = words.get(texts[place], NOTHING)
    return texts


def short_texts(lane: LaneFigures) -> list[str]:
    """The same where there is less room, in English: losses of a few digits."""
    losses = {"final": lane.row.final, "best": lane.row.best}
    texts = (column.text(lane, "float64") for column in COLUMNS)
    return [
        short(losses[column.key], 6) if column.key in losses else text
        for column, text in zip(COLUMNS, texts, strict=True)
    ]
