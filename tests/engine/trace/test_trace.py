"""A recorded step: all of it, unharmed, with names under which torch has the same values."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.diy
from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.diy import activations, network
from engine.lane.batches import Batches
from engine.lane.diy_lane import DiyLane
from engine.recording.probe import LineProbe
from engine.recording.recorder import Recording
from engine.spec import ExperimentSpec, torch_state
from engine.trace import Trace, event_of, first_event, first_not_finite, trace_step, twin_step
from tests.drawing import examples
from tests.engine.diy.test_random_networks import experiments
from tests.engine.experiments import assert_same, experiment, layer, optimizer
from tests.products import covering

TEXTBOOK = Path(engine.diy.__file__).parent
LAYERS = [layer(3, "sigmoid"), layer(3, "identity", bias=False), layer(2, "gelu")]
OPTIMIZERS = [
    optimizer("SGD", lr=0.1),
    optimizer("SGD", lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    optimizer("Adam", lr=0.01),
    optimizer("Adam", lr=0.01, amsgrad=True, maximize=True),
    optimizer("AdamW", lr=0.01),
    optimizer("Adamax", lr=0.01),
    optimizer("NAdam", lr=0.01, weight_decay=0.01, decoupled_weight_decay=True),
    optimizer("RAdam", lr=0.01),
    optimizer("Adagrad", lr=0.1, initial_accumulator_value=0.1, lr_decay=0.1),
    optimizer("Adadelta"),
    optimizer("RMSprop", lr=0.01, momentum=0.9, centered=True),
    optimizer("Rprop", lr=0.01),
    optimizer("ASGD", lr=0.1, lambd=0.1, t0=2.0),
]


def spec_of(entry: dict[str, Any] = OPTIMIZERS[2], layers: Any = LAYERS, **more: Any) -> ExperimentSpec:
    return experiment(layers, optimizers=[entry], **more)


def traced(spec: ExperimentSpec, steps_before: int = 0, *, twin: bool = True) -> Trace:
    """The step after so many, of both lanes."""
    lanes = [make_lane(spec, 0, backend, initial_weights(spec)) for backend in ("diy", "torch")]
    batches = Batches(spec)
    for step in range(1, steps_before + 1):
        for lane in lanes:
            lane.step(batches.rows(step))
    diy, torch = (lane.snapshot() for lane in lanes)
    return trace_step(spec, 0, diy, torch if twin else None, batches.rows(steps_before + 1))


def diy_lane(spec: ExperimentSpec) -> DiyLane:
    return DiyLane(spec, spec.optimizers[0], initial_weights(spec))


def made_names(trace: Trace) -> dict[str, list[str | None]]:
    """Every variable that a line made, with the names that its values had."""
    names: dict[str, list[str | None]] = {}
    for line in trace.lines:
        for variable, value in line.made.items():
            names.setdefault(variable, []).append(trace.twin_name(value, variable, line.call))
    return names


def event_with(trace: Trace, source: str, nth: int = 0) -> int:
    found = [event for event in range(len(trace.lines)) if trace.source_line(event).strip().startswith(source)]
    return found[nth]


# --- nothing is harmed ---------------------------------------------------------------------------


@examples(20)
@given(experiments(), st.sampled_from(["float32", "float64"]), st.integers(1, 3))
def test_a_traced_step_is_the_step_bit_for_bit(spec: ExperimentSpec, dtype: str, at: int) -> None:
    spec = spec.model_copy(update={"dtype": dtype})
    plain, watched = diy_lane(spec), diy_lane(spec)
    for step in range(1, 6):
        rows = Batches(spec).rows(step)
        with np.errstate(all="ignore"):
            loss = plain.step(rows)
            own = watched.traced_step(rows).named["loss"] if step == at else watched.step(rows)
        assert np.asarray(own).tobytes() == np.asarray(loss).tobytes()
        for one, other in zip(plain.tensors(), watched.tensors(), strict=True):
            np.testing.assert_array_equal(np.asarray(one), np.asarray(other), strict=True)


def test_a_tracer_set_before_is_set_again() -> None:
    def other(*_: Any) -> None: ...

    before = sys.gettrace()
    lane = diy_lane(spec_of())
    for context in (Recording(), LineProbe([("step.py", 1)])):
        sys.settrace(other)
        try:
            with context:
                lane.step(None)
            found = sys.gettrace()
        finally:
            sys.settrace(before)
        assert found is other


@pytest.mark.parametrize("context", [Recording(), LineProbe([("network.py", 37)])], ids=["recording", "probe"])
def test_an_error_in_the_step_is_let_through_and_ends_the_watching(
    context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ArithmeticError

    before = sys.gettrace()
    lane = diy_lane(spec_of())
    monkeypatch.setattr(network, "layer_backward", broken)
    with pytest.raises(ArithmeticError), context:
        lane.step(None)
    assert sys.gettrace() is before


# --- all of it is recorded -------------------------------------------------------------------------


def counted_lines(spec: ExperimentSpec) -> Counter[tuple[str, int]]:
    """What a plain tracer counts in one step."""
    counted: Counter[tuple[str, int]] = Counter()

    def tracer(frame: Any, event: str, _: Any) -> Any:
        path = Path(frame.f_code.co_filename)
        if TEXTBOOK not in path.parents or frame.f_code.co_name == "<genexpr>":
            return None
        if event == "line":
            counted[path.relative_to(TEXTBOOK).as_posix(), frame.f_lineno] += 1
        return tracer

    lane, before = diy_lane(spec), sys.gettrace()
    sys.settrace(tracer)
    try:
        lane.step(None)
    finally:
        sys.settrace(before)
    return counted


def lines_of(trace: Trace) -> Counter[tuple[str, int]]:
    files = (Path(trace.calls[line.call].code.co_filename).relative_to(TEXTBOOK).as_posix() for line in trace.lines)
    return Counter(zip(files, (line.line for line in trace.lines), strict=True))


@pytest.mark.parametrize(
    ("entry", "loss"), covering(OPTIMIZERS, ["mse", "bce", "cross_entropy", "smooth_l1"], strength=1), ids=str
)
def test_every_line_is_recorded_as_often_as_it_runs(entry: dict[str, Any], loss: str) -> None:
    spec = spec_of(entry, loss=loss)
    counted = counted_lines(spec)
    assert lines_of(traced(spec)) == counted
    lane = diy_lane(spec)
    with LineProbe(counted) as probe:
        lane.step(None)
    assert probe.hits == counted


def test_a_probe_counts_the_places_asked_for_alone() -> None:
    spec = spec_of()
    counted = counted_lines(spec)
    places = [place for place in counted if place[0] == "network.py"][:2]
    with LineProbe([*places, ("network.py", 1), ("nowhere.py", 5)]) as probe:
        diy_lane(spec).step(None)
    assert probe.hits == {place: counted[place] for place in places}


def test_calls_have_their_callers_layers_and_weights() -> None:
    trace = traced(spec_of(OPTIMIZERS[4]))
    event = event_with(trace, "return a * (1 - a)")
    stack = []
    while event is not None:
        call = trace.calls[trace.lines[event].call]
        stack.append((call.code.co_name, trace.layer_of(event), trace.source_line(event).strip()))
        event = call.caller
    assert [name for name, _, _ in stack] == ["d_sigmoid", "layer_backward", "backward", "train_step"]
    assert [number for _, number, _ in stack] == [1, 1, None, None]
    assert stack[1][2] == "da_dz = layer.activation.df(z, a)"
    weights = [trace.stages.weights[number] for number, call in enumerate(trace.calls) if call.code.co_name == "is_on"]
    assert weights[:4] == ["layer1.weight", "layer1.weight", "layer1.bias", "layer1.bias"]


def test_sigmoid_is_reached_through_numpys_decorator() -> None:
    trace = traced(spec_of())
    event = event_with(trace, "return 1 / (1 + np.exp(-z))")
    caller = trace.calls[trace.lines[event].call].caller
    assert caller is not None
    assert trace.source_line(caller).strip() == "a = layer.activation.f(z)"


def test_variables_are_those_before_the_line_runs() -> None:
    trace = traced(spec_of())
    event = event_with(trace, "z = z + b")
    before, after = trace.variables_at(event), trace.variables_at(event + 1)
    assert set(before) == {"x", "params", "name", "hyper", "W", "b", "z"}
    np.testing.assert_array_equal(before["z"], before["x"] @ before["W"].mT)
    assert after["z"] is trace.made_at(event)["z"] is trace.named["layer1.z"]


@pytest.mark.parametrize(
    ("source", "name", "sizes"),
    [("caches.append", "caches", [1, 2, 3]), ("new_params[name] =", "new_params", [1, 2, 3, 4, 5])],
)
def test_a_list_or_a_dict_is_seen_to_grow(source: str, name: str, sizes: list[int]) -> None:
    trace = traced(spec_of())
    assert [len(trace.made_at(event_with(trace, source, nth))[name]) for nth in range(len(sizes))] == sizes


# --- names and twins -------------------------------------------------------------------------------


@pytest.mark.parametrize(("steps_before", "entry"), covering([0, 3], OPTIMIZERS, strength=1), ids=str)
def test_every_value_that_torch_tells_is_the_twin_of_something_made(entry: dict[str, Any], steps_before: int) -> None:
    spec = spec_of(entry, batch={"size": 3, "shuffle": True})
    trace = traced(spec, steps_before)
    assert trace.twin is not None
    made = {name for names in made_names(trace).values() for name in names}
    assert set(trace.twin.recorded) <= made
    begins = {name for name in trace.twin.begins if not name.endswith(".G.before") or steps_before}
    assert begins - {"x", "y", "dampening"} <= made  # torch has Adagrad's sum from the start
    assert {name for name in trace.diy if name not in (trace.torch or {})} <= {
        f"{weight}.{symbol}.before"
        for weight in trace.stages.weights
        if weight
        for symbol in torch_state(entry["name"])
    }  # torch makes its state in the first step


@pytest.mark.parametrize("entry", OPTIMIZERS, ids=str)
def test_both_sides_are_what_their_lanes_record(entry: dict[str, Any]) -> None:
    spec = spec_of(entry, dtype="float32")
    trace = traced(spec, 2)
    for backend, told in (("diy", trace.diy), ("torch", trace.torch)):
        lane = make_lane(spec, 0, backend, initial_weights(spec))
        for _ in range(2):
            lane.step(None)
        before = dict(zip(["layer1.weight", "layer1.bias"], (weight.copy() for weight in lane.weights()), strict=False))
        recorded = lane.recorded_step(None)
        assert told is not None
        assert_same({name: told[name] for name in recorded}, recorded)
        assert_same({name: told[f"{name}.before"] for name in before}, before)
        np.testing.assert_array_equal(told["x"], np.array(spec.data.x, np.float32), strict=True)


def test_one_object_that_is_two_things_is_named_by_its_variable() -> None:
    trace = traced(spec_of(optimizer("SGD", lr=0.1, momentum=0.9)))
    assert trace.named["layer2.z"] is trace.named["layer2.a"]
    names = made_names(trace)
    assert names["z"][:5] == [
        "layer1.z",
        None,
        "layer1.z",
        "layer2.z",
        "layer2.z",
    ]  # torch does not show what lacks the bias
    assert names["a"][:3] == ["layer3.a", "layer1.a", "layer2.a"]
    assert names["b"][1] == "layer2.weight.b" or "layer1.weight.b" in names["b"]
    assert names["g"][0] == "layer1.weight.grad"


def test_amsgrads_largest_is_the_first_v_and_yet_another_thing() -> None:
    trace = traced(spec_of(OPTIMIZERS[3]))
    event = event_with(trace, "largest = v_max")
    call = trace.lines[event].call
    made = trace.made_at(event)
    assert trace.twin_name(made["v_max"], "v_max", call) == "layer1.weight.v_max"
    assert trace.twin_name(trace.variables_at(event)["v"], "v", call) == "layer1.weight.v"


def test_a_decay_that_another_optimizer_took_out_is_not_torchs() -> None:
    """AdamW hands Adam a weight decay of 0 which is its own affair."""
    trace = traced(spec_of(OPTIMIZERS[4]))
    assert made_names(trace)["weight_decay"][:2] == ["weight_decay", None]
    assert made_names(trace)["lr"][:2] == ["lr", "lr"]
    assert made_names(trace)["beta2"][0] == "betas[1]"


# --- stages and places -----------------------------------------------------------------------------


def test_stages_follow_each_other_without_a_gap() -> None:
    stages = traced(spec_of()).stages.spans
    assert [stage.name for stage in stages] == [
        *("layer1.forward", "layer1.activation", "layer2.forward", "layer2.activation"),
        *("layer3.forward", "layer3.activation", "loss", "layer3.backward", "layer2.backward", "layer1.backward"),
        *("layer1.update", "layer2.update", "layer3.update"),
    ]
    assert stages[0].first == 0
    assert [stage.first for stage in stages[1:]] == [stage.last + 1 for stage in stages[:-1]]
    assert stages[-1].last == len(traced(spec_of()).lines) - 1


@pytest.mark.parametrize("entry", OPTIMIZERS, ids=str)
def test_what_arises_in_a_stage_is_made_within_it(entry: dict[str, Any]) -> None:
    from engine.lane.stage import stage_of

    trace = traced(spec_of(entry), 1)
    for name in trace.recorded:
        event = event_of(trace, name)
        assert event is not None
        assert trace.stage_of(event) == stage_of(name), name


def test_places_are_found() -> None:
    trace = traced(spec_of())
    update = event_with(trace, "new_params, new_states = update(")
    assert first_event(trace, stage="update") == update
    second = first_event(trace, stage="update", layer=2)
    assert second is not None
    assert trace.stage_of(second) == "layer2.update"
    assert trace.stage_of(second - 1) == "layer1.update"
    assert first_event(trace, stage="loss", layer=1) == event_with(trace, "L = loss.f(a, y)")
    line = trace.lines[update].line
    assert first_event(trace, file="step.py", line=line) == update
    assert first_event(trace, file="step.py", line=line, after=update) is None
    assert first_event(trace, file="step.py", line=1) is None
    innermost = event_of(trace, "layer1.a")
    assert innermost is not None
    assert trace.source_line(innermost).strip() == "return 1 / (1 + np.exp(-z))"
    assert event_of(trace, "nothing") is None


@pytest.mark.parametrize(
    ("dtype", "entry", "tensor", "stage", "source"),
    [
        ("float32", optimizer("SGD", lr=1e37), "layer1.weight", "layer1.update", "return weight - lr * step, State(b)"),
        ("float32", optimizer("Adam", lr=0.1), None, None, None),
    ],
)
def test_the_first_number_that_is_none_is_found(
    dtype: str, entry: dict[str, Any], tensor: str | None, stage: str | None, source: str | None
) -> None:
    data = {"x": [[1e3, -1e3]], "y": [[1e3, 1e3]]}
    trace = traced(spec_of(entry, [layer(2, "identity")], dtype=dtype, data=data))
    found = first_not_finite(trace)
    if tensor is None:
        assert found is None
        return
    assert found is not None
    assert (found.tensor, found.stage) == (tensor, stage)
    assert found.event is not None
    assert trace.source_line(found.event).strip() == source
    assert (found.file, found.line) == ("optimizers/sgd.py", trace.lines[found.event].line)


def test_what_breaks_on_its_way_into_a_function_broke_in_the_line_that_calls_it() -> None:
    """The square of an error overflows before the mean is taken of it."""
    data = {"x": [[1e-9, 0]], "y": [[3e20, 0]]}
    trace = traced(spec_of(layers=[layer(2, "identity")], dtype="float32", data=data))
    found = first_not_finite(trace)
    assert found is not None
    assert (found.tensor, found.stage, found.file) == ("terms", "loss", "losses/mse.py")
    assert found.event is not None
    assert trace.source_line(found.event).strip() == "return mean(e * e, reduction)"


def test_what_the_step_begins_with_is_not_where_it_broke() -> None:
    """From weights that are no numbers, the first line that makes one."""
    spec = spec_of(layers=[layer(2, "tanh")])
    lane = diy_lane(spec)
    snapshot = lane.snapshot()
    weights = (np.full_like(snapshot.weights[0], np.nan), snapshot.weights[1])
    found = first_not_finite(trace_step(spec, 0, snapshot._replace(weights=weights), None, None))
    assert found is not None
    assert (found.tensor, found.stage) == ("z", "layer1.forward")


def test_where_torch_alone_breaks_it_is_told_without_a_line() -> None:
    spec = spec_of(optimizer("SGD", lr=1e37), [layer(2, "identity")], dtype="float32")
    lane = make_lane(spec, 0, "torch", initial_weights(spec))
    while np.isfinite(lane.weights()[0]).all():
        before = lane.snapshot()
        lane.step(None)
    step = twin_step(spec, 0, before, None)
    found = first_not_finite(step)
    assert found is not None
    assert found.event is found.line is None
    assert not np.isfinite(step.recorded[found.tensor]).all()
    assert first_event(step, stage="update") is None


def test_an_activation_swapped_in_from_elsewhere_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not of the textbook is not recorded; its values keep their names."""
    tanh = activations.Activation(np.tanh, lambda _, a: 1 - a * a)  # type: ignore[arg-type]
    monkeypatch.setitem(activations.ACTIVATIONS, "tanh", tanh)
    trace = traced(spec_of(layers=[layer(2, "tanh")]))
    assert event_of(trace, "layer1.da_dz") == event_with(trace, "da_dz =")
