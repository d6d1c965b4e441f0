"""An optimizer's rule as a value: what a module of ``engine.diy.optimizers`` holds, and how it moves weights."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .source import Source
from .variant import Reference

Step = Callable[[Sequence[Array], Sequence[Any], Sequence[Array], Any], tuple[list[Array], list[Any]]]


class Rule(NamedTuple):
    """Hold an optimizer's functions: ``update`` as in the textbook; ``minimize``, in its stead, moves all weights at
    once.

    ``together``: how several weights are moved, where it is not each by itself.
    """

    Hyper: Any
    State: Any
    init: Callable[[Array], Any]
    update: Callable[..., tuple[Array, Any]]
    minimize: Callable[..., tuple[Array, Any]] | None = None
    together: Step | None = None

    def begin(self, weights: Sequence[Array]) -> list[Any]:
        """Return a state for each weight."""
        return [self.init(weight) for weight in weights]

    def step(
        self, grads: Sequence[Array], states: Sequence[Any], weights: Sequence[Array], hyper: Any
    ) -> tuple[list[Array], list[Any]]:
        """Move every weight once: return the new weights and states."""
        if self.together is not None:
            return self.together(grads, states, weights, hyper)
        moved = [self.update(*each, hyper) for each in zip(grads, states, weights, strict=True)]
        return [weight for weight, _ in moved], [state for _, state in moved]


def reference(name: str, module: ModuleType) -> Reference:
    """Return a reference made of a textbook optimizer's ``init`` and ``update``."""
    return Reference(name, Source(module.init, module.update), rule_of)


def rule_of(names: Mapping[str, Any]) -> Rule:
    """Return the rule that is made of these names; variants divide by 0 and the like without a warning."""
    return Rule(names["Hyper"], names["State"], names["init"], np.errstate(all="ignore")(names["update"]))
