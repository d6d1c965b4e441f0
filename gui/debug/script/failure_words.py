"""Why own code could not be judged, in a person's language: what Python itself says stays in its words."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def failure_words(error: Mapping[str, Any]) -> str:
    """Say why it can't be judged. ``error`` is the record's."""
    words = str(error["words"])
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
        case "raised" | "form" | "nothing" | None:
            return _of_ours(words)
    return words


def _of_ours(words: str) -> str:
    """Translate what the engine says of itself, by how it begins; the detail is kept."""
    for pattern, text in _texts().items():
        if found := re.fullmatch(pattern, words):
            return text.format(**found.groupdict())
    return words


def _texts() -> dict[str, str]:
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
        r"no .* of a known form is found in it": translate(
            "script_failures", "Nothing of a known form is found in it, and it has nothing to do with torch."
        ),
        r"holds several: (?P<names>.*); choose one: .*": translate(
            "script_failures", "It holds several: {names}. The command takes one of them, FILE.py::NAME."
        ),
        r"(?P<pair>.*): (?P<name>'.*') is no name of a value": translate(
            "script_failures", "{pair}: {name} is no name of a value."
        ),
    }  # fmt: skip
