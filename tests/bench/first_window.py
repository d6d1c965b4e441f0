"""Opens Lockstep's window or a bare one, tells when it is painted for the first time, and ends."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    """Watches the application for the first picture of a main window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, watched, lambda: self._tell(watched))
            QApplication.instance().removeEventFilter(self)
        return False

    def _tell(self, window: QMainWindow) -> None:
        print("painted with torch" if "torch" in sys.modules else "painted without torch", flush=True)
        window.close()


def bare() -> None:
    import pyqtgraph

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    watch(app)
    window.show()
    app.exec()


def lockstep() -> None:
    import gui.app
    from main import serve_engine

    made = gui.app.make_application

    def watched_application() -> QApplication:
        app = made()
        watch(app)
        return app

    gui.app.make_application = watched_application
    gui.app.run(None, serve_engine)


def watch(app: QApplication) -> None:
    app.installEventFilter(FirstPaint(app))


if __name__ == "__main__":
    {"bare": bare, "lockstep": lockstep}[sys.argv[1]]()
