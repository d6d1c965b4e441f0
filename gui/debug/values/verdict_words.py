"""A value's verdict as a mark, a colour and a few words: the same wherever the debugger shows one."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import Distance, StageVerdict, Value
from gui.look.notes import not_told
from gui.look.numbers import counted, rounded
from gui.look.theme import Theme

translate = QCoreApplication.translate

MARKS: dict[str | None, str] = {
    **{"equal": "=", "rounding": "✓", "differs": "✗", "unstable": "↯", "not_finite": "∞"},
    **{"alone": "–", None: "–", "departs": "✗", "unpaired": "–", "hidden": ""},
}
WORST_FIRST: tuple[StageVerdict, ...] = (
    *("hidden", "differs", "departs", "unstable", "not_finite", "rounding", "equal", "alone", "unpaired"),
)


def mark(verdict: StageVerdict | None) -> str:
    """Return a sign, since colours alone do not reach everybody."""
    return MARKS[verdict]


def verdict_color(verdict: StageVerdict | None, theme: Theme) -> str:
    colors = {"equal": theme.ok, "rounding": theme.ok, "not_finite": theme.warning}
    colors |= {"departs": theme.error, "differs": theme.error, "unstable": theme.error}
    return colors.get(verdict or "alone", theme.muted)


def verdict_text(verdict: StageVerdict | None) -> str:
    """Say what the mark means."""
    texts = {
        "equal": translate("verdicts", "equal bit for bit"),
        "rounding": translate("verdicts", "equal within rounding"),
        "differs": translate("verdicts", "differs, even from the same inputs"),
        "departs": translate("verdicts", "departs from torch's"),
        "unpaired": translate("verdicts", "not paired"),
        "unstable": translate("verdicts", "unstable: right in exact arithmetic, but far less exact than torch"),
        "not_finite": translate("verdicts", "NaN or infinite: there is nothing to compare"),
        "hidden": not_told(),
    }
    return texts.get(verdict or "alone") or translate("verdicts", "torch has none")


def distance_text(distance: Distance) -> str:
    """Write a distance: ``3e−8 (1 ULP)``; a plain 0 where both are equal, and no ULPs where they say nothing."""
    count = counted(distance.ulps)
    if not distance.max_abs or not count:
        return rounded(distance.max_abs)
    text = translate("verdicts", "{distance} ({count} ULP)")
    return text.format(distance=rounded(distance.max_abs), count=count)


def marked_text(verdict: StageVerdict | None, distance: Distance | None) -> str:
    """Write the mark, what it means, and how far apart numbers are that can be: ``✗ differs …, max |Δ| 0.1``."""
    said = f"{mark(verdict)} {verdict_text(verdict)}".strip()
    tells = distance is not None and verdict not in ("equal", "not_finite")
    return f"{said}, max |Δ| {distance_text(distance)}" if distance is not None and tells else said


def no_twin_text(value: Value) -> str:
    """Return why there is nothing beside a value."""
    if value.shape is None:
        return translate("verdicts", "This is no number: there is nothing to compare.")
    if value.verdict == "unpaired":
        return translate("verdicts", "No value of torch's is paired with this one.")
    return translate(
        "verdicts",
        "torch has no number to lay beside this one: it computes the step without this intermediate, "
        "or keeps it to itself. What it does have is compared where it is made.",
    )
