"""A notebook's code: that of its cells as one file, with nothing run."""

import json
import re
from typing import NamedTuple

MARK = "# %% [{number}]"  # above each cell of a notebook, as editors have it
MAGIC = ("%", "!", "?")  # begin lines of a notebook that are no Python
HELP = re.compile(r"\s*[\w.]+\?{1,2}\s*")  # asks for help
OF_PYTHON = ("%%time", "%%timeit", "%%capture", "%%prun")  # begin cells of which the rest is Python


class NotebookCode(NamedTuple):
    """Hold a notebook's code.

    ``cells`` are the lines, from 1, in which its cells of code begin; ``skipped`` those for the notebook, or a shell.
    """

    text: str
    cells: tuple[int, ...]
    skipped: tuple[int, ...]


def code_of_notebook(text: str) -> NotebookCode:
    """Return a notebook's code, a mark above each cell, what is not Python as comments. Raises ValueError for none."""
    lines: list[str] = []
    starts: list[int] = []
    skipped: list[int] = []
    for number, cell in enumerate(_code_cells(text), 1):
        lines.append(MARK.format(number=number))
        starts.append(len(lines) + 1)
        is_other = cell.lstrip().startswith("%%") and cell.split()[0] not in OF_PYTHON
        for line in cell.split("\n"):
            if is_other or line.lstrip().startswith(MAGIC) or HELP.fullmatch(line):
                line = "# " + line
                skipped.append(len(lines) + 1)
            lines.append(line)
    return NotebookCode("\n".join(lines), tuple(starts), tuple(skipped))


def _code_cells(text: str) -> list[str]:
    try:
        cells = json.loads(text)["cells"]
        code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        return ["".join(cell).rstrip("\n") if isinstance(cell, list) else cell.rstrip("\n") for cell in code]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError("is no notebook") from None
