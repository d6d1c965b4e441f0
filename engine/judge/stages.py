"""The stages of a recorded DIY step, each with the inputs that DIY had and torch's names of what came out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.closure import takes_closure
from engine.diy.optimizers import OPTIMIZERS
from engine.lane.functions import is_of_rows
from engine.lane.names import BEFORE
from engine.lane.row_by_row import inside_names
from engine.lane.stage import LayerStage, Stage, Update
from engine.spec import (
    POINT,
    ExperimentSpec,
    OptimizerSpec,
    ShapedLayer,
    complete,
    cycled_field,
    function_asked,
    layers_in,
    part_that_makes,
    shapes_of,
)
from engine.spec.groups import entry_of_weight

from .minimized import minimize_stages
from .step import Step


def stages_of(spec: ExperimentSpec, entry: int, step: Step) -> Iterator[Stage]:
    """Yield a step's stages in the order in which their results arise; what was not recorded is left out."""
    if spec.problem is not None:
        yield _stage("problem", step, {"w": f"{POINT}{BEFORE}"}, {"loss": "loss", "dL_dw": f"{POINT}.grad"}, _of(spec))
    else:
        yield from _network(spec, step)
    yield from _clip(spec, spec.optimizers[entry], step)
    if takes_closure(OPTIMIZERS[spec.optimizers[entry].name]):
        yield from minimize_stages(spec, step)
    else:
        for weight, before in zip(shapes_of(spec), step.before, strict=True):
            optimizer = entry_of_weight(spec.optimizers[entry], weight)
            hyper = step.own.hyper_of(weight)
            if spec.optimizers[entry].groups:
                hyper = _hyper_of_group(optimizer, hyper)
            yield _update(optimizer, step, weight, before, hyper)


def _of(spec: ExperimentSpec) -> tuple[str, float]:
    assert spec.problem is not None
    return spec.problem.function, spec.problem.condition


def _stage(kind: str, step: Step, inputs: Mapping[str, str], outputs: Mapping[str, str], about: Any = None) -> Stage:
    """By the names of its values."""
    given = {role: np.asarray(step.get(name)) for role, name in inputs.items() if step.get(name) is not None}
    names = {role: name for role, name in outputs.items() if step.get(name) is not None}
    return Stage(kind, given, {role: np.asarray(step.get(name)) for role, name in names.items()}, names, about)


def _network(spec: ExperimentSpec, step: Step) -> Iterator[Stage]:
    assert spec.network is not None
    layers = layers_in(spec)
    for layer in layers:
        name = layer.name
        yield _sum(step, layer) if layer.inside else _layer(step, layer)
        own = part_that_makes(spec, f"{name}.a") is not None
        stage = _stage("activation", step, {"z": f"{name}.z"}, {"a": f"{name}.a"}, layer.activation)
        yield stage._replace(is_own=own)
    out = layers[-1].name
    inputs, outputs = {"a": f"{out}.a", "y": "y"}, {"loss": "loss", "dL_da": f"{out}.dL_da"}
    yield _stage("loss", step, inputs, outputs, function_asked(spec.network.loss))
    yield from _backwards(step, [layer for layer in layers if not layer.is_inside])


def _layer(step: Step, layer: ShapedLayer) -> Stage:
    name, about = layer.name, LayerStage(layer.kind, layer.hyper, layer.inputs)
    outputs = _inside(layer, "forward") | {"z": f"{name}.z"} | {role: f"{name}.{role}" for role in layer.buffers}
    return _stage("layer", step, _entering(layer), outputs, about)


def _sum(step: Step, layer: ShapedLayer) -> Stage:
    return _stage("sum", step, {"x": layer.x, "f_x": f"{layer.inside[-1].name}.a"}, {"z": f"{layer.name}.z"})


def _backwards(step: Step, layers: Sequence[ShapedLayer]) -> Iterator[Stage]:
    for layer in reversed(layers):
        name, activation = layer.name, layer.activation
        if not is_of_rows(activation):
            yield _stage("activation", step, {"z": f"{name}.z"}, {"da_dz": f"{name}.da_dz"}, activation)
        inputs, outputs = {"z": f"{name}.z", "dL_da": f"{name}.dL_da"}, {"dL_dz": f"{name}.dL_dz"}
        yield _stage("activation_backward", step, inputs, outputs, activation)
        yield from _residual_backward(step, layer) if layer.inside else [_layer_backward(step, layer)]


