"""Undo where own code is written, where the language changes, beside another window, and with large data."""

import gc
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from tests.gui.own.test_writing import offer, source
from tests.gui.undo.test_undo import offered, pause, press_button, redo, text, undo
from tests.gui.window.test_language import CHINESE, ENGLISH_NAME, speak
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

CONTROL = Modifier.ControlModifier


@pytest.fixture
def writing(desk: Desk, tmp_path: Path) -> Person:
    """An experiment with own code just begun, the keyboard in it."""
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "Adam"}]))
    person.wait_for_state("Ready")
    person.type_into("title", "Mine")
    offer(person, "optimizer1_name", "Begin with a copy of the textbook’s")
    return person


def test_own_code_is_undone_in_one_history_with_the_forms(writing: Person) -> None:
    edit = source(writing)
    begun = edit.toPlainText()
    assert offered(writing)[0] == "Undo own code of “Optimizer 1”"
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    writing.qtbot.keyClicks(edit, "# one")
    assert offered(writing)[0] == "Undo typing in “my_adam.py”"
    writing.press(Key.Key_Return)
    writing.qtbot.keyClicks(edit, "# two")
    undo(writing)
    assert edit.toPlainText() == begun + "# one"
    assert edit.hasFocus()
    assert edit.textCursor().atEnd()
    redo(writing)
    assert edit.toPlainText() == begun + "# one\n# two"
    assert edit.textCursor().atEnd()
    undo(writing)
    undo(writing)
    assert edit.toPlainText() == begun
    undo(writing)
    assert "code" not in writing.window.form.raw()
    undo(writing)
    assert text(writing, "title") == "Tiny"
    for _ in range(4):
        writing.window.actions_.redo.trigger()
    raw = writing.window.form.raw()
    assert raw["code"] == {"my_adam.py": {"text": begun + "# one\n# two"}}
    assert raw["optimizers"][0]["code"].startswith("my_adam.py")
    assert writing.find(SourceView, "source").toPlainText() == begun + "# one\n# two"


def test_code_undone_from_a_field_is_shown_and_leaves_the_keyboard(writing: Person) -> None:
    edit = source(writing)
    writing.qtbot.keyClicks(edit, "# one")
    writing.press(Key.Key_1, CONTROL)
    field = writing.find(QWidget, "title")
    field.setFocus()
    undo(writing)
    assert QApplication.focusWidget() is field
    assert edit.isVisible()
    assert "# one" not in edit.toPlainText()


def test_it_goes_on_in_another_language_and_theme(tiny: Person, qapp: QApplication) -> None:
    tiny.type_into("optimizer1_lr", "1e-")
    press_button(tiny, "network_add_layer")
    tiny.type_into("title", "Mine")
    undo(tiny)
    speak(tiny, CHINESE)
    assert offered(tiny) == ("撤销添加第 1 层(U)", "重做在“标题”中输入(R)")
    undo(tiny)
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.1"
    redo(tiny)
    assert text(tiny, "optimizer1_lr") == "1e-"
    speak(tiny, ENGLISH_NAME)
    assert offered(tiny)[0] == "Undo typing in “Optimizer 1, Learning rate”"
    next(action for action in tiny.window.actions_.themes.actions() if action.data() == "dark").trigger()
    for _ in range(2):
        redo(tiny)
    assert text(tiny, "title") == "Mine"
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_what_is_out_of_the_file_stays_in_another_language(tiny: Person, qapp: QApplication) -> None:
    """Given weights while a seed is drawn from, say: what a person has switched off is there to be switched on."""
    press_button(tiny, "start_switch")
    speak(tiny, CHINESE)
    press_button(tiny, "start_switch")
    assert tiny.window.form.raw()["start"] == TINY["start"]
    speak(tiny, ENGLISH_NAME)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_each_window_has_a_history_of_its_own(tiny: Person, desk: Desk) -> None:
    tiny.type_into("title", "Mine")
    other = desk.start()
    assert offered(other) == ("", "")
    other.type_into("title", "Another")
    other.window.actions_.undo.trigger()
    assert offered(other)[0] == ""
    assert offered(tiny)[0] == "Undo typing in “Title”"
    assert text(tiny, "title") == "Mine"


def test_typing_into_large_data_keeps_no_copies(tiny: Person) -> None:
    grid = tiny.find(QWidget, "data_grid")
    form = tiny.window.form
    x = np.arange(2_000_000.0).reshape(100_000, 20)
    own = grid.parentWidget()
    own.replace(x, np.zeros((100_000, 1)))  # type: ignore[attr-defined]
    gc.collect()
    tracemalloc.start()
    for row in range(200):
        pause(tiny)
        grid.model().setData(grid.model().index(row, 0), "1.5")
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 10 * 2**20, "16 million bytes are the data alone"
    for _ in range(200):
        tiny.window.actions_.undo.trigger()
    assert form.state()["table"].text(0, 0) == "0"


def test_nothing_is_left_of_rows_that_came_and_went(tiny: Person) -> None:
    def widgets() -> int:
        QApplication.processEvents()
        return len(tiny.window.findChildren(QWidget))

    def there_and_back() -> None:
        press_button(tiny, "network_add_layer")
        press_button(tiny, "optimizers_add")
        for action in ("undo", "undo", "redo", "redo", "undo", "undo"):
            getattr(tiny.window.actions_, action).trigger()

    there_and_back()
    tiny.wait(lambda: not tiny.window.findChildren(QWidget, "optimizer2_name"))
    tiny.qtbot.wait(300)
    before = widgets()
    for _ in range(5):
        there_and_back()
    tiny.wait(lambda: widgets() <= before + 2)
    assert tiny.find(QComboBox, "optimizer1_name").isVisible()
