"""Many settings of one optimizer at once: a rate's effect is seen over its whole range, not at a value or two.

The textbook broadcasts over a leading axis, so K configurations are trained as one network whose weights have K of
everything: there is no loop over configurations. It is the lane's arithmetic, in the lane's order:

- A swept number is rounded where a Python float would be (``weak``). So results equal those of single runs bit for
  bit where the product of stacked matrices does, and to the last digits where it does not.
- Whole numbers (how many iterations, say) cannot differ within one go; each value has a go of its own.
- Own code is asked once whether it broadcasts too; if not, its configurations are trained one after another.
- Of a layer that trains otherwise than it is evaluated (batch norm, dropout) the lanes know how to evaluate it: such
  configurations are trained one after another as well.
- Groups of weights have several rules: likewise.
- LBFGS computes the loss as often as each configuration needs: its configurations are trained one after another.
"""

from collections.abc import Iterator

from engine.backends.read_numbers import with_numbers
from engine.protocol import JobFailed, StartSweep, SweepPart
from engine.spec import ExperimentError, check_plan

from .sweep import Sweep, in_turn

__all__ = ["in_turn", "sweep_job"]


def sweep_job(command: StartSweep) -> Iterator[SweepPart | JobFailed | None]:
    """Yield a sweep's parts as they come, and None after every few milliseconds without one.

    A plan that cannot be carried out is answered by one ``JobFailed``; else the last part is ``finished``.
    """
    faults = check_plan(command.spec, command.plan)
    if faults:
        yield JobFailed(command.job, faults[0])
        return
    try:
        command = command._replace(spec=with_numbers(command.spec).spec)
    except ExperimentError as error:
        yield JobFailed(command.job, error.faults[0])
        return
    yield from Sweep(command).run()
