"""The Chinese translation for tests, the window's texts, and a witness of every text that was asked for in vain."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QLocale, QModelIndex, QObject, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsScene,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QTabBar,
    QWidget,
)

from gui.look.naming import plain_text
from gui.window.app import install_translations
from resources.make_translations import TRANSLATIONS

CHINESE = TRANSLATIONS / "lockstep_zh_CN.ts"
PYQTGRAPH = ("Form", "PlotItem", "GraphicsScene", "ViewBox")  # contexts of menus that the window does not have
HAN = re.compile(r"[\u4e00-\u9fff]")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)

Messages = dict[tuple[str, str], str]


def messages(translation: Path) -> Messages:
    """The translation of each context and source text; empty while it is unfinished."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): finished(message)
        for context in ElementTree.parse(translation).getroot().iter("context")
        for message in context.iter("message")
    }


def finished(message: ElementTree.Element) -> str:
    found = message.find("translation")
    return "" if found is None or found.get("type") else found.text or ""


ALL = {path: messages(path) for path in sorted(TRANSLATIONS.glob("*.ts"))}
# Names and symbols that are the same in Chinese; all else that the window says must differ from its source.
SAME = {source for (_, source), found in ALL[CHINESE].items() if found == source}
ENGLISH = {plain_text(source) for _, source in ALL[CHINESE] if re.search("[A-Za-z]", source)} - SAME


class Witness(QTranslator):
    """Installed before all other translators it is the last to be asked: nobody else knows these texts.

    ``unknown``: their contexts and sources, but for those of Qt and of pyqtgraph.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[tuple[str, str]] = set()

    def translate(self, context: Any, source: Any, disambiguation: Any = None, n: int = -1) -> Any:  # noqa: ARG002
        self._asked.add((context, source))
        return None  # the source text itself is shown

    @property
    def unknown(self) -> set[tuple[str, str]]:
        return {
            (context, source)
            for context, source in self._asked
            if context not in PYQTGRAPH and not re.match("Q[A-Z]", context) and not _is_known(context, source)
        }


@contextmanager
def speaking_chinese(app: QApplication) -> Iterator[Witness]:
    before = QLocale()
    QLocale.setDefault(QLocale("zh_CN"))
    witness = Witness()
    app.installTranslator(witness)
    install_translations(app)
    yield witness
    for translator in (witness, *app.findChildren(QTranslator)):
        app.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def _is_known(context: str, source: str) -> bool:
    """A class that lacks a text asks for it in the names of those that it is made of."""
    named = [one for one in _classes(QObject) if one.__name__ == context]
    asked = {context, *(base.__name__ for one in named for base in one.__mro__)}
    return any((name, source) in ALL[CHINESE] for name in asked)


def _classes(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from _classes(one)


def texts_of(widget: QWidget) -> Iterator[str]:
    """All that is written on a widget, or said about it."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    yield widget.statusTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    if isinstance(widget, QSpinBox):
        yield from (widget.prefix(), widget.suffix())
    if isinstance(widget, QAbstractSpinBox):
        yield widget.specialValueText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))
        yield from (widget.tabToolTip(index) for index in range(widget.count()))
    if isinstance(widget, QMenu | QGroupBox):
        yield widget.title()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _texts_of_items(widget.model())


def _texts_of_items(model: QAbstractItemModel) -> Iterator[str]:
    """Of a table or a list; trees with branches there are none."""
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
        for role in ROLES:
            yield _text(model.headerData(column, Qt.Orientation.Horizontal, role))
            for row in range(model.rowCount(QModelIndex())):
                yield _text(model.data(model.index(row, column), role))


def _text(data: Any) -> str:
    return data if isinstance(data, str) else ""


def all_texts(window: QWidget) -> set[str]:
    widgets = [window, *window.findChildren(QWidget)]
    texts = {text for widget in widgets for text in texts_of(widget)}
    for action in window.findChildren(QAction):
        if isinstance(action.parent(), QGraphicsScene):  # pyqtgraph's own menu, which the window does not have
            continue
        texts |= {action.text(), action.iconText(), action.toolTip(), action.statusTip()}
    return {line for text in texts for line in plain_text(text).splitlines() if line.strip()}
