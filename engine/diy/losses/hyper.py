"""What several losses are told, in words for a person: see the optimizers' ``hyper``."""

from math import inf
from typing import Annotated

from ..optimizers.hyper import Hyperparameter

Reduction = Annotated[
    str,
    Hyperparameter(
        "Reduction",
        "“mean” divides by how many terms there are; “sum” adds them up, so that a larger batch takes larger steps.",
        live=False,
        choices=("mean", "sum"),
    ),
]
ClassWeights = Annotated[
    float,
    Hyperparameter("Class weights", "A number for each class: how much a row of it counts.", live=False),
]
IgnoreIndex = Annotated[
    int,
    Hyperparameter("Ignored class", "Rows of this class number count for nothing.", low=-inf, live=False),
]
