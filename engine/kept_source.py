"""Keeps the source of modules as it was when they were compiled: what runs is known, whatever becomes of the file.

Python keeps none. Who asks it later (``inspect``, ``linecache``) is given the file as it is by then, and a ``.pyc``
knows no more of its source than the time and the size.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType

_kept: dict[str, str] = {}  # the text by the file's path, as code objects name it
_given: dict[str, str] = {}  # of code that no file need hold


class KeepingLoader(SourceFileLoader):
    """Compile what has just been read, and keep that. It takes no ``.pyc``, which may be of a text that nobody has."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        data = self.get_data(path)
        code = self.source_to_code(data, path)
        _kept[path] = decode_source(data)
        return code


class KeepingFinder:
    """Find a package and all in it where Python would, and have it loaded by a ``KeepingLoader``."""

    def __init__(self, package: str):
        self.package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.package and not name.startswith(f"{self.package}."):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = KeepingLoader(name, spec.origin)
        return spec


def keep_sources(package: str) -> KeepingFinder:
    """Keep the source of every module of ``package`` that is imported from now on."""
    finder = KeepingFinder(package)
    sys.meta_path.insert(0, finder)
    return finder


def text_of(file: str) -> str:
    """Return the text that a file's code was compiled from; of what was not kept, the file as first asked for.

    Raises OSError where there is no such file.
    """
    kept = _given.get(file, _kept.get(file))
    return _read(file) if kept is None else kept


def keep_text(file: str, text: str) -> None:
    """Keep the text that a person's code was compiled from, wherever it came from."""
    _given[file] = text


@contextmanager
def holding(texts: Mapping[str, str]) -> Iterator[None]:
    """Have files of a person's code be what they held when something ran, by their names, as long as this lasts."""
    before = {file: _given[file] for file in texts if file in _given}
    _given.update(texts)
    try:
        yield
    finally:
        _given.update(before)


@cache
def _read(file: str) -> str:
    return decode_source(Path(file).read_bytes())


def lines_of(file: str) -> tuple[str, ...]:
    """Return the lines of ``text_of``, without what ends them."""
    return _lines(text_of(file))


@lru_cache(maxsize=100)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.rstrip("\n").split("\n"))


def has_changed(file: str) -> bool:
    """Tell whether a file no longer holds what was compiled, or is gone; False of what was not kept."""
    kept = _kept.get(file)
    if kept is None or file in _given:
        return False
    try:
        return decode_source(Path(file).read_bytes()) != kept
    except (OSError, SyntaxError, UnicodeError):  # gone, or no Python any more
        return True
