"""What ``verify`` notes beside a verdict, in a person's language, by how the engine's sentence is made."""

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def note_text(note: str) -> str:
    """Translate a note; one that is not known stays as it is."""
    for pattern, text in _texts().items():
        if found := re.fullmatch(pattern, note):
            fields = found.groupdict()
            return text.format(**fields | {"factor": _factor(fields.get("factor", ""))})
    return note


def _factor(words: str) -> str:
    """Translate a factor and what it equals: ``0.2, which is 1/rows``."""
    number, _, equals = words.partition(", which is ")
    if not equals:
        return words
    known = {
        "the number of rows": translate("verify_notes", "the number of rows"),
        "the number of outputs": translate("verify_notes", "the number of outputs"),
        "1/rows": translate("verify_notes", "1/rows"),
        "1/outputs": translate("verify_notes", "1/outputs"),
        "rows × outputs": translate("verify_notes", "rows × outputs"),
        "1/(rows × outputs)": translate("verify_notes", "1/(rows × outputs)"),
    }
    sign, name = ("−", equals[1:]) if equals.startswith("−") else ("", equals)
    text = translate("verify_notes", "{number}, which is {equals}")
    return text.format(number=number, equals=sign + known.get(name, name))


def _texts() -> dict[str, str]:
    return {**_of_how_it_is_called(), **_of_its_numbers(), **_of_a_difference()}


def _of_how_it_is_called() -> dict[str, str]:
    return {
        r"Its learning rate cannot be changed from outside, so this holds while the rate stays\.": translate(
            "verify_notes", "Its learning rate cannot be changed from outside, so this holds while the rate stays."
        ),
        r"It keeps one state: it was tried with an object for each parameter\.": translate(
            "verify_notes", "It keeps one state: it was tried with an object for each parameter."
        ),
        r"It takes parameters of one shape alone\.": translate(
            "verify_notes", "It takes parameters of one shape alone."
        ),
        r"It has no derivative beside it: its values alone were judged\.": translate(
            "verify_notes", "It has no derivative beside it: its values alone were judged."
        ),
        r"Its derivative is right if given the output, f\(z\), and not z itself\.": translate(
            "verify_notes", "Its derivative is right if given the output, f(z), and not z itself."
        ),
    }  # fmt: skip


def _of_its_numbers() -> dict[str, str]:
    return {
        r"(?P<name>\S+) is (?P<value>\S+), as the code has it in line (?P<line>\d+)\.": translate(
            "verify_notes", "{name} is {value}, as the code has it in line {line}."
        ),
        r"(?P<name>\S+) is (?P<value>\S+), as the code has it\.": translate(
            "verify_notes", "{name} is {value}, as the code has it."
        ),
        r"(?P<name>\S+) is the code's own (?P<value>\S+), line (?P<line>\d+): .*": translate(
            "verify_notes", "{name} is the code’s own {value}, line {line}: what is set does not reach it."
        ),
        r"(?P<name>\S+) is the code's own (?P<value>\S+): .*": translate(
            "verify_notes", "{name} is the code’s own {value}: what is set does not reach it."
        ),
        r"torch refuses these hyperparameters for (?P<name>\S+)\.": translate(
            "verify_notes", "torch refuses these hyperparameters for {name}."
        ),
    }  # fmt: skip


def _of_a_difference() -> dict[str, str]:
    return {
        r"It comes to NaN or infinity where torch does not\.": translate(
            "verify_notes", "It comes to NaN or infinity where torch does not."
        ),
        r"Each of its steps is torch's times (?P<factor>.*)\.": translate(
            "verify_notes", "Each of its steps is torch’s times {factor}."
        ),
        r"It computes in float32 inside a float64 run; .*": translate(
            "verify_notes", "It computes in float32 inside a float64 run; in float32 it is torch’s."
        ),
        r"(?P<name>\S+) is NaN or infinite where torch's is not\.": translate(
            "verify_notes", "{name} is NaN or infinite where torch’s is not."
        ),
        r"(?P<name>\S+) is torch's times (?P<factor>.*)\.": translate(
            "verify_notes", "{name} is torch’s times {factor}."
        ),
        r"(?P<name>\S+) has shape (?P<shape>.*); torch's has (?P<other>.*)\.": translate(
            "verify_notes", "{name} has shape {shape}; torch’s has {other}."
        ),
        r"(?P<name>\S+) is torch's, transposed\.": translate("verify_notes", "{name} is torch’s, transposed."),
        r"(?P<name>\S+) is not summed over the rows: its sum is torch's\.": translate(
            "verify_notes", "{name} is not summed over the rows: its sum is torch’s."
        ),
        r"The loss is not averaged: its mean is torch's\.": translate(
            "verify_notes", "The loss is not averaged: its mean is torch’s."
        ),
    }  # fmt: skip
