"""Own code in the engine's run: settled beside the engine before a run begins, and watched while it goes on."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from engine.lane.lane import StepError
from engine.own.call_watch import leave_word, watch_calls
from engine.own.limits import MEGABYTE, Limits, limited_memory
from engine.own.unusable import CannotGoBack, CannotGoOn, Unusable
from engine.protocol import (
    Change,
    CodeRefused,
    CodeStopped,
    CodeUse,
    CodeVerdict,
    Load,
    NoteEnd,
    SetCode,
    StepFailed,
)
from engine.run.lockstep import Lockstep
from engine.settled.checker import Settle, SettledApart
from engine.settled.settle import Settled
from engine.settled.verdicts import verdict_of
from engine.spec import ExperimentSpec, Fault, OwnCode, code_of, memory_needed, parts_of

from .code_desk import desk

LIMITS = Limits()
COPIES = 8  # of what the lanes need: what is made on the way, the judge's too


class Found(NamedTuple):
    """Hold what settling came to: the experiment as it runs, or the ``faults`` for which it cannot."""

    settled: Settled | None
    faults: tuple[Fault, ...] = ()


class Settling:
    """Have an experiment settled for the command that brought it; ``close`` gives it up.

    ``versions``: the same experiment with the other code that its run has gone on with; they are settled after it.
    """

    def __init__(self, command: Load | SetCode, versions: Sequence[ExperimentSpec] = ()):
        self.command = command
        self._to_come = list(versions)
        self._first: Found | None = None
        self._ask(command.spec)

    def _ask(self, spec: ExperimentSpec) -> None:
        self._number = desk.next_number()
        desk.ask(Settle(self._number, spec))

    def look(self) -> Found | None:
        """Return what was found, None where it is not known yet."""
        found = self._found()
        if found is None or found.settled is None:
            return found
        self._first = self._first or found
        if not self._to_come:
            return self._first
        self._ask(self._to_come.pop(0))
        return None

    def _found(self) -> Found | None:
        try:
            found = desk.answer(self._number)
        except EOFError:
            return Found(None, (Fault(("code",), "code_unusable", {"detail": "the process that tried it has ended"}),))
        if found is None:
            return None
        return Found(found.adopt()) if isinstance(found, SettledApart) else Found(None, tuple(found))

    def close(self) -> None:
        desk.forget(self._number)


def watching(spec: ExperimentSpec, budget: int) -> ExitStack:
    """Bound what own code may take of this process, until the stack is closed."""
    stack = ExitStack()
    stack.callback(watch_calls(LIMITS).close)
    needed = (COPIES * memory_needed(spec) + budget) // MEGABYTE
    stack.enter_context(limited_memory(Limits(memory=LIMITS.memory + needed)))
    return stack


def note_end(command: NoteEnd) -> None:
    """Have what own code does to this process be known to whoever started it."""
    leave_word(Path(command.folder))


def verdicts_of(settled: Settled) -> tuple[CodeVerdict, ...]:
    """Return what each use of own code is."""
    spec, records = settled.spec, settled.records
    found = [
        verdict_of(record, CodeUse(entry.code, "optimizer", entry.name or None, entry.params))
        for place, record in records.optimizers.items()
        if (entry := spec.optimizers[place]).code is not None
    ]
    for part in parts_of(spec):
        if part.path in records.parts:
            found.append(verdict_of(records.parts[part.path], CodeUse(part.code, part.kind, part.name, part.params)))
    return tuple(found)


def stopped_by_code(generation: int, error: StepError, run: Lockstep) -> CodeStopped | None:
    """Tell what own code raised in a step, with the run before that step; None where it was something else."""
    cause = error.__cause__
    if not isinstance(cause, Unusable) or not run.stand_before(error.step):
        return None
    return CodeStopped(generation, StepFailed(*error.args), cause.line, files_of(run.spec))


def files_of(spec: ExperimentSpec) -> tuple[str, ...]:
    """Return the files that the experiment's own code stands in."""
    return tuple(dict.fromkeys(OwnCode.of(code).file for code in code_of(spec)))


def changed_code(command: SetCode, found: Found, run: Lockstep | None) -> tuple[CodeRefused | None, tuple[Change, ...]]:
    """Have the run go on with the code that was settled; what refuses it, and the changes that it has made."""
    faults = found.faults
    if found.settled is not None and run is not None:
        try:
            before = run.version
            run.set_code(found.settled.spec)
            if run.version == before:
                return None, ()
            made = [change for change in run.changes if change.step == run.step and change.code]
            typed = command.spec.optimizers  # without what the code has for itself
            return None, tuple(change._replace(params=dict(typed[change.entry].params)) for change in made)
        except CannotGoOn as error:
            faults = (Fault(("code",), error.code, error.fields),)
        except (CannotGoBack, Unusable) as error:
            at = error.at if isinstance(error, Unusable) else ""
            faults = (Fault(("code",), "code_not_gone_on", {"detail": f"{error}{at}"}),)
    return CodeRefused(command.generation, faults), ()
