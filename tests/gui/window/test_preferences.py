"""The preferences: each applies at once, is kept, and takes no value that makes no sense here."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from gui.files.settings import Settings
from gui.window import preferences
from gui.window.preferences import Preferences

Open = Callable[[], Preferences]


@pytest.fixture
def open_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(preferences, "machine_memory", lambda: 8_000_000_000)

    def open_one() -> Preferences:
        dialog = Preferences(Settings())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot does
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return open_one


def budget_of(dialog: Preferences) -> QSpinBox:
    return dialog.findChild(QSpinBox, "preferences_budget")


def type_budget(qtbot: QtBot, dialog: Preferences, text: str) -> None:
    field = budget_of(dialog)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def heard(dialog: Preferences) -> list[int]:
    told: list[int] = []
    dialog.budget_changed.connect(told.append)
    return told


def test_the_budget_applies_once_when_it_is_typed_to_its_end(qtbot: QtBot, open_them: Open) -> None:
    dialog = open_them()
    told = heard(dialog)
    assert budget_of(dialog).value() == 256
    type_budget(qtbot, dialog, "5000")
    assert told == []
    qtbot.keyClick(budget_of(dialog), Qt.Key.Key_Tab)
    assert told == [5_000_000_000]
    assert Settings().history_budget == 5_000_000_000
    assert budget_of(open_them()).value() == 5000


def test_what_was_typed_counts_when_the_dialog_is_closed(qtbot: QtBot, open_them: Open) -> None:
    dialog = open_them()
    told = heard(dialog)
    type_budget(qtbot, dialog, "64")
    close = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert told == [64_000_000]


@pytest.mark.parametrize("typed", ["1", "9999999", "-50", "abc", ""])
def test_a_budget_that_makes_no_sense_here_is_not_taken(qtbot: QtBot, open_them: Open, typed: str) -> None:
    dialog = open_them()
    type_budget(qtbot, dialog, typed)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert 16_000_000 <= Settings().history_budget <= 8_000_000_000
    assert Settings().history_budget == budget_of(dialog).value() * 1_000_000


def test_a_budget_from_a_larger_machine_is_shown_as_far_as_it_goes(qtbot: QtBot, open_them: Open) -> None:
    Settings().history_budget = 50_000_000_000
    assert budget_of(open_them()).value() == 8000


def test_the_theme_is_kept_and_told(qtbot: QtBot, open_them: Open) -> None:
    dialog = open_them()
    chosen: list[str] = []
    dialog.theme_chosen.connect(chosen.append)
    box = dialog.findChild(QComboBox, "preferences_theme")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert chosen == ["dark"] == [Settings().theme]
    assert open_them().findChild(QComboBox, "preferences_theme").currentData() == "dark"
