"""The outline around what is pointed at, where that has more to show than there is room."""

from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.guide.pointer import Pointer

TURNS = 50


def test_what_is_taller_than_its_room_comes_to_rest_with_its_top_in_sight(qtbot: QtBot) -> None:
    """Scrolled to its end and back it moves twice, each of which may ask for no more scrolling."""
    area, content, tall = QScrollArea(), QWidget(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(content)
    column.addSpacing(500)
    column.addWidget(tall)
    tall.setFixedSize(100, 600)
    area.setWidget(content)
    area.resize(200, 200)
    area.show()
    moves: list[int] = []
    area.verticalScrollBar().valueChanged.connect(moves.append)
    pointer = Pointer(area)
    pointer.point_at(tall)
    for _ in range(TURNS):
        QApplication.processEvents()
    assert 1 <= len(moves) <= 4
    top = tall.mapTo(area.viewport(), tall.rect().topLeft()).y()
    assert 0 <= top < area.viewport().height() // 4
