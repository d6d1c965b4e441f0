"""The textbook: one training step in plain NumPy, one factor of the chain rule a line.

This is what a learner reads and what the debugger steps through. Nothing enters but NumPy
(and SciPy's ``erf``, which NumPy lacks): no logging, no bookkeeping, nothing of ours.

Every function broadcasts over leading axes, so the same lines train one network or K of them at
once: weights ``(K, out, in)``, biases ``(K, 1, out)``, hyperparameters ``(K, 1, 1)``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def _as_it_is(_: str, file: ModuleType) -> ModuleType:
    return file


class Registry(Mapping[str, T]):
    """List what the files of a package define, by name: found by looking into its folders, read when first asked for.

    A file is a definition if it says what torch calls it, in ``TORCH``. Those in ``order`` come first, in that order,
    and are known without being read; any other comes behind them, under its file's name, or the ``NAME`` that it has.
    """

    def __init__(self, package: str, order: Sequence[str], entry: Callable[[str, ModuleType], T] = _as_it_is):
        """Take ``entry``, which makes of a name and its file's module what the registry has under that name."""
        self._package, self._order, self._entry = package, order, entry
        self._folders: tuple[str, ...] = ()
        self._files: dict[str, str] = {}
        self._read: dict[str, T] = {}

    def module(self, name: str) -> ModuleType:
        """Return the file that defines it, as a module."""
        return import_module(f"{self._package}.{self._found()[name]}")

    def file(self, name: str) -> str:
        """Return the file that defines it, by its name without an ending."""
        return self._found()[name]

    def _found(self) -> Mapping[str, str]:
        """Return the file of each name, looked for again where the package has got another folder."""
        folders = tuple(sys.modules[self._package].__path__)
        if folders != self._folders:
            self._folders, self._read = folders, {}
            self._files = dict(self._look(folders))
        return self._files

    def _look(self, folders: Sequence[str]) -> Iterator[tuple[str, str]]:
        files = {_plain(file.name): file.name for file in iter_modules(folders)}
        yield from ((name, files.pop(_plain(name))) for name in self._order)
        for file in files.values():
            module = import_module(f"{self._package}.{file}")
            if hasattr(module, "TORCH"):
                yield getattr(module, "NAME", file), file

    def __getitem__(self, name: str) -> T:
        if name not in self._found():
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._entry(self._files[name], self.module(name))
        return self._read[name]

    def __setitem__(self, name: str, entry: T) -> None:
        """Put something else in the place of what is under a name."""
        self._found()
        self._read[name] = entry

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __contains__(self, name: object) -> bool:
        return name in self._found()


def _plain(name: str) -> str:
    """Write ``OneCycleLR`` and ``one_cycle_lr`` alike."""
    return name.replace("_", "").lower()
