"""The run at hand is written to a file of its own, from which the window makes a session's."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.kept_run.files import file_members, read_past, read_start
from engine.kept_run.gather import gather
from engine.kept_run.take_up import take_up
from engine.protocol import CheckRun, JobAnswer, RunChecked, RunWritten, WriteRun
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged, zip_pieces
from engine.spec import Fault, code_of


def write_job(run: Lockstep, command: WriteRun) -> Iterator[JobAnswer | None]:
    """Write the run as it stands when that begins; what is given up leaves nothing."""
    run.keep_checkpoint()
    part, _ = gather(run)
    file = Path(command.file)
    try:
        with file.open("wb") as opened:
            for piece in zip_pieces(file_members(part, run.changes.typed)):
                opened.write(piece)
                yield None
    except OSError as error:
        _remove(file)
        yield RunWritten(command.job, part.newest, part.step, error.strerror or str(error))
        return
    except GeneratorExit:
        _remove(file)
        raise
    yield RunWritten(command.job, part.newest, part.step)  # from here on it is the window's, whatever comes next


def check_job(command: CheckRun) -> Iterator[JobAnswer | None]:
    """Take the run in a session's file up on the side; of own code, which is not agreed to yet, it is read alone."""
    file = Path(command.file)
    try:
        past, spec = read_past(file), read_start(file)
        yield None
        if not code_of(spec):
            take_up(Lockstep(spec, budget=0, changes=past.changes, judge_at_once=False), past)
        yield RunChecked(command.job, ())
    except Damaged as error:
        yield RunChecked(command.job, (Fault((), error.code, error.fields),))


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
