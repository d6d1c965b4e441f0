"""Standard output, to which all commands print."""

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any, Literal

from rich.console import Console

from .json_text import as_json

WIDTH = 14  # of a number's column


Telling = Literal["lines", "json", "nothing"]


class Screen:
    """Write to standard output, be it a terminal, a pipe or nothing at all.

    When it takes no more (the pipe's reader has left, the disk is full), it is ``gone``, and the run
    goes on unseen if it has files to write. ``telling``: lines for people, one JSON text for programs, or nothing.
    """

    def __init__(self, telling: Telling = "lines") -> None:
        self._telling = telling
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # Δ in an encoding without it
        self.is_terminal = telling == "lines" and sys.stdout is not None and sys.stdout.isatty()
        self.console = Console(
            highlight=False, soft_wrap=True, markup=False, emoji=False, force_terminal=self.is_terminal
        )
        self.console.width = max(self.console.width, WIDTH)  # at COLUMNS=0 nothing would be printed
        self.gone = False

    def tell(self, line: str) -> None:
        """Write a line for people."""
        if self._telling == "lines":
            self._write(line)

    def give(self, content: dict[str, Any]) -> None:
        """Write what was found as JSON, where that is wanted."""
        if self._telling == "json":
            self._write(as_json(content))

    def _write(self, line: str) -> None:
        if self.gone:
            return
        try:
            self.console.print(line)
        except (OSError, SystemExit):  # rich would end the program when a pipe breaks
            self.gone = self.console.quiet = True
            with contextlib.suppress(OSError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())  # or Python complains of what is left at its end
