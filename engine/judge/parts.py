"""A stage of many rows is heard some rows at a time: so it takes no more memory than they do, and others have a turn.

Most stages make each row of their results of that row alone: they are cut into stages of some rows. The gradients of a
dense layer's own parameters are sums over rows: torch is asked for each part's, and they are added up. That is another
order of torch's own addends, and of those the rule allows each sum as many roundings as it has rows.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy import ndarray as Array

from engine.backends import moved_answers, reference_answer
from engine.lane.stage import Hearing, LayerStage, Stage

from .terms import of_sum, terms_of

Answers = Mapping[str, Array]
Told = TypeVar("Told")
Turns = Generator[None, None, Told]  # stops where others can have their turn

AT_ONCE = 1 << 18  # numbers of a stage's largest array: they fit into a cache, and take milliseconds
ROW_BY_ROW = ("activation", "activation_backward", "sum", "sum_backward", "ways")
ROW_BY_ROW_LAYERS = ("Linear", "LayerNorm", "RMSNorm", "Dropout", "Flatten", "Embedding")
OF_ROWS = ("x", "f_x", "z", "a", "dL_da", "dL_dz", "mask", "through_skip", "through_inside")  # inputs that have rows
OF_SUMS = ("weight", "bias")


def without_turns(under_way: Turns[Told]) -> Told:
    """Finish what has turns for others in between without one, and return what it comes to."""
    while True:
        try:
            next(under_way)
        except StopIteration as end:
            return end.value


class Part(NamedTuple):
    """Hold a stage of some rows, and which of the whole's rows is its first; 0 of a whole stage."""

    stage: Stage
    begin: int = 0

    def in_whole(self, index: tuple[int, ...]) -> tuple[int, ...]:
        """Return an element's index in the whole."""
        return (index[0] + self.begin, *index[1:]) if self.begin and index else index


def parts_of(stage: Stage) -> Iterator[Part]:
    """Yield the stages that a stage is heard as: itself, where it is small, or where its rows belong together."""
    rows = _rows_of(stage)
    if rows is None:
        yield Part(stage)
        return
    summed = [role for role in stage.names if stage.kind == "layer_backward" and role in OF_SUMS]
    if summed:
        yield Part(with_results(stage, summed))
    others = [role for role in stage.names if role not in summed]
    if others:
        own = with_results(stage, others)
        yield from (Part(_cut(own, rows), rows.start) for rows in _blocks(stage, rows))


def _rows_of(stage: Stage) -> int | None:
    """Return how many rows a stage has that can be heard some at a time, and are many; None of any other."""
    given = [value for role, value in stage.inputs.items() if role in OF_ROWS]
    if max((value.size for value in given), default=0) <= AT_ONCE or not _is_row_by_row(stage):
        return None
    rows = {len(value) for value in given if value.ndim}
    rows |= {len(value) if value.ndim else 0 for role, value in stage.results.items() if role not in OF_SUMS}
    return rows.pop() if len(rows) == 1 else None


def _is_row_by_row(stage: Stage) -> bool:
    about = stage.about
    if stage.kind == "layer":
        return about.kind in ROW_BY_ROW_LAYERS
    return _is_summed(stage) if stage.kind == "layer_backward" else stage.kind in ROW_BY_ROW


def _is_summed(stage: Stage) -> bool:
    about = stage.about
    is_dense = isinstance(about, LayerStage) and about.kind == "Linear" and len(about.inputs) == 1
    return stage.kind == "layer_backward" and is_dense


def with_results(stage: Stage, roles: list[str]) -> Stage:
    """Return the stage with no more results than these."""
    names, results = ({role: kept[role] for role in roles} for kept in (stage.names, stage.results))
    return stage._replace(names=names, results=results)


def _blocks(stage: Stage, rows: int) -> Iterator[slice]:
    widest = max(value.size for role, value in stage.inputs.items() if role in OF_ROWS) // rows
    at_once = max(AT_ONCE // widest, 1)
    return (slice(begin, min(begin + at_once, rows)) for begin in range(0, rows, at_once))


def _cut(stage: Stage, rows: slice) -> Stage:
    """Return the stage of some rows; a result that is a sum over all rows stays as it is."""
    inputs = {role: value[rows] if role in OF_ROWS else value for role, value in stage.inputs.items()}
    results = {role: value if role in OF_SUMS else value[rows] for role, value in stage.results.items()}
    return stage._replace(inputs=inputs, results=results)


# --- sums over rows ----------------------------------------------------------------------------


def answer(stage: Stage, dtype: str) -> Turns[dict[str, Array]]:
    """Return torch's answer to a stage, as ``reference_answer`` does."""
    return (yield from _added(stage, lambda part: reference_answer(part, dtype)))


def answers_moved(stage: Stage, dtype: str, how: Hearing) -> Turns[dict[str, Array]]:
    """Return what torch answers where it is moved, as ``moved_answers`` does."""
    return (yield from _added(stage, lambda part: moved_answers(part, dtype, how)))


def terms(stage: Stage, found: Answers) -> Turns[dict[str, Array]]:
    """Return the largest terms of a stage's results, as ``terms_of`` does."""
    if not _has_parts(stage):
        return terms_of(stage, found)
    nothing = {role: np.zeros(found[role].shape) for role in stage.names}
    added = yield from _added(stage, lambda part: _of_a_row(part, nothing))
    rows = of_sum(len(stage.inputs["dL_dz"]))
    with np.errstate(all="ignore"):
        return {role: np.maximum(value * rows, np.abs(found[role])) for role, value in added.items()}


def _of_a_row(part: Stage, nothing: Answers) -> dict[str, Array]:
    """Return what a part's sums come to, without what is allowed for how many rows there are."""
    rows = of_sum(len(part.inputs["dL_dz"]))
    return {role: value / rows for role, value in terms_of(part, nothing).items() if role in OF_SUMS}


def _added(stage: Stage, ask: Callable[[Stage], dict[str, Array]]) -> Turns[dict[str, Array]]:
    """Ask for a stage: for all of it, or, where its results are sums over many rows, for some rows after others."""
    if not _has_parts(stage):
        return ask(stage)
    total: dict[str, Any] = {}
    for rows in _blocks(stage, len(stage.inputs["x"])):
        found = ask(_cut(stage, rows))
        with np.errstate(all="ignore"):
            total = {role: total[role] + found[role] if total else found[role] for role in stage.names}
        yield
    return total


def _has_parts(stage: Stage) -> bool:
    return _is_summed(stage) and set(stage.names) <= set(OF_SUMS) and _rows_of(stage) is not None
