"""Known departures as files of somebody's own, in the textbook's form."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from engine.variants import Variant, variants_of

OPTIMIZERS = ("SGD", "Adam", "Adamax", "NAdam", "RAdam", "Adagrad", "Adadelta", "RMSprop", "Rprop", "ASGD")
ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus")
LOSSES = ("mse", "l1", "smooth_l1", "huber", "bce", "cross_entropy")
KINDS = {"optimizer": OPTIMIZERS, "activation": ACTIVATIONS, "loss": LOSSES}
MOSTLY_NOT_FINITE = ("rmsprop.without_square",)  # of which no name is told


def written(kind: str, reference: str, folder: Path) -> Iterator[tuple[Variant, Path]]:
    """Each variant of a reference that is an edit of its text, and the file that it was written to."""
    folders = {"activation": "activations", "loss": "losses", "optimizer": "optimizers"}
    module = import_module(f"engine.diy.{folders[kind]}.{reference.lower()}")
    for number, variant in enumerate(variants_of(kind, reference)):  # type: ignore[arg-type]
        if variant.change.wraps or variant.id in MOSTLY_NOT_FINITE:
            continue
        defined = ("init", "update", reference, f"d_{reference}")
        names = [name for name in vars(module) if not name.startswith("__") and name not in defined]
        file = folder / f"{reference.lower()}_{number}.py"
        file.write_text(f"from {module.__name__} import {', '.join(names)}\n\n\n{variant.text}", encoding="utf-8")
        yield variant, file
