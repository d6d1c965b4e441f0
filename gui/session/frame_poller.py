"""Asks the engine for frames at display rate: a next one when the last has come, so that nothing queues up."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from engine.protocol import (
    Command,
    CurveRequest,
    FrameRequest,
    LearnedRequest,
    MapRequest,
    PictureRequest,
    RaceRequest,
    Seek,
)

FRAME_INTERVAL = 16  # ms: display rate

Requests = Callable[
    [],
    tuple[CurveRequest | None, MapRequest | None, RaceRequest | None, PictureRequest | None, LearnedRequest | None],
]


class FramePoller(QObject):
    """Ask for frames. A step to go to is sent with the request for the frame that is to show it.

    However many steps a drag passes over, the engine is sent only the newest of them, one for each frame that came.
    ``live`` tells whether there is a run to ask for, ``running`` whether every frame of it brings news.
    """

    def __init__(
        self, send: Callable[[Command], None], live: Callable[[], bool], running: Callable[[], bool], parent: QObject
    ):
        super().__init__(parent)
        self._send, self._live, self._running = send, live, running
        self.requests: Requests = lambda: (None, None, None, None, None)
        self.target: int | None = None  # the step asked for, until a frame shows it
        self._sent: int | None = None  # the one that the engine knows of
        self._to_show: int | None = None  # the one that the frame under way shows
        self._generation = 0
        self._asked = False  # whether a frame is on its way
        self._wanted = False  # whether something changed since it was asked for
        self._clock = QTimer(self, interval=FRAME_INTERVAL)
        self._clock.timeout.connect(self._tick)

    def begin(self, generation: int) -> None:
        """Begin with another run: whatever is on its way will be dropped."""
        self._generation, self._asked = generation, False
        self.forget_target()

    def look(self) -> None:
        """Ask at the next tick: there may be news."""
        self._wanted = True
        self._clock.start()

    def seek(self, step: int) -> None:
        """Show ``step`` as soon as a frame can: at once, unless one is on its way."""
        self.target = step
        self.look()
        self._tick()

    def send_target(self) -> None:
        """Send the step asked for first: what the engine is sent next is meant for it."""
        if self.target is not None and self.target != self._sent:
            self._sent = self.target
            self._send(Seek(self._generation, self.target))

    def forget_target(self) -> None:
        """Forget the step asked for: the run goes elsewhere."""
        self.target = self._sent = self._to_show = None

    def came(self) -> None:
        """Allow the next request: the frame asked for is here."""
        self._asked = False
        if self.target is not None and self.target == self._to_show:
            self.forget_target()

    def stop(self) -> None:
        self._clock.stop()

    def _tick(self) -> None:
        if self._asked:
            return
        if not self._live() or not (self._running() or self._wanted):
            self._clock.stop()
            return
        self.send_target()
        self._asked, self._wanted, self._to_show = True, False, self.target
        self._send(FrameRequest(self._generation, *self.requests()))
