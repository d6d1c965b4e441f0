"""Which pictures a report has, each drawn when it is asked for."""

from collections.abc import Mapping
from typing import Protocol

from engine.protocol import Axis

from .curves import loss_picture, rate_picture
from .figures import Figures
from .surface import surface_picture
from .sweep import picture as sweep_picture

NAMES: dict[Axis, str] = {"step": "over_step", "seconds": "over_seconds", "evaluations": "over_evaluations"}


class Draw(Protocol):
    """Draw a picture when it is called."""

    def __call__(self, *, clear: bool = False) -> str:
        """SVG text; ``clear``: without a ground of its own."""
        ...


def pictures_of(figures: Figures, words: Mapping[str, str]) -> dict[str, Draw]:
    """Return the report's pictures by the keys of their titles, in the order of the page."""
    found: dict[str, Draw] = {NAMES[axis]: _loss(figures, axis, words) for axis in figures.curves}
    if any(rate is not None for rate in figures.rates):
        found["rates"] = lambda *, clear=False: rate_picture(figures, words, clear)
    if (surface := figures.surface) is not None:
        found["surface"] = lambda *, clear=False: surface_picture(figures, surface, words, clear)
    if (part := figures.sweep) is not None:
        spec, place = figures.sweep_spec, part.plan.entry
        color = figures.colors[place] if place < len(figures.colors) else figures.colors[0]
        found["sweep"] = lambda *, clear=False: sweep_picture(
            spec, part, color, words=words, clear=clear, by=figures.sweep_by
        )
    return found


def _loss(figures: Figures, axis: Axis, words: Mapping[str, str]) -> Draw:
    return lambda *, clear=False: loss_picture(figures, axis, words, clear)
