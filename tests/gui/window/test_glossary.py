"""The glossary: opened from the menu and from where a word stands, searched, and the same sentence in tooltips."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.look.glossary import BY_KEY, TERMS, brief, said
from gui.views.learn.glossary_page import LINK, GlossaryPage
from tests.gui.chinese import HAN
from tests.gui.windows import Key, Modifier, Person

SHIFT = Modifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot) -> GlossaryPage:
    page = GlossaryPage()
    qtbot.addWidget(page)
    page.resize(320, 300)
    with qtbot.waitExposed(page):
        page.show()
    return page


def part(page: GlossaryPage, kind: type[QWidget], name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None
    return found


def search(qtbot: QtBot, page: GlossaryPage, text: str) -> None:
    field = part(page, QLineEdit, "glossary_search")
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_every_term_is_there_and_leads_to_terms_that_are(page: GlossaryPage) -> None:
    assert len(BY_KEY) == len(TERMS) >= 40
    assert sorted(page.shown) == sorted(BY_KEY)
    assert {key for term in TERMS for key in term.see} <= set(BY_KEY)
    assert all(term.brief.endswith((".", "…")) for term in TERMS)
    titles = [said(BY_KEY[key].title).casefold() for key in page.shown]
    assert titles == sorted(titles)


def test_what_is_typed_is_found_in_names_first(qtbot: QtBot, page: GlossaryPage) -> None:
    search(qtbot, page, "ULP")
    assert page.shown[0] == "ulp"
    search(qtbot, page, "gradient")
    assert page.shown[0] == "gradient"
    assert "chain_rule" in page.shown[1:]
    assert part(page, QLabel, "glossary_none").isHidden()
    search(qtbot, page, "xyzzy")
    assert page.shown == []
    assert part(page, QLabel, "glossary_none").isVisible()


def test_a_link_leads_to_its_term_though_something_else_was_searched(qtbot: QtBot, page: GlossaryPage) -> None:
    text = part(page, QTextBrowser, "glossary_text")
    search(qtbot, page, "ulp")
    text.anchorClicked.emit(QUrl(f"{LINK}rounding"))
    assert len(page.shown) == len(TERMS)
    assert part(page, QLineEdit, "glossary_search").text() == ""
    assert text.verticalScrollBar().value() > 0


def test_it_is_closed_until_the_menu_opens_it(tiny: Person) -> None:
    dock = tiny.find(QDockWidget, "learnDock")
    assert dock.isHidden()
    assert tiny.window.findChild(GlossaryPage) is None, "made too soon"
    tiny.choose("Help", "Glossary")
    assert dock.isVisible()
    assert tiny.find(QLineEdit, "glossary_search").hasFocus()
    tiny.choose("View", "Learn")
    assert dock.isHidden()


@pytest.mark.parametrize(
    ("name", "key"), [("map_unit", "ulp"), ("parity_lines", "parity"), ("map_entry", "lane"), ("network_side", "lane")]
)
def test_where_a_word_stands_it_is_explained_and_leads_to_the_glossary(
    tiny: Person, monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    if name == "network_side":
        tiny.press(Key.Key_4, Modifier.ControlModifier)
        tiny.wait(lambda: tiny.window.findChild(QWidget, name) is not None)
    widget = tiny.find(QWidget, name)
    assert brief(key) in widget.toolTip()
    assert brief(key) in widget.accessibleDescription()

    def middle(*_: object) -> QPoint:
        return widget.mapToGlobal(widget.rect().center())

    tiny.window.move(tiny.window.pos() + QPoint(300, 300) - middle())  # the screen is smaller than the window
    tiny.wait(lambda: QApplication.widgetAt(middle()) in (widget, *widget.findChildren(QWidget)))
    monkeypatch.setattr(QCursor, "pos", middle)
    tiny.press(Key.Key_F1, SHIFT)
    page = tiny.window.findChild(GlossaryPage)
    assert page is not None
    assert page.isVisible()
    title = said(BY_KEY[key].title)
    tiny.wait(lambda: title in in_sight(tiny.find(QTextBrowser, "glossary_text")))


def in_sight(text: QTextBrowser) -> list[str]:
    """The lines that are to be seen."""
    area = text.viewport().rect().adjusted(4, 4, -4, -4)
    ends = [text.cursorForPosition(corner).block().position() for corner in (area.topLeft(), area.bottomLeft())]
    return text.toPlainText()[ends[0] : ends[1]].splitlines()


def test_verdicts_say_what_they_mean_in_the_glossarys_words(tiny: Person) -> None:
    lines = tiny.find(QTreeWidget, "parity_lines")
    assert brief("drift") in lines.toolTip()
    assert "Shift+F1" in tiny.find(QComboBox, "map_unit").toolTip()


def test_nothing_pointed_at_opens_all_of_it(tiny: Person) -> None:
    tiny.find(QLineEdit, "title").setFocus()
    tiny.press(Key.Key_F1, SHIFT)
    page = tiny.window.findChild(GlossaryPage)
    assert page is not None
    assert page.isVisible()


@pytest.mark.usefixtures("chinese")
def test_every_term_is_explained_in_chinese(page: GlossaryPage) -> None:
    for term in TERMS:
        texts = [said(text) for text in (term.brief, term.more) if text]
        assert all(HAN.search(text) for text in texts), term.key
        assert term.key == "ulp" or HAN.search(said(term.title)), term.key
