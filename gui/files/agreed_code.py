"""Own code that the person wrote or agreed to, known again by its fingerprint when its file is opened once more."""

import hashlib
from collections.abc import Iterable

from PySide6.QtCore import QSettings

KEY, MOST = "agreed_code", 500


def is_agreed(text: str) -> bool:
    """Return whether the person has agreed to code of this text before, or wrote it here."""
    return _fingerprint(text) in _known()


def remember(texts: Iterable[str]) -> None:
    """Keep in mind that the person agreed to code of these texts."""
    before = _known()
    known = list(dict.fromkeys([*before, *map(_fingerprint, texts)]))[-MOST:]
    if known != before:
        QSettings().setValue(KEY, ",".join(known))


def _known() -> list[str]:
    return [one for one in str(QSettings().value(KEY, "")).split(",") if one]


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
