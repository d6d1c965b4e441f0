"""What a sweep's numbers come to, the same in the window, on the terminal and in files."""

import warnings
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import path_in_words

from .jobs import SweepPart, SweepPlan

Cell = str | int | float


class Spread(NamedTuple):
    """Hold the losses' spread over the seeds that did not diverge, of each point (axis 1, axis 2 or 1); NaN where all
    did.

    ``diverged`` counts those that did.
    """

    median: Array
    low: Array
    high: Array
    diverged: Array


def spread_of(part: SweepPart, best: bool = False) -> Spread:
    """Compute the spread of the losses reached, or of the ``best`` on the way."""
    losses = np.where(part.diverged, np.nan, part.best if best else part.losses)
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


def headings(plan: SweepPlan) -> list[str]:
    return [*(path_in_words(axis.path) for axis in plan.axes), "seed", "steps", "final_loss", "best_loss", "diverged"]


def sweep_rows(part: SweepPart) -> Iterator[list[Cell]]:
    """Yield the table as files have it: a row for each configuration and seed, below the headings.

    The seed is empty where the experiment's own start was used.
    """
    yield list(headings(part.plan))
    for place in np.ndindex(part.losses.shape):
        values = [axis.values[number] for axis, number in zip(part.plan.axes, place, strict=False)]
        seed: Cell = part.plan.seeds[place[2]] if part.plan.seeds else ""
        losses = (float(part.losses[place]), float(part.best[place]))
        yield [*values, seed, part.step, *losses, "true" if part.diverged[place] else "false"]
