"""How a text file of data is written: its separator, decimal mark and header, guessed from its first lines."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..data_file import DataFile
from .numerals import is_numeral

LOOKED_AT = 100  # lines
LIKELY = ("\t", ";", ",", "|", " ")  # separators, of several that fit the first
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Row = list[str]


class Dialect(NamedTuple):
    """Hold how a file is written; ``header``: its first row names the columns."""

    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    header: bool = False

    @property
    def codec(self) -> str:
        """Return the name by which Python decodes it, without a byte order mark."""
        return "utf-8-sig" if self.encoding == "utf-8" else self.encoding

    def rows(self, lines: Iterable[str]) -> Iterator[Row]:
        """Yield the cells of each row that is not blank. Raises csv.Error where quotes or cells make no sense."""
        if self.separator == " ":
            lines = (line.strip() for line in lines)
        reader = csv.reader(lines, delimiter=self.separator, skipinitialspace=True, strict=False)
        for row in reader:
            if row and (len(row) > 1 or row[0].strip()):
                yield row


def guess_encoding(head: bytes) -> str:
    """Tell the encoding by its byte order mark, or UTF-8."""
    return next((name for mark, name in BOMS if head.startswith(mark)), "utf-8")


def guess_dialect(lines: Sequence[str], asked: DataFile | None = None, encoding: str = "utf-8") -> Dialect:
    """Guess what is not ``asked`` for from the first lines of a file."""
    separator = (asked and asked.separator) or guess_separator(lines)
    rows = _rows(lines, separator)
    decimal = (asked and asked.decimal) or guess_decimal(rows, separator)
    header = asked.header if asked is not None else None
    if header is None and asked is not None and any(isinstance(one, str) for one in (*(asked.x or ()), *asked.y)):
        header = True
    if header is None:
        header = guess_header(rows, decimal)
    return Dialect(encoding, separator, decimal, header)


def guess_separator(lines: Sequence[str]) -> str:
    """Guess what stands between cells: what makes equally many of several in each line, or in most."""
    best, found = 0.0, ","
    for separator in LIKELY:
        widths = [len(row) for row in _rows(lines, separator)]
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        share = times / len(widths)
        if width > 1 and share > best + 0.05:
            best, found = share, separator
    return found


def guess_decimal(rows: Sequence[Row], separator: str) -> str:
    """Guess the decimal mark: a comma where cells are numbers with one that are none with a point."""
    points = commas = 0
    for cell in (cell for row in rows for cell in row):
        if "," in cell and is_numeral(cell, ","):
            commas += 1
        elif "." in cell and is_numeral(cell):
            points += 1
    return "," if commas > points and (separator != "," or commas) else "."


def guess_header(rows: Sequence[Row], decimal: str) -> bool:
    """Tell whether the first row names columns: more cells of it are words above numbers than are numbers."""
    if len(rows) < 2:
        return bool(rows) and not any(is_numeral(cell, decimal) for cell in rows[0])
    words = numbers = 0
    for column, cell in enumerate(rows[0]):
        below = [row[column] for row in rows[1:] if column < len(row)]
        if is_numeral(cell, decimal):
            numbers += 1
        elif below and sum(is_numeral(one, decimal) for one in below) > len(below) / 2:
            words += 1
    return words > numbers


def _rows(lines: Sequence[str], separator: str) -> list[Row]:
    try:
        return list(Dialect(separator=separator).rows(lines[:LOOKED_AT]))
    except csv.Error:
        return []
