"""While a bug is hunted no view tells where DIY and torch differ; once it is found, each tells it again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.learn.hunt.page import HuntPage
from gui.look.theme import LIGHT
from tests.gui.windows import Desk, Key, Person, save_experiment

SEED = 3
STEPS = 3
TOLD = "max |Δ| 0"  # stands for what tells without words
TELLS = re.compile(
    r"✗|↯|≈|✓ |(?<![-\w])Δ −?\d|\d ULP\b|max \|Δ\| \d|\bdiffers?, even\b|\bapart\b.*\d|equal (bit|within)"
)
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    """Who hunts, after some steps of the run."""
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json"))
    person.window.resize(1280, 800)
    person.wait_for_state("Ready")
    person.choose("Help", "Bug hunt")
    person.find(HuntPage, "hunt_page").begin(1, SEED)
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.wait_for_state("Ready")
    person.run_steps(STEPS)
    return person


def test_what_differs_is_hidden_in_every_view_until_it_is_found(person: Person) -> None:
    looks = (parity, heatmaps, debug_step, debug_formula, debug_value, network, compare, report, written_code)
    for look in looks:
        seen = [*look(person), *texts(person.window)]
        assert not [text for text in seen if TELLS.search(text)], look.__name__
    assert stage_colors(person).isdisjoint({LIGHT.ok, LIGHT.error})
    person.click(person.find(QPushButton, "hunt_give_up"))
    for look in looks:
        person.wait(lambda look=look: any(TELLS.search(text) for text in look(person)))
    person.wait(lambda: LIGHT.error in stage_colors(person))


# --- where a person looks -------------------------------------------------------------------------


def parity(person: Person) -> list[str]:
    person.window.central_tabs.show_run()
    return list(texts(person.window.parity))


def heatmaps(person: Person) -> list[str]:
    """The heatmaps with a cell pointed at."""
    person.window.central_tabs.show_run()
    maps = person.find(QWidget, "heatmap_panel").findChild(QWidget, "triple_map")
    person.wait(lambda: bool(maps.isVisible()))
    maps.setFocus()
    person.press(Key.Key_Down)
    readout = maps.findChild(QLineEdit, "map_readout")
    person.wait(lambda: "torch" in readout.text())
    return list(texts(maps))


def debug_step(person: Person) -> list[str]:
    """Each stage of the step, each line's margin with its tip, and the variables."""
    person.window.central_tabs.show_debug()
    view = person.window.debugging.view
    view.show_step()
    person.wait(lambda: view.controller.can_move and view.controller.traced is not None)
    view.controller.go_to(10**6)
    found = list(texts(view))
    stages = person.find(QWidget, "stages")
    stages.setFocus()
    for _ in view.controller.traced.stages:
        person.press(Key.Key_Left)
        found.append(stages.accessibleName())
    for _ in range(6):
        view.controller.stage_back()
        found += [*texts(view), *margin(person.find(SourceView, "source"))]
    return found


def margin(source: SourceView) -> Iterator[str]:
    for line in range(1, source.blockCount() + 1):
        yield from source.values_at(line)
        bottom = source.cursorRect(source.textCursor()).center().y()
        yield source.tip_at(QPoint(source.viewport().width() - 2, bottom))


def debug_formula(person: Person) -> list[str]:
    person.window.central_tabs.show_debug()
    debugging = person.window.debugging
    debugging.view.show_step()
    debugging.view.pages.setCurrentWidget(debugging.formula)
    person.wait(lambda: debugging.formula.shown is not None)
    return list(texts(debugging.formula))


def debug_value(person: Person) -> list[str]:
    """A value of both sides in maps."""
    debugging = person.window.debugging
    debugging.view.show_step()
    debugging.view.pages.setCurrentWidget(debugging.variables)
    table = person.find(QTableView, "variables")
    model = table.model()
    of_both = [row for row in range(model.rowCount()) if str(model.index(row, 2).data()).startswith(("[", "−", "0"))]
    table.setCurrentIndex(model.index(of_both[0] if of_both else 0, 0))
    table.setFocus()
    person.press(Key.Key_Return)
    return list(texts(debugging.values))


def network(person: Person) -> list[str]:
    person.window.central_tabs.show_network()
    person.wait(lambda: person.window.findChild(QWidget, "network_view") is not None)
    side = person.find(QComboBox, "network_side")
    choices = [side.itemText(place) for place in range(side.count())]
    view = person.find(QWidget, "network_view")
    return [*texts(view), *(TOLD for text in choices if text == "DIY − torch")]


def compare(person: Person) -> list[str]:
    person.window.central_tabs.show_compare()
    view = person.window.comparing.view
    copied = [cell for row in view.table.model.as_table()[1:] for cell in row]
    return [*texts(view), *(TOLD for cell in copied if cell in ("differs", "lockstep"))]


def report(person: Person) -> list[str]:
    """What the menu offers to save that tells of it."""
    exporter = person.window.exporter
    exporter.show_possible()
    tells = [
        action for action in exporter.actions if action.objectName() in ("export-report", "export-script-notebook")
    ]
    assert len(tells) == 2
    return [TOLD for action in tells if action.isEnabled()]


def written_code(person: Person) -> list[str]:
    """The planted code with what is marked in it, and the way to the textbook."""
    person.click(person.find(QPushButton, "hunt_show"))
    source, textbook = person.find(SourceView, "source"), person.find(QToolButton, "codeTextbook")
    marked = source.marked
    is_told = marked.wrong or marked.other or marked.notes or textbook.isEnabled()
    return [*texts(person.find(QWidget, "codeHead")), *([TOLD] if is_told else [])]


def stage_colors(person: Person) -> set[str]:
    """The colours that the stages are drawn in."""
    person.window.central_tabs.show_debug()
    person.window.debugging.view.show_step()
    drawn = person.find(QWidget, "stages").grab().toImage()
    return {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}


# --- what is to be read there ---------------------------------------------------------------------


def texts(above: QWidget) -> Iterator[str]:
    """All that is shown and said of what is on screen, the pages to learn with apart."""
    learn = above.window().findChild(QWidget, "hunt_page")
    for widget in above.findChildren(QWidget):
        if widget.isVisible() and not learn.isAncestorOf(widget) and widget is not learn:
            yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            if isinstance(widget, QLabel | QLineEdit | QPushButton):
                yield widget.text()
            elif isinstance(widget, QAbstractItemView):
                yield from cells(widget)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    hides: Callable[[int], bool] = view.isColumnHidden if isinstance(view, QTableView | QTreeView) else lambda _: False
    for row in range(model.rowCount() if model is not None else 0):
        for column in range(model.columnCount(QModelIndex())):
            if not hides(column):
                yield from (str(model.index(row, column).data(role) or "") for role in ROLES)
