"""The numbers of the run at hand that a comparison needs: its losses step by step, and its weights where it stands."""

import io
from collections.abc import Mapping, Sequence

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.protocol import CurveColumns, JobFailed, MakeCurves, PackedWeights, PackWeights
from gui.session.jobs import Jobs, NewestJob

PAUSE, SHARE = 700, 10  # ms between two questions while the run goes on, and how many times as long as the answer took


class CurrentNumbers(QObject):
    """Ask the engine for them. ``losses`` carries them by lane; ``weights`` a lane's number, their step, and them.

    ``failed`` carries nothing: something of it could not be had.
    """

    losses = Signal(object)
    weights = Signal(int, int, object)
    failed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject):
        super().__init__(parent)
        self._curves, self._packed = NewestJob(jobs, self), NewestJob(jobs, self)
        self._steps: int | None = None  # up to which losses were asked for
        self._wanted, self._since = 0, QElapsedTimer()
        self._lanes: list[int] = []  # whose weights are still to come
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._ask)
        self._curves.answered.connect(self._on_curves)
        self._packed.answered.connect(self._on_weights)
        for job in (self._curves, self._packed):
            job.failed.connect(self._on_failed)
            job.lost.connect(self.forget)

    def want(self, steps: int) -> None:
        """Have the losses of so many steps, unless they are there, or are coming."""
        self._wanted = steps
        if steps != self._steps and not self._next.isActive() and not self._curves.running:
            self._next.start()

    def want_weights(self, lanes: Sequence[int]) -> None:
        """Have these lanes' weights, one after another."""
        self._lanes = list(lanes)
        self._ask_weights()

    def forget(self) -> None:
        """Begin again: the run is another, or so is what it is compared with."""
        self._steps, self._lanes = None, []
        self._next.stop()
        self._next.setInterval(0)
        self._curves.drop()
        self._packed.drop()

    def _ask(self) -> None:
        self._steps = self._wanted
        self._since.start()
        self._curves.begin(MakeCurves)

    def _ask_weights(self) -> None:
        if self._lanes:
            lane = self._lanes[0]
            self._packed.begin(lambda generation, job: PackWeights(generation, job, lane, "npz"))

    def _on_curves(self, made: CurveColumns) -> None:
        self.losses.emit({column.name: column.values[: self._steps] for column in made.columns})
        self._next.setInterval(max(PAUSE, SHARE * round(self._since.elapsed())))
        if self._wanted != self._steps:
            self._next.start()

    def _on_weights(self, packed: PackedWeights) -> None:
        if self._lanes:
            self.weights.emit(self._lanes.pop(0), packed.step, unpacked(packed.content))
            self._ask_weights()

    def _on_failed(self, _: JobFailed) -> None:
        self._lanes = []
        self.failed.emit()


def unpacked(content: bytes) -> Mapping[str, Array]:
    """Return the weights in a file that the engine has made."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
