"""What a person has chosen in the window's widgets, by their names: taken down, and put into others made anew.

An experiment's fields are no choices, though whether they are folded away is; what is ``without`` comes from elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QSlider,
    QSpinBox,
    QSplitter,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)

from gui.look.inside import inside

Name = tuple[str, int]  # an object's name, and which of those that are called so
Choices = dict[Name, Any]
TELLING = (QComboBox, QAbstractButton, QSpinBox, QSlider, QTabWidget, QTableView)  # of them a file tells
TWICE = 2  # times that choices are put back: some offer others


def chosen_in(root: QWidget, without: Sequence[QWidget]) -> Choices:
    """Return what is chosen in ``root``, but for what is in ``without``."""
    return {name: choice for name, widget in _named(root, without) if (choice := _choice_of(widget)) is not None}


def choose_in(root: QWidget, without: Sequence[QWidget], choices: Choices) -> None:
    """Choose in ``root``, as a person would, what was chosen in the widgets of the same names."""
    for _ in range(TWICE):
        for name, widget in list(_named(root, without)):
            if name in choices and _choice_of(widget) != choices[name]:
                _choose(widget, choices[name])


def told_in(root: QWidget, without: Sequence[QWidget]) -> list[list[Any]]:
    """Return what is chosen in ``root`` as JSON has it, but for what is typed, and how room is divided."""
    told: list[list[Any]] = []
    for name, widget in _named(root, without):
        choice = _choice_of(widget) if isinstance(widget, TELLING) else None
        if isinstance(widget, QTableView) and choice is not None:
            choice = choice[0], choice[1] == Qt.SortOrder.DescendingOrder
        if _is_data(choice):
            told.append([*name, choice])
    return told


def fitting(root: QWidget, without: Sequence[QWidget], told: Any) -> Choices:
    """Return what is told of choices as far as ``root`` offers such: ``told`` is of a file, and may be anything."""
    known: Choices = {}
    for one in told if isinstance(told, list) else ():
        if isinstance(one, list) and len(one) == 3 and isinstance(one[0], str) and type(one[1]) is int:
            known[one[0], one[1]] = tuple(one[2]) if isinstance(one[2], list) else one[2]
    found: Choices = {}
    for name, widget in _named(root, without):
        choice: Any = known.get(name)
        if isinstance(widget, TELLING) and _is_data(choice) and _takes(widget, choice):
            found[name] = _order(*choice) if isinstance(widget, QTableView) else choice
    return found


def _is_data(choice: Any) -> bool:
    """Whether a choice is a number, a name, or a pair of such: what it goes by and which, a column and its order."""
    if isinstance(choice, tuple):
        return len(choice) == 2 and all(type(one) in (bool, int, float, str) for one in choice)
    return type(choice) in (bool, int, str)


def _takes(widget: QWidget, choice: Any) -> bool:
    """Whether it is of such a kind as is chosen in a widget."""
    now = _choice_of(widget)
    if isinstance(widget, QTableView):
        return now is not None and isinstance(choice, tuple) and type(choice[0]) is int
    if isinstance(widget, QComboBox):
        by, what = choice if isinstance(choice, tuple) else ("", None)
        return by == "data" or (by == "place" and type(what) is int)
    return type(choice) is type(now) or (isinstance(widget, QTabWidget) and type(choice) in (int, str))


def _order(section: int, falls: bool) -> tuple[int, Qt.SortOrder]:
    return section, Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder


def scrolled_in(root: QWidget) -> Choices:
    """Return how far each area is scrolled, across and down."""
    return {name: (_at(area.horizontalScrollBar()), _at(area.verticalScrollBar())) for name, area in _areas(root)}


def scroll_in(root: QWidget, places: Choices) -> None:
    """Move the areas of the same names as far."""
    for name, area in _areas(root):
        across, down = places.get(name, (0, 0))
        area.horizontalScrollBar().setValue(across)
        area.verticalScrollBar().setValue(down)


def _areas(root: QWidget) -> Iterator[tuple[Name, QAbstractScrollArea]]:
    for name, widget in _named(root):
        if isinstance(widget, QAbstractScrollArea):
            yield name, widget


def _at(bar: QScrollBar) -> int:
    return bar.value()


def _named(root: QWidget, without: Sequence[QWidget] = ()) -> Iterator[tuple[Name, QWidget]]:
    counts: Counter[str] = Counter()
    for widget in inside(root, QWidget):
        name = widget.objectName()
        if not name or name.startswith("qt_") or _is_of(widget, without):
            continue
        counts[name] += 1
        yield (name, counts[name]), widget


def _is_of(widget: QWidget, without: Sequence[QWidget]) -> bool:
    return not isinstance(widget, QToolButton) and any(part.isAncestorOf(widget) for part in without)


def _choice_of(widget: QWidget) -> Any:
    """Return what is chosen; None where a widget offers no choice."""
    if isinstance(widget, QComboBox):
        data = widget.currentData()
        return ("data", data) if data is not None else ("place", widget.currentIndex())
    if isinstance(widget, QAbstractButton):
        return widget.isChecked() if widget.isCheckable() else None
    if isinstance(widget, QSpinBox):
        return widget.value()
    if isinstance(widget, QAbstractSpinBox):
        return widget.lineEdit().text()
    if isinstance(widget, QSlider):
        return widget.value()
    if isinstance(widget, QLineEdit):
        return None if widget.isReadOnly() or isinstance(widget.parentWidget(), QAbstractSpinBox) else widget.text()
    if isinstance(widget, QTabWidget):
        return widget.currentWidget().objectName() or widget.currentIndex()
    if isinstance(widget, QSplitter):
        return widget.saveState()
    if isinstance(widget, QTableView):
        return _sorting(widget.horizontalHeader())
    return None


def _sorting(header: QHeaderView) -> Any:
    return (header.sortIndicatorSection(), header.sortIndicatorOrder()) if header.isSortIndicatorShown() else None


def _choose(widget: QWidget, choice: Any) -> None:
    if isinstance(widget, QComboBox):
        _choose_item(widget, *choice)
    elif isinstance(widget, QAbstractButton):
        if widget.isEnabled():
            widget.click()
        else:
            widget.setChecked(choice)
    elif isinstance(widget, QSpinBox | QSlider):
        widget.setValue(choice)
    elif isinstance(widget, QAbstractSpinBox):
        widget.lineEdit().setText(choice)
    elif isinstance(widget, QLineEdit):
        widget.setText(choice)
        widget.textEdited.emit(choice)
    else:
        _arrange(widget, choice)


def _arrange(widget: QWidget, choice: Any) -> None:
    if isinstance(widget, QTabWidget):
        _turn_to(widget, choice)
    elif isinstance(widget, QSplitter):
        widget.restoreState(QByteArray(choice))
    elif isinstance(widget, QTableView):
        widget.sortByColumn(*choice)


def _choose_item(box: QComboBox, by: str, what: Any) -> None:
    place = box.findData(what) if by == "data" else what
    if 0 <= place < box.count():
        box.setCurrentIndex(place)
        box.activated.emit(place)


def _turn_to(tabs: QTabWidget, page: str | int) -> None:
    for place in range(tabs.count()):
        there = tabs.widget(place)
        if place == page or (there is not None and there.objectName() == page):
            tabs.setCurrentIndex(place)
            return
