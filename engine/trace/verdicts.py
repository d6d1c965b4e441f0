"""How a recorded step's values and torch's agree: bit for bit, within rounding, or not, by the judge of pairs."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from engine.judge.hearing import Wrong
from engine.judge.judge import hearings
from engine.judge.parts import without_turns
from engine.lane.stage import stage_of
from engine.parity.distances import distance
from engine.protocol import Distance, StageVerdict

from .trace import Trace

WORST_FIRST: tuple[StageVerdict, ...] = ("differs", "unstable", "not_finite", "rounding", "equal")


class Verdicts:
    """Give distances and verdicts by name; each is computed when it is asked for."""

    def __init__(self, trace: Trace):
        self._trace = trace
        self._distances: dict[str, Distance] = {}

    def distance(self, name: str) -> Distance:
        """Measure the distance of a value that both sides have, by its name."""
        if name not in self._distances:
            assert self._trace.torch is not None
            self._distances[name] = distance(self._trace.diy[name], self._trace.torch[name], name)
        return self._distances[name]

    def verdict(self, name: str) -> StageVerdict:
        """Judge a value that both sides have, by its name."""
        trace = self._trace
        assert trace.torch is not None
        if name in self._wrong:
            return "unstable" if self._wrong[name].unstable else "differs"
        if not (np.isfinite(trace.diy[name]).all() and np.isfinite(trace.torch[name]).all()):
            return "not_finite"
        return "equal" if self.distance(name).max_abs == 0 else "rounding"

    @property
    def wrong(self) -> Sequence[Wrong]:
        """Return all that is more than rounding apart where DIY steps from torch's state, in the step's order."""
        return list(self._wrong.values())

    @cached_property
    def _wrong(self) -> dict[str, Wrong]:
        trace = self._trace
        if trace.twin is None:
            return {}
        every = hearings(trace.spec, trace.entry, trace.twin.before, trace.batch, 0, everything=True)
        found: dict[str, Wrong] = {}
        for wrong in (*without_turns(every).wrong, *trace.updates):
            found.setdefault(wrong.name, wrong)
        return found

    def of_stage(self, stage: str) -> tuple[Distance | None, StageVerdict]:
        """Return the largest distance of a stage's own values, and their worst verdict."""
        names = self.names_of(stage)
        if not names:
            return None, "alone"
        found = {self.verdict(name) for name in names}
        inside = (wrong for wrong in self.wrong if stage_of(wrong.name) == stage)  # LBFGS's tries, say, have no name
        found |= {"unstable" if wrong.unstable else "differs" for wrong in inside}
        worst: StageVerdict = next(verdict for verdict in WORST_FIRST if verdict in found)
        return max(map(self.distance, names), key=lambda apart: (apart.max_abs, apart.ulps)), worst

    def names_of(self, stage: str) -> list[str]:
        """Name what arises in a stage and both sides have.

        An optimizer of all weights at once has a single stage: what would arise in another one is of the last.
        """
        torch = self._trace.torch or {}
        stages = [span.name for span in self._trace.stages.spans]
        arising = ((name, stage_of(name)) for name in self._trace.recorded if name in torch)
        return [name for name, home in arising if stage == (home if home in stages else stages[-1])]
