"""A record in the words of a message: the window shows what ``verify`` prints."""

from dataclasses import replace

from engine.protocol import CodeUse, CodeVerdict
from engine.verify import Record
from engine.verify.words import headline


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
        does="" if named is None else named.does,
        torch_does="" if named is None else named.torch_does,
        edit="" if named is None else named.edit,
        error="" if record.error is None else record.error.words,
    )
