"""New, open, save and the examples; and that nothing typed is thrown away without a question."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget

from engine.spec import check, load
from gui.files.documents import DEFAULT, EXAMPLES
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

Button = QMessageBox.StandardButton
CONTROL = Modifier.ControlModifier


def title(person: Person) -> str:
    """The experiment's, as its field has it."""
    return person.find(QWidget, "title").text()


def test_a_file_on_the_command_line_is_open(tiny: Person) -> None:
    assert check(tiny.window.form.raw()) == check(TINY)
    assert tiny.window.windowTitle() == "tiny.json[*] – Lockstep"
    assert not tiny.window.isWindowModified()


def test_an_edit_shows_in_the_windows_title_until_it_is_saved(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("optimizer1_lr", "0.25")
    tiny.wait(tiny.window.isWindowModified)
    tiny.press(Key.Key_S, CONTROL)
    assert not tiny.window.isWindowModified()
    assert load((tmp_path / "tiny.json").read_bytes()).optimizers[0].params == {"lr": 0.25}
    tiny.type_into("optimizer1_lr", "0.5")
    tiny.wait(tiny.window.isWindowModified)
    tiny.type_into("optimizer1_lr", "0.25")
    tiny.wait(lambda: not tiny.window.isWindowModified())


def test_a_small_file_is_shown_in_a_turn_after_it_was_read_unless_another_takes_its_place(
    tiny: Person, tmp_path: Path
) -> None:
    """To read and to show it at once would hold up the window for twice as long."""
    other = save_experiment(tmp_path / "other.json", title="Other")
    tiny.window.documents.open(other)
    assert title(tiny) == "Tiny"
    tiny.wait(lambda: title(tiny) == "Other")
    tiny.window.documents.open(tmp_path / "tiny.json")
    tiny.press(Key.Key_N, CONTROL)
    tiny.run_steps(1)
    assert title(tiny) == "The article's experiment"


def test_save_as_asks_for_a_name_and_keeps_to_it(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("title", "Other")
    with tiny.naming(tmp_path / "other"):
        tiny.press(Key.Key_S, CONTROL | Modifier.ShiftModifier)
    assert load((tmp_path / "other.json").read_bytes()).title == "Other"
    assert load((tmp_path / "tiny.json").read_bytes()).title == "Tiny"
    assert tiny.window.windowTitle() == "other.json[*] – Lockstep"
    tiny.type_into("title", "Again")
    tiny.press(Key.Key_S, CONTROL)
    assert load((tmp_path / "other.json").read_bytes()).title == "Again"


def test_save_as_asks_before_it_overwrites_though_the_suffix_was_left_out(tiny: Person, tmp_path: Path) -> None:
    other = save_experiment(tmp_path / "other.json", title="Other")
    asked: list[str] = []

    def name_it_and_shy_back(dialog: QWidget) -> None:
        def answer() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, QMessageBox)
            asked.append(box.text())
            box.button(Button.No).click()

        QTimer.singleShot(50, answer)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "other"))
        dialog.accept()
        dialog.reject()

    with tiny.answering(name_it_and_shy_back):
        tiny.press(Key.Key_S, CONTROL | Modifier.ShiftModifier)
    assert len(asked) == 1
    assert "other.json" in asked[0]
    assert load(other.read_bytes()).title == "Other"


