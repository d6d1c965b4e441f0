"""Has formulas made in another thread, one after the other, so that a page full of them never makes the window wait.

A thread lives as long as one formula takes: there is none while nothing is to be made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from .typeset import Key, is_made, keep, svg_of


class Client(Protocol):
    """Offer formulas that are to be shown, and take them once they are typeset."""

    def next_formula(self) -> Key | None:
        """Return a formula that it lacks; None when it has all it needs."""
        ...

    def formula_arrived(self) -> None:
        """Take notice that one more formula has been made."""
        ...


class Queue(QObject):
    """Typeset formulas, first come, first served. Clients are told in the window's thread."""

    _done = Signal(object, str)

    def __init__(self, make: Callable[[Key], str]):
        """``make``: from a formula to its SVG, in whichever thread."""
        super().__init__()
        self._make = make
        self._waiting: OrderedDict[int, Client] = OrderedDict()
        self._is_busy = self._is_due = False
        self._done.connect(self._on_done)

    def add(self, client: Client) -> None:
        """Add a client that lacks a formula. Once more changes nothing."""
        self._waiting[id(client)] = client
        self._go_on()

    def _go_on(self) -> None:
        """Let painting come first: Python's threads share one lock, and painting would take twice as long."""
        if not self._is_due:
            self._is_due = True
            QTimer.singleShot(0, self._begin_next)

    def _begin_next(self) -> None:
        self._is_due = False
        while self._waiting and not self._is_busy:
            name, client = next(iter(self._waiting.items()))
            gone = isinstance(client, QObject) and not shiboken6.isValid(client)
            key = None if gone else client.next_formula()
            if key is None:
                del self._waiting[name]
            else:
                self._is_busy = True
                threading.Thread(target=self._work, args=(key,), name="formula", daemon=True).start()

    def _work(self, key: Key) -> None:
        svg = self._make(key)
        if shiboken6.isValid(self):
            self._done.emit(key, svg)

    def _on_done(self, key: Key, svg: str) -> None:
        self._is_busy = False
        if not is_made(key):
            keep(key, svg)
        if self._waiting:
            client = next(iter(self._waiting.values()))
            if not isinstance(client, QObject) or shiboken6.isValid(client):
                client.formula_arrived()
        self._go_on()


_queue: list[Queue] = []


def queue() -> Queue:
    """Return the process's queue; made when it is first wanted, since it belongs to the window's thread."""
    if not _queue:
        _queue.append(Queue(svg_of))
    return _queue[0]
