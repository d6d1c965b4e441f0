"""A run written to a session's file, and another that takes it up: for more than one test."""

from pathlib import Path

from engine.kept_run.files import file_members, read_past, read_start
from engine.kept_run.gather import gather
from engine.kept_run.take_up import take_up
from engine.run.lockstep import Lockstep
from engine.session_file import zip_pieces

BUDGET = 1 << 24


def written(run: Lockstep, file: Path) -> Path:
    part, _ = gather(run)
    file.write_bytes(b"".join(zip_pieces(file_members(part, run.changes.first))))
    return file


def taken_up(place: Path) -> Lockstep:
    past = read_past(place)
    run = Lockstep(read_start(place), budget=BUDGET, changes=past.changes, judge_at_once=False)
    run.start_watching()
    take_up(run, past)
    run.seek(past.step)
    return run


def state_of(run: Lockstep) -> tuple[object, ...]:
    """All that is recorded of a run and where its lanes stand, to the bit."""
    record = run.run_record
    assert record is not None
    lanes = [[tensor.tobytes() for tensor in one.lane.weights()] for one in run.lanes]
    series = [record.bundle.values.tobytes(), *(one.values.tobytes() for one in record.rates.values())]
    series += [one.values.tobytes() for one in record.evaluations.values()]
    known = [one.known for one in (record.training, record.test) if one is not None]
    series += [one.tobytes() for one in known if one is not None]
    branches = [(one.branch, [curve.values.tobytes() for curve in one.losses]) for one in run.branches]
    return run.step, run.newest, lanes, series, branches, tuple(run.changes), repr(run.parity())
