"""Why settings are trained one after another, in the window's language. The sentences are the engine's."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from engine.protocol import TURN_WORDS, in_turn_text
from engine.spec import InTurn


class _Words(Mapping[str, str]):
    """Each is looked up when it is wanted, in the language at hand."""

    def __getitem__(self, key: str) -> str:
        return QCoreApplication.translate("sweep", TURN_WORDS[key])

    def __iter__(self) -> Iterator[str]:
        return iter(TURN_WORDS)

    def __len__(self) -> int:
        return len(TURN_WORDS)


def turns_text(why: InTurn | None) -> str:
    """Say why configurations are trained one after another; empty where they are not."""
    return in_turn_text(why, _Words())
