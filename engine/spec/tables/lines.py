"""The lines of a text file, decoded, with how far the reading has come; whatever lies there, nothing hangs."""

import hashlib
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ..check import ExperimentError
from ..faults import Fault
from .dialect import LOOKED_AT, guess_encoding

LONGEST_LINE = 20_000_000  # characters
LARGEST_DATA = 8_000_000_000  # bytes
PIECE = 1 << 20  # bytes that are hashed at once
FILE = ("data", "file")


def refused(code: str, **fields: object) -> ExperimentError:
    """Return the error of one fault of the file as a whole."""
    return ExperimentError([Fault(FILE, code, dict(fields))])


def opened(file: Path) -> BinaryIO:
    """Open an ordinary file. Raises ExperimentError where there is none, or it is too large."""
    try:
        if file.exists() and not file.is_file():  # a pipe or a device may never end
            detail = "it is a folder" if file.is_dir() else "not an ordinary file"
            raise refused("not_readable", detail=detail)
        if file.stat().st_size > LARGEST_DATA:
            raise refused("data_too_large", limit=f"{LARGEST_DATA // 1_000_000_000} GB")
        return file.open("rb")
    except OSError as error:
        raise refused("not_readable", detail=error.strerror or str(error)) from None
    except ValueError:  # no name of a file
        raise refused("not_readable", detail="it is no name of a file") from None


def hash_of(file: Path) -> str:
    """Return the SHA-256 of what a file holds."""
    digest = hashlib.sha256()
    with opened(file) as source:
        try:
            while piece := source.read(PIECE):
                digest.update(piece)
        except OSError as error:
            raise refused("not_readable", detail=error.strerror or str(error)) from None
    return digest.hexdigest()


class Lines:
    """Give a text file's lines without their ends; ``number`` is that of the line given last, from 1."""

    def __init__(self, file: Path, codec: str | None = None):
        self.number = 0
        self._file = file
        self._source = opened(file)
        head = self._source.read(4)
        self._source.seek(0)
        self.encoding = codec or guess_encoding(head)
        name = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        self._text = io.TextIOWrapper(self._source, encoding=name, newline=None)
        self._waiting: list[str] = []

    def first(self) -> list[str]:
        """Return the first lines, which are then given once more."""
        self._waiting = list(islice(self, LOOKED_AT))
        self.number = 0
        return list(self._waiting)

    @property
    def bytes_read(self) -> int:
        return self._source.tell()

    def close(self) -> None:
        self._text.close()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._waiting and self.number < len(self._waiting):
            self.number += 1
            return self._waiting[self.number - 1]
        try:
            line = self._text.readline(LONGEST_LINE)
        except UnicodeError:
            raise refused("data_not_decoded", encoding=self.encoding, line=self._undecodable()) from None
        except OSError as error:
            raise refused("not_readable", detail=error.strerror or str(error)) from None
        if not line:
            raise StopIteration
        self.number += 1
        if "\0" in line:
            raise refused("data_no_text", line=self.number)
        if len(line) >= LONGEST_LINE:
            raise refused("data_line_too_long", line=self.number)
        return line.rstrip("\n")

    def _undecodable(self) -> int:
        """Return the first line that cannot be decoded, as nearly as can be said."""
        if self.encoding == "utf-16":
            return self.number + 1
        with self._file.open("rb") as source:
            for number, line in enumerate(source, start=1):
                try:
                    line.decode(self.encoding)
                except UnicodeError:
                    return number
        return self.number + 1
