"""Which settings of two experiments differ, in the words of the forms: where, and what stood there then and now."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.session_file import Differing, cut, differing, in_a_line, size_of
from engine.spec import ExperimentSpec, Fault, Numbers
from gui.look.wording import fault_place
from gui.session.param_words import text as value_text

translate = QCoreApplication.translate
OF_ENTRY = 2  # how much of a path names the entry
MISSING = "–"


class Difference(NamedTuple):
    """Hold a setting that differs: its place, and what stands there."""

    place: str
    then: str
    now: str


def differences(then: ExperimentSpec, now: ExperimentSpec, linked: Mapping[str, Any] | None = None) -> list[Difference]:
    """List all settings that differ and that a run's numbers may depend on, entries paired by their labels.

    ``linked``: what ``then`` says of data in a file, where those were not read.
    """
    return [_in_words(one) for one in differing(then, now, linked)]


def _in_words(one: Differing) -> Difference:
    if not one.path:
        there, entry = translate("earlier", "there"), translate("earlier", "Optimizer {label}")
        sides = (there if side else MISSING for side in (one.then, one.now))
        return Difference(entry.format(label=one.label), *sides)
    place = fault_place(Fault(one.path, "", {}), 0 if one.label is None else OF_ENTRY)
    place = place[:1].upper() + place[1:] if one.label is None else f"{one.label}: {place}"
    return Difference(place, *_texts(one.then, one.now))


def _texts(then: Any, now: Any) -> tuple[str, str]:
    """Write both; of what reads the same, that the second is another."""
    old, new = _text(then), _text(now)
    return old, translate("earlier", "{value}, others").format(value=new) if old == new else new


def _text(value: Any) -> str:
    """Write a value; of what is no single one, how much there is."""
    if value is None:
        return MISSING
    if isinstance(value, Numbers):
        return translate("earlier", "{size} numbers").format(size=size_of(value))
    if isinstance(value, str) and "\n" in value:
        return translate("earlier", "{count} lines").format(count=value.count("\n") + 1)
    return cut(value_text(in_a_line(value)))
