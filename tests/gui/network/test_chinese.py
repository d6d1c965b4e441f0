"""The picture in Chinese: every text of it, pointed at or not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableView

from gui.network.shape import Place
from gui.network.view import NetworkView
from gui.network.words import column_title, units_text
from tests.gui.chinese import HAN, all_texts
from tests.gui.network.test_learned import Looking, sides_of_a_line, straight_line, three_classes
from tests.gui.pictures import PictureEngine, network_spec


def test_the_picture_speaks_chinese(chinese, qtbot):
    engine, view = PictureEngine(network_spec()), NetworkView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.set_experiment(engine.run.spec)
    with qtbot.waitExposed(view):
        view.show()
    view.show_frame(engine.frame(view.request()))
    shape = view.canvas.shape
    texts = [column_title(shape, column) for column in range(len(shape.columns))]
    texts += [units_text(300), view.canvas.accessibleName()]
    texts += [box.itemText(0) for box in view.findChildren(QComboBox) if box.objectName() == "network_way"]
    for place in (Place(0, 0), Place(1, 2), Place(2, 1), Place(3, 0), Place(1, 0, 1)):
        view.canvas.point_at(place)
        texts.append(view.findChild(QLineEdit, "network_readout").text())
    assert all(HAN.search(text) for text in texts), texts


@pytest.mark.parametrize("page", [1, 2, 3])
@pytest.mark.parametrize(
    "spec", [sides_of_a_line(test={"rows": [3]}), three_classes(test={"rows": [1]}), straight_line()]
)
def test_what_was_learned_speaks_chinese(chinese, qtbot, spec, page):
    looking = Looking(qtbot, spec, page)
    titles = [looking.bar.tabText(place) for place in range(4)] + [looking.bar.tabToolTip(place) for place in range(4)]
    assert all(HAN.search(text) for text in [*titles, looking.bar.accessibleName()]), titles
    labels = [label.text() for label in looking.view.learned.findChildren(QLabel) if label.isVisible() and label.text()]
    assert labels
    assert all(HAN.search(text) for text in labels), labels
    for table in looking.view.learned.findChildren(QTableView):
        assert HAN.search(table.accessibleName())
    if looking.page is not None:
        looking.page.setFocus()
        qtbot.keyClick(looking.page, Qt.Key.Key_Right)
    told = all_texts(looking.view)
    assert not told & {"Accuracy", "Prediction", "Probability", "Target", "Class", "right", "wrong"}
