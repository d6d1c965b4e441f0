"""Opens Lockstep's window or a bare one, tells when it is painted for the first time, and ends."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class FirstPaint(QObject):
    """Watches the application for the first picture in a main window."""

    def __init__(self, app: QApplication):
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painted = event.type() == QEvent.Type.Paint and isinstance(watched, QWidget)
        if painted and isinstance(watched.window(), QMainWindow):
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)  # when all that is to be painted now has been
        return False

    def _tell(self) -> None:
        print("painted with torch" if "torch" in sys.modules else "painted without torch", flush=True)
        self._app.closeAllWindows()


def bare() -> None:
    import pyqtgraph

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    FirstPaint(app)
    window.show()
    app.exec()


def lockstep() -> None:
    """Through the program's own door, its look at the display included."""
    from main import open_window

    start = QApplication.exec

    def watched_exec(*_: object) -> int:
        FirstPaint(QApplication.instance())
        return start()

    QApplication.exec = watched_exec
    open_window(None)


if __name__ == "__main__":
    {"bare": bare, "lockstep": lockstep}[sys.argv[1]]()
