"""The real program and its two processes: opening, closing, and every way in which one of them can end."""

import signal
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from tests.e2e.desktop import ROOT, App, Desktop, wait_for

XOR = ROOT / "resources" / "examples" / "xor.json"


def engine_of(app: App) -> psutil.Process | None:
    """The window's engine process, once it is there."""
    for child in psutil.Process(app.process.pid).children():
        with suppress(psutil.Error):  # it may end just now
            if "spawn_main" in " ".join(child.cmdline()):
                return child
    return None


def is_busy(process: psutil.Process) -> bool:
    return process.cpu_percent(0.2) > 50


def is_idle(process: psutil.Process) -> bool:
    return process.cpu_percent(0.8) < 10


def has_loaded_torch(process: psutil.Process) -> bool:
    return any("libtorch" in mapped.path for mapped in process.memory_maps())


def start_running(app: App) -> psutil.Process:
    """The engine, stepping as fast as it can: Space runs as soon as the window has the keyboard."""
    engine = app.wait_for(lambda: engine_of(app), "the engine's process")
    app.wait_for(lambda: has_loaded_torch(engine) and is_idle(engine), "the engine to be ready")
    assert not has_loaded_torch(psutil.Process(app.process.pid)), "the window has loaded torch too"

    def steps_after_the_key() -> bool:
        app.press("space")  # of no effect if the engine was not ready yet
        return is_busy(engine)

    app.wait_for(steps_after_the_key, "the engine to step")
    return engine


def close(app: App) -> None:
    """By its own shortcut; nothing may be left, nor anything have gone wrong unseen."""
    family = psutil.Process(app.process.pid).children(recursive=True)
    app.press("ctrl+q")
    assert app.wait_for_end() == 0
    assert_gone(family)
    assert app.output == ""


def assert_gone(processes: list[psutil.Process]) -> None:
    wait_for(lambda: not any(process.is_running() for process in processes), "the other processes to end", 10)


@pytest.fixture
def app(desktop: Desktop) -> Iterator[App]:
    """The program with an example open, its window on screen."""
    app = desktop.start("main.py", XOR)
    family: list[psutil.Process] = []
    try:
        app.find_window("Lockstep")
        yield app
    finally:
        if app.process.poll() is None:
            family = psutil.Process(app.process.pid).children(recursive=True)
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def test_a_file_named_on_the_command_line_is_open_and_closing_leaves_no_process(app: App):
    assert "xor.json" in app.title
    app.wait_for(lambda: engine_of(app), "the engine's process")
    close(app)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hung"])
def test_an_engine_lost_in_the_middle_of_a_run_is_started_again(app: App, blow: signal.Signals):
    lost = start_running(app)
    lost.send_signal(blow)

    def another() -> bool:
        engine = engine_of(app)
        return engine is not None and engine != lost

    app.wait_for(another, "another engine")
    assert_gone([lost])
    close(app)


def test_an_engine_ends_when_its_window_is_killed(app: App):
    engine = start_running(app)
    app.process.kill()
    app.wait_for_end()
    assert_gone([engine])


def test_a_polite_signal_closes_the_window_properly(app: App):
    engine = start_running(app)
    app.process.send_signal(signal.SIGTERM)
    assert app.wait_for_end() == 0
    assert_gone([engine])
