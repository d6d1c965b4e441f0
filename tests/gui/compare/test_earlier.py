"""An earlier run beside the one at hand: opened, drawn, compared number by number, and taken away again."""

from pathlib import Path
from typing import Any

import pytest
from numpy import ndarray as Array
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QSlider, QTreeWidget, QTreeWidgetItem

from engine.headless import results
from engine.protocol import MakeReport, Report
from engine.report import report_job
from engine.run.lockstep import Lockstep
from engine.spec import check
from gui.compare.earlier.page import EarlierPage
from gui.compare.race.earlier_lines import HEIGHT
from gui.compare.race.plot import RacePlot
from gui.compare.race.table import RaceTable
from gui.look.quick_curve import QuickCurve
from tests.engine.kept_run.past_of import BUDGET, written
from tests.gui.chinese import ENGLISH, all_texts
from tests.gui.compare.test_whole import compare
from tests.gui.window.test_language import CHINESE, english_after, speak
from tests.gui.windows import TINY, Desk, Person, save_experiment

__all__ = ["english_after"]

SGD = {"name": "SGD", "backends": ["diy"], "params": {"lr": 0.1}}
ADAM = {"name": "Adam", "backends": ["diy"], "params": {"lr": 0.01}}
NAMES = ["SGD · DIY (earlier)", "Adam · DIY (earlier)"]
ROLE = Qt.ItemDataRole


def run_of(steps: int, change: tuple[int, dict[str, Any]] | None = None, **parts: Any) -> Lockstep:
    """A run of TINY with both optimizers; ``change``: after which step SGD has which params."""
    run = Lockstep(check(TINY | {"optimizers": [SGD, ADAM]} | parts), budget=BUDGET)
    if change is not None:
        run.advance(change[0])
        run.set_params(0, change[1])
    run.advance(steps - run.step)
    run.keep_checkpoint()
    return run


def begin(desk: Desk, folder: Path) -> tuple[Person, EarlierPage, RaceTable]:
    """The comparison in front, and in it the page of the earlier run."""
    person = desk.start(file=save_experiment(folder / "now.json", optimizers=[SGD, ADAM]))
    table = compare(person)
    return person, to_the_page(person), table


def to_the_page(person: Person) -> EarlierPage:
    view = person.window.comparing.view
    page = next(page for page in view.added if isinstance(page, EarlierPage))
    view.pages.setCurrentWidget(page)
    return page


def open_file(person: Person, file: Path) -> None:
    with person.naming(file):
        person.click(person.find(QPushButton, "earlier_open"))


def said(person: Person) -> str:
    return person.find(QLabel, "earlier_said").text()


def listed(person: Person) -> list[str]:
    legend = person.find(QListWidget, "race_earlier")
    return [legend.item(row).text() for row in range(legend.count())]


def rows(tree: QTreeWidget) -> list[list[str]]:
    """Every row, those below others too."""

    def below(item: QTreeWidgetItem | None) -> list[list[str]]:
        assert item is not None
        own = [item.text(column) for column in range(tree.columnCount())]
        return [own, *(row for place in range(item.childCount()) for row in below(item.child(place)))]

    return [row for place in range(tree.topLevelItemCount()) for row in below(tree.topLevelItem(place))]


def apart(person: Person) -> list[list[str]]:
    return rows(person.find(QTreeWidget, "earlier_apart"))


def lanes_in(table: RaceTable) -> list[str]:
    return [table.model.index(row, 0).data() for row in range(table.model.rowCount())]


def dots(race: RacePlot) -> list[QuickCurve]:
    """The earlier run's curves on screen."""
    items = race.picture.scene().items()
    return [item for item in items if isinstance(item, QuickCurve) and item.zValue() == HEIGHT and item.isVisible()]


def dotted(race: RacePlot) -> list[Array]:
    """Where on the axis they lie."""
    return [item.xData for item in dots(race)]


