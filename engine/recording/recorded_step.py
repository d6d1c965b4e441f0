"""What a recorded step of the DIY lane gives."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .recorder import Recording
from .stages import StepStages


class RecordedStep(NamedTuple):
    """Hold a step of the DIY lane, recorded line by line: ``named`` are the very objects that were recorded.

    ``hyper`` is the optimizer's ``Hyper`` that was in force; of groups of parameters each weight's, by name. Where
    somebody's own program has logged the step, ``logged`` has its numbers by the values' names, and ``handed`` the
    gradients that the update was recorded with in the place of those in ``named``.
    """

    recording: Recording
    stages: StepStages
    named: dict[str, Any]
    hyper: Any
    logged: Mapping[str, Any] = MappingProxyType({})
    handed: Mapping[str, Any] = MappingProxyType({})

    def hyper_of(self, weight: str) -> Any:
        """Return the ``Hyper`` by which a weight was moved."""
        return self.hyper[weight] if isinstance(self.hyper, dict) else self.hyper
