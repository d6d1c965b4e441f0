"""A run takes up what was written down of an earlier one, and what was changed of that since."""

from engine.kept_run.past import Part
from engine.kept_run.take_up import take_up
from engine.protocol import Future, Load, TakenUp
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged
from engine.spec import ExperimentError, Fault


def taken_up(load: Load, run: Lockstep, past: Part) -> tuple[TakenUp, tuple[Future, ...]]:
    """Give ``run``, which was just begun, its past; it stands anywhere in it then.

    Return what it has, and the branches that are to be taken once more. Raises ExperimentError.
    """
    try:
        take_up(run, past)
    except Damaged as error:
        raise ExperimentError([Fault((), error.code, error.fields)]) from None
    step = past.step
    missing = _brought_up_to_date(load, run) if load.known else ()
    step = min(step, run.newest)
    again = _steps_again(run, step)
    futures = (*(one.future for one in run.branches), *missing)
    return TakenUp(step, run.newest, tuple(run.changes.as_typed()), futures, *again), missing


def _brought_up_to_date(load: Load, run: Lockstep) -> tuple[Future, ...]:
    """Bring a run that was written down before its last forks to what the window knows of it.

    What came after the first that differs is forgotten: it is taken again. Return the branches that are missing.
    """
    wanted = {future.branch.number for future in load.futures}
    for number in [one.branch.number for one in run.branches if one.branch.number not in wanted]:
        run.branches.remove(number)
    known = {one.branch.number for one in run.branches}
    missing = tuple(future for future in load.futures if future.branch.number not in known)
    had = tuple(run.changes.as_typed())
    new = [change for change in load.changes if change not in had]
    differs = [change.step for change in (*new, *(one for one in had if one not in load.changes))]
    differs += [future.branch.start for future in missing]
    if differs:
        run.seek(min(*differs, run.newest))
        run.forget_future(new)
    return missing


def _steps_again(run: Lockstep, step: int) -> tuple[int, float]:
    """Return how many steps are taken once more to stand after ``step``, and about how long that takes."""
    assert run.checkpoints is not None
    assert run.run_record is not None
    if step == 0:
        return 0, 0.0
    begin = run.checkpoints.nearest(step - 1).step
    times = run.run_record.compute_time
    seconds = sum(
        float(times.seconds(lane, [step])[0] - times.seconds(lane, [begin])[0]) for lane in range(len(run.lanes))
    )
    return step - begin, seconds
