"""A pair's parity in a line of words, and in a table for who wants all of it."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.protocol import Distance, PairParity

from .lanes import backend_name
from .numbers import counted, exact, place, rounded

translate = QCoreApplication.translate

SYMBOLS = {"waiting": "…", "alone": "–", "lockstep": "✓", "drift": "≈", "diverged": "✗"}


class Line(NamedTuple):
    """``kind``: a verdict, or ``waiting`` before the first step, or ``alone`` without a pair.

    ``located``: it is known where the two lanes first differ.
    """

    kind: str
    text: str
    pair: PairParity | None = None
    located: bool = False

    @property
    def table(self) -> str:
        """Made when somebody looks: of many pairs it would cost more than all else in a frame."""
        return table_of(self.pair) if self.pair is not None else ""

    @property
    def shown(self) -> str:
        return f"{SYMBOLS[self.kind]} {self.text}"


def line_of(pair: PairParity, dtype: str) -> Line:
    """What is to be said of a pair."""
    newest = pair.farthest
    if pair.verdict == "diverged":
        return Line("diverged", _diverged(pair, dtype), pair, located=pair.divergence is not None)
    if pair.verdict == "drift":
        text = translate(
            "parity", "rounding drift since step {step}: max |Δ| {distance}; one step from the same state agrees"
        )
        return Line("drift", text.format(step=_step(pair.left_at), distance=_size(newest)), pair)
    if newest is None:
        return Line("waiting", translate("parity", "nothing compared before the first step"))
    return Line(
        "lockstep",
        translate("parity", "in lockstep, max |Δ| {distance}").format(distance=_size(newest)),
        pair,
    )


def alone(backend: str) -> Line:
    return Line("alone", translate("parity", "no pair: only {backend} runs").format(backend=backend_name(backend)))


def waiting() -> Line:
    return Line("waiting", translate("parity", "press Run or Step to begin"))


def _diverged(pair: PairParity, dtype: str) -> str:
    found = pair.divergence
    if found is None:
        return translate("parity", "differs since step {step}: max |Δ| {distance}").format(
            step=_step(pair.left_at), distance=_size(pair.farthest)
        )
    text = translate("parity", "differs at step {step}, stage {stage}, {place}: DIY {diy}, torch {torch}")
    return text.format(
        step=_step(found.step),
        stage=found.stage,
        place=place(found.tensor, found.index),
        diy=exact(found.diy, dtype),
        torch=exact(found.torch, dtype),
    )


def table_of(pair: PairParity) -> str:
    """Every group's distances at the newest step, and the run's worst, as rich text."""
    heads = (
        "",
        translate("parity", "max |Δ|"),
        translate("parity", "relative"),
        translate("parity", "ULPs"),
        translate("parity", "where"),
    )
    rows = "".join(_row(cells) for cells in _rows(pair))
    title = "".join(f"<th align=right>&nbsp;{head}&nbsp;</th>" for head in heads)
    worst = translate("parity", "Largest |Δ| of the run: {distance}").format(distance=rounded(pair.worst))
    parts = [f"<b>{escape(pair.label)}</b>", f"<table><tr>{title}</tr>{rows}</table>", worst]
    if pair.left_at is not None and pair.left is not None:
        left = translate("parity", "Left the tolerance at step {step}, {place}: |Δ| {distance}")
        where = escape(place(pair.left.tensor, pair.left.index))
        parts.append(left.format(step=_step(pair.left_at), place=where, distance=_size(pair.left)))
    return "<br>".join(parts)


def _rows(pair: PairParity) -> Iterator[tuple[str, ...]]:
    groups = (
        (translate("parity", "Loss"), pair.loss),
        (translate("parity", "Gradients"), pair.grad),
        (translate("parity", "Weights"), pair.weight),
        (translate("parity", "Optimizer state"), pair.state),
    )
    for name, group in groups:
        if group is not None:
            where = escape(place(group.tensor, group.index))
            yield name, rounded(group.max_abs), rounded(group.max_rel), counted(group.max_ulps), where


def _row(cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<td align=right>&nbsp;{cell}&nbsp;</td>" for cell in cells) + "</tr>"


def _size(distance: Distance | None) -> str:
    if distance is None:
        return "?"
    return translate("parity", "{distance} ({count} ULP)").format(
        distance=rounded(distance.max_abs), count=counted(distance.ulps)
    )


def _step(step: int | None) -> str:
    return "?" if step is None else f"{step:,}"
