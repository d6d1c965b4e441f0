"""A script as work in the background, of the run at hand: its steps so far, and what was changed on the way."""

from collections.abc import Iterator

from engine.protocol import JobFailed, MakeScript, Script
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentError, Fault

from .written import notebook_of, script_of


def script_job(run: Lockstep, command: MakeScript) -> Iterator[Script | JobFailed]:
    """Yield the script of all recorded steps, or why there is none."""
    spec, steps = run.changes.in_force(0), max(run.newest, 1)
    changed = {step: params for step, params in run.changes.of(command.entry) if step < steps}
    changes = [(step, params) for step, params in changed.items() if step > 0]
    try:
        _check_code(run, command.entry)
        if command.form == "notebook":
            text = notebook_of(spec, command.entry, steps, changes)
        else:
            text = script_of(spec, command.entry, command.form, steps, changes)
    except ExperimentError as error:
        yield JobFailed(command.job, error.faults[0])
        return
    yield Script(command.job, text)


def _check_code(run: Lockstep, entry: int) -> None:
    """Raise ExperimentError where own code was given another text during the run."""
    if any(change.code for change in run.changes if change.entry == entry):
        raise ExperimentError([Fault(("optimizers", entry), "script_of_changes")])
