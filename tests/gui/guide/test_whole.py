"""The first steps in the window: done by keys and clicks, skipped, closed for good, and had again from Help."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
    QWidget,
)

from gui.files.documents import DEFAULT
from gui.files.settings import Settings
from gui.guide.first_steps import CHAIN_RULE, FIRST_STEPS, RUN_SLOWLY, SEE_IT_STALL, STEP_INTO, SWITCH_TO_ADAM
from gui.guide.pointer import Outline
from gui.guide.station import Station
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

LEFT = Qt.MouseButton.LeftButton
SEEDLESS = {"weights": {"layer1.weight": [[0.1, -0.2, 0.3, 0.1]] * 4}}  # which takes no torch to draw
SGD = {"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}

Start = Callable[[], Person]


def article(file: Path) -> Path:
    """The article's experiment as an engine without torch has it."""
    return save_experiment(file, **json.loads(DEFAULT.read_bytes()) | {"start": SEEDLESS, "optimizers": [SGD]})


@pytest.fixture
def first_start(desk: Desk, tmp_path: Path) -> Start:
    """A window whose guide has begun, as after the first picture of a first start."""

    def start() -> Person:
        Settings().guide_closed, Settings().pace = False, 10.0
        person = desk.start(file=article(tmp_path / "article.json"))
        person.wait_for_state("Ready")
        assert person.window.findChild(QWidget, "guide") is None
        person.window.debugging  # noqa: B018  # what follows the start is put together
        assert strip(person).isVisible()
        return person

    return start


def strip(person: Person) -> QWidget:
    return person.find(QWidget, "guide")


def said(person: Person) -> str:
    return strip(person).accessibleName()


def stands_at(person: Person, station: Station, *, done: bool) -> bool:
    number = FIRST_STEPS.stations.index(station) + 1
    return said(person).startswith(f"{'✓ ' if done else ''}{number} of 5 · {station.title}: ")


def wait_for(person: Person, station: Station, *, done: bool) -> None:
    person.wait(lambda: stands_at(person, station, done=done))


def click(person: Person, name: str) -> None:
    person.click(person.find(QToolButton, name))


def skip_to(person: Person, station: Station) -> None:
    while not stands_at(person, station, done=False):
        click(person, "guide_next")


def outlined(person: Person) -> list[str]:
    """What is pointed at: the widget's name, or the tab's title."""
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the outline before is gone
    outlines = [one for one in person.window.findChildren(Outline) if not one.isHidden()]
    return [_name(outline) for outline in outlines]


def _name(outline: Outline) -> str:
    around = outline.parentWidget()
    pages = around.parentWidget()
    if isinstance(pages, QTabWidget):
        bar = pages.tabBar()
        return pages.tabText(bar.tabAt(outline.mapTo(bar, outline.rect().center())))
    assert outline.geometry() == around.rect()
    return around.objectName()


def test_nothing_of_it_is_made_where_it_was_closed(desk: Desk) -> None:
    person = desk.start()
    person.window.debugging  # noqa: B018
    assert person.window.findChild(QWidget, "guide") is None


