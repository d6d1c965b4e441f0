"""An engineer mends his Adam in his own editor with Lockstep beside it, and never touches the mouse.

With the real program; his editor is another program that writes the file.
"""

import json
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.e2e.person import MOST_TABS, Person
from tests.e2e.test_processes import close
from tests.own.experiments import DATA, LONE, WRONG

WRONG_ADAM = (WRONG / "adam_no_correction_of_m.py").read_text(encoding="utf-8")
WRONG_LINE = "    return w - lr * m / (np.sqrt(v_hat) + eps), m, v"
RIGHT_LINE = "    return w - lr * (m / (1 - b1**t)) / (np.sqrt(v_hat) + eps), m, v"
NUMBER = 1 + WRONG_ADAM.splitlines().index(WRONG_LINE)
PARITY, FOLDED = "parity_lines", "folded_messages"


def experiment(folder: Path) -> Path:
    """An experiment that follows ``my_adam.py`` beside it."""
    entry = {"name": "Adam", "code": "my_adam.py"}
    raw = {"schema": 1, "data": DATA, "network": {"layers": LONE}, "optimizers": [entry]}
    file = folder / "mine.json"
    file.write_text(json.dumps(raw | {"code": {"my_adam.py": {"path": "my_adam.py"}}}), encoding="utf-8")
    return file


def save(file: Path, text: str) -> None:
    """As an editor does: another file in the place of the one before."""
    beside = file.with_suffix(".swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def agree(person: Person) -> None:
    """Say that it may run. What asks has folded away if the keyboard took long to come there."""
    tabs = 0
    while not {"Run it", FOLDED} & {*(focus := person.focus)}:
        assert (tabs := tabs + 1) < MOST_TABS, "Tab never came to the question"
        person.press("Tab")
    person.press("space")
    if FOLDED in focus:
        person.tab_to("Run it")
        person.press("space")


def parity(person: Person) -> str:
    """What the strip says of the entry."""
    seen = person.look(PARITY)
    return " ".join(seen.cells) if seen is not None else ""


def test_an_engineer_mends_his_adam_beside_lockstep(desktop: Desktop, tmp_path: Path) -> None:
    own = tmp_path / "my_adam.py"
    own.write_text(WRONG_ADAM, encoding="utf-8")
    person = Person(desktop, experiment(tmp_path))
    person.read("has code in it", "banner")
    agree(person)
    person.read("^Ready$", "runState")
    told = person.read(r"^mistake: ", "codeVerdict")
    assert told.startswith(f"mistake: does not correct the bias of m, line {NUMBER}; torch divides m by 1 − β₁ᵗ")

    person.press("F8")
    person.app.wait_for(lambda: "differs" in parity(person), "the run to be told apart from torch's")
    person.tab_to("codeVerdict")
    person.press("space")  # to the line
    person.press("Home", "shift+End")
    assert person.copy() == WRONG_LINE

    before = int(person.read(r"^Step [1-9]", "stepCounter").removeprefix("Step ").replace(",", ""))
    save(own, WRONG_ADAM[: len(WRONG_ADAM) // 2])  # half written
    person.read("my_adam.py is no Python yet", "banner")
    save(own, WRONG_ADAM.replace(WRONG_LINE, RIGHT_LINE))
    person.read(r"^(rounding|identical): ", "codeVerdict")
    person.press("F8")  # it goes on from where it stands
    person.read(f"^Step {2 * before}$", "stepCounter")
    person.press("ctrl+r")
    person.read("^Step 0$", "stepCounter")
    person.press("F8")
    person.read(f"^Step {before}$", "stepCounter")
    person.app.wait_for(lambda: "in lockstep" in parity(person), "own code to be in lockstep with torch")
    close(person.app)
