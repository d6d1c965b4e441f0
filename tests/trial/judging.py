"""The judge as everybody meets it: a run in lockstep, stopped at a verdict."""

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from engine.run import lockstep
from engine.spec import ExperimentSpec
from tests.trial.swapping import ROOT

GUILTY = ("differs", "unstable")
LONGEST = 64  # steps at once


class Judged(NamedTuple):
    """``verdict`` is the judge's, ``raised`` or ``too long``; then ``told`` is what was raised, and where."""

    verdict: str
    step: int
    stage: str = ""
    tensor: str = ""
    told: str = ""

    @property
    def is_guilty(self) -> bool:
        return self.verdict in GUILTY


class TooLong(BaseException):
    """More processor time was used than allowed."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise ``TooLong`` after so much processor time of this process, which no busy machine shortens.

    Where there is no such clock (Windows), there is no limit.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def judged(spec: ExperimentSpec, steps: int) -> Judged:
    """Take up to ``steps`` steps of an experiment of one optimizer, and stop as soon as there is a verdict."""
    run = lockstep.Lockstep(spec)
    while run.step < steps:
        run.advance(min(max(run.step, 1), LONGEST, steps - run.step))
        (pair,) = run.parity()
        found = pair.mismatch or pair.unstable or pair.not_finite
        if pair.verdict != "lockstep":
            assert found is not None, f"{pair.verdict}, and not told where"
            return Judged(pair.verdict, found.step, found.stage, found.tensor)
    return Judged("lockstep", steps)


def judged_in_time(spec: ExperimentSpec, steps: int, seconds: float) -> Judged:
    """Judge a run, whatever it raises or however long it takes."""
    try:
        with limited(seconds):
            return judged(spec, steps)
    except TooLong:
        return Judged("too long", 0, told=f"more than {seconds:g} s of processor time")
    except Exception as error:
        return Judged("raised", 0, told=told(error))


def told(error: BaseException) -> str:
    """Return one line: what was raised, and the innermost line of the textbook, or else of any file."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(str(ROOT))]
    last = (own or frames)[-1]
    where = f"{'textbook ' if own else ''}{Path(last.filename).name}:{last.lineno}"
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''} ({where})"


def is_torchs(error: BaseException) -> bool:
    """Whether it was torch that raised an error, or what caused it: not whoever gave torch what it cannot take."""
    seen = [error]
    while (cause := seen[-1].__cause__ or seen[-1].__context__) is not None and cause not in seen:
        seen.append(cause)  # causes may go round in a circle
    innermost = [traceback.extract_tb(one.__traceback__)[-1:] for one in seen]
    return any("/torch/" in Path(frame.filename).as_posix() for frames in innermost for frame in frames)
