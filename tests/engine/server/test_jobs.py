"""Work in the background: in turn, paused, cancelled, failing; and the run beside it goes on whatever happens."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pace import TimeBudget
from engine.protocol import (
    CancelJob,
    FrameRequest,
    JobAnswer,
    JobFailed,
    Load,
    Loaded,
    MakeReport,
    PauseJob,
    RandomPlane,
    Report,
    ResumeJob,
    Run,
    StartSurface,
    StartSweep,
    SurfacePart,
    SweepAxis,
    SweepPart,
    SweepPlan,
)
from engine.run.lockstep import Lockstep
from engine.server.job_queue import JobQueue
from engine.server.jobs import JOBS, JobKind
from engine.spec import Fault, check
from tests.drawing import examples
from tests.engine.experiments import raw_article
from tests.engine.server.test_server import Window, serving

SPEC = check(raw_article())
PLAN = SweepPlan(0, (SweepAxis(("lr",), (0.1, 0.2)),), (), 10)
NOTHING = np.empty(0)


def surface(job: int, generation: int = 1) -> StartSurface:
    return StartSurface(generation, job, RandomPlane())


def sweep(job: int) -> StartSweep:
    return StartSweep(job, SPEC, PLAN)


def report(job: int, generation: int = 1) -> MakeReport:
    return MakeReport(generation, job, {}, ())


class Work:
    """Jobs that are done in four looks up: two of them with a part. What became of each is written down."""

    def __init__(self) -> None:
        self.looks: list[int] = []
        self.closed: list[int] = []
        self.endless: set[int] = set()
        self.breaks: set[int] = set()
        self.breaks_at_the_end: set[int] = set()
        self.surfaces: list[SurfacePart | None] = []

    def make(self, command: Any, _: Lockstep | None, newest: SurfacePart | None) -> Iterator[JobAnswer | None]:
        self.surfaces.append(newest)
        return self._work(command)

    def _work(self, command: Any) -> Iterator[JobAnswer | None]:
        job = command.job
        try:
            yield from self._looks(command)
        finally:
            self.closed.append(job)
            if job in self.breaks_at_the_end:
                raise RuntimeError(f"job {job} does not end well")

    def _looks(self, command: Any) -> Iterator[JobAnswer | None]:
        job = command.job
        for look in (1, 2, 3, 4):
            self.looks.append(job)
            if job in self.breaks and look == 3:
                raise RuntimeError(f"job {job} breaks")
            while job in self.endless and look == 3:
                self.looks.append(job)
                yield None
            yield part_of(command, look / 4) if look % 2 == 0 else None


def part_of(command: Any, done: float) -> JobAnswer | None:
    state = "finished" if done == 1 else "running"
    if isinstance(command, StartSurface):
        return SurfacePart(1, command.job, command.plane, NOTHING, NOTHING, NOTHING, done, state, None, (0.0, 0.0))
    if isinstance(command, StartSweep):
        return SweepPart(command.job, PLAN, int(done * 10), NOTHING, NOTHING, NOTHING, 0.0, state)
    return Report(command.job, "<html>") if done == 1 else None


class Shop:
    """A job queue without a clock: each ``work`` is a look up of one job."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.works = Work()
        self.shop = JobQueue(self.sent.append, self.works.make)
        self.run = Lockstep(SPEC)

    def take(self, *commands: Any, run: bool = True) -> None:
        for command in commands:
            self.shop.take(command, self.run if run else None)

    def finish(self) -> None:
        while self.shop.is_busy:
            self.shop.work(beside_run=False)

    def told(self) -> list[tuple[int, str]]:
        return [(answer.job, getattr(answer, "state", type(answer).__name__)) for answer in self.sent]


def test_a_job_tells_its_parts_and_is_done() -> None:
    shop = Shop()
    shop.take(surface(1))
    shop.finish()
    assert shop.told() == [(1, "running"), (1, "finished")]
    assert shop.works.closed == [1]
    shop.take(PauseJob(1), ResumeJob(1), CancelJob(1), CancelJob(99))
    assert len(shop.sent) == 2, "what is done, or was never begun, is not told of again"
    assert shop.shop.surface == shop.sent[-1]


@pytest.mark.parametrize("command", [CancelJob(1), PauseJob(1), surface(2)], ids=str)
def test_a_job_that_has_just_told_its_last_part_tells_nothing_else(command: Any) -> None:
    shop = Shop()
    shop.take(surface(1))
    for _ in range(4):
        next_look(shop)
    shop.take(command)
    assert [state for job, state in shop.told() if job == 1] == ["running", "finished"]


def test_several_take_turns() -> None:
    shop = Shop()
    shop.take(sweep(1), sweep(2), report(3))
    shop.finish()
    assert shop.works.looks == [1, 2, 3] * 4
    assert shop.told()[-3:] == [(1, "finished"), (2, "finished"), (3, "Report")]


