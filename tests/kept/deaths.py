"""Engines and windows that are killed at random moments, and what is left of their runs."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from engine.kept_run.files import read_past
from engine.protocol import Frame, FrameRequest, Load, Ready, Run, SetParams
from engine.session_file import Damaged, read_head
from engine.spec import ExperimentSpec, check
from tests.gui.tiny_engine import TINY, diy_engine

OLDEST = 10.0  # seconds of a run that may be lost with an engine
TYPED = 2.0  # seconds of what was typed that may be lost with a window
SPEC = check(TINY)


class Death(NamedTuple):
    """Say what was lost: ``newest`` steps had been seen, ``kept`` are there, of which ``age`` seconds are lost."""

    newest: int
    kept: int
    age: float


def kill_engine(folder: Path, draw: random.Random, longest: float, spec: ExperimentSpec = SPEC) -> Death:
    """Run an engine flat out, fork its run now and then, and kill it as kill -9 does."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=diy_engine, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    seen: list[tuple[float, int]] = []  # when which step was the newest that had been seen
    reader = threading.Thread(target=_watch, args=(ours, folder, seen, draw, spec))
    reader.start()
    while not seen:
        time.sleep(0.01)
    time.sleep(draw.uniform(0, longest))
    process.kill()
    killed = time.monotonic()
    process.join()
    reader.join()
    ours.close()
    newest = seen[-1][1]
    try:
        kept = read_past(folder).newest
    except Damaged:
        kept = 0
    lost_since = next((at for at, step in seen if step > kept), killed)
    return Death(newest, kept, killed - lost_since)


def _watch(pipe: Connection, folder: Path, seen: list[tuple[float, int]], draw: random.Random, spec: Any) -> None:
    with suppress(EOFError, OSError):
        while True:
            answer = pipe.recv()
            if isinstance(answer, Ready):
                pipe.send(Load(1, spec, keep=str(folder)))
                pipe.send(Run(1))
                pipe.send(FrameRequest(1, None, None))
            elif isinstance(answer, Frame):
                if answer.newest:
                    seen.append((time.monotonic(), answer.newest))
                if draw.random() < 0.01:
                    pipe.send(SetParams(1, 0, {"lr": draw.random()}))
                time.sleep(0.02)
                pipe.send(FrameRequest(1, None, None))


class Closing(NamedTuple):
    """Say what was left by a window: seconds of typing that are lost, and its run's newest step, seen and kept."""

    typed: float
    newest: int
    kept: int


WINDOW = """
import sys, time
from pathlib import Path
if __name__ == "__main__":
    from PySide6.QtCore import QTimer
    from gui.files.settings import Settings
    from gui.look.theme_controller import ThemeController
    from gui.window.app import make_application
    from gui.window.main_window import MainWindow
    from tests.gui.tiny_engine import diy_engine

    app = make_application()
    Settings().pace, Settings().guide_closed = None, True
    window = MainWindow(diy_engine, ThemeController(app), Settings())
    window.begin(Path(sys.argv[1]))
    window.show()
    log = open(sys.argv[2], "w", buffering=1)
    typed = 0

    def go_on():
        global typed
        typed += 1
        field = window.findChild(object, "title")
        field.setText(str(typed))
        field.textEdited.emit(str(typed))
        session = window.session
        if session.phase == "ready" and not session.running and session.spec is not None:
            session.run()
        log.write(f"{time.time()} {typed} {session.newest_step}\\n")

    clock = QTimer(interval=50)
    clock.timeout.connect(go_on)
    clock.start()
    sys.exit(app.exec())
"""


def kill_window(folder: Path, draw: random.Random, longest: float) -> Closing:
    """Type into a window while it runs, and kill it as kill -9 does; its engine ends by itself."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    file, log, script = folder / "tiny.json", folder / "log", folder / "window.py"
    file.write_text(SPEC.to_json(), encoding="utf-8")
    script.write_text(WINDOW, encoding="utf-8")
    homes = {f"XDG_{one}_HOME": str(folder / one.lower()) for one in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = os.environ | homes | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, str(script), str(file), str(log)]
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    while not log.exists() or not any(line.split()[2] != "0" for line in log.read_text().splitlines()):
        time.sleep(0.05)
    time.sleep(draw.uniform(0, longest))
    process.send_signal(signal.SIGKILL)
    killed = time.time()
    process.wait()
    _wait_for_group(process.pid)
    lines = [line.split() for line in log.read_text().splitlines() if line.count(" ") == 2]
    data = next((folder / "data").rglob("draft.json"))
    kept = int(json.loads(data.read_text(encoding="utf-8"))["raw"]["title"] or 0)
    lost = [float(at) for at, number, _ in lines if int(number) > kept]
    newest = max(int(step) for _, _, step in lines)
    places = [place for place in data.with_name("runs").glob("*/*") if place.is_dir()]
    return Closing(killed - lost[0] if lost else 0.0, newest, max(read_head(place).newest for place in places))


def _wait_for_group(group: int) -> None:
    """Wait until the engine has written down what there is, and is gone."""
    with suppress(ProcessLookupError):
        while True:
            os.killpg(group, 0)
            time.sleep(0.05)
