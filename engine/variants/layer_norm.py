"""Layer normalization, as others write it."""

from collections.abc import Iterator

from engine.diy.layers import layer_norm

from .layer_rule import layer_rule
from .making import Pair, variant
from .norms import of_epsilon, of_the_paths, of_the_variance
from .source import Source
from .variant import Reference, Variant

FORWARD = ("mu = x.mean(axis=-1, keepdims=True)", "(c * c).mean(axis=-1, keepdims=True)")
BACKWARD = (
    "n = x_hat.shape[-1]",
    "-direct.sum(axis=-1, keepdims=True)",
    "(dL_dx_hat * dx_hat_dsigma).sum(axis=-1, keepdims=True)",
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(layer_norm.forward, layer_norm.backward), layer_rule)
    of_variance, of_root = of_the_variance(made, "layer_norm", -1), of_epsilon(made, "layer_norm", "c")
    return made, [*of_the_paths(made, "layer_norm"), *of_variance, *of_root, *_of_the_axis(made)]


def _of_the_axis(of: Reference) -> Iterator[Variant]:
    yield variant(of, "layer_norm.over_rows", *map(_over_rows, (*FORWARD, *BACKWARD)))
    yield variant(of, "layer_norm.over_rows/gradient", *map(_over_rows, BACKWARD))
    rows, through_mean, through_variance = BACKWARD
    means = (
        _over_rows(rows),
        (through_mean, "-dL_dx_hat.sum(axis=-2, keepdims=True) / sigma"),
        (through_variance, "-(dL_dx_hat * x_hat).sum(axis=-2, keepdims=True) / sigma"),
    )
    yield variant(of, "layer_norm.over_rows/gradient", *means)


def _over_rows(text: str) -> Pair:
    return text, text.replace("-1", "-2")