def test_what_is_faulty_is_saved_as_typed_and_said(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("optimizer1_lr", "a lot")
    tiny.press(Key.Key_S, CONTROL)
    assert json.loads((tmp_path / "tiny.json").read_text())["optimizers"][0]["params"] == {"lr": "a lot"}
    [banner] = tiny.banners
    assert "cannot be opened before this is corrected" in banner
    assert "a lot" in banner
    tiny.type_into("optimizer1_lr", "0.3")
    tiny.press(Key.Key_S, CONTROL)
    assert tiny.banners == []


def test_open_shows_the_file_that_is_picked(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(3)
    other = save_experiment(tmp_path / "other.json", title="Other")
    with tiny.naming(other):
        tiny.press(Key.Key_O, CONTROL)
    assert title(tiny) == "Other"
    assert tiny.step == 0
    assert tiny.veils() == [False] * 3


FAULTY = {
    "no json": ("{", "not valid JSON"),
    "an unknown field": (json.dumps(TINY | {"colour": "red"}), "colour"),
    "a negative rate": (json.dumps(TINY | {"optimizers": [{"name": "SGD", "params": {"lr": -1}}]}), "Learning rate"),
    "binary": (b'{"\xff\x80": 1}', "not a UTF-8 text"),
}


@pytest.mark.parametrize(("content", "words"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_file_changes_nothing_and_says_why(
    tiny: Person, tmp_path: Path, content: str | bytes, words: str
) -> None:
    tiny.run_steps(3)
    file = tmp_path / "faulty.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before, loss = tiny.window.form.raw(), tiny.loss
    tiny.type_into("title", "Typed")
    with tiny.naming(file):
        tiny.press(Key.Key_O, CONTROL)
    (banner,) = tiny.banners
    assert banner.startswith("faulty.json")
    assert words in banner
    assert tiny.window.form.raw() == before | {"title": "Typed"}
    assert (tiny.step, tiny.loss) == (3, loss)
    assert tiny.window.windowTitle() == "tiny.json[*] – Lockstep"
    tiny.press(Key.Key_S, CONTROL)  # something that goes well takes the complaint away
    tiny.wait(lambda: tiny.banners == [])


def test_of_many_faults_the_first_twenty_can_be_read_and_the_others_are_counted(tiny: Person, tmp_path: Path) -> None:
    file = tmp_path / "faulty.json"
    file.write_text(json.dumps(TINY | {"data": {"x": [[None] * 500], "y": [[1]]}}))
    with tiny.naming(file):
        tiny.press(Key.Key_O, CONTROL)
    tiny.wait(lambda: bool(tiny.banners) and tiny.banners[0].endswith("and 497 more"))
    tiny.click(tiny.offer("Details…"))
    (box,) = tiny.window.findChildren(QMessageBox)
    told = box.text().splitlines()
    box.close()
    assert len(told) == 20
    assert told[0] == "Data, row 1, x1 must be a number, not null"
    assert told[-1].endswith("and 480 more")


def test_a_place_that_cannot_be_written_to_is_told(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("title", "Typed")
    (tmp_path / "tiny.json").unlink()
    (tmp_path / "tiny.json").mkdir()
    tiny.press(Key.Key_S, CONTROL)
    assert "tiny.json" in tiny.banners[0]
    tiny.wait(tiny.window.isWindowModified)
    assert title(tiny) == "Typed"


def test_every_example_is_in_the_menu_and_opens_as_untitled(tiny: Person) -> None:
    for file in sorted(EXAMPLES.glob("*.json")):
        spec = load(file.read_bytes())
        tiny.choose("File", "Examples", spec.title)
        tiny.wait(
            lambda spec=spec: tiny.window.form.raw()["title"] == spec.title
        )  # it may be read in a process of its own
        assert check(tiny.window.form.raw()) == spec
        assert tiny.window.windowTitle() == "Untitled[*] – Lockstep"
        assert not tiny.window.isWindowModified()


def test_new_begins_with_the_articles_experiment(tiny: Person) -> None:
    tiny.press(Key.Key_N, CONTROL)
    assert check(tiny.window.form.raw()) == load(DEFAULT.read_bytes())
    assert tiny.window.windowTitle() == "Untitled[*] – Lockstep"


def test_discarded_changes_are_gone(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("title", "Typed")
    with tiny.pressing(Button.Discard):
        tiny.press(Key.Key_N, CONTROL)
    assert title(tiny) == "The article's experiment"
    assert load((tmp_path / "tiny.json").read_bytes()).title == "Tiny"


def test_cancel_leaves_all_as_it_was(tiny: Person) -> None:
    tiny.run_steps(3)
    tiny.type_into("title", "Typed")
    with tiny.pressing(Button.Cancel):
        tiny.press(Key.Key_N, CONTROL)
    assert title(tiny) == "Typed"
    assert tiny.step == 3


def test_save_saves_and_goes_on(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into("title", "Typed")
    with tiny.pressing(Button.Save):
        tiny.press(Key.Key_N, CONTROL)
    assert load((tmp_path / "tiny.json").read_bytes()).title == "Typed"
    assert title(tiny) == "The article's experiment"


def test_an_unsaved_draft_is_asked_about_when_a_file_is_named(desk: Desk, tmp_path: Path) -> None:
    first = desk.start()
    first.type_into("title", "Draft")
    first.window.close()
    file = save_experiment(tmp_path / "named.json")
    seen: list[bool] = []
    window_was_there = Person(desk.qtbot, None).answering(  # type: ignore[arg-type]
        lambda box: (seen.append(box.parentWidget().isVisible()), box.close())
    )
    with window_was_there:
        second = desk.start(file=file)
        second.wait(lambda: bool(seen))
    assert seen == [True]
    assert title(second) == "Draft"
