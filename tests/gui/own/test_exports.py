"""What is written of a run with own entries, and a branch of older code: tables, curves, pictures, a report."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from engine.server.server import serve
from gui.compare.view import CompareView
from tests.gui.windows import Desk, Person, save_experiment
from tests.own.experiments import RIGHT, WRONG, text_of

ADAM = text_of(WRONG, "adam_no_correction_of_v")
MENDED = ADAM.replace("np.sqrt(v)", "np.sqrt(v / (1 - b2**t))")
SIGNED = "import numpy as np\n\n\ndef signed(w, g, lr=0.01):\n    return w - lr * np.sign(g)\n"
FILES = {
    "my_adam.py": ADAM,
    "my_tanh.py": text_of(RIGHT, "tanh_class"),
    "my_dense.py": text_of(RIGHT, "affine_pair"),
    "signed.py": SIGNED,
}
OWN: dict[str, Any] = {
    "title": "Mine",
    "start": {},
    "network": {
        "layers": [
            {"units": 3, "code": "my_dense.py", "activation": {"name": "tanh", "code": "my_tanh.py"}},
            {"units": 1, "code": "my_dense.py"},
        ],
    },
    "optimizers": [
        {"name": "Adam", "code": "my_adam.py"},
        {"name": None, "code": "signed.py"},
        {"name": "SGD", "params": {"lr": 0.01}},
    ],
    "code": {name: {"text": text} for name, text in FILES.items()},
}  # fmt: skip
LANES = ["Adam/diy", "Adam/torch", "signed/diy", "SGD/diy", "SGD/torch"]


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    """A run that was gone on with from step 4 with mended code."""
    person = desk.start(serve, save_experiment(tmp_path / "mine.json", **OWN))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait_for_state("Ready")
    person.run_steps(10)
    person.window.session.seek(4)
    person.wait_for_step(4)
    person.window.form.code_door.set_text("my_adam.py", MENDED)
    person.window.editing.take_over()
    person.run_steps(8)
    person.wait(lambda: bool(person.window.session.branches))
    return person


def exported(person: Person, title: str, file: Path) -> bytes:
    with person.naming(file):
        person.choose("File", "Export", title)
    person.wait(file.exists)
    return file.read_bytes()


def table_of(text: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text.decode()))]


def test_all_that_can_be_exported_of_a_run_with_own_entries_is_written(person: Person, tmp_path: Path) -> None:
    session = person.window.session
    (branch,) = session.branches
    assert (branch.start, branch.end, branch.files) == (4, 10, ("my_adam.py",))
    assert session.names.details(branch) == "Adam my_adam.py as it was before · steps 4–10"
    person.wait(lambda: bool(session.newest and session.newest.pairs[0].judged > 4))
    person.window.central_tabs.show_compare()
    person.wait(lambda: any(view.race_known for view in person.window.findChildren(CompareView)))
    heads, *rows = table_of(exported(person, "Curves…", tmp_path / "curves.csv"))
    rates = {"Adam/lr": 0.001, "signed/lr": 0.01, "SGD/lr": 0.01}
    assert {"step", *LANES, *(f"{lane}/all" for lane in LANES), *rates} <= {*heads}
    places = {name: heads.index(name) for name in ("step", *LANES, *rates)}
    assert all(float(row[places[name]]) == rate for row in rows for name, rate in rates.items())
    assert [row[places["step"]] for row in rows] == [str(step) for step in range(1, 13)]
    assert all(float(row[places[lane]]) >= 0 for row in rows for lane in LANES)
    table = table_of(exported(person, "Table…", tmp_path / "table.csv"))
    assert len(table) == 1 + len(LANES)
    assert any("signed" in cell for row in table for cell in row)
    page = exported(person, "Report of all of it (HTML)…", tmp_path / "report.html").decode()
    told = "in lockstep since step 5, after the change of code", "Before the change of code: differs at step 1"
    for words in ("my_adam.py", "my_dense.py", "tanh [my_tanh.py]", "signed", *told):
        assert words in page, words
    png = exported(person, "Race plot…", tmp_path / "race.png")
    assert QImage.fromData(png).width() > 100
    person.window.central_tabs.show_run()
    assert QImage.fromData(exported(person, "Loss plot of the run…", tmp_path / "loss.png")).width() > 100
