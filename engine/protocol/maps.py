"""The matrices of a run: which the window asks to see, and what it is shown of them.

The picture of the network shows all of them at once, with a row of the data on its way through.
"""

from typing import Literal, NamedTuple

from numpy import ndarray as Array

Quantity = str  # "grad", "weight", "step_size" (effective), or the symbol of a state entry: "m", "v", "b" …


class MapRequest(NamedTuple):
    """Say which matrix the heatmaps show, on how many pixels, and the (row, column) to read out."""

    entry: int
    tensor: str
    quantity: Quantity
    pixels: tuple[int, int]
    at: tuple[int, int] | None = None


class Reading(NamedTuple):
    """Hold one element of the matrices shown. None where a lane is not there; ``delta`` is diy - torch."""

    row: int
    column: int
    diy: float | None
    torch: float | None
    delta: float | None
    ulps: float | None


class Maps(NamedTuple):
    """Hold a matrix of both lanes of a pair and their difference, pooled where larger than its pixels.

    ``shape`` is the matrix's own, ``block`` how many rows and columns of it one cell stands for; a
    cell shows its block's element that is largest in magnitude. A bias is a matrix of one row.
    ``scale`` is the largest finite magnitude in both lanes, ``delta_scale`` and ``ulps_scale`` that
    of the difference. Arrays are None where a lane is not there or has no such state yet, the difference's also
    where the two are of unlike shapes; ``shape`` then holds both.
    The quantity ``step_size`` is what the newest update took from each weight, divided by its gradient (NaN
    where that is 0); ``rate`` is then the learning rate in force. ``hides``: the window has taken the difference out,
    since somebody is to find it himself.
    """

    request: MapRequest
    shape: tuple[int, int]
    block: tuple[int, int]
    diy: Array | None
    torch: Array | None
    delta: Array | None
    ulps: Array | None
    scale: float
    delta_scale: float
    ulps_scale: float
    reading: Reading | None
    rate: float | None = None
    hides: bool = False


# --- the picture of the network ------------------------------------------------------------------

Side = Literal["diy", "torch", "delta"]  # whose numbers: a lane's, or what DIY's differ from torch's by


class PictureRequest(NamedTuple):
    """Ask for the network of an optimizer entry, its weights or their gradients, and row ``row`` (from 0) on its way.

    ``most``: units of a layer that are drawn one by one; what joins to larger ones is pooled to ``pixels``.
    ``responses``: the number of the responses that the window has, 0 for none; None: it wants none.
    """

    entry: int
    side: Side
    quantity: Quantity
    most: int
    pixels: tuple[int, int]
    row: int | None = None
    responses: int | None = None


class LayerPass(NamedTuple):
    """Hold what a row becomes in a layer, forwards and backwards, a number a unit; pooled where there are many."""

    z: Array
    a: Array
    dL_da: Array
    dL_dz: Array


class RowPass(NamedTuple):
    """Hold a row of the data on its way through the network, and the gradients of its own loss on the way back.

    ``y`` is a number an output, or the class's number, of no dimension. ``grads``: of the parameters that are drawn
    number by number, by torch's names.
    """

    row: int
    x: Array
    y: Array
    layers: tuple[LayerPass, ...]
    loss: float
    grads: dict[str, Array]


class Responses(NamedTuple):
    """Hold what each unit answers over the plane of the inputs.

    ``extent``: x from, x to, y from, y to; of one input the first two count. ``layers``: an array a layer, units first,
    then y and x from lowest to highest, of one input x alone; None of one that has too many units.
    """

    number: int
    extent: tuple[float, float, float, float]
    layers: tuple[Array | None, ...]


class NetworkPicture(NamedTuple):
    """Hold the network as it was asked for: ``maps`` a parameter, in torch's order. ``passed``: None without a row.

    ``responses`` is None where the window has the newest, or there are none: of a network of more than two inputs.
    """

    request: PictureRequest
    maps: tuple[Maps, ...]
    passed: RowPass | None
    responses: Responses | None