def _layer_backward(step: Step, layer: ShapedLayer) -> Stage:
    outputs = {role: f"{layer.name}.{role}.grad" for role in layer.weights} | _inside(layer, "backward")
    if layer.dL_dx is not None:
        outputs["dL_dx"] = layer.dL_dx
    about = LayerStage(layer.kind, layer.hyper, layer.inputs, leads_on=layer.dL_dx is not None)
    return _stage("layer_backward", step, _entering(layer) | {"dL_dz": f"{layer.name}.dL_dz"}, outputs, about)


def _residual_backward(step: Step, layer: ShapedLayer) -> Iterator[Stage]:
    """Yield how what comes back is handed to both ways, the way through the inside, and how both add up."""
    back = f"{layer.name}.backward"
    outputs = {"dL_df": f"{layer.inside[-1].name}.dL_da", "through_skip": f"{back}.through_skip"}
    yield _stage("sum_backward", step, {"dL_dz": f"{layer.name}.dL_dz"}, outputs)
    yield from _backwards(step, layer.inside)
    if layer.dL_dx is not None:
        ways = {way: f"{back}.{way}" for way in ("through_skip", "through_inside")}
        yield _stage("ways", step, ways, {"dL_dx": layer.dL_dx})


def _inside(layer: ShapedLayer, role: str) -> dict[str, str]:
    """Return the names of what the layer's kind makes on the way, by its file's variables."""
    return {name: f"{layer.name}.{role}.{name}" for name in inside_names(layer, role)}


def _entering(layer: ShapedLayer) -> dict[str, str]:
    """Return what a layer's z is made of."""
    roles = (*layer.weights, *layer.buffers)
    return {"x": layer.x, "mask": f"{layer.name}.mask"} | {role: f"{layer.name}.{role}{BEFORE}" for role in roles}


def _clip(spec: ExperimentSpec, optimizer: OptimizerSpec, step: Step) -> Iterator[Stage]:
    if optimizer.clip is not None:
        inputs = {name: f"{name}.grad" for name in shapes_of(spec)}
        yield _stage("clip", step, inputs, {name: f"{name}.clipped" for name in inputs}, optimizer.clip)


def gradient_name(step: Step, weight: str) -> str:
    """Return the name of what the optimizer was given."""
    clipped = f"{weight}.clipped"
    return f"{weight}.grad" if step.get(clipped) is None else clipped


def _hyper_of_group(optimizer: OptimizerSpec, own: Any) -> Any:
    """Return what a weight's group says that it is moved by; of what DIY says only what a schedule moves."""
    given = complete(optimizer.name, optimizer.params)
    if optimizer.schedule is None:
        return given
    moved = ("lr", cycled_field(optimizer.name))
    return given._replace(**{name: getattr(own, name) for name in moved if name is not None and hasattr(own, name)})


def _update(optimizer: OptimizerSpec, step: Step, weight: str, before: Mapping[str, Any], hyper: Any) -> Stage:
    symbols = OPTIMIZERS[optimizer.name].TORCH_STATE
    outputs = {symbol: f"{weight}.{symbol}" for symbol in symbols} | {"w": weight}
    inputs = {"w": f"{weight}{BEFORE}", "g": gradient_name(step, weight)}
    stage = _stage("update", step, inputs, outputs, Update(optimizer.name, hyper, before))
    if optimizer.name != "Muon":
        return stage
    M, O = iterated(step, weight)  # noqa: E741  # the paper's letters
    results, names = {**stage.results, "M": M}, {**stage.names, "M": weight}
    return stage._replace(inputs={**stage.inputs, "M": M, "O": O}, results=results, names=names)


def iterated(step: Step, weight: str) -> tuple[Array, Array]:
    """Return Muon's matrix before its iteration and after it, as the recording has them."""
    recording, stages = step.own.recording, step.own.stages
    made: dict[str, Any] = {}
    for line in recording.lines:
        if stages.weights[line.call] == weight:
            made |= {name: line.made[name] for name in ("B_tilde", "O") if name in line.made}
    return made["B_tilde"], np.asarray(made["O"], np.float64)
