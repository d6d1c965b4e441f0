"""A background job is two files, one in the engine and one in the window: here both lie in another folder."""

import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.gui.tiny_engine import diy_engine
from tests.gui.windows import Desk, Person, save_experiment

IN_ENGINE = '''
"""How large the weights are, counted up entry by entry."""

from typing import NamedTuple


class StartCount(NamedTuple):
    generation: int
    job: int
    looks: int


class CountPart(NamedTuple):
    job: int
    done: float
    lanes: int
    state: str


def make(command, run, surface):
    for look in range(1, command.looks + 1):
        state = "finished" if look == command.looks else "running"
        yield CountPart(command.job, look / command.looks, len(run.lanes), state)
        if command.looks > 1000:
            raise RuntimeError("too many looks")


def register():
    from engine.server.jobs import JOBS, JobKind

    JOBS[StartCount] = JobKind(make, needs_run=True)
'''

IN_WINDOW = '''
"""A dock with a button that has the lanes counted, and says how far that is."""

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout
from toy_count import StartCount

from gui.session.jobs import NewestJob
from gui.views.dock import Dock


def make_dock(session):
    return Counting(session.jobs)


class Counting(Dock):
    name = "counting"

    def __init__(self, jobs):
        super().__init__()
        self.looks, self.told, self.said = 4, [], QLabel()
        self.said.setObjectName("count_said")
        start = QPushButton("Count")
        start.setObjectName("count_start")
        column = QVBoxLayout(self)
        column.addWidget(start)
        column.addWidget(self.said)
        self.job = NewestJob(jobs, self)
        self.job.answered.connect(self.show_part)
        self.job.failed.connect(lambda failed: self.said.setText(failed.detail.strip().splitlines()[-1]))
        start.clicked.connect(lambda: self.job.begin(lambda generation, job: StartCount(generation, job, self.looks)))

    def show_part(self, part):
        self.told.append((part.done, part.state))
        self.said.setText(f"{part.lanes} lanes" if part.state == "finished" else f"{part.done:.0%}")
'''


def engine_with_toy(folder: str, connection: Connection) -> None:
    """The engine's process, to which the job was added."""
    sys.path.insert(0, folder)
    import_module("toy_count").register()
    diy_engine(connection)


@pytest.fixture
def toy(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    (tmp_path / "toy_count.py").write_text(IN_ENGINE, encoding="utf-8")
    (tmp_path / "toy_counting.py").write_text(IN_WINDOW, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("gui.views.dock.DOCKS", [*import_module("gui.views.dock").DOCKS, "toy_counting"])
    file = save_experiment(tmp_path / "tiny.json")
    person = desk.start(partial(engine_with_toy, str(tmp_path)), file)
    person.wait_for_state("Ready")
    yield person
    for name in ("toy_count", "toy_counting"):  # the next test's lie elsewhere
        sys.modules.pop(name, None)


def dock(person: Person):
    return next(one for one in person.window.docks if one.name == "counting")


def test_it_is_begun_from_the_window_and_tells_how_far_it_is_and_what_it_found(toy: Person) -> None:
    toy.click(toy.find(QPushButton, "count_start"))
    toy.wait(lambda: toy.find(QLabel, "count_said").text() == "1 lanes")
    assert dock(toy).told == [(0.25, "running"), (0.5, "running"), (0.75, "running"), (1.0, "finished")]
    assert not dock(toy).job.running


def test_an_error_of_its_own_is_told_and_ends_nothing_else(toy: Person) -> None:
    dock(toy).looks = 2000
    toy.click(toy.find(QPushButton, "count_start"))
    toy.wait(lambda: toy.find(QLabel, "count_said").text() == "RuntimeError: too many looks")
    toy.run_steps(3)


def test_the_newest_is_heard_and_no_other(toy: Person) -> None:
    dock(toy).looks = 3
    for _ in range(3):
        toy.click(toy.find(QPushButton, "count_start"))
    toy.wait(lambda: toy.find(QLabel, "count_said").text() == "1 lanes")
    assert [state for _, state in dock(toy).told].count("finished") == 1
    assert dock(toy).job.number == 3
