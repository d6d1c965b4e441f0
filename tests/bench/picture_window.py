"""What a frame costs while the window shows the network 2-16-16-1 live, beside one of the run's plot and heatmaps."""

from collections.abc import Callable, Iterator
from statistics import median

import numpy as np
from PySide6.QtWidgets import QApplication

from engine.pace import Pace
from engine.protocol import FrameRequest
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.spec import ExperimentSpec, check
from gui.window.main_window import MainWindow
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.window_speed import FRAMES, ROUNDS, window_of

BOUND = 1.5
ROWS = 200


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


def shown(window: MainWindow, run: Lockstep) -> Callable[[int], None]:
    """What takes a step, answers what the window asks as the engine does, and shows and paints it."""
    frames, pace = Frames(run), Pace()
    pace.running = True

    def paint(count: int) -> None:
        for _ in range(count):
            run.advance()
            frame = frames.answer(FrameRequest(0, *window.session.requests()), pace)
            window.session.frame.emit(frame)  # to everything in the window that shows something of it
            QApplication.processEvents()

    return paint


@bench("picture")
def picture() -> Iterator[Figure]:
    spec = network()
    with window_of(spec) as without, window_of(spec) as live:
        live.central_tabs.show_network()
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
