"""The experiment that a rung's code runs in: small, with inputs that tell what the code does."""

from typing import Any

from engine.protocol import CodeUse

from .rungs import Rung, in_words

X = [[0.5, -1.2, 2.0], [-0.3, 0.8, -2.5], [1.5, 0.1, 0.4], [-1.0, -0.6, 3.0]]
NUMBERS = [[1.0, 0.2], [0.4, -0.5], [-1.1, 0.8], [0.3, 1.6]]
YES_OR_NO = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
SHARES = [[0.3, 0.7], [0.9, 0.1], [0.5, 0.5], [0.2, 0.8]]
CLASSES = [1, 0, 1, 0]
TARGETS = {"bce": YES_OR_NO, "binary_cross_entropy": YES_OR_NO, "kl_div": SHARES} | dict.fromkeys(
    ("nll", "cross_entropy"), CLASSES
)
BEFORE = {"binary_cross_entropy": "sigmoid", "kl_div": "log_softmax", "nll": "log_softmax"}  # what a loss is given
WORDS = {"num_embeddings": 4, "embedding_dim": 3}


def apart(rung: Rung) -> tuple[CodeUse, ...]:
    """Return what is to be judged though it stands nowhere in the rung's experiment."""
    return (CodeUse(rung.file, rung.kind, rung.against),) if rung.is_apart else ()


def experiment_of(rung: Rung, text: str) -> dict[str, Any]:
    """Return an experiment in which the rung's code, ``text``, stands in DIY's place, as a file has it.

    One that is judged apart is in its files alone, beside what it is of.
    """
    code = {"name": rung.against, "code": rung.file}
    raw: dict[str, Any] = {
        "schema": 1,
        "title": in_words(rung.title),
        "data": {"x": X, "y": TARGETS.get(rung.against, NUMBERS) if rung.kind == "loss" else NUMBERS},
        "network": {"layers": [{"units": 3, "activation": "tanh"}, {"units": 2}], "loss": "mse"},
        "dtype": "float64",
        "optimizers": [{"name": "SGD", "params": {"lr": 0.05}}],
        "code": {rung.file: {"text": text}},
    }
    layers = raw["network"]["layers"]
    if rung.kind == "optimizer":
        raw["optimizers"] = [code]
    elif rung.kind == "activation":
        layers[0] = {"units": 3, "activation": code}
    elif rung.kind == "loss":
        raw["network"]["loss"] = code
        layers[1]["activation"] = BEFORE.get(rung.against, "identity")
    elif rung.against == "linear":
        layers[0]["code"] = rung.file
    elif rung.against in ("Embedding", "Flatten"):  # rows of several axes are what a table gives
        raw["data"]["x"] = [[0, 2], [1, 1], [3, 2], [2, 0]]
        own = {rung.against: {"code": rung.file}}
        layers[:1] = [{"kind": "Embedding", "params": WORDS}, {"kind": "Flatten"}]
        layers[:2] = [layer | own.get(layer["kind"], {}) for layer in layers[:2]]
    elif rung.is_apart:
        layers.insert(1, {"kind": rung.against, "layers": [{"units": 3, "activation": "tanh"}]})
    else:
        layers.insert(1, {"kind": rung.against, "code": rung.file})
    return raw
