"""A lesson in the real window: predicted, done, shown, left and taken up again, by keys and clicks."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from gui.files.documents import DEFAULT
from gui.guide.pointer import Outline
from gui.learn.lessons.page import LessonsPage
from gui.window.languages import install_translations
from tests.gui.windows import Key, Modifier, Person

SEEDLESS = {"weights": {"layer1.weight": [[0.1, -0.2, 0.3, 0.1]] * 4}}  # which takes no torch to draw
SGD = {"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}
TEXT = """# {title}

About it.

## Read

```lockstep
experiment: first.json
```

This is **read**. See [the drift](term:drift).

## Predict

```lockstep
ask: The mean of 1, 2, 4, 8 and 9?
answer: 4.8
hint: Add them.
because: 24 / 5.
point: runButton when not running
until: step >= 5
seen: It ran.
```

## Another

```lockstep
experiment: second.json
until: typed_optimizer is Adam
```
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for language, title in (("en", "A lesson"), ("zh", "一课")):
        (folder / f"{language}.md").write_text(TEXT.replace("{title}", title), encoding="utf-8")
    for name, rate in (("first", 0.1), ("second", 0.2)):
        raw = json.loads(DEFAULT.read_bytes()) | {"title": name, "start": SEEDLESS}
        raw["optimizers"] = [SGD | {"params": {"lr": rate}}]
        (folder / f"{name}.json").write_text(json.dumps(raw), encoding="utf-8")
    return folder


def drop(person: Person, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    person.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, modifiers))
    person.wait(lambda: person.window.findChild(LessonsPage) is not None)


def page(person: Person) -> LessonsPage:
    return person.find(LessonsPage, "lessons_page")


def title(person: Person) -> str:
    return person.text("lesson_title")


def press(person: Person, name: str) -> None:
    person.click(person.find(QPushButton, name))


def test_a_dropped_lesson_is_predicted_done_and_goes_on(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    tiny.wait(lambda: tiny.window.form.raw()["title"] == "first")
    tiny.wait(lambda: title(tiny) == "✓ Read")  # by reading
    assert tiny.find(QTextBrowser, "lesson_text").toPlainText().startswith("This is read.")
    press(tiny, "lesson_next")
    tiny.type_into("lesson_answer", "five")
    tiny.press(Key.Key_Return)
    assert "no number" in tiny.text("lesson_said")
    for wrong in ("5", "6"):
        assert not tiny.find(QPushButton, "lesson_tell").isVisible()
        tiny.type_into("lesson_answer", wrong)
        tiny.press(Key.Key_Return)
        assert tiny.text("lesson_said") == "Not yet. Add them."
    assert tiny.find(QPushButton, "lesson_tell").isVisible()
    assert tiny.window.findChild(Outline) is None  # first the prediction
    tiny.type_into("lesson_answer", "4,8")
    tiny.press(Key.Key_Return)
    assert tiny.text("lesson_said") == "Right. 24 / 5."
    tiny.wait(lambda: tiny.window.findChild(Outline) is not None)
    assert title(tiny) == "Predict"
    press(tiny, "lesson_show")
    tiny.wait(lambda: title(tiny) == "✓ Predict")
    assert tiny.text("lesson_seen") == "It ran."
    press(tiny, "lesson_next")
    tiny.wait(lambda: tiny.window.form.raw()["title"] == "second")
    assert tiny.find(QPushButton, "lesson_next").text() == "End"


def test_a_low_panel_shows_what_was_said_of_an_answer_whole(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    tiny.window.resize(1024, 700)
    press(tiny, "lesson_next")
    for _ in range(2):
        tiny.type_into("lesson_answer", "1")
        tiny.press(Key.Key_Return)
    parts = [tiny.find(QWidget, name) for name in ("lesson_said", "lesson_answer", "lesson_tell")]
    tiny.wait(lambda: all(is_whole(part) for part in parts))


def is_whole(part: QWidget) -> bool:
    """Whether all of it is to be seen."""
    return part.visibleRegion().boundingRect() == part.rect()


def test_what_is_given_up_is_told(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    press(tiny, "lesson_next")
    for _ in range(2):
        tiny.type_into("lesson_answer", "1")
        tiny.press(Key.Key_Return)
    press(tiny, "lesson_tell")
    assert tiny.text("lesson_said") == "It is 4.8. 24 / 5."
    assert not tiny.find(QLineEdit, "lesson_answer").isVisible()


def test_a_lesson_is_left_and_taken_up_where_it_was(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    tiny.wait(lambda: title(tiny) == "✓ Read")
    press(tiny, "lesson_leave")
    assert tiny.find(QListWidget, "lessons_list").isVisible()
    page(tiny).open(folder)
    assert title(tiny) == "Predict"
    press(tiny, "lesson_back")
    assert title(tiny) == "Read"


def test_the_experiment_of_a_step_is_opened_once(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    tiny.type_into("optimizer1_lr", "0.3")
    press(tiny, "lesson_next")
    press(tiny, "lesson_back")
    tiny.window.editing.flush()
    assert tiny.window.form.raw()["optimizers"][0]["params"]["lr"] == 0.3


def test_a_faulty_lesson_says_so_and_changes_nothing(tiny: Person, folder: Path) -> None:
    (folder / "en.md").write_text(TEXT.replace("step >= 5", "stop >= 5"), encoding="utf-8")
    before = tiny.window.form.raw()
    drop(tiny, folder / "en.md")
    tiny.wait(lambda: tiny.find(QLabel, "lessons_faults").isVisible())
    assert tiny.text("lessons_faults").startswith("en.md, line 21: there is no stop to compare; there is step, ")
    assert tiny.window.form.raw() == before


def test_it_goes_on_in_another_language(tiny: Person, folder: Path, qapp: QApplication) -> None:
    drop(tiny, folder)
    press(tiny, "lesson_next")
    tiny.type_into("lesson_answer", "4.8")
    tiny.press(Key.Key_Return)
    box, former = _preferences(tiny), tiny.window.form
    box.setCurrentIndex(box.findData("zh_CN"))
    box.activated.emit(box.currentIndex())
    tiny.wait(lambda: tiny.window.form is not former)
    tiny.wait(lambda: page(tiny).playing is not None)
    playing = page(tiny).playing
    assert playing is not None
    assert (playing.lesson.title, playing.place, playing.answered) == ("一课", 1, 1)
    tiny.press(Key.Key_Escape)
    install_translations(qapp, "en")


def _preferences(person: Person) -> QComboBox:
    person.press(Key.Key_P, Modifier.ControlModifier | Modifier.ShiftModifier)
    return person.find(QComboBox, "preferences_language")


def test_terms_lead_to_the_glossary(tiny: Person, folder: Path) -> None:
    drop(tiny, folder)
    text = tiny.find(QTextBrowser, "lesson_text")
    text.anchorClicked.emit(QUrl("term:drift"))
    assert tiny.find(QWidget, "glossary_page").isVisible()


def test_our_lessons_are_listed_and_begun_by_enter(tiny: Person) -> None:
    tiny.choose("Help", "Lessons")
    shelf = tiny.find(QListWidget, "lessons_list")
    assert shelf.hasFocus()
    assert shelf.count() > 0
    assert "steps" in shelf.item(0).text()
    assert shelf.visualItemRect(shelf.item(0)).bottomRight() != QPoint()
    tiny.press(Key.Key_Return)
    assert page(tiny).playing is not None
