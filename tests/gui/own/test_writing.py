"""Own code in the window: begun beside an optimizer, written in the debugger's source, judged as it is typed, run."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QTreeWidget, QWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.forms.fields.fields import OWN, ChoiceBox
from gui.look.naming import plain_text
from tests.gui.windows import Desk, Person, save_experiment
from tests.own.experiments import WRONG

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


def offer(person: Person, box: str, title: str) -> None:
    """Choose from what a chooser's last item offers."""
    chooser: ChoiceBox = person.find(ChoiceBox, box)
    place = chooser.findData(OWN)
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)
    menu = person.find(QMenu, "write_my_own")
    below = [one for action in menu.actions() if (inner := action.menu()) is not None for one in inner.actions()]
    action = next(one for one in [*menu.actions(), *below] if plain_text(one.text()) == title)
    menu.close()
    person.wait(person._is_active)
    action.trigger()


def source(person: Person) -> SourceView:
    return person.find(SourceView, "source")


def verdict(person: Person) -> str:
    return person.find(QToolButton, "codeVerdict").accessibleName()


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "Adam"}]))
    person.wait_for_state("Ready")
    return person


def test_own_code_is_begun_written_judged_and_run(person: Person, tmp_path: Path) -> None:
    offer(person, "optimizer1_name", "Begin with a copy of the textbook’s")
    edit = source(person)
    assert edit.hasFocus()
    assert person.text("codeFile") == "my_adam.py"
    assert not edit.isReadOnly()
    person.wait(lambda: verdict(person).startswith("rounding: it is torch’s Adam"))
    at = edit.document().find("    m_hat = m / (1 - beta1**t)")
    at.setPosition(at.selectionEnd())
    edit.setTextCursor(at)
    for _ in range(len(" / (1 - beta1**t)")):
        person.press(Key.Key_Backspace)
    person.wait(lambda: verdict(person).startswith("mistake: does not correct the bias of m, line"))
    assert "my_adam.py: mistake" in person.find(QToolButton, "optimizer1_code").accessibleName()
    person.wait_for_state("Ready")
    person.find(QWidget, "codeTextbook").click()
    person.find(QWidget, "codeTextbook").click()
    person.press(Key.Key_F8)
    person.wait(lambda: person.step > 0)


SGD = "def sgd(w, g, lr=0.1):\n    return w - lr * g\n"
HALF = "def sgd(w, g, lr=0.1):\n    return w - 0.5 * lr * g\n"


def entry(**more: Any) -> dict[str, Any]:
    return {"optimizers": [{"name": "SGD", "code": "mine.py"}], "code": {"mine.py": more}}


