"""The debugger's answers: a step as the window is told of it, a value as maps, and traces that are of this past."""

import pickle
from typing import Any

import numpy as np
import pytest

import engine.server.debugger
from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.lane.diy_lane import DiyLane
from engine.protocol import HISTORY_BUDGET, Explain, LookAtValue, Traced, TraceStep, Value
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentSpec, check
from engine.trace import Trace, TwinStep
from engine.trace.sources import formulas
from tests.engine.experiments import experiment, layer, optimizer, raw_article, tensors_of

LAYERS = [layer(3, "sigmoid"), layer(2, "identity", bias=False)]
ADAM = optimizer("Adam", lr=0.01)


def debugged(spec: ExperimentSpec, steps: int = 0) -> tuple[Lockstep, Debugger]:
    run = Lockstep(spec, budget=HISTORY_BUDGET)
    if steps:
        run.advance(steps)
    return run, Debugger(run)


def traced_of(spec: ExperimentSpec, step: int = 1) -> Traced:
    _, debugger = debugged(spec, step - 1)
    return debugger.trace(TraceStep(1, 0, step))


def made(traced: Traced, source: str, name: str, nth: int = 0) -> Value:
    """What the ``nth`` line that begins so made of a variable."""
    for line in traced.lines:
        function = traced.functions[traced.calls[line.call].function]
        text = traced.sources[function.source].text.splitlines()[line.line - 1]
        if text.strip().startswith(source) and (nth := nth - 1) < 0:
            return traced.values[next(binding.value for binding in line.made if binding.name == name)]
    raise LookupError(source)


# --- a step, told ----------------------------------------------------------------------------------


def test_what_there_is_nothing_of_is_refused() -> None:
    run, debugger = debugged(experiment(LAYERS, optimizers=[ADAM, {**ADAM, "backends": ["torch"]}]), 3)
    for entry, step, code in ((0, 0, "no_step"), (0, 5, "no_step"), (1, 1, "no_diy_lane"), (2, 1, "no_diy_lane")):
        traced = debugger.trace(TraceStep(7, entry, step))
        assert (traced.generation, traced.entry, traced.step, traced.refused) == (7, entry, step, code)
        assert not any((traced.sources, traced.functions, traced.calls, traced.lines, traced.values, traced.stages))
    assert isinstance(debugger.trace_of(1, 2), TwinStep)
    assert run.step == 3


@pytest.mark.parametrize("step", [1, 2, 5, 6])
def test_a_recorded_step_and_the_next_one_are_told_where_the_run_stands_and_leave_it_there(step: int) -> None:
    spec = experiment(LAYERS, optimizers=[ADAM], batch={"size": 3, "shuffle": True}, dtype="float32")
    run, debugger = debugged(spec, 5)
    untouched, _ = debugged(spec, 5)
    traced = debugger.trace(TraceStep(1, 0, step))
    assert traced.refused is None
    lane = DiyLane(spec, spec.optimizers[0], initial_weights(spec))
    for earlier in range(1, step):
        lane.step(Batches(spec).rows(earlier))
    recorded = lane.recorded_step(Batches(spec).rows(step))
    weight = made(traced, "weight = weight - lr", "weight")
    assert weight.twin == "layer1.weight"
    assert weight.first == tuple(recorded["layer1.weight"].ravel())
    assert run.step == 5
    for one in (run, untouched):
        one.advance(3)
    for place in (0, 1):
        for name, tensor in tensors_of(run, place).items():
            np.testing.assert_array_equal(tensor, tensors_of(untouched, place)[name], err_msg=name)


def test_indices_lead_where_they_should() -> None:
    traced = traced_of(experiment(LAYERS, optimizers=[ADAM]))
    assert {source.file for source in traced.sources} >= {
        "step.py",
        "network.py",
        "optimizers/adam.py",
        "losses/mse.py",
    }
    for function in traced.functions:
        text = traced.sources[function.source].text.splitlines()
        header = "\n".join(text[function.first_line - 1 : function.last_line])
        assert f"def {function.name}(" in header
        assert not text[function.last_line].strip() if function.last_line < len(text) else True
    for number, call in enumerate(traced.calls):
        assert (call.caller is None) == (number == 0)
        if call.caller is not None:
            assert call.caller < min(event for event, line in enumerate(traced.lines) if line.call == number)
    for event, line in enumerate(traced.lines):
        function = traced.functions[traced.calls[line.call].function]
        assert function.first_line < line.line <= function.last_line
        stage = traced.stages[line.stage]
        assert stage.first <= event <= stage.last
    assert pickle.loads(pickle.dumps(traced)) == traced


