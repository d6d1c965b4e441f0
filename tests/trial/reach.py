"""Which experiments run which lines of the textbook."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np

from tests.trial.effects import lane_of, moments
from tests.trial.experiments import Experiment
from tests.trial.mutants import Mutant
from tests.trial.swapping import ROOT

Line = tuple[str, int]  # a file of the textbook, relative to it, and a line
Reach = dict[Line, list[str]]


def reach_of(experiments: Sequence[Experiment], steps: int, tell: Callable[[str], None] = lambda _: None) -> Reach:
    """Return the names of the experiments that run each line, in order, within the sampled ones of ``steps`` steps."""
    reach: Reach = defaultdict(list)
    for experiment in experiments:
        tell(experiment.name)
        for line in sorted(_lines_of(experiment, steps)):
            reach[line].append(experiment.name)
    return dict(reach)


def reaching(mutant: Mutant, reach: Reach) -> list[str]:
    """Return the names of the experiments that run a mutant's line, or one that reads a mutant's constant."""
    lines = [mutant.line] if mutant.value is None else _read_in(mutant)
    found = [reach.get((mutant.file, line), []) for line in lines]
    return list(dict.fromkeys(name for names in found for name in names))


def _read_in(mutant: Mutant) -> list[int]:
    source = (ROOT / mutant.file).read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(source, 1) if mutant.name in line and number != mutant.line]


def _lines_of(experiment: Experiment, steps: int) -> set[Line]:
    seen = moments(experiment, "float64", steps)
    with _watched() as lines, np.errstate(all="ignore"):
        lane = lane_of(experiment, "float64")
        for moment in seen:
            lane.restore(moment.before)
            lane.step(moment.rows)
    return lines


@contextmanager
def _watched() -> Iterator[set[Line]]:
    """Collect the textbook's lines that run inside ``with``."""
    lines: set[Line] = set()
    files: dict[str, str | None] = {}

    def relative(name: str) -> str | None:
        if name not in files:
            files[name] = name[len(str(ROOT)) + 1 :].replace("\\", "/") if name.startswith(str(ROOT)) else None
        return files[name]

    def on_call(frame: FrameType, _event: str, _: Any) -> Callable[..., Any] | None:
        file = relative(frame.f_code.co_filename)
        if file is None:
            return None
        lines.add((file, frame.f_code.co_firstlineno))

        def on_line(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
            if event == "line":
                lines.add((file, frame.f_lineno))
            return on_line

        return on_line

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        yield lines
    finally:
        sys.settrace(before)
