"""Data read from a file: CSV, TSV, ``.npy`` and ``.npz``, with every fault by line and column. Nothing is unpickled."""

from .dialect import Dialect, guess_dialect
from .first_rows import Preview, preview
from .numerals import is_numeral
from .reading import TableRead, read_table

__all__ = ["Dialect", "Preview", "TableRead", "guess_dialect", "is_numeral", "preview", "read_table"]
