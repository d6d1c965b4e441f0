"""A pair's sentences in the window's language. The templates are the engine's, which tells them on terminals too."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from engine.protocol import PAIR_WORDS


class _Words(Mapping[str, str]):
    """Each is looked up when it is wanted: with every frame there are few, of many."""

    def __getitem__(self, key: str) -> str:
        return QCoreApplication.translate("parity", PAIR_WORDS[key])

    def __iter__(self) -> Iterator[str]:
        return iter(PAIR_WORDS)

    def __len__(self) -> int:
        return len(PAIR_WORDS)


WORDS = _Words()