def test_arguments_are_told() -> None:
    traced = traced_of(experiment(LAYERS, optimizers=[ADAM]))
    call = next(call for call in traced.calls if call.weight == "layer1.bias")
    told = {binding.name: traced.values[binding.value] for binding in call.arguments}
    assert list(told) == ["grad", "state", "weight", "hyper"]
    assert (told["grad"].twin, told["weight"].twin) == ("layer1.bias.grad", "layer1.bias.before")
    assert told["state"].text == "State(t=0, m, v, v_max=None)"
    assert told["hyper"].text.startswith("Hyper(lr=0.01, betas=(0.9, 0.999), eps=1e-08")


def test_values_are_summed_up_beside_torchs() -> None:
    spec = experiment(LAYERS, rows=4, optimizers=[ADAM], dtype="float32")
    traced = traced_of(spec, 3)
    z = made(traced, "z = z + b", "z")
    lanes = [make_lane(spec, 0, backend, initial_weights(spec)) for backend in ("diy", "torch")]
    for lane in lanes:
        lane.step(None)
        lane.step(None)
    own, twin = (lane.recorded_step(None)["layer1.z"] for lane in lanes)
    assert (z.text, z.dtype, z.shape) == ("", "float32", (4, 3))
    assert (z.low, z.high) == (own.min(), own.max())
    assert z.mean == pytest.approx(own.mean(), rel=1e-6)
    assert z.first == tuple(own.ravel()[: len(z.first)])
    assert (z.twin, z.twin_first) == ("layer1.z", tuple(twin.ravel()[: len(z.first)]))
    assert z.distance is not None
    assert z.distance.max_abs == np.abs(own.astype(float) - twin).max()
    assert z.distance.tensor == "layer1.z"
    assert z.verdict == ("equal" if z.distance.max_abs == 0 else "rounding")
    assert made(traced, "z = x @ W.mT", "z").twin is None
    t = made(traced, "t = t + 1", "t")
    assert (t.dtype, t.shape, t.first, t.twin, t.verdict) == ("int", (), (3.0,), "layer1.weight.t", "equal")


@pytest.mark.parametrize(
    ("source", "name", "text"),
    [
        ("a, caches = forward", "caches", "2 × tuple"),
        ("caches: list", "caches", "[]"),
        ("x, cache = layer_forward", "cache", "(7×2, 7×3, 7×3)"),
        ("for layer in layers", "layer", "Layer(name, kind, activation, hyper)"),
        ("grads = backward", "grads", "{layer1.weight, layer1.bias, layer2.weight}"),
        ("return Step", "return", "Step(caches, loss, dL_da, grads, clipped, params, states)"),
    ],
)
def test_what_is_no_number_is_told_in_short(source: str, name: str, text: str) -> None:
    value = made(traced_of(experiment(LAYERS, optimizers=[ADAM])), source, name)
    assert (value.text, value.shape, value.low, value.twin, value.verdict) == (text, None, None, None, None)


def test_a_lane_alone_has_no_twins() -> None:
    traced = traced_of(experiment(LAYERS, optimizers=[{**ADAM, "backends": ["diy"]}]))
    assert {value.twin for value in traced.values} == {None}
    assert {(stage.verdict, stage.distance) for stage in traced.stages} == {("alone", None)}


def test_not_a_number_is_summed_up_without_a_warning() -> None:
    spec = experiment([layer(2, "identity")], optimizers=[optimizer("SGD", lr=1e6)], dtype="float32")
    traced = traced_of(spec, 60)
    assert np.isnan(made(traced, "L = loss.f", "L").first[0])
    assert "not_finite" in {stage.verdict for stage in traced.stages} <= {"equal", "rounding", "not_finite"}


def test_drift_is_told_apart_from_difference() -> None:
    """At a rate too large rounding piles up, though from the same state both sides agree."""
    layers = [layer(16, "relu"), layer(16, "relu"), layer(1, "identity")]
    spec = experiment(layers, rows=20, optimizers=[optimizer("SGD", lr=0.7)], dtype="float32")
    run, debugger = debugged(spec, 400)
    assert run.parity()[0].verdict == "lockstep"
    assert run.parity()[0].drift is not None
    assert {stage.verdict for stage in debugger.trace(TraceStep(1, 0, 400)).stages} <= {"equal", "rounding"}


def test_formulas_come_out_of_docstrings() -> None:
    functions = {function.name: function for function in traced_of(experiment(LAYERS, optimizers=[ADAM])).functions}
    assert functions["sigmoid"].formulas == (r"a = \sigma(z) = \frac{1}{1 + e^{-z}}",)
    assert functions["layer_forward"].formulas == ("a = f(z)",)
    assert functions["forward"].formulas == (r"z = x W^\top + b",), "the layer's own, after the network's"
    assert functions["update"].formulas[0] == r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t"
    assert len(functions["update"].formulas) == 5
    assert functions["train_step"].formulas == ()
    assert formulas("About :math:`x`.\n\n.. math::\n    a &= b \\\\\n    c\n\nand :math:`d = 1`") == (
        *("a = b", "c", "d = 1"),
    )