def test_station_by_station_by_keys_and_clicks(first_start: Start) -> None:
    person = first_start()
    person.window.resize(1024, 700)
    assert outlined(person) == ["runButton"]
    person.press(Key.Key_Space)
    wait_for(person, RUN_SLOWLY, done=True)
    assert outlined(person) == []
    click(person, "guide_next")
    assert stands_at(person, SEE_IT_STALL, done=False)
    person.wait(lambda: outlined(person) == ["diagnosis_why"])
    person.click(person.find(QPushButton, "diagnosis_why"))
    assert stands_at(person, SEE_IT_STALL, done=True)
    assert "7.5" in said(person)

    click(person, "guide_next")
    assert outlined(person) == ["lookIntoButton"]
    person.press(Key.Key_F11)
    person.wait(lambda: outlined(person) == ["debugStageButton"])
    person.press(Key.Key_F6)
    wait_for(person, STEP_INTO, done=True)

    click(person, "guide_next")
    assert outlined(person) == ["Formula"]
    pages = person.find(QTabWidget, "debugPages")
    person.qtbot.mouseClick(pages.tabBar(), LEFT, pos=pages.tabBar().tabRect(1).center())
    person.wait(lambda: outlined(person) == ["formula_j"])
    person.find(QSpinBox, "formula_j").setFocus()
    person.press(Key.Key_Up)
    wait_for(person, CHAIN_RULE, done=True)
    assert outlined(person) == ["chain_table"]
    table = person.find(QWidget, "chain_table")
    person.wait(lambda: table.visibleRegion().boundingRect() == table.rect())

    click(person, "guide_next")
    assert outlined(person) == ["optimizer1_name"]
    combo = person.find(QComboBox, "optimizer1_name")
    combo.setFocus()
    person.qtbot.keyClicks(combo, "Adam")
    person.wait(lambda: outlined(person) == ["resetButton"])
    person.press(Key.Key_R, Modifier.ControlModifier)
    person.wait(lambda: outlined(person) == ["Run"])
    person.press(Key.Key_1, Modifier.ControlModifier)
    person.wait(lambda: outlined(person) == ["runButton"])
    person.press(Key.Key_Space)
    wait_for(person, SWITCH_TO_ADAM, done=True)
    click(person, "guide_next")
    assert said(person) == f"{FIRST_STEPS.end_title}: {FIRST_STEPS.end}"
    assert not Settings().guide_closed
    click(person, "guide_next")
    assert not strip(person).isVisible()
    assert Settings().guide_closed


def test_show_me_does_it_all(first_start: Start) -> None:
    """Whoever only clicks Show me and Next comes to the end too."""
    person = first_start()
    person.window.transport.set_rate(None)  # the first that is shown is a speed at which steps can be seen
    show, on = person.find(QToolButton, "guide_show"), person.find(QToolButton, "guide_next")
    for station in FIRST_STEPS.stations:
        assert stands_at(person, station, done=False)
        while not stands_at(person, station, done=True):
            if show.isVisible():
                before = said(person)
                person.click(show)
                person.wait(lambda before=before: said(person) != before)
            else:
                person.wait(lambda: show.isVisible() or stands_at(person, station, done=True))  # noqa: B023
        person.click(on)
    assert person.window.transport.rate == 10
    assert said(person).startswith(FIRST_STEPS.end_title)


def test_it_can_be_closed_for_good_and_had_again_from_help(desk: Desk, first_start: Start, tmp_path: Path) -> None:
    person = first_start()
    skip_to(person, STEP_INTO)
    click(person, "guide_close")
    assert not strip(person).isVisible()
    assert outlined(person) == []
    person.window.close()
    again = desk.start(file=article(tmp_path / "article.json"))
    again.window.debugging  # noqa: B018
    assert again.window.findChild(QWidget, "guide") is None
    again.choose("Help", "First steps")
    assert stands_at(again, RUN_SLOWLY, done=False)
    again.window.close()
    assert Settings().guide_closed


def test_it_comes_again_where_it_was_not_closed(desk: Desk, first_start: Start, tmp_path: Path) -> None:
    person = first_start()
    skip_to(person, STEP_INTO)
    person.window.close()
    again = desk.start(file=article(tmp_path / "article.json"))
    again.window.debugging  # noqa: B018
    assert stands_at(again, RUN_SLOWLY, done=False)


def test_another_experiment_has_no_first_steps(desk: Desk, tmp_path: Path) -> None:
    Settings().guide_closed = False
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.window.debugging  # noqa: B018
    guide = person.window.findChild(QWidget, "guide")
    assert guide is None or not guide.isVisible()
    assert not Settings().guide_closed  # the next start may have them


@pytest.mark.parametrize("answer", ["Cancel", "Discard"])
def test_help_offers_the_articles_experiment_and_asks_for_what_was_typed(tiny: Person, answer: str) -> None:
    tiny.type_into("title", "Mine")
    tiny.choose("Help", "First steps")
    assert said(tiny) == "First steps: They are about the article's experiment."
    assert outlined(tiny) == []
    with tiny.pressing(getattr(QMessageBox.StandardButton, answer)):
        click(tiny, "guide_next")
    if answer == "Cancel":
        assert tiny.find(QWidget, "title").text() == "Mine"
        click(tiny, "guide_close")
        assert not strip(tiny).isVisible()
    else:
        wait_for(tiny, RUN_SLOWLY, done=False)
        assert outlined(tiny) == ["pace"]  # which is flat out


