"""The textbook: one training step in plain NumPy, one factor of the chain rule a line.

This is what a learner reads and what the debugger steps through. Nothing enters but NumPy
(and SciPy's ``erf``, which NumPy lacks): no logging, no bookkeeping, nothing of ours.

Every function broadcasts over leading axes, so the same lines train one network or K of them at
once: weights ``(K, out, in)``, biases ``(K, 1, out)``, hyperparameters ``(K, 1, 1)``.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType


class Shelf(Mapping[str, ModuleType]):
    """Modules that are alike, by name: each is read when it is first asked for, as few are wanted at a time.

    ``files``: the module's name within ``package`` for each name.
    """

    def __init__(self, package: str, files: Mapping[str, str]):
        self._package, self._files = package, files
        self._read: dict[str, ModuleType] = {}

    def __getitem__(self, name: str) -> ModuleType:
        if name not in self._read:
            self._read[name] = import_module(f"{self._package}.{self._files[name]}")
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files
