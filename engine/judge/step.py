"""A DIY step as the judge has it: recorded, with the states before it and after."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.recording.recorded_step import RecordedStep


class Step(NamedTuple):
    """Hold a DIY step as recorded: its values by name, and the states of each weight before it and after.

    ``narrow`` names what own code made of it in a lesser precision than it was handed.
    """

    own: RecordedStep
    before: Sequence[Mapping[str, Any]]
    after: Sequence[Mapping[str, Any]]
    narrow: frozenset[str] = frozenset()

    def get(self, name: str) -> Any:
        return self.own.named.get(name)
