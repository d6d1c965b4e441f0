"""A file of weights for each lane, beside ``weights.npz``, which has those of all lanes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.backends.number_files import SUFFIXES, Format
from engine.spec import ExperimentSpec

if TYPE_CHECKING:
    from engine.run.lockstep import Lockstep


def file_of(label: str, side: str, format_: Format) -> str:
    """Return what the file of a lane's weights is called: ``weights-<label>-<backend>.pt``."""
    return f"weights-{label}-{side}.{SUFFIXES[format_]}"


def weight_files(spec: ExperimentSpec, formats: Sequence[Format]) -> list[str]:
    """List the files that ``weight_writers`` writes."""
    return [file_of(label, side, format_) for format_ in formats for label, side in _lanes(spec)]


def _lanes(spec: ExperimentSpec) -> Iterator[tuple[str, str]]:
    for entry, (label, one) in enumerate(zip(spec.labels, spec.optimizers, strict=True)):
        yield from ((label, spec.side(entry, backend)) for backend in one.backends)


def weight_writers(run: "Lockstep", formats: Sequence[Format]) -> dict[str, Callable[["Lockstep", Path], None]]:
    """Return by each file's name what writes it."""
    from engine.backends.weights_out import kept_by, write_weights

    def write(place: int, format_: Format) -> Callable[["Lockstep", Path], None]:
        return lambda run, path: write_weights(run.spec, kept_by(run, run.lanes[place].lane), path, format_)

    lanes = list(enumerate(_lanes(run.spec)))
    return {
        file_of(label, side, format_): write(place, format_)
        for format_ in dict.fromkeys(formats)
        for place, (label, side) in lanes
    }
