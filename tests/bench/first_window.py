"""Opens Lockstep's window or a bare one, tells when it is painted for the first time, and ends.

    python -m tests.bench.first_window modules > tests/gui/window/first_paint.txt

writes which modules have been loaded by then: ours, and of the packages that the window needs which ones.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class FirstPaint(QObject):
    """Watches the application for the first picture in a main window."""

    def __init__(self, app: QApplication, tell: Callable[[], None]):
        super().__init__(app)
        self._app, self._say = app, tell
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = event.type() == QEvent.Type.Paint and isinstance(watched, QWidget)
        if painted and isinstance(watched.window(), QMainWindow):
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)  # when all that is to be painted now has been
        return False

    def _tell(self) -> None:
        self._say()
        self._app.closeAllWindows()


def tell_of_torch() -> None:
    print("painted with torch" if "torch" in sys.modules else "painted without torch", flush=True)


def list_modules() -> None:
    """What is put together after the start is left out, however late the first picture comes."""
    from gui.window.staged_build import StagedBuild

    StagedBuild.start = lambda *_: None
    lockstep(lambda: print("\n".join(loaded()), flush=True))


def loaded() -> list[str]:
    """The names of our modules, each, and of the packages that the window needs, that have been loaded so far."""
    from main import WINDOW_NEEDS

    ours = {name for name in sys.modules if name.partition(".")[0] in ("engine", "gui")}
    return sorted(ours | set(WINDOW_NEEDS) & sys.modules.keys())


def bare() -> None:
    import pyqtgraph

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    FirstPaint(app, tell_of_torch)
    window.show()
    app.exec()


def lockstep(tell: Callable[[], None] = tell_of_torch) -> None:
    """Through the program's own door, its look at the display included."""
    from main import open_window

    start = QApplication.exec

    def watched_exec(*_: object) -> int:
        FirstPaint(QApplication.instance(), tell)
        return start()

    QApplication.exec = watched_exec
    open_window(None)


if __name__ == "__main__":
    {"bare": bare, "lockstep": lockstep, "modules": list_modules}[sys.argv[1]]()
