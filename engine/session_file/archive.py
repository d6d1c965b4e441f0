"""A session's file as a zip: written member by member, and read with nothing in it believed before it is checked.

All members are stored as they are, not compressed, and lie beside each other: nothing in a file is larger than the
file, whatever it says. Nothing is ever unpacked to a place that a name in it says.
"""

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from numpy import ndarray as Array

from .damage import Damaged, damaged
from .npy import npy_pieces, read_npy

FORMAT, SCHEMA = "lockstep session", 1
ABOUT = "session.json"
LARGEST = 16_000_000_000  # bytes of a file
LARGEST_TEXT = 110_000_000  # of a member of JSON; an experiment's own limit is below
MOST_MEMBERS = 20_000
NAME = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*\.(json|npy)")
WHEN = (1980, 1, 1, 0, 0, 0)  # a zip has to say one; equal sessions are equal files

Pieces = Iterable[bytes | memoryview]
Member = tuple[str, Pieces]


class _Sink(io.RawIOBase):
    """Take what a zip is made of, for whoever writes it on."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(self.pieces[-1])

    def taken(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        return iter(pieces)


def zip_pieces(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield a file of these members, piece by piece; each is made when its turn comes."""
    sink = _Sink()
    archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED)  # type: ignore[arg-type]
    for name, pieces in members:
        about = zipfile.ZipInfo(name, WHEN)
        with archive.open(about, "w", force_zip64=True) as opened:
            for piece in pieces:
                opened.write(piece)
                yield from sink.taken()
        yield from sink.taken()
    archive.close()
    yield from sink.taken()


def json_member(name: str, value: Any) -> Member:
    return name, (json.dumps(value, separators=(",", ":")).encode(),)


def array_member(name: str, array: Array) -> Member:
    return name, npy_pieces(array)


class Archive:
    """Read a session's file. Whatever is wrong with it is raised as Damaged, and nothing hangs."""

    def __init__(self, file: Path):
        try:
            if file.exists() and not file.is_file():
                damaged("not an ordinary file")
            self._size = file.stat().st_size
            if self._size > LARGEST:
                raise Damaged("file_too_large", limit=f"{LARGEST // 1_000_000_000} GB")
            self._opened = file.open("rb")
        except OSError as error:
            raise Damaged("not_readable", detail=error.strerror) from None
        try:
            with _told():
                self._zip = zipfile.ZipFile(self._opened)
                self._members = self._checked()
        except BaseException:
            self._opened.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._opened.close()

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """Return what is in it by name. Names that are not ours are refused, unless they are only unknown."""
        found: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for about in self._zip.infolist():
            if NAME.fullmatch(about.filename) is None:
                damaged("a member with a name that none has")
            if about.compress_type != zipfile.ZIP_STORED or about.file_size != about.compress_size:
                damaged("a member that is compressed")
            if about.flag_bits & 0x1 or about.filename in found:
                damaged("a member that is encrypted, or there twice")
            total += about.file_size
            found[about.filename] = about
        if len(found) > MOST_MEMBERS or total > self._size:
            damaged("more than the file has room for")
        return found

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def content(self, name: str) -> bytes:
        """Return a member, whose check sum is looked at."""
        if name not in self._members:
            damaged(f"{name} is missing")
        with _told():
            content = self._zip.read(self._members[name])
        if len(content) != self._members[name].file_size:
            damaged(f"{name} is cut off")
        return content

    def pieces(self, name: str, size: int = 1 << 20) -> Iterator[bytes]:
        """Yield a member piece by piece, to be copied."""
        with _told(), self._zip.open(self._members[name]) as opened:
            while piece := opened.read(size):
                yield piece

    def json(self, name: str) -> Any:
        if name in self._members and self._members[name].file_size > LARGEST_TEXT:
            damaged(f"{name} is too large")
        try:
            return json.loads(self.content(name))
        except (ValueError, RecursionError):
            damaged(f"{name} is no JSON")

    def array(self, name: str) -> Array:
        return read_npy(self.content(name))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell whatever a zip's reader meets as Damaged."""
    try:
        yield
    except Damaged:
        raise
    except OSError as error:
        raise Damaged("not_readable", detail=error.strerror or "it cannot be read to its end") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError, OverflowError, LookupError):
        raise Damaged("session_damaged", detail="no whole zip file") from None
    except Exception:  # struct.error, zlib.error: whatever its parts raise
        raise Damaged("session_damaged", detail="no whole zip file") from None


def check_schema(about: Any) -> dict[str, Any]:
    """Return what a file says of itself, brought to this schema; raises Damaged for none of ours, or a newer one."""
    from .migrations import MIGRATIONS

    if not isinstance(about, dict) or about.get("format") != FORMAT:
        damaged("no session")
    schema = about.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        damaged("a session without a schema")
    if schema > SCHEMA:
        raise Damaged("newer_session", given=schema, known=SCHEMA)
    for step in range(schema, SCHEMA):
        about = MIGRATIONS[step](about)
    return about
