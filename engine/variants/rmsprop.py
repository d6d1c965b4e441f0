"""RMSprop, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import rmsprop

from .any import Lines, any_variants
from .making import variant
from .rule import reference
from .variant import Reference, Shows, Variant

WITH_MOMENTUM, WITHOUT = "weight = weight - lr * b", "weight = weight - lr * g / rms"
MEAN = "v = alpha * v + (1 - alpha) * g * g"
RMS = "np.sqrt(variance) + eps"
BUFFER = "b = step if b is None else momentum * b + step"
RETURN = "    return weight, State(t, v, g_bar, b)"
LATER = Shows(steps=2)
CENTERED = Shows(on=("centered",))
MOMENTUM = Shows(on=("momentum",), steps=2)

LINES = Lines(
    ascent=((WITH_MOMENTUM, "weight = weight + lr * b"), (WITHOUT, "weight = weight + lr * g / rms")),
    rate_missing=((WITH_MOMENTUM, "weight = weight - b"), (WITHOUT, "weight = weight - g / rms")),
    rate_twice=((WITH_MOMENTUM, "weight = weight - lr * lr * b"), (WITHOUT, "weight = weight - lr * lr * g / rms")),
    eps_missing=((RMS, "np.sqrt(variance)"),),
    decayed=((RETURN, f"    weight = shrink * weight\n{RETURN}"),),
    decay="l2",
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, rmsprop)
    own = (found for group in (_of_the_mean, _of_the_divisor, _of_momentum) for found in group(made))
    return made, [*own, *any_variants(made, LINES)]


def _of_the_mean(of: Reference) -> Iterator[Variant]:
    yield variant(of, "rmsprop.starts_at_one", ("v=np.zeros_like(weight)", "v=np.ones_like(weight)"))
    yield variant(of, "rmsprop.not_averaged", (MEAN, "v = alpha * v + g * g"))
    yield variant(of, "rmsprop.accumulated", (MEAN, "v = v + g * g"), shows=LATER)
    yield variant(of, "rmsprop.alpha_reversed", (MEAN, "v = (1 - alpha) * v + alpha * g * g"))
    yield variant(of, "rmsprop.without_square", (MEAN, "v = alpha * v + (1 - alpha) * g"))
    yield variant(of, "rmsprop.without_square/size", (MEAN, "v = alpha * v + (1 - alpha) * np.abs(g)"))
    after = (MEAN, "pass"), (RETURN, f"    {MEAN}\n{RETURN}")
    yield variant(of, "rmsprop.after_step", *after)


def _of_the_divisor(of: Reference) -> Iterator[Variant]:
    yield variant(of, "rmsprop.eps_inside_root", (RMS, "np.sqrt(variance + eps)"))
    yield variant(of, "rmsprop.no_root", (RMS, "variance + eps"))
    corrected = ("np.sqrt(variance)", "np.sqrt(variance / (1 - alpha**t))")
    yield variant(of, "rmsprop.bias_corrected", corrected)
    square = "np.nan_to_num(g_bar * g_bar)"
    yield variant(of, "rmsprop.centered_missing", (f"v - {square}", "v"), shows=CENTERED)
    yield variant(of, "rmsprop.mean_without_square", (square, "np.nan_to_num(g_bar)"), shows=CENTERED)


def _of_momentum(of: Reference) -> Iterator[Variant]:
    inside = ("step = g / rms", "step = lr * g / rms"), (WITH_MOMENTUM, "weight = weight - b")
    changing = Shows(on=("momentum",), needs=("changing rate",), steps=2)
    yield variant(of, "rmsprop.rate_in_momentum", *inside, shows=changing)
    yield variant(of, "rmsprop.momentum_missing", (BUFFER, "b = step"), shows=MOMENTUM)
