"""How a recorded step's values and torch's agree: bit for bit, within rounding, drifting, or not at all."""

from functools import cached_property

from engine.judge import differences, stage_of
from engine.parity import differing, distance
from engine.protocol import Distance, StageVerdict

from .trace import Trace

WORST_FIRST: tuple[StageVerdict, ...] = ("differs", "drift", "rounding", "equal")


class Verdicts:
    """Distances and verdicts by name; each is worked out when it is asked for."""

    def __init__(self, trace: Trace):
        self._trace = trace
        self._distances: dict[str, Distance] = {}
        self._verdicts: dict[str, StageVerdict] = {}

    def distance(self, name: str) -> Distance:
        """Of a name that both sides have."""
        if name not in self._distances:
            assert self._trace.torch is not None
            self._distances[name] = distance(self._trace.diy[name], self._trace.torch[name], name)
        return self._distances[name]

    def verdict(self, name: str) -> StageVerdict:
        """Of a name that both sides have."""
        if name not in self._verdicts:
            self._verdicts[name] = self._judge(name)
        return self._verdicts[name]

    def _judge(self, name: str) -> StageVerdict:
        trace = self._trace
        assert trace.torch is not None
        if self.distance(name).max_abs == 0:
            return "equal"
        if not any(differing({name: trace.diy[name]}, {name: trace.torch[name]}, trace.spec.dtype)):
            return "rounding"
        return "differs" if name in self.differing else "drift"

    @cached_property
    def differing(self) -> list[str]:
        """What comes out different when both backends take this step from torch's state, in order."""
        trace = self._trace
        if trace.twin is None:
            return []
        return differences(trace.spec, trace.entry, trace.twin.before, trace.batch)[0]

    def of_stage(self, stage: str) -> tuple[Distance | None, StageVerdict]:
        """The largest distance of a stage's own values, and their worst verdict."""
        names = self.names_of(stage)
        if not names:
            return None, "alone"
        found = {self.verdict(name) for name in names}
        worst: StageVerdict = next(verdict for verdict in WORST_FIRST if verdict in found)
        return max(map(self.distance, names), key=lambda apart: (apart.max_abs, apart.ulps)), worst

    def names_of(self, stage: str) -> list[str]:
        """What arises in a stage and both sides have.

        An optimizer of all weights at once has a single stage: what would arise in another one is of the last.
        """
        torch = self._trace.torch or {}
        stages = [span.name for span in self._trace.plot.stages]
        arising = ((name, stage_of(name)) for name in self._trace.recorded if name in torch)
        return [name for name, home in arising if stage == (home if home in stages else stages[-1])]
