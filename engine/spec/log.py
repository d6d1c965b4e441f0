"""Numbers that somebody's own program has logged step by step: they stand in DIY's place, beside torch's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy import ndarray as Array
from pydantic import Field, PrivateAttr

from .part import Part
from .start import FileName, Sha256


class LogSpec(Part):
    """Name a log: ``file`` is relative to the experiment's, an ``.npz`` or a ``.csv`` with a row for each step.

    ``sha256`` is that of the file as it was chosen.
    """

    file: FileName
    sha256: Annotated[Sha256 | None, Field(exclude_if=lambda value: value is None)] = None
    _numbers: "Logged | None" = PrivateAttr(None)

    @property
    def numbers(self) -> "Logged":
        """Return what the file holds. Raises LookupError where it was not read yet."""
        if self._numbers is None:
            raise LookupError(self.file)
        return self._numbers

    @property
    def is_read(self) -> bool:
        return self._numbers is not None

    def with_numbers(self, numbers: "Logged") -> "LogSpec":
        """Return it with what the file holds, which is never written back."""
        found = self.model_copy()
        found._numbers = numbers  # of its own kind
        return found

    def beside(self, folder: Path) -> "LogSpec":
        """Return it with the file's whole path, as seen from ``folder``."""
        return self.model_copy(update={"file": str(folder / self.file)})

    def named(self) -> "LogSpec":
        """Return it by its file's name alone, and without the numbers: the same log, wherever it lies."""
        return LogSpec(file=Path(self.file).name, sha256=self.sha256)


class Logged:
    """Hold a log's numbers by the names of a step's values, steps first: ``loss``, ``layer1.weight.grad`` …

    A row k is of step k + 1: loss and gradients before its update, weights and what the optimizer keeps after it.
    ``precision`` is that in which they were made. ``halves``: how much a number may have lost when it was written, half
    a unit of the last digit, 0 where all digits are there. Equal are those read from the same file's content.
    """

    def __init__(self, values: Mapping[str, Array], precision: str, sha256: str, halves: Mapping[str, float]):
        self.values, self.precision, self.sha256, self.halves = dict(values), precision, sha256, dict(halves)

    def __len__(self) -> int:
        return len(next(iter(self.values.values())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Logged) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def at(self, name: str, step: int, dtype: str) -> Array | None:
        """Return a value of step ``step``, from 1, in a precision; None where it was not logged."""
        values = self.values.get(name)
        return None if values is None else values[step - 1].astype(np.dtype(dtype))
