"""Why own code could not be judged, in a person's language: what Python itself says stays in its words."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

LINE = ", line "


def failure_words(words: str) -> str:
    """Translate what the engine says of itself, by how it begins; the detail is kept, and a line named at its end."""
    words, _, line = words.partition(LINE) if re.search(rf"{LINE}\d+$", words) else (words, "", "")
    at = translate("own_code", ", line {line}").format(line=line) if line else ""
    for pattern, text in _texts().items():
        if found := re.fullmatch(pattern, words):
            return text.format(**found.groupdict()) + at
    return words + at


def failure_of(error: Mapping[str, Any]) -> str:
    """Say why it can't be judged. ``error`` is the record's."""
    match error.get("code"):
        case "no_pairs":
            return translate(
                "script_failures",
                "No own value is named as one of torch's (dW and W.grad, W_np and W) or comes out near one. "
                "Name a pair below.",
            )
        case "asked":
            text = translate("script_failures", "Of the pair {pair} not both values are ever there.")
            return text.format(pair=error["fields"]["pair"])
    return failure_words(str(error["words"]))


def _texts() -> dict[str, str]:
    return {**_of_its_end(), **_of_what_it_holds(), **_of_its_form(), **_of_what_comes_out()}


def _of_its_end() -> dict[str, str]:
    return {
        r"cannot be read: (?P<detail>.*)": translate("script_failures", "It cannot be read: {detail}"),
        r"is no notebook": translate("script_failures", "It is no notebook that can be read."),
        r"no end: a call took more than (?P<seconds>\S+) s": translate(
            "script_failures", "No end: a call took more than {seconds} s."
        ),
        r"no end: it did not answer within (?P<seconds>\S+) s": translate(
            "script_failures", "No end: it did not answer within {seconds} s."
        ),
        r"it prints without end: more than (?P<count>\S+) characters": translate(
            "script_failures", "It prints without end: more than {count} characters."
        ),
        r"it crashed Python: (?P<detail>.*)": translate("script_failures", "It crashed Python: {detail}"),
        r"the code ended its process \((?P<how>.*)\)": translate(
            "script_failures", "The code ended its process ({how})."
        ),
        r"it could not be stopped, and was ended": translate(
            "script_failures", "It could not be stopped, and was ended."
        ),
        r"it was stopped": translate("script_failures", "It was stopped."),
        r"the process that judges it has ended": translate(
            "script_failures", "The process that judges it has ended."
        ),
        r"MemoryError: more memory than it may have": translate(
            "script_failures", "MemoryError: more memory than it may have"
        ),
        r"RecursionError: it calls itself without end": translate(
            "script_failures", "RecursionError: it calls itself without end"
        ),
        r"SystemExit: the code ends the program \((?P<detail>.*)\)": translate(
            "script_failures", "SystemExit: the code ends the program ({detail})"
        ),
    }  # fmt: skip


def _of_what_it_holds() -> dict[str, str]:
    return {
        r"no (optimizer|activation|loss|layer) of a known form is found in it": translate(
            "script_failures", "Nothing of a known form is found in it."
        ),
        r"no optimizer, activation, loss or layer of a known form is found in it": translate(
            "script_failures", "Nothing of a known form is found in it, and it has nothing to do with torch."
        ),
        r"holds several: (?P<names>.*); choose one: .*": translate(
            "script_failures", "It holds several, {names}: which of them is meant?"
        ),
        r"there is no (?P<name>\S+) in it; it holds nothing of a known form": translate(
            "script_failures", "There is no {name} in it, nor anything of a known form."
        ),
        r"there is no (?P<name>\S+) in it; it holds (?P<names>.*)": translate(
            "script_failures", "There is no {name} in it, but {names}: which of them is meant?"
        ),
        r"it is not known what (?P<names>.*) of (?P<about>\S+) stands for: .*": translate(
            "script_failures", "What is {names} of {about}?"
        ),
        r"(?P<name>\S+) is nothing of a known form: .*": translate(
            "script_failures", "{name} is nothing of a known form."
        ),
        r"(?P<pair>.*): (?P<name>'.*') is no name of a value": translate(
            "script_failures", "{pair}: {name} is no name of a value."
        ),
    }  # fmt: skip


def _of_its_form() -> dict[str, str]:
    return {
        r"something is still to be written where \.\.\. stands": translate(
            "script_failures", "Something is still to be written where ... stands."
        ),
        r"no way to call (?P<name>\S+) was found: (?P<detail>.*)": translate(
            "script_failures", "No way to call {name} was found: {detail}"
        ),
        r"no way to call (?P<name>\S+) was found": translate("script_failures", "No way to call {name} was found."),
        r"(?P<name>\S+) has no backward pass beside it": translate(
            "script_failures", "{name} has no backward pass beside it."
        ),
        r"it has no derivative beside it": translate("script_failures", "It has no derivative beside it."),
        r"it does not repeat itself: of the same input it made something else": translate(
            "script_failures", "It does not repeat itself: of the same input it made something else."
        ),
        r"it does not repeat itself: from the same start it came to other weights": translate(
            "script_failures", "It does not repeat itself: from the same start it came to other weights."
        ),
        r"it can be called with square weights alone(: .*)?": translate(
            "script_failures", "It can be called with square weights alone."
        ),
    }  # fmt: skip


def _of_what_comes_out() -> dict[str, str]:
    return {
        r"(its|the) loss is no single number, but has the shape (?P<shape>\([^)]*\))(: .*)?": translate(
            "script_failures", "The loss is no single number, but has the shape {shape}."
        ),
        r"it gives no (?P<role>\S+)(: .*)?": translate("script_failures", "It gives no {role}."),
        r"(?P<name>.*) does not come out": translate("script_failures", "{name} does not come out."),
        r"(?P<name>.*) comes out in the shape (?P<shape>\(.*\)), not (?P<other>\(.*\))": translate(
            "script_failures", "{name} comes out in the shape {shape}, not {other}."
        ),
        r"(?P<role>\S+) has the shape (?P<shape>\([^)]*\)), and (?P<other>\S+) (?P<wanted>\([^)]*\))(: .*)?": translate(
            "script_failures", "{role} has the shape {shape}, and {other} {wanted}."
        ),
    }  # fmt: skip
