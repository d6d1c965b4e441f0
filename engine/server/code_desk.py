"""What the engine asks about own code: of a process of its own, begun when there is something to ask."""

import itertools
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engine.protocol import CheckCode, CodeChecked, JobAnswer

if TYPE_CHECKING:
    from engine.settled.checker import Answered, Check, Checker, Settle

LOOK = 0.005  # seconds that a look for an answer may take


class CodeDesk:
    """Ask, and hand each answer to whoever asked. Where the process dies, what it was asked is answered by its end."""

    def __init__(self) -> None:
        self._checker: Checker | None = None
        self._numbers = itertools.count(1)
        self._answers: dict[int, Any] = {}
        self._asked: set[int] = set()

    def next_number(self) -> int:
        return next(self._numbers)

    def ask(self, question: "Check | Settle") -> None:
        """Ask in place of what was asked of the kind before."""
        from engine.settled.checker import Checker  # with all that it takes to judge

        if self._checker is None or not self._checker.is_alive:
            self.close()
            self._checker = Checker()
        self._asked.add(question.number)
        self._checker.ask(question)

    def forget(self, number: int) -> None:
        """Want no answer any more."""
        self._asked.discard(number)
        self._answers.pop(number, None)

    def answer(self, number: int, seconds: float = LOOK) -> Any:
        """Return what was found, None where nothing is yet. Raises EOFError where the process has died."""
        if number not in self._answers and self._checker is not None:
            with suppress(OSError):
                self._take(self._checker.answer(seconds))
        return self._answers.pop(number, None)

    def _take(self, answered: "Answered | None") -> None:
        if answered is not None and answered.number in self._asked:
            self._asked.discard(answered.number)
            self._answers[answered.number] = answered.found

    def close(self) -> None:
        checker, self._checker = self._checker, None
        if checker is not None:
            checker.close()


desk = CodeDesk()  # the process's


def check_job(command: CheckCode) -> Iterator[JobAnswer | None]:
    """Find out what own code is, beside all else."""
    from engine.settled.checker import Check

    number = desk.next_number()
    desk.ask(Check(number, command.text, command.use))
    try:
        while (found := desk.answer(number)) is None:
            yield None
        yield CodeChecked(command.job, command.text, found)
    finally:
        desk.forget(number)
