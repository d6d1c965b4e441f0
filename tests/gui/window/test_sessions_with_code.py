"""Runs with own code whose engine has died go on to the very bits that they would have come to."""

import json
from pathlib import Path

from engine.session_file import read_head
from gui.files.agreed_code import remember
from tests.gui.own.test_writing import replace_file
from tests.gui.window.test_sessions import is_kept, kill, numbers, save_session
from tests.gui.windows import TINY, Desk

MOMENTUM = """class Momentum:
    def __init__(self, lr=0.1):
        self.lr, self.v = lr, {}

    def step(self, params, grads):
        for number, (w, g) in enumerate(zip(params, grads)):
            self.v[number] = 0.9 * self.v.get(number, 0) + g
            w -= self.lr * self.v[number]
"""
TANH = """class Sigmoid:
    calls = 0

    def forward(self, z):
        Sigmoid.calls += 1
        self.a = z / (1 + abs(z)) + 1e-3 * (self.calls % 7)
        return self.a

    def backward(self, dout):
        return dout * (1 - abs(self.a)) ** 2
"""


def test_a_run_whose_engine_died_goes_on_with_what_its_code_remembered(desk: Desk, tmp_path: Path) -> None:
    remember([MOMENTUM, TANH])
    layer = {"units": 1, "activation": {"name": "softsign", "code": "act.py"}, "bias": False}
    own = {
        "network": {"layers": [layer], "loss": "mse"},
        "optimizers": [{"name": "SGD", "code": "mine.py", "backends": ["diy"]}],
        "code": {"mine.py": {"text": MOMENTUM}, "act.py": {"text": TANH}},
    }
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(TINY | own), encoding="utf-8")
    person = desk.start(file=file)
    person.wait_for_state("Ready")
    person.run_steps(70)
    place = person.window.session._place
    assert place is not None
    person.wait(lambda: is_kept(person) and read_head(place).newest == 70)
    session = save_session(person, tmp_path / "kept.lockstep")
    kill(person)
    person.click(person.offer("Return to step 70"))
    person.wait_for_step(70)
    person.run_steps(5)
    other = desk.start(file=session)
    other.wait(lambda: other.step == 70 and other.state == "Paused")
    other.run_steps(5)
    assert numbers(person) == numbers(other)
    assert person.banners == []


def test_a_session_whose_code_was_changed_on_the_way_goes_on_as_typed(desk: Desk, tmp_path: Path) -> None:
    """What the code has for itself, a rate say, is no edit that waits."""
    faster = MOMENTUM.replace("0.9", "0.8")
    remember([MOMENTUM, faster])
    entry = {"name": "SGD", "code": "mine.py", "backends": ["diy"]}
    own = {"optimizers": [entry], "code": {"mine.py": {"path": "mine.py"}}}
    file, code = tmp_path / "mine.json", tmp_path / "mine.py"
    file.write_text(json.dumps(TINY | own), encoding="utf-8")
    code.write_text(MOMENTUM, encoding="utf-8")
    person = desk.start(file=file)
    person.wait_for_state("Ready")
    person.run_steps(5)
    replace_file(code, faster)
    person.wait(lambda: person.window.session.has_other_code)
    person.run_steps(5)
    session = save_session(person, tmp_path / "kept.lockstep")
    other = desk.start(file=session)
    other.wait(lambda: other.step == 10 and other.state == "Paused")
    assert len(other.window.session._history.changes) == 1  # type: ignore[union-attr]
    for one in (person, other):
        one.window.session.run(5)
        one.wait_for_step(15)
    assert numbers(person) == numbers(other)
    other.window.session.seek(3)
    other.wait_for_step(3)
    assert other.state == "Paused"
