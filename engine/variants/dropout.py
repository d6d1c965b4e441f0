"""Dropout, as others write it: all is told by the mask that the code itself drew."""

from collections.abc import Callable, Iterator
from typing import Any

from engine.diy.layers import dropout

from .layer_rule import LayerRule, layer_rule
from .making import Pair, variant
from .source import Source
from .variant import Reference, Shows, Variant, Wrap

SCALE, LED_BACK = "mask / (1 - hyper.p)", "dL_dx = dL_dz * dz_dx"
EVALUATED: Pair = "return x, Cache(None)", "return x * (1 - hyper.p), Cache(None)"
UNSCALED: Pair = SCALE, "mask"
BACK_MASK = "back_mask"
"""The name of the mask of a backward pass, where that is another than the forward pass's."""


def variants(name: str) -> tuple[Reference, list[Variant]]:
    source = Source(dropout.mask_share, dropout.forward, dropout.evaluate, dropout.backward)
    made = Reference(name, source, layer_rule)
    return made, [*_of_the_share(made), *_of_the_scale(made), *_of_the_mask(made)]


def _of_the_share(of: Reference) -> Iterator[Variant]:
    """Return what takes p for the probability with which a number stays."""
    yield variant(of, "dropout.keep_probability", wraps=[Wrap("p", _with_rest)])


def _with_rest(rule: LayerRule) -> LayerRule:
    def rest(hyper: Any) -> Any:
        return hyper._replace(p=1 - hyper.p)

    def handed(through: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: through(*given[:-1], rest(given[-1]))

    share = rule.share
    assert share is not None
    passes = (handed(rule.forward), handed(rule.evaluate), handed(rule.backward))
    return LayerRule(*passes, lambda hyper: share(rest(hyper)))


def _of_the_scale(of: Reference) -> Iterator[Variant]:
    yield variant(of, "dropout.scaled_at_eval", UNSCALED, EVALUATED)
    yield variant(of, "dropout.not_scaled", UNSCALED)
    yield variant(of, "dropout.not_scaled/value", ("z = x * dz_dx", "z = x * mask"))
    yield variant(of, "dropout.not_scaled/gradient", (LED_BACK, "dL_dx = dL_dz * (dz_dx > 0)"))
    yield variant(of, "dropout.scaled_twice", (SCALE, "mask / (1 - hyper.p) ** 2"))
    yield variant(of, "dropout.scaled_twice/evaluation", EVALUATED)


def _of_the_mask(of: Reference) -> Iterator[Variant]:
    drawn_anew = f'dL_dx = dL_dz * (params[f"{{name}}.{BACK_MASK}"] / (1 - hyper.p))'
    turned = ("z = x * dz_dx", "z = x * ((1 - mask) / (1 - hyper.p))")
    yield variant(of, "dropout.mask_turned", turned)
    yield variant(of, "dropout.mask_not_reused", (LED_BACK, drawn_anew), shows=Shows(needs=("another mask",)))
    yield variant(of, "dropout.mask_not_reused/none", (LED_BACK, "dL_dx = dL_dz"))
    yield variant(of, "dropout.mask_not_reused/scale", (LED_BACK, "dL_dx = dL_dz / (1 - hyper.p)"))
