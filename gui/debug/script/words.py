"""What is to be said of own code that was judged: the engine's record, its codes and fields, in a person's language."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.protocol import Departure, Doubt, OwnText, Verified, with_minus
from gui.look.code_words import does_text, edit_text, form_text, torch_text
from gui.look.failure_words import failure_of
from gui.look.numbers import exact
from gui.look.verify_notes import note_text

translate = QCoreApplication.translate

Pair = Mapping[str, Any]
MARKS = {"identical": "=", "rounding": "✓", "different": "✗"}


def is_script(verified: Verified) -> bool:
    record = verified.record
    if record is not None and record["kind"] is None:  # nothing was found in it
        return verified.text is not None and verified.text.is_script
    return record is None or record["kind"] == "script"


def is_right(verified: Verified) -> bool:
    return verified.record is not None and verified.record["verdict"] in ("identical", "rounding")


def place_text(text: OwnText | None, line: int | None) -> str:
    """Write where a line is: its number, or the cell of a notebook and the line of that."""
    if line is None:
        return translate("script", "no line")
    places = text.places if text is not None else ()
    place = places[line - 1] if 0 < line <= len(places) else None
    if place is None:
        return translate("script", "line {line}").format(line=line)
    return translate("script", "cell {cell}, line {line}").format(cell=place[0], line=place[1])


def headline(verified: Verified) -> str:
    """Say what it came out as, the first line that departs with both values."""
    record = verified.record
    if record is None:
        return ""
    if record.get("error") is not None:
        return _failure(verified, record["error"])
    if record["kind"] != "script":
        return _of_own_code(record, verified.named)
    stopped = ""
    if verified.stopped is not None:
        where = place_text(verified.text, verified.stopped)
        stopped = " " + translate("script", "Stopped in {place}: what ran until then is judged.").format(place=where)
    return _of_pairs(verified, record["pairs"]) + stopped


def _of_pairs(verified: Verified, pairs: Sequence[Pair]) -> str:
    first = first_departed(pairs)
    if first is not None:
        text = translate("script", "{own} departs from torch's {reference} in {place}: {values}.")
        where = place_text(verified.text, first["line"])
        told = text.format(own=first["own"], reference=first["reference"], place=where, values=values_text(first))
        return " ".join([told, *(said_text(said) for said in first["said"][-1:])])
    if not pairs:
        return translate("script", "No two values that ran belong together.")
    exact_ones = sum(pair["verdict"] == "identical" for pair in pairs)
    if exact_ones == len(pairs):
        return translate("script", "{count} values beside torch's: every bit is the same.").format(count=len(pairs))
    text = translate("script", "{count} values beside torch's: {exact} the same bits, the rest but for rounding.")
    return text.format(count=len(pairs), exact=exact_ones)


def first_departed(pairs: Sequence[Pair]) -> Pair | None:
    return next((pair for pair in pairs if pair["verdict"] == "different"), None)


def _failure(verified: Verified, error: Mapping[str, Any]) -> str:
    at = "" if error.get("line") is None else place_text(verified.text, error["line"])
    words = failure_of(error)
    return translate("script", "{words} ({place})").format(words=words, place=at) if at else words


def _of_own_code(record: Mapping[str, Any], named: Departure | None) -> str:
    against = {"against": record.get("against") or "?"}
    texts = {
        "identical": translate("script", "Every bit is that of torch's {against}."),
        "rounding": translate("script", "It is torch's {against}, but for the rounding of single operations."),
        "unstable": translate("script", "Right as {against} in exact arithmetic, but not in these numbers."),
        "different": translate("script", "Not torch's {against}, and no departure that is known by name."),
        "convention": translate("script", "Another convention than that of torch's {against}: {words}"),
        "mistake": translate("script", "Not torch's {against}, by a known mistake: {words}"),
    }
    words = ""
    if named is not None:
        words = translate("script", "it {does}; torch {torch}").format(does=does_text(named), torch=torch_text(named))
    return texts[record["verdict"]].format(words=words, **against)


def doubt(verified: Verified) -> Doubt | None:
    """Return what is to be asked about arguments; None where nothing is open."""
    error = (verified.record or {}).get("error") or {}
    if error.get("code") != "arguments":
        return None
    fields = error["fields"]
    return Doubt(tuple(fields["arguments"]), fields["about"], fields["kind"])


def own_code_details(verified: Verified) -> Iterator[str]:
    """Say what is known of own code that is no script: what it was held against, and where they first differ."""
    record = verified.record
    if record is None or record.get("against") is None:
        return
    kinds = {
        "optimizer": translate("script", "An optimizer ({form}) beside torch's {against}, in {dtype}."),
        "activation": translate("script", "An activation ({form}) beside torch's {against}, in {dtype}."),
        "loss": translate("script", "A loss ({form}) beside torch's {against}, in {dtype}."),
        "layer": translate("script", "A layer ({form}) beside torch's {against}, in {dtype}."),
    }
    shown = {name: record[name] for name in ("against", "dtype")}
    yield kinds[record["kind"]].format(form=form_text(record["form"]), **shown)
    first, rounding = record["first"], record["rounding"]
    if first is not None:
        text = translate("script", "First apart in step {step}: {values}.")
        value = {"own": first["tensor"], "index": first["index"]}
        values = values_text(value | {"own_value": first["own"], "reference_value": first["reference"]})
        yield text.format(step=first["step"], values=values)
    if verified.named is not None:
        yield edit_text(verified.named)
    if rounding is not None:
        text = translate("script", "With the rounding of {place} ({id}) as torch has it, torch's bits come out.")
        yield text.format(place=place_text(verified.text, rounding["line"]), id=rounding["id"])
    yield from map(note_text, verified.notes)


def values_text(pair: Pair) -> str:
    """Write both values where a pair departs."""
    index = f"[{', '.join(map(str, pair['index']))}]" if pair["index"] else ""
    text = translate("script", "{name} is {own} here, {reference} in torch")
    own, reference = number_text(pair["own_value"]), number_text(pair["reference_value"])
    return text.format(name=pair["own"] + index, own=own, reference=reference)


def number_text(value: float | str) -> str:
    return value if isinstance(value, str) else with_minus(exact(value))


def verdict_text(pair: Pair) -> str:
    """Write a pair's verdict in a few words, after a mark."""
    words = {
        "identical": translate("script", "same bits"),
        "rounding": translate("script", "rounding"),
        "different": translate("script", "departs"),
    }[pair["verdict"]]
    if pair.get("follows"):
        words = translate("script", "follows")
    return f"{MARKS[pair['verdict']]} {words}"


