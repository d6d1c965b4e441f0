"""Layer norm, RMS norm and batch norm beside ``torch.nn``: forward, backward, their inside, and mistakes in them."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.explain.tex import number
from engine.protocol import Explain, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentError, ExperimentSpec, layer_kinds, layer_module, optimizer_names
from engine.trace import Trace, event_of
from engine.trace.locate import file_of
from engine.twin.inside import inside
from tests.drawing import examples, in_turn, sample
from tests.engine.diy.kinds import Case, by_hand, by_torch, case, judged
from tests.engine.experiments import assert_same, experiment, layer, optimizer, tensors_of
from tests.engine.surface.test_surface import assert_is_the_textbooks, surface_of
from tests.engine.sweep.test_sweep import assert_as_alone, end_of, plan, rates
from tests.products import one_in
from tests.trial.swapping import exchanged, planted

DTYPES = ["float32", "float64"]
LAYER_NORM, RMS_NORM, BATCH_NORM = (f"layers/{file}.py" for file in ("layer_norm", "rms_norm", "batch_norm1d"))
eps = st.sampled_from([1e-5, 1e-12, 0.1, 1.0])
PARAMS = {
    "LayerNorm": st.fixed_dictionaries(
        {}, optional={"eps": eps, "elementwise_affine": st.booleans(), "bias": st.booleans()}
    ),
    "BatchNorm1d": st.fixed_dictionaries(
        {}, optional={"eps": eps, "momentum": st.sampled_from([0.1, 0.0, 1.0, 0.37]), "affine": st.booleans()}
    ),
    "RMSNorm": st.fixed_dictionaries({}, optional={"eps": eps | st.none(), "elementwise_affine": st.booleans()}),
}
NET = [layer(5), {"kind": "LayerNorm", "activation": "tanh"}, layer(4), {"kind": "RMSNorm"}, layer(2, "identity")]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kind = draw(st.sampled_from(sorted(PARAMS)))
    sizes = draw(st.integers(2 if kind == "BatchNorm1d" else 1, 9)), draw(st.integers(1, 40))
    scale, offset = draw(st.sampled_from([1.0, 1e-3, 1e4])), draw(st.sampled_from([0.0, 1.0, -300.0]))
    return case(kind, draw(PARAMS[kind]), *sizes, scale, offset, draw(st.integers(0, 10_000)))


@examples(60)
@given(cases(), st.booleans())
def test_forward_and_backward_are_torchs(one: Case, trains: bool) -> None:
    ours, theirs = by_hand(one, trains=trains), by_torch(one, trains=trains)
    exact = {"rtol": 1e-7, "atol": 1e-9 * max(1.0, float(np.abs(theirs.dL_dx).max()))}  # cancels where rows are far out
    np.testing.assert_allclose(ours.z, theirs.z, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.dL_dx, theirs.dL_dx, **exact)
    assert_same(ours.grads, theirs.grads, rtol=1e-9, atol=1e-9)
    assert_same(ours.buffers, theirs.buffers, rtol=1e-12, atol=1e-12)


@examples(60)
@given(cases(), st.sampled_from(["float32", "float64"]))
def test_the_judge_finds_rounding_alone(one: Case, dtype: str) -> None:
    assert judged(one, dtype) == []


@pytest.mark.parametrize("row", [[0.0, 0.0, 0.0], [2.5, 2.5, 2.5], [1e-30, 0.0, 0.0], [1e15, 1e15, 1e15 + 1]])
@pytest.mark.parametrize("kind", sorted(PARAMS))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rows_of_equal_numbers_are_torchs(kind: str, row: list[float], dtype: str) -> None:
    one = case(kind, {}, 2, 3, 1.0, 0.0, seed=3)
    assert judged(one._replace(x=np.array([row, [1.0, 2.0, 3.0]])), dtype) == []


@pytest.mark.parametrize("scale", [1e99, 1e105, 1e125, 1e153])
@pytest.mark.parametrize("kind", sorted(PARAMS))
def test_what_torch_loses_far_out_is_not_held_against_the_textbook(kind: str, scale: float) -> None:
    """Torch's gradient has a divisor's cube below the fraction line, or its square, which turned over is 0 there."""
    assert judged(case(kind, {}, 4, 5, scale, 0.0, seed=3), "float64") == []


@pytest.mark.parametrize(("dtype", "scale", "gradient"), [("float64", 1e14, 1e-290), ("float32", 1e4, 1e-32)])
@pytest.mark.parametrize("kind", sorted(PARAMS))
def test_what_underflows_on_a_path_is_rounding(kind: str, dtype: str, scale: float, gradient: float) -> None:
    one = case(kind, {}, 3, 6, scale, 0.0, seed=3)
    assert judged(one._replace(dL_dz=one.dL_dz * gradient), dtype) == []


@examples(40)
@given(cases())
def test_paths_in_the_open_add_up_to_the_modules_gradient(one: Case) -> None:
    """What torch makes inside is made beside its module: it has to lead to the module's own numbers."""
    theirs = by_torch(one)
    given_to = {name: torch.from_numpy(value) for name, value in {"x": one.x, **one.weights}.items()}
    made = inside(one.kind, one.hyper, given_to | {"dL_dz": torch.from_numpy(one.dL_dz)})
    paths = sum(made[path].numpy() for path in layer_module(one.kind).PATHS)
    scale = max(float(np.abs(made[path].numpy()).max()) for path in layer_module(one.kind).PATHS)
    np.testing.assert_allclose(paths, theirs.dL_dx, rtol=1e-7, atol=1e-9 * max(1.0, scale))
    assert {name for names in layer_module(one.kind).INSIDE.values() for name in names} == {*made}


