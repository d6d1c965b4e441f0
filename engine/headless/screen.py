"""Standard output, to which all commands print."""

import contextlib
import io
import os
import sys
from pathlib import Path

from rich.console import Console

WIDTH = 14  # of a number's column


class Screen:
    """Write to standard output, be it a terminal, a pipe or nothing at all.

    When it takes no more (the pipe's reader has left, the disk is full), it is ``gone``, and the run
    goes on unseen if it has files to write.
    """

    def __init__(self) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # Δ in an encoding without it
        self.is_terminal = sys.stdout is not None and sys.stdout.isatty()
        self.console = Console(
            highlight=False, soft_wrap=True, markup=False, emoji=False, force_terminal=self.is_terminal
        )
        self.console.width = max(self.console.width, WIDTH)  # at COLUMNS=0 nothing would be printed
        self.gone = False

    def tell(self, line: str) -> None:
        if self.gone:
            return
        try:
            self.console.print(line)
        except (OSError, SystemExit):  # rich would end the program when a pipe breaks
            self.gone = self.console.quiet = True
            with contextlib.suppress(OSError), Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())  # or Python complains of what is left at its end
