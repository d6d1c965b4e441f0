"""The real program and its two processes: opening, closing, and every way in which one of them can end."""

import signal
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from tests.e2e.desktop import ROOT, App, Desktop, wait_for
from tests.e2e.person import Person

XOR = ROOT / "resources" / "examples" / "xor.json"


def engine_of(app: App) -> psutil.Process | None:
    """The window's engine process, once it is there."""
    for child in psutil.Process(app.process.pid).children():
        with suppress(psutil.Error):  # it may end just now
            if "spawn_main" in " ".join(child.cmdline()):
                return child
    return None


def has_loaded_torch(process: psutil.Process) -> bool:
    return any("libtorch" in mapped.path for mapped in process.memory_maps())


def start_running(person: Person) -> psutil.Process:
    """The engine, stepping as fast as it can."""
    person.read("^Ready$", "runState")
    person.press("space")
    person.read("^Running$", "runState")
    engine = engine_of(person.app)
    assert engine is not None
    assert has_loaded_torch(engine)
    assert not has_loaded_torch(psutil.Process(person.app.process.pid)), "the window has loaded torch too"
    return engine


def close(app: App) -> None:
    """By its own shortcut; nothing may be left, nor anything have gone wrong unseen."""
    family = psutil.Process(app.process.pid).children(recursive=True)
    app.press("ctrl+q")
    assert app.wait_for_end() == 0
    assert_gone(family)
    assert app.output == ""


def assert_gone(processes: list[psutil.Process]) -> None:
    wait_for(lambda: not any(process.is_running() for process in processes), "the other processes to end")


@pytest.fixture
def none_left(desktop: Desktop) -> Iterator[None]:
    """Ends the engine of a window that a failed test leaves."""
    yield
    for app in desktop.apps:
        family = psutil.Process(app.process.pid).children(recursive=True) if app.process.poll() is None else []
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def test_a_file_named_on_the_command_line_is_open_and_closing_leaves_no_process(desktop: Desktop, none_left: None):
    """The engine may still be loading torch."""
    app = desktop.start("main.py", XOR)
    app.find_window("Lockstep")
    assert "xor.json" in app.title
    app.wait_for(lambda: engine_of(app), "the engine's process")
    close(app)


def test_an_engine_lost_in_a_run_is_started_again_and_a_polite_signal_closes_the_window_properly(
    desktop: Desktop, none_left: None
):
    person = Person(desktop, XOR)
    for blow in (signal.SIGKILL, signal.SIGSTOP):
        lost = start_running(person)
        lost.send_signal(blow)
        person.app.wait_for(lambda lost=lost: engine_of(person.app) not in (None, lost), "another engine")
        assert_gone([lost])
    engine = engine_of(person.app)
    assert engine is not None
    person.app.process.send_signal(signal.SIGTERM)
    assert person.app.wait_for_end() == 0
    assert_gone([engine])
    assert person.app.output == ""


def test_an_engine_ends_when_its_window_is_killed(desktop: Desktop, none_left: None):
    person = Person(desktop, XOR)
    engine = start_running(person)
    person.app.process.kill()
    person.app.wait_for_end()
    assert_gone([engine])
