"""One mutant's trial: does it matter, and if so, is it convicted, and at the right stage?"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tests.trial.effects import Effect, Moment, first_stage, moment_at, moments, recorded, standing
from tests.trial.experiments import Experiment, all_experiments
from tests.trial.judging import Judged, TooLong, judged_in_time, limited, told
from tests.trial.mutants import Mutant
from tests.trial.swapping import exchanged

from . import effects

PLATEAU = "schedules/reduce_lr_on_plateau.py"
EARLY = 8  # the first steps, looked at in every experiment before the later ones are in any
SECONDS = 5.0  # of processor time for the textbook's steps in one experiment
JUDGED_SECONDS = 300.0
HANGS = 2  # experiments in which a mutant does not come to an end, before it is given up
SWALLOWED = 2**-6  # of a step: what is smaller, a few roundings to bfloat16 may come to


class Tried(NamedTuple):
    """``fate``: unreached, no effect, crashes, hangs, or matters; only then the rest is known.

    ``stages`` are the right ones. ``apart``: its effect is within what Muon's bfloat16 swallows.
    """

    mutant: Mutant
    fate: str
    told: str = ""
    effect: Effect | None = None
    stages: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  # never changed
    verdicts: dict[str, Judged] = {}  # noqa: RUF012
    apart: bool = False

    def is_right(self, dtype: str) -> bool:
        """Whether the stage named is one that is right."""
        return self.verdicts[dtype].stage in self.stages[dtype]

    @property
    def bound_to(self) -> tuple[str, ...]:
        """The precisions in which it has to be convicted."""
        if self.effect is None or self.apart:
            return ()
        return tuple(dtype for dtype in self.verdicts if self.effect.dtype in ("float64", dtype))

    def reason(self, dtype: str) -> str:
        """Say of one left over what is known of why."""
        assert self.effect is not None
        found, (_, step, size, _) = self.verdicts[dtype], self.effect
        verdict = f"{found.verdict} at step {found.step}" if found.stage else found.told or found.verdict
        return f"{verdict}; {size:.1e} of what step {step} changes, in {self.effect.experiment}"


def tried(mutant: Mutant, names: Sequence[str], dtypes: Sequence[str], steps: int) -> Tried:
    """Try a mutant in the experiments that reach it; the first in which it matters goes to the judge."""
    if not names:
        return Tried(mutant, "unreached")
    search = _Search(mutant, [_by_name()[name] for name in names], steps)
    effect = search.largest() if mutant.in_bfloat16 else search.first()
    if effect is None:
        return Tried(mutant, search.failed or "no effect", search.told)
    experiment = _by_name()[effect.experiment]
    verdicts: dict[str, Judged] = {}
    stages: dict[str, tuple[str, ...]] = {}
    for dtype in dtypes:
        spec = experiment.spec(dtype)  # checked by the textbook as it is: a mutant of its checks may refuse all
        with exchanged([mutant.exchange]):
            found = judged_in_time(spec, steps, JUDGED_SECONDS)
        if found.verdict == "raised" and "textbook" in found.told:
            return Tried(mutant, "crashes", found.told, effect)
        verdicts[dtype] = found
        stages[dtype] = tuple(dict.fromkeys(_stages(mutant, experiment, {effect.step, found.step})))
    apart = mutant.in_bfloat16 and effect.size < SWALLOWED
    return Tried(mutant, "matters", "", effect, stages, verdicts, apart)


def tried_one(task: tuple[Mutant, list[str]], dtypes: Sequence[str], steps: int) -> Tried:
    """Do what a worker is given: a mutant, and the names of the experiments that reach it."""
    mutant, names = task
    return tried(mutant, names, dtypes, steps)


@cache
def _by_name() -> dict[str, Experiment]:
    return {experiment.name: experiment for experiment in all_experiments()}


class _Search:
    """Look for an effect; ``failed`` and ``told`` say what came in between."""

    def __init__(self, mutant: Mutant, experiments: Sequence[Experiment], steps: int):
        self._mutant, self._experiments, self._steps = mutant, list(experiments), steps
        self._hangs = 0
        self.failed = self.told = ""

    def first(self) -> Effect | None:
        """Look at the first steps in all experiments, then at the later ones, then for what float32 alone shows."""
        return next(self._effects(), None)

    def largest(self) -> Effect | None:
        return max(self._effects(), key=lambda effect: effect.size, default=None)

    def _effects(self) -> Iterator[Effect]:
        for dtype, begin, end in (("float64", 0, EARLY), ("float64", EARLY, None), ("float32", 0, None)):
            for experiment in tuple(self._experiments):
                seen = moments(experiment, dtype, self._steps)[begin:end]
                effect = self._effect(experiment, seen, dtype)
                if effect is not None:
                    yield effect

    def _effect(self, experiment: Experiment, seen: Sequence[Moment], dtype: str) -> Effect | None:
        """Try one experiment; one that breaks off is tried no more."""
        looks_at_loss = self._mutant.file == PLATEAU
        if looks_at_loss:
            effects.prepare(experiment, self._steps)
        try:
            with exchanged([self._mutant.exchange]), limited(SECONDS):
                found = effects.effect_of(experiment, seen, dtype)
                return effects.rate_effect(experiment, self._steps) if found is None and looks_at_loss else found
        except TooLong:
            self.failed, self._hangs = "hangs", self._hangs + 1
        except Exception as error:
            self.failed, self.told = self.failed or "crashes", told(error)
        self._experiments.remove(experiment)
        if self._hangs == HANGS:
            self._experiments.clear()
        return None


def _stages(mutant: Mutant, experiment: Experiment, steps: set[int]) -> Iterator[str]:
    """Yield the right stage at each of the steps: where a first mattered, and where the judge found it."""
    for step in sorted(steps - {0}):
        moment = moment_at(experiment, step)
        if moment is None:
            continue
        own = recorded(experiment, moment)
        try:
            with exchanged([mutant.exchange]):
                other = recorded(experiment, moment)
        except Exception:
            continue
        stage = first_stage(own, other, standing(effects.names_of(experiment), moment.before))
        if stage is not None:
            yield stage
        if mutant.file.startswith("schedules/"):
            yield "schedule"  # a cycled momentum has no name of its own
