"""What holds for every test: no real screen, nobody's real settings, and nothing left running."""

import gc
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, partialmethod
from itertools import count
from pathlib import Path

import hypothesis
import psutil
import pytest

from gui import preflight
from tests.drawing import EXAMPLES
from tests.sampled import leave_to_every

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # pytest's workers share the cores out already
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
if problem := preflight.obstacle():
    pytest.exit(problem, returncode=2)  # Qt would only say that it cannot be imported

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

GRACE = 30.0  # seconds: guards against what never ends, so that a loaded machine passes too
PATIENCE = 120_000  # ms, of the same kind
HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
TESTS = Path(__file__).parent
FAST = [line for line in (TESTS / "fast.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
_helpers: set[psutil.Process] = set()  # as they are found; they stay
LISTS_CHILDREN = bool(list(Path("/proc/self/task").glob("*/children")))

# A deadline would judge the machine. In CI the same examples are drawn each time.
hypothesis.settings.register_profile("local", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=20 * EXAMPLES, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@cache
def fast_files() -> set[Path]:
    """What ``fast.txt`` names."""
    found = {pattern: set(TESTS.glob(pattern)) for pattern in FAST}
    assert all(found.values()), f"fast.txt names {[pattern for pattern in FAST if not found[pattern]]}"
    return set().union(*found.values())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave files unread of which ``-m fast`` takes nothing: reading all costs as much as a sixth of the fast tests."""
    is_left_out = config.getoption("markexpr") == "fast" and collection_path.match("test_*.py")
    return True if is_left_out and collection_path not in fast_files() else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path in fast_files():
            item.add_marker("fast")
    leave_to_every(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no later look for garbage need go through it, nor need there be so many."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


class PatientBot(QtBot):
    """Waits as long as it takes: five seconds, its own patience, would judge the machine."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test in turn, made once something is written there: most tests write nothing."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_settings(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test saves as settings or cache goes to its own folder, also from child processes."""
    home = next(homes)
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(file_format, QSettings.Scope.UserScope, str(home / "settings"))


@pytest.fixture(autouse=True)
def no_leaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test that leaves a window, timer, thread or process behind."""
    timers = _recorded_starts(QTimer, monkeypatch)
    qthreads = _recorded_starts(QThread, monkeypatch)
    before = {*_windows(), *_threads(), *_processes()}
    yield

    def left() -> list[str]:
        _delete_later_now()
        running = [timer for timer in timers() if timer.isActive()] + [qt for qt in qthreads() if qt.isRunning()]
        return [repr(item) for item in (*running, *_windows(), *_threads(), *_processes()) if item not in before]

    if left():
        gc.collect()  # what only a reference cycle keeps is no leak
        _let_end([item for item in (*_threads(), *_processes()) if item not in before])
    assert not left(), "the test leaves something behind"


def _let_end(running: Iterable[threading.Thread | psutil.Process]) -> None:
    """What was told to stop may be ending just now."""
    for item in running:
        if isinstance(item, threading.Thread):
            item.join(GRACE)
        else:
            psutil.wait_procs([item], GRACE)


def _recorded_starts(kind: type, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list]:
    """A look at those objects of the Qt class that were started since and still exist."""
    started: list[weakref.ref] = []
    start = kind.start

    def recorded_start(self, *arguments) -> None:
        started.append(weakref.ref(self))
        start(self, *arguments)

    monkeypatch.setattr(kind, "start", recorded_start)
    return lambda: [item for ref in started if (item := ref()) is not None and shiboken6.isValid(item)]


def _delete_later_now() -> None:
    if QCoreApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _windows() -> list:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def _threads() -> list[threading.Thread]:
    """Python's own; one that Qt started stays in the list as a dummy after its end."""
    return [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]


def _processes() -> list[psutil.Process]:
    """Children and their children, without the helpers that multiprocessing starts once and keeps."""
    return [process for process in _descendants() if not _is_helper(process)]


def _is_helper(process: psutil.Process) -> bool:
    if process not in _helpers:
        try:
            if not any(helper in word for word in process.cmdline() for helper in HELPERS):
                return False
        except psutil.Error:
            return False
        _helpers.add(process)
    return True


def _descendants() -> list[psutil.Process]:
    """Linux lists a process's children; elsewhere every process of the machine is asked whose child it is."""
    if not LISTS_CHILDREN:
        return psutil.Process().children(recursive=True)
    found, more = [], [os.getpid()]
    for pid in more:
        lists = Path(f"/proc/{pid}/task").glob("*/children")
        with suppress(OSError):  # one that ends meanwhile
            more += [int(child) for children in lists for child in children.read_text().split()]
    for pid in more[1:]:
        with suppress(psutil.Error):
            found.append(psutil.Process(pid))
    return found
