"""Batch normalization, as others write it."""

from collections.abc import Iterator

from engine.diy.layers import batch_norm1d

from .layer_rule import layer_rule
from .making import Pair, variant
from .norms import of_epsilon, of_the_paths, of_the_variance
from .source import Source
from .variant import Reference, Variant

RUNNING: Pair = "unbiased = var * (n / (n - 1))", "unbiased = var"
EVALUATED = 'mu, var = params[f"{name}.running_mean"], params[f"{name}.running_var"]'


def variants(name: str) -> tuple[Reference, list[Variant]]:
    kind = batch_norm1d
    source = Source(kind.forward, kind.evaluate, kind.scaled, kind.tracked, kind.backward)
    made = Reference(name, source, layer_rule)
    of_variance = of_the_variance(made, "batch_norm", -2, RUNNING)
    of_root = of_epsilon(made, "batch_norm", "c", "(x - mu)")
    return made, [*of_the_paths(made, "batch_norm"), *of_variance, *of_root, *_of_the_running(made)]


def _of_the_running(of: Reference) -> Iterator[Variant]:
    yield variant(of, "batch_norm.biased_running_var", RUNNING)
    yield variant(of, "batch_norm.momentum_reversed", ("alpha = hyper.momentum", "alpha = 1 - hyper.momentum"))
    by_batch = "mu, var = x.mean(axis=-2, keepdims=True), x.var(axis=-2, keepdims=True)"
    yield variant(of, "batch_norm.batch_at_eval", (EVALUATED, by_batch))