# --- in a run --------------------------------------------------------------------------------------


def net(dtype: str = "float64", entry: dict[str, Any] | None = None, **more: Any) -> ExperimentSpec:
    return experiment(
        more.pop("layers", NET),
        inputs=3,
        rows=9,
        dtype=dtype,
        optimizers=[entry or optimizer("Adam", lr=0.01)],
        batch=more.pop("batch", {"size": 4, "shuffle": True}),
        **more,
    )


@pytest.mark.parametrize(
    ("name", "dtype"), in_turn(sample([name for name in optimizer_names() if name != "Muon"], 4), DTYPES)
)
def test_a_network_of_norms_trains_in_lockstep(name: str, dtype: str) -> None:
    whole = name == "LBFGS"
    run = Lockstep(net(dtype, optimizer(name), batch={"size": None if whole else 4}))
    run.advance(3 if whole else 20)
    (pair,) = run.parity()
    assert pair.verdict == "lockstep", pair


@pytest.mark.parametrize("first", [{"kind": "LayerNorm"}, {"kind": "RMSNorm", "params": {"elementwise_affine": False}}])
def test_a_norm_may_be_the_first_layer(first: dict[str, Any]) -> None:
    run = Lockstep(net(layers=[first, layer(2, "identity")]), budget=10_000_000)
    run.advance(8)
    assert run.parity()[0].verdict == "lockstep"
    told = Debugger(run).trace(TraceStep(0, 0, 3))
    assert {stage.verdict for stage in told.stages} <= {"equal", "rounding"}


def test_a_seek_replays_norms_bit_for_bit() -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(20)
    after = [tensors_of(run, lane) for lane in (0, 1)]
    run.seek(7)
    run.advance(13)
    for lane in (0, 1):
        assert_same(tensors_of(run, lane), after[lane])


