"""What a frame costs while the window shows the network 2-16-16-1 live, and its boundary over 64×64 beside it."""

from collections.abc import Callable, Iterator
from itertools import count
from statistics import median

import numpy as np
from PySide6.QtWidgets import QApplication, QSplitter, QTabBar

from engine.pace import Pace
from engine.protocol import FrameRequest
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.server.learned import LearnedPages
from engine.spec import ExperimentSpec, check
from gui.network.view import NetworkView
from gui.window.main_window import MainWindow
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.window_speed import FRAMES, ROUNDS, pump, window_of

BOUND, EACH_BOUND = 1.5, 2.0
ROWS = 200
FRAMES_A_SECOND = 60


def network() -> ExperimentSpec:
    points = np.random.default_rng(0).uniform(-1, 1, (ROWS, 2)).round(3)
    layers = [{"units": 16, "activation": "tanh"}, {"units": 16, "activation": "tanh"}, {"units": 1}]
    return check(
        {
            "schema": 1,
            "data": {"x": points.tolist(), "y": (points[:, :1] * points[:, 1:]).tolist()},
            "network": {"layers": layers},
            "optimizers": [{"name": "Adam", "params": {"lr": 0.01}}],
        }
    )


def shown(window: MainWindow, run: Lockstep, learned_every: int = 0) -> Callable[[int], None]:
    """What takes a step, answers what the window asks as the engine does, and shows and paints it.

    ``learned_every``: which frames have what was learned by then: of each machine as many.
    """
    frames, pages, pace, numbers = Frames(run), LearnedPages(run), Pace(), count(1)
    pace.running = True

    def paint(steps: int) -> None:
        for _ in range(steps):
            run.advance()
            *asked, learned = window.session.requests()
            frame = frames.answer(FrameRequest(0, *asked), pace)
            if learned is not None and learned_every and not next(numbers) % learned_every:
                frame = frame._replace(learned=pages.answer(learned, running=False))
            window.session.frame.emit(frame)  # to everything in the window that shows something of it
            QApplication.processEvents()

    return paint


@bench("picture")
def picture() -> Iterator[Figure]:
    spec = network()
    with window_of(spec) as without, window_of(spec) as live:
        live.central_tabs.show_network()
        pump(lambda: live.findChild(NetworkView) is not None)
        live.session.begun.emit(spec)
        QApplication.processEvents()
        request = live.session.requests()[3]
        assert request is not None
        assert request.responses is not None
        sides = {"without": shown(without, Lockstep(spec)), "live": shown(live, Lockstep(spec))}
        times = interleaved(sides, FRAMES, ROUNDS)
    detail = f"{median(times['without']) * 1e3:.1f} → {median(times['live']) * 1e3:.1f} ms a frame"
    yield Figure(
        "frame with the picture of 2-16-16-1 live / without", ratio(times, "live", ("without",)), BOUND, detail
    )


def look_at(window: MainWindow, spec: ExperimentSpec, boundary: bool) -> None:
    """Show the network's picture, with the boundary beside it or nothing."""
    window.central_tabs.show_network()
    pump(lambda: window.findChild(NetworkView) is not None)
    window.session.begun.emit(spec)
    QApplication.processEvents()
    splitter = window.findChild(QSplitter, "network_splitter")
    pages = window.findChild(QTabBar, "learned_pages")
    assert splitter is not None
    assert pages is not None
    splitter.setSizes([1, 1 if boundary else 0])
    pages.setCurrentIndex(2)
    QApplication.processEvents()
    asked = window.session.requests()[4]
    assert (asked is not None) == boundary


@bench("boundary")
def boundary() -> Iterator[Figure]:
    spec = network()
    with window_of(spec) as without, window_of(spec) as live, window_of(spec) as each:
        for window in (without, live, each):
            look_at(window, spec, window is not without)
        sides = {
            "without": shown(without, Lockstep(spec)),
            "live": shown(live, Lockstep(spec), FRAMES_A_SECOND // 10),
            "each": shown(each, Lockstep(spec), 1),
        }
        times = interleaved(sides, FRAMES, ROUNDS)
    names = "without", "live", "each"
    detail = " → ".join(f"{median(times[name]) * 1e3:.1f}" for name in names) + " ms a frame"
    name = "frame of the picture with the boundary of 2-16-16-1 over 64×64, ten a second / without"
    yield Figure(name, ratio(times, "live", ("without",)), BOUND, detail)
    name = "the same, a boundary in every frame / without"
    yield Figure(name, ratio(times, "each", ("without",)), EACH_BOUND, detail)
