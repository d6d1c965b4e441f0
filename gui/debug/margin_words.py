"""Values in a few characters, for the margin of a line, and in full for a tooltip; and the marks of parity."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from engine.protocol import Binding, StageVerdict, Traced, Value
from gui.theme import Theme
from gui.views.numbers import counted, exact, rounded, short

translate = QCoreApplication.translate

MARKS: dict[StageVerdict, str] = {"equal": "✓", "rounding": "✓", "drift": "≈", "differs": "✗", "alone": "–"}
_WORST: tuple[StageVerdict, ...] = ("alone", "equal", "rounding", "drift", "differs")
MOST_FIRST = 6  # elements in a tooltip
MOST_TEXT = 24  # characters of what is no number


def verdict_text(verdict: StageVerdict) -> str:
    """What a mark means."""
    return {
        "equal": translate("debug", "equal bit for bit"),
        "rounding": translate("debug", "equal but for rounding"),
        "drift": translate("debug", "rounding drift: one step from the same state agrees"),
        "differs": translate("debug", "differs from torch"),
        "alone": translate("debug", "torch has no such value"),
    }[verdict]


def verdict_color(verdict: StageVerdict | None, theme: Theme) -> str:
    colors = {"equal": theme.ok, "rounding": theme.ok, "drift": theme.warning, "differs": theme.error}
    return theme.muted if verdict is None else colors.get(verdict, theme.muted)


def shape_text(shape: tuple[int, ...]) -> str:
    """As NumPy says it; empty for a single number."""
    return str(shape) if shape else ""


def brief(value: Value) -> str:
    """``(4, 4) −0.12 … 0.3``, or the number, or what else it is."""
    if value.shape is None or value.low is None or value.high is None:
        return value.text if len(value.text) <= MOST_TEXT else value.text[: MOST_TEXT - 1] + "…"
    if value.low == value.high or not value.shape:
        return f"{shape_text(value.shape)} {short(value.low)}".strip()
    return f"{shape_text(value.shape)} {short(value.low)} … {short(value.high)}".strip()


def worst(traced: Traced, made: Sequence[Binding]) -> StageVerdict | None:
    """The verdict that counts where several values share a mark; None where nothing is a number."""
    values = [traced.values[binding.value] for binding in made]
    verdicts = [value.verdict or "alone" for value in values if value.shape is not None]
    return max(verdicts, key=lambda verdict: _WORST.index(verdict), default=None)


def margin_texts(traced: Traced, made: Sequence[Binding]) -> list[str]:
    """What a line made, from in full to the mere mark (empty without one): the first that finds room is shown."""
    if not made:
        return []
    verdict = worst(traced, made)
    mark = "" if verdict is None else MARKS[verdict]
    values = [(binding.name, traced.values[binding.value]) for binding in made]
    if len(values) == 1:
        name, value = values[0]
        name = _shown_name(name)
        texts = [f"{name} {brief(value)} {mark}", f"{brief(value)} {mark}"]
        texts += [f"{shape_text(value.shape)} {mark}"] if value.shape else []
    else:
        numbers = [(name, value) for name, value in values if value.shape is not None] or values
        texts = [
            "   ".join(f"{_shown_name(name)} {brief(value)}" for name, value in values) + f" {mark}",
            "   ".join(f"{_shown_name(name)} {brief(value)}" for name, value in numbers) + f" {mark}",
            ", ".join(_shown_name(name) for name, _ in numbers) + f" {mark}",
        ]
    return [text.strip() for text in (*texts, mark)]


def _shown_name(name: str) -> str:
    return "→" if name == "return" else name


def value_tip(name: str, value: Value) -> str:
    """All that the trace tells of a value, as rich text."""
    title = translate("debug", "returned") if name == "return" else name
    about = " ".join(part for part in (value.dtype, shape_text(value.shape or ())) if part)
    lines = [f"<b>{escape(title)}</b> {escape(about)}".strip()]
    if value.shape is None:
        return "<br>".join([*lines, escape(value.text)])
    if value.shape and value.low is not None and value.mean is not None and value.high is not None:
        range_text = translate("debug", "min {low}, mean {mean}, max {high}")
        lines.append(range_text.format(low=short(value.low, 5), mean=short(value.mean, 5), high=short(value.high, 5)))
    lines.append(translate("debug", "DIY: {numbers}").format(numbers=_numbers(value, value.first)))
    if value.twin is None:
        lines.append(f"{MARKS['alone']} {verdict_text('alone')}")
    else:
        numbers = _numbers(value, value.twin_first)
        lines.append(translate("debug", "torch: {numbers}").format(numbers=numbers) + f" ({escape(value.twin)})")
        lines.append(_apart(value))
    return "<br>".join(lines)


def _apart(value: Value) -> str:
    verdict = value.verdict or "alone"
    said = f"{MARKS[verdict]} {verdict_text(verdict)}"
    if value.distance is None:
        return said
    size = translate("debug", "max |Δ| {distance} ({count} ULP)")
    return said + ", " + size.format(distance=rounded(value.distance.max_abs), count=counted(value.distance.ulps))


def _numbers(value: Value, first: Sequence[float]) -> str:
    shown = ", ".join(exact(number, value.dtype) for number in first[:MOST_FIRST])
    size = 1
    for length in value.shape or ():
        size *= length
    return f"{shown}, …" if size > len(first[:MOST_FIRST]) else shown
