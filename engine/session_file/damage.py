"""What is raised of a session's file that is not whole, or none."""

from typing import NoReturn


class Damaged(Exception):  # noqa: N818
    """Say why nothing of a session's file is taken. ``code`` is a fault's, ``fields`` go into its words."""

    def __init__(self, code: str = "session_damaged", **fields: object):
        super().__init__(code, fields)
        self.code, self.fields = code, fields

    def __str__(self) -> str:
        return f"{self.code}: {self.fields}"


def damaged(detail: str) -> NoReturn:
    """Raise Damaged with what is wrong, in a few words."""
    raise Damaged(detail=detail)
