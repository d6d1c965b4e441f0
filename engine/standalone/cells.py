"""What a script or a notebook is made of: pieces of code, each under a line that says what it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from engine.spec import ExperimentSpec, OptimizerSpec

Backend = Literal["diy", "torch"]


Changes = Sequence[tuple[int, Mapping[str, Any]]]  # after which steps an entry had other hyperparameters, and which
PRINTED = "print(repr({loss}))"  # what a script does with a step's loss


class Asked(NamedTuple):
    """Hold what a script is to do: so many steps of an entry of the experiment, with ``changes`` on the way.

    ``tell`` is done with the loss of each step. ``place`` is the entry's in the experiment. ``is_careful``: what own
    code gives back is put into the run's precision, and what it is handed is copied. ``is_apart``: each part of the
    network has a module of its own, as its globals may be remembered.
    """

    spec: ExperimentSpec
    entry: OptimizerSpec
    steps: int
    changes: Changes = ()
    tell: str = PRINTED
    place: int = 0
    is_careful: bool = False
    is_apart: bool = False


class Cell(NamedTuple):
    """Hold a piece of code, which is written under its title."""

    title: str
    code: str


def script_text(about: str, imports: Iterable[str], cells: Sequence[Cell]) -> str:
    """Return a script: a docstring, imports, and each cell under its title as a comment."""
    parts = [f'"""{about}\n"""', imports_text(imports)]
    parts += [f"# {cell.title}\n{cell.code}" for cell in cells]
    return "\n\n\n".join(without_blanks(part) for part in parts) + "\n"


def without_blanks(code: str) -> str:
    """Return code without blanks at the ends of lines, and without empty lines around it."""
    return "\n".join(line.rstrip() for line in code.splitlines()).strip("\n")


def imports_text(imports: Iterable[str]) -> str:
    """Return imports in order: those of Python, and behind them those of packages."""
    own, packages = [], []
    for line in sorted(set(imports)):
        is_package = line.split()[1].partition(".")[0] in ("numpy", "scipy", "torch")
        (packages if is_package else own).append(line)
    return "\n\n".join("\n".join(_ordered(lines)) for lines in (own, packages) if lines)


def _ordered(lines: list[str]) -> list[str]:
    return sorted(lines, key=lambda line: (line.startswith("from"), line))
