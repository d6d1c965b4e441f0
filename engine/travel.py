"""Going back and forth in a run a part at a time, so that whoever steps can look at the mail in between."""

from collections.abc import Generator

from engine.lockstep import Lockstep
from engine.watch import Hit

Travel = Generator[None, None, Hit | None]  # ends at what was looked for, if anything was


def seeking(run: Lockstep, step: int) -> Travel:
    """Stand after the recorded step ``step``."""
    step = min(max(step, 0), run.newest)
    run.rewind(step)
    while run.step < step:
        run.replay(min(run.block, step - run.step))
        yield
    return None


def searching_back(run: Lockstep, step: int) -> Travel:
    """Stand before the last step before ``step`` that a breakpoint holds in; at the start where none does.

    The run between two checkpoints is taken again, the newest stretch first. Closed early, it stands anywhere.
    A stretch's first step is looked at once more at the end of the stretch before, where the step before it is known.
    """
    assert run.history is not None
    end = min(step - 1, run.newest)
    for begin in reversed(run.history.steps):
        if begin >= end:
            continue
        found: Hit | None = None
        for hit in run.look_through(begin, end, step):
            found = hit or found
            yield
        if found is not None:
            yield from seeking(run, found.step - 1)
            return found
        end = begin + 1
    yield from seeking(run, 0)
    return None
