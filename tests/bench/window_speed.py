"""What the window costs: a frame at long runs and large matrices, the engine's pace beside it, and the start."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from threading import Timer
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="lockstep-bench-")

import numpy as np
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.protocol import Frame
from engine.run.branches import Branches
from engine.run.series import Bundle, Series
from engine.server import frames
from engine.spec import ExperimentSpec, check
from gui.files.settings import Settings
from gui.look.theme_controller import ThemeController
from gui.window.app import make_application
from gui.window.main_window import MainWindow
from main import serve_engine
from tests.bench import Figure, bench, interleaved, ratio

ROOT = Path(__file__).parents[2]
LONG_BOUND, LARGE_BOUND, COMPANY_BOUND, PAUSE_BOUND, START_BOUND = 1.2, 1.5, 0.8, 50.0, 2.0
FILE_BOUND = 4.0
SIZE = (1400, 900)
PATIENCE = 60.0  # seconds until something that should happen counts as not happening
FRAMES, ROUNDS = 10, 21


def experiment(side: int = 4) -> ExperimentSpec:
    """The article's, or one like it with a layer of side × side."""
    return check(
        {
            "schema": 1,
            "data": {"x": [list(range(1, side + 1))], "y": [[1.0] * side]},
            "network": {"layers": [{"units": side, "activation": "sigmoid", "bias": False}]},
            "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
        }
    )


class RecordedRun:
    """A run that was recorded: a growing loss of two lanes, and a matrix that is another at each frame."""

    def __init__(self, spec: ExperimentSpec, steps: int, side: int):
        self.names = ("layer1.weight",)
        self.spec = spec
        self._random = np.random.default_rng(0)
        self._side = side
        self._bundle = Bundle(2)
        self.series = [Series(self._bundle, lane) for lane in range(2)]
        self.branches = Branches()
        self._bundle.extend([5 / np.sqrt(np.arange(1, steps + 1)) + self._random.normal(0, 0.05, steps)] * 2)

    @property
    def step(self) -> int:
        return len(self.series[0])

    newest = step

    def advance(self) -> None:
        self._bundle.extend(self._random.normal(size=(2, 1)))
        self._matrix = self._random.normal(size=(self._side, self._side)).astype(np.float32)

    def lane_of(self, *_: object) -> "RecordedRun":
        return self

    def gradients(self) -> list[np.ndarray]:
        return [self._matrix]


@contextmanager
def window_of(spec: ExperimentSpec) -> Iterator[MainWindow]:
    """The whole window, painted in software, with no engine behind it."""
    app = QApplication.instance() or make_application()
    window = MainWindow(serve_engine, ThemeController(app), Settings())
    window.resize(*SIZE)
    window.show()
    for view in (window.loss, window.maps, window.parity):
        view.set_experiment(spec)
    QApplication.processEvents()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def frame_painter(window: MainWindow, run: RecordedRun) -> Callable[[int], None]:
    """Make frames of the run as the engine does, show and paint them."""

    def paint(count: int) -> None:
        for _ in range(count):
            run.advance()
            curves, maps = window.loss.request(), window.maps.request()
            assert curves is not None
            assert maps is not None
            frame = Frame(
                0, run.step, True, 1.0, (1.0, 1.0), frames.curves(run, curves), frames.maps(run, maps), (), run.newest
            )
            for view in (window.loss, window.maps, window.parity):
                view.show_frame(frame)
            window.repaint()
            QApplication.processEvents()

    return paint


def compared_frames(short: tuple[int, int], long: tuple[int, int]) -> tuple[float, str]:
    """The second frame's cost over the first's; each is (recorded steps, side of the matrix)."""
    with window_of(experiment(short[1])) as one, window_of(experiment(long[1])) as other:
        sides = {
            "one": frame_painter(one, RecordedRun(experiment(short[1]), *short)),
            "other": frame_painter(other, RecordedRun(experiment(long[1]), *long)),
        }
        times = interleaved(sides, FRAMES, ROUNDS)
    detail = f"{median(times['one']) * 1e3:.1f} → {median(times['other']) * 1e3:.1f} ms a frame"
    return ratio(times, "other", ("one",)), detail


@bench("frame-long")
def frame_long() -> Iterator[Figure]:
    value, detail = compared_frames((1_000, 4), (1_000_000, 4))
    yield Figure("frame at 1,000,000 steps / at 1,000", value, LONG_BOUND, detail)


@bench("frame-large")
def frame_large() -> Iterator[Figure]:
    value, detail = compared_frames((1_000, 4), (1_000, 256))
    yield Figure("frame with 256×256 / 4×4 heatmaps", value, LARGE_BOUND, detail)


def headless(connection: Connection) -> None:
    """Take steps for as many seconds as told, and tell how many there were."""
    from engine.run.lockstep import Lockstep

    run = Lockstep(experiment())
    run.advance(500)
    connection.send(0)
    while seconds := connection.recv():
        began, first = perf_counter(), run.step
        while perf_counter() - began < seconds:
            run.advance(50)
        connection.send((run.step - first) / (perf_counter() - began))


