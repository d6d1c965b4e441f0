"""What a person is told of breakpoints whose lines are elsewhere in this version's textbook, or gone."""

import json
from pathlib import Path
from typing import Any

from engine.spec import textbook_lines
from engine.spec.breakable_lines import breakable_lines
from tests.gui.windows import Desk, Person, save_experiment

SGD = "optimizers/sgd.py"
LINE = breakable_lines("\n".join(textbook_lines(SGD)))[0]
TEXT = textbook_lines(SGD)[LINE - 1].strip()
MOVED = {"kind": "line", "file": SGD, "line": LINE + 1, "text": TEXT, "hits": 2}
GONE = {"kind": "line", "file": "gone.py", "line": 3, "text": "return what_nobody_wrote"}
OLDER = {"kind": "line", "file": "gone.py", "line": 3}
MOVED_TEXT = f"The breakpoint on line {LINE + 1} of {SGD} has moved with its line, to line {LINE} of {SGD}"
GONE_TEXT = (
    'The breakpoint on line 3 of gone.py was dropped: its text, "return what_nobody_wrote", stands nowhere that a step '
    "comes to, or in several places"
)
OLDER_TEXT = "The breakpoint on line 3 of gone.py was dropped: no step runs that line any more"


def with_breakpoints(file: Path, *breakpoints: dict[str, Any]) -> Path:
    """Save a tiny experiment as another version would have, which this one's own checks would refuse."""
    raw = json.loads(save_experiment(file).read_text(encoding="utf-8"))
    file.write_text(json.dumps(raw | {"breakpoints": breakpoints}), encoding="utf-8")
    return file


def places(person: Person) -> dict[tuple[str, int], bool]:
    return person.window.form.breakpoints.lines()


def test_opening_a_file_says_what_became_of_its_lines(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=with_breakpoints(tmp_path / "old.json", MOVED, GONE, OLDER))
    assert places(person) == {(SGD, LINE): True}
    assert person.banners == [f"{MOVED_TEXT}; {GONE_TEXT}; {OLDER_TEXT}"]
    assert not person.window.isWindowModified(), "nobody has edited anything"
    person.offer("Show").click()
    person.wait(lambda: person.window.debugging.view.isVisible() and person.window.form.breakpoints.isVisible())
    assert person.banners == []


def test_the_next_file_takes_the_message_down(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=with_breakpoints(tmp_path / "old.json", GONE))
    assert person.banners == [GONE_TEXT]
    person.window.documents.open(save_experiment(tmp_path / "tiny.json"))
    assert person.banners == []


def test_what_is_saved_says_what_stands_in_its_lines(desk: Desk, tmp_path: Path) -> None:
    file = with_breakpoints(tmp_path / "old.json", MOVED)
    person = desk.start(file=file)
    person.window.documents.save()
    (saved,) = json.loads(file.read_text(encoding="utf-8"))["breakpoints"]
    assert saved == MOVED | {"line": LINE, "enabled": True}


def test_a_draft_of_another_version_is_followed_too(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    older = [one | {"enabled": True, "hits": 2} for one in (MOVED, OLDER)]
    raw = person.window.form.raw() | {"breakpoints": older}
    person.window.documents.restore({"raw": raw, "file": str(tmp_path / "tiny.json"), "saved": raw})
    assert places(person) == {(SGD, LINE): True}
    assert f"{MOVED_TEXT}; {OLDER_TEXT}" in person.banners
    assert not person.window.isWindowModified()
