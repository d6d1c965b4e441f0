"""A lane's weights as a file of its own: in Lockstep's names for NumPy, in those of torch's modules for torch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from numpy import ndarray as Array

from engine.lane.lane import Lane
from engine.spec import ExperimentSpec

from .number_files import Format, packed
from .weight_names import sequential_names


class Named(Protocol):
    """Have the names of the weights that each lane trains, in their order."""

    @property
    def names(self) -> Sequence[str]: ...


def kept_by(run: Named, lane: Lane) -> dict[str, Array]:
    """Return a lane's weights and running averages where it stands, by our names."""
    return {**dict(zip(run.names, lane.weights(), strict=True)), **lane.buffers()}


def named_for(format_: Format, spec: ExperimentSpec, kept: dict[str, Array]) -> dict[str, Array]:
    """Return weights by the names that they have in a format.

    An ``.npz`` has ours, ``layer1.weight``; the others those of ``nn.Sequential``, ``0.weight``, which then loads it.
    """
    if format_ == "npz":
        return kept
    names = sequential_names(spec)
    return {names[name]: array for name, array in kept.items()}


def packed_weights(spec: ExperimentSpec, kept: dict[str, Array], format_: Format) -> bytes:
    """Return the content of a file of a lane's weights, given by our names, in a format."""
    return packed(named_for(format_, spec, kept), format_)


def write_weights(spec: ExperimentSpec, kept: dict[str, Array], file: Path, format_: Format) -> None:
    """Write a lane's weights, given by our names, in a format. Raises OSError."""
    file.write_bytes(packed_weights(spec, kept, format_))
