"""What own code is, in the words of ``verify``, in the person's language as far as they are ours to put."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from engine.protocol import CodeVerdict, Departure, OwnChoice

from .failure_words import failure_words
from .verify_notes import note_text

translate = QCoreApplication.translate


def verdict_text(found: CodeVerdict) -> str:
    """Say in a line what own code is."""
    at = "" if found.line is None else translate("own_code", ", line {line}").format(line=found.line)
    name = found.use.against or ""
    if found.error and (found.choices or found.doubt is not None):
        return failure_words(found.error)  # it is asked
    if found.error:
        return translate("own_code", "unusable: {words}").format(words=failure_words(found.error)) + at
    if found.named is not None:
        text = {
            "convention": translate("own_code", "convention: {does}{at}; torch {torch}"),
            "mistake": translate("own_code", "mistake: {does}{at}; torch {torch}"),
        }.get(found.verdict, "{does}{at}; torch {torch}")
        return text.format(does=does_text(found.named), torch=torch_text(found.named), at=at)
    text = {
        "identical": translate("own_code", "identical: every bit is torch’s {name}"),
        "rounding": translate("own_code", "rounding: it is torch’s {name}, but for the rounding of single operations"),
        "unstable": translate("own_code", "unstable: right as {name} in exact arithmetic, but not in these numbers"),
        "different": translate("own_code", "different: not torch’s {name}, and no departure that is known by name"),
    }.get(found.verdict, found.headline)
    return text.format(name=name)


def verdict_in_full(found: CodeVerdict) -> str:
    """Say what own code is, what would make it torch's, and what else was noted: a line each."""
    lines = [f"{found.use.code}: {verdict_text(found)}"]
    if found.named is not None:
        lines.append(edit_text(found.named))
    return "\n".join([*lines, *map(note_text, found.notes)])


# --- known departures ---------------------------------------------------------------------------


def does_text(named: Departure) -> str:
    """Say what this code does where it departs."""
    return _clauses(named.does)


def torch_text(named: Departure) -> str:
    """Say what torch does there."""
    return _clauses(named.torch_does)


def edit_text(named: Departure) -> str:
    """Say how torch's is made of it, with the ids that it has."""
    text = translate("own_code", "To make it torch’s ({ids}): {edit}.")
    return text.format(ids=" + ".join(named.ids), edit=_clauses(named.edit))


def departure(text: str) -> str:
    """Return one of the sentences of a known departure: what code does, what torch does, or what mends it."""
    return translate("variants", text)


def _clauses(texts: Sequence[str]) -> str:
    """Put together what is said of one departure, or of two at once."""
    return translate("own_code", "; ").join(map(departure, texts))


# --- what a file holds --------------------------------------------------------------------------


def choice_text(choice: OwnChoice) -> str:
    """Say what a function or class of a file was recognised as, and where it begins."""
    text = translate("own_code", "{name}: {kind}, {form}, line {line}")
    return text.format(name=choice.name, kind=kind_text(choice.kind), form=form_text(choice.form), line=choice.line)


def kind_text(kind: str) -> str:
    """Say of which kind own code is."""
    return {
        "optimizer": translate("own_code", "optimizer"),
        "activation": translate("own_code", "activation"),
        "loss": translate("own_code", "loss"),
        "layer": translate("own_code", "layer"),
    }.get(kind, kind)


def form_text(form: str) -> str:
    """Say in which form own code is written."""
    return {
        "textbook": translate("own_code", "the textbook’s form"),
        "config dict": translate("own_code", "function with a config"),
        "state": translate("own_code", "function with a state"),
        "plain": translate("own_code", "plain function"),
        "moments": translate("own_code", "function with its means"),
        "in place": translate("own_code", "function that changes its arrays"),
        "class": translate("own_code", "class"),
        "torch optimizer": translate("own_code", "torch’s kind of optimizer"),
        "function pair": translate("own_code", "function and derivative"),
        "loss with gradient": translate("own_code", "loss with its gradient"),
        "layer pair": translate("own_code", "forward and backward function"),
        "layer class": translate("own_code", "class"),
        "autograd function": translate("own_code", "torch’s autograd function"),
    }.get(form, form)
