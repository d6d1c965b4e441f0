"""What may be in any optimizer: sign, rate, weight decay, ε, and what is kept from step to step."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from . import over_steps
from .making import NOTHING, Pair, variant
from .variant import Reference, Shows, Variant

Decay = Literal["none", "l2", "either", "decoupled"]

L2 = "g = g + weight_decay * weight"
DECOUPLED = "weight = (1 - lr * weight_decay) * weight"
IF_DECOUPLED = "if decoupled_weight_decay:"
LATER = Shows(steps=2)
SIGN = "g = -grad if maximize else grad"


class Lines(NamedTuple):
    """Tell by edits where a reference's text has what any optimizer has.

    ``decayed``: those that multiply the weight after the step by ``shrink``. ``decay``: how the text has weight decay:
    in the gradient, apart from it, or either as ``decoupled_weight_decay`` says. ``counts``: what must be on for the
    number of the step to matter, None where it never does; ``remembers``: for a state to matter; ``mixes``: for it to
    matter whether the decay is in the gradient or apart from it.
    """

    ascent: tuple[Pair, ...]
    rate_missing: tuple[Pair, ...] = ()
    rate_twice: tuple[Pair, ...] = ()
    eps_missing: tuple[Pair, ...] = ()
    decayed: tuple[Pair, ...] = ()
    decay: Decay = "none"
    counts: Shows | None = None
    remembers: Shows = NOTHING
    mixes: Shows = LATER


def any_variants(reference: Reference, lines: Lines, *, without: tuple[str, ...] = ()) -> Iterator[Variant]:
    """Return those that this reference can have, but ``without`` those that are listed under another id."""
    for found in (*_of_the_step(reference, lines), *_of_decay(reference, lines), *_over_steps(reference, lines)):
        if found.id not in without:
            yield found


def _of_the_step(reference: Reference, lines: Lines) -> Iterator[Variant]:
    yield variant(reference, "any.ascent", *lines.ascent)
    if lines.rate_missing:
        yield variant(reference, "any.rate_missing", *lines.rate_missing)
        yield variant(reference, "any.rate_twice", *lines.rate_twice)
    if lines.eps_missing:
        yield variant(reference, "any.eps_missing", *lines.eps_missing)


def _over_steps(reference: Reference, lines: Lines) -> Iterator[Variant]:
    for first in ("its own", "zero", "none"):
        yield variant(reference, "any.stale_gradient", shows=LATER, wraps=[over_steps.stale(first)])
    yield variant(reference, "any.accumulated_gradient", shows=LATER, wraps=[over_steps.ACCUMULATED])
    yield variant(reference, "any.state_reset", shows=lines.remembers.and_(LATER), wraps=[over_steps.RESET])
    several = Shows(needs=("several weights",))
    yield variant(reference, "any.state_shared", shows=lines.remembers.and_(several), wraps=[over_steps.SHARED])
    if not lines.counts:
        return
    shows = lines.counts.and_(several).and_(LATER)
    yield variant(reference, "any.state_shared/counter", shows=shows, wraps=[over_steps.COUNTING_TOGETHER])
    if not lines.counts.on:  # else the number of the step is seldom of account
        yield variant(reference, "any.state_shared/memory", shows=shows, wraps=[over_steps.REMEMBERING_TOGETHER])


def _of_decay(reference: Reference, lines: Lines) -> Iterator[Variant]:
    if lines.decay == "l2":
        yield from _of_l2(reference, lines)
    elif lines.decay == "either":
        yield from _of_either(reference, lines)
    elif lines.decay == "decoupled":
        yield from _of_decoupled(reference, lines)


def _shrunk_after(old: str, lines: Lines) -> tuple[Pair, ...]:
    return (SIGN, f"{SIGN}\n    shrink = 1"), (old, "shrink = (1 - lr * weight_decay)"), *lines.decayed


def _of_l2(reference: Reference, lines: Lines) -> Iterator[Variant]:
    on = Shows(on=("weight_decay",))
    yield variant(reference, "any.decoupled_for_l2", (L2, DECOUPLED), shows=on.and_(lines.mixes))
    yield variant(reference, "any.decay_without_rate/l2", (L2, "weight = (1 - weight_decay) * weight"), shows=on)
    yield variant(reference, "any.decay_after_step/l2", *_shrunk_after(L2, lines), shows=on)
    yield from _of_the_share(reference, on)
    yield variant(reference, "any.decay_missing", (L2, "pass"), shows=on)


def _of_the_share(reference: Reference, shows: Shows) -> Iterator[Variant]:
    shows = shows.and_(LATER)
    yield variant(reference, "any.decay_doubled", (L2, "g = g + 2 * weight_decay * weight"), shows=shows)
    yield variant(reference, "any.decay_sign", (L2, "g = g - weight_decay * weight"), shows=shows)


def _of_either(reference: Reference, lines: Lines) -> Iterator[Variant]:
    l2 = Shows(on=("weight_decay",), off=("decoupled_weight_decay",), steps=2)
    decoupled = Shows(on=("weight_decay", "decoupled_weight_decay"), steps=2)
    yield variant(reference, "any.decoupled_for_l2", (IF_DECOUPLED, "if True:  # always decoupled"), shows=l2)
    yield variant(reference, "any.l2_for_decoupled", (IF_DECOUPLED, "if False:  # always L2"), shows=decoupled)
    yield from _of_the_share(reference, l2)
    yield variant(reference, "any.decay_missing", (L2, "pass"), shows=l2)
    yield from _of_the_shrinking(reference, lines, decoupled)


def _of_decoupled(reference: Reference, lines: Lines) -> Iterator[Variant]:
    on = Shows(on=("weight_decay",))
    if IF_DECOUPLED in reference.source.text:
        always_l2 = (IF_DECOUPLED, "if False:  # always L2")
        doubled = (L2, "g = g + 2 * weight_decay * weight")
        yield variant(reference, "any.l2_for_decoupled", always_l2, shows=on)
        yield variant(reference, "any.decay_doubled/decoupled", always_l2, doubled, shows=on)
    yield from _of_the_shrinking(reference, lines, on)


def _of_the_shrinking(reference: Reference, lines: Lines, shows: Shows) -> Iterator[Variant]:
    without_rate = (DECOUPLED, "weight = (1 - weight_decay) * weight")
    yield variant(reference, "any.decay_without_rate", without_rate, shows=shows)
    if lines.decayed:
        yield variant(reference, "any.decay_after_step", *_shrunk_after(DECOUPLED, lines), shows=shows)
    yield variant(reference, "any.decay_missing/decoupled", (DECOUPLED, "pass"), shows=shows)
    yield variant(reference, "any.decay_sign", (DECOUPLED, "weight = (1 + lr * weight_decay) * weight"), shows=shows)
