"""What is chosen in the views is in a session: the window that opens it shows the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox

from gui.window.session_views import SessionViews
from tests.gui.window.test_sessions import save_session
from tests.gui.windows import TINY, Desk, Person

ENTRY = TINY["optimizers"][0]
TWO: dict[str, Any] = {**TINY, "optimizers": [ENTRY, {**ENTRY, "name": "Adam", "params": {}}]}


@pytest.fixture
def two(desk: Desk, tmp_path: Path) -> Person:
    """Two optimizers, ten steps on, with all views there."""
    file = tmp_path / "two.json"
    file.write_text(json.dumps(TWO))
    person = desk.start(file=file)
    person.wait_for_state("Ready")
    person.run_steps(10)
    _ = person.window.debugging, person.window.comparing
    return person


def views(person: Person) -> dict[str, Any]:
    sessions = person.window.sessions
    told = sessions._around.views.taken_down()
    return json.loads(json.dumps(told))


def box(person: Person, name: str) -> QComboBox:
    return person.find(QComboBox, name)


def choose(person: Person, name: str, text: str) -> None:
    place = box(person, name).findText(text)
    assert place >= 0
    box(person, name).setCurrentIndex(place)
    box(person, name).activated.emit(place)


def test_what_was_chosen_is_chosen_in_the_window_that_opens_it(two: Person, desk: Desk, tmp_path: Path) -> None:
    window = two.window
    choose(two, "map_entry", "Adam")
    choose(two, "map_quantity", "m (exp_avg)")
    window.loss._legend.hide_lanes(["Adam/diy"])
    shown = window.comparing.view.shown
    shown.move(1, 0)
    shown.set_hidden(0, True)
    choose(two, "race_axis", box(two, "race_axis").itemText(1))
    window._lazy_views.chosen_weight.choose("layer1.weight", (0, 1))
    window.central_tabs.show_debug()
    debugging = window.debugging
    debugging.controller.show_step(10, lambda traced: len(traced.lines) - 1, 1)
    two.wait(lambda: debugging.controller.traced is not None and debugging.controller.traced.entry == 1)
    cursor = debugging.controller.cursor
    debugging.variables.value_chosen.emit(*debugging.variables._model.variable(0))
    before = views(two)
    file = save_session(two, tmp_path / "kept.lockstep")
    other = desk.start(file=file)
    there = other.window
    _ = there.debugging, there.comparing
    other.wait(lambda: there.debugging.controller.traced is not None and there.debugging.controller.cursor == cursor)
    other.wait_for_step(10)
    assert box(other, "map_entry").currentText() == "Adam"
    assert box(other, "map_quantity").currentText() == "m (exp_avg)"
    assert there.loss.kept().hidden == {"Adam/diy"}
    assert there.comparing.view.shown.order == (1, 0)
    assert not there.comparing.view.shown.entry_shown(0)
    assert there.debugging.controller.entry == 1
    assert there.debugging.kept() == debugging.kept()
    assert views(other) == before


@pytest.mark.parametrize(
    "told",
    [
        3,
        {"chosen": {"maps": [["map_entry", 1, True], ["map_tensor", 1, ["data", [1]]], 7]}, "hidden": {"a": 1}},
        {"entries": [["Adam", 3], ["no such"], "nobody", "both"], "weight": ["layer1.weight", [0, 7]]},
        {"entries": [[], [], None, "all"], "weight": ["layer9.weight", [0]], "code": "own.py"},
        {"debug": {"entry": 9, "step": 10, "cursor": 1, "chosen": ""}},
        {"debug": {"entry": 0, "step": 10, "cursor": -5, "chosen": "m", "looked": 10**9}},
    ],
)
def test_what_is_nothing_to_choose_is_not_chosen(two: Person, told: Any) -> None:
    chosen: SessionViews = two.window.sessions._around.views
    before = views(two)
    chosen._choose(told if isinstance(told, dict) else {}, two.window.session.run_spec)
    now = views(two)
    assert now["chosen"] == before["chosen"]
    assert sorted(now["entries"][0]) == ["Adam", "SGD"]
    assert two.window.comparing.view.shown.alone is None
