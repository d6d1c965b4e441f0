"""Diagnoses in the window's language. The sentences are the engine's, which tells them on terminals too."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from engine.protocol import DIAGNOSES, Diagnosis, Words, sentences

translate = QCoreApplication.translate


class _Words(Mapping[str, Words]):
    """Each is looked up when it is wanted, in the language at hand."""

    def __getitem__(self, kind: str) -> Words:
        return Words(*(translate("diagnosis", text) for text in DIAGNOSES[kind]))

    def __iter__(self) -> Iterator[str]:
        return iter(DIAGNOSES)

    def __len__(self) -> int:
        return len(DIAGNOSES)


WORDS = _Words()


def told(found: Diagnosis, label: str) -> Words:
    """Return what is said of a diagnosis; ``label`` is its entry's, empty where it is of all."""
    what, why, helps = sentences(found, WORDS)
    if label:
        what = translate("diagnosis", "{label}: {what}").format(label=label, what=what)
    return Words(what, why, helps)