@contextmanager
def real_window() -> Iterator[MainWindow]:
    """The window with its engine, ready, at the article's experiment."""
    folder = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="lockstep-bench-")  # no draft of an earlier window
    app = QApplication.instance() or make_application()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
    settings = Settings()
    settings.guide_closed = True
    window = MainWindow(serve_engine, ThemeController(app), settings)
    window.resize(*SIZE)
    window.begin(None)
    window.show()
    pump(lambda: window.session.phase == "ready" and window.session.newest is not None)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def pump(until: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    end = perf_counter() + PATIENCE
    while not until():
        QApplication.processEvents()
        if perf_counter() > end:
            raise TimeoutError("the window did not get there")


def pace_in_company(window: MainWindow, seconds: float) -> float:
    """Steps a second of a run flat out, counted over the frames shown; paused again afterwards."""
    session = window.session
    session.run()
    settled = session.step + 500
    pump(lambda: session.step > settled)
    began, first = perf_counter(), session.step
    pump(lambda: perf_counter() - began > seconds)
    pace = (session.step - first) / (perf_counter() - began)
    session.pause()
    pump(lambda: not session.running)
    return pace


@bench("company")
def company() -> Iterator[Figure]:
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=headless, args=(theirs,), daemon=True)
    process.start()
    ours.recv()
    paces: list[tuple[float, float]] = []
    with real_window() as window:
        for _ in range(7):
            ours.send(1.0)
            alone = ours.recv()
            paces.append((pace_in_company(window, 1.0), alone))
    ours.send(0)
    process.join()
    value = median(beside / alone for beside, alone in paces)
    detail = f"{median(alone for _, alone in paces):,.0f} → {median(beside for beside, _ in paces):,.0f} steps/s"
    yield Figure("engine's pace in the window's company / headless", value, COMPANY_BOUND, detail, at_least=True)


@bench("pause")
def pause() -> Iterator[Figure]:
    waits: list[float] = []
    with real_window() as window:
        session = window.session
        for _ in range(20):
            session.run()
            goal = session.step + 200
            pump(lambda goal=goal: session.step > goal)
            began = perf_counter()
            session.pause()
            pump(lambda: not session.running)
            waits.append((perf_counter() - began) * 1e3)
    detail = f"median {median(waits):.0f} ms of {len(waits)}"
    yield Figure("pause until the window shows it, worst, in ms", max(waits), PAUSE_BOUND, detail)


def until_painted(script: str) -> float:
    """Seconds from the start of a Python to the first picture of its window; it must not have loaded torch.

    Python keeps its compiled files, as it does for a person: compiling ours takes a tenth of a second.
    """
    command = [sys.executable, "-m", "tests.bench.first_window", script]
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        watchdog = Timer(PATIENCE, process.kill)
        watchdog.start()
        line = process.stdout.readline()
        seconds = perf_counter() - began
        process.communicate()
        watchdog.cancel()
    if line.strip() != "painted without torch":
        raise RuntimeError(f"{script}: {line}")
    return seconds


@bench("first-window")
def first_window() -> Iterator[Figure]:
    times = [(until_painted("lockstep"), until_painted("bare")) for _ in range(10)][1:]  # the first fills caches
    value = median(ours / bare for ours, bare in times)
    detail = f"{median(bare for _, bare in times):.2f} → {median(ours for ours, _ in times):.2f} s"
    yield Figure("first window on screen / a bare Qt + pyqtgraph window", value, START_BOUND, detail)


class Stalls:
    """The longest time between two looks of the event loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = perf_counter()
        self._clock = QTimer(interval=0)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        now = perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> float:
        self._clock.stop()
        return self.longest


def stall(window: MainWindow, file: Path, title: str) -> float:
    """The longest that the window stands still while it opens and shows the file, in seconds."""
    stalls = Stalls()
    window.documents.open(file)
    shown = window.findChild(QLineEdit, "title")
    pump(lambda: shown.text() == title and window.session.newest is not None)
    return stalls.stop()


@bench("large-file")
def large_file() -> Iterator[Figure]:
    """20 MB of numbers, beside a file of a few: what is read elsewhere holds up nothing here."""
    numbers = np.random.default_rng(0).normal(size=(5_000, 200)).tolist()
    raw = experiment().as_typed() | {"batch": {"size": 10}}
    files = {
        "small": raw | {"title": "small"},
        "large": raw | {"title": "large", "data": {"x": numbers, "y": [row[:4] for row in numbers]}},
    }
    times: dict[str, list[float]] = {name: [] for name in files}
    with real_window() as window, tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        for _ in range(5):
            for name, found in times.items():
                found.append(stall(window, Path(folder, f"{name}.json"), name))
    detail = f"{median(times['small']) * 1e3:.0f} → {median(times['large']) * 1e3:.0f} ms"
    yield Figure("longest stall at opening 20 MB / a small file", ratio(times, "large", ("small",)), FILE_BOUND, detail)
