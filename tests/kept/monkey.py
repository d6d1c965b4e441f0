"""Somebody at the window: acts and rests by turns, and tells once a second how the run and the window are."""

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.kept.monkey_acts import BUSY, REST, TICK, Acts


class Monkey(QObject):
    """Act, rest, and tell."""

    def __init__(self, application: QApplication, file: Path, folder: Path, seed: int) -> None:
        super().__init__(application)
        self.file, self.folder, self.seed = file, folder, seed
        self.acts: Any = None
        self.steps, self.last = 0, None  # steps taken in all; the newest of a run that goes on
        self.began = time.monotonic()  # when it began to act, or to rest
        self.is_resting = False
        self.log = (self.folder / "told").open("w", buffering=1, encoding="utf-8")
        self.next()

    def next(self) -> None:
        """Look again in a moment: a single shot each time, as an act may open a dialog and end much later."""
        QTimer.singleShot(TICK, self, self.tick)

    def tick(self) -> None:
        self.next()
        if self.acts is None:
            windows = [one for one in QApplication.topLevelWidgets() if one.objectName() == "lockstep"]
            if not windows or windows[0].session.newest is None:
                return
            self.acts = Acts(windows[0], Random(self.seed), self.file, self.folder)
            windows[0].session.frame.connect(self.count)
            clock = QTimer(self, interval=1000)
            clock.timeout.connect(self.tell)
            clock.start()
        seconds = time.monotonic() - self.began
        if self.is_resting and seconds > REST:
            self.is_resting, self.began = False, time.monotonic()
        elif not self.is_resting and seconds < BUSY:
            self.acts.act()
        elif self.is_resting:
            self.acts.keep_running()
        elif self.acts.calm():
            self.is_resting, self.began = True, time.monotonic()
            if "--kinds" in sys.argv:
                self.tell_kinds()

    def count(self, frame: Any) -> None:
        """Count steps of a run that goes on: neither what a seek passes over, nor what another run had."""
        session = self.acts.window.session
        goes_on = frame.running and session.target is None
        if goes_on and self.last is not None and self.last[0] == frame.generation:
            self.steps += max(frame.step - self.last[1], 0)
        self.last = (frame.generation, frame.step) if goes_on else None

    def tell(self) -> None:
        session = self.acts.window.session
        told = {
            "at": time.time(),
            "resting": self.is_resting,
            "running": session.running,
            "steps": self.steps,
            "step": session.step,
            "acts": self.acts.done,
            "engine": session.phase,
            "left": self.acts.left,
            "widgets": len(QApplication.allWidgets()),
        }
        self.log.write(json.dumps(told) + "\n")

    def tell_kinds(self) -> None:
        """Tell how many objects of each kind there are, of Python's and of Qt's."""
        gc.collect()
        python = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
        qt = Counter(one.metaObject().className() for one in QApplication.allWidgets())
        qt += Counter(one.metaObject().className() for one in objects_inside(self.acts.window))
        with (self.folder / "kinds").open("a", encoding="utf-8") as kinds:
            kinds.write(json.dumps({"python": python, "qt": qt}) + "\n")


def objects_inside(root: QObject) -> Iterator[QObject]:
    """Yield all that is in an object, which ``findChildren`` would make their owner: they would stay in Python."""
    for child in root.children():
        yield child
        yield from objects_inside(child)
