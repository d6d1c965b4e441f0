"""Own code beside torch, and what it is: the same, rounding, another convention, a mistake and which, and where.

``verify`` takes a function, a class or a pair of functions, for tests and notebooks; files are run in a process of
their own. The verdict is the judge's rule; names are those of ``engine.variants``.
"""

from .asked import Asked
from .record import Failure, First, Named, Record, Rounding
from .verify import verify, verify_file

__all__ = ["Asked", "Failure", "First", "Named", "Record", "Rounding", "verify", "verify_file"]
