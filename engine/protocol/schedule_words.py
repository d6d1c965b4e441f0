"""What is to be said of a schedule: the same on a terminal, in a report and, translated, in the window."""

from collections.abc import Iterator, Mapping

from engine.spec import ExperimentSpec, OptimizerSpec, first_unplanned_step

from .pair_words import PAIR_WORDS


def past_plan(entry: OptimizerSpec, step: int, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell that a run has passed the end of OneCycleLR's plan, at ``step``; empty where it has not, or has no plan."""
    first = first_unplanned_step(entry)
    return "" if first is None or step < first else words["past_plan"].format(step=f"{first:,}")


def past_plans(spec: ExperimentSpec, step: int, words: Mapping[str, str] = PAIR_WORDS) -> Iterator[tuple[int, str]]:
    """Yield each entry, by its index, that has passed the end of its plan at ``step``, with what is to be said."""
    for index, entry in enumerate(spec.optimizers):
        if told := past_plan(entry, step, words):
            yield index, told
