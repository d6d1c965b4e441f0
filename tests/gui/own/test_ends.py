"""Own code that ends the engine's process, or hangs in C: told with its line, and nothing that was typed is lost."""

import json
from pathlib import Path

import pytest

from engine.server.server import serve
from tests.gui.own.test_writing import source
from tests.gui.windows import Desk, Person, save_experiment

# Not until some steps were taken: what it does on trial, in a process of its own, was told before.
LATE = """import ctypes
import os
import re

import numpy as np

CALLS = [0]


def sgd(w, g, lr=0.1):
    CALLS[0] += 1
    if CALLS[0] > {calls}:
        {deed}
    return w - lr * g
"""
LOCKING = "max(range(10**13))"  # holds Python's lock
LINEAR = "np.linalg.svd(np.random.default_rng(0).normal(size=(4000, 4000)))"  # lets others have it
ENDS = {
    LOCKING: "mine.py, line 13: no end, a call took more than 5 s.",
    LINEAR: "mine.py, line 13: no end, a call took more than 5 s.",
    "ctypes.string_at(0)": "mine.py, line 13: it crashed Python (Segmentation fault).",
    "os._exit(3)": "mine.py: it ended the process that it ran in.",
}
AT_STEP = 400  # more calls than any trial takes


def begun(desk: Desk, folder: Path, text: str) -> Person:
    own = {"optimizers": [{"name": "SGD", "code": "mine.py"}], "code": {"mine.py": {"text": text}}}
    person = desk.start(serve, save_experiment(folder / "mine.json", **own))
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.offer("Run it").click()
    person.wait_for_state("Ready")
    return person


def test_what_hears_a_timer_stops_at_its_line_and_the_run_stands_before_that_step(desk: Desk, tmp_path: Path) -> None:
    text = LATE.format(calls=AT_STEP, deed="re.match('(a+)+b', 'a' * 60)")
    person = begun(desk, tmp_path, text)
    person.window.session.run(AT_STEP + 100)
    person.wait(lambda: any("No end" in told for told in person.banners))
    assert person.banners == [
        f"SGD, step {AT_STEP + 1}: No end: a call took more than 5 s, line 13. "
        f"The run stands after step {AT_STEP}; nothing is lost."
    ]


@pytest.mark.parametrize("deed", ENDS)
def test_what_ends_the_engine_is_told_with_its_line(deed: str, desk: Desk, tmp_path: Path) -> None:
    text = LATE.format(calls=AT_STEP, deed=deed)
    person = begun(desk, tmp_path, text)
    person.window.session.run(AT_STEP + 100)
    person.wait(lambda: any("mine.py" in told for told in person.banners))
    told = next(told for told in person.banners if "mine.py" in told)
    assert told == f"{ENDS[deed]} The engine was started again; nothing that you typed is lost."
    assert person.window.form.raw()["code"] == {"mine.py": {"text": text}}
    if "line" in told:
        person.offer("Show the line").click()
        assert source(person).textCursor().blockNumber() == 12
        assert person.offer(f"Return to step {person.window.session.lost_runs[-1].step}").isVisible()
    person.wait_for_state("Ready")
    person.run_steps(3)
    assert person.step == 3
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["code"]["mine.py"]["text"] == text