def test_lines_have_formulas() -> None:
    traced = traced_of(check(raw_article()))
    formulas = {line.formula for line in traced.lines}
    assert any(r"\odot" in formula for formula in formulas)
    assert "" in formulas


# --- values as maps ----------------------------------------------------------------------------------


def look(debugger: Debugger, traced: Traced, value: Value, **more: Any) -> Any:
    request = LookAtValue(1, 0, traced.step, traced.values.index(value), (100, 100), **more)
    answer = debugger.look(request)
    assert answer.request == request
    return answer.maps


def test_a_matrix_opens_on_both_sides_with_its_difference() -> None:
    spec = experiment(LAYERS, optimizers=[ADAM], dtype="float32")
    run, debugger = debugged(spec, 2)
    traced = debugger.trace(TraceStep(1, 0, 2))
    maps = look(debugger, traced, made(traced, "weight = weight - lr", "weight"), at=(2, 1))
    own, twin = (tensors_of(run, place)["layer1.weight"] for place in (0, 1))
    np.testing.assert_array_equal(maps.diy, own, strict=True)
    np.testing.assert_array_equal(maps.torch, twin, strict=True)
    np.testing.assert_array_equal(maps.delta, own.astype(np.float64) - twin)
    assert (maps.reading.diy, maps.reading.torch) == (own[2, 1], twin[2, 1])
    bias = look(debugger, traced, made(traced, "weight, state = optimizer", "weight", 1))
    assert bias.shape == (1, 3)
    alone = look(debugger, traced, made(traced, "z = x @ W.mT", "z"))
    assert alone.torch is alone.delta is None
    assert alone.shape == (7, 3)
    assert look(debugger, traced, made(traced, "L = loss.f", "L")) is None
    assert look(debugger, traced, made(traced, "a, caches = forward", "caches")) is None


def test_a_value_that_is_not_there_is_an_error() -> None:
    _, debugger = debugged(experiment(LAYERS))
    with pytest.raises(LookupError):
        debugger.look(LookAtValue(1, 0, 1, 100_000, (10, 10)))
    with pytest.raises(LookupError):
        debugger.look(LookAtValue(1, 0, 9, 0, (10, 10)))


def test_a_step_is_explained() -> None:
    _, debugger = debugged(check(raw_article()), 2)
    request = Explain(1, 0, 3, 5, "layer1.weight", (0, 1))
    explained = debugger.explain(request)
    assert explained.request == request
    assert explained.grad.diy == pytest.approx(explained.rows[0].product.diy)


# --- traces are of this past -----------------------------------------------------------------------


def test_a_trace_is_kept_until_the_past_changes() -> None:
    run, debugger = debugged(experiment(LAYERS, optimizers=[ADAM]), 6)
    first = debugger.trace_of(0, 5)
    assert debugger.trace_of(0, 5) is first
    run.seek(3)
    assert debugger.trace_of(0, 5) is first
    run.set_params(0, {"lr": 0.5})  # a fork
    run.advance(3)
    after = debugger.trace_of(0, 5)
    assert isinstance(after, Trace)
    assert after.hyper.lr == 0.5
    assert not np.array_equal(after.diy["layer1.weight"], first.diy["layer1.weight"])  # type: ignore[union-attr]


def test_the_next_step_is_traced_with_the_rate_set_for_it() -> None:
    run, debugger = debugged(experiment(LAYERS, optimizers=[ADAM]), 2)
    slow = debugger.trace_of(0, 3)
    run.set_params(0, {"lr": 0.5})
    fast = debugger.trace_of(0, 3)
    assert (slow.hyper.lr, fast.hyper.lr) == (0.01, 0.5)  # type: ignore[union-attr]


def test_the_next_step_is_traced_with_the_rate_set_for_it_wherever_the_run_stands() -> None:
    run, debugger = debugged(experiment(LAYERS, optimizers=[ADAM]), 6)
    debugger.trace_of(0, 7)
    run.set_params(0, {"lr": 0.5})
    run.seek(2)  # where the first rate is in force, as it was when that step was traced
    assert debugger.trace_of(0, 7).hyper.lr == 0.5  # type: ignore[union-attr]


def test_large_traces_make_room_for_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    _, debugger = debugged(experiment(LAYERS), 2)
    first = debugger.trace_of(0, 1)
    assert sum(array.nbytes for array in first.named.values() if isinstance(array, np.ndarray)) < first.nbytes  # type: ignore[union-attr]
    monkeypatch.setattr(engine.server.debugger, "KEPT_BYTES", first.nbytes)
    newest = debugger.trace_of(0, 2)
    assert debugger.trace_of(0, 2) is newest
    assert debugger.trace_of(0, 1) is not first


def test_only_a_few_traces_are_kept() -> None:
    _, debugger = debugged(experiment(LAYERS), 20)
    first = debugger.trace_of(0, 1)
    for step in range(2, 21):
        debugger.trace(TraceStep(1, 0, step))
    assert debugger.trace_of(0, 1) is not first
