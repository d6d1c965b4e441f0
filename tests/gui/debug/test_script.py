"""A person opens his script: it is asked about, run, and stepped through; his experiment stays as it was."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QTableView,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from gui.debug.script import words
from gui.debug.source.source_view import SourceView
from gui.look.failure_words import failure_of
from tests.gui.chinese import ENGLISH, HAN, all_texts
from tests.gui.scripts import article, judged, keep_answers, playing_engine
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment
from tests.scripts.notebooks import MISTAKES, write

WRONG = article({"dL_da = 2 * (a": "dL_da = (a"})
LINE = 1 + WRONG.splitlines().index("dL_da = (a - y_np) / y_np.size")
FAILURES = (  # as the engine says them
    "cannot be read: No such file or directory",
    "is no notebook",
    "no end: a call took more than 5 s",
    "it prints without end: more than 1,048,576 characters",
    "it crashed Python: Segmentation fault",
    "the code ended its process (exit status 3)",
    "it could not be stopped, and was ended",
    "it was stopped",
    "the process that judges it has ended",
    "MemoryError: more memory than it may have",
    "RecursionError: it calls itself without end",
    "SystemExit: the code ends the program (1)",
    "no optimizer, activation, loss or layer of a known form is found in it",
    "holds several: a, b; choose one: f.py::a",
    "a b=c: 'a b' is no name of a value",
)
PASTED = "import torch\nimport numpy as np\nw = torch.tensor([1.5, -2.25], requires_grad=True)\n"
PASTED += "(w**3).sum().backward()\nslope = 2 * w.detach().numpy() ** 2\n"


@pytest.fixture
def start(desk: Desk, tmp_path: Path) -> Callable[..., Person]:
    """The window with a tiny experiment open, and an engine that knows the answers about what lies in the folder."""

    def started(file: Path | None = None) -> Person:
        opened = file or save_experiment(tmp_path / "tiny.json")
        return desk.start(partial(playing_engine, tmp_path), file=opened)

    return started


def wrong_script(folder: Path, text: str = WRONG, *told: tuple[tuple[str, str], ...]) -> Path:
    return keep_answers(folder / "mine.py", {pairs: judged(text, pairs) for pairs in ((), *told)})


def open_(person: Person, file: Path) -> None:
    """By the menu, up to the question."""
    with person.naming(file):
        person.choose("File", "Open…")
    wait_for(person, "Nothing of it has run yet")


def wait_for(person: Person, words: str) -> None:
    person.wait(lambda: words in sentence(person))


def sentence(person: Person) -> str:
    label = person.window.findChild(QLabel, "scriptSentence")
    return label.text() if label is not None and label.isVisible() else ""


def run(person: Person) -> None:
    person.press(Key.Key_Return, Modifier.ControlModifier)
    person.wait(lambda: person.find(QPushButton, "scriptGoButton").text() == "&Run again")


def source(person: Person) -> SourceView:
    return person.find(QWidget, "scriptView").findChild(SourceView)


def pairs(person: Person) -> list[list[str]]:
    table = person.find(QTableWidget, "pairs")
    return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def variables(person: Person) -> dict[str, list[str]]:
    model = person.find(QWidget, "scriptView").findChild(QTableView, "variables").model()
    rows = range(model.rowCount())
    return {model.index(row, 0).data(): [model.index(row, column).data() for column in (1, 2, 3)] for row in rows}


def test_the_first_line_that_departs_is_shown_and_all_others_stepped_to(start: Any, tmp_path: Path) -> None:
    person = start()
    person.wait_for_state("Ready")
    before = person.window.form.raw()
    open_(person, wrong_script(tmp_path))
    assert not pairs(person)
    assert source(person).toPlainText() == WRONG
    assert source(person).isReadOnly()
    run(person)
    assert sentence(person).startswith(
        f"dL_da departs from torch's output.grad in line {LINE}: dL_da[0, 0] is −0.68276"
    )
    assert source(person).current_line == LINE
    row = next(row for row in pairs(person) if row[2] == "dL_da")
    assert row == ["✗ departs", f"line {LINE}", "dL_da", "? output.grad"]
    assert [row[0] for row in pairs(person) if row[2] == "W_new"] == ["✗ follows"]
    assert "All of it is 0.5 times torch's." in person.text("pairDetails")
    person.press(Key.Key_F10)
    assert variables(person)["dL_da"][2].startswith("✗")
    assert source(person).current_line == LINE + 1
    person.press(Key.Key_F10, Modifier.ControlModifier)
    assert source(person).current_line == LINE
    assert "dL_da" not in variables(person)
    person.press(Key.Key_F6)
    assert source(person).current_line == 1 + WRONG.splitlines().index("W_new = W - lr * grad_of_weight")
    person.press(Key.Key_W, Modifier.ControlModifier)
    assert not sentence(person)
    assert person.window.debugging.view.isVisible()
    assert (person.window.form.raw(), person.window.documents.unsaved, person.step) == (before, False, 0)


def test_a_call_is_stepped_into_and_out_of_and_breakpoints_stop(start: Any, tmp_path: Path) -> None:
    person = start()
    open_(person, wrong_script(tmp_path))
    run(person)
    lines = WRONG.splitlines()
    view = source(person)
    inside, call = 1 + lines.index("    return 1 / (1 + np.exp(-z))"), 1 + lines.index("a = sigmoid(z)")
    view.setTextCursor(cursor_at(view, call))
    person.qtbot.keyClick(view, Key.Key_Return)
    assert view.current_line == call
    person.press(Key.Key_F11)
    assert view.current_line == inside
    assert variables(person)["z"][0].startswith("−1")
    person.press(Key.Key_F11, Modifier.ShiftModifier)
    assert view.current_line == call + 1
    view.toggle_breakpoint(inside)
    person.press(Key.Key_F5, Modifier.ControlModifier)
    assert view.current_line == inside
    person.press(Key.Key_F5)
    assert view.current_line is None  # at the end


def cursor_at(view: SourceView, line: int) -> Any:
    cursor = view.textCursor()
    cursor.setPosition(view.document().findBlockByNumber(line - 1).position())
    return cursor


def test_a_pair_leads_to_its_line_and_its_values(start: Any, tmp_path: Path) -> None:
    person = start()
    open_(person, wrong_script(tmp_path))
    run(person)
    table = person.find(QTableWidget, "pairs")
    row = next(row for row, texts in enumerate(pairs(person)) if texts[2] == "a")
    item = table.item(row, 0)
    person.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())
    assert source(person).current_line == 1 + WRONG.splitlines().index("a = sigmoid(z)")
    table.setFocus()
    person.press(Key.Key_Return)
    assert person.find(QTabWidget, "scriptPages").currentIndex() == 2
    title = person.find(QWidget, "scriptView").findChild(QLabel, "value_title").text()
    assert ("<b>a</b>" in title, "equal within rounding" in title) == (True, True)


def test_pairs_are_confirmed_dropped_and_told_by_hand(start: Any, tmp_path: Path) -> None:
    told = ("slope", "w.grad")
    person = start()
    file = wrong_script(tmp_path, PASTED, (told,), (("slope", "none"),))
    open_(person, file)
    run(person)
    assert sentence(person).startswith("No own value is named as one of torch's")
    person.type_into("pairOwn", "slope")
    person.type_into("pairTorch", "w.grad")
    person.press(Key.Key_Return)
    wait_for(person, "slope departs from torch's w.grad in line 5")
    assert "All of it is 0.666667 times torch's." in person.text("pairDetails")
    assert person.text("pairFound") == "Paired as told."
    assert not person.find(QPushButton, "pairDrop").isVisible()


def test_a_guess_is_confirmed_or_dropped(start: Any, tmp_path: Path) -> None:
    meant, not_meant = (("dL_da", "output.grad"),), (("dL_da", "none"),)
    person = start()
    open_(person, wrong_script(tmp_path, WRONG, meant, not_meant))
    run(person)
    person.click(person.find(QPushButton, "pairConfirm"))
    person.wait(lambda: ["dL_da", "output.grad"] in [row[2:] for row in pairs(person)])
    assert person.text("pairFound") == "Paired as told."
    person.press(Key.Key_W, Modifier.ControlModifier)
    open_(person, tmp_path / "mine.py")
    run(person)
    person.click(person.find(QPushButton, "pairDrop"))
    person.wait(lambda: "dL_da" not in [row[2] for row in pairs(person)])


def test_a_run_shows_where_it_is_and_can_be_stopped(start: Any, tmp_path: Path) -> None:
    (tmp_path / "held").touch()
    person = start()
    open_(person, wrong_script(tmp_path))
    person.press(Key.Key_Return, Modifier.ControlModifier)
    wait_for(person, "Running, line 7: 0 s.")
    button = person.find(QPushButton, "scriptGoButton")
    assert button.text() == "&Stop"
    person.click(button)
    wait_for(person, "Stopped in line 7: what ran until then is judged.")
    assert pairs(person)


def test_what_is_saved_in_another_editor_runs_again(start: Any, tmp_path: Path) -> None:
    person = start()
    open_(person, wrong_script(tmp_path))
    run(person)
    wait_for(person, "dL_da departs")
    wrong_script(tmp_path, article())
    wait_for(person, "10 values beside torch's: 0 the same bits, the rest but for rounding.")
    assert source(person).toPlainText() == article()


def test_what_has_not_run_yet_does_not_by_being_saved(start: Any, tmp_path: Path) -> None:
    person = start()
    open_(person, wrong_script(tmp_path))
    wrong_script(tmp_path, article())
    person.wait(lambda: source(person).toPlainText() == article())
    assert "Nothing of it has run yet" in sentence(person)
    assert not pairs(person)


def test_a_notebook_is_one_text_with_marks_and_its_cells_lines(start: Any, tmp_path: Path) -> None:
    notebook = write(tmp_path / "n.ipynb", MISTAKES).read_text(encoding="utf-8")
    found = judged(notebook, suffix=".ipynb")
    file = keep_answers(tmp_path / "book.ipynb", {(): found})
    person = start(file)
    wait_for(person, "Run book.ipynb?")
    assert "# %% [2]" in source(person).toPlainText()
    run(person)
    assert "in cell 5, line 5" in sentence(person), sentence(person)
    view = source(person)
    assert view.document().findBlockByNumber((view.current_line or 0) - 1).text().startswith("dact = (1 - h) * dh")


def test_windows_made_once_more_show_the_same_and_follow_a_run(start: Any, tmp_path: Path) -> None:
    person = start()
    open_(person, wrong_script(tmp_path))
    run(person)
    person.press(Key.Key_F10)
    line = source(person).current_line
    person.window.appearance.renewal_wanted.emit(lambda: None)
    assert (source(person).current_line, sentence(person)[:5]) == (line, "dL_da")
    (tmp_path / "held").touch()
    person.press(Key.Key_Return, Modifier.ControlModifier)
    wait_for(person, "Running, line 7")
    person.window.appearance.renewal_wanted.emit(lambda: None)
    (tmp_path / "held").unlink()
    wait_for(person, "dL_da departs")
    person.wait(lambda: person.find(QPushButton, "scriptGoButton").text() == "&Run again")


def test_in_chinese_no_english_is_left(start: Any, tmp_path: Path, chinese: None) -> None:
    person = start(wrong_script(tmp_path))
    wait_for(person, "目前还什么都没有运行")
    person.press(Key.Key_Return, Modifier.ControlModifier)
    wait_for(person, f"dL_da 在第 {LINE} 行偏离 torch 的 output.grad：dL_da[0, 0] 在这里是")
    person.press(Key.Key_F10)
    left = all_texts(person.find(QWidget, "scriptView")) & ENGLISH
    assert left <= {pair[column] for pair in pairs(person) for column in (2, 3)}, left


def test_all_that_may_be_said_of_a_script_is_said_in_chinese(qapp: QApplication, chinese: None) -> None:
    found = judged(WRONG)
    assert found.record is not None
    kinds = ("factor", "factor alone", "change", "transposed", "not summed", "shape", "not finite")
    said = [words.said_text({"what": what, "number": number, "equals": "lr"}) for what in kinds for number in (-1, 2)]
    fields = {"operation": 5, "names": "a", "own": "a", "reference": "b", "line": 3, "count": 2}
    said += [words.remark_text(found, code, fields) for code in ("judged_until", "unjudged", "almost", "skipped")]
    for one in found.record["pairs"]:
        changed = one | {"turn": 2, "found_by": "pair"}
        said += [*words.details(changed), words.found_text(one), words.found_text(changed), words.verdict_tip(one)]
    for failure in FAILURES:
        said.append(failure_of({"words": failure, "code": "raised"}))
    said += [failure_of({"words": "", "code": code, "fields": {"pair": "a=b"}}) for code in ("no_pairs", "asked")]
    said += [words.progress(found.text, None, 3), words.headline(found._replace(stopped=3))]
    assert [one for one in said if not HAN.search(one)] == []


def test_a_drop_opens_a_script(start: Any, tmp_path: Path) -> None:
    person = start()
    person.wait_for_state("Ready")
    drop(person, wrong_script(tmp_path))
    wait_for(person, "Run mine.py?")
    drop(person, save_experiment(tmp_path / "other.json", title="Other"))
    person.wait(lambda: person.window.documents.title == "other.json")


def drop(person: Person, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(person.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(person.window, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_own_code_that_is_no_script_shows_its_record(start: Any, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "own" / "wrong" / "adam_no_bias_correction.py").read_text(encoding="utf-8")
    person = start(keep_answers(tmp_path / "my_adam.py", {(): judged(text)}))
    wait_for(person, "Run my_adam.py beside torch?")
    run(person)
    assert sentence(person).startswith("Not torch's Adam, by a known mistake: ")
    assert source(person).current_line is not None


def test_a_script_that_fails_shows_its_line(start: Any, tmp_path: Path) -> None:
    text = PASTED.replace("slope = 2 *", "slope = 2 / 0 *")
    person = start()
    open_(person, wrong_script(tmp_path, text))
    run(person)
    assert sentence(person) == "ZeroDivisionError: division by zero (line 5)"
    assert source(person).toPlainText() == text


# --- which of a file's functions ------------------------------------------------------------------

SEVERAL = "def plain(w, g, lr=0.1):\n    return w - lr * g\n\n\nclass Up:\n    def __init__(self, lr=0.1):\n"
SEVERAL += "        self.lr = lr\n\n    def update(self, w, dw):\n        return w + self.lr * dw\n"
OPEN = "def plain(w, dw, foo, lr=0.1):\n    return w - lr * dw\n"


def chosen(person: Person, name: str) -> str:
    box: QComboBox = person.find(QComboBox, name)
    assert box.isVisible()
    return box.currentText()


def choose_by_key(person: Person, name: str, text: str) -> None:
    """Choose by the keyboard, as somebody does who types the first letters."""
    box: QComboBox = person.find(QComboBox, name)
    place = box.findText(text, Qt.MatchFlag.MatchStartsWith)
    assert place >= 0, [box.itemText(row) for row in range(box.count())]
    box.setFocus()
    for _ in range(place - box.currentIndex()):
        person.press(Key.Key_Down)
    assert box.currentText().startswith(text)


def test_one_of_several_is_chosen_and_stays_so_when_the_file_is_saved(start: Any, tmp_path: Path) -> None:
    answers = {(name, ()): judged(SEVERAL, (), ".py", (name, ())) for name in (None, "plain", "Up")}
    file = keep_answers(tmp_path / "mine.py", answers)
    person = start(file)
    wait_for(person, "Nothing of it has run yet")
    run(person)
    assert sentence(person) == "It holds several, plain, Up: which of them is meant?"
    assert chosen(person, "whichPartName") == "Which is meant?"
    choose_by_key(person, "whichPartName", "Up: optimizer, class, line 5")
    wait_for(person, "Not torch's SGD, by a known mistake: it adds the step to the weight; torch subtracts it")
    assert chosen(person, "whichPartName").startswith("Up: ")
    mended = SEVERAL.replace("w + ", "w - ")
    keep_answers(file, {("Up", ()): judged(mended, (), ".py", ("Up", ()))})  # there is no other answer
    wait_for(person, "torch's SGD")
    person.wait(lambda: "mistake" not in sentence(person))
    assert chosen(person, "whichPartName").startswith("Up: ")


def test_what_an_argument_is_can_be_told(start: Any, tmp_path: Path) -> None:
    told = (("foo", "t"),)
    answers = {part: judged(OPEN, (), ".py", part) for part in ((None, ()), (None, told))}
    person = start(keep_answers(tmp_path / "mine.py", answers))
    wait_for(person, "Nothing of it has run yet")
    run(person)
    assert sentence(person) == "What is foo of plain?"
    assert chosen(person, "whichPart_foo") == "What is it?"
    choose_by_key(person, "whichPart_foo", "the number of the step")
    wait_for(person, "torch's SGD")
    assert chosen(person, "whichPart_foo") == "the number of the step"


def test_of_what_is_no_script_no_pairs_are_shown_and_its_own_traceback_alone(start: Any, tmp_path: Path) -> None:
    text = "def adam(w, g, config):\n    return w - config['lr'] * g, config['nothing']\n"
    person = start(keep_answers(tmp_path / "mine.py", {(): judged(text)}))
    wait_for(person, "Nothing of it has run yet")
    run(person)
    assert sentence(person) == "KeyError: 'nothing' (line 2)"
    pages = person.find(QTabWidget, "scriptPages")
    assert [pages.tabText(page) for page in range(3) if pages.isTabVisible(page)] == ["Verdict"]
    assert not person.window.findChild(QTableWidget, "pairs").isVisible()
    shown = person.find(QLabel, "scriptRemarks").text()
    assert "config['nothing']" in shown
    assert "engine" not in shown
