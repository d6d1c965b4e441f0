"""What is not in sight is brought up to date later, a part a turn of the event loop: all at once, the window stalls."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from .page import Part

AnyPart = TypeVar("AnyPart", bound=Part)


class Behind(QObject):
    """Keep which parts have not heard yet of the newest experiment. ``renew`` tells one of them all that there is."""

    def __init__(self, renew: Callable[[Part], None], parent: QObject):
        super().__init__(parent)
        self._renew = renew
        self._parts: list[Part] = []
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._turn)

    @property
    def is_any(self) -> bool:
        return bool(self._parts)

    def put(self, parts: Iterable[Part]) -> None:
        """Take all of them as behind; those in sight are brought up to date at once."""
        self._parts = list(parts)
        self.bring([part for part in self._parts if part.isVisible()])
        self._next.start()

    def bring(self, parts: Iterable[Part]) -> None:
        """Bring those up to date now that are behind: somebody looks at them."""
        for part in parts:
            if part in self._parts:
                self._parts.remove(part)
                self._renew(part)

    def others(self, parts: Iterable[AnyPart]) -> Sequence[AnyPart]:
        """Return those that are up to date, and may be told what is new."""
        return [part for part in parts if part not in self._parts]

    def _turn(self) -> None:
        self.bring(self._parts[:1])
        if self._parts:
            self._next.start()
