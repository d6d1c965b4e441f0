"""The change of one weight by one step: all numbers that had a part in it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np


class Part(NamedTuple):
    """Hold a part of a change: ``kind`` as in ``engine.protocol.UpdatePart``; ``formula`` is LaTeX."""

    kind: str
    formula: str
    value: float


class Change(NamedTuple):
    """Hold a change of one element of a weight: its gradient, itself and the optimizer's state, before and after.

    ``grad`` is what the optimizer was given; ``raw`` is what it was before it was clipped, None where nothing is.

    Numbers are ``np.float64``, which divide by 0 and overflow without raising. State entries by the paper's symbols,
    those that are not there left out. ``hyper`` is the optimizer's own ``Hyper``.
    """

    hyper: Any
    grad: np.float64
    before: np.float64
    after: np.float64
    state_before: Mapping[str, np.float64]
    state_after: Mapping[str, np.float64]
    raw: np.float64 | None = None

    @property
    def delta(self) -> float:
        with np.errstate(all="ignore"):
            return float(self.after - self.before)

    @property
    def uphill(self) -> bool:
        return bool(getattr(self.hyper, "maximize", False))

    @property
    def g(self) -> np.float64:
        """Return the gradient of what is to become small."""
        return -self.grad if self.uphill else self.grad

    def gradient_step(self) -> Part:
        """Return the plain step down the gradient, or up."""
        sign = "" if self.uphill else "-"
        return Part("gradient", rf"{sign}\gamma\,\frac{{\partial L}}{{\partial w}}", -_lr(self.hyper) * self.g)

    def penalty_step(self) -> Part:
        """Return what weight decay adds to the gradient."""
        return Part(
            "weight_decay", r"-\gamma\,\lambda\,w_{t-1}", -_lr(self.hyper) * self.hyper.weight_decay * self.before
        )

    def first_steps(self) -> Iterator[Part]:
        """Yield the plain step, and what weight decay adds to it where it is switched on and part of the gradient."""
        yield self.gradient_step()
        if self.hyper.weight_decay and not self.decays_apart:
            yield self.penalty_step()

    def decay_apart(self) -> Iterator[Part]:
        """Return what weight decay does apart from the gradient, where it is switched on and does."""
        if self.hyper.weight_decay and self.decays_apart:
            yield self.penalty_step()._replace(kind="decoupled_decay")

    @property
    def decays_apart(self) -> bool:
        return bool(getattr(self.hyper, "decoupled_weight_decay", False))

    def penalized(self) -> np.float64:
        """Return the gradient with weight decay added, unless that is apart from it."""
        return self.g if self.decays_apart else self.g + self.hyper.weight_decay * self.before


def _lr(hyper: Any) -> np.float64:
    return np.float64(getattr(hyper, "lr", 1.0))
