"""Whatever is edited is undone and made again, in the order of all that was done."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from tests.gui.windows import Key, Modifier, Person

CONTROL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


def undo(person: Person) -> None:
    person.press(Key.Key_Z, CONTROL)


def redo(person: Person) -> None:
    person.press(Key.Key_Z, CONTROL | SHIFT)


def offered(person: Person) -> tuple[str, str]:
    """What the Edit menu says of undo and redo, empty where it is grey."""
    acts = person.window.actions_
    found = [action.text().replace("&", "") if action.isEnabled() else "" for action in (acts.undo, acts.redo)]
    return found[0], found[1]


def text(person: Person, name: str) -> str:
    field = person.find(QWidget, name)
    return field.text()


def pause(person: Person) -> None:
    """Time goes by."""
    before = person.window.undoing.clock
    person.window.undoing.clock = lambda: before() + 10


def test_nothing_is_offered_before_anything_is_edited(tiny: Person) -> None:
    assert offered(tiny) == ("", "")
    tiny.press(Key.Key_Z, CONTROL)
    assert not tiny.window.isWindowModified()


def test_typing_in_a_field_is_one_step_until_a_pause(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "0.25")
    assert offered(tiny) == ("Undo typing in “Optimizer 1, Learning rate”", "")
    pause(tiny)
    tiny.press(Key.Key_5)
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.25"
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.1"
    assert offered(tiny)[0] == ""
    redo(tiny)
    redo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.255"


def press_button(person: Person, name: str) -> None:
    person.find(QWidget, name).click()


def test_another_field_ends_a_step(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "0.25")
    tiny.type_into("title", "Mine")
    assert offered(tiny)[0] == "Undo typing in “Title”"
    undo(tiny)
    assert (text(tiny, "title"), text(tiny, "optimizer1_lr")) == ("Tiny", "0.25")
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.1"


def test_what_is_no_number_is_undone_and_made_again_as_it_was_typed(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "1e-")
    pause(tiny)
    tiny.press(Key.Key_3)
    pause(tiny)
    tiny.type_into("optimizer1_lr", "0.10")
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "1e-3"
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "1e-"
    redo(tiny)
    redo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.10"


def test_to_undo_one_field_leaves_what_is_half_typed_in_others(tiny: Person) -> None:
    tiny.type_into("batch_size", "1.0")
    tiny.type_into("optimizer1_label", "mine")
    undo(tiny)
    assert (text(tiny, "batch_size"), text(tiny, "optimizer1_label")) == ("1.0", "")


def test_the_field_does_not_undo_by_itself(tiny: Person) -> None:
    """Nothing is left to undo: the key does nothing."""
    field = tiny.type_into("title", "x")
    undo(tiny)
    undo(tiny)
    assert field.text() == "Tiny"
    tiny.press(Key.Key_Y, CONTROL)
    assert field.text() == "x"


def test_layers_are_undone_by_name(tiny: Person) -> None:
    raws = [tiny.window.form.raw()]
    for name, told in (
        ("network_add_layer", "Undo adding layer 1"),
        ("network_add_layer", "Undo adding layer 2"),
        ("layer1_down", "Undo moving layer 1"),
        ("layer2_remove", "Undo removing layer 2"),
        ("layer1_bias", "Undo changing “Layer 1, bias”"),
    ):
        if name == "layer1_down":
            tiny.type_into("layer1_units", "7")
            raws.append(tiny.window.form.raw())
        press_button(tiny, name)
        assert offered(tiny)[0] == told
        raws.append(tiny.window.form.raw())
    for raw in raws[-2::-1]:
        undo(tiny)
        assert tiny.window.form.raw() == raw
    for raw in raws[1:]:
        redo(tiny)
        assert tiny.window.form.raw() == raw


def test_an_optimizer_that_was_removed_comes_back_as_it_was(tiny: Person) -> None:
    press_button(tiny, "optimizers_add")
    tiny.type_into("optimizer2_label", "second")
    whole = tiny.window.form.raw()
    press_button(tiny, "optimizer1_remove")
    assert offered(tiny)[0] == "Undo removing optimizer 1"
    undo(tiny)
    assert tiny.window.form.raw() == whole
    press_button(tiny, "optimizer2_up")
    assert offered(tiny)[0] == "Undo moving optimizer 1"
    undo(tiny)
    assert tiny.window.form.raw() == whole


def test_arrows_held_down_are_one_step(tiny: Person) -> None:
    box = tiny.find(QAbstractSpinBox, "optimizer1_lr")
    box.setFocus()
    for _ in range(5):
        tiny.press(Key.Key_Up)
    assert offered(tiny)[0] == "Undo changing “Optimizer 1, Learning rate”"
    undo(tiny)
    assert (box.text(), offered(tiny)[0]) == ("0.1", "")


def test_cells_and_pasted_data_are_undone(tiny: Person) -> None:
    grid = tiny.find(QWidget, "data_grid")
    grid.setFocus()
    first = tiny.window.form.raw()["data"]
    tiny.qtbot.keyClicks(grid, "7")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    tiny.qtbot.keyClicks(editor, "5")
    assert offered(tiny)[0] == "Undo typing in x1, row 1"
    tiny.press(Key.Key_Z, CONTROL)
    assert (tiny.window.form.raw()["data"], editor.text()) == (first, "1")
    grid.setFocus()
    QGuiApplication.clipboard().setText("1\t2\t3\n4\t5\t6\n7\t8\t9")
    tiny.press(Key.Key_V, CONTROL)
    assert offered(tiny)[0] == "Undo pasting data"
    undo(tiny)
    assert tiny.window.form.raw()["data"] == first
    press_button(tiny, "data_add_row")
    assert offered(tiny)[0] == "Undo adding rows"
    press_button(tiny, "data_remove_x")
    assert offered(tiny)[0] == "Undo removing columns"
    undo(tiny)
    undo(tiny)
    assert tiny.window.form.raw()["data"] == first


def test_what_is_out_of_sight_comes_back_too(tiny: Person) -> None:
    """A test function hides data and network; a seed hides given weights."""
    whole = tiny.window.form.raw()
    press_button(tiny, "start_switch")
    assert offered(tiny)[0] == "Undo changing “Seed or given weights”"
    choose(tiny, "kind", "problem")
    tiny.type_into("problem_start_x", "0.5")
    choose(tiny, "problem_function", "beale")
    for _ in range(4):
        undo(tiny)
    assert tiny.window.form.raw() == whole
    for _ in range(4):
        redo(tiny)
    assert tiny.window.form.raw()["problem"]["function"] == "beale"


def choose(person: Person, name: str, value: str) -> None:
    box = person.find(QComboBox, name)
    box.setFocus()
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_opening_is_undone_with_the_file_that_was_left(tiny: Person) -> None:
    tiny.type_into("title", "Mine")
    whole = tiny.window.form.raw()
    with tiny.pressing(QMessageBox.StandardButton.Discard):
        tiny.press(Key.Key_N, CONTROL)
    assert tiny.window.windowTitle().startswith("Untitled")
    assert offered(tiny)[0] == "Undo opening “The article's experiment”"
    tiny.type_into("title", "Another")
    undo(tiny)
    undo(tiny)
    assert tiny.window.form.raw() == whole
    assert tiny.banners == ["tiny.json is back as it was left, and Save writes to it. Its run begins anew."]
    tiny.wait(lambda: tiny.window.windowTitle().startswith("tiny.json") and tiny.window.isWindowModified())
    undo(tiny)
    assert text(tiny, "title") == "Tiny"
    tiny.wait(lambda: not tiny.window.isWindowModified())
    for _ in range(3):
        redo(tiny)
    assert text(tiny, "title") == "Another"
    assert tiny.window.windowTitle().startswith("Untitled")


def test_a_save_ends_a_step(tiny: Person) -> None:
    tiny.type_into("title", "Mine")
    tiny.press(Key.Key_S, CONTROL)
    tiny.press(Key.Key_X)
    undo(tiny)
    assert text(tiny, "title") == "Mine"
    tiny.wait(lambda: not tiny.window.isWindowModified())


def test_the_keyboard_stays_where_it_was_and_what_changed_is_framed(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "0.25")
    press_button(tiny, "optimizer1_fold")
    field = tiny.find(QWidget, "title")
    field.setFocus()
    undo(tiny)
    assert QApplication.focusWidget() is field
    assert tiny.find(QWidget, "optimizer1_lr").isVisible()
    assert tiny.find(QWidget, "changed_outline").parentWidget() is tiny.find(QWidget, "optimizer1_lr")


def test_the_keyboard_goes_to_what_changed_where_its_field_is_gone(tiny: Person) -> None:
    press_button(tiny, "network_add_layer")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "layer1_units"
    undo(tiny)
    tiny.qtbot.keyClicks(QApplication.focusWidget(), "5")
    assert len(tiny.window.form.raw()["network"]["layers"]) == 1


def test_breakpoints_are_undone(tiny: Person) -> None:
    tiny.window.central_tabs.show_debug()
    tiny.window.debugging.show_breakpoints()
    tiny.wait(lambda: tiny.window.form.breakpoints.isVisible())
    press_button(tiny, "breakpoints_add_condition")
    assert offered(tiny)[0] == "Undo adding breakpoint 1"
    tiny.type_into("breakpoint_value", "3.")
    assert offered(tiny)[0] == "Undo typing in “Value”"
    undo(tiny)
    assert tiny.window.form.raw()["breakpoints"][0]["value"] == 2
    undo(tiny)
    assert tiny.window.form.raw()["breakpoints"] == []
    redo(tiny)
    redo(tiny)
    assert text(tiny, "breakpoint_value") == "3."


def rate_of(person: Person) -> float:
    """The learning rate that the run has."""
    spec = person.window.session.run_spec
    assert spec is not None
    return spec.optimizers[0].params["lr"]


def test_during_a_run_an_undo_changes_the_rate_at_the_step_stood_at(tiny: Person) -> None:
    tiny.run_steps(5)
    tiny.type_into("optimizer1_lr", "0.25")
    tiny.wait(lambda: rate_of(tiny) == 0.25)
    tiny.run_steps(5)
    undo(tiny)
    tiny.wait(lambda: rate_of(tiny) == 0.1)
    tiny.run_steps(5)
    assert [change.step for change in tiny.window.session.changes] == [5, 10]


def test_to_go_through_time_is_no_edit(tiny: Person) -> None:
    tiny.run_steps(5)
    tiny.type_into("title", "Mine")
    tiny.type_into("optimizer1_lr", "0.25")
    tiny.wait(lambda: rate_of(tiny) == 0.25)
    tiny.run_steps(5)
    tiny.press(Key.Key_Left, Modifier.AltModifier)
    for _ in range(6):
        tiny.press(Key.Key_Left, Modifier.AltModifier)
    tiny.wait(lambda: text(tiny, "optimizer1_lr") == "0.1")
    assert offered(tiny)[0] == "Undo typing in “Optimizer 1, Learning rate”"
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.1"
    undo(tiny)
    assert (text(tiny, "title"), text(tiny, "optimizer1_lr")) == ("Tiny", "0.1")
    redo(tiny)
    redo(tiny)
    assert (text(tiny, "title"), text(tiny, "optimizer1_lr")) == ("Mine", "0.25")
