"""A page of the comparison is one file and one line: here the file lies in another folder, and the window shows it."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QLabel, QTabWidget

from gui.compare import page as compare_page
from gui.files.settings import Settings
from gui.look.theme import DARK
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

TOY = '''
"""How many gradients each lane has had, as bars."""

import pyqtgraph as pg
from PySide6.QtWidgets import QLabel, QVBoxLayout

from gui.compare.page import Page, PlotExport, RowsExport


def make_page(around):
    return Toy()


class Toy(Page):
    title = "Toy"
    tip = "As a test has it"

    def __init__(self):
        super().__init__()
        self.setObjectName("toy_page")
        self.said, self.canvas, self.rows = QLabel(), pg.PlotWidget(), []
        self.said.setObjectName("toy_said")
        self.bars = pg.BarGraphItem(x=[0], height=[0], width=0.8)
        self.canvas.addItem(self.bars)
        column = QVBoxLayout(self)
        column.addWidget(self.said)
        column.addWidget(self.canvas)

    def set_theme(self, theme):
        self.canvas.setBackground(theme.plot_background)

    def show_race(self, race):
        self.rows = [(row.evaluations,) for row in race.rows]
        self.bars.setOpts(x=range(len(self.rows)), height=[row[0] for row in self.rows])
        self.said.setText(f"{[row[0] for row in self.rows]} at {race.step}")

    plots = property(lambda self: (PlotExport("toy", "To&y...", lambda: self.canvas),))
    tables = property(lambda self: (RowsExport("toy", "Toy's rows...", lambda: self.rows, lambda: bool(self.rows)),))
'''


@pytest.fixture
def toy(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """The comparison in front of a window to which the page was added."""
    (tmp_path / "toy_page.py").write_text(TOY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(compare_page, "PAGES", [*compare_page.PAGES, "toy_page"])
    Settings().theme = "dark"
    racers = [{"name": name, "backends": ["diy"]} for name in ("SGD", "Adam")]
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=racers))
    person.press(Key.Key_3, Modifier.ControlModifier)
    person.wait_for_state("Ready")
    return person


def front(person: Person) -> QTabWidget:
    """The pages, with the toy's in front."""
    pages = person.find(QTabWidget, "comparePages")
    titles = [pages.tabText(place) for place in range(pages.count())]
    pages.setCurrentIndex(titles.index("Toy"))
    return pages


def export(person: Person, name: str, file: Path) -> Path:
    person.window.exporter.show_possible()
    action = next(one for one in person.window.exporter.actions if one.objectName() == name)
    assert isinstance(action, QAction)
    assert action.isEnabled()
    with person.naming(file):
        action.trigger()
    return file


def test_it_is_shown_in_the_windows_colors_and_fed_with_the_race(toy: Person) -> None:
    pages = front(toy)
    assert pages.tabToolTip(pages.currentIndex()) == "As a test has it"
    toy.run_steps(7)
    toy.wait(lambda: toy.find(QLabel, "toy_said").text() == "[7, 7] at 7")


def test_it_is_exported_as_a_picture_and_as_rows(toy: Person, tmp_path: Path) -> None:
    front(toy)
    toy.run_steps(3)
    toy.wait(lambda: toy.find(QLabel, "toy_said").text() == "[3, 3] at 3")
    picture = QImage(str(export(toy, "export-toy", tmp_path / "toy.png")))
    assert picture.pixelColor(2, 2) == QColor(DARK.plot_background)
    assert export(toy, "export-toy-rows", tmp_path / "toy.csv").read_text(encoding="utf-8") == "3\n3\n"