def test_a_sweep_and_a_surface_are_the_textbooks() -> None:
    spec, wanted = net(), plan(rates(0.001, 0.01))
    assert_as_alone(spec, wanted, end_of(spec, wanted))
    run = Lockstep(spec)
    assert_is_the_textbooks(run, surface_of(run))


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        ("LayerNorm", {"eps": -1.0}, "network.layers[0].params.eps must be ≥ 0, not -1.0"),
        ("LayerNorm", {"normalized_shape": 3}, "network.layers[0].params.normalized_shape is not one of"),
        ("LayerNorm", {"eps": None}, "network.layers[0].params.eps must be a number, not null"),
        ("RMSNorm", {"bias": True}, "network.layers[0].params.bias is not one of eps, elementwise_affine"),
        ("RMSnorm", {}, "did you mean RMSNorm?"),
    ],
)
def test_what_torch_refuses_is_refused(kind: str, params: dict[str, Any], words: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        net(layers=[{"kind": kind, "params": params}, layer(2)])
    assert words in str(caught.value)


def test_the_kinds_stand_in_order() -> None:
    assert layer_kinds()[:3] == ("Linear", "LayerNorm", "RMSNorm")


# --- in the debugger -------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", ["layer2.weight", "layer2.bias", "layer4.weight"])
def test_the_chain_rule_of_a_norms_weight_adds_up(weight: str) -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 3))
    found = debugger.explain(Explain(0, 0, 3, len(told.lines), weight, (1,), row=2))
    for side in ("diy", "torch"):
        products = [getattr(row.product, side) for row in found.rows]
        np.testing.assert_allclose(sum(products), getattr(found.grad, side), rtol=1e-9)


@pytest.mark.parametrize(
    ("weight", "index"), [("layer2.weight", (1,)), ("layer1.weight", (1, 2)), ("layer4.weight", (3,))]
)
def test_the_paths_of_a_number_add_up_on_both_sides(weight: str, index: tuple[int, ...]) -> None:
    run = Lockstep(net(), budget=10_000_000, judge_at_once=False)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    found = debugger.explain(Explain(0, 0, 2, len(told.lines), weight, index, row=2)).paths
    norm = {"layer4.weight": ("layer4", "RMSNorm")}.get(weight, ("layer2", "LayerNorm"))
    assert found is not None
    assert (found.layer, [path.kind for path in found.parts]) == (norm[0], [*layer_module(norm[1]).PATHS])
    assert found.index == (2, index[0])
    for side in ("diy", "torch"):
        total = sum(getattr(path.value, side) for path in found.parts)
        np.testing.assert_allclose(total, getattr(found.total, side), rtol=1e-9)


@pytest.mark.parametrize(
    ("weight", "index"), [("layer2.weight", (1,)), ("layer1.weight", (1, 2)), ("layer2.bias", (1,))]
)
def test_the_lines_of_a_norm_have_the_numbers_of_the_number_whose_paths_are_told(
    weight: str, index: tuple[int, ...]
) -> None:
    run = Lockstep(net(), budget=10_000_000)
    run.advance(3)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 2))
    line = next(event for event, line in enumerate(told.lines) if line.formula.endswith(r"\mathrm{through\ variance}"))
    found = debugger.explain(Explain(0, 0, 2, line, weight, index, row=2))
    assert found.paths is not None
    for numbers, total in zip(found.numbers, found.paths.total, strict=True):
        assert numbers.endswith(f"= {number(total, 4).text}")


def test_no_paths_are_told_where_no_norm_is_near() -> None:
    run = Lockstep(net(layers=[layer(3), layer(2)]), budget=10_000_000, judge_at_once=False)
    run.advance(1)
    debugger = Debugger(run)
    told = debugger.trace(TraceStep(0, 0, 1))
    assert debugger.explain(Explain(0, 0, 1, len(told.lines), "layer1.weight", (1, 2))).paths is None


# --- mistakes --------------------------------------------------------------------------------------

