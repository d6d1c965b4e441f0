"""Makes the application and its window. Never imports torch, nor anything that does."""

import ctypes
import gc
import signal
import sys
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from gui.files.settings import Settings
from gui.look.icons import RESOURCES
from gui.look.theme_controller import ThemeController
from gui.session.client import Serve

from .languages import install_translations
from .main_window import MainWindow

TRIM_EVERY = 60_000  # ms
PICTURES = 3_000  # kB of drawn fields that Qt keeps; of its own 10 MB most is of sizes and colours that were


def run(file: Path | None, serve: Serve) -> int:
    """Open the window with ``file`` or the last experiment; returns the exit status."""
    app = make_application()
    settings = Settings()
    themes = ThemeController(app)
    themes.set_choice(settings.theme)
    themes.set_text_size(settings.text_points, settings.zoom)
    window = MainWindow(serve, themes, settings)
    window.begin(file)
    window.show()
    let_signals_in(window)
    keep_pauses_short(window)
    keep_memory_low(window)
    return app.exec()


def make_application() -> QApplication:
    QCoreApplication.setApplicationName("Lockstep")
    QCoreApplication.setOrganizationName("Lockstep")
    pyqtgraph.setConfigOptions(imageAxisOrder="row-major")
    app = QApplication(sys.argv[:1])
    QPixmapCache.setCacheLimit(PICTURES)
    QApplication.setApplicationDisplayName("Lockstep")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "lockstep.svg")))
    install_translations(app, Settings().language)
    return app


def keep_pauses_short(window: MainWindow) -> None:
    """Keep what the window is made of: looking through it for garbage would hold up the window now and then."""
    window.completed.connect(gc.freeze)


def keep_memory_low(window: MainWindow) -> None:
    """Give the system back, now and then, what is free between things that stay: glibc would keep it for good.

    Views that come and go, and large messages of the engine, leave gaps all over the heap. It takes under a
    millisecond as a rule, and some 30 after much was freed. Other C libraries have no such function.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        clock = QTimer(window, interval=TRIM_EVERY)
        clock.timeout.connect(lambda: trim(0))
        clock.start()


def let_signals_in(window: QWidget) -> None:
    """Close the window properly where Ctrl+C is pressed in the terminal.

    Python sees a signal when it runs next, which may be in the midst of painting: the window is closed in a turn of its
    own, as one that is gone cannot be painted to the end.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, window, window.close))
    heartbeat = QTimer(window, interval=200)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
