"""What a frame costs while the window compares fourteen entries, beside that of one: race and surface both open."""

from collections.abc import Callable, Iterator
from itertools import cycle
from statistics import median

import numpy as np
from numpy import ndarray as Array
from PySide6.QtWidgets import QApplication, QPushButton

from engine.protocol import (
    Curve,
    Distance,
    Frame,
    MainPlane,
    PairParity,
    Race,
    RaceCurve,
    RacePath,
    RaceRequest,
    RaceRow,
    SurfacePart,
)
from engine.spec import ExperimentSpec, check
from gui.compare.view import CompareView
from gui.window.main_window import MainWindow
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.window_speed import FRAMES, ROUNDS, window_of

BOUND = 2.0
ENTRIES = 14
STEPS, POINTS, SIDE = 2000, 512, 101  # recorded, of a path at most, of a surface
NOISE, RECORDED = 0.05, 20


def racing(entries: int) -> ExperimentSpec:
    return check(
        {
            "schema": 1,
            "data": {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]},
            "network": {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}]},
            "optimizers": [{"name": "SGD", "params": {"lr": 0.1 / (place + 1)}} for place in range(entries)],
        }
    )


class RecordedRace:
    """Races as the engine would tell of them: another loss each frame, thinned to the pixels asked for."""

    def __init__(self, entries: int):
        self._random = np.random.default_rng(0)
        self.entries = entries
        steps = np.arange(1, STEPS + 1)
        self._losses = [
            (1 + place) / np.sqrt(steps) * np.exp(self._random.normal(0, NOISE, STEPS)) for place in range(entries)
        ]
        self._count = 0

    def frame(self, request: RaceRequest) -> Frame:
        self._count += 1
        curves = [self._curve(self._losses[lane // 2], request.pixels) for lane in range(2 * self.entries)]
        rows = tuple(self._row() for _ in curves)
        paths = tuple(self._path(entry) for entry in range(self.entries))
        race = Race("step", tuple(curves), rows, (), 1, paths)
        newest = STEPS + self._count
        pairs = tuple(self._pair(label) for label in racing(self.entries).labels)
        losses = tuple(row.final for row in rows)
        return Frame(0, newest, True, 1.0, losses, None, None, pairs, newest, race=race)

    def _curve(self, losses: Array, pixels: int) -> RaceCurve:
        """Minimum and maximum of each column, in the order that they came."""
        width = max(STEPS // pixels, 1)
        columns = np.roll(losses, -self._count)[: STEPS // width * width].reshape(-1, width)
        found = np.sort(np.stack([columns.argmin(1), columns.argmax(1)], 1), 1)
        rows = np.arange(len(columns))[:, None]
        thinned = Curve((rows * width + found).ravel() + 1.0, columns[rows, found].ravel())
        return RaceCurve(thinned.steps, thinned.losses, None, None, None)

    def _row(self) -> RaceRow:
        final, best, area, norm = self._random.random(4)
        return RaceRow(final, best, self._count, None, area, norm, 1.0, 1e-4, STEPS + self._count, 8.0)

    def _path(self, entry: int) -> RacePath:
        along = np.linspace(0, 1, POINTS)
        x, y = along * np.cos(entry + self._count / 100), along * np.sin(entry + self._count / 100)
        return RacePath(entry, x, y, (float(x[-1]), float(y[-1])))

    def _pair(self, label: str) -> PairParity:
        distance = Distance(float(self._random.random()), 0.0, 1.0, "layer1.weight", (0, 0), 1.0)
        return PairParity(label, distance, distance, distance, None, 1.0, "lockstep", None, None, None)


def surface() -> SurfacePart:
    x = np.linspace(-1.5, 1.5, SIDE)
    values = 0.1 + x[None, :] ** 2 + 3 * x[:, None] ** 2
    return SurfacePart(0, 1, MainPlane(), x, x, values, 1.0, "finished", (0.7, 0.2), (0.0, 0.0))


def opened(window: MainWindow, race: RecordedRace) -> Callable[[int], None]:
    """The comparison in front with its surface, and what shows and paints frames of it: recorded ones, in turn."""
    view, spec = window.comparing.view, racing(race.entries)
    window.central_tabs.show_compare()
    view.set_experiment(spec)
    page = next(page for page in view.added if page.objectName() == "surface_view")
    view.pages.setCurrentWidget(page)
    QApplication.processEvents()
    page.findChild(QPushButton, "surface_compute").click()  # the job of number 1; no engine hears of it
    window.session.jobs.take(surface())

    view.show_frame(race.frame(asked(view)))
    QApplication.processEvents()
    recorded = cycle([race.frame(asked(view)) for _ in range(RECORDED)])

    def paint(count: int) -> None:
        for _ in range(count):
            asked(view)
            frame = next(recorded)
            window.session.frame.emit(frame)  # to everything in the window that shows something of it
            QApplication.processEvents()

    return paint


def asked(view: CompareView) -> RaceRequest:
    request = view.race_request()
    assert request is not None
    assert request.paths
    return request


@bench("race-window")
def race_window() -> Iterator[Figure]:
    with window_of(racing(1)) as one, window_of(racing(ENTRIES)) as many:
        sides = {"one": opened(one, RecordedRace(1)), "many": opened(many, RecordedRace(ENTRIES))}
        times = interleaved(sides, FRAMES, ROUNDS)
    detail = f"{median(times['one']) * 1e3:.1f} → {median(times['many']) * 1e3:.1f} ms a frame"
    yield Figure(f"frame with {ENTRIES} entries racing / with one", ratio(times, "many", ("one",)), BOUND, detail)