DIRECT = "dL_dx = direct + through_mean + through_variance"
THROUGH = "dL_dsigma = (dL_dx_hat * dx_hat_dsigma)"
MEAN_SQUARE = "np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)"
MISTAKES = [
    (LAYER_NORM, DIRECT, "dL_dx = direct + through_variance", "backward", "layer1.dL_da"),
    (LAYER_NORM, DIRECT, "dL_dx = direct + through_mean", "backward", "layer1.dL_da"),
    (LAYER_NORM, DIRECT, "dL_dx = direct", "backward", "layer1.dL_da"),
    (LAYER_NORM, "through_mean = dL_dmu / n", "through_mean = dL_dmu", "backward", "through_mean"),
    (LAYER_NORM, "dL_dmu = -direct", "dL_dmu = direct", "backward", "dL_dmu"),
    (LAYER_NORM, "dx_hat_dsigma = -x_hat / sigma", "dx_hat_dsigma = -x_hat", "backward", "dL_dsigma"),
    (LAYER_NORM, "dsigma_dx = x_hat / n", "dsigma_dx = x_hat / (n - 1)", "backward", "through_variance"),
    (LAYER_NORM, "direct = dL_dx_hat / sigma", "direct = dL_dx_hat", "backward", "direct"),
    (LAYER_NORM, "dL_dx_hat = dL_dz * w", "dL_dx_hat = dL_dz + 0 * w", "backward", "dL_dx_hat"),
    (LAYER_NORM, "dL_dw = (dL_dz * x_hat)", "dL_dw = (dL_dz * sigma)", "backward", "layer2.weight.grad"),
    (LAYER_NORM, "dL_db = dL_dz.sum", "dL_db = dL_dz.mean", "backward", "layer2.bias.grad"),
    (LAYER_NORM, "(c * c).mean(axis=-1", "c.var(ddof=1, axis=-1", "forward", "var"),
    (LAYER_NORM, "np.sqrt(var + hyper.eps)", "np.sqrt(var) + hyper.eps", "forward", "sigma"),
    (LAYER_NORM, "mu = x.mean(axis=-1", "mu = x.mean(axis=-2", "forward", "mu"),
    (RMS_NORM, "dL_dx = direct + through_square", "dL_dx = direct", "backward", "layer3.dL_da"),
    (RMS_NORM, "drho_dx = x_hat / n", "drho_dx = x_hat", "backward", "through_square"),
    (RMS_NORM, "dx_hat_drho = -x_hat / rho", "dx_hat_drho = x_hat / rho", "backward", "dL_drho"),
    (RMS_NORM, "dL_dw = (dL_dz * x_hat)", "dL_dw = (dL_dz * rho)", "backward", "layer4.weight.grad"),
    (RMS_NORM, MEAN_SQUARE, "np.sqrt((x * x).mean(axis=-1, keepdims=True)) + eps", "forward", "rho"),
    (RMS_NORM, MEAN_SQUARE, "np.sqrt((x * x).sum(axis=-1, keepdims=True) + eps)", "forward", "rho"),
    (RMS_NORM, MEAN_SQUARE, "np.sqrt(x.var(axis=-1, keepdims=True) + eps)", "forward", "rho"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "role", "tensor", "dtype"), one_in(2, in_turn(MISTAKES, DTYPES)))
def test_a_mistake_is_found_with_its_stage_and_its_line(
    file: str, right: str, wrong: str, role: str, tensor: str, dtype: str
) -> None:
    layer_of_kind = "layer2" if file == LAYER_NORM else "layer4"
    own_eps = [dict(NET[1], params={"eps": 1e-3}), *NET[2:3], dict(NET[3], params={"eps": 1e-3})]
    with exchanged([planted(file, right, wrong)]):
        run = Lockstep(net(dtype, layers=[NET[0], *own_eps, NET[4]]), budget=10_000_000)
        run.advance(4)
        found = run.parity()[0].mismatch
        trace = Debugger(run).trace_of(0, 2)
    assert isinstance(trace, Trace)
    assert found is not None
    tensor = tensor if "." in tensor else f"{layer_of_kind}.{role}.{tensor}"
    stage = f"{tensor.partition('.')[0]}.{role}"  # what is handed back is the first thing of the layer below
    assert (found.stage, found.tensor) == (stage, tensor)
    event = event_of(trace, tensor)
    assert event is not None
    assert file_of(trace, event) == file
    assert trace.stage_of(event) == stage
