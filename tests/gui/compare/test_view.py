"""The Compare view as a whole: what it asks for, what it says to somebody with one entry, and how it uses its room."""

from collections.abc import Callable, Iterator

import pytest
from pyqtgraph import PlotCurveItem
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.compare import view as compare_view
from gui.compare.entries.shown import Shown
from gui.compare.page import Page
from gui.compare.view import CompareView
from gui.look.theme import DARK
from tests.gui.races import losses_of, race_frame, race_spec


class Some(Page):
    """A page that keeps what it was told."""

    def __init__(self, wants_paths: bool = False):
        super().__init__()
        self.setObjectName("some_page")
        self._wants_paths = wants_paths
        self.told: list[str] = []
        for name in ("set_experiment", "clear", "set_theme", "set_typed", "set_stale", "show_race"):
            setattr(self, name, self._keep(name))

    @property
    def wants_paths(self) -> bool:
        return self._wants_paths

    @property
    def title(self) -> str:
        return "Some"

    def _keep(self, name: str) -> Callable[..., None]:
        return lambda *_: self.told.append(name)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CompareView]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = CompareView(Shown())
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    holder.resize(1100, 700)
    yield made
    holder.close()


def show(view: CompareView, qtbot: QtBot) -> None:
    with qtbot.waitExposed(view.window()):
        view.window().show()


def is_open(view: CompareView, name: str) -> bool:
    return view.findChild(QCheckBox, f"compare_{name}").isChecked()


def test_it_asks_for_nothing_while_it_is_not_on_screen(view, qtbot):
    view.set_experiment(race_spec(3))
    assert view.race_request() is None
    show(view, qtbot)
    request = view.race_request()
    assert (request.axis, request.table, request.paths) == ("step", True, False)
    with qtbot.waitSignal(view.request_changed):
        view.hide()
    assert view.race_request() is None


def test_a_page_is_told_all_and_may_want_the_paths(view, qtbot):
    page = Some(wants_paths=True)
    view.set_experiment(race_spec(2))
    view.add_page(page)
    show(view, qtbot)
    assert view.race_request().paths
    page.told.clear()
    spec = race_spec(2)
    view.set_theme(DARK)
    view.show_frame(race_frame(spec, *losses_of(4, 5)))
    view.set_typed(race_spec(3))
    view.set_stale(True)
    view.clear()
    assert page.told == ["set_theme", "show_race", "set_typed", "set_stale", "clear"]


def test_one_entry_alone_is_offered_company(view, qtbot):
    show(view, qtbot)
    view.set_experiment(race_spec(1))
    assert view.findChild(QFrame, "compareAlone").isVisible()
    with qtbot.waitSignal(view.add_wanted):
        view.findChild(QPushButton, "compareAdd").click()
    view.set_experiment(race_spec(2))
    assert not view.findChild(QFrame, "compareAlone").isVisible()


def test_company_that_waits_for_reset_is_company(view, qtbot):
    show(view, qtbot)
    view.set_experiment(race_spec(1))
    view.set_typed(race_spec(2))
    assert not view.findChild(QFrame, "compareAlone").isVisible()
    view.set_typed(race_spec(1))
    assert view.findChild(QFrame, "compareAlone").isVisible()


def test_in_a_small_window_the_race_is_a_page_among_the_others(view, qtbot):
    page = Some(wants_paths=True)
    view.add_page(page)
    view.set_experiment(race_spec(14))
    show(view, qtbot)
    assert (is_open(view, "pages"), is_open(view, "table")) == (True, True)
    assert view.pages.count() == 1
    view.window().resize(670, 490)
    qtbot.waitUntil(lambda: view.width() == 670)
    assert [view.pages.tabText(index) for index in range(view.pages.count())] == ["Race", "Some"]
    assert view.pages.currentWidget() is view.race
    assert (view.race.isVisible(), page.isVisible(), view.table.isVisible()) == (True, False, False)
    assert not view.findChild(QCheckBox, "compare_pages").isVisible()
    view.findChild(QCheckBox, "compare_table").click()
    assert view.table.isVisible()
    view.pages.setCurrentWidget(page)
    assert (view.race.isVisible(), page.isVisible(), view.table.isVisible()) == (False, True, False)
    view.pages.setCurrentWidget(view.race)
    assert view.table.isVisible()
    view.window().resize(1100, 700)
    qtbot.waitUntil(lambda: view.width() == 1100)
    assert view.pages.count() == 1
    assert all(part.isVisible() for part in (view.race, page, view.table))


