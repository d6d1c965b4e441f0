"""Values in a few characters, for the margin of a line, and in full for a tooltip."""

from collections.abc import Sequence
from html import escape
from math import prod

from PySide6.QtCore import QCoreApplication

from engine.protocol import Binding, StageVerdict, Traced, Value
from gui.look.lanes import PairNames
from gui.look.numbers import exact, short

from ..values.value_words import shape_text
from ..values.verdict_words import WORST_FIRST, mark, marked_text, verdict_text

translate = QCoreApplication.translate

MOST_FIRST = 6  # elements in a tooltip
MOST_TEXT = 24  # characters of what is no number


def brief(value: Value) -> str:
    """Write a value in brief: ``4×4 −0.12 … 0.3``, or the number, or what else it is."""
    if value.shape is None or value.low is None or value.high is None:
        return value.text if len(value.text) <= MOST_TEXT else value.text[: MOST_TEXT - 1] + "…"
    if value.low == value.high or not value.shape:
        return f"{_shape(value)} {short(value.low)}".strip()
    return f"{_shape(value)} {short(value.low)} … {short(value.high)}"


def _shape(value: Value) -> str:
    """Write a shape; a vector's length in parentheses: by itself it would read as a number."""
    return f"({shape_text(value)})" if len(value.shape or ()) == 1 else shape_text(value)


def worst(traced: Traced, made: Sequence[Binding]) -> StageVerdict | None:
    """Return the verdict that counts where several values share a mark; None where nothing is a number."""
    values = [traced.values[binding.value] for binding in made]
    verdicts = {value.verdict or "alone" for value in values if value.shape is not None}
    return next((verdict for verdict in WORST_FIRST if verdict in verdicts), None)


def margin_texts(traced: Traced, made: Sequence[Binding]) -> list[str]:
    """Say what a line made, from in full to the mere mark (empty without one): the first that finds room is shown."""
    if not made:
        return []
    verdict = worst(traced, made)
    sign = "" if verdict is None else mark(verdict)
    values = [(binding.name, traced.values[binding.value]) for binding in made]
    if len(values) == 1:
        name, value = values[0]
        name = _shown_name(name)
        texts = [f"{name} {brief(value)} {sign}", f"{brief(value)} {sign}"]
        texts += [f"{_shape(value)} {sign}"] if value.shape else []
    else:
        numbers = [(name, value) for name, value in values if value.shape is not None] or values
        texts = [
            "   ".join(f"{_shown_name(name)} {brief(value)}" for name, value in values) + f" {sign}",
            "   ".join(f"{_shown_name(name)} {brief(value)}" for name, value in numbers) + f" {sign}",
            ", ".join(_shown_name(name) for name, _ in numbers) + f" {sign}",
        ]
    return [text.strip() for text in (*texts, sign)]


def _shown_name(name: str) -> str:
    return "→" if name == "return" else name


def value_tip(name: str, value: Value, lanes: PairNames) -> str:
    """Return all that the trace tells of a value, as rich text; ``lanes`` names whose numbers they are."""
    title = translate("debug", "returned") if name == "return" else name
    about = " ".join(part for part in (value.dtype, shape_text(value)) if part)
    lines = [f"<b>{escape(title)}</b> {escape(about)}".strip()]
    if value.shape is None:
        return "<br>".join([*lines, escape(value.text)])
    if value.shape and value.low is not None and value.mean is not None and value.high is not None:
        range_text = translate("debug", "min {low}, mean {mean}, max {high}")
        lines.append(range_text.format(low=short(value.low, 5), mean=short(value.mean, 5), high=short(value.high, 5)))
    if value.first:
        lines.append(_of_lane(lanes.diy, value, value.first))
    if value.twin is None:
        lines.append(f"{mark(value.verdict)} {verdict_text(value.verdict)}")
    else:
        lines.append(_of_lane(lanes.torch, value, value.twin_first) + f" ({escape(value.twin)})")
        if value.first:
            lines.append(marked_text(value.verdict, value.distance))
    return "<br>".join(lines)


def _of_lane(lane: str, value: Value, first: Sequence[float]) -> str:
    return translate("debug", "{lane}: {numbers}").format(lane=lane, numbers=_numbers(value, first))


def _numbers(value: Value, first: Sequence[float]) -> str:
    shown = ", ".join(exact(number, value.dtype) for number in first[:MOST_FIRST])
    return f"{shown}, …" if prod(value.shape or ()) > len(first[:MOST_FIRST]) else shown
