"""Which variants there are of a reference, by the kind of code and torch's or the experiment file's name."""

from functools import cache
from importlib import import_module
from typing import Any

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES

from .variant import Kind, Reference, Variant

FAMILIES: dict[Kind, dict[str, str]] = {
    "optimizer": {
        "SGD": "sgd",
        "Adam": "adam",
        "AdamW": "adam",
        "Adamax": "adamax",
        "NAdam": "nadam",
        "RAdam": "radam",
        "Adagrad": "adagrad",
        "Adadelta": "adadelta",
        "RMSprop": "rmsprop",
        "Rprop": "unfamiliar",
        "ASGD": "unfamiliar",
        "Adafactor": "unfamiliar",
        "Muon": "unfamiliar",
        "LBFGS": "unfamiliar",
    },
    "activation": {"softmax": "softmax", "log_softmax": "softmax"},
    "loss": {
        "bce": "bce",
        "cross_entropy": "cross_entropy",
        "nll": "nll",
        "binary_cross_entropy": "probabilities",
        "kl_div": "probabilities",
    },
    "layer": {
        "linear": "linear",
        "BatchNorm1d": "batch_norm",
        "LayerNorm": "layer_norm",
        "RMSNorm": "rms_norm",
        "Dropout": "dropout",
        "Embedding": "embedding",
        "Flatten": "flatten",
        "Residual": "residual",
    },
}
"""The file that has each reference's variants, by Lockstep's name of it; those of any activation and of any loss of
numbers are in ``activations`` and ``losses``.
"""

ALIASES = {
    "mseloss": "mse",
    "l1loss": "l1",
    "smoothl1loss": "smoothl1",
    "huberloss": "huber",
    "crossentropyloss": "crossentropy",
    "bcewithlogitsloss": "bce",
    "binarycrossentropywithlogits": "bce",
    "nllloss": "nll",
    "bceloss": "binarycrossentropy",
    "kldivloss": "kldiv",
    "swish": "silu",
    "dense": "linear",
    "batchnorm": "batchnorm1d",
}
"""torch's other names, without underscores and in small letters."""


def variants_of(kind: Kind, reference: str) -> tuple[Variant, ...]:
    """Return the known variants of what has that name in torch, conventions first; of an unknown one none."""
    name = _known(kind, reference)
    return _read(kind, name)[1] if name else ()


def reference_named(kind: Kind, reference: str) -> Reference:
    """Return the textbook's rule, to be made with a change or without; KeyError where there is none of that name."""
    name = _known(kind, reference)
    if name is None:
        raise KeyError(reference)
    return _read(kind, name)[0]


def reference_of(kind: Kind, reference: str) -> Any:
    """Return the unchanged rule in a variant's form; KeyError where there is none of that name."""
    return reference_named(kind, reference).function()


def _known(kind: Kind, reference: str) -> str | None:
    plain = reference.lower().replace("_", "")
    plain = ALIASES.get(plain, plain)
    return next((name for name in _families(kind) if name.lower().replace("_", "") == plain), None)


def _families(kind: Kind) -> dict[str, str]:
    if kind == "activation":
        of_numbers = [name for name, activation in ACTIVATIONS.items() if activation.back is None]
        return dict.fromkeys(of_numbers, "activations") | FAMILIES[kind]
    if kind == "loss":
        of_numbers = [name for name in LOSSES if LOSSES.module(name).TARGET == "numbers"]
        return dict.fromkeys(of_numbers, "losses") | FAMILIES[kind]
    return FAMILIES[kind]


@cache
def _read(kind: Kind, name: str) -> tuple[Reference, tuple[Variant, ...]]:
    family = import_module(f"{__package__}.{_families(kind)[name]}")
    reference, variants = family.variants(name)
    return reference, tuple(sorted(variants, key=lambda variant: variant.kind))
