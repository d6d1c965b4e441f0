"""A value's verdict as a mark, a colour and a few words: the same wherever the debugger shows one."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import Distance, StageVerdict, Value
from gui.theme import Theme
from gui.views.numbers import counted, rounded

translate = QCoreApplication.translate

MARKS: dict[str | None, str] = {"equal": "=", "rounding": "✓", "drift": "≈", "differs": "✗", "alone": "–", None: "–"}


def mark(verdict: StageVerdict | None) -> str:
    """A sign, since colours alone do not reach everybody."""
    return MARKS[verdict]


def verdict_color(verdict: StageVerdict | None, theme: Theme) -> str:
    colors = {"equal": theme.ok, "rounding": theme.ok, "drift": theme.warning, "differs": theme.error}
    return colors.get(verdict or "alone", theme.muted)


def verdict_text(verdict: StageVerdict | None) -> str:
    """What the mark means."""
    if verdict == "equal":
        return translate("verdicts", "equal bit for bit")
    if verdict == "rounding":
        return translate("verdicts", "equal within rounding")
    if verdict == "drift":
        return translate("verdicts", "rounding drift: one step from the same state agrees")
    if verdict == "differs":
        return translate("verdicts", "differs, even from the same state")
    return translate("verdicts", "torch has none")


def distance_text(distance: Distance) -> str:
    """``3e−8 (1 ULP)``; a plain 0 where both are equal."""
    if not distance.max_abs:
        return "0"
    text = translate("verdicts", "{distance} ({count} ULP)")
    return text.format(distance=rounded(distance.max_abs), count=counted(distance.ulps))


def no_twin_text(value: Value) -> str:
    """Why there is nothing beside a value."""
    if value.shape is None:
        return translate("verdicts", "This is no number: there is nothing to compare.")
    return translate(
        "verdicts",
        "torch has no number to lay beside this one: it computes the step without this intermediate, "
        "or keeps it to itself. What it does have is compared where it is made.",
    )
