"""A person's own code in an experiment, as data: nothing in here runs it, nor looks whether it is Python."""

import re
from pathlib import PurePath
from typing import Annotated, Any, NamedTuple

from pydantic import Field, model_serializer

from .part import Part

NOTEBOOK = ".ipynb"
SUFFIXES = (".py", NOTEBOOK)
LARGEST_CODE = 1_000_000  # characters
MOST_FILES = 100
FILE_NAME = re.compile(r"(?:[\w.-]+/)*\w[\w .-]*\.(?:py|ipynb)")
BETWEEN = "::"  # a file and the name of what is meant in it

CodeName = Annotated[str, Field(min_length=1, max_length=200)]


class CodeSpec(Part):
    """Hold a file of own code: its ``text`` itself, or the ``path`` of a file that is followed.

    A path is relative to the experiment's file. Once that is read the text of what is followed stands here as well; it
    is not written back.
    """

    text: Annotated[str, Field(max_length=LARGEST_CODE)] | None = None
    path: CodeName | None = None

    @model_serializer
    def _as_written(self) -> dict[str, Any]:
        return {"text": self.text} if self.path is None else {"path": self.path}


def readable_code(file: str, text: str) -> str:
    """Return a file's code, line by line as it runs; of a notebook that of its cells. Raises ValueError for none."""
    if not file.endswith(NOTEBOOK):
        return text
    from engine.notebook import code_of_notebook  # which few are

    return code_of_notebook(text).text


class OwnCode(NamedTuple):
    """Name own code: the ``file`` as the experiment calls it, and a ``name`` in it, None where it holds one thing.

    ``told`` says of arguments what they are, theirs and ours, where their names leave that open.
    """

    file: str
    name: str | None
    told: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str) -> "OwnCode":
        """Take ``my_adam.py``, ``my_adam.py::NAME`` or ``my_adam.py::NAME(theirs=ours, …)`` apart."""
        file, _, rest = code.partition(BETWEEN)
        name, _, told = rest.partition("(")
        pairs = (pair.partition("=") for pair in told.rstrip(") ").split(","))
        return cls(file, name or None, tuple((own.strip(), ours.strip()) for own, equals, ours in pairs if equals))

    def __str__(self) -> str:
        told = ", ".join(f"{own}={ours}" for own, ours in self.told)
        rest = (self.name or "") + (f"({told})" if told else "")
        return f"{self.file}{BETWEEN}{rest}" if rest else self.file

    @property
    def label(self) -> str:
        """Return what an entry of it is called that has no other name."""
        return self.name or PurePath(self.file).stem
