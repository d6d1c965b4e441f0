"""Traced steps for the debugger's tests: the textbook really runs, and a small recorder watches it.

There is no torch here: torch's side is ours, moved by what a test wants the verdict to be.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import numpy as np

import engine.diy
from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.network import Layer
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.step import train_step
from engine.protocol import Binding, Call, Distance, Function, Line, Source, Stage, StageVerdict, Traced, Value

TEXTBOOK = Path(engine.diy.__file__).parent
LINE_TWINS = {"z": "z", "a": "a", "dL_da": "dL_da", "dL_dz": "dL_dz", "dL_dW": "weight.grad", "dL_db": "bias.grad"}
OF_LAYERS = ("layer_forward", "forward", "layer_backward", "backward")
APART: dict[StageVerdict, float] = {
    **{"equal": 0.0, "rounding": 3e-8, "differs": 0.1, "unstable": 1e-3, "not_finite": 0.0, "alone": 0.0},
}


def traced_step(
    layers: int = 1,
    *,
    units: int = 4,
    optimizer: str = "SGD",
    params: Mapping[str, Any] | None = None,
    bias: bool = False,
    step: int = 1,
    entry: int = 0,
    generation: int = 1,
    verdicts: Mapping[str, StageVerdict] | None = None,
) -> Traced:
    """One step of ``layers`` sigmoid layers, line by line.

    ``verdicts`` names the stages that are not ``rounding``: ``{"layer1.backward": "differs"}``. Weights depend
    on ``step``, so that steps differ in their numbers.
    """
    module, loss = OPTIMIZERS[optimizer], LOSSES["mse"]
    rng = np.random.default_rng(step)
    stack = [Layer(f"layer{number}", LAYERS["Linear"], ACTIVATIONS["sigmoid"]) for number in range(1, layers + 1)]
    weights = {}
    for layer in stack:
        weights[f"{layer.name}.weight"] = rng.normal(size=(units, units))
        if bias:
            weights[f"{layer.name}.bias"] = rng.normal(size=units)
    states = {name: module.init(weight) for name, weight in weights.items()}
    x, y = rng.normal(size=(2, units)), rng.normal(size=(2, units))
    recorder = _Recorder(layers, bias, verdicts or {})
    sys.settrace(recorder.on_call)
    try:
        train_step(stack, weights, states, x, y, loss, module, module.Hyper(**(params or {})))
    finally:
        sys.settrace(None)
    return recorder.traced(generation, entry, step)


def refused(reason: str = "no_diy_lane", *, entry: int = 0, step: int = 1, generation: int = 1) -> Traced:
    return Traced(generation, entry, step, (), (), (), (), (), (), reason)


def event_at(traced: Traced, file: str, text: str, occurrence: int = 0) -> int:
    """The event of the line of ``file`` that holds ``text``, for the n-th time that it runs."""
    source = next(source for source in traced.sources if source.file == file)
    lines = {number for number, line in enumerate(source.text.splitlines(), start=1) if text in line}
    found = [
        event
        for event, line in enumerate(traced.lines)
        if line.line in lines and traced.sources[traced.functions[traced.calls[line.call].function].source] is source
    ]
    return found[occurrence]


class _Open:
    """A call under way."""

    def __init__(self, call: int):
        self.call, self.event, self.seen = call, -1, {}


class _Recorder:
    def __init__(self, layers: int, has_bias: bool, verdicts: Mapping[str, StageVerdict]):
        self._layers, self._has_bias, self._verdicts = layers, has_bias, verdicts
        self._sources: dict[str, Source] = {}
        self._functions: dict[Any, Function] = {}
        self._calls: list[Call] = []
        self._lines: list[Line] = []
        self._values: list[Value] = []
        self._stages: list[str] = []
        self._stack: list[_Open] = []
        self._count = {"layer_forward": 0, "layer_backward": layers + 1}

    def traced(self, generation: int, entry: int, step: int) -> Traced:
        sources, functions = tuple(self._sources.values()), tuple(self._functions.values())
        parts = (tuple(self._calls), tuple(self._lines), tuple(self._values))
        return Traced(generation, entry, step, sources, functions, *parts, self._made_stages())

    # --- watching --------------------------------------------------------------------------

    def on_call(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(str(TEXTBOOK)) or code.co_name.startswith("<"):
            return None
        function = self._function(code)
        above = self._stack[-1] if self._stack else None
        layer, weight = self._subject(frame, above)
        self._stack.append(_Open(len(self._calls)))
        self._calls.append(Call(function, above.event if above else None, layer, weight, ()))
        arguments = self._news(frame)
        self._calls[-1] = self._calls[-1]._replace(arguments=arguments)
        return self._on_event

    def _on_event(self, frame: FrameType, event: str, argument: Any) -> Any:
        now = self._stack[-1]
        if event in ("line", "return") and now.event >= 0:
            made = self._news(frame)
            if event == "return":
                made += (Binding("return", self._value("return", argument, now.call)),)
            self._lines[now.event] = self._lines[now.event]._replace(made=made)
        if event == "line":
            now.event = len(self._lines)
            self._lines.append(Line(now.call, frame.f_lineno, self._stage(frame), (), ""))
        elif event == "return":
            self._stack.pop()
        return self._on_event

    def _news(self, frame: FrameType) -> tuple[Binding, ...]:
        now, news = self._stack[-1], []
        for name, value in frame.f_locals.items():
            if name not in now.seen or now.seen[name] is not value:
                now.seen[name] = value
                news.append(Binding(name, self._value(name, value, now.call)))
        return tuple(news)

    def _function(self, code: Any) -> int:
        file = Path(code.co_filename).relative_to(TEXTBOOK).as_posix()
        self._sources.setdefault(file, Source(file, Path(code.co_filename).read_text(encoding="utf-8")))
        last = max(line for _, _, line in code.co_lines() if line)
        source = list(self._sources).index(file)
        self._functions.setdefault(code, Function(source, code.co_name, code.co_firstlineno, last, ()))
        return list(self._functions).index(code)

    def _subject(self, frame: FrameType, above: _Open | None) -> tuple[int | None, str | None]:
        """The layer and the weight that a call is about."""
        name, folder = frame.f_code.co_name, Path(frame.f_code.co_filename).parent.name
        if name in ("layer_forward", "layer_backward"):
            self._count[name] += 1 if name == "layer_forward" else -1
            return self._count[name], None
        if folder == "optimizers" and name == "update" and above and self._calls[above.call].weight is None:
            assert frame.f_back is not None
            weight = frame.f_back.f_locals["name"]
            return int(weight.partition(".")[0].removeprefix("layer")), weight
        called = self._calls[above.call] if above else None
        return (called.layer, called.weight) if called else (None, None)

    def _text(self, line: Line) -> str:
        function = list(self._functions.values())[self._calls[line.call].function]
        return list(self._sources.values())[function.source].text.splitlines()[line.line - 1].strip()

    # --- stages ----------------------------------------------------------------------------

    def _stage(self, frame: FrameType) -> int:
        code, call = frame.f_code, self._calls[self._stack[-1].call]
        text = self._text(Line(self._stack[-1].call, frame.f_lineno, 0, (), ""))
        name = self._stages[-1] if self._stages else "layer1.forward"
        if code.co_name == "layer_forward":
            name = f"layer{call.layer}.{'activation' if 'activation.f' in text or 'return' in text else 'forward'}"
        elif "L = loss.f" in text:
            name = "loss"
        elif "dL_da = loss.df" in text:
            name = f"layer{self._layers}.backward"
        elif code.co_name == "layer_backward":
            name = f"layer{call.layer}.backward"
        elif "dL_dx = dL_dz" in text:
            name = f"layer{(call.layer or 0) - 1}.backward"
        elif "update(params" in text:
            name = "layer1.update"
        elif call.weight is not None:
            name = f"layer{call.layer}.update"
        if name not in self._stages:
            self._stages.append(name)
        return self._stages.index(name)

    def _made_stages(self) -> tuple[Stage, ...]:
        made = []
        for number, name in enumerate(self._stages):
            events = [event for event, line in enumerate(self._lines) if line.stage == number]
            values = [self._values[item.value] for event in events for item in self._lines[event].made]
            distances = [value.distance for value in values if value.distance is not None]
            largest = max(distances, key=lambda distance: distance.max_abs, default=None)
            made.append(Stage(name, events[0], events[-1], largest, self._verdict(name)))
        return tuple(made)

    def _verdict(self, stage: str) -> StageVerdict:
        return self._verdicts.get(stage, "rounding")

    # --- values ----------------------------------------------------------------------------

    def _value(self, name: str, held: Any, call: int) -> int:
        self._values.append(self._summary(self._twin(name, call), held))
        return len(self._values) - 1

    def _twin(self, name: str, call: int) -> str | None:
        _, _, layer, weight, _ = self._calls[call]
        function = list(self._functions.values())[self._calls[call].function].name
        if name == "L":
            return "loss"
        if function == "train_step" and name == "dL_da":
            return f"layer{self._layers}.dL_da"
        if layer is not None and name == "dL_dx" and function != "train_step":
            return f"layer{layer - 1}.dL_da"
        if layer is not None and function in OF_LAYERS and name in LINE_TWINS:
            is_half = name == "z" and self._text(self._lines[-1]) == "z = x @ W.mT" and self._has_bias
            return None if is_half else f"layer{layer}.{LINE_TWINS[name]}"
        if weight is not None and name in ("weight", "grad", "m", "v"):
            return weight if name == "weight" else f"{weight}.{name}"
        return None

    def _summary(self, twin: str | None, held: Any) -> Value:
        number = isinstance(held, (int, float, np.number, np.ndarray)) and not isinstance(held, bool)
        if not number:
            return Value(_described(held), "", None, None, None, None, (), None, (), None, None)
        array = np.asarray(held)
        low, mean, high = float(array.min()), float(array.mean()), float(array.max())
        first = tuple(float(element) for element in array.ravel()[:6])
        dtype = str(array.dtype) if isinstance(held, (np.ndarray, np.number)) else type(held).__name__
        if twin is None:
            return Value("", dtype, array.shape, low, mean, high, first, None, (), None, None)
        verdict = self._verdict(self._stages[-1]) if self._stages else "rounding"
        apart = APART[verdict]
        distance = Distance(apart, apart, apart * 1e8, twin, (0,) * array.ndim, apart * 1e8)
        twins = tuple(element + apart for element in first)
        return Value("", dtype, array.shape, low, mean, high, first, twin, twins, distance, verdict)


def _described(held: Any) -> str:
    if isinstance(held, (list, tuple)) and not hasattr(held, "_fields"):
        return f"{type(held).__name__} of {len(held)}"
    if isinstance(held, ModuleType):
        return held.__name__.rpartition(".")[2]
    return "None" if held is None else str(held) if isinstance(held, bool) else type(held).__name__
