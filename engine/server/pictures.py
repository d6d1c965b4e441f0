"""The picture of the network: its matrices, a row on its way through it, and what each unit answers over the plane."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.row_pass import RowPasses
from engine.pace import Figures
from engine.protocol import (
    LayerPass,
    MapRequest,
    Maps,
    NetworkPicture,
    PictureRequest,
    Responses,
    RowPass,
    Side,
)
from engine.run.lockstep import Lockstep
from engine.spec import shapes_of, unit_counts

SIDES: dict[Side, tuple[str, ...]] = {"diy": ("diy",), "torch": ("torch",), "delta": ("diy", "torch")}
MOST_VALUES = 1024  # numbers of a layer, or of a row's inputs, that are told one by one
POINTS = {1: 48, 2: 20}  # a side of the grid that responses are computed on, by the number of inputs
MOST_WORK = 20_000_000  # multiplications that responses may take
MARGIN = 0.1  # of the data's extent, around it


class _Asked(NamedTuple):
    """Hold what responses depend on but for the weights."""

    entry: int
    side: Side
    most: int


class Pictures:
    """Answer requests for the picture of one run's network. ``maps`` makes a matrix of both lanes, as heatmaps do."""

    def __init__(self, run: Lockstep, maps: Callable[[Lockstep, MapRequest], Maps]):
        self._run, self._maps = run, maps
        self._passes: RowPasses | None = None
        self._responses: Figures[Responses | None] = Figures()
        self._number = 0

    def answer(self, request: PictureRequest, running: bool) -> NetworkPicture | None:
        """Return the picture; None of a test function, which has no network."""
        if self._run.spec.network is None:
            return None
        responses = None
        if request.responses is not None:
            asked = _Asked(request.entry, request.side, request.most)
            responses = self._responses.of(asked, running, lambda: self._respond(asked))
            if responses is not None and responses.number == request.responses:
                responses = None
        return NetworkPicture(request, tuple(self._matrices(request)), self._passed(request), responses)

    def _matrices(self, request: PictureRequest) -> Iterator[Maps]:
        for name, shape in shapes_of(self._run.spec).items():
            drawn = max(shape) <= request.most
            pixels = (request.most, request.most) if drawn else request.pixels
            yield self._maps(self._run, MapRequest(request.entry, name, request.quantity, pixels))

    # --- a row's way ---------------------------------------------------------------------------

    def _passed(self, request: PictureRequest) -> RowPass | None:
        weights = self._weights(request.entry, request.side)
        if request.row is None or not 0 <= request.row < len(self._network.x) or weights is None:
            return None
        ways = [self._network.passed(of_lane, request.row, buffers) for of_lane, buffers in weights]
        way = ways[0] if len(ways) == 1 else _difference(*ways)
        grads = {name: grad for name, grad in way.grads.items() if max(grad.shape, default=1) <= request.most}
        layers = tuple(LayerPass(*map(_thinned, layer)) for layer in way.layers)
        return way._replace(x=_thinned(way.x), layers=layers, grads=grads)

    @property
    def _network(self) -> RowPasses:
        if self._passes is None:
            self._passes = RowPasses(self._run.spec)
        return self._passes

    def _weights(self, entry: int, side: Side) -> list[tuple[Sequence[Array], Mapping[str, Array]]] | None:
        """Return weights and buffers of the side's lanes; None where one does not run."""
        lanes = [self._run.lane_of(entry, backend) for backend in SIDES[side]]
        return None if None in lanes else [(lane.weights(), lane.buffers()) for lane in lanes if lane is not None]

    # --- responses -----------------------------------------------------------------------------

    def _respond(self, asked: _Asked) -> Responses | None:
        x = self._network.x
        flat = x.reshape(len(x), -1)
        points = POINTS.get(flat.shape[1]) if x.dtype.kind == "f" else None  # nothing between whole numbers
        weights = self._weights(asked.entry, asked.side)
        if weights is None or points is None:
            return None
        extent = extent_of(flat)
        grid = grid_over(extent, points, flat).reshape(-1, *x.shape[1:])
        if len(grid) * sum(map(prod, shapes_of(self._run.spec).values())) > MOST_WORK:
            return None
        of_lanes = [self._network.outputs(of_lane, grid, buffers) for of_lane, buffers in weights]
        outputs = of_lanes[0] if len(of_lanes) == 1 else [difference_of(*both) for both in zip(*of_lanes, strict=True)]
        self._number += 1
        shape = (points,) * flat.shape[1]
        with np.errstate(over="ignore"):  # what float32 has no room for is drawn as infinite
            layers = [
                None if units > asked.most else output.T.reshape(units, *shape).astype(np.float32)
                for units, output in zip(unit_counts(self._run.spec), outputs, strict=True)
            ]
        return Responses(self._number, extent, tuple(layers))


def extent_of(x: Array) -> tuple[float, float, float, float]:
    """Return the data's extent with a margin, x from, x to, y from, y to; of one input twice the same."""
    low, high = x.min(axis=0).astype(float), x.max(axis=0).astype(float)
    room = np.where(high > low, (high - low) * MARGIN, 1.0)
    low, high = low - room, high + room
    return float(low[0]), float(high[0]), float(low[-1]), float(high[-1])


def grid_over(extent: tuple[float, float, float, float], points: int, x: Array) -> Array:
    """Return the points of the plane, or of the line, y from lowest to highest and in it x: ``(points, inputs)``."""
    along = np.linspace(extent[0], extent[1], points, dtype=x.dtype)
    if x.shape[1] == 1:
        return along[:, None]
    up = np.linspace(extent[2], extent[3], points, dtype=x.dtype)
    return np.stack([part.ravel() for part in np.meshgrid(along, up)], axis=1)


def _difference(diy: RowPass, torch: RowPass) -> RowPass:
    """Return what DIY's weights make of a row less what torch's make of it; the row is the same."""
    layers = tuple(
        LayerPass(*map(difference_of, own, other)) for own, other in zip(diy.layers, torch.layers, strict=True)
    )
    grads = {name: difference_of(grad, torch.grads[name]) for name, grad in diy.grads.items()}
    return diy._replace(layers=layers, loss=diy.loss - torch.loss, grads=grads)


def difference_of(diy: Array, torch: Array) -> Array:
    """Return ``diy - torch`` in float64; alike are infinities and NaN in both."""
    with np.errstate(all="ignore"):
        apart = diy.astype(np.float64) - torch
    apart[(diy == torch) | (np.isnan(diy) & np.isnan(torch))] = 0
    return apart


def _thinned(values: Array) -> Array:
    """Return a number's worth of each of at most ``MOST_VALUES`` parts: the one of the largest magnitude."""
    each = -(-len(values) // MOST_VALUES)
    if each == 1:
        return values
    padded = np.pad(values, (0, -len(values) % each), mode="edge").reshape(-1, each)
    return padded[np.arange(len(padded)), np.abs(padded).argmax(axis=1)]
