"""A comparison as one HTML page that needs nothing else: nothing that runs, no font, no picture from elsewhere.

What stands where is in ``page.html.jinja``; here is what it is filled with. Whatever a person has typed, labels and
title, is text on it and nothing more: the template escapes all but the style and the pictures.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.protocol import (
    PairParity,
    before_text,
    judged_text,
    lowest,
    pair_sentence,
    past_plan,
    past_plans,
    spread_of,
    worst_text,
)
from engine.session_file.report_page import data_element
from engine.spec import layout, path_in_words
from engine.spec.sizes import in_words

from .data import LARGEST_EXPERIMENT
from .figures import Figures, LaneFigures
from .numbers import count, short
from .settings import change_text, effective, facts
from .style import sheet, variables, within_page
from .surface import heights_of, note
from .sweep import title as sweep_title
from .table import Column, columns_of, texts_of

if TYPE_CHECKING:
    from jinja2 import Template

Words = Mapping[str, str]
WRONG = ("differs", "unstable", "not_finite")


class Cell(NamedTuple):
    """Hold a number as people read it, and ``exact`` with all digits."""

    text: str
    exact: str
    differs: bool


class Row(NamedTuple):
    """Hold a lane's line of the table."""

    entry: int
    lane: str
    hidden: bool
    cells: list[Cell]


class Picture(NamedTuple):
    """Hold a picture: ``name`` is its title's key, ``drawn`` the SVG text after ``<svg``, where the page adds its
    own.
    """

    name: str
    note: str
    drawn: str


class Entry(NamedTuple):
    """Hold an optimizer entry's label, and all its settings as JSON."""

    label: str
    json: str


def page(figures: Figures, pictures: Mapping[str, str], words: Words) -> str:
    """Return the page's text. ``pictures``: SVG texts on clear grounds, by the keys of their titles."""
    columns = columns_of(figures)
    heights = None if figures.surface is None else heights_of(figures.surface.values)
    named = variables(figures.colors, 0 if heights is None else len(heights.levels) - 1)
    return template().render(
        words=words,
        title=figures.spec.title or words["heading"],
        style=sheet(named),
        about=list(_about(figures, words)),
        facts=[*facts(figures.spec, words), (words["steps"], count(figures.newest))],
        columns=[column.key for column in columns],
        rows=[_row(lane, columns, words) for lane in figures.lanes],
        results_note=_about_results(figures, words),
        parity=list(_parity(figures, words)),
        has_logs=any(entry.log is not None for entry in figures.spec.optimizers),
        pictures=[_picture(figures, name, within_page(svg, name, named), words) for name, svg in pictures.items()],
        entries=list(_entries(figures)),
        changes=[change_text(figures.spec, change, words) for change in figures.changes],
        **_file(figures, words),
        data=data_element(dict(figures.numbers)) if figures.numbers else "",
    )


@cache
def template() -> "Template":
    """Load the page's template. jinja2 takes tenths of a second to load: only whoever writes a page waits for it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html.jinja")


def _about(figures: Figures, words: Words) -> Iterator[str]:
    if figures.spec.title:
        yield words["heading"]
    yield words["made"].format(when=figures.made.strftime("%Y-%m-%d %H:%M %z").strip())
    yield words["versions"].format(**figures.versions)


# --- results -------------------------------------------------------------------------------------


def _row(lane: LaneFigures, columns: Sequence[Column], words: Words) -> Row:
    values = [column.value(lane) for column in columns]
    cells = [
        Cell(text, "" if value is None else str(value), value in WRONG)
        for text, value in zip(texts_of(lane, columns, words), values, strict=True)
    ]
    return Row(lane.entry, lane.id, lane.hidden, cells)


def _parity(figures: Figures, words: Words) -> Iterator[str]:
    yield from (parity_text(figures, pair, words) for pair in figures.pairs)
    if not figures.pairs:
        yield words["parity_alone"]
    for entry, text in past_plans(figures.spec, figures.newest, words):
        yield words["parity_told"].format(label=figures.spec.labels[entry], told=text)


def _about_results(figures: Figures, words: Words) -> str:
    texts = [words["results_note"].format(at=count(figures.step))]
    if figures.ended:
        texts.append(words["ended_note"].format(told=figures.ended))
    if figures.step < figures.newest:
        texts.append(words["results_past_note"].format(step=count(figures.newest), at=count(figures.step)))
    if figures.every is not None:
        texts.append(words["every_note"].format(every=count(figures.every)))
    if figures.test_every is not None:
        texts.append(words["test_note"].format(every=count(figures.test_every)))
    if figures.target is not None:
        note = "target_note" if figures.target_of == "training" else "test_target_note"
        texts.append(words[note].format(target=short(figures.target, 6)))
    if figures.has_classes:
        texts.append(words["accuracy_note"])
    return " ".join([*texts, words["area_note"], words["seconds_note"]])


def parity_text(figures: Figures, pair: PairParity, words: Words) -> str:
    """Say how a pair has fared, how far its lanes have been apart, and what of it was judged."""
    told = pair_sentence(pair, figures.spec.dtype, words)
    texts = [words["parity_told"].format(label=pair.label, told=told)]
    if pair.verdict == "lockstep":
        texts += [worst_text(pair, words), judged_text(pair, words)]
    texts.append(before_text(pair, figures.spec.dtype, words))
    return " ".join(filter(None, texts))


# --- pictures ------------------------------------------------------------------------------------


def _picture(figures: Figures, name: str, svg: str, words: Words) -> Picture:
    notes = {
        "rates": lambda: words["rates_note"],
        "surface": lambda: _about_surface(figures, words),
        "sweep": lambda: _about_sweep(figures, words),
    }
    return Picture(name, notes[name]() if name in notes else "", svg.removeprefix("<svg "))


def _about_surface(figures: Figures, words: Words) -> str:
    assert figures.surface is not None
    return note(figures, figures.surface, words)


def _about_sweep(figures: Figures, words: Words) -> str:
    part = figures.sweep
    assert part is not None
    texts = [sweep_title(figures.sweep_spec, part, words) + "."]
    spread = spread_of(part, by=figures.sweep_by)
    if (best := lowest(spread)) is not None:
        axes = zip(part.plan.axes, best, strict=False)
        values = ", ".join(f"{path_in_words(axis.path)} {short(axis.values[place])}" for axis, place in axes)
        note = "sweep_lowest_test" if figures.sweep_by == "test" else "sweep_lowest"
        texts.append(words[note].format(values=values, loss=short(float(spread.median[best]), 5)))
    if told := past_plan(figures.sweep_spec.optimizers[part.plan.entry], part.step, words):
        label = figures.sweep_spec.labels[part.plan.entry]
        texts.append(words["parity_told"].format(label=label, told=told))
    if lost := int(part.diverged.sum()):
        texts.append(words["sweep_diverged"].format(count=count(lost), all=count(part.diverged.size)))
    return " ".join(texts)


# --- settings ------------------------------------------------------------------------------------


def _entries(figures: Figures) -> Iterator[Entry]:
    for label, entry in zip(figures.spec.labels, figures.spec.optimizers, strict=True):
        yield Entry(label, layout(_listed(effective(entry))))


def _listed(value: object) -> object:
    """Return the value with lists in place of tuples, which JSON lacks."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def _file(figures: Figures, words: Words) -> dict[str, Any]:
    """Return the experiment file's text and what is said of it; one that is too large is left out."""
    text = figures.spec.to_json()
    if len(text) > LARGEST_EXPERIMENT:
        return {"file": None, "file_note": words["file_too_large"].format(size=in_words(len(text)))}
    return {"file": text, "file_note": words["file_note"]}
