"""The files of numbers that an experiment names, read before it runs: the engine sees the numbers alone."""

from typing import NamedTuple

from engine.spec import ExperimentSpec, Fault

from .given_start import with_start


class NumbersRead(NamedTuple):
    """Hold an experiment with the numbers of its files; ``changed`` tells of those that are not as they were chosen."""

    spec: ExperimentSpec
    changed: tuple[Fault, ...] = ()


def with_numbers(spec: ExperimentSpec) -> NumbersRead:
    """Return the experiment with what stands in the files that it names. Raises ExperimentError with faults.

    Their paths are whole, or as seen from where the program runs.
    """
    spec, is_changed = with_start(spec)
    changed = (Fault(("start", "file"), "file_changed"),) if is_changed else ()
    return NumbersRead(spec, changed)
