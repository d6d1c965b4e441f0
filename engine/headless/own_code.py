"""Own code in the commands: run with ``--trust`` alone, tried in a process of its own first, named where it departs.

What the two sides are handed is settled before a step is taken, by ``engine.settled``.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from engine.lane.stage import stage_of
from engine.own.call_watch import watch_calls
from engine.own.limits import MEGABYTE, Limits, limited_memory
from engine.run.lockstep import Lockstep
from engine.settled.settle import Records, Settled, agree_to, settle
from engine.spec import ExperimentSpec, code_of, memory_needed, part_that_makes
from engine.verify import Record
from engine.verify.words import headline

LIMITS = Limits()
COPIES = 8  # of what the lanes need: what is made on the way, the judge's too


@contextmanager
def trusted(spec: ExperimentSpec) -> Iterator[Settled]:
    """Have the experiment's code run, its calls watched meanwhile, and settle what both sides are handed.

    Raises ExperimentError where the code cannot be used, or takes not what its entry says.
    """
    if not code_of(spec):
        yield Settled(spec)
        return
    agree_to(spec)
    settled = settle(spec, LIMITS)
    watch = watch_calls(LIMITS)
    try:
        with limited_memory(Limits(memory=LIMITS.memory + COPIES * memory_needed(spec) // MEGABYTE)):
            yield settled
    finally:
        watch.close()


# --- what it is ----------------------------------------------------------------------------------


def named(run: Lockstep, records: Records, seen: Mapping[int, str] = MappingProxyType({})) -> dict[int, Record]:
    """Return what own code is that makes a pair differ from torch's, by the pair's entry.

    ``seen`` names the value in which an entry's pair was seen to differ, where the run itself has not judged it.
    """
    apart = dict(seen)
    for pair in run.pairs:
        parity = pair.parity()
        broken = parity.not_finite if parity.not_finite and parity.not_finite.sides == ("diy",) else None
        if (finding := parity.mismatch or parity.unstable or broken) is not None:
            apart[pair.entry] = finding.tensor
    found = {entry: _record_of(run.spec, entry, value, records) for entry, value in apart.items()}
    return {entry: record for entry, record in found.items() if record is not None}


def _record_of(spec: ExperimentSpec, entry: int, value: str, records: Records) -> Record | None:
    """Return what the own code is that makes a value of a step, by the value's name."""
    if stage_of(value).endswith(".update"):
        return records.optimizers.get(entry)
    part = part_that_makes(spec, value)
    return None if part is None else records.parts.get(part.path)


def in_words(run: Lockstep, records: Mapping[int, Record]) -> Iterator[str]:
    """Yield what own code of these entries is by name, and what would make it torch's."""
    for entry, record in records.items():
        label, code = run.spec.labels[entry], record.file
        if record.named is None:
            yield f"{label}: {code}: no departure that is known by name"
            continue
        yield f"{label}: {code}: {headline(record)}"
        ids = " and ".join(record.named.ids or (record.named.id,))
        yield f"  {ids}: to make it torch's, {record.named.edit}."
    yield from _unjudged(run)


def _unjudged(run: Lockstep) -> Iterator[str]:
    """Yield which own code took steps whose updates could not be judged: from there on nothing is vouched for."""
    for pair in run.pairs:
        reach = pair.parity().updates_judged
        if reach is not None and reach < run.step and run.spec.optimizers[pair.entry].log is None:
            label, code = run.spec.labels[pair.entry], run.spec.optimizers[pair.entry].code
            yield f"{label}: {code}: its updates are judged up to step {reach:,}; later ones are compared alone"
