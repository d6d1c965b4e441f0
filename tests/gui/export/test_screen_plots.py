"""Every plot that is to be seen is saved as a picture, from the menu and by a click on it, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QGraphicsView, QMenu, QTabBar, QTabWidget, QWidget

from tests.gui.windows import Desk, Key, Person, save_experiment

CTRL = Qt.KeyboardModifier.ControlModifier
ENTRY = {
    "name": "SGD",
    "params": {"lr": 0.1},
    "backends": ["diy"],
    "schedule": {"name": "StepLR", "params": {"step_size": 5}},
}


def drawn(file: Path) -> QImage:
    """A picture as a viewer shows it; of an SVG every part of it."""
    if file.suffix == ".png":
        return QImage(str(file))
    renderer = QSvgRenderer(QByteArray(file.read_bytes()))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def colors(image: QImage) -> int:
    """How many colours there are among some thousands of pixels."""
    places = ((x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
    return len({image.pixel(*place) for place in places})


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    file = save_experiment(tmp_path / "tiny.json", optimizers=[ENTRY], title="Tiny")
    person = desk.start(file=file)
    person.window.resize(1200, 800)
    assert person.window.exporter is not None
    person.wait_for_state("Ready")
    person.run_steps(6)
    return person


def saved(person: Person, folder: Path, name: str, *title: str) -> list[Path]:
    files = [folder / f"my {name}.{suffix}" for suffix in ("png", "svg")]
    for file in files:
        with person.naming(file):
            person.choose("File", "Export", *title)
        person.wait(file.exists)
        assert colors(drawn(file)) > 3
    assert "<text" in files[1].read_text(encoding="utf-8")
    return files


def test_heatmaps_are_saved_with_what_they_are_of(person: Person, tmp_path: Path) -> None:
    _, svg = saved(person, tmp_path, "heatmaps", "Heatmaps…")
    text = svg.read_text(encoding="utf-8")
    assert "Tiny" in text
    assert "layer1.weight" in text
    assert ">DIY" in text


def test_the_network_and_what_it_learned_are_saved(person: Person, tmp_path: Path) -> None:
    person.choose("File", "Export")
    actions = {one.objectName(): one.isEnabled() for one in person.window.exporter.actions}
    assert not actions["export-network"]
    assert not actions["export-learned"]
    person.press(Key.Key_4, CTRL)
    person.wait(lambda: person.window.findChild(QWidget, "network_canvas") is not None)
    person.wait(person.find(QWidget, "network_canvas").isVisible)
    person.run_steps(1)
    saved(person, tmp_path, "network", "Picture of the network…")
    pages = person.find(QTabBar, "learned_pages")
    for place in range(1, pages.count()):
        pages.setCurrentIndex(place)
        person.run_steps(1)
        saved(person, tmp_path, f"learned{place}", "What it learned…")


def test_formulas_and_the_maps_of_a_value_are_saved(person: Person, tmp_path: Path) -> None:
    person.press(Key.Key_F11)
    person.wait(lambda: bool(person.text("debugPlace")))
    pages = person.find(QTabWidget, "debugPages")
    for name, title in (("formulas", "Formulas of the line…"), ("value", "Maps of the value…")):
        holder = {"formulas": "formula_page", "value": "value_maps_page"}[name]
        pages.setCurrentWidget(
            next(pages.widget(n) for n in range(pages.count()) if pages.widget(n).objectName() == holder)
        )
        person.wait(person.find(QWidget, holder).isVisible)
        saved(person, tmp_path, name, title)
    saved(person, tmp_path, "step", "The step as it stands…")


def test_a_click_with_the_right_button_saves_the_plot_below_it(person: Person, tmp_path: Path) -> None:
    canvas = person.find(QGraphicsView, "map_canvas").viewport()
    middle = canvas.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, canvas.mapToGlobal(middle))
    QApplication.sendEvent(canvas, event)
    menu = person.find(QMenu, "plot_menu")
    assert menu.isVisible()
    with person.naming(tmp_path / "heatmaps.png"):
        menu.actions()[0].trigger()
    person.wait((tmp_path / "heatmaps.png").exists)
