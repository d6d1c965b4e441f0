"""The real main window for tests: shown, with the keyboard, and with real numbers from an engine without torch."""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.spec import check
from gui.files.settings import Settings
from gui.look.naming import plain_text
from gui.look.theme_controller import ThemeController
from gui.session.client import Serve
from gui.window.main_window import MainWindow
from tests.gui.tiny_engine import LANE, TINY, diy_engine

PATIENCE = 120_000  # ms: guards against what never comes, however much else the machine has to do
Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Person:
    """What a person does at the window, and what they read off it."""

    def __init__(self, qtbot: QtBot, window: MainWindow):
        self.qtbot, self.window = qtbot, window

    def find(self, kind: type[QWidget], name: str) -> Any:
        widget = self.window.findChild(kind, name)
        assert widget is not None, name
        return widget

    def wait(self, what: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(what, timeout=PATIENCE)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """A key, wherever the keyboard's focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type_into(self, name: str, text: str) -> QLineEdit:
        """Replace a field's text, key by key."""
        field = self.find(QWidget, name)
        field.setFocus()
        self.press(Key.Key_A, Modifier.ControlModifier)
        self.qtbot.keyClicks(field, text)
        return field

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def choose(self, *titles: str) -> None:
        """An entry of the menus, by the titles on the way to it."""
        actions: Sequence[QAction] = self.window.menuBar().actions()
        for title in titles:
            action = next(action for action in actions if plain_text(action.text()) == title)
            menu = action.menu()
            if isinstance(menu, QMenu):
                menu.aboutToShow.emit()
                actions = menu.actions()
            else:
                action.trigger()

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def step(self) -> int:
        return int(self.text("stepCounter").removeprefix("Step ").replace(",", ""))

    @property
    def loss(self) -> float:
        """As the legend has it."""
        return float(self.text(f"loss_{LANE}").replace("−", "-"))

    @property
    def state(self) -> str:
        return self.text("runState")

    def wait_for_state(self, state: str) -> None:
        self.wait(lambda: self.state == state)

    def wait_for_step(self, step: int) -> None:
        """Wait until the run stands still there."""
        self.wait(lambda: self.step == step and self.state in ("Paused", "Ready", "Edits wait for Reset"))

    def run_steps(self, count: int) -> None:
        """``count`` steps with F8; the window then stands still at the step reached."""
        target = self.step + count
        self.window.transport.steps.setValue(count)
        self.press(Key.Key_F8)
        self.wait_for_step(target)

    @property
    def banners(self) -> list[str]:
        """The messages that stand, in full."""
        QApplication.processEvents()  # what was just put up is on screen after that
        return [label.text() for label in self.window.banners.findChildren(QLabel) if label.isVisible()]

    def offer(self, title: str) -> QPushButton:
        """A banner's button."""
        QApplication.processEvents()
        offers = [button for button in self.window.banners.findChildren(QPushButton) if button.isVisible()]
        return next(button for button in offers if button.text() == title)

    def dismiss_banner(self) -> None:
        self.click(self.window.banners.findChild(QToolButton, "dismiss"))

    def veils(self) -> list[bool]:
        """Whether each view is marked as from before an edit."""
        views = (self.window.loss, self.window.maps, self.window.parity)
        return [view.findChild(QWidget, "stale_veil").isVisible() for view in views]

    @contextmanager
    def answering(self, answer: Callable[[QWidget], None]):
        """Within the block a dialog comes up; ``answer`` is what the person does with it."""
        seen: list[QWidget] = []
        errors: list[BaseException] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isVisible():
                return
            clock.stop()
            seen.append(dialog)
            try:
                answer(dialog)
            except BaseException as error:
                errors.append(error)
                dialog.close()

        clock = QTimer(interval=10)
        clock.timeout.connect(look)
        clock.start()
        yield
        clock.stop()
        if errors:
            raise errors[0]
        assert seen, "no dialog came up"
        if self.window is not None and self.window.isVisible():
            self.wait(self._is_active)

    def _is_active(self) -> bool:
        """Whether the window has the keyboard, which a desktop gives it when a dialog, or the next one, is gone."""
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
        return self.window.isActiveWindow()

    def pressing(self, button: QMessageBox.StandardButton):
        """Answer a question with one of its buttons."""

        def answer(box: QWidget) -> None:
            assert isinstance(box, QMessageBox)
            self.click(box.button(button))

        return self.answering(answer)

    def naming(self, file: Path):
        """Give a file dialog a file's name."""

        def answer(dialog: QWidget) -> None:
            assert isinstance(dialog, QFileDialog)
            dialog.findChild(QLineEdit, "fileNameEdit").setText(str(file))
            dialog.accept()
            if dialog.isVisible():
                dialog.reject()
                raise AssertionError(f"{file} was not taken")

        return self.answering(answer)


class Desk:
    """Opens windows one after another, as a person does who starts the program again."""

    def __init__(self, qtbot: QtBot, app: QApplication):
        self.qtbot = qtbot
        self.themes = ThemeController(app)
        Settings().pace, Settings().guide_closed = None, True  # it is nobody's first start
        self._open: list[MainWindow] = []

    def start(self, serve: Serve = diy_engine, file: Path | None = None) -> Person:
        """The program's start, up to a window that has the keyboard."""
        settings = Settings()
        self.themes.set_choice(settings.theme)
        window = MainWindow(serve, self.themes, settings)
        self._open.append(window)
        window.begin(file)
        with self.qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        return Person(self.qtbot, window)

    def close(self) -> None:
        for window in self._open:
            window.close()
            window.deleteLater()
        self._open.clear()
        self.themes.set_choice("light")


def save_experiment(file: Path, **changes: Any) -> Path:
    """TINY with changes, as a file."""
    file.write_text(check(TINY | changes).to_json(), encoding="utf-8")
    return file
