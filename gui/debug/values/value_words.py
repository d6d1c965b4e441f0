"""A value in a few characters: a matrix by its shape and first elements, a number by its digits."""

from collections.abc import Callable, Sequence
from math import prod

from PySide6.QtCore import QCoreApplication

from engine.protocol import Value
from gui.look.numbers import in_full, short

translate = QCoreApplication.translate


def shape_text(value: Value) -> str:
    """Write a shape: ``2×4``; a single number has none."""
    return "×".join(map(str, value.shape)) if value.shape else ""


def is_number(value: Value) -> bool:
    """Tell whether it is one number, not an array of them; an array of a single element counts as one."""
    return value.shape is not None and prod(value.shape) == 1


def short_text(value: Value, elements: Sequence[float], digits: int = 4) -> str:
    """Return the first elements, as many as are known of it; the value's own words where it is no number."""
    if value.shape is None:
        return value.text
    if not elements:
        return translate("values", "empty") if not prod(value.shape) else ""
    texts = [short(element, _digits(value, digits)) for element in elements]
    if is_number(value):
        return texts[0]
    return ", ".join([*texts, *(["…"] if prod(value.shape) > len(elements) else [])])


def fitting_text(value: Value, elements: Sequence[float], fits: Callable[[str], bool]) -> str:
    """Write as many elements as fit, each with all of its digits: half a number would be another one."""
    for digits in (4, 3, 2):
        for count in range(len(elements), 0, -1) if digits == 4 else (1,):
            if fits(text := short_text(value, elements[:count], digits)):
                return text
    return "…" if elements else short_text(value, elements)


def full_text(value: Value, elements: Sequence[float], write: Callable[[float, str], str] = in_full) -> str:
    """Write the value with every digit; ``write`` says how a number is written."""
    if value.shape is None or not elements:
        return short_text(value, elements)
    more = ["…"] if prod(value.shape) > len(elements) else []
    return ", ".join([*(write(element, value.dtype) for element in elements), *more])


def _digits(value: Value, digits: int) -> int:
    """Whole numbers (t = 123456) are written in full."""
    return 18 if value.dtype in ("int", "int64", "bool") else digits
