"""The picture in Chinese: every text of it, pointed at or not."""

from PySide6.QtWidgets import QComboBox, QLineEdit

from gui.network.shape import Place
from gui.network.view import NetworkView
from gui.network.words import column_title, units_text
from tests.gui.chinese import HAN
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
