"""The frame: all that the window needs for one redraw, as it was asked for."""

from typing import NamedTuple

from .curves import Branch, CurveRequest, Curves
from .learned import Learned, LearnedRequest
from .maps import MapRequest, Maps, NetworkPicture, PictureRequest
from .parity import PairParity
from .race import Race, RaceRequest


class FrameRequest(NamedTuple):
    """Ask for a frame. ``curves``, ``maps``, ``race``, ``network`` or ``learned`` is None when it is not on screen."""

    generation: int
    curves: CurveRequest | None
    maps: MapRequest | None
    race: RaceRequest | None = None
    network: PictureRequest | None = None
    learned: LearnedRequest | None = None


class Frame(NamedTuple):
    """Hold all that the window needs for one redraw. ``step`` 0 is the start, before any step.

    ``step`` is where the run stands: losses, maps and parity are of it. ``newest`` is the last recorded
    step, and ``branches`` what became of other futures. ``hits``: how often each breakpoint has been met.
    ``judging``: steps up to this one are still to be judged, so that another frame may tell more of the pairs.
    ``learned`` is None also where the window has the newest.
    """

    generation: int
    step: int
    running: bool
    steps_per_second: float
    losses: tuple[float, ...]  # of each lane at the newest step, before its update
    curves: Curves | None
    maps: Maps | None
    pairs: tuple[PairParity, ...]
    newest: int = 0
    branches: tuple[Branch, ...] = ()
    hits: tuple[int, ...] = ()
    race: Race | None = None
    judging: bool = False
    network: NetworkPicture | None = None
    learned: Learned | None = None