def verdict_tip(pair: Pair) -> str:
    """Say what a pair's verdict means."""
    if pair.get("follows"):
        return translate("script", "It departs, but only follows from {own}.").format(own=pair["follows"])
    return {
        "identical": translate("script", "Every bit is torch's."),
        "rounding": translate("script", "No further from torch's than rounding may move that."),
        "different": translate("script", "Further from torch's than rounding explains."),
    }[pair["verdict"]]


def found_text(pair: Pair) -> str:
    return {
        "pair": translate("script", "Paired as told."),
        "name": translate("script", "Paired by name."),
        "value": translate("script", "Paired by value: a guess. Is it meant?"),
    }[pair["found_by"]]


def details(pair: Pair) -> Iterator[str]:
    """Say all that is known of a pair, a sentence each."""
    if pair["verdict"] != "different":
        yield {
            "identical": translate("script", "{own} is torch's {reference}, bit for bit."),
            "rounding": translate("script", "{own} is torch's {reference}, but for rounding."),
        }[pair["verdict"]].format(own=pair["own"], reference=pair["reference"])
        return
    yield translate("script", "{values}.").format(values=values_text(pair))
    if pair["turn"] > 1:
        yield translate("script", "That is in turn {turn} of its loop.").format(turn=pair["turn"])
    yield from (said_text(said) for said in pair["said"])
    if pair["follows"]:
        text = translate("script", "With torch's value of {own} put in, this line is right: it only follows from that.")
        yield text.format(own=pair["follows"])


def said_text(said: Mapping[str, Any]) -> str:
    """Say what can be said of a difference."""
    number = said["number"]
    shown = number if isinstance(number, str) else with_minus(f"{number:.6g}")
    equals = said.get("equals") or ""
    texts = {
        "factor": translate("script", "All of it is {number} times torch's."),
        "factor alone": translate("script", "With torch's values put in, its own line gives {number} times torch's."),
        "change": translate("script", "It changed {number} times as much as torch's."),
        "transposed": translate("script", "It is torch's, transposed."),
        "not summed": translate("script", "It is torch's once it is summed over axis {number}."),
        "shape": translate("script", "Its shape is not that of torch's."),
        "not finite": translate("script", "It is not finite where torch's is."),
    }
    text = texts[said["what"]].format(number=shown)
    if number == -1 and said["what"].startswith("factor"):
        return translate("script", "The sign is the other one: {text}").format(text=text)
    return f"{text} " + translate("script", "That is {equals}.").format(equals=equals) if equals else text


def remark_text(verified: Verified, code: str, fields: Mapping[str, Any]) -> str:
    """Write a remark of the engine's."""
    texts = {
        "judged_until": translate("script", "Only what came before torch's operation {operation:,} is judged."),
        "unjudged": translate("script", "Not judged, as they came later: {names}."),
        "almost": translate(
            "script", "{own}, {place}, comes near torch's {reference}. If it is to be that, pair them."
        ),
        "skipped": translate("script", "Lines for the notebook or a shell (% or !) did not run: {count}."),
    }
    where = place_text(verified.text, fields["line"]) if "line" in fields else ""
    return texts[code].format(**fields, place=where)


def progress(text: OwnText | None, line: int | None, seconds: float) -> str:
    if line is None:
        return translate("script", "Starting… {seconds:.0f} s").format(seconds=seconds)
    where = place_text(text, line)
    return translate("script", "Running, {place}: {seconds:.0f} s. What ran is judged if you stop it.").format(
        place=where, seconds=seconds
    )


def question(file: Path, text: OwnText) -> str:
    """Ask before anything runs."""
    if text.is_script:
        asked = translate(
            "script",
            "Run {file}? It runs as it is, with all that it does to files and elsewhere, in a process of its own. "
            "Nothing of it has run yet.",
        )
    else:
        asked = translate(
            "script",
            "Run {file} beside torch? Its top level runs once, as an import does, in a process of its own. "
            "Nothing of it has run yet.",
        )
    return asked.format(file=file.name)
