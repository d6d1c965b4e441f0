"""What the engine answers about a person's own file: judged for real once, then played to windows again and again."""

import pickle
import time
from collections.abc import Iterator, Mapping
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from engine.protocol import OwnText, StartVerify, Verified
from tests.gui.tiny_engine import diy_engine
from tests.programs import forkserver

RIGHT = Path(__file__).parents[1] / "scripts" / "right"
Pairs = tuple[tuple[str, str], ...]
Part = tuple[str | None, Pairs]  # which of a file's functions, and what its arguments are


@cache
def judged(text: str, pairs: Pairs = (), suffix: str = ".py", part: Part = (None, ())) -> Verified:
    """What came of a file with this text, from its own process."""
    import engine.own.process
    from engine.server.verify_job import verified

    forking = SimpleNamespace(get_context=lambda _: forkserver())
    with TemporaryDirectory() as folder, patch.object(engine.own.process, "multiprocessing", forking):
        file = Path(folder) / f"own{suffix}"
        file.write_text(text, encoding="utf-8")
        return verified(StartVerify(0, str(file), True, pairs, *part), lambda _: None)


def article(changes: Mapping[str, str] | None = None) -> str:
    """The article's script, with lines changed."""
    text = (RIGHT / "article.py").read_text(encoding="utf-8")
    for old, new in (changes or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    return text


class Played:
    """A job that reads its answer from a folder; while there is a file ``held`` it goes on until it is stopped."""

    def __init__(self, folder: Path, command: StartVerify):
        self._command, self._stopped = command, False
        name = command.file.rpartition("/")[2]
        answers: dict[Any, Verified] = pickle.loads((folder / name).with_suffix(".answers").read_bytes())
        self._answer = answers.get((command.name, command.told)) or answers[command.pairs]
        self._held = folder / "held"
        self._parts = self._told()

    def __iter__(self) -> "Played":
        return self

    def __next__(self) -> Verified | None:
        return next(self._parts)

    def stop(self) -> None:
        self._stopped = True

    def _told(self) -> Iterator[Verified | None]:
        answer = self._answer._replace(job=self._command.job)
        text = answer.text or OwnText("")
        if not self._command.run:
            yield Verified(answer.job, "finished", text=text)
            return
        yield Verified(answer.job, "running", 0.1, 7, text)
        while self._held.exists() and not self._stopped:
            time.sleep(0.002)
            yield None
        yield answer._replace(stopped=7) if self._stopped else answer


def playing_engine(folder: Path, connection: Connection) -> None:
    """The engine, which judges nothing itself: it plays what ``keep_answers`` has put into the folder."""
    from engine.server import jobs

    made = jobs.JOBS[StartVerify]
    jobs.JOBS[StartVerify] = made._replace(make=lambda command, *_: Played(folder, command))
    diy_engine(connection)


def keep_answers(file: Path, answers: Mapping[Any, Verified]) -> Path:
    """Put answers, by the pairs or the part that are told, beside the file that they are about; it is written too."""
    first: Any = next(iter(answers.values()))
    file.write_text(first.text.text, encoding="utf-8")
    file.with_suffix(".answers").write_bytes(pickle.dumps(dict(answers)))
    return file