def test_code_from_elsewhere_is_shown_and_runs_once_it_was_agreed_to(desk: Desk, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    text = f"open({str(touched)!r}, 'w').close()\n{SGD}"
    person = desk.start(serve, save_experiment(tmp_path / "theirs.json", **entry(text=text)))
    person.wait(lambda: bool(person.banners))
    assert "has code in it (mine.py)" in person.banners[0]
    person.wait(lambda: person.window.debugging.view.is_writing)
    assert source(person).toPlainText() == text
    assert source(person).isReadOnly()
    person.click(person.offer("Show only"))
    assert person.banners == ["Code of this experiment is shown and not run."]
    person.press(Key.Key_F8)
    assert person.banners == ["Code of this experiment is shown and not run."]
    assert not touched.exists()
    assert person.window.form.raw()["code"] == {"mine.py": {"text": text}}
    person.click(person.offer("Run it"))
    person.wait_for_state("Ready")
    assert touched.exists()
    assert not source(person).isReadOnly()
    person.wait(lambda: verdict(person).startswith("rounding") or verdict(person).startswith("identical"))
    person.window.documents.open(tmp_path / "theirs.json")  # known again
    person.wait(lambda: person.window.form.may_run)
    person.wait_for_state("Ready")
    assert not person.banners


def replace_file(file: Path, text: str) -> None:
    """Save as many editors do: another file in the place of the one before."""
    beside = file.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def test_an_engineer_mends_adam_in_an_editor_with_the_window_beside_it(desk: Desk, tmp_path: Path) -> None:
    wrong = (WRONG / "adam_no_correction_of_m.py").read_text(encoding="utf-8")
    right = wrong.replace("lr * m /", "lr * m / (1 - b1**t) /")
    assert right != wrong
    file = tmp_path / "my_adam.py"
    file.write_text(wrong, encoding="utf-8")
    own = {"optimizers": [{"name": "Adam", "code": "my_adam.py"}], "code": {"my_adam.py": {"path": "my_adam.py"}}}
    person = desk.start(serve, save_experiment(tmp_path / "mine.json", **own))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait_for_state("Ready")
    person.wait(lambda: verdict(person).startswith("mistake: does not correct the bias of m, line 9"))
    notes = source(person).marked.notes
    assert notes[6].text.startswith("m[0, 0] ")
    assert notes[6].text.endswith(", as torch")
    assert notes[9].text.startswith("weight[0, 0] ")
    assert ", torch " in notes[9].text
    assert [line for line, note in notes.items() if note.departs] == [9]
    assert source(person).toPlainText() == wrong
    assert source(person).isReadOnly()
    person.run_steps(3)
    file.write_text("def adam(w, g,\n", encoding="utf-8")
    person.wait(lambda: any("my_adam.py is no Python yet" in told for told in person.banners))
    assert source(person).toPlainText() == wrong
    assert person.state == "Paused"
    file.unlink()
    person.wait(lambda: any("my_adam.py is gone" in told for told in person.banners))
    replace_file(file, right)
    person.wait(lambda: verdict(person).startswith("rounding"))
    assert source(person).toPlainText() == right
    assert not any("my_adam.py" in told for told in person.banners)
    person.run_steps(3)  # from where it stands, with the code that is there now
    assert person.step == 6
    assert person.window.session.run_spec is not None
    assert not person.window.session.branches
    person.window.session.seek(4)
    person.wait_for_step(4)
    replace_file(file, right + "# mended\n")
    person.wait(lambda: source(person).toPlainText().endswith("# mended\n"))
    person.run_steps(4)
    (branch,) = person.window.session.branches
    assert (branch.start, branch.end) == (4, 6)
    person.window.session.seek(2)
    person.wait(lambda: source(person).toPlainText() == wrong)  # what ran then
    person.press(Key.Key_R, Control)
    person.wait(lambda: person.step == 0)
    person.wait(lambda: source(person).toPlainText() == right + "# mended\n")  # what the file has


def choose_file(person: Person, file: Path) -> None:
    """Have the optimizer be a file of one's own."""
    with person.naming(file):
        offer(person, "optimizer1_name", "A file of mine…")


def test_where_a_followed_file_lies_is_saved_as_seen_from_the_experiment(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "code" / "mine.py"
    file.parent.mkdir()
    file.write_text(SGD, encoding="utf-8")
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "SGD"}]))
    person.wait_for_state("Ready")
    choose_file(person, file)
    person.wait(lambda: verdict(person).startswith(("identical", "rounding")))
    assert person.window.form.raw()["code"] == {"mine.py": {"path": str(file)}}
    person.press(Key.Key_F8)
    person.wait(lambda: person.step > 0)
    person.press(Key.Key_S, Control)
    assert json.loads((tmp_path / "tiny.json").read_text("utf-8"))["code"] == {"mine.py": {"path": "code/mine.py"}}
    assert not person.window.documents.unsaved
    person.window.editing.take_over()
    assert not person.window.session.stale
    assert not person.window.session.has_other_code
    (tmp_path / "code" / "deep").mkdir()
    with person.naming(tmp_path / "code" / "deep" / "other"):
        person.press(Key.Key_S, Control | Qt.KeyboardModifier.ShiftModifier)
    other = json.loads((tmp_path / "code" / "deep" / "other.json").read_text("utf-8"))
    assert other["code"] == {"mine.py": {"path": "../mine.py"}}
    file.write_text(HALF, encoding="utf-8")
    person.wait(lambda: source(person).toPlainText() == HALF)


def test_of_a_notebook_the_code_of_its_cells_is_shown(desk: Desk, tmp_path: Path) -> None:
    cells = [{"cell_type": kind, "source": text} for kind, text in (("markdown", "# Words"), ("code", HALF.rstrip()))]
    (tmp_path / "mine.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "SGD"}]))
    person.wait_for_state("Ready")
    choose_file(person, tmp_path / "mine.ipynb")
    person.wait(lambda: verdict(person).startswith("different"))
    assert source(person).toPlainText() == f"# %% [1]\n{HALF.rstrip()}"
    assert source(person).isReadOnly()
    (tmp_path / "mine.ipynb").write_text('{"cells": [', encoding="utf-8")
    person.wait(lambda: person.banners == ["mine.ipynb is no notebook yet. What it held last goes on."])
    assert source(person).toPlainText() == f"# %% [1]\n{HALF.rstrip()}"


SEVERAL = f"{SGD}\n\nclass Up:\n    def __init__(self, lr=0.1):\n        self.lr = lr\n\n"
SEVERAL += "    def update(self, w, dw):\n        return w + self.lr * dw\n"


def choose_part(person: Person, box: str, text: str) -> None:
    """Answer what is asked of a file, above it."""
    asked: QComboBox = person.find(QComboBox, box)
    assert asked.isVisible()
    place = asked.findText(text, Qt.MatchFlag.MatchStartsWith)
    assert place >= 0, [asked.itemText(row) for row in range(asked.count())]
    asked.setFocus()
    for _ in range(place - asked.currentIndex()):
        person.press(Key.Key_Down)
    assert asked.currentText().startswith(text)


def test_one_of_several_in_a_file_is_chosen_and_stays_so(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(SEVERAL, encoding="utf-8")
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "SGD"}]))
    person.wait_for_state("Ready")
    choose_file(person, file)
    person.wait(lambda: "sgd, Up: which of them is meant?" in verdict(person))
    choose_part(person, "whichPartName", "Up: optimizer, class, line 5")
    person.wait(lambda: verdict(person).startswith("mistake: adds the step to the weight, line 10"))
    assert person.window.form.raw()["optimizers"][0]["code"] == "mine.py::Up"
    line = person.find(QToolButton, "optimizer1_code")
    person.wait(lambda: line.accessibleName().startswith("mine.py::Up: mistake"))
    file.write_text(SEVERAL.replace("w + ", "w - "), encoding="utf-8")
    person.wait(lambda: verdict(person).startswith(("rounding", "identical")))
    offer(person, "optimizer1_name", "sgd: optimizer, plain function, line 1")
    person.wait(lambda: person.window.form.raw()["optimizers"][0]["code"] == "mine.py::sgd")
    person.wait(lambda: person.find(QComboBox, "whichPartName").currentText().startswith("sgd: "))
    file.write_text(SEVERAL.replace("sgd", "descent"), encoding="utf-8")
    person.wait(lambda: "There is no sgd in it, but descent, Up: which of them is meant?" in verdict(person))
    assert person.find(QComboBox, "whichPartName").currentText() == "Which is meant?"


