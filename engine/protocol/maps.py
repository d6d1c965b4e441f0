"""The matrices of a run: which the window asks to see, and what it is shown of them."""

from typing import NamedTuple

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
    where that is 0); ``rate`` is then the learning rate in force.
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