def test_a_paused_job_is_told_of_once_and_rests_until_it_is_resumed() -> None:
    shop = Shop()
    shop.works.endless = {1}
    shop.take(sweep(1))
    shop.shop.work(beside_run=False)
    shop.take(PauseJob(1), PauseJob(1))
    looks = len(shop.works.looks)
    assert not shop.shop.is_busy
    shop.shop.work(beside_run=False)
    assert len(shop.works.looks) == looks
    shop.works.endless = set()
    shop.take(ResumeJob(1), ResumeJob(1))
    shop.finish()
    assert shop.told() == [(1, "running"), (1, "paused"), (1, "running"), (1, "finished")]


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("command", [surface(1), sweep(1)], ids=["surface", "sweep"])
def test_a_cancelled_job_is_closed_and_tells_what_it_had(command: Any, begun: bool, paused: bool) -> None:
    shop = Shop()
    shop.works.endless = {1}
    shop.take(command)
    if begun:
        shop.shop.work(beside_run=False)
    if paused:
        shop.take(PauseJob(1))
    shop.take(CancelJob(1))
    assert shop.told() == [(1, "running")] * begun + [(1, "paused")] * paused + [(1, "cancelled")]
    assert shop.works.closed == [1] * begun
    assert not shop.shop.is_busy


def test_a_number_given_again_is_another_job_and_not_paused() -> None:
    shop = Shop()
    shop.take(sweep(1), PauseJob(1), sweep(1))
    shop.finish()
    assert shop.told() == [(1, "paused"), (1, "cancelled"), (1, "running"), (1, "finished")]


def test_an_error_is_told_and_others_go_on() -> None:
    shop = Shop()
    shop.works.breaks = {1}
    shop.take(sweep(1), sweep(2))
    shop.finish()
    assert shop.told() == [(1, "running"), (2, "running"), (1, "JobFailed"), (2, "finished")]
    (failed,) = (answer for answer in shop.sent if isinstance(answer, JobFailed))
    assert failed.fault is None
    assert "RuntimeError: job 1 breaks" in failed.detail


def test_an_error_in_a_job_that_is_closed_is_told_too() -> None:
    shop = Shop()
    shop.works.endless = shop.works.breaks_at_the_end = {1}
    shop.take(sweep(1))
    shop.shop.work(beside_run=False)
    shop.take(CancelJob(1))
    assert shop.told() == [(1, "running"), (1, "JobFailed")]
    assert not shop.shop.is_busy


def test_a_fault_that_a_job_tells_is_its_end() -> None:
    sent: list[Any] = []
    fault = JobFailed(1, Fault(("plan",), "empty"))
    shop = JobQueue(sent.append, lambda *_: iter([fault, None, None]))
    shop.take(sweep(1), None)
    while shop.is_busy:
        shop.work(beside_run=False)
    assert sent == [fault]


def test_what_needs_a_run_is_refused_without_one_and_a_sweep_is_not() -> None:
    shop = Shop()
    shop.take(surface(1), report(2), sweep(3), run=False)
    shop.finish()
    assert shop.told() == [(1, "JobFailed"), (2, "JobFailed"), (3, "running"), (3, "finished")]
    assert [answer.fault.code for answer in shop.sent[:2]] == ["no_run"] * 2


def test_a_surface_takes_the_place_of_the_one_before_and_a_sweep_stays() -> None:
    shop = Shop()
    shop.works.endless = {1, 3}
    shop.take(surface(1), sweep(3))
    shop.shop.work(beside_run=False)
    shop.take(surface(2))
    assert shop.shop.surface is None
    shop.works.endless = set()
    shop.finish()
    assert (1, "cancelled") in shop.told()
    assert {(2, "finished"), (3, "finished")} <= set(shop.told())
    shop.take(report(4))
    assert shop.works.surfaces[-1] == shop.shop.surface
    assert shop.shop.surface is not None
    assert shop.shop.surface.job == 2


def test_with_its_run_a_surface_and_a_report_end_and_a_sweep_goes_on() -> None:
    shop = Shop()
    shop.works.endless = {1, 2, 3}
    shop.take(surface(1), report(2), sweep(3))
    shop.shop.work(beside_run=False)
    shop.shop.end_run()
    shop.works.endless = set()
    shop.finish()
    assert sorted(shop.works.closed) == [1, 2, 3]
    assert [told for told in shop.told() if told[1] != "running"] == [(1, "cancelled"), (3, "finished")]
    assert shop.shop.surface is None


class Count(NamedTuple):
    """The command of a job that is in no list."""

    job: int
    to: int


