"""The record in words, as the command prints it and a failed assert shows it."""

from collections.abc import Iterator

from .record import Record

NEIGHBOURS = 2
ROUNDINGS = {
    "fused": "torch rounds a product and a sum once, this line twice",
    "reciprocal": "torch divides where this line multiplies by a reciprocal, or the other way round",
    "order": "torch adds in another order",
    "double": "this line works in a wider precision and is rounded afterwards",
}


def in_words(record: Record) -> str:
    return "\n".join(_lines(record))


def headline(record: Record) -> str:
    """The verdict in one line."""
    if record.error is not None:
        at = f", line {record.error.line}" if record.error.line else ""
        return f"unusable: {record.error.words}{at}"
    if record.named is not None:
        at = f", line {record.named.line}" if record.named.line else ""
        accepted = " (accepted)" if record.accepted else ""
        return f"{record.verdict}{accepted}: {record.named.does}{at}; torch {record.named.torch_does}"
    return {
        "identical": f"identical: every bit is torch's {record.against}",
        "rounding": f"rounding: it is torch's {record.against}, but for the rounding of single operations",
        "unstable": f"unstable: right as {record.against} in exact arithmetic, but not in these numbers",
        "different": f"different: not torch's {record.against}, and no departure that is known by name",
    }[record.verdict]


def _lines(record: Record) -> Iterator[str]:
    subject = f"::{record.name}" if record.name else ""
    yield f"{record.file}{subject}: {headline(record)}"
    if record.form:
        params = ", ".join(f"{name}={_short(value)}" for name, value in record.params.items())
        yield f"  {record.kind} ({record.form}) beside torch's {record.against}({params}), {record.dtype}"
    if record.line and record.source:
        yield from _neighbours(record)
    if record.named is not None:
        yield f"  {' and '.join(record.named.ids or (record.named.id,))}: to make it torch's, {record.named.edit}."
        if record.verdict == "convention" and not record.accepted:
            accept = " ".join(f"--accept {one}" for one in record.named.ids or (record.named.id,))
            yield f"  If it is meant: {accept}"
    if record.rounding is not None:
        yield f"  {ROUNDINGS[record.rounding.id]} (line {record.rounding.line}); with that, torch's bits come out."
    if record.first is not None:
        yield from _first(record)
    yield from _table(record)
    yield from (f"  {note}" for note in record.notes)
    if record.error is not None and record.error.shown:
        yield record.error.shown.rstrip()
    elif record.error is None:
        yield f"  To look at it line by line: python main.py {record.file}"


def _neighbours(record: Record) -> Iterator[str]:
    assert record.line is not None
    first, last = max(1, record.line - NEIGHBOURS), min(len(record.source), record.line + NEIGHBOURS)
    for number in range(first, last + 1):
        mark = ">" if number == record.line else " "
        yield f"  {mark} {number:>4} | {record.source[number - 1]}"


def _first(record: Record) -> Iterator[str]:
    first = record.first
    assert first is not None
    place = f"[{', '.join(map(str, first.index))}]" if first.index else ""
    step = f" in step {first.step}" if record.kind == "optimizer" else ""
    yield f"  First apart{step}: {first.tensor}{place} is {first.own!r} here, {first.reference!r} in torch"


def _table(record: Record) -> Iterator[str]:
    if not record.table:
        return
    yield f"  {'step':>6} {'this code':>24} {'torch':>24} {'difference':>12}"
    for row in record.table:
        yield f"  {row.step:>6} {row.own:>24.16g} {row.reference:>24.16g} {row.own - row.reference:>12.3g}"


def _short(value: object) -> str:
    return (
        f"({', '.join(map(_short, value))})"
        if isinstance(value, tuple | list)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
