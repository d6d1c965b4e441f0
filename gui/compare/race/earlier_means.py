"""Running means of an earlier run's losses: of many they are worked out beside the window, which draws on meanwhile."""

import contextlib
import threading
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QObject, Signal

from gui.files.earlier_run import EarlierLane

BLOCK = 64  # steps of a running mean that are worked out at once
AT_ONCE = 50_000  # losses whose mean takes no longer than a millisecond


class _Mean(NamedTuple):
    """Hold whose mean it is: of these losses, which keeps this share with each of them."""

    losses: Array
    share: float
    mean: Array


class EarlierMeans(QObject):
    """Hold the newest running mean of each lane. ``ready``: another one is there to be drawn."""

    ready = Signal()

    _found = Signal(str, object)  # of a thread

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._means: dict[str, _Mean] = {}
        self._wanted: dict[str, tuple[Array, float]] = {}  # what is still to be worked out, by lane
        self._is_busy = False
        self._found.connect(self._on_found)

    def of(self, lane: EarlierLane, share: float) -> Array:
        """Return the mean that keeps ``share`` with each step; until it is there, the one before, or the losses."""
        losses = lane.losses
        share **= 1 if lane.at is None or len(lane.at) < 2 else int(lane.at[1] - lane.at[0])
        known = self._means.get(lane.id)
        if known is not None and known.losses is losses and known.share == share:
            return known.mean
        if len(losses) <= AT_ONCE:
            self._means[lane.id] = _Mean(losses, share, running_mean(losses, share))
            return self._means[lane.id].mean
        wanted = self._wanted.get(lane.id)
        if wanted is None or wanted[0] is not losses or wanted[1] != share:
            self._want(lane.id, losses, share)
        return known.mean if known is not None and known.losses is losses else losses

    def forget(self, lane: str) -> None:
        """Let a lane's mean go."""
        self._means.pop(lane, None)
        self._wanted.pop(lane, None)

    def clear(self) -> None:
        """Let all of them go."""
        self._means.clear()
        self._wanted.clear()

    def _want(self, lane: str, losses: Array, share: float) -> None:
        """Have a mean worked out in a thread, one at a time: several would keep the interpreter from the window."""
        self._wanted[lane] = losses, share
        if not self._is_busy:
            self._begin()

    def _begin(self) -> None:
        self._is_busy = bool(self._wanted)
        if not self._wanted:
            return
        lane, (losses, share) = next(iter(self._wanted.items()))

        def work() -> None:
            found = _Mean(losses, share, running_mean(losses, share))
            with contextlib.suppress(RuntimeError):  # the plot may be gone meanwhile
                self._found.emit(lane, found)

        threading.Thread(target=work, name="mean", daemon=True).start()

    def _on_found(self, lane: str, found: _Mean) -> None:
        wanted = self._wanted.get(lane)
        if wanted is not None and wanted[0] is found.losses:
            self._means[lane] = found
            if wanted[1] == found.share:
                del self._wanted[lane]
            self.ready.emit()
        self._begin()


def running_mean(losses: Array, share: float) -> Array:
    """Return the mean that keeps ``share`` of itself with each step, and begins with the first loss.

    Blocks of steps are multiplied out at once; from a loss on that is no finite number there is none.
    """
    finite = np.isfinite(losses)
    there = len(losses) if finite.all() else int(finite.argmin())
    mean = np.full(len(losses), np.nan)
    if not there:
        return mean
    blocks = -(-there // BLOCK)
    padded = np.zeros(blocks * BLOCK)
    padded[:there] = losses[:there]
    place = np.arange(BLOCK)
    within = np.tril(share ** np.maximum(place[:, None] - place, 0)) * (1 - share)
    found = padded.reshape(blocks, BLOCK) @ within.T
    before, last, kept = [], float(losses[0]), share**BLOCK
    for end in found[:, -1].tolist():
        before.append(last)
        last = end + kept * last
    found += np.outer(before, share ** (place + 1))
    mean[:there] = found.ravel()[:there]
    return mean
