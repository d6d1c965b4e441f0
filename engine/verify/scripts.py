"""The verdict on a script: what its pairs came to, and the first line that departs."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.own.limits import Limits
from engine.own.source import Source
from engine.own.unusable import Unusable
from engine.scripts.compared import Said
from engine.scripts.outcome import Outcome, PairTold
from engine.scripts.process import ScriptProcess, Wanted

from .asked import Asked
from .findings import Failure, First, Remark, Verdict
from .record import Record

STEPPING = {"step", "update", "apply_gradients", "update_params"}
MOST_TOLD = 5
ORDER: tuple[Verdict, ...] = ("identical", "rounding", "different")
NOTHING = (
    "no own value is named as one of torch's (dW and W.grad, W_np and W) or comes out near one: "
    "name a pair, --pair own=torch, or in a comment, # lockstep: own = torch"
)


def is_script(path: Path) -> bool:
    """Return whether a file runs torch by itself: it leads a loss back, and holds no optimizer's class."""
    try:
        source = Source(path)
        return source.imports("torch") and _leads_back(source.tree)
    except Unusable:
        return False


def judged_script(path: Path, asked: Asked, limits: Limits, told: Callable[[int], Any]) -> Record:
    """Run a script in a process of its own and return its record. Raises Unusable where it does not run at all."""
    source = Source(path)
    _ = source.tree
    with ScriptProcess(path, Wanted(asked.pairs, asked.records), limits) as script:
        return _record(source, script.outcome(told), asked)


def _record(source: Source, outcome: Outcome, asked: Asked) -> Record:
    pairs = outcome.pairs
    error = _failure(outcome)
    return Record(
        str(source.path), "script", None, "script", None, dict(asked.params), 0, outcome.dtype,
        verdict="unusable" if error else _worst(pairs), first=_first(pairs),
        pairs=tuple(_as_json(one, source) for one in pairs), error=error, remarks=tuple(_remarks(outcome, source)),
        source=tuple(source.lines), stopped=outcome.stopped_in,
        places=source.places,
        recording=outcome.recording,
    )  # fmt: skip


def _worst(pairs: tuple[PairTold, ...]) -> Verdict:
    found: set[Verdict] = {one.verdict for one in pairs}
    for verdict in reversed(ORDER):
        if verdict in found:
            return verdict
    return "unusable"


def _failure(outcome: Outcome) -> Failure | None:
    if outcome.failed is not None:
        return Failure(outcome.failed.line, outcome.failed.words, outcome.failed.shown)
    if outcome.absent:
        words = f"of the pair {outcome.absent[0]} not both values are ever there"
        return Failure(None, words, code="asked", fields={"pair": outcome.absent[0]})
    return None if outcome.pairs or outcome.stopped_in is not None else Failure(None, NOTHING, code="no_pairs")


def _first(pairs: tuple[PairTold, ...]) -> First | None:
    for one in pairs:
        if one.verdict == "different":
            values = (one.own_value, one.reference_value)
            return First(one.turn, "script", one.own, one.index, *values, one.line)
    return None


def _as_json(one: PairTold, source: Source) -> dict[str, Any]:
    told: dict[str, Any] = {
        "own": one.own, "reference": one.reference, "found_by": one.found_by, "verdict": one.verdict, "line": one.line,
    }  # fmt: skip
    if place := source.place(one.line):
        told |= {"cell": place[0], "line_of_cell": place[1]}
    if one.verdict == "different":
        told |= {
            "turn": one.turn, "index": list(one.index), "own_value": _plain(one.own_value),
            "reference_value": _plain(one.reference_value), "follows": one.follows,
            "said": [_said(said) for said in one.said],
        }  # fmt: skip
    return told


def _said(said: Said) -> dict[str, Any]:
    told = {"what": said.what, "number": _plain(said.number)}
    return told | {"equals": said.equals} if said.equals else told


def _plain(value: float) -> float | str:
    return value if abs(value) < float("inf") else str(value)


def _remarks(outcome: Outcome, source: Source) -> Iterator[Remark]:
    if outcome.judged_until is not None:
        yield Remark("judged_until", {"operation": outcome.judged_until})
    if outcome.unjudged:
        yield Remark("unjudged", {"names": ", ".join(outcome.unjudged)})
    for own, reference, line in outcome.almost[:MOST_TOLD]:
        yield Remark("almost", {"own": own, "reference": reference, "line": line})
    if source.skipped:
        yield Remark("skipped", {"count": len(source.skipped)})


def _leads_back(tree: ast.Module) -> bool:
    found = False
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            if STEPPING & {one.name for one in node.body if isinstance(one, ast.FunctionDef)}:
                return False
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_of_loss = node.func.attr == "backward" and not _is_self(node.func.value)
            found |= is_of_loss or (node.func.attr == "grad" and "autograd" in ast.unparse(node.func))
    return found


def _is_self(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "self"
