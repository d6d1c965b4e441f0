"""A pair's parity in a line of words, and in a table for who wants all of it."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.protocol import (
    LARGE,
    PairParity,
    before_text,
    finding_of,
    judged_text,
    pair_kind,
    pair_sentence,
    worst_text,
)
from gui.look.glossary import BY_KEY, brief
from gui.look.lanes import backend_name
from gui.look.notes import not_told
from gui.look.numbers import counted, place, rounded
from gui.look.theme import Theme

from .pair_words import WORDS

translate = QCoreApplication.translate

SYMBOLS = {
    **{"waiting": "…", "alone": "–", "lockstep": "✓", "drift": "≈"},
    **{"differs": "✗", "unstable": "↯", "not_finite": "∞"},
}


class Line(NamedTuple):
    """Hold a pair's line. ``kind``: a verdict, ``drift`` in a lockstep, ``waiting`` before the first step, or
    ``alone``.

    ``located``: it is known where the pair came to its verdict. ``note``: what else is to be said of the entry;
    ``before``: what its code was found to be before it was changed.
    """

    kind: str
    text: str
    pair: PairParity | None = None
    located: bool = False
    note: str = ""
    before: str = ""

    @property
    def table(self) -> str:
        """Return the table, made when somebody looks: of many pairs it would cost more than all else in a frame."""
        return table_of(self.pair) if self.pair is not None else ""

    @property
    def shown(self) -> str:
        told = f"{SYMBOLS[self.kind]} {self.text}"
        return f"{told} · ⚠ {self.note}" if self.note else told

    @property
    def tip(self) -> str:
        """Return the line in full, since it may be cut off, what it means, and the table; rich text.

        What lockstep means is said of all steps of a run: not where it began with a change of code.
        """
        meant = "" if self.before and self.kind == "lockstep" else meaning(self.kind)
        parts = (self.shown, self.before, meant)
        return "".join(f"<p>{escape(part)}</p>" for part in parts if part) + self.table


def line_of(pair: PairParity, dtype: str) -> Line:
    """Say what is to be said of a pair."""
    kind, text = pair_kind(pair), pair_sentence(pair, dtype, WORDS)
    shown = None if kind == "waiting" else pair
    return Line(kind, text, shown, finding_of(pair) is not None, before=before_text(pair, dtype, WORDS))


def alone(side: str) -> Line:
    """Say that there is one lane alone: of ``diy``, ``torch`` or a ``log``."""
    return Line("alone", translate("parity", "no pair: only {backend} runs").format(backend=backend_name(side)))


def waiting() -> Line:
    return Line("waiting", translate("parity", "press Run or Step to begin"))


def hushed() -> Line:
    return Line("waiting", not_told())


def kind_color(kind: str, theme: Theme) -> str:
    """Return a line's colour; drift is as right as the rest of a lockstep."""
    colors = {"lockstep": theme.ok, "drift": theme.ok, "not_finite": theme.warning}
    return colors.get(kind) or (theme.error if kind in ("differs", "unstable") else theme.muted)


def meaning(kind: str) -> str:
    """Say in a sentence what the word stands for, as the glossary has it; empty where it stands for itself."""
    return brief(kind) if kind in BY_KEY else ""


def table_of(pair: PairParity) -> str:
    """Return every group's distances at the newest step, the run's worst, and what was judged, as rich text.

    Of numbers that are not finite there are no distances to tell.
    """
    if pair_kind(pair) == "not_finite":
        return f"<b>{escape(pair.label)}</b>"
    heads = (
        "",
        translate("parity", "max |Δ|"),
        translate("parity", "relative"),
        translate("parity", "ULPs"),
        translate("parity", "where"),
    )
    rows = "".join(_row(cells) for cells in _rows(pair))
    title = "".join(f"<th align=right>&nbsp;{head}&nbsp;</th>" for head in heads)
    parts = [f"<b>{escape(pair.label)}</b>", f"<table><tr>{title}</tr>{rows}</table>"]
    parts += [worst_text(pair, WORDS), judged_text(pair, WORDS)]
    return "<br>".join(part for part in parts if part)


def _rows(pair: PairParity) -> Iterator[tuple[str, ...]]:
    groups = (
        (translate("parity", "Loss"), pair.loss),
        (translate("parity", "Gradients"), pair.grad),
        (translate("parity", "Weights"), pair.weight),
        (translate("parity", "Optimizer state"), pair.state),
    )
    for name, group in groups:
        if group is not None:
            relative = rounded(group.max_rel) if group.max_rel < 1 else "> 1"
            ulps, where = counted(group.max_ulps) or "–", place(group.tensor, group.index)
            yield name, rounded(group.max_abs), relative, ulps, where


def _row(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td align=right>&nbsp;{escape(cell)}&nbsp;</td>" for cell in cells) + "</tr>"


def distance_cell(pair: PairParity) -> str:
    """Return how far a pair is apart, in a few characters behind its sign; the sign alone where no number says it."""
    kind, newest = pair_kind(pair), pair.farthest
    if newest is None or kind == "not_finite":
        return SYMBOLS[kind]
    if kind in ("differs", "unstable") or newest.max_abs < LARGE:
        return f"{SYMBOLS[kind]} {rounded(newest.max_abs)}"
    count = counted(newest.ulps)
    return f"{SYMBOLS[kind]} {WORDS['pair_ulps'].format(count=count)}" if count else SYMBOLS[kind]