@pytest.mark.parametrize("size", [(670, 491), (926, 591)])
def test_the_plot_at_hand_has_the_better_part_of_a_small_view(view, qtbot, size):
    view.add_page(Some())
    view.set_experiment(race_spec(14))
    show(view, qtbot)
    view.window().resize(*size)
    qtbot.waitUntil(lambda: view.width() == size[0])
    plot = view.race.picture
    share = plot.width() * plot.height() / (size[0] * size[1])
    assert share > (0.5 if not view.table.isVisible() else 0.35)


def test_a_page_is_told_of_a_race_that_is_itself_a_page(view, qtbot):
    spec, page = race_spec(2), Some()
    view.add_page(page)
    view.set_experiment(spec)
    show(view, qtbot)
    view.window().resize(670, 490)
    qtbot.waitUntil(lambda: view.width() == 670)
    view.show_frame(race_frame(spec, *losses_of(4, 5)))
    assert "show_race" not in page.told
    view.pages.setCurrentWidget(page)
    assert page.told[-1] == "show_race"


def test_what_a_person_opened_stays_open(view, qtbot):
    view.add_page(Some())
    view.set_experiment(race_spec(2))
    show(view, qtbot)
    view.findChild(QCheckBox, "compare_pages").click()
    view.window().resize(1200, 700)
    qtbot.waitUntil(lambda: view.width() == 1200)
    assert not is_open(view, "pages")


def test_choices_outlive_an_edit(view, qtbot):
    show(view, qtbot)
    view.set_experiment(race_spec(3))
    view.shown.set_hidden(1, True)
    view.set_experiment(race_spec(5))
    assert [view.shown.entry_shown(entry) for entry in range(5)] == [True, False, True, True, True]


def test_a_frame_without_a_race_changes_nothing(view, qtbot):
    spec = race_spec(2)
    view.set_experiment(spec)
    show(view, qtbot)
    view.show_frame(race_frame(spec, *losses_of(4, 5)))
    view.show_frame(race_frame(spec, *losses_of(4, 9))._replace(race=None))
    assert view.table.model.standings()[0].row.evaluations == 5


def test_while_it_runs_curves_move_with_every_frame_and_numbers_so_that_they_can_be_read(view, qtbot, monkeypatch):
    spec = race_spec(2)
    view.set_experiment(spec)
    show(view, qtbot)

    def evaluations(steps: int, running: bool) -> tuple[int, int]:
        """Of the table and of the curve, after another frame."""
        view.show_frame(race_frame(spec, *losses_of(4, steps))._replace(running=running))
        curve = next(item for item in view.race.picture.plot.items if isinstance(item, PlotCurveItem))
        return view.table.model.standings()[0].row.evaluations, len(curve.xData)

    monkeypatch.setattr(compare_view, "READABLE", 10**6)
    assert evaluations(5, True) == (5, 5)
    assert evaluations(9, True) == (5, 9)
    assert evaluations(12, False) == (12, 12)
    told = [evaluations(steps, True)[0] for steps in range(20, 20 + compare_view.EVERY)]
    assert told == [12] * (compare_view.EVERY - 1) + [20 + compare_view.EVERY - 1]


def test_a_page_behind_is_told_of_the_race_when_it_is_to_be_drawn(view, qtbot):
    spec, front, behind = race_spec(2), Some(), Some()
    behind.setObjectName("behind")
    for page in (front, behind):
        view.add_page(page)
    view.set_experiment(spec)
    show(view, qtbot)
    view.show_frame(race_frame(spec, *losses_of(4, 5)))
    assert ("show_race" in front.told, "show_race" in behind.told) == (True, False)
    view.bring_up(behind)
    assert behind.told[-1] == "show_race"
