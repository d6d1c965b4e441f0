"""What a picture of the network asks of each frame, and what came of it: no widgets, no pixels."""

from typing import NamedTuple

from engine.protocol import Frame, NetworkPicture, PictureRequest, Quantity, Responses, Side
from engine.spec import ExperimentSpec

from .content import Content
from .geometry import MOST_CELLS
from .shape import NetworkShape, shape_of


class Selection(NamedTuple):
    """Say what is shown: of which optimizer entry and lane, weights or gradients, and which row of the data."""

    entry: int = 0
    side: Side = "diy"
    quantity: Quantity = "weight"
    row: int | None = 0


class Feed:
    """Ask for the network and keep the newest of it. A frame of another selection, asked for before, is dropped."""

    def __init__(self) -> None:
        self.shape: NetworkShape | None = None
        self.selection = Selection()
        self._picture: NetworkPicture | None = None
        self._responses: Responses | None = None

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment, or the same with other colours; what is known of the run is forgotten."""
        self.shape = shape_of(spec)
        self.clear()

    def clear(self) -> None:
        self._picture = self._responses = None

    def select(self, selection: Selection) -> None:
        """Choose something else: of what was shown no more is seen than still counts."""
        if selection[:2] != self.selection[:2]:
            self._responses = None
        if selection[:3] != self.selection[:3]:
            self._picture = None
        self.selection = selection

    def request(self, most: int) -> PictureRequest | None:
        """Return what the next frame should carry, for a picture of so many units; None without a network."""
        if self.shape is None:
            return None
        has_responses = self.shape.columns[0].units <= 2
        seen = self._responses.number if self._responses is not None else 0
        return PictureRequest(
            *self.selection[:3],
            most=most,
            pixels=(MOST_CELLS, MOST_CELLS),
            row=self.selection.row,
            responses=seen if has_responses else None,
        )

    def take(self, frame: Frame) -> bool:
        """Keep what a frame brings; False where it brings nothing that is shown."""
        picture = frame.network
        if picture is None or _selected(picture.request) != self.selection:
            return False
        self._picture = picture
        if picture.responses is not None:
            self._responses = picture.responses
        return True

    def content(self, backwards: bool) -> Content | None:
        """Return the numbers to draw; None before the first frame."""
        if self.shape is None or self._picture is None:
            return None
        return Content(self.shape, self._picture, self._responses, backwards)


def _selected(request: PictureRequest) -> Selection:
    return Selection(request.entry, request.side, request.quantity, request.row)
