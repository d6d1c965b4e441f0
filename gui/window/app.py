"""Makes the application and its window. Never imports torch, nor anything that does."""

import gc
import signal
import sys
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from gui.files.settings import Settings
from gui.look.icons import RESOURCES
from gui.look.theme import ThemeController
from gui.session.client import Serve

from .main_window import MainWindow
from .staged_build import StagedBuild


def run(file: Path | None, serve: Serve) -> int:
    """Open the window with ``file`` or the last experiment; returns the exit status."""
    app = make_application()
    settings = Settings()
    themes = ThemeController(app)
    themes.set_choice(settings.theme)
    window = MainWindow(serve, themes, settings)
    window.begin(file)
    window.show()
    let_signals_in(window)
    keep_pauses_short(window)
    return app.exec()


def make_application() -> QApplication:
    QCoreApplication.setApplicationName("Lockstep")
    QCoreApplication.setOrganizationName("Lockstep")
    pyqtgraph.setConfigOptions(imageAxisOrder="row-major")
    app = QApplication(sys.argv[:1])
    QApplication.setApplicationDisplayName("Lockstep")
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "lockstep.svg")))
    install_translations(app)
    return app


def install_translations(app: QApplication) -> None:
    """Install our words and Qt's in the first of the user's languages that there is; English needs no file."""
    for language in QLocale().uiLanguages():
        suffix = language.replace("-", "_")
        if suffix.split("_")[0] == "en":
            return
        ours, qts = QTranslator(app), QTranslator(app)
        if ours.load(f"lockstep_{suffix}", str(RESOURCES / "translations")):
            qts.load(f"qtbase_{suffix}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            app.installTranslator(qts)
            app.installTranslator(ours)
            return


def keep_pauses_short(window: MainWindow) -> None:
    """Keep what the window is made of: looking through it for garbage would hold up the window now and then."""
    build = window.findChild(StagedBuild)
    assert build is not None
    build.ready.connect(lambda _: gc.freeze())


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
