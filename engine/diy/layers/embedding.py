r"""Embedding (Bengio, Ducharme, Vincent and Jauvin, 2003, "A Neural Probabilistic Language Model"): a row of a table.

Each whole number :math:`i` of ``x`` becomes the vector that stands in row :math:`i` of the weight,

.. math:: z = w_i

It is what a dense layer without bias makes of a row of zeros with a 1 at place :math:`i`, without the zeros. ``x`` is
``(rows, …)`` of whole numbers, ``weight`` ``(num_embeddings, embedding_dim)``, and ``z`` has an axis more than ``x``.
A whole number cannot be moved a little: there is no gradient of ``x``. The same :math:`i` may stand in many places, and
each of them adds its own part of the gradient to row :math:`i`: written ``dL_dw[i] = dL_dz`` the last would remain.

The row ``padding_idx`` stands for no word at all, so that rows of unlike lengths fit beside each other: it begins at 0,
and its gradient is 0. A weight decay, or an optimizer's noise, may move it all the same, as torch's.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.Embedding"
TITLE = "Embedding"
FACTOR = "1"  # of a weight: it is z, wherever its number stands
OF_INDICES = True
ONE_NETWORK = True
IN_PLACE = ("dL_dW",)
NEW = {"num_embeddings": 10, "embedding_dim": 2}
LARGEST = 1_000_000


class Hyper(NamedTuple):
    num_embeddings: Annotated[
        int,
        Hyperparameter(
            "Vectors",
            "How many there are, one for each whole number from 0.",
            low=1,
            high=LARGEST,
            closed=True,
            live=False,
        ),
    ]
    embedding_dim: Annotated[
        int,
        Hyperparameter("Numbers in each", "How long each vector is.", low=1, high=LARGEST, closed=True, live=False),
    ]
    padding_idx: Annotated[
        int | None,
        Hyperparameter(
            "Padding",
            "The whole number that stands for nothing: its vector begins at 0 and learns nothing.",
            low=-LARGEST,
            high=LARGEST,
            live=False,
            optional=True,
        ),
    ] = None


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    """Yield a padding that is none of the vectors; as in torch, those below 0 are counted from the end."""
    if hyper.padding_idx is not None and not -hyper.num_embeddings <= hyper.padding_idx < hyper.num_embeddings:
        yield "padding_idx", "no_such_vector"


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    return {"weight": (hyper.num_embeddings, hyper.embedding_dim)}


def output_shape(inputs: tuple[int, ...], hyper: Hyper) -> tuple[int, ...]:
    """Return the shape of a row of ``z``."""
    return (*inputs, hyper.embedding_dim)


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Array]:
    r"""Return the vector of each number, and the numbers, which the backward pass needs again."""
    W = params[f"{name}.weight"]
    z = W[x]
    return z, x


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[None, dict[str, Array]]:
    r"""Return the gradient of the weight, :math:`\partial L/\partial w_i = \sum_{x = i} \partial L/\partial z`.

    Of ``x`` there is none, wanted or not.
    """
    W = params[f"{name}.weight"]
    dL_dW = np.zeros_like(W)
    np.add.at(dL_dW, x, dL_dz)
    if hyper.padding_idx is not None:
        dL_dW[hyper.padding_idx] = 0
    return None, {f"{name}.weight": dL_dW}


def dz_dw(x: Array, parameter: str, index: tuple[int, ...], hyper: Hyper) -> Array:
    r"""Return :math:`\partial z/\partial w` of one number of the weight at each place of ``x``, shaped as ``x``.

    1 where its row's number stands, but for the one that stands for nothing.
    """
    row, _ = index
    padding = None if hyper.padding_idx is None else range(hyper.num_embeddings)[hyper.padding_idx]
    slope = 0.0 if row == padding else 1.0
    return np.where(x == row, slope, 0.0)
