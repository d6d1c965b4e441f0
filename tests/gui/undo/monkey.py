"""Somebody who edits the experiment at random, by its real fields; and what can be seen of it then."""

from random import Random
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from gui.forms.fields.fields import OWN
from tests.gui.windows import Key, Modifier, Person

TYPED = ("0", "1", "7", "0.5", "1e-", "-", "", "x", "1.0", "3e2", "nan")
PASTED = ("1\t2\t3\n4\t5\t6\n7\t8\t9", "5", "0.1\n0.2\n0.3\n0.4", "a;b\nc;d")
ASKS = (
    "data_make",
    "import",
    "from_file",
    "kind",
    "inside",
    "fold",
    "more",
    "groups",
    "code",
)  # ends of names: they ask, fold, or come in menus

OF_PAIRS = ("_0", "_1")  # ends of names: of a pair the file has both numbers, the one that was left out too


def texts(person: Person) -> dict[str, str]:
    """What each field says, letter by letter, which numbers do not."""
    fields = person.window.form.findChildren(QWidget)
    lines = [(field, field.lineEdit()) for field in fields if isinstance(field, QAbstractSpinBox)]
    lines += [(field, field) for field in fields if isinstance(field, QLineEdit)]
    named = [(field.objectName(), line) for field, line in lines if field.objectName() and field.isVisible()]
    return {name: line.text() for name, line in named if not name.startswith("qt_") and name[-2:] not in OF_PAIRS}


class Monkey:
    """Do one thing after another; ``wait`` lets time go by between some of them."""

    def __init__(self, person: Person, seed: int):
        self._person, self._random = person, Random(seed)
        self._now = 0.0
        person.window.undoing.clock = lambda: self._now

    def act(self) -> None:
        self._now += self._random.choice((0.1, 0.1, 5.0))
        self._random.choice((self._type, self._type, self._press, self._press, self._choose, self._step, self._fill))()

    def _among(self, kind: type[QWidget] | tuple[type[QWidget], ...]) -> Any:
        found = [
            field
            for field in self._person.window.form.findChildren(QWidget)
            if isinstance(field, kind) and field.isVisible() and field.isEnabled() and field.objectName()
        ]
        found = [field for field in found if not field.objectName().startswith("qt_")]
        return self._random.choice(sorted(found, key=QWidget.objectName))

    def _type(self) -> None:
        field = self._among((QLineEdit, QAbstractSpinBox))
        field.setFocus()
        if self._random.random() < 0.5:
            self._person.press(Key.Key_A, Modifier.ControlModifier)
            self._person.press(Key.Key_Backspace)
        self._person.qtbot.keyClicks(field, self._random.choice(TYPED))

    def _step(self) -> None:
        field = self._among(QAbstractSpinBox)
        field.setFocus()
        for _ in range(self._random.randint(1, 4)):
            self._person.press(self._random.choice((Key.Key_Up, Key.Key_Down)))

    def _press(self) -> None:
        button = self._among((QPushButton, QToolButton, QCheckBox))
        if not button.objectName().endswith(ASKS):
            assert isinstance(button, QAbstractButton)
            button.click()

    def _choose(self) -> None:
        box = self._among(QComboBox)
        items = [place for place in range(box.count()) if box.itemData(place) != OWN]
        box.setCurrentIndex(self._random.choice(items))
        box.activated.emit(box.currentIndex())

    def _fill(self) -> None:
        grid = self._person.find(QTableView, "data_grid")
        if not grid.isVisible():
            return
        model = grid.model()
        grid.setFocus()
        grid.go_to(self._random.randrange(model.rowCount()), self._random.randrange(model.columnCount()))
        if self._random.random() < 0.4:
            QGuiApplication.clipboard().setText(self._random.choice(PASTED))
            self._person.press(Key.Key_V, Modifier.ControlModifier)
        else:
            self._person.qtbot.keyClicks(grid, self._random.choice("123x"))
            self._person.qtbot.keyClicks(QApplication.focusWidget() or grid, self._random.choice(TYPED))
            grid.setFocus()
