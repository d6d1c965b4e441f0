"""A known departure as a record names it."""

from engine.protocol import Departure
from engine.variants import Variant

from .findings import Named


def named_by(variant: Variant, line: int | None) -> Named:
    """Name a departure, or two at once; ``line`` is the person's that it stands in."""
    parts = variant.parts or (variant,)
    words = f"{variant.does}; torch {variant.torch_does}"
    departure = Departure(
        variant.ids,
        tuple(part.does for part in parts),
        tuple(part.torch_does for part in parts),
        tuple(part.edit for part in parts),
    )
    return Named(
        variant.ids[0], line, words, variant.ids, variant.does, variant.torch_does, variant.edit, departure
    )  # fmt: skip
