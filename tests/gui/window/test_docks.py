"""A dock is one file and one line: here the file lies in another folder, and the window shows and feeds it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from gui.views import dock
from tests.gui.windows import Desk, Key, Person, save_experiment

TOY = '''
"""The losses of the last step, as a line of text."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from gui.views.dock import Dock


def make_dock(session):
    return Toy(session)


class Toy(Dock):
    name, title, extent = "toy", "Toy", 60

    def __init__(self, session):
        super().__init__()
        self.session, self.said = session, QLabel()
        self.said.setObjectName("toy_said")
        QVBoxLayout(self).addWidget(self.said)

    def set_experiment(self, spec):
        self.said.setText(f"{spec.labels} at 0")

    def show_frame(self, frame):
        if frame.step:
            self.said.setText(f"at {frame.step} of {self.session.newest_step}")

    def clear(self):
        self.said.setText("cleared")

    def set_theme(self, theme):
        self.said.setStyleSheet(f"color: {theme.accent}")
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "toy_dock.py").write_text(TOY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(dock, "DOCKS", [*dock.DOCKS, "toy_dock"])


def said(person: Person) -> str:
    return person.find(QLabel, "toy_said").text()


def frame(person: Person, name: str) -> Any:
    return person.find(QDockWidget, f"{name}Dock")


def test_it_stands_below_the_others_and_is_told_of_the_run(desk: Desk, toy: None, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    assert said(person) == "('SGD',) at 0"
    person.run_steps(3)
    person.wait(lambda: said(person) == "at 3 of 3")
    person.press(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    person.wait(lambda: said(person) == "cleared")
    assert frame(person, "parity").y() < frame(person, "toy").y()
    assert frame(person, "maps").x() == frame(person, "toy").x() > frame(person, "experiment").x()


def test_the_menu_closes_it_and_the_theme_reaches_it(desk: Desk, toy: None) -> None:
    person = desk.start()
    light = person.find(QLabel, "toy_said").styleSheet()
    person.choose("View", "Theme", "Dark")
    assert person.find(QLabel, "toy_said").styleSheet() != light
    person.choose("View", "Toy")
    assert not frame(person, "toy").isVisible()
    person.choose("View", "Default layout")
    assert frame(person, "toy").isVisible()


def test_a_layout_from_before_it_was_there_still_opens(desk: Desk, request: pytest.FixtureRequest) -> None:
    first = desk.start()
    first.choose("View", "Heatmaps")
    first.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, frame(first, "parity"))
    first.window.close()
    request.getfixturevalue("toy")
    second = desk.start()
    assert not frame(second, "maps").isVisible()
    assert second.window.dockWidgetArea(frame(second, "parity")) == Qt.DockWidgetArea.RightDockWidgetArea
    assert frame(second, "toy").isVisible()
    assert all(isinstance(frame(second, name).widget(), QWidget) for name in ("experiment", "maps", "parity", "toy"))


def test_a_layout_with_a_dock_that_is_gone_still_opens(desk: Desk, toy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.start()
    first.choose("View", "Heatmaps")
    first.window.close()
    monkeypatch.setattr(dock, "DOCKS", dock.DOCKS[:-1])
    second = desk.start()
    assert not frame(second, "maps").isVisible()
    assert frame(second, "parity").isVisible()
