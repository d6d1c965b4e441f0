"""The learning rate from step to step as a NumPy script takes it: the textbook's schedules, one after another."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from engine.diy.schedules import SCHEDULES
from engine.diy.schedules.hyper import LARGEST_RATE
from engine.spec import OptimizerSpec, ScheduleSpec
from engine.spec.hyperparameters import complete_schedule, cycled_field, looks_at_loss
from engine.spec.schedule_chain import Chain, Phase

from .cells import Cell
from .excerpt import Excerpt
from .literals import call_text, value_text

RATE = '''def rate_of(t, lr):
    """Return the rate after ``t`` steps, of the optimizer's own rate ``lr``."""
    {found}
    return min(rate, {largest!r}) if rate == rate else 0.0'''
MOMENTUM = '''def momentum_of(t):
    """Return what cycles beside the rate after ``t`` steps: momentum, or the first beta."""
    _, begin, last, momentum, schedule = [part for part in MOMENTA if part[0] <= t][-1]
    since = max(t - begin, 0)
    return float(momentum(since if last is None else min(since, last), schedule))'''


class Moved(NamedTuple):
    """Name a group's hyperparameters in the script, ``hyper``, with what they are of; ``tail`` tells groups apart.

    ``base`` is its own rate: one of them.
    """

    hyper: str
    optimizer: str
    tail: str = ""
    own_rate: str = ""

    @property
    def base(self) -> str:
        return self.own_rate or f"{self.hyper}.lr"


class Rates(NamedTuple):
    """Hold the code of a schedule, and what a step does with it.

    ``rate`` and ``hyper``: a group's of the step; ``begin`` and ``after``: a line before the first step and one
    behind each; ``rebase``: a line where a group's rate is changed during the run, from one to another. The latter
    three are of a schedule that looks at the losses.
    """

    code: str
    rate: Callable[[Moved], str]
    hyper: Callable[[Moved], str]
    begin: Callable[[Moved], str] | None = None
    after: Callable[[Moved], str] | None = None
    rebase: Callable[[Moved, float, float], str] | None = None


def rates_of(entry: OptimizerSpec, steps: int, textbook: Excerpt) -> Rates | None:
    """Return an entry's schedule for so many steps; None where its rate stays."""
    if not entry.phases:
        return None
    if looks_at_loss(entry.phases[0].name):
        return _of_plateaus(entry.phases[0], textbook)
    chain = Chain(entry.phases)
    bound = RATE.format(found="\n    ".join(_found(chain, textbook)), largest=LARGEST_RATE)
    parts = [*_phases(chain, steps, textbook), bound]
    if not chain.moves_momentum:
        return Rates("\n\n\n".join(parts), _rate, _with_rate)
    parts += [_momenta(chain, steps, textbook), MOMENTUM]
    return Rates("\n\n\n".join(parts), _rate, _with_momentum)


def rates_cell(rates: Rates) -> Cell:
    """Return the code under its title."""
    return Cell("The learning rate.", rates.code)


def _rate(group: Moved) -> str:
    return f"rate_of(step - 1, {group.base})"


def _with_rate(group: Moved) -> str:
    return f"{group.hyper}._replace(lr={_rate(group)})"


def _with_momentum(group: Moved) -> str:
    hyper = group.hyper
    is_beta = cycled_field(group.optimizer) == "betas"
    moved = f"betas=(momentum_of(step - 1), *{hyper}.betas[1:])" if is_beta else "momentum=momentum_of(step - 1)"
    return f"{hyper}._replace(lr={_rate(group)}, {moved})"


def _of_plateaus(schedule: ScheduleSpec, textbook: Excerpt) -> Rates:
    module = SCHEDULES[schedule.name].__name__
    init, observe = textbook.need(module, "init"), textbook.need(module, "observe")
    hyper = complete_schedule(schedule.name, schedule.params)

    def rebase(group: Moved, old: float, new: float) -> str:
        """Keep the falls as a factor."""
        rate = f"plateau{group.tail}.lr * ({new!r} / {old!r})" if old else repr(new)
        return f"plateau{group.tail} = plateau{group.tail}._replace(lr={rate})"

    return Rates(
        f"SCHEDULE = {_made(module, hyper, textbook)}",
        lambda group: f"float(plateau{group.tail}.lr)",
        lambda group: f"{group.hyper}._replace(lr=float(plateau{group.tail}.lr))",
        lambda group: f"plateau{group.tail} = {init}({group.base}, SCHEDULE)",
        lambda group: f"plateau{group.tail} = {observe}(float(loss), plateau{group.tail}, SCHEDULE)",
        rebase,
    )


def _made(module: str, hyper: Any, textbook: Excerpt) -> str:
    return call_text(textbook.need(module, "Hyper"), list(hyper._asdict().items()))


def _found(chain: Chain, textbook: Excerpt) -> Iterator[str]:
    if len(chain.phases) == 1:
        (phase,) = chain.phases
        yield f"rate = float({textbook.need(phase.module.__name__, 'rate')}(t, lr, SCHEDULE))"
        return
    yield "_, begin, rate_at, schedule, own = [phase for phase in PHASES if phase[0] <= t][-1]"
    yield "rate = float(rate_at(t - begin, lr if own is None else own, schedule))"


def _segments(chain: Chain, steps: int) -> list[tuple[int, Phase, float | None]]:
    """List from which step which phase is at work, and the rate that it begins from, None: the optimizer's own."""
    found = ((t, chain.phase_at(t), chain.base_at(t)) for t in chain.turns if t < steps)
    groups = groupby(found, key=lambda one: (one[1].begin, one[2]))
    return [next(group) for _, group in groups]


def _phases(chain: Chain, steps: int, textbook: Excerpt) -> list[str]:
    if len(chain.phases) == 1:
        (phase,) = chain.phases
        return [f"SCHEDULE = {_made(phase.module.__name__, phase.hyper, textbook)}"]
    rows = [
        f"    ({first}, {phase.begin}, {textbook.need(phase.module.__name__, 'rate')}, "
        f"{_made(phase.module.__name__, phase.hyper, textbook)}, {value_text(own)}),"
        for first, phase, own in _segments(chain, steps)
    ]
    return [_table("PHASES", "from step, where it begins, rate, its numbers, what it begins from", rows)]


def _momenta(chain: Chain, steps: int, textbook: Excerpt) -> str:
    found = ((t, chain.mover_at(t)) for t in chain.turns if t < steps)
    rows = [
        f"    ({first}, {phase.begin}, {phase.last}, {textbook.need(phase.module.__name__, 'momentum')}, "
        f"{_made(phase.module.__name__, phase.hyper, textbook)}),"
        for first, phase in (next(group) for _, group in groupby(found, key=lambda one: one[1].begin))
    ]
    return _table("MOMENTA", "from step, where it begins, its last step, momentum, its numbers", rows)


def _table(name: str, columns: str, rows: Sequence[str]) -> str:
    return "\n".join((f"{name} = [  # {columns}", *rows, "]"))
