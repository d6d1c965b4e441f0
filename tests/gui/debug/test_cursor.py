"""Where each key leads in a traced step: on random calls, and on the textbook's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.protocol import Binding, Call, Function, Line, Source, Stage, Traced, Value
from engine.spec import LineBreakpoint, StageBreakpoint
from gui.debug.step import cursor as moves
from gui.debug.step.stops import stop_events
from tests.gui.traces import event_at, traced_step

FORWARD = (moves.step_into, moves.step_over, moves.step_out, moves.next_stage)
BACK = (moves.step_into_back, moves.step_over_back, moves.step_out_back, moves.previous_stage)
NETWORK, LINEAR, SGD = "network.py", "layers/linear.py", "optimizers/sgd.py"


@st.composite
def traces(draw: st.DrawFn) -> Traced:
    """Any tree of calls: each event goes on in a call under way, or begins one from its newest line."""
    calls, lines, under_way = [Call(0, None, None, None, ())], [Line(0, 1, 0, (), "")], [0]
    for begins, leaves in draw(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), max_size=25)):
        if begins:
            under_way.append(len(calls))
            calls.append(Call(len(calls) % 2, len(lines) - 1, None, None, ()))
        else:
            del under_way[max(len(under_way) - leaves, 1) :]
        number = sum(line.call == under_way[-1] for line in lines) + 1
        lines.append(Line(under_way[-1], number, 0, (), ""))
    starts = sorted({0, *draw(st.lists(st.integers(0, len(lines) - 1), max_size=4))})
    stages = tuple(
        Stage(f"stage{at}", first, last - 1, None, "equal")
        for at, (first, last) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True))
    )
    lines = [
        line._replace(stage=max(at for at, start in enumerate(starts) if start <= event))
        for event, line in enumerate(lines)
    ]
    functions = (Function(0, "f", 1, 99, ()), Function(0, "g", 1, 99, ()))
    return Traced(1, 0, 1, (Source("a.py", ""),), functions, tuple(calls), tuple(lines), (), stages)


@given(traces(), st.data())
def test_every_move_ends_within_the_step(traced: Traced, data: st.DataObject):
    event = data.draw(st.integers(0, len(traced.lines)))
    for move in FORWARD:
        assert event < move(traced, event) <= len(traced.lines) or event == len(traced.lines) == move(traced, event)
    for move in BACK:
        assert 0 <= move(traced, event) < event or event == 0 == move(traced, event)


@given(traces(), st.data())
def test_back_undoes_forward(traced: Traced, data: st.DataObject):
    event = data.draw(st.integers(0, len(traced.lines) - 1))
    assert moves.step_into_back(traced, moves.step_into(traced, event)) == event
    after = moves.step_over(traced, event)
    if after < len(traced.lines) and traced.lines[after].call == traced.lines[event].call:
        assert moves.step_over_back(traced, after) == event
    before = moves.step_over_back(traced, event)
    if event and traced.lines[before].call == traced.lines[event].call:
        assert moves.step_over(traced, before) == event
    first = moves.next_stage(traced, event)
    assert moves.previous_stage(traced, first) <= event


@given(traces(), st.data())
def test_over_never_goes_deeper_and_out_always_leaves(traced: Traced, data: st.DataObject):
    event = data.draw(st.integers(0, len(traced.lines) - 1))
    depth = len(moves.stack_at(traced, event))
    for moved, deepest in (
        (moves.step_over(traced, event), depth),
        (moves.step_over_back(traced, event), depth),
        (moves.step_out(traced, event), depth - 1),
        (moves.step_out_back(traced, event), max(depth - 1, 1)),
    ):
        if moved < len(traced.lines):
            assert len(moves.stack_at(traced, moved)) <= deepest


@given(traces(), st.data())
def test_the_same_place_of_the_same_trace_is_where_one_is(traced: Traced, data: st.DataObject):
    event = data.draw(st.integers(0, len(traced.lines)))
    assert moves.same_place(traced, event, traced) == event


@pytest.fixture(scope="module")
def traced() -> Traced:
    return traced_step(2, bias=True)


def test_over_a_line_that_calls_and_back(traced):
    calling = event_at(traced, NETWORK, "a = layer.activation.f(z)")
    after = event_at(traced, NETWORK, "return a, (kept, z, a)")
    assert moves.step_over(traced, calling) == after
    assert moves.step_over_back(traced, after) == calling
    assert moves.step_into(traced, calling) == event_at(traced, "activations/sigmoid.py", "return 1 / (1 + np.exp(-z))")
    assert moves.step_out_back(traced, moves.step_into(traced, calling)) == calling


def test_over_the_last_line_of_a_call_goes_on_in_the_caller(traced):
    last = event_at(traced, NETWORK, "return a, (kept, z, a)")
    assert moves.step_over(traced, last) == event_at(traced, NETWORK, "caches.append(cache)")
    assert moves.step_out(traced, event_at(traced, NETWORK, "z, kept = ")) == moves.step_over(traced, last)


def test_out_of_the_outermost_call_is_the_steps_end(traced):
    assert moves.step_out(traced, 0) == len(traced.lines)
    end = len(traced.lines)
    assert moves.step_over_back(traced, end) == end - 1
    assert moves.stage_at(traced, end) is None


def test_the_stack_names_functions_layers_and_weights(traced):
    inside = event_at(traced, "activations/sigmoid.py", "return a * (1 - a)")
    frames = moves.stack_at(traced, inside)
    assert [(frame.title, frame.layer) for frame in frames] == [
        ("train_step", None),
        ("network.backward", None),
        ("layer_backward", 2),
        ("d_sigmoid", 2),
    ]
    assert [frame.event for frame in frames][-1] == inside
    assert frames[2].line == traced.lines[event_at(traced, NETWORK, "da_dz = ")].line
    updating = moves.stack_at(traced, event_at(traced, SGD, "step = g", 1))
    assert [frame.title for frame in updating] == ["train_step", "step.update", "sgd.update"]
    assert updating[-1].weight == "layer1.bias"
    assert len(moves.stack_at(traced, len(traced.lines))) == 1


def test_variables_are_arguments_and_what_was_made_before(traced):
    at = event_at(traced, NETWORK, "a = layer.activation.f(z)")
    held, fresh = moves.variables_at(traced, at)
    assert [binding.name for binding in held] == ["layer", "params", "x", "z", "kept"]
    assert fresh == {"z", "kept"}
    newest = {binding.name: binding.value for binding in held}["z"]
    made = traced.lines[event_at(traced, NETWORK, "z, kept = ")].made
    assert newest == made[0].value


def test_arguments_are_fresh_at_a_calls_first_line(traced):
    held, fresh = moves.variables_at(traced, event_at(traced, "activations/sigmoid.py", "return a * (1 - a)"))
    assert {binding.name for binding in held} == fresh == {"z", "a"}


def test_at_the_end_the_outermost_call_has_everything(traced):
    names = [binding.name for binding in moves.variables_at(traced, len(traced.lines)).bindings]
    assert {"caches", "L", "grads", "new_params", "return"} <= set(names)


def test_margin_values_are_of_this_call_and_of_what_ran(traced):
    at = event_at(traced, NETWORK, "da_dz = ", 1)  # layer 1's, after layer 2's
    values = moves.line_values(traced, at)
    assert [binding.name for line in values.values() for binding in line] == ["kept", "z", "a"]


def test_run_to_a_place(traced):
    line = traced.lines[event_at(traced, NETWORK, "da_dz = ")].line
    first, second = event_at(traced, NETWORK, "da_dz = "), event_at(traced, NETWORK, "da_dz = ", 1)
    assert moves.run_to_next(traced, 0, {(NETWORK, line)}) == first
    assert moves.run_to_next(traced, first, {(NETWORK, line)}) == second
    assert moves.run_to_next(traced, second, {(NETWORK, line)}) is None


def test_the_same_place_in_another_step_and_another_optimizer(traced):
    at = event_at(traced, NETWORK, "da_dz = ", 1)
    other = traced_step(2, bias=True, step=7, optimizer="Adam")
    assert moves.same_place(traced, at, other) == event_at(other, NETWORK, "da_dz = ", 1)
    in_sgd = event_at(traced, SGD, "step = g")
    landed = moves.same_place(traced, in_sgd, other)
    assert other.stages[other.lines[landed].stage].name == "layer1.update"
    assert moves.same_place(traced, len(traced.lines), other) == len(other.lines)


def test_the_line_that_makes_a_tensor(traced):
    assert moves.making(traced, "layer1.z") == event_at(traced, LINEAR, "z = z + b"), "with the bias, not unpacked"
    assert moves.making(traced, "layer2.weight.grad") == event_at(traced, LINEAR, "dL_dW = ")
    assert moves.making(traced, "layer1.z", "layer1.backward") == event_at(traced, NETWORK, "kept, z, a = cache", 1)
    assert moves.making(traced, "layer9.z") is None


def test_a_tensor_that_is_returned_among_others_was_made_by_the_return():
    calls = (Call(0, None, None, None, ()), Call(1, 0, None, None, ()))
    pair = Value("(2×2, State)", "", None, None, None, None, (), None, (), None, None)
    weight = Value("", "float64", (2, 2), 0.0, 0.0, 0.0, (0.0,), "layer1.weight", (0.1,), None, "differs")
    lines = (
        Line(0, 1, 0, (Binding("W", 1), Binding("state", 0)), ""),
        Line(1, 5, 0, (), ""),
        Line(1, 6, 0, (Binding("return", 0),), ""),
    )
    functions = (Function(0, "update", 1, 3, ()), Function(0, "sgd", 4, 6, ()))
    stage = Stage("layer1.update", 0, 2, None, "differs")
    made = Traced(1, 0, 1, (Source("a.py", ""),), functions, calls, lines, (pair, weight), (stage,))
    assert moves.making(made, "layer1.weight", "layer1.update") == 2


def test_breakpoints_stop_at_lines_and_stages(traced):
    line = traced.lines[event_at(traced, NETWORK, "da_dz = ")].line
    on_line = LineBreakpoint(file=NETWORK, line=line)
    any_update, update2 = StageBreakpoint(stage="update"), StageBreakpoint(stage="update", layer=2)
    lines = [event_at(traced, NETWORK, "da_dz = ", at) for at in (0, 1)]
    updates = [stage.first for stage in traced.stages if stage.name.endswith("update")]
    assert list(stop_events(traced, [on_line])) == lines
    assert stop_events(traced, [on_line, any_update]) == dict.fromkeys(lines, 0) | dict.fromkeys(updates, 1)
    assert list(stop_events(traced, [update2])) == updates[1:]
    assert stop_events(traced, [on_line.model_copy(update={"enabled": False})]) == {}


def test_a_breakpoint_that_counts_stops_here_once_the_run_has_reached_it(traced):
    counting = StageBreakpoint(stage="loss", hits=3)
    assert stop_events(traced, [counting]) == {}
    assert stop_events(traced, [counting], [2]) == {}
    assert len(stop_events(traced, [counting], [3])) == 1
