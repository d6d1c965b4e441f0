"""Where training starts: weights drawn from a seed, given with the experiment, or in a file of their own."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag

from .data import RowsOrRow
from .part import Part, Seed

FileName = Annotated[str, Field(min_length=1, max_length=4096)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class SeedStart(Part):
    """Draw weights as ``torch.manual_seed(seed)`` and torch's modules, made one after another, draw them."""

    seed: Seed = 0


class GivenStart(Part):
    """Hold weights by torch's names: ``layer1.weight`` (outputs × inputs), ``layer1.bias`` (outputs).

    Running averages may stand beside them, ``layer2.running_mean``; a number by itself as a list of one. Weights that
    were read from a file know it as ``read_from``, which is not written with them.
    """

    weights: dict[str, RowsOrRow]
    _read_from: "FileStart | None" = PrivateAttr(None)

    @property
    def read_from(self) -> "FileStart | None":
        return self._read_from

    def of_file(self, file: "FileStart") -> "GivenStart":
        """Return them as those that were read from a file."""
        found = self.model_copy()
        found._read_from = file
        return found


class FileStart(Part):
    """Take weights from ``file``, relative to the experiment's: an ``.npz``, ``.safetensors``, or torch ``state_dict``.

    ``by``: arrays are known by their names, or taken in their order. ``lane`` says which of several that the file has,
    as ``weights.npz`` of a run. ``sha256`` is that of the file as it was chosen.
    """

    file: FileName
    sha256: Annotated[Sha256 | None, Field(exclude_if=lambda value: value is None)] = None
    lane: Annotated[FileName | None, Field(exclude_if=lambda value: value is None)] = None
    by: Annotated[Literal["name", "order"], Field(exclude_if=lambda by: by == "name")] = "name"

    def beside(self, folder: Path) -> "FileStart":
        """Return it with the file's whole path, as seen from ``folder``."""
        return self.model_copy(update={"file": str(folder / self.file)})

    def named(self) -> "FileStart":
        """Return it by the file's name alone: the same start, wherever that lies."""
        return self.model_copy(update={"file": Path(self.file).name})


def _kind_of(start: Any) -> str:
    for kind, part in (("weights", GivenStart), ("file", FileStart)):
        if isinstance(start, part) or (isinstance(start, dict) and kind in start):
            return f"#{kind}"
    return "#seed"


Start = Annotated[
    Annotated[SeedStart, Tag("#seed")] | Annotated[GivenStart, Tag("#weights")] | Annotated[FileStart, Tag("#file")],
    Discriminator(_kind_of),
]
