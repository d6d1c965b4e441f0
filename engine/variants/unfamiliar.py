"""The optimizers of which few people write their own: of them only what any optimizer may have."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from engine.diy.optimizers import OPTIMIZERS, lbfgs

from .any import Lines, any_variants
from .making import variant
from .over_steps import RESET
from .rule import Rule, reference
from .source import Source
from .variant import Reference, Shows, Variant

LINES = {
    "Adafactor": Lines(
        ascent=(("weight - alpha * U_hat", "weight + alpha * U_hat"),),
        rate_missing=(("rms(weight, axes)) * rho)", "rms(weight, axes)))"),),
        rate_twice=(("rms(weight, axes)) * rho)", "rms(weight, axes)) * rho * rho)"),),
        decay="decoupled",
        counts=Shows(),
    ),
    "ASGD": Lines(
        ascent=(("weight - eta * g", "weight + eta * g"),),
        rate_missing=(("weight - eta * g", "weight - g"),),
        rate_twice=(("weight - eta * g", "weight - eta * eta * g"),),
        counts=Shows(),
        decayed=(("(1 - lambd * eta) * weight - eta * g", "shrink * ((1 - lambd * eta) * weight - eta * g)"),),
        decay="l2",
    ),
    "Rprop": Lines(
        ascent=(("weight - np.sign", "weight + np.sign"),),
        rate_missing=(("np.full_like(weight, lr)", "np.ones_like(weight)"),),
        rate_twice=(("np.full_like(weight, lr)", "np.full_like(weight, lr * lr)"),),
    ),
    "Muon": Lines(
        ascent=(("weight - lr * r * O", "weight + lr * r * O"),),
        rate_missing=(("lr * r * O", "r * O"),),
        rate_twice=(("lr * r * O", "lr * lr * r * O"),),
        decay="decoupled",
        remembers=Shows(on=("momentum",)),
    ),
}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    if name == "LBFGS":
        source = Source(lbfgs.init, lbfgs.minimize, lbfgs.new_direction)
        made = Reference(name, source, _whole)
        return made, list(_of_lbfgs(made))
    made = reference(name, OPTIMIZERS[name])
    return made, list(any_variants(made, LINES[name]))


def _whole(names: Mapping[str, Any]) -> Rule:
    """Return a rule that moves all weights at once, and so has no update of one."""
    minimize: Callable[..., Any] = np.errstate(all="ignore")(names["minimize"])
    return Rule(names["Hyper"], names["State"], names["init"], _no_update, minimize)


def _no_update(*_: Any) -> Any:
    raise TypeError("it moves all weights at once: minimize")


def _of_lbfgs(of: Reference) -> Iterator[Variant]:
    plain = Shows(off=("line_search_fn",))
    first, later = "np.sum(np.abs(g))) * hyper.lr", "        alpha = hyper.lr\n"
    yield variant(of, "any.ascent", ("w = w + alpha * d", "w = w - alpha * d"), shows=plain)
    missing = (first, "np.sum(np.abs(g)))"), (later, "        alpha = 1.0\n")
    yield variant(of, "any.rate_missing", *missing, shows=plain)
    twice = (first, f"{first} * hyper.lr"), (later, "        alpha = hyper.lr * hyper.lr\n")
    yield variant(of, "any.rate_twice", *twice, shows=plain)
    yield variant(of, "any.state_reset", shows=Shows(steps=2), wraps=[RESET])
