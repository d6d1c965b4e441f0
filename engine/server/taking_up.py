"""A run takes up what was written down of an earlier one, and what was changed of that since."""

from engine.kept_run.past import Part
from engine.kept_run.take_up import take_up
from engine.protocol import Change, Load, TakenUp
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged
from engine.spec import ExperimentError, Fault


def taken_up(load: Load, run: Lockstep, past: Part) -> TakenUp:
    """Give ``run``, which was just begun, its past; it stands anywhere in it then. Raises ExperimentError."""
    try:
        take_up(run, past)
    except Damaged as error:
        raise ExperimentError([Fault((), error.code, error.fields)]) from None
    step = past.step
    for change in (one for one in load.changes if one not in past.changes):
        step = _made(run, change) or step
    again = _steps_again(run, step)
    return TakenUp(step, run.newest, tuple(run.changes), tuple(one.future for one in run.branches), *again)


def _made(run: Lockstep, change: Change) -> int | None:
    """Make a change that was made after the last part was written; return where the run stands for it."""
    if change.step >= run.newest or change.code:
        run.changes.add(change)
        return None
    run.seek(change.step)
    run.set_params(change.entry, change.params)
    return change.step


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
