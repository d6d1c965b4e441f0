"""The columns of the predictions: a row's inputs, its target, and what is made of them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication

from engine.protocol import Side
from gui.look.numbers import in_full, short

from .facts import Facts
from .legend import LONGEST_NAME
from .words import answer_text

translate = QCoreApplication.translate
DIGITS = 4
SAMPLE = 200  # rows whose inputs say how wide their column is
FEW = 4  # inputs that are written in a row
WIDEST = "−1.234e−10"  # a number of so many digits


class Told(NamedTuple):
    """Hold what is known of one row: a number an output, and of each lane its class or its 0 and 1 an output."""

    values: Array
    answers: tuple[Array, ...]


class Column(NamedTuple):
    """Describe a column: ``text`` writes a row's cell, ``full`` with all digits; None in ``told`` is not known yet.

    ``right``: whether a row is answered rightly, where the column says so. ``widest``: a text as wide as any.
    """

    title: str
    about: str
    text: Callable[[int, Told | None], str]
    full: Callable[[int, Told | None], str]
    right: Callable[[int, Told | None], bool | None] | None = None
    widest: str = WIDEST


def columns_of(facts: Facts, side: Side) -> list[Column]:
    """Return the columns; of both lanes' difference there is no error, as there is no prediction."""
    found = [_inputs(facts)]
    if facts.kind == "classes":
        return [*found, *_of_answer(facts, None), *_probabilities(facts, side)]
    for output in range(facts.outputs):
        found += _of_output(facts, side, output)
    return found


def _inputs(facts: Facts) -> Column:
    def text(row: int, _: Told | None) -> str:
        few = ", ".join(short(float(value)) for value in facts.x[row, :FEW])
        return few if facts.inputs <= FEW else f"{few}, …"

    def full(row: int, _: Told | None) -> str:
        return "\n".join(
            f"x{number} = {in_full(float(value))}" for number, value in enumerate(facts.x[row, :50], start=1)
        )

    title, about = translate("learned", "Inputs"), translate("learned", "The inputs of the row")
    sample = np.linspace(0, len(facts.x) - 1, min(len(facts.x), SAMPLE)).astype(int)
    widest = max((text(row, None) for row in sample.tolist()), key=len)
    return Column(title, about, text, full, widest=widest)


# --- numbers --------------------------------------------------------------------------------------


def _of_output(facts: Facts, side: Side, output: int) -> Iterator[Column]:
    """Yield the columns of one output; several have the names that the data's columns have."""
    name = f" y{output + 1}" if facts.outputs > 1 else ""
    target = partial(_target, facts, output)
    about = translate("learned", "What the network should answer for the row")
    yield _number(translate("learned", "Target") + name, about, target)
    value = partial(_value, output)
    dtype = facts.dtype if facts.target == "numbers" and side != "delta" else "float64"
    yield _number(_value_title(facts, side) + name, _value_about(facts, side), value, dtype)
    if facts.kind is not None:
        yield from _of_answer(facts, output if facts.outputs > 1 else 0, name)
    elif side != "delta":
        about = translate("learned", "What is predicted less the target")
        yield _number(translate("learned", "Error") + name, about, partial(_error, facts, output))


def _value_title(facts: Facts, side: Side) -> str:
    if side == "delta":
        return translate("learned", "Difference")
    if facts.target == "numbers":
        return translate("learned", "Prediction")
    return translate("learned", "Probability")


def _value_about(facts: Facts, side: Side) -> str:
    if side == "delta":
        return translate("learned", "What {lane} predicts less what torch predicts").format(lane=facts.lanes.diy)
    if facts.target == "numbers":
        return translate("learned", "What the network answers for the row")
    return translate("learned", "How probable a 1 is to the network: the sigmoid of its output")


def _number(
    title: str, about: str, value: Callable[[int, Told | None], float | None], dtype: str = "float64"
) -> Column:
    def text(row: int, told: Told | None) -> str:
        number = value(row, told)
        return "…" if number is None else short(number, DIGITS)

    def full(row: int, told: Told | None) -> str:
        number = value(row, told)
        return "" if number is None else in_full(number, dtype)

    return Column(title, about, text, full)


def _target(facts: Facts, output: int, row: int, _: Told | None) -> float:
    return float(facts.y[row, output])


def _value(output: int, _: int, told: Told | None) -> float | None:
    return None if told is None else float(told.values[output])


def _error(facts: Facts, output: int, row: int, told: Told | None) -> float | None:
    return None if told is None else float(told.values[output]) - float(facts.y[row, output])


# --- classes --------------------------------------------------------------------------------------


def _of_answer(facts: Facts, output: int | None, name: str = "") -> Iterator[Column]:
    """Yield the class that is answered and whether it is right, after the target where that is a class.

    ``output``: None where all outputs together answer a class.
    """
    if output is None:
        about = translate("learned", "The class that the data say")
        target = partial(_class, facts)
        yield Column(translate("learned", "Class"), about, target, target, widest=_widest(facts))

    def answered(row: int, told: Told | None) -> list[int]:  # noqa: ARG001
        return [] if told is None else [int(one if output is None else one[output]) for one in told.answers]

    def text(row: int, told: Told | None) -> str:
        return answer_text(facts, answered(row, told), has_names=output is None) if told is not None else "…"

    def right(row: int, told: Told | None) -> bool | None:
        true = int(facts.y[row] if output is None else facts.y[row, output])
        return None if told is None else all(answer == true for answer in answered(row, told))

    def mark(row: int, told: Told | None) -> str:
        return {True: "✓", False: "✗", None: ""}[right(row, told)]

    def spoken(row: int, told: Told | None) -> str:
        words = {True: translate("learned", "right"), False: translate("learned", "wrong"), None: ""}
        return words[right(row, told)]

    about = translate("learned", "The class that is answered; of both lanes, where they differ")
    yield Column(translate("learned", "Answer") + name, about, text, text, widest=max("0 / 0", _widest(facts), key=len))
    about = translate("learned", "Whether the answer is right")
    yield Column("✓" + name, about, mark, spoken, right, widest="✗")


def _class(facts: Facts, row: int, _: Told | None) -> str:
    return facts.class_name(int(facts.y[row]))


def _widest(facts: Facts) -> str:
    """Return the widest name of a class, within bounds."""
    names = [name[:LONGEST_NAME] for name in facts.names if facts.kind == "classes"]
    return max([f"{facts.classes - 1:,}", *names], key=len)


def _probabilities(facts: Facts, side: Side) -> Iterator[Column]:
    title = "Δp({number})" if side == "delta" else "p({number})"
    about = translate("learned", "How probable class {number} is to the network: the softmax of its outputs")
    if side == "delta":
        about = translate("learned", "How probable class {number} is to {lane}'s network, less how probable to torch's")
        about = about.replace("{lane}", facts.lanes.diy)
    for number in range(facts.outputs):
        name = facts.class_name(number)
        yield _number(title.format(number=name[:LONGEST_NAME]), about.format(number=name), partial(_value, number))


def told_of(values: Array, answers: Sequence[Array], place: int) -> Told:
    """Return what is known of the row at a place of an answer."""
    return Told(np.atleast_1d(values[place]), tuple(one[place] for one in answers))
