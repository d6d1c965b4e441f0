"""The widgets inside others, found without being kept.

``findChildren`` makes the object that is asked the owner of all that it finds. What Qt has made for itself, as the
parts of scroll areas and spin boxes, stays alive in Python with that owner, long after it was deleted: a window that
lasts would gather some hundred with each change of language.
"""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=QWidget)


def inside(root: QObject, kind: type[Kind]) -> Iterator[Kind]:
    """Yield all of a kind in ``root``, as ``findChildren`` has them in order: each before what is in it."""
    for child in root.children():
        if isinstance(child, kind):
            yield child
        yield from inside(child, kind)


def named_inside(root: QObject, name: str) -> QWidget | None:
    """Return the first widget of a name in ``root``, None where nothing is called so."""
    return next((widget for widget in inside(root, QWidget) if widget.objectName() == name), None)
