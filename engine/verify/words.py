"""The findings in words, as the command prints it and a failed assert shows it."""

from collections.abc import Iterator

from .findings import Findings
from .script_words import script_headline, script_lines

NEIGHBOURS = 2
ROUNDINGS = {
    "fused": "torch rounds a product and a sum once, this line twice",
    "reciprocal": "torch divides where this line multiplies by a reciprocal, or the other way round",
    "order": "torch adds in another order",
    "double": "this line works in a wider precision and is rounded afterwards",
}


def in_words(findings: Findings) -> str:
    return "\n".join(_lines(findings))


def headline(findings: Findings) -> str:
    """Say the verdict in one line."""
    if findings.kind == "script":
        return script_headline(findings)
    if findings.error is not None:
        at = f", line {findings.error.line}" if findings.error.line else ""
        return f"unusable: {findings.error.words}{at}"
    if findings.named is not None:
        at = f", line {findings.named.line}" if findings.named.line else ""
        accepted = " (accepted)" if findings.accepted else ""
        return f"{findings.verdict}{accepted}: {findings.named.does}{at}; torch {findings.named.torch_does}"
    return {
        "identical": f"identical: every bit is torch's {findings.against}",
        "rounding": f"rounding: it is torch's {findings.against}, but for the rounding of single operations",
        "unstable": f"unstable: right as {findings.against} in exact arithmetic, but not in these numbers",
        "different": f"different: not torch's {findings.against}, and no departure that is known by name",
    }[findings.verdict]


def _lines(findings: Findings) -> Iterator[str]:
    subject = f"::{findings.name}" if findings.name else ""
    yield f"{findings.file}{subject}: {headline(findings)}"
    if findings.kind == "script":
        yield from script_lines(findings)
        return
    if findings.form:
        params = ", ".join(f"{name}={_short(value)}" for name, value in findings.params.items())
        yield f"  {findings.kind} ({findings.form}) beside torch's {findings.against}({params}), {findings.dtype}"
    if findings.line and findings.source:
        yield from _neighbours(findings)
    if findings.named is not None:
        ids = findings.named.ids or (findings.named.id,)
        yield f"  {' and '.join(ids)}: to make it torch's, {findings.named.edit}."
        if findings.verdict == "convention" and not findings.accepted:
            accept = " ".join(f"--accept {one}" for one in ids)
            yield f"  If it is meant: {accept}"
    if findings.rounding is not None:
        yield f"  {ROUNDINGS[findings.rounding.id]} (line {findings.rounding.line}); with that, torch's bits come out."
    if findings.first is not None:
        yield from _first(findings)
    yield from _table(findings)
    yield from (f"  {note}" for note in findings.notes)
    if findings.error is not None and findings.error.shown:
        yield findings.error.shown.rstrip()


def _neighbours(findings: Findings) -> Iterator[str]:
    assert findings.line is not None
    first, last = max(1, findings.line - NEIGHBOURS), min(len(findings.source), findings.line + NEIGHBOURS)
    for number in range(first, last + 1):
        mark = ">" if number == findings.line else " "
        yield f"  {mark} {number:>4} | {findings.source[number - 1]}"


def _first(findings: Findings) -> Iterator[str]:
    first = findings.first
    assert first is not None
    place = f"[{', '.join(map(str, first.index))}]" if first.index else ""
    step = f" in step {first.step}" if findings.kind == "optimizer" else ""
    yield f"  First apart{step}: {first.tensor}{place} is {first.own!r} here, {first.reference!r} in torch"


def _table(findings: Findings) -> Iterator[str]:
    if not findings.table:
        return
    yield f"  {'step':>6} {'this code':>24} {'torch':>24} {'difference':>12}"
    for row in findings.table:
        yield f"  {row.step:>6} {row.own:>24.16g} {row.reference:>24.16g} {row.own - row.reference:>12.3g}"


def _short(value: object) -> str:
    return (
        f"({', '.join(map(_short, value))})"
        if isinstance(value, tuple | list)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
