"""Hyperparameters as a line of text: by torch's names, and only those that tell two settings apart."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.spec import complete
from gui.look.numbers import with_minus

translate = QCoreApplication.translate


def had(optimizer: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Write what is different, as it was before: ``lr 0.1, momentum 0.9``; empty where nothing is."""
    return ", ".join(f"{name} {text(old)}" for name, old, _ in _differing(optimizer, before, after))


def changed(optimizer: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Write ``lr 0.1 → 0.01``; empty where nothing is different."""
    return ", ".join(f"{name} {text(old)} → {text(new)}" for name, old, new in _differing(optimizer, before, after))


def text(value: Any) -> str:
    if isinstance(value, bool):
        return translate("hyperparameters", "on") if value else translate("hyperparameters", "off")
    if isinstance(value, tuple):
        return f"({', '.join(map(text, value))})"
    if value is None:
        return translate("hyperparameters", "none")
    return with_minus(f"{value:g}" if isinstance(value, float) else str(value))


def _differing(optimizer: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """List the parameters that differ: what is left out has torch's default."""
    old, new = (complete(optimizer, dict(params))._asdict() for params in (before, after))
    return [(name, value, new[name]) for name, value in old.items() if value != new[name]]
