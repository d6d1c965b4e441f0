"""Why a file of numbers is not taken: a fault that does not know yet where the experiment names the file."""

from typing import Any

from .faults import Fault, Path


class NumbersError(ValueError):
    """Say in a fault's ``code`` and ``fields`` why a file is not taken."""

    def __init__(self, code: str, **fields: Any):
        super().__init__(code, fields)
        self.code, self.fields = code, fields

    def at(self, path: Path) -> Fault:
        """Return the fault of the field that names the file."""
        return Fault(path, self.code, self.fields)
