"""What the own code of a network's parts was found to be, and what both sides take of it."""

from typing import NamedTuple

from engine.spec import ExperimentSpec, Fault
from engine.spec.faults import Path as FaultPath
from engine.verify import Record


class SettledParts(NamedTuple):
    """Hold an experiment with the numbers that both sides of its network take, and what its own parts are.

    ``records`` are by the parts' paths.
    """

    spec: ExperimentSpec
    records: dict[FaultPath, Record]
    notes: list[str]
    faults: list[Fault]
