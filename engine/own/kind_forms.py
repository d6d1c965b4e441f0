"""What layers of other kinds than the dense one are asked, and what they were found to be.

Five ways to call them serve all: a ``norm`` has a scale and a shift and may keep running averages, a ``dropout`` draws
a mask or is handed one, an ``embedding`` looks rows up in a table, a ``flatten`` takes rows of several axes, and a
``residual`` is handed what it leads its input past.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

CALLED = {
    "BatchNorm1d": "norm", "LayerNorm": "norm", "RMSNorm": "norm", "Dropout": "dropout", "Embedding": "embedding",
    "Flatten": "flatten", "Residual": "residual",
}  # fmt: skip
"""How each kind of layer is called, by torch's class; a dense one has a way of its own."""

WEIGHTS = {"norm": ("weight", "bias"), "dropout": (), "embedding": ("weight",), "flatten": (), "residual": ()}
"""What is trained of each, by torch's names."""

RUNNING = ("running_mean", "running_var")
GRADIENTS = {"weight": "dL_dw", "bias": "dL_db"}
"""The role that the gradient of each has among the answers."""

ROLES = {
    "norm": {"w": "weight", "gamma": "weight", "b": "bias", "beta": "bias"},
    "dropout": {},
    "flatten": {},
    "residual": {},
    "embedding": {"w": "weight", "gamma": "weight", "table": "weight", "indices": "x"},
}
SETTINGS = ("eps", "momentum", "decay", "p", "keep")
USUAL: Mapping[str, float] = {"eps": 1e-5, "momentum": 0.1, "decay": 0.9, "p": 0.5, "keep": 0.5}

TRAINED, EVALUATED = 1, 2  # marks of what is recorded of a step, and of what it is evaluated on
ROWS, COLUMNS = 5, 3
MANY = (60, 50)  # of a mask, so that how many stay tells the probability
WORDS, WIDTH = 6, 4
SEVERAL = (2, 3)  # the axes of a row that is flattened
STAYS = 0.7  # of a mask that is handed over

INSIDE = "inside_weight"
"""The input that a residual's inside is made of: see :class:`~engine.own.inside.Inside`."""


class KindProbe(NamedTuple):
    """Ask a layer one question: a step of training, and what it makes of ``x_evaluated`` afterwards.

    ``inputs``: ``x`` and ``dL_dz``, what it is trained with by torch's names, and of a norm the running averages.
    ``settings`` are by the code's own names.
    """

    kind: str
    inputs: dict[str, Array]
    settings: Mapping[str, float] = {}


class PassedKind(NamedTuple):
    """Hold a forward pass: ``z`` as torch has it, and what the way back needs.

    ``known`` are the values that came out, by the names that the code has for them; ``thing`` is the object that made
    it; ``running`` are the averages after it.
    """

    z: Array
    cache: Any = None
    known: Mapping[str, Any] = {}
    thing: Any = None
    running: Mapping[str, Array] = {}
    led_back: Callable[[Array], list[Array]] | None = None


class OwnSetting(NamedTuple):
    """Describe a number of the code's: ``name`` in the code; ``settable``: it can be handed in, else it has a line."""

    name: str
    role: str
    value: float
    settable: bool
    given: bool
    line: int | None = None


class DescribedKind(NamedTuple):
    """Describe a layer as it was found. ``called`` is one of the ways to call it.

    ``weights``: what of it is trained; ``has_mode``: it can be told that it is evaluated; ``running``: it keeps running
    averages; ``is_flat``: of an embedding, it takes a list of numbers alone; ``has_given_mask``: of a dropout, it is
    handed its mask, 1 where a number stays.
    """

    kind: str
    name: str
    form: str
    called: str
    weights: tuple[str, ...]
    has_mode: bool
    running: bool
    settings: tuple[OwnSetting, ...]
    first: int
    last: int
    literals: list[tuple[float, int]]
    text: str
    is_flat: bool = False
    has_given_mask: bool = False
    has_derivative: bool = True
    is_open: bool = False


def kind_inputs(called: str, seed: int, *, flat: bool = False) -> dict[str, Array]:
    """Draw what a layer is asked with; of a table rows that are looked up several times."""
    random = np.random.default_rng(seed)
    if called == "dropout":
        x = random.uniform(0.5, 2.0, size=MANY) * random.choice([-1.0, 1.0], size=MANY)
        dL_dz = random.uniform(0.5, 2.0, size=MANY) * random.choice([-1.0, 1.0], size=MANY)
        mask = (random.random(size=MANY) < STAYS).astype(x.dtype)
        return {"x": x, "dL_dz": dL_dz, "x_evaluated": x, "mask": mask}
    if called == "flatten":
        return {"x": random.normal(size=(ROWS, *SEVERAL)), "dL_dz": random.normal(size=(ROWS, int(np.prod(SEVERAL))))}
    if called == "residual":
        x, dL_dz = random.normal(size=(2, ROWS, COLUMNS))
        return {"x": x, "dL_dz": dL_dz, INSIDE: random.normal(size=(COLUMNS, COLUMNS))}
    if called == "embedding":
        x = random.integers(0, WORDS, size=7 if flat else (4, 3))
        x.flat[0] = x.flat[-1]
        return {"x": x, "weight": random.normal(size=(WORDS, WIDTH)), "dL_dz": random.normal(size=(*x.shape, WIDTH))}
    x = random.normal(scale=1.5, size=(ROWS, COLUMNS)) + random.normal(size=COLUMNS)
    return {
        "x": x,
        "weight": random.uniform(0.5, 2.0, size=COLUMNS),
        "bias": random.normal(size=COLUMNS),
        "dL_dz": random.normal(size=x.shape),
        "running_mean": random.normal(size=COLUMNS),
        "running_var": random.uniform(0.5, 2.0, size=COLUMNS),
        "x_evaluated": random.normal(size=(ROWS - 1, COLUMNS)),
    }


def kind_samples(names: list[str]) -> list[KindProbe]:
    """Return probes to find a way of calling with, those of the likeliest kinds first."""
    called = dict.fromkeys(CALLED[name] for name in names if name in CALLED)
    return [
        KindProbe(one, kind_inputs(one, 1, flat=flat))
        for one in called
        for flat in ((True, False) if one == "embedding" else (False,))
    ]
