"""Tells whether lines of the textbook run, for breakpoints on them; all other code runs at full speed."""

import sys
from collections import Counter
from collections.abc import Collection
from types import CodeType, FrameType
from typing import Any

from .recorder import Tracer, relative

Place = tuple[str, int]  # a file, relative to the textbook's folder, and a line of it


class LineProbe:
    """Count in ``hits``, from 0 each time, how often each of the places is run inside ``with``.

    Only functions with such a line in them are followed line by line.
    """

    def __init__(self, places: Collection[Place]):
        self.hits: Counter[Place] = Counter()
        self._lines: dict[str, set[int]] = {}
        for file, line in places:
            self._lines.setdefault(file, set()).add(line)
        self._tracers: dict[CodeType, Tracer | None] = {}
        self._tracer_before: Any = None

    def __enter__(self) -> "LineProbe":
        self.hits = Counter()
        self._tracer_before = sys.gettrace()
        sys.settrace(self._on_call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._tracer_before)

    def _on_call(self, frame: FrameType, _event: str, _: Any) -> Tracer | None:
        code = frame.f_code
        if code not in self._tracers:
            self._tracers[code] = self._tracer(code)
        return self._tracers[code]

    def _tracer(self, code: CodeType) -> Tracer | None:
        file = relative(code.co_filename) or code.co_filename  # own code's is as the experiment has it
        lines = self._lines.get(file, set()) & {line for _, _, line in code.co_lines() if line is not None}
        if not lines:
            return None

        def on_event(frame: FrameType, event: str, _: Any) -> Tracer:
            if event == "line" and frame.f_lineno in lines:
                self.hits[file, frame.f_lineno] += 1
            return on_event

        return on_event
