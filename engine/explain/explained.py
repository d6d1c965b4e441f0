"""The answer to ``Explain``: the chain rule's numbers, the update's parts, and the event's line with numbers put in."""

from itertools import zip_longest

import numpy as np

from engine.protocol import Both, Explain, Explained, UpdatePart

from .chain import chain_rows, sharing_rows
from .lines import element_at, formula_at, numbers_at
from .paths import paths_of
from .recorded import Index, Named, Recorded, number_in, on_both
from .updates import Change, Part, update_parts


def explain(step: Recorded, request: Explain) -> Explained:
    """Return all numbers of element ``request.index`` of a weight in a recorded step. At its end there is no line.

    Raises LookupError where there is no such weight or element.
    """
    weight, index, event = request.weight, request.index, request.event
    if len(index) != step.diy[weight].ndim:
        raise IndexError(index)
    at_line = event < len(step.lines)
    changes = [_change(step, side, weight, index) for side in (step.diy, step.torch)]
    return Explained(
        request=request,
        rows=chain_rows(step, weight, index, request.row),
        row_count=len(step.rows),
        sharing=sharing_rows(step, weight, index),
        grad=on_both(step, f"{weight}.grad", index),
        before=on_both(step, f"{weight}.before", index),
        after=on_both(step, weight, index),
        delta=Both(*(None if change is None else change.delta for change in changes)),
        parts=_parts(step.rule_of(weight), *changes),
        formula=formula_at(step, event) if at_line else "",
        paths=paths_of(step, weight, index, request.row),
        numbers=numbers_at(step, event, element_at(step, event, weight, index, request.row)) if at_line else ("", ""),
    )


def _change(step: Recorded, side: Named | None, weight: str, index: Index) -> Change | None:
    """Return a side's numbers of the element; None where it has no such weight."""
    if side is None or weight not in side:
        return None

    def state(suffix: str) -> dict[str, np.float64]:
        """State entries are named ``<weight>.<symbol>``, with ``.before`` behind those before the step."""
        parts = {name.removeprefix(f"{weight}.").removesuffix(suffix): name for name in side if name.endswith(suffix)}
        found = {symbol: number_in(side, name, index) for symbol, name in parts.items() if symbol.isidentifier()}
        return {symbol: np.float64(value) for symbol, value in found.items() if value is not None}

    clipped = f"{weight}.clipped"
    raw, before, after = (np.float64(side[name][index]) for name in (f"{weight}.grad", f"{weight}.before", weight))
    change = Change(step.hyper_of(weight), raw, before, after, state(".before"), state(""))
    return change if clipped not in side else change._replace(grad=np.float64(side[clipped][index]), raw=raw)


def _parts(optimizer: str, diy: Change | None, torch: Change | None) -> tuple[UpdatePart, ...]:
    """Each part on both sides. Rounding may take one side more numbers than the other: then that has 0 for them."""
    ours, theirs = ([] if change is None else update_parts(optimizer, change) for change in (diy, torch))
    pairs = zip_longest(ours, theirs)
    return tuple(_both(own, twin, diy is not None, torch is not None) for own, twin in pairs)


def _both(own: Part | None, twin: Part | None, has_own: bool, has_twin: bool) -> UpdatePart:
    kind, formula, _ = own or twin or Part("rounding", "", 0.0)
    values = ((own.value if own else 0.0) if has_own else None, (twin.value if twin else 0.0) if has_twin else None)
    return UpdatePart(kind, formula, Both(*values))