def test_the_same_run_is_equal_bit_for_bit_weights_and_all(desk: Desk, tmp_path: Path) -> None:
    person, _, table = begin(desk, tmp_path)
    open_file(person, written(run_of(20), tmp_path / "then.lockstep"))
    person.wait(lambda: listed(person) == NAMES)
    assert person.find(QLabel, "earlier_name").text() == "then: 20 steps"
    person.wait(lambda: person.find(QLabel, "earlier_about").text() == "All settings are the same.")
    assert lanes_in(table) == ["SGD · DIY", "Adam · DIY", *NAMES]
    person.run_steps(20)
    weight = ["layer1.weight", "", "", "0", ""]
    wanted = [
        ["SGD · DIY", "20", "never", "0", "–"],
        weight,
        ["Adam · DIY", "20", "never", "0", "–"],
        weight,
    ]
    person.wait(lambda: apart(person) == wanted)
    assert said(person) == "Every loss of the 20 steps in both is equal, bit for bit."


def test_another_run_tells_from_which_step_on_and_which_settings(desk: Desk, tmp_path: Path) -> None:
    person, _, _ = begin(desk, tmp_path)
    wide = ADAM | {"params": {"lr": 0.02}}
    earlier = run_of(30, (4, {"lr": 0.4}), optimizers=[SGD, wide])
    open_file(person, written(earlier, tmp_path / "then.lockstep"))
    person.wait(lambda: listed(person) == NAMES)
    settings = person.find(QTreeWidget, "earlier_settings")
    person.wait(lambda: rows(settings) == [["Adam: Learning rate", "0.02", "0.01"]])
    about = person.find(QLabel, "earlier_about").text()
    assert "changed after step 4: SGD lr 0.1 → 0.4" in about
    person.run_steps(20)
    person.wait(lambda: [row[:3] for row in apart(person)] == [["SGD · DIY", "20", "6"], ["Adam · DIY", "20", "2"]])
    assert "up to step 1" in said(person)
    assert "after step 30" in said(person), "its weights are of another step"
    newest = person.window.session.newest
    assert newest is not None
    largest = max(abs(earlier.series[0].values[step] - loss) for step, loss in [(19, newest.losses[0])])
    assert float(apart(person)[0][3]) >= largest * 0.999
    person.run_steps(10)
    person.wait(lambda: len(apart(person)) == 4)
    assert float(apart(person)[1][3]) > 0


def test_smoothing_takes_both_runs(desk: Desk, tmp_path: Path) -> None:
    person, _, _ = begin(desk, tmp_path)
    person.run_steps(40)
    earlier = run_of(40)
    open_file(person, written(earlier, tmp_path / "then.lockstep"))
    race = person.window.comparing.view.race
    person.wait(lambda: len(dotted(race)) == 2)
    person.find(QSlider, "race_smoothing").setValue(50)
    person.wait(lambda: race.controls.share > 0)
    losses, mean = earlier.series[0].values, earlier.series[0].values[0]
    for loss in losses:
        mean = race.controls.share * mean + (1 - race.controls.share) * loss
    ends = [10 ** item.yData[-1] for item in dots(race)]
    assert any(abs(end - mean) < 1e-12 for end in ends)


def test_it_is_drawn_over_steps_and_seconds_and_goes_when_it_is_closed(desk: Desk, tmp_path: Path) -> None:
    person, _, table = begin(desk, tmp_path)
    person.run_steps(5)
    open_file(person, written(run_of(40), tmp_path / "then.lockstep"))
    person.wait(lambda: listed(person) == NAMES)
    race = person.window.comparing.view.race
    person.wait(lambda: [len(x) for x in dotted(race)] == [40, 40])
    assert race.picture.box.viewRange()[0][1] >= 40, "the plot has room for the longer one"
    axis = person.find(QComboBox, "race_axis")
    axis.setCurrentIndex(1)
    person.wait(lambda: len(dotted(race)) == 2 and 0 < dotted(race)[0][-1] < 30)
    axis.setCurrentIndex(0)
    person.wait(lambda: [x[-1] for x in dotted(race)] == [40, 40])
    font = table.model.index(2, 0).data(ROLE.FontRole)
    assert font.italic()
    assert table.model.as_table()[3][:2] == ["", NAMES[0]]
    person.window.comparing.view.shown.set_hidden(0, hidden=True)
    person.wait(lambda: listed(person) == NAMES[1:])
    assert lanes_in(table) == ["Adam · DIY", NAMES[1]]
    person.click(person.find(QPushButton, "earlier_close"))
    assert (listed(person), lanes_in(table), dotted(race)) == ([], ["Adam · DIY"], [])
    assert person.step == 5, "nothing of it touches the run at hand"
    assert not person.find(QPushButton, "earlier_close").isVisible()


