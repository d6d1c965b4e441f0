"""The code that a run goes on with, version by version: each is to be settled before the run can be taken up."""

from collections.abc import Sequence

from engine.protocol import Change, code_after
from engine.spec import ExperimentSpec


def versions_of(spec: ExperimentSpec, changes: Sequence[Change]) -> list[ExperimentSpec]:
    """Return the experiment with each of the other texts of own code that its run goes on with, in their order."""
    steps = sorted({change.step for change in changes if change.code})
    return [spec.with_texts(code_after(changes, step)) for step in steps]
