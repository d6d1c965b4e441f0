"""What came of a script in words, as the command prints it."""

from collections.abc import Iterator, Mapping
from typing import Any

from .findings import Findings

NEIGHBOURS = 2
MOST_ROWS = 60
FOUND = {"pair": "as told", "name": "by name", "value": "by value, a guess"}
REMARKS = {
    "judged_until": "Only what came before torch's operation {operation:,} is judged.",
    "unjudged": "Not judged, as they came later: {names}.",
    "almost": "{own}, line {line}, comes near torch's {reference}: if it is to be that, --pair {own}={reference}.",
    "skipped": "{count} lines for the notebook or a shell (% or !) did not run.",
}
ONE_SKIPPED = "1 line for the notebook or a shell (% or !) did not run."
KNOWN = {2.0: "2", 0.5: "½", -1.0: "the sign", 3.0: "3", 4.0: "4"}


def script_headline(findings: Findings) -> str:
    """Say in one line what a script came out as."""
    if findings.error is not None:
        at = f", {_place(findings, findings.error.line)}" if findings.error.line else ""
        return f"unusable: {findings.error.words}{at}"
    stopped = "" if findings.stopped is None else f" (stopped in {_place(findings, findings.stopped)})"
    if not findings.pairs:
        return f"stopped in {_place(findings, findings.stopped)}: until then no two values belong together"
    return _of_pairs(findings) + stopped


def script_lines(findings: Findings) -> Iterator[str]:
    """Say it at length: the first line that departs, the others that do so by themselves, and all pairs."""
    for pair in _own_mistakes(findings):
        yield from _departure(findings, pair)
    if findings.error is not None and findings.error.shown:
        yield findings.error.shown.rstrip()
    yield from _table(findings)
    yield from (f"  {_remark(*remark)}" for remark in findings.remarks)


def _of_pairs(findings: Findings) -> str:
    pairs, many = findings.pairs, len(findings.pairs)
    different = [pair for pair in pairs if pair["verdict"] == "different"]
    if different:
        first = different[0]
        place = _place(findings, first["line"])
        return f"different: {first['own']} departs from torch's {first['reference']}, {place}"
    exact = sum(pair["verdict"] == "identical" for pair in pairs)
    values = "1 value" if many == 1 else f"{many} values"
    if exact == many:
        return f"identical: {values} beside torch's, every bit the same"
    return f"rounding: {values} beside torch's, {exact} the same bits, the rest but for rounding"


def _own_mistakes(findings: Findings) -> list[Mapping[str, Any]]:
    return [pair for pair in findings.pairs if pair["verdict"] == "different" and not pair["follows"]]


def _departure(findings: Findings, pair: Mapping[str, Any]) -> Iterator[str]:
    line = pair["line"]
    yield f"  {_place(findings, line)}: {pair['own']} is not torch's {pair['reference']}"
    first, last = max(1, line - NEIGHBOURS), min(len(findings.source), line + NEIGHBOURS)
    for number in range(first, last + 1):
        yield f"  {'>' if number == line else ' '} {_number(findings, number):>4} | {findings.source[number - 1]}"
    index = f"[{', '.join(map(str, pair['index']))}]" if pair["index"] else ""
    turn = f", in turn {pair['turn']} of its loop" if pair["turn"] > 1 else ""
    values = f"{pair['own_value']!r} here, {pair['reference_value']!r} in torch"
    yield f"    {pair['own']}{index} is {values}{turn}"
    yield from (f"    {words}" for words in map(_said, pair["said"]))


def _said(said: Mapping[str, Any]) -> str:
    number, equal = said["number"], f", that is {said['equals']}" if said.get("equals") else ""
    match said["what"]:
        case "factor":
            known = f", {KNOWN[round(number, 5)]}" if round(number, 5) in KNOWN else ""
            return f"all of it is {number:.6g} times torch's{known}{equal}"
        case "factor alone":
            return f"with torch's values put in, its own line gives {number:.6g} times torch's{equal}"
        case "change":
            return f"it changed {number:.4g} times as much as torch's{equal}"
        case "transposed":
            return "it is torch's, transposed"
        case "not summed":
            return f"it is torch's once it is summed over axis {int(number)}"
        case "shape":
            return "its shape is not that of torch's"
        case "not finite":
            return "it is not finite where torch's is"
    return str(said["what"])


def _table(findings: Findings) -> Iterator[str]:
    if not findings.pairs:
        return
    widths = [max(len(str(pair[key])) for pair in findings.pairs) for key in ("own", "reference")]
    for pair in findings.pairs[:MOST_ROWS]:
        follows = f", follows from {pair['follows']}" if pair.get("follows") else ""
        names = f"{pair['own']:<{widths[0]}}  {pair['reference']:<{widths[1]}}"
        place = _place(findings, pair["line"])
        yield f"  {names}  {place:<16} {pair['verdict']:<10} {FOUND[pair['found_by']]}{follows}"
    if len(findings.pairs) > MOST_ROWS:
        yield f"  … and {len(findings.pairs) - MOST_ROWS} more"


def _remark(code: str, fields: Mapping[str, Any]) -> str:
    return ONE_SKIPPED if fields.get("count") == 1 else REMARKS[code].format(**fields)


def _place(findings: Findings, line: int | None) -> str:
    if line is None:
        return "no line"
    place = findings.places[line - 1] if 0 < line <= len(findings.places) else None
    return f"cell {place[0]}, line {place[1]}" if place else f"line {line}"


def _number(findings: Findings, line: int) -> str:
    if not findings.places:
        return str(line)
    place = findings.places[line - 1] if line <= len(findings.places) else None
    return str(place[1]) if place else ""