def test_it_ends_for_now_where_another_experiment_is_opened(first_start: Start, tmp_path: Path) -> None:
    person = first_start()
    person.window.documents.open(save_experiment(tmp_path / "tiny.json"))
    person.wait(lambda: not strip(person).isVisible())
    assert outlined(person) == []
    assert not Settings().guide_closed


def test_another_layer_or_optimizer_does_not_end_it(first_start: Start) -> None:
    person = first_start()
    for name, title in (("layer1_activation", "Identity"), ("optimizer1_name", "Adam")):
        combo = person.find(QComboBox, name)
        combo.setFocus()
        person.qtbot.keyClicks(combo, title)
        assert combo.currentText() == title
    person.wait(lambda: person.window.session.run_spec.optimizers[0].name == "Adam")
    assert person.window.session.run_spec.network.layers[0].activation == "identity"
    assert strip(person).isVisible()


def test_it_gives_way_to_a_message(first_start: Start) -> None:
    person = first_start()
    person.window.banners.show_message("file", "error", "Something is wrong.")
    assert not strip(person).isVisible()
    assert outlined(person) == []
    person.dismiss_banner()
    person.wait(lambda: strip(person).isVisible())
    assert outlined(person) == ["runButton"]


def test_it_survives_another_theme_and_another_size(first_start: Start) -> None:
    person = first_start()
    person.choose("View", "Theme", "Dark")
    assert outlined(person) == ["runButton"]
    outline = person.window.findChild(Outline)
    side = outline.grab().toImage().pixelColor(QPoint(2, outline.height() // 2))
    assert side.red() > 220 > 120 > side.blue()  # dark amber is the light theme's
    person.window.resize(1024, 700)
    QApplication.processEvents()
    skip_to(person, SWITCH_TO_ADAM)
    person.wait(lambda: outlined(person) == ["optimizer1_name"])
    combo = person.find(QComboBox, "optimizer1_name")
    person.wait(lambda: person.window.findChild(Outline).size() == combo.size())
    person.wait(lambda: combo.visibleRegion().boundingRect() == combo.rect())  # it is scrolled into sight
    person.window.resize(1400, 900)
    person.window.docks.frame(person.window.form).setFixedWidth(500)
    person.wait(lambda: person.window.findChild(Outline).size() == combo.size() and combo.width() > 250)


def test_the_strip_is_two_lines_at_the_most_in_a_small_window(first_start: Start) -> None:
    person = first_start()
    person.window.resize(1024, 700)
    label = person.find(QLabel, "guide_text")
    heights: list[int] = []
    for _ in range(2 * len(FIRST_STEPS.stations)):
        QApplication.processEvents()
        heights.append(label.heightForWidth(label.width()))
        if not strip(person).isVisible():
            break
        click(person, "guide_next")
    assert max(heights) <= 2 * label.fontMetrics().lineSpacing() + 4


def test_a_click_leaves_space_to_the_run(first_start: Start) -> None:
    person = first_start()
    click(person, "guide_show")
    person.wait(lambda: person.step > 0)
    person.press(Key.Key_Space)
    person.wait_for_state("Paused")


@pytest.mark.parametrize("name", ["guide_show", "guide_close"])
def test_a_button_that_goes_leaves_the_keyboard_to_no_field(first_start: Start, name: str) -> None:
    person = first_start()
    button = person.find(QToolButton, name)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.click()
    assert not button.isVisible()
    assert QApplication.focusWidget() is person.window.centralWidget()


def test_spoilt_settings_are_a_first_start(qapp) -> None:
    for value in (5, [1, 2], b"\xff"):
        QSettings().setValue("guide", value)
        assert not Settings().guide_closed
