"""What keeps a run from going well, printed at its end."""

from collections.abc import Iterator
from time import perf_counter

from engine.diagnosis import diagnose_all
from engine.protocol import MINUS, Diagnosis, sentences
from engine.run.lockstep import Lockstep

SECONDS, SHARE = 2.0, 0.1  # that looking may take, or so much of the run's own time


def diagnoses_in_words(run: Lockstep, seconds: float) -> Iterator[str]:
    """Yield lines for what is found at the step stood at, as far as a part of the run's ``seconds`` lets one look."""
    until = perf_counter() + max(SECONDS, SHARE * seconds)
    for found in diagnose_all(run):
        if found is not None:
            yield from _lines(run, found)
        if perf_counter() > until:
            return


def _lines(run: Lockstep, found: Diagnosis) -> Iterator[str]:
    what, why, helps = (text.replace(MINUS, "-") for text in sentences(found))
    yield what + "." if found.entry is None else f"{run.spec.labels[found.entry]}: {what}."
    yield f"    Why: {why}."
    yield f"    What helps: {helps}."
