"""Gradient descent with momentum, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import sgd

from .any import Lines, any_variants
from .making import variant
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "return weight - lr * step"
BUFFER = "momentum * b + (1 - dampening) * g"
LOOKED_AHEAD = "step = g + momentum * b if nesterov else b"
MOMENTUM = Shows(on=("momentum",))
LATER = Shows(on=("momentum",), steps=2)
NESTEROV = Shows(on=("momentum", "nesterov"))
DAMPED = Shows(on=("momentum", "dampening"))

LINES = Lines(
    ascent=(("return weight - lr", "return weight + lr"),),
    rate_missing=((STEP, "return weight - step"),),
    rate_twice=((STEP, "return weight - lr * lr * step"),),
    decayed=((STEP, "return shrink * (weight - lr * step)"),),
    decay="l2",
    remembers=MOMENTUM,
    mixes=LATER,
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, sgd)
    return made, [*_of_momentum(made), *any_variants(made, LINES), *_of_the_rate(made)]


def _of_momentum(of: Reference) -> Iterator[Variant]:
    yield variant(
        of,
        "sgd.rate_in_momentum",
        ("step = g\n", "step = lr * g\n"),
        ("b = g if b is None", "b = lr * g if b is None"),
        (BUFFER, "momentum * b + (1 - dampening) * lr * g"),
        (LOOKED_AHEAD, "step = lr * g + momentum * b if nesterov else b"),
        (STEP, "return weight - step"),
        shows=Shows(on=("momentum",), needs=("changing rate",), steps=2),
    )
    averaged = (BUFFER, "momentum * b + (1 - momentum) * g")
    from_zero = ("b = g if b is None", "b = (1 - momentum) * g if b is None")
    yield variant(of, "sgd.averaged_momentum", from_zero, averaged, shows=MOMENTUM)
    yield variant(of, "sgd.averaged_momentum/from first", averaged, shows=LATER)
    first = ("b = g if b is None", "b = (1 - dampening) * g if b is None")
    yield variant(of, "sgd.first_step_dampened", first, shows=DAMPED)
    yield variant(of, "sgd.dampening_missing", (BUFFER, "momentum * b + g"), shows=DAMPED.and_(LATER))
    only_ahead = (LOOKED_AHEAD, "step = momentum * b if nesterov else b")
    yield variant(of, "sgd.nesterov_without_gradient", only_ahead, shows=NESTEROV)
    yield variant(of, "sgd.heavy_ball_for_nesterov", (LOOKED_AHEAD, "step = b"), shows=NESTEROV)
    always = (LOOKED_AHEAD, "step = g + momentum * b")
    heavy_ball = Shows(on=("momentum",), off=("nesterov",))
    yield variant(of, "sgd.nesterov_for_heavy_ball", always, shows=heavy_ball)


def _of_the_rate(of: Reference) -> Iterator[Variant]:
    """Return what comes after the step's own: without momentum both are one."""
    yield variant(
        of,
        "any.rate_twice/in momentum",
        ("step = g\n", "step = lr * g\n"),
        ("b = g if b is None", "b = lr * g if b is None"),
        (BUFFER, "momentum * b + (1 - dampening) * lr * g"),
        (LOOKED_AHEAD, "step = lr * g + momentum * b if nesterov else b"),
    )
