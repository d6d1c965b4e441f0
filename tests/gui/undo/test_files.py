"""What is undone after the experiment was saved elsewhere names the very files that it named before."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from tests.gui.undo.test_undo import redo, text, undo
from tests.gui.windows import TINY, Desk, Person

CODE = "def sgd(w, g, lr=0.1):\n    return w - lr * g\n"
LOG = "step,loss\n1,0.5\n2,0.25\n"


def begun(desk: Desk, folder: Path) -> Person:
    folder.mkdir()
    (folder / "rows.csv").write_text("a,b,c\n1,2,1\n3,4,2\n")
    (folder / "mine.csv").write_text(LOG)
    (folder / "mine.py").write_text(CODE)
    weights: dict[str, Any] = {"layer1.weight": [[0.25, -0.5]]}
    np.savez(folder / "w.npz", **weights)
    entry = TINY["optimizers"][0]
    raw = {
        **TINY,
        "data": {"file": "rows.csv", "x": ["a", "b"], "y": ["c"]},
        "start": {"file": "w.npz"},
        "optimizers": [entry | {"log": {"file": "mine.csv"}}, entry | {"code": "mine.py", "label": "mine"}],
        "code": {"mine.py": {"path": "mine.py"}},
    }
    file = folder / "tiny.json"
    file.write_text(json.dumps(raw))
    person = desk.start(file=file)
    person.window.form.code_door.agree()
    return person


def named(person: Person) -> list[str]:
    """The files that the experiment names, as it names them."""
    raw = person.window.form.raw()
    logs = [entry["log"]["file"] for entry in raw["optimizers"] if entry.get("log")]
    codes = [one.get("path") for one in raw.get("code", {}).values()]
    return [raw["data"].get("file"), raw["start"].get("file"), *logs, *codes]


def press_button(person: Person, name: str) -> None:
    person.find(QWidget, name).click()


def test_undone_steps_name_files_from_where_the_experiment_lies_now(desk: Desk, tmp_path: Path) -> None:
    person = begun(desk, tmp_path / "one")
    before = named(person)
    assert before == ["rows.csv", "w.npz", "mine.csv", "mine.py"]
    person.type_into("title", "Mine")
    press_button(person, "data_let_go")
    press_button(person, "start_new_seed")
    press_button(person, "optimizer1_remove")
    person.window.editing.take_over()
    (tmp_path / "two").mkdir()
    with person.naming(tmp_path / "two" / "tiny.json"):
        person.window.actions_.save_as.trigger()
    person.wait(lambda: person.window.documents.file == tmp_path / "two" / "tiny.json")
    for _ in range(4):
        undo(person)
    moved = ["../one/rows.csv", "../one/w.npz", "../one/mine.csv", "../one/mine.py"]
    assert named(person) == moved
    assert text(person, "title") == "Tiny"
    assert person.window.form.code_door.text("mine.py") == CODE
    person.wait(lambda: person.window.form._data.link is not None and person.window.form._data.link.data is not None)
    redo(person)
    assert text(person, "title") == "Mine"
