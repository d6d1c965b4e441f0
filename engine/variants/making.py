"""How a family's file writes its variants down: an id, and the edits that make it."""

from collections.abc import Iterable

from .source import Edit
from .variant import Change, Reference, Shows, Variant, Verdict, Wrap
from .words import SAID, VERDICTS

Pair = tuple[str, str]
NOTHING = Shows()


def variant(
    reference: Reference,
    name: str,
    *edits: Pair,
    shows: Shows = NOTHING,
    wraps: Iterable[Wrap] = (),
    same_as: tuple[str, ...] = (),
) -> Variant:
    """Return the variant that the edits and wraps make of the reference. ``name``: its id, or ``id/way``."""
    verdict, does, torch_does, edit = SAID[name]
    others = [VERDICTS[other] for other in same_as]
    kind: Verdict = "convention" if "convention" in (verdict, *others) else "mistake"
    change = Change(tuple(Edit(*pair) for pair in edits), tuple(wraps))
    return Variant(name.split("/")[0], kind, does, torch_does, edit, shows, same_as, reference, change)
