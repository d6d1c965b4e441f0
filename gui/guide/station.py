"""What a station is: what a person is asked to do, by which it counts as done, and what there was to see."""

from collections.abc import Callable
from typing import NamedTuple


class Seen(NamedTuple):
    """Hold what conditions go by: the run, and what is in front."""

    step: int = 0  # at which the run stands
    is_running: bool = False
    rate: float | None = None  # steps a second that runs go at; None: as fast as possible
    optimizer: str = ""  # of the run's first entry, by torch's name
    typed_optimizer: str = ""  # of the first entry as it is typed
    is_stale: bool = False  # whether the run is of another experiment than the one typed
    shows_run: bool = False  # whether the loss plot is in front
    diagnosis: str = ""  # the kind that the line below the plot tells
    is_reason_open: bool = False  # whether its reason is unfolded
    shows_debug: bool = False
    stage: int = -1  # of the traced step, where the debugger's cursor is; -1: there is no trace
    element: tuple[str, tuple[int, ...]] | None = None  # whose chain rule is in front: a weight and an index


Condition = Callable[[Seen], bool]


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # by this name lupdate finds texts
    """Mark a text for translation, which it is where it is shown."""
    return text


def always(_: Seen) -> bool:
    return True


class Hint(NamedTuple):
    """Say what to do next, for as long as ``holds`` does.

    ``point`` is the object name of the widget to do it at. ``value`` is what that is set to; None: it is clicked.
    """

    text: str
    point: str = ""
    holds: Condition = always
    value: int | str | None = None


class Station(NamedTuple):
    """Lead to one thing. The first hint that holds is given until ``is_done`` says so; then ``seen`` is told.

    ``look_at`` is the object name of what ``seen`` is about.
    """

    name: str
    title: str
    hints: tuple[Hint, ...]
    is_done: Condition
    seen: str
    look_at: str = ""


class Tour(NamedTuple):
    """Hold stations in their order, and what is said at the end. ``context`` is that of their texts' translations."""

    context: str
    stations: tuple[Station, ...]
    end_title: str
    end: str
