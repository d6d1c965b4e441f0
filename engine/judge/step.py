"""A DIY step as the judge has it: recorded, with the states before it and after."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.recording.recorded_step import RecordedStep


class Step(NamedTuple):
    """A DIY step as it was recorded: its values by name, and the states before it and after, of each weight."""

    own: RecordedStep
    before: Sequence[Mapping[str, Any]]
    after: Sequence[Mapping[str, Any]]

    def get(self, name: str) -> Any:
        return self.own.named.get(name)
