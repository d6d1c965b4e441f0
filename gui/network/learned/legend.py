"""What the colours and points of a plot stand for, in a line with a sample of each."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from engine.protocol import Side
from gui.look.colormaps import LEVELS, diverging
from gui.look.numbers import short
from gui.look.theme import Theme

from ..words import side_title
from .facts import Facts
from .plane_colors import PlaneScale

translate = QCoreApplication.translate
SHAPES = ("●", "■", "▲", "⬟", "⬢", "★", "▼", "✚", "✖")  # as the points' symbols, by class
MOST_CLASSES = 12  # that are named
LONGEST_NAME = 16  # characters of a class's


def class_legend(facts: Facts, theme: Theme) -> str:
    """Name each class beside its point, as rich text."""
    shown = range(min(facts.classes, MOST_CLASSES))
    marks = [_colored(SHAPES[number % len(SHAPES)], theme.entry_color(number)) for number in shown]
    samples = [f"{mark}&nbsp;{plain_name(facts, number)}" for number, mark in zip(shown, marks, strict=True)]
    more = " …" if facts.classes > MOST_CLASSES else ""
    return translate("learned", "class {samples}").format(samples=" &nbsp;".join(samples)) + more


def plain_name(facts: Facts, number: int) -> str:
    """Return what a class is called, cut short and as it stands in rich text."""
    name = facts.class_name(number)
    return escape(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…")


def plane_legend(scale: PlaneScale, theme: Theme) -> str:
    """Name the strongest colours and the line, as rich text."""
    table = diverging(theme.is_dark)
    ends = [(0, scale.middle - scale.half), (LEVELS - 1, scale.middle + scale.half)]
    colors = [QColor(*(int(part) for part in table[place][:3])).name() for place, _ in ends]
    texts = [_colored("■", color) + f"&nbsp;{short(value)}" for color, (_, value) in zip(colors, ends, strict=True)]
    if scale.line is not None:
        line = translate("learned", "line {value}").format(value=short(scale.line))
        texts.insert(1, f"<b>—</b>&nbsp;{line}")
    return " &nbsp;".join(texts)


def curve_legend(facts: Facts, side: Side, colors: Sequence[QColor]) -> str:
    """Name each curve, as rich text; a single one needs no name beside its data."""
    if side == "delta" and len(colors) == 1:
        return _colored("—", colors[0].name()) + "&nbsp;" + side_title(side, facts.lanes)
    if len(colors) == 1:
        text = translate("learned", "curve: prediction, points: targets")
        return _colored("—●", colors[0].name()) + f"&nbsp;{text}"
    names = [_colored("—", color.name()) + f"&nbsp;y{number}" for number, color in enumerate(colors, start=1)]
    more = " …" if facts.outputs > len(colors) else ""
    return " &nbsp;".join(names) + more


def points_legend(facts: Facts, drawn: int) -> str:
    """Say which points only test, and that not all rows are drawn; empty where there is nothing to say."""
    texts: list[str] = []
    if facts.has_test:
        texts.append(translate("learned", "hollow: only tests"))
    if drawn < len(facts.x):
        text = translate("learned", "{drawn} of {rows} rows drawn")
        texts.append(text.format(drawn=f"{drawn:,}", rows=f"{len(facts.x):,}"))
    return "".join(f" &nbsp;· {text}" for text in texts)


def _colored(text: str, color: str) -> str:
    return f'<span style="color:{color}">{text}</span>'
