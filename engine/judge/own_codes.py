"""The codes of a history of updates, run again along it: each from the step on after which it ran in the run."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.lane.own_code import OwnEntry
from engine.lane.update_history import Ran


class Codes:
    """Run codes in their order, in modules of their own: the run's go on undisturbed.

    Each takes what the one before it remembered, as in the run.
    """

    def __init__(self, ran: Sequence[Ran]):
        self._codes = [(one.since, OwnEntry(one.spec, one.entry), one.entry.params) for one in ran]

    def updates(
        self, weights: Sequence[Sequence[Array]], gradients: Sequence[Sequence[Array]], rates: Sequence[float]
    ) -> Iterator[list[Array]]:
        """Yield the weights after each step, taken from these weights before it. Raises Unusable, CannotGoOn."""
        live: Any = None
        for taken, (before, given, rate) in enumerate(zip(weights, gradients, rates, strict=False)):
            for since, opened, params in self._codes:
                if since == taken:
                    live = _begun(opened, params, before, live)
            live.place(before)
            yield [np.array(one) for one in live.step(given, rate)]


def _begun(opened: OwnEntry, params: dict[str, Any], weights: Sequence[Array], before: Any) -> Any:
    live = opened.live()
    live.start([np.array(one) for one in weights], opened.settings(params), opened.counts_from)
    if before is not None:
        live.take_over(before)
    return live
