"""What a sweep's numbers come to, and how it comes to them, the same in the window, on the terminal and in files."""

import warnings
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import InTurn, RowsFor, path_in_words

from .jobs import SweepPart, SweepPlan

Cell = str | int | float

TURN_WORDS: dict[str, str] = {
    "own_code": "one after another: own code",
    "groups": "one after another: groups of weights have rules of their own",
    "mode": "one after another: {layer}, {kind}, trains otherwise than it is evaluated",
    "one_network": "one after another: a layer takes one network at a time",
    "closure": "one after another: {name} decides how often it evaluates the loss",
}
"""The English sentences by the codes of ``InTurn``; the window translates them in the context "sweep"."""


def in_turn_text(why: InTurn | None, words: Mapping[str, str] = TURN_WORDS) -> str:
    """Say why settings are trained one after another; empty where they are not."""
    return "" if why is None else words[why.code].format(**why.fields)


class Spread(NamedTuple):
    """Hold the losses' spread over the seeds that did not diverge, of each point (axis 1, axis 2 or 1); NaN where all
    did.

    ``diverged`` counts those that did.
    """

    median: Array
    low: Array
    high: Array
    diverged: Array


def spread_of(part: SweepPart, best: bool = False, by: RowsFor = "training") -> Spread:
    """Compute the spread of the losses reached, over the rows that train or, if there are any, ``by`` those that test.

    ``best``: of the lowest on the way.
    """
    reached = part.test if by == "test" and part.test is not None else part.losses
    losses = np.where(part.diverged, np.nan, part.best if best else reached)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of points where no seed is left
        median, low, high = np.nanmedian(losses, axis=-1), np.nanmin(losses, axis=-1), np.nanmax(losses, axis=-1)
    return Spread(median, low, high, part.diverged.sum(axis=-1))


def lowest(spread: Spread) -> tuple[int, int] | None:
    """Return the point with the lowest median; None where everything diverged."""
    if np.isnan(spread.median).all():
        return None
    first, second = np.unravel_index(np.nanargmin(spread.median), spread.median.shape)
    return int(first), int(second)


def headings(plan: SweepPlan, tested: bool = False) -> list[str]:
    """Return the headings of a sweep's table. ``tested``: some rows only test."""
    losses = ["final_loss", "best_loss", *(["test_loss"] if tested else [])]
    return [*(path_in_words(axis.path) for axis in plan.axes), "seed", "steps", *losses, "diverged"]


def sweep_rows(part: SweepPart) -> Iterator[list[Cell]]:
    """Yield the table as files have it: a row for each configuration and seed, below the headings.

    The seed is empty where the experiment's own start was used.
    """
    yield list(headings(part.plan, part.test is not None))
    kinds = [part.losses, part.best, *([] if part.test is None else [part.test])]
    for place in np.ndindex(part.losses.shape):
        values = [axis.values[number] for axis, number in zip(part.plan.axes, place, strict=False)]
        seed: Cell = part.plan.seeds[place[2]] if part.plan.seeds else ""
        losses = (float(own[place]) for own in kinds)
        yield [*values, seed, part.step, *losses, "true" if part.diverged[place] else "false"]
