"""A trace as the window is told of it."""

from functools import cache
from types import CodeType
from typing import Any, NamedTuple

from engine.explain import line_formula, statement_at
from engine.kept_source import has_changed, text_of
from engine.layer_names import layer_number
from engine.protocol import Binding, Call, Function, Line, Source, Stage, Traced
from engine.recording.recorder import relative
from engine.trace.sources import written

from .trace import Trace
from .values import Held, Values
from .verdicts import Verdicts


class Told(NamedTuple):
    """Hold a trace, what the window was told of it, and the values behind ``Traced.values``."""

    trace: Trace
    traced: Traced
    held: list[Held]
    verdicts: Verdicts


def tell(trace: Trace, generation: int, step: int) -> Told:
    verdicts = Verdicts(trace)
    values = Values(trace, verdicts)
    book = _Book()

    def bindings(variables: dict[str, Any], call: int) -> tuple[Binding, ...]:
        return tuple(Binding(name, values.number(value, name, call)) for name, value in variables.items())

    calls = [
        Call(
            function=book.function(call.code),
            caller=call.caller,
            layer=layer_number(trace.stages.layers[number] or "") or None,
            weight=trace.stages.weights[number],
            arguments=bindings(call.arguments, number),
        )
        for number, call in enumerate(trace.calls)
    ]
    lines = [
        Line(
            call=line.call,
            line=line.line,
            stage=trace.stages.stage_at(event),
            made=bindings(line.made, line.call),
            formula=formula(trace.calls[line.call].code, line.line),
        )
        for event, line in enumerate(trace.lines)
    ]
    stages = (Stage(*span, *verdicts.of_stage(span.name)) for span in trace.stages.spans)
    traced = Traced(
        generation=generation,
        entry=trace.entry,
        step=step,
        sources=tuple(book.sources),
        functions=tuple(book.functions),
        calls=tuple(calls),
        lines=tuple(lines),
        values=tuple(values.told),
        stages=tuple(stages),
        is_log=trace.spec.optimizers[trace.entry].log is not None,
    )
    return Told(trace, traced, values.held, verdicts)


@cache
def formula(code: CodeType, line: int) -> str:
    """Return the statement at a line of a function, in LaTeX; empty where it is no formula."""
    return line_formula(statement_at(text_of(code.co_filename), line), code.co_name)


def refused(generation: int, entry: int, step: int, code: str) -> Traced:
    return Traced(generation, entry, step, (), (), (), (), (), (), code)


class _Book:
    """Numbers the files and functions that a trace came by."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.functions: list[Function] = []
        self._places: dict[Any, int] = {}

    def function(self, code: CodeType) -> int:
        if code not in self._places:
            about = written(code)
            source = self._source(code.co_filename)
            self._places[code] = len(self.functions)
            self.functions.append(Function(source, code.co_name, code.co_firstlineno, about.last, about.formulas))
        return self._places[code]

    def _source(self, file: str) -> int:
        if file not in self._places:
            self._places[file] = len(self.sources)
            self.sources.append(Source(relative(file) or file, text_of(file), has_changed(file)))
        return self._places[file]