def test_what_an_argument_is_can_be_told_and_the_run_knows_it(desk: Desk, tmp_path: Path) -> None:
    text = SGD.replace("g, lr", "g, foo, lr")
    person = desk.start(serve, save_experiment(tmp_path / "mine.json", **entry(text=text)))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait(lambda: "What is foo of sgd?" in verdict(person))
    choose_part(person, "whichPart_foo", "the number of the step")
    person.wait(lambda: verdict(person).startswith(("rounding", "identical")))
    assert person.window.form.raw()["optimizers"][0]["code"] == "mine.py::(foo=t)"
    person.wait_for_state("Ready")
    person.run_steps(3)
    assert person.step == 3


SIGN = (WRONG / "activation_sign.py").read_text(encoding="utf-8")
TANH = SIGN.replace("self.out**2 - 1", "1 - self.out**2")
RENAMED = "import numpy as np\n\ncalls = [0]\n\n\ndef tanh(z):\n    calls[0] += 1\n    return np.tanh(z)\n\n\n"
RENAMED += "def d_tanh(z):\n    return 1 - np.tanh(z) ** 2\n"


def parity(person: Person) -> str:
    lines = person.find(QTreeWidget, "parity_lines")
    return " ".join(lines.topLevelItem(0).text(column) for column in range(lines.columnCount()))


def test_a_followed_activation_is_mended_in_the_midst_of_a_run(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "my_tanh.py"
    file.write_text(SIGN, encoding="utf-8")
    activation = {"name": "tanh", "code": "my_tanh.py"}
    layers = [{"units": 3, "activation": activation}, {"units": 1}]
    more = {
        "network": {"layers": layers},
        "start": {},
        "optimizers": [{"name": "SGD"}],
        "code": {"my_tanh.py": {"path": "my_tanh.py"}},
    }
    person = desk.start(serve, save_experiment(tmp_path / "mine.json", **more))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait_for_state("Ready")
    person.run_steps(8)
    person.wait(lambda: "differs at step 1, stage layer1.backward" in parity(person))
    person.window.session.seek(3)
    person.wait_for_step(3)
    replace_file(file, TANH)
    person.wait(lambda: source(person).toPlainText() == TANH)
    person.run_steps(6)
    person.wait(lambda: "in lockstep since step 4, after the change of code" in parity(person))
    (branch,) = person.window.session.branches
    assert (branch.start, branch.end) == (3, 8)
    person.window.session.seek(2)
    person.wait(lambda: source(person).toPlainText() == SIGN)  # what ran then
    person.wait(lambda: "differs at step 1" in parity(person))
    person.window.session.seek(9)
    person.wait_for_step(9)
    person.wait(lambda: source(person).toPlainText() == TANH)


def test_code_that_cannot_go_on_is_refused_with_what_would_help(desk: Desk, tmp_path: Path) -> None:
    layers = [{"units": 3, "activation": {"name": "tanh", "code": "mine.py"}}, {"units": 1}]
    more = {
        "network": {"layers": layers},
        "start": {},
        "optimizers": [{"name": "SGD"}],
        "code": {"mine.py": {"text": RENAMED}},
    }
    person = desk.start(serve, save_experiment(tmp_path / "mine.json", **more))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait_for_state("Ready")
    person.run_steps(5)
    source(person).selectAll()
    source(person).insertPlainText(RENAMED.replace("calls", "count"))
    person.press(Key.Key_F8)
    person.wait(lambda: any("has no “calls” any more" in told for told in person.banners))
    assert (person.step, person.window.session.newest_step) == (5, 5)
    person.click(person.offer("Reset"))
    person.wait_for_state("Ready")
    person.run_steps(2)
    assert person.step == 2