def test_a_folder_of_a_run_is_read_by_any_of_its_files(desk: Desk, tmp_path: Path) -> None:
    person, _, table = begin(desk, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    results.write(run_of(20), out)
    open_file(person, out / "report.json")
    person.wait(lambda: listed(person) == NAMES)
    assert "do not tell its settings" in person.find(QLabel, "earlier_about").text()
    person.run_steps(20)
    person.wait(lambda: len(apart(person)) == 4 and {row[3] for row in apart(person)} == {"0"})
    final = [row[3] for row in table.model.as_table()[1:]]
    assert final[:2] == final[2:]


def test_a_report_tells_curves_settings_and_how_far_the_two_are_apart(desk: Desk, tmp_path: Path) -> None:
    person, page, table = begin(desk, tmp_path)
    earlier = run_of(20, (4, {"lr": 0.4}), optimizers=[SGD, ADAM | {"params": {"lr": 0.02}}])
    *_, report = report_job(earlier, None, MakeReport(1, 1, {}, ()))
    assert isinstance(report, Report)
    (file := tmp_path / "report.html").write_text(report.html, encoding="utf-8")
    drop(page, file)
    person.wait(lambda: listed(person) == NAMES)
    person.click(person.find(QPushButton, "earlier_close"))
    person.window.central_tabs.show_run()
    with person.naming(file):
        person.window.actions_.earlier_run.trigger()
    assert page.isVisible(), "the menu leads to it"
    person.wait(lambda: listed(person) == NAMES)
    settings = person.find(QTreeWidget, "earlier_settings")
    person.wait(lambda: rows(settings) == [["Adam: Learning rate", "0.02", "0.01"]])
    assert "changed after step 4: SGD lr 0.1 → 0.4" in person.find(QLabel, "earlier_about").text()
    person.run_steps(20)
    person.wait(lambda: [row[:3] for row in apart(person)] == [["SGD · DIY", "20", "6"], ["Adam · DIY", "20", "2"]])
    assert float(table.model.as_table()[3][3]) == earlier.training_losses()[0]
    race = person.window.comparing.view.race
    person.wait(lambda: [len(x) for x in dotted(race)] == [20, 20])


def drop(page: EarlierPage, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    where, buttons, keys = QPoint(5, 5), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("broken.lockstep", b"PK\x03\x04 no zip", "is damaged, or no session of Lockstep’s"),
        ("report.html", b"<html>", "is a page without numbers"),
        ("losses.csv", b"step,SGD/diy\n1,one\n", "is damaged"),
        ("numbers.json", b"{}", "holds no run"),
        ("notes.txt", b"", "is damaged"),
    ],
)
def test_a_file_that_is_none_is_told_and_changes_nothing(
    desk: Desk, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    person, _, table = begin(desk, tmp_path)
    open_file(person, written(run_of(8), tmp_path / "then.lockstep"))
    person.wait(lambda: listed(person) == NAMES)
    file = tmp_path / "elsewhere" / name
    file.parent.mkdir()
    file.write_bytes(content)
    open_file(person, file)
    person.wait(lambda: words in said(person))
    assert said(person).startswith(name)
    assert listed(person) == NAMES
    person.click(person.find(QPushButton, "earlier_close"))
    assert (words in said(person), listed(person)) == (False, NAMES)
    assert len(lanes_in(table)) == 4


def test_it_stays_when_the_views_are_made_anew(desk: Desk, tmp_path: Path) -> None:
    person, _, _ = begin(desk, tmp_path)
    open_file(person, written(run_of(20), tmp_path / "then.lockstep"))
    person.wait(lambda: listed(person) == NAMES)
    person.run_steps(20)
    person.wait(lambda: len(apart(person)) == 4)
    desk.themes.set_choice("dark")
    assert listed(person) == NAMES
    speak(person, CHINESE)
    person.wait(lambda: len(listed(person)) == 2)
    assert "(earlier)" not in listed(person)[0]
    page = to_the_page(person)
    person.wait(lambda: len(apart(person)) == 4)
    assert not all_texts(page) & ENGLISH
