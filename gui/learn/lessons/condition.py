"""When a step of a lesson is done: a condition on what the window shows, as it is written in the lesson's file.

``step >= 20 and not running``, ``optimizer is Adam``, ``shows formula_page``, ``field optimizer1_lr is 0.5``. It is
read here, word by word, and never run as code.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

Fact = float | bool | str | None  # None: there is nothing of that kind now

NUMBERS, WORDS, SWITCHES = "number", "word", "switch"
FACTS: Mapping[str, str] = {
    "step": NUMBERS,  # at which the run stands
    "newest": NUMBERS,  # the last one that the run has
    "speed": NUMBERS,  # steps a second; infinite: as fast as possible
    "loss": NUMBERS,  # of the first entry's DIY lane at the newest step, before its update
    "rate": NUMBERS,  # the learning rate of the first entry, as it is typed
    "entries": NUMBERS,  # optimizers in the run
    "branches": NUMBERS,  # old futures that the run keeps
    "stage": NUMBERS,  # of the traced step, from 0, where the debugger stands
    "running": SWITCHES,
    "stale": SWITCHES,  # whether the experiment typed is another than the one that ran
    "reason": SWITCHES,  # whether a diagnosis' Why? is open
    "optimizer": WORDS,  # of the run's first entry
    "typed_optimizer": WORDS,
    "activation": WORDS,  # of the run's last layer
    "typed_activation": WORDS,
    "tab": WORDS,  # run, network, debug, compare
    "diagnosis": WORDS,  # the kind that the line below the plot tells
    "element": WORDS,  # whose chain rule is in front: layer1.weight[0,1]
    "parity": WORDS,  # of the first pair: lockstep, differs, unstable, not_finite
    "code": WORDS,  # what the own code in the experiment is, the worst of it: identical, rounding, mistake …
}
SAME, OTHER = "is", "is not"
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    **{">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
}
_TERM = re.compile(r"(?P<name>\w+)\s*(?P<sign>>=|<=|>|<|=|\bis not\b|\bis\b)\s*(?P<value>\S.*)")


class Facts(Protocol):
    """Tell what the window shows. ``fact`` by a name of ``FACTS``; ``is_shown`` and ``field`` by a widget's name."""

    def fact(self, name: str) -> Fact: ...

    def is_shown(self, widget: str) -> bool: ...

    def field(self, widget: str) -> str | None: ...


class ConditionError(ValueError):
    """Say why a condition cannot be read: ``code`` and ``fields``, which the window words."""

    def __init__(self, code: str, **fields: str):
        super().__init__(code)
        self.code, self.fields = code, fields


class Term(NamedTuple):
    """Hold one thing that is asked for: that it is so, or is not. ``kind``: a fact, ``shows`` or ``field``."""

    kind: str
    name: str
    sign: str = SAME
    value: float | bool | str = True
    is_wanted: bool = True

    def holds(self, facts: Facts) -> bool:
        return self._is_so(facts) == self.is_wanted

    def _is_so(self, facts: Facts) -> bool:
        if self.kind == "shows":
            return facts.is_shown(self.name)
        found = facts.field(self.name) if self.kind == "field" else facts.fact(self.name)
        if found is None:
            return self.sign == OTHER
        if self.sign in COMPARISONS:
            number = _number(str(found))
            return number is not None and COMPARISONS[self.sign](number, float(self.value))
        return _is_same(found, self.value) == (self.sign == SAME)


class Condition(NamedTuple):
    """Hold what all must be so at once; nothing: it always holds."""

    terms: tuple[Term, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is so now."""
        return all(term.holds(facts) for term in self.terms)


def read_condition(text: str) -> Condition:
    """Read a condition: terms joined by ``and``. Raises ConditionError."""
    return Condition(tuple(_term(part.strip()) for part in re.split(r"\band\b", text)))


def _term(text: str) -> Term:
    """Read one term, with or without a ``not`` before it."""
    bare = text.removeprefix("not ").strip()
    return _bare_term(bare, text)._replace(is_wanted=not text.startswith("not "))


def _bare_term(bare: str, text: str) -> Term:
    first, _, rest = bare.partition(" ")
    if first == "shows":
        return Term("shows", _one_word(rest, text))
    if re.fullmatch(r"\w+", bare) or not re.search(r"[<>=]|\bis\b", bare):
        if FACTS.get(bare) != SWITCHES:
            raise ConditionError("lesson_no_switch", text=text, known=_known(SWITCHES))
        return Term("fact", bare)
    kind, compared = ("field", rest) if first == "field" else ("fact", bare)
    match = _TERM.fullmatch(compared.strip())
    if match is None:
        raise ConditionError("lesson_no_comparison", text=text)
    return _compared(kind, match["name"], match["sign"], match["value"].strip(), text)


def _compared(kind: str, name: str, sign: str, value: str, text: str) -> Term:
    number = _number(value)
    if kind == "fact" and FACTS.get(name, SWITCHES) == SWITCHES:
        raise ConditionError("lesson_unknown_fact", text=name, known=_known(NUMBERS, WORDS))
    if sign in COMPARISONS and (number is None or (FACTS.get(name) == WORDS and kind == "fact")):
        raise ConditionError("lesson_no_number", text=text, name=name)
    return Term(kind, name, sign, number if sign in COMPARISONS and number is not None else value)


def _one_word(text: str, whole: str) -> str:
    if not re.fullmatch(r"\w+", text.strip()):
        raise ConditionError("lesson_no_comparison", text=whole)
    return text.strip()


def _known(*kinds: str) -> str:
    return ", ".join(name for name, kind in FACTS.items() if kind in kinds)


def _is_same(found: float | bool | str, wanted: float | bool | str) -> bool:
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found == wanted
    numbers = _number(str(found)), _number(str(wanted))
    if None not in numbers:
        return numbers[0] == numbers[1]
    return str(found).replace(" ", "") == str(wanted).replace(" ", "")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number
