"""A record in the words of a message: the window shows what ``verify`` prints."""

from dataclasses import replace

from engine.own.unusable import ARGUMENTS
from engine.protocol import Beside, CodeUse, CodeVerdict, Doubt, OwnChoice
from engine.verify import Record
from engine.verify.findings import Counterpart
from engine.verify.words import headline

DIGITS = 6


def verdict_of(record: Record, use: CodeUse) -> CodeVerdict:
    """Return what a record says of a use of own code."""
    record = replace(record, file=use.code.partition("::")[0])
    named = record.named
    return CodeVerdict(
        use,
        record.verdict,
        headline(record),
        str(record),
        record.line,
        named=None if named is None else named.departure,
        error="" if record.error is None else record.error.words,
        beside=tuple(map(_beside, record.counterparts)),
        choices=choices_of(record),
        doubt=_doubt(record),
        notes=record.notes,
    )


def choices_of(record: Record) -> tuple[OwnChoice, ...]:
    """Return what the file holds, to be chosen among."""
    return tuple(OwnChoice(*one) for one in record.choices)


def _doubt(record: Record) -> Doubt | None:
    """Return what is to be asked about arguments; None where nothing is open."""
    error = record.error
    if error is None or error.code != ARGUMENTS:
        return None
    return Doubt(tuple(error.fields["arguments"]), error.fields["about"], error.fields["kind"])


def _beside(found: Counterpart) -> Beside:
    """Return both numbers in digits, in as many as tell them apart where they depart."""
    place = f"[{', '.join(map(str, found.index))}]" if found.index else ""
    own, reference = f"{found.own:.{DIGITS}g}", f"{found.reference:.{DIGITS}g}"
    if not found.departs:
        reference = own
    elif own == reference:
        own, reference = repr(found.own), repr(found.reference)
    return Beside(found.line, found.name + place, own, reference)
