"""Keys and drags in any order, faster than the engine answers: window, debugger and run stay of one mind."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.spec import check
from tests.drawing import sample
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

CTRL, SHIFT, ALT, NONE = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier, Modifier.NoModifier
KEYS: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [
    *((Key.Key_F5, modifier) for modifier in (NONE, CTRL)),
    *((Key.Key_F6, modifier) for modifier in (NONE, CTRL)),
    *((Key.Key_F10, modifier) for modifier in (NONE, CTRL)),
    *((Key.Key_F11, modifier) for modifier in (NONE, CTRL, SHIFT, CTRL | SHIFT)),
    *((key, ALT) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End)),
    (Key.Key_F9, NONE),
    (Key.Key_F8, NONE),
    (Key.Key_1, CTRL),
    (Key.Key_2, CTRL),
    (Key.Key_2, CTRL),
]
ENTRIES: list[dict[str, Any]] = [*TINY["optimizers"], {"name": "Adam", "params": {"lr": 0.01}, "backends": ["diy"]}]
LOOK_EVERY = 15  # actions


class Walker:
    def __init__(self, person: Person, seed: int):
        self.person, self.window, self.chance = person, person.window, random.Random(seed)
        self.session, self.controller = self.window.session, self.window.debugging.controller
        self.window.transport.steps.setValue(7)
        self.losses: dict[object, tuple[float, ...]] = {}
        self.failures: list[str] = []
        self.session.broke.connect(lambda failed: self.failures.append(failed.detail))

    def act(self) -> None:
        moves: list[Callable[[], object]] = [self.drag, self.type_rate, self.type_title, self.breathe]
        weights = [len(KEYS), 3, 3, 2, 4]
        self.chance.choices([lambda: self.person.press(*self.chance.choice(KEYS)), *moves], weights)[0]()

    def drag(self) -> None:
        if self.session.newest_step:
            self.window.timeline.seek_wanted.emit(self.chance.randint(0, self.session.newest_step))

    def type_rate(self) -> None:
        self.person.type_into(f"optimizer{self.chance.choice((1, 2))}_lr", self.chance.choice(("0.1", "0.05", "0.5")))

    def type_title(self) -> None:
        self.person.type_into("title", self.chance.choice(("a", "b")))

    def breathe(self) -> None:
        self.person.qtbot.wait(1)

    def in_force(self) -> list[float]:
        """The rates at the step shown, by what the run is known to have gone through."""
        start = self.session.start_spec
        rates = [entry.params["lr"] for entry in start.optimizers] if start is not None else []
        for change in self.session.changes:
            if change.step <= self.session.step:
                rates[change.entry] = change.params["lr"]
        return rates

    def typed(self) -> list[float]:
        return [float(self.person.find(QWidget, f"optimizer{entry}_lr").text()) for entry in (1, 2)]

    def is_at_rest(self) -> bool:
        """Nothing runs, is on its way or waits for the next keystroke. What still begins to run is paused."""
        session, controller = self.session, self.controller
        if session.running:
            session.pause()
        if session.running or session.target is not None or session.newest is None:
            return False
        taken = session.spec == session.run_spec == check(self.window.form.raw()) and self.in_force() == self.typed()
        shown = session.newest.step == session.step == self.person.step
        return taken and shown and (controller.can_move or not self.window.debugging.view.isVisible())

    def look(self) -> None:
        """Whatever was done, it comes to rest; and everybody then shows the same."""
        self.person.wait(lambda: self.is_at_rest() or bool(self.failures))
        assert self.failures == []
        session, controller = self.session, self.controller
        assert session.newest is not None
        assert session.start_spec is not None
        if self.window.debugging.view.isVisible():
            assert controller.traced is not None
            assert controller.traced.step == controller.step
            assert controller.step in (session.step, session.step + 1)
        made = [(change.step, change.entry, change.params["lr"]) for change in session.changes]
        start = [entry.params["lr"] for entry in session.start_spec.optimizers]
        history = (*start, session.step, *(change for change in made if change[0] < session.step))
        if session.step:
            assert self.losses.setdefault(history, session.newest.losses) == session.newest.losses


@pytest.mark.parametrize("seed", sample([3, 5], 2))
def test_any_walk_comes_to_rest_with_all_views_at_the_same_step(desk: Desk, tmp_path: Path, seed: int) -> None:
    person = desk.start(file=save_experiment(tmp_path / "two.json", optimizers=ENTRIES))
    person.wait_for_state("Ready")
    walker = Walker(person, seed)
    for action in range(1, 181):
        walker.act()
        if action % LOOK_EVERY == 0:
            walker.look()
