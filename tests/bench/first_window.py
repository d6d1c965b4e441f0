"""Opens Lockstep's window or a bare one, tells when it is painted for the first time, and ends.

    python -m tests.bench.first_window modules > tests/gui/window/first_paint.txt

writes which modules have been loaded by then: ours, and of the packages that the window needs which ones.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import main

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def tell_of_first_paint(app: "QApplication", tell: Callable[[], None]) -> None:
    """Tell, and close all, when all that is to be painted at first has been: once a main window is painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow, QWidget

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            painted = event.type() == QEvent.Type.Paint and isinstance(watched, QWidget)
            if painted and isinstance(watched.window(), QMainWindow):
                app.removeEventFilter(self)
                QTimer.singleShot(0, end)
            return False

    def end() -> None:
        tell()
        app.closeAllWindows()

    app.installEventFilter(FirstPaint(app))


def tell_of_torch() -> None:
    print("painted with torch" if "torch" in sys.modules else "painted without torch", flush=True)


def list_modules() -> None:
    """What is put together after the start is left out, however late the first picture comes."""
    from gui.window.staged_build import StagedBuild

    StagedBuild.start = lambda *_: None
    lockstep(lambda: print("\n".join(loaded()), flush=True))


def loaded() -> list[str]:
    """The names of our modules, each, and of the packages that the window needs, that have been loaded so far."""
    ours = {name for name in sys.modules if name.partition(".")[0] in ("engine", "gui")}
    return sorted(ours | set(main.WINDOW_NEEDS) & sys.modules.keys())


def bare() -> None:
    import pyqtgraph
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    tell_of_first_paint(app, tell_of_torch)
    window.show()
    app.exec()


def lockstep(tell: Callable[[], None] = tell_of_torch) -> None:
    """Through the program's own door, its look at the display included, and with nothing loaded before."""
    load = main.load_window

    def watched_window() -> Callable[..., int]:
        run = load()
        from PySide6.QtWidgets import QApplication

        start = QApplication.exec

        def watched_exec(*_: object) -> int:
            tell_of_first_paint(cast("QApplication", QApplication.instance()), tell)
            return start()

        QApplication.exec = watched_exec
        return run

    main.load_window = watched_window
    main.open_window(None)


if __name__ == "__main__":
    {"bare": bare, "lockstep": lockstep, "modules": list_modules}[sys.argv[1]]()
