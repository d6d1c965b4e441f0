"""The window in another language without a restart: every text is in it, and nothing else has become another."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QLineEdit, QTabWidget, QWidget

from gui.debug.source.source_view import SourceView
from gui.files.settings import Settings
from gui.window.languages import install_translations
from tests.gui.chinese import ENGLISH, HAN, all_texts, texts_of
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier
CHINESE, ENGLISH_NAME = "简体中文", "English"
VIEWS = (Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_1)
RACERS = [{"name": name, "params": {"lr": 0.1}, "backends": ["diy"]} for name in ("SGD", "Adam")]


@pytest.fixture(autouse=True)
def english_after(qapp: QApplication) -> Iterator[None]:
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def speak(person: Person, title: str) -> None:
    """Choose a language by keys in the Preferences, and close them."""
    person.press(Key.Key_P, CTRL | SHIFT)
    box = person.find(QComboBox, "preferences_language")
    former = person.window.form
    box.setFocus()
    person.qtbot.keyClick(box, Key.Key_Home)
    for _ in range(box.findText(title)):
        person.qtbot.keyClick(box, Key.Key_Down)
    person.wait(lambda: person.window.form is not former)
    box = person.find(QComboBox, "preferences_language")
    assert box.currentText() == title
    person.qtbot.keyClick(box, Key.Key_Escape)
    person.window.activateWindow()
    person.wait(person.window.isActiveWindow)


def texts_by_name(person: Person) -> dict[str, set[str]]:
    """What is written on, or said about, the widgets of each name."""
    found: dict[str, set[str]] = {}
    for widget in person.window.findChildren(QWidget):
        if widget.objectName():
            found.setdefault(widget.objectName(), set()).update(text for text in texts_of(widget) if text)
    return found


def look_everywhere(person: Person) -> None:
    for key in VIEWS:
        person.press(key, CTRL)
    person.wait(lambda: person.window.session.newest is not None)


def show_sweep(person: Person) -> None:
    """Once the view has its room: it takes the race among its pages where that is narrow."""
    person.wait(person.window.comparing.view.isVisible)
    QApplication.processEvents()
    pages = person.window.comparing.view.pages
    pages.setCurrentWidget(person.window.comparing.view.added[1])


@pytest.mark.parametrize("views", ["the run alone", "every view"])
def test_it_reads_as_a_window_that_began_in_that_language(
    desk: Desk, tmp_path: Path, qapp: QApplication, views: str
) -> None:
    file = save_experiment(tmp_path / "race.json", optimizers=RACERS)
    switched = desk.start(file=file)
    switched.wait_for_state("Ready")
    if views == "every view":
        look_everywhere(switched)
    speak(switched, CHINESE)
    assert not all_texts(switched.window) & ENGLISH
    here = texts_by_name(switched)
    desk.close()
    fresh = desk.start(file=file)
    fresh.wait_for_state("就绪")
    if views == "every view":
        look_everywhere(fresh)
    assert here == texts_by_name(fresh)
    speak(fresh, ENGLISH_NAME)
    left = {text for text in all_texts(fresh.window) if HAN.search(text)}
    assert left <= {CHINESE}


def test_what_is_half_typed_stays_as_it_is(tiny: Person, tmp_path: Path) -> None:
    window = tiny.window
    tiny.type_into("optimizer1_lr", "0.0x")
    tiny.type_into("title", "Mine")
    tiny.wait(lambda: bool(window.session.faults))
    opened, place = window.documents.file, window.geometry()
    speak(tiny, CHINESE)
    assert tiny.find(QWidget, "optimizer1_lr").text() == "0.0x"
    assert tiny.find(QLineEdit, "title").text() == "Mine"
    assert '必须是数字，而不是 "0.0x"' in tiny.text("optimizer1_message")
    assert (window.documents.file, window.geometry()) == (opened, place)
    assert window.isWindowModified()
    tiny.type_into("optimizer1_lr", "0.1")
    tiny.wait(lambda: not window.session.faults)
    tiny.press(Key.Key_S, CTRL)
    assert not window.isWindowModified()
    assert '"Mine"' in (tmp_path / "tiny.json").read_text(encoding="utf-8")


def test_a_run_goes_on_with_its_history(tiny: Person) -> None:
    window, engine = tiny.window, tiny.window.client.pid
    tiny.run_steps(30)
    window.transport.pace.setValue(3)
    tiny.press(Key.Key_Space)
    tiny.wait(lambda: window.session.step > 31)
    begun: list[object] = []
    speak(tiny, CHINESE)
    window.session.begun.connect(begun.append)
    at = window.session.step
    tiny.wait(lambda: window.session.step > at + 2)
    assert (tiny.state, window.client.pid) == ("运行中", engine)
    assert window.transport.rate == 10
    tiny.press(Key.Key_Space)
    tiny.wait_for_state("已暂停")
    assert window.loss.picture.isVisible()
    frame = window.session.newest
    assert frame is not None
    assert frame.curves is not None
    assert frame.curves.lanes[0].steps[0] == 1
    tiny.window.timeline.first.click()
    tiny.wait(lambda: window.session.step == 0)
    assert not begun, "another run was begun"


def test_the_debugger_stays_at_its_line(tiny: Person) -> None:
    window = tiny.window
    tiny.run_steps(5)
    tiny.press(Key.Key_F11)
    tiny.wait(lambda: window.debugging.controller.state == "ready")
    for _ in range(4):
        tiny.press(Key.Key_F10)
    window.debugging.view.pages.setCurrentIndex(1)
    before = window.debugging.controller
    stood = (before.step, before.cursor, tiny.find(SourceView, "source").current_line)
    assert stood[1] > 2
    speak(tiny, CHINESE)
    controller = window.debugging.controller
    assert controller is not before
    tiny.wait(lambda: controller.state == "ready")
    assert (controller.step, controller.cursor, tiny.find(SourceView, "source").current_line) == stood
    assert tiny.find(QTabWidget, "debugPages").currentIndex() == 1
    assert tiny.find(QTabWidget, "workbench").currentIndex() == 2
    tiny.press(Key.Key_F10)
    assert controller.cursor > stood[1]
    tiny.press(Key.Key_1, CTRL)
    assert window.docks.frame(window.maps).isVisible()


def test_choices_and_what_was_computed_stay(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    person.wait_for_state("Ready")
    person.run_steps(10)
    person.click(person.find(QCheckBox, "loss_log"))
    person.find(QCheckBox, "legend_Adam/diy").setChecked(False)
    person.press(Key.Key_3, CTRL)
    window = person.window
    sweep = window.comparing.view.added[1]
    show_sweep(person)
    person.find(QAbstractSpinBox, "sweep_steps").lineEdit().setText("20")
    sweep.start()  # pyright: ignore[reportAttributeAccessIssue]
    person.wait(lambda: sweep.sweep_part is not None and sweep.sweep_part.state == "finished")
    found = sweep.sweep_part
    window.comparing.view.shown.set_hidden(1, True)
    speak(person, CHINESE)
    assert person.find(QCheckBox, "loss_log").isChecked()
    assert not person.find(QCheckBox, "legend_Adam/diy").isChecked()
    view = window.comparing.view
    assert view.pages.currentWidget() is view.added[1]
    assert view.added[1].sweep_part is found
    assert person.find(QAbstractSpinBox, "sweep_steps").lineEdit().text() == "20"
    assert not view.shown.entry_shown(1)
    assert view.shown.entry_shown(0)


def test_a_sweep_under_way_is_followed(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    person.wait_for_state("Ready")
    person.press(Key.Key_3, CTRL)
    window = person.window
    page = window.comparing.view.added[1]
    show_sweep(person)
    person.find(QAbstractSpinBox, "sweep_steps").lineEdit().setText("3000")
    page.start()  # pyright: ignore[reportAttributeAccessIssue]
    person.wait(lambda: page.sweep_part is not None)
    speak(person, CHINESE)
    other = window.comparing.view.added[1]
    assert other is not page
    person.wait(lambda: other.sweep_part is not None and other.sweep_part.state == "finished")


def test_an_example_changes_its_title_with_the_language(desk: Desk) -> None:
    person = desk.start()
    title = "The article's experiment"
    assert person.find(QLineEdit, "title").text() == title
    speak(person, CHINESE)
    assert person.find(QLineEdit, "title").text() == "文章中的实验"
    assert not person.window.documents.unsaved
    person.wait(lambda: getattr(person.window.session.spec, "title", "") == "文章中的实验")
    assert not person.window.session.stale
    speak(person, ENGLISH_NAME)
    assert person.find(QLineEdit, "title").text() == title
    person.type_into("title", title + " 2")
    speak(person, CHINESE)
    assert person.find(QLineEdit, "title").text() == title + " 2"


def test_the_choice_is_kept_for_the_next_start_and_so_is_the_examples_title(desk: Desk, qapp: QApplication) -> None:
    person = desk.start()
    speak(person, CHINESE)
    desk.close()
    assert Settings().language == "zh_CN"
    install_translations(qapp, Settings().language)
    assert desk.start().find(QLineEdit, "title").text() == "文章中的实验"
    desk.close()
    install_translations(qapp, "en")
    assert desk.start().find(QLineEdit, "title").text() == "The article's experiment"


def test_nothing_of_the_former_views_is_left(tiny: Person, qapp: QApplication) -> None:
    def widgets() -> tuple[int, int]:
        """Qt's and Python's: what Qt has deleted may still be with an owner in Python."""
        gc.collect()
        return len(qapp.allWidgets()), sum(issubclass(type(one), QWidget) for one in gc.get_objects())

    def there_and_back() -> None:
        speak(tiny, CHINESE)
        speak(tiny, ENGLISH_NAME)

    look_everywhere(tiny)
    there_and_back()
    before = widgets()
    there_and_back()
    assert widgets() == before


def test_messages_that_stand_are_said_again(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "fast")
    tiny.wait(lambda: bool(tiny.window.session.faults))
    tiny.window.actions_.run.trigger()
    assert any(text.startswith("Not started") for text in tiny.banners)
    speak(tiny, CHINESE)
    assert [text[:4] for text in tiny.banners] == ["未开始运"]
