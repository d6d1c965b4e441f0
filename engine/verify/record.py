"""The record of a verdict on own code: what ``--json`` prints and everything else shows."""

from .findings import Failure, Findings, First, Named, Rounding, Row, Verdict
from .words import in_words

__all__ = ["Failure", "First", "Named", "Record", "Rounding", "Row", "Verdict"]


class Record(Findings):
    """Say what own code is, in words where it is printed, and where an assert fails on it."""

    def __str__(self) -> str:
        return in_words(self)

    __repr__ = __str__