def test_another_kind_of_job_is_an_entry_and_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def counting(command: Count, *_: object) -> Iterator[JobAnswer | None]:
        yield from (Report(command.job, f"{number}") for number in range(1, command.to + 1))

    monkeypatch.setitem(JOBS, Count, JobKind(counting, is_single=True))
    sent: list[Any] = []
    shop = JobQueue(sent.append)
    command: Any = Count
    for job in (1, 2):
        shop.take(command(job, 3), None)
    while shop.is_busy:
        shop.work(beside_run=False)
    assert sent == [Report(2, "1"), Report(2, "2"), Report(2, "3")], "the first gave its place up"


def test_beside_a_run_jobs_have_their_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("engine.pace.time.perf_counter", lambda: now[0])
    share, spent = TimeBudget(0.2), 0.0
    while now[0] < 200:
        if share.is_due:
            now[0] += 0.01
            spent += 0.01
            share.took(0.01)
        now[0] += 0.002
    assert 17 < spent < 20.1


COMMANDS = st.sampled_from(["surface", "sweep", "report", "pause", "resume", "cancel", "work", "end"])


@examples(60)
@given(moves=st.lists(st.tuples(COMMANDS, st.integers(1, 6)), max_size=40), broken=st.sets(st.integers(1, 40)))
def test_whatever_is_asked_for_each_job_ends_once_and_says_so(moves: list[tuple[str, int]], broken: set[int]) -> None:
    shop = Shop()
    shop.works.breaks, begun = broken, {}
    for number, (what, job) in enumerate(moves, start=1):
        if what in ("surface", "sweep", "report"):
            begun[number] = {"surface": surface, "sweep": sweep, "report": report}[what](number)
            shop.take(begun[number])
        elif what == "work":
            next_look(shop)
        elif what == "end":
            shop.shop.end_run()
        else:
            shop.take({"pause": PauseJob, "resume": ResumeJob, "cancel": CancelJob}[what](job))
    for number in begun:
        shop.take(ResumeJob(number))
    shop.finish()
    ends = [job for job, state in shop.told() if state in ("finished", "cancelled", "JobFailed", "Report")]
    assert len(ends) == len(set(ends))
    silent = {job for job, command in begun.items() if isinstance(command, MakeReport)}
    assert set(begun) - silent <= set(ends), "only a report that was given up ends in silence"
    for job in begun:
        states = [state for told, state in shop.told() if told == job]
        assert all(state in ("running", "paused") for state in states[:-1])


def next_look(shop: Shop) -> None:
    """A slice that is over after one look up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.server.job_queue.SLICE", 0.0)
        shop.shop.work(beside_run=False)


# --- in the engine's process ---------------------------------------------------------------------


@pytest.fixture
def works() -> Work:
    return Work()


@pytest.fixture
def window(works: Work) -> Iterator[Window]:
    with serving(works.make) as window:
        yield window


def test_before_the_first_load_only_a_sweep_can_be_had(window: Window) -> None:
    window.send(surface(1), sweep(2))
    assert window.next(JobFailed).fault.code == "no_run"
    assert window.next(SweepPart).job == 2


def test_jobs_and_a_run_go_on_side_by_side_and_a_broken_job_harms_no_run(window: Window, works: Work) -> None:
    works.endless, works.breaks = {1}, {2}
    window.load()
    window.send(surface(1), Run(1))
    window.frame_when(lambda frame: frame.step > 100)
    window.send(sweep(2))
    assert "breaks" in window.next(JobFailed).detail
    looks = len(works.looks)
    step = window.frame().step
    window.frame_when(lambda frame: frame.step > step + 100 and len(works.looks) > looks)
    window.send(PauseJob(1))
    assert window.next(SurfacePart).job == 1
    window.send(CancelJob(1))
    while window.next(SurfacePart).state != "cancelled":
        pass
    assert window.frame().running


def test_another_load_cancels_the_surface_and_leaves_the_sweep(window: Window, works: Work) -> None:
    works.endless = {1, 2}
    window.load()
    window.send(surface(1), sweep(2), Load(2, SPEC))
    cancelled = window.next(SurfacePart)
    while cancelled.state != "cancelled":
        cancelled = window.next(SurfacePart)
    window.next(Loaded)
    works.endless = set()
    while window.next(SweepPart).state != "finished":
        pass
    window.send(surface(3, generation=1))
    assert window.next(JobFailed).job == 3
    window.send(surface(4, generation=2), FrameRequest(2, None, None))
    assert window.next(SurfacePart).job == 4


def test_with_the_window_all_jobs_end(works: Work) -> None:
    works.endless = {1, 2}
    with serving(works.make) as window:
        window.load()
        window.send(surface(1), sweep(2))
        window.next(SurfacePart)
        window.next(SweepPart)
        window.send(PauseJob(2))
        while window.next(SweepPart).state != "paused":
            pass
    assert sorted(works.closed) == [1, 2]
