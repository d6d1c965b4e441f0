"""Whatever a person does between two stops: breakpoints hold in the steps that a run taken step by step says.

The server is sent runs, seeks, searches back and new breakpoints in any order; beside it goes a model of a run that
knows every step's numbers beforehand and no blocks, checkpoints or replays.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.diy.optimizers import sgd
from engine.protocol import Change, Frame, FrameRequest, Run, RunBack, Seek, SetBreakpoints, Stopped, TraceStep
from engine.run.lockstep import Lockstep
from engine.spec import Breakpoint, ConditionBreakpoint, LineBreakpoint, check, complete
from tests.drawing import examples
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.server.test_server import Window, serving

STEPS = 150
DECAY_LINE = next(
    number
    for number, text in enumerate(Path(sgd.__file__).read_text(encoding="utf-8").splitlines(), 1)
    if "g = g + weight_decay * weight" in text
)
SPEC = experiment(
    [layer(3, "tanh"), layer(2, "sigmoid")],
    optimizers=[optimizer("SGD", lr=0.1), {**optimizer("Adam", lr=0.1), "backends": ["diy"]}],
    batch={"size": 3, "shuffle": True},
    dtype="float32",
)
CHANGES = (
    Change(37, 0, {"lr": 0.2, "weight_decay": 0.01}),
    Change(64, 1, {"lr": 0.05}),
    Change(100, 0, {"lr": 0.1}),
    Change(128, 1, {"lr": 0.3}),
)
QUANTITIES = ("loss", "grad_norm", "weight_norm", "parity_abs", "parity_ulp", "lr")


@cache
def numbers() -> dict[str, dict[str, list[float]]]:
    """By quantity and lane (or pair), the number at every step, of a run that goes step by step."""
    run = Lockstep(SPEC, changes=CHANGES, judge_at_once=False)
    found: dict[str, dict[str, list[float]]] = {quantity: {} for quantity in QUANTITIES}
    for _ in range(STEPS):
        rates = [complete(entry.name, entry.params).lr for entry in run.spec.optimizers]
        run.advance()
        for place, one in enumerate(run.lanes):
            norms = (norm(one.lane.gradients()), norm(one.lane.weights()))
            values = (float(run.losses[place]), *norms, rates[one.entry])
            for quantity, value in zip(("loss", "grad_norm", "weight_norm", "lr"), values, strict=True):
                found[quantity].setdefault(one.id, []).append(value)
        pair = run.parity()[0]
        groups = [group for group in (pair.loss, pair.grad, pair.weight, pair.state) if group is not None]
        found["parity_abs"].setdefault("SGD", []).append(max(group.max_abs for group in groups))
        found["parity_ulp"].setdefault("SGD", []).append(max(group.max_ulps for group in groups))
    return found


def norm(tensors: Sequence[Any]) -> float:
    return float(np.sqrt(sum(float((np.asarray(tensor, float) ** 2).sum()) for tensor in tensors)))


def between(values: Sequence[float], share: float) -> float:
    """A bound that no value is near: in the middle of two that are neighbours when sorted."""
    ordered = sorted({*values, min(values) / 2, max(values) + 1})
    place = int(share * (len(ordered) - 2))
    return (ordered[place] + ordered[place + 1]) / 2


@st.composite
def breakpoints(draw: st.DrawFn) -> dict[str, Any]:
    more = {"hits": draw(st.sampled_from([1, 1, 1, 2, 5])), "enabled": draw(st.sampled_from([True, True, True, False]))}
    kind = draw(st.sampled_from(["condition", "condition", "condition", "line", "stage"]))
    if kind == "line":
        return {"kind": "line", "file": "optimizers/sgd.py", "line": DECAY_LINE, **more}
    if kind == "stage":
        return {"kind": "stage", "stage": "update", **more, "hits": draw(st.integers(20, 60))}
    quantity, op = draw(st.sampled_from(QUANTITIES)), draw(st.sampled_from(["<", ">", "rises", "rises"]))
    lane = draw(st.sampled_from([None, *numbers()[quantity]]))
    values = [value for name, values in numbers()[quantity].items() if lane in (None, name) for value in values]
    if op == "rises":
        series = numbers()[quantity].values()
        values = [now / past for one in series for past, now in pairwise(one) if past]
    share = draw(st.sampled_from([0.0, 0.02, 0.9, 0.97, 1.0]))
    return {"kind": "condition", "quantity": quantity, "op": op, "value": between(values, share), "lane": lane, **more}


def steps_of(one: Breakpoint) -> list[bool]:
    """Whether the breakpoint holds, from step 1 on."""
    if isinstance(one, LineBreakpoint):
        return [37 < step <= 100 for step in range(1, STEPS + 1)]
    if not isinstance(one, ConditionBreakpoint):
        return [True] * STEPS
    assert one.value is not None
    bound, holds = one.value, np.zeros(STEPS, bool)
    for name, values in numbers()[one.quantity].items():
        now = np.array(values)
        past = np.array([np.nan, *values[:-1]])
        if one.lane in (None, name):
            holds |= {"<": now < bound, ">": now > bound, "rises": now > bound * past}[one.op]
    return holds.tolist()


class Model(NamedTuple):
    """A run and its breakpoints: where it stands, which step it has been stopped in, and the steps it came by."""

    breakpoints: tuple[Breakpoint, ...]
    at: int = 0
    newest: int = 0
    passed: int = 0
    seen: frozenset[int] = frozenset()  # since the breakpoints were set

    @property
    def hits(self) -> tuple[int, ...]:
        """Up to where it stands; the step that it is stopped in counts."""
        return self.counts(self.passed if self.passed == self.at + 1 else self.at)

    def counts(self, last: int) -> tuple[int, ...]:
        held = [self.held(step) for step in self.seen if step <= last]
        return tuple(sum(one[place] for one in held) for place in range(len(self.breakpoints)))

    def elsewhere(self, at: int, passed: int = 0) -> "Model":
        return self._replace(at=at, passed=passed)

    def held(self, step: int) -> list[bool]:
        return [one.enabled and steps_of(one)[step - 1] for one in self.breakpoints]

    def run(self, steps: int, over: bool) -> tuple["Model", int | None]:
        """And the step in which it stops."""
        model, first = self, self.at + 1
        for step in range(first, self.at + steps + 1):
            model = model._replace(at=step, seen=model.seen | {step})
            enough = (count >= one.hits for count, one in zip(model.counts(step), self.breakpoints, strict=True))
            stops = any(holds and is_enough for holds, is_enough in zip(self.held(step), enough, strict=True))
            if stops and step != self.passed and not (over and step == first):
                return model._replace(at=step - 1, newest=max(self.newest, step - 1), passed=step), step
        return model._replace(newest=max(self.newest, model.at)), None

    def back(self, before: int) -> tuple["Model", int | None]:
        found = next((step for step in range(min(before - 1, self.newest), 0, -1) if any(self.held(step))), None)
        return self.elsewhere(found - 1 if found else 0, found or 0), found


def settled(window: Window) -> tuple[Frame, int | None]:
    """The frame once the run stands still, and the step in which it was stopped."""
    stop: int | None = None
    while True:
        window.send(FrameRequest(1, None, None))
        while not isinstance(answer := window.next(Frame, Stopped), Frame):
            stop = answer.step
        if not answer.running:
            return answer, stop


moves = st.one_of(
    st.tuples(st.just("run"), st.integers(1, 90), st.booleans()),
    st.tuples(st.just("run"), st.integers(1, 90), st.booleans()),
    st.tuples(st.just("seek"), st.integers(0, STEPS)),
    st.tuples(st.just("back"), st.integers(0, 3)),
    st.tuples(st.just("trace"), st.integers(1, STEPS)),
    st.tuples(st.just("set"), st.lists(breakpoints(), max_size=2)),
)


def moved(window: Window, model: Model, move: tuple[Any, ...]) -> tuple[Model, int | None]:
    """Do the same to both; the step in which the model's run stops."""
    what, number, *rest = move
    if what == "run":
        steps = min(number, STEPS - model.at)
        window.send(Run(1, steps, None, *rest))
        return model.run(steps, *rest)
    if what == "seek":
        window.send(Seek(1, number))
        return model.elsewhere(min(number, model.newest)), None
    if what == "back":
        step = model.at + number
        window.send(RunBack(1, step))
        return model.back(step)
    if what == "trace":
        window.send(TraceStep(1, 0, number))
        return model, None
    chosen = spec_with(number).breakpoints
    window.send(SetBreakpoints(1, chosen))
    return Model(chosen, model.at, model.newest), None


def spec_with(chosen: Sequence[dict[str, Any]]) -> Any:
    return check({**SPEC.model_dump(mode="json", by_alias=True), "breakpoints": list(chosen)})


@examples(12)
@given(st.lists(breakpoints(), min_size=1, max_size=3), st.lists(moves, min_size=2, max_size=10))
def test_a_run_stops_where_its_numbers_say(chosen: list[dict[str, Any]], path: list[tuple[Any, ...]]) -> None:
    with serving() as window:
        spec = spec_with(chosen)
        window.load(spec, changes=CHANGES)
        model = Model(spec.breakpoints)
        for move in path:
            model, stop = moved(window, model, move)
            frame, stopped = settled(window)
            assert stopped == stop
            assert (frame.step, frame.newest, frame.hits) == (model.at, model.newest, model.hits)
