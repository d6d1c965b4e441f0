"""Branches of an earlier run taken once more, a part at a time, beside the run that repeats it."""

import time
from collections.abc import Iterator, Sequence

from engine.pace import SLICE
from engine.protocol import Future
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec

MOST_AT_ONCE = 4096  # steps between two looks up


def taken_again(spec: ExperimentSpec, futures: Sequence[Future], run: Lockstep) -> Iterator[None]:
    """Give ``run``, begun with ``spec``, these branches: bit for bit as they were, one after the other."""
    run.branches.reserve(max(future.branch.number for future in futures))
    for future in futures:
        branch = future.branch
        again = _alone(spec, future)
        count = 1
        while again.step < branch.end:
            began = time.perf_counter()
            again.advance(min(count, branch.end - again.step))
            took = time.perf_counter() - began
            count = max(count // 2, 1) if took > SLICE else min(2 * count, MOST_AT_ONCE)
            yield
        run.branches.bring_back(future, again.series)


def _alone(spec: ExperimentSpec, future: Future) -> Lockstep:
    """Return a run of the branch's optimizer entry: the others have no part in its losses."""
    entry = future.branch.entry
    own = spec.model_copy(update={"optimizers": (spec.optimizers[entry],), "breakpoints": ()})
    changes = [change._replace(entry=0) for change in future.changes if change.entry == entry]
    return Lockstep(own, parity=False, changes=changes)
