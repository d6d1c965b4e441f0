"""Torch's own answer to one stage of a step, from inputs that are handed to it: what a pair is judged against.

A stage is asked for as it is, and again with everything in it moved by a rounding (``nudged``). Inputs and answers
are NumPy's, under the roles that ``engine.judge.stages`` gives them.
"""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor
from torch.nn import functional as F  # torch's own convention

from engine.lane.stage import Hearing, LayerStage, Stage
from engine.layer_names import is_buffer, layer_name
from engine.spec import (
    POINT,
    ClipSpec,
    ExperimentSpec,
    FunctionAsked,
    function_asked,
    layers_in,
    name_and_params,
    outputs_of,
    row_axis,
    shapes_of,
)

from .inside import inside, rows_of
from .lane import clip
from .masks import MASK
from .minimized import minimized
from .named import activation_of, hollow_layer, loss_of
from .nudged import moved
from .problems import FUNCTIONS
from .updated import moved_updates, updated

Tensors = dict[str, Tensor]
MOVED = 8  # roundings: by more nothing is moved
NOT_TRAINED = ("x", "dL_dz", MASK)
OF_OUTPUT = {"tanh": torch.ops.aten.tanh_backward, "sigmoid": torch.ops.aten.sigmoid_backward}


def answer(stage: Stage, dtype: str) -> dict[str, Array]:
    """Return torch's outputs of a stage, by role, computed in ``dtype`` on the CPU."""
    if stage.kind == "update":
        return updated(stage, dtype)
    return _arrays(_answering(stage)(_tensors(stage, dtype)))


def moved_answers(stage: Stage, dtype: str, how: Hearing) -> dict[str, Array]:
    """Repeat the answers, moved by roundings at random, stacked on a new first axis.

    The same question is answered the same: what is random is drawn from a seed.
    """
    if stage.kind == "update":
        return moved_updates(stage, dtype, how)
    return _arrays(moved(_answering(stage), _tensors(stage, dtype), how))


def _tensors(stage: Stage, dtype: str) -> Tensors:
    kind = getattr(torch, dtype)
    tensors = {role: torch.tensor(np.asarray(value, order="C")) for role, value in stage.inputs.items()}
    return {role: one.to(kind) if one.dtype.is_floating_point else one for role, one in tensors.items()}


def _arrays(answers: Tensors) -> dict[str, Array]:
    return {role: tensor.detach().numpy() for role, tensor in answers.items()}


def _answering(stage: Stage) -> Callable[[Tensors], Tensors]:
    return lambda given: _KINDS[stage.kind](given, stage.about)


def _z(given: Tensors, about: LayerStage) -> Tensor:
    params = {role: value for role, value in given.items() if role not in ("x", "dL_dz")}
    module = hollow_layer(about.kind, about.hyper, about.inputs).train(not about.is_evaluated)
    return torch.func.functional_call(module, params, (given["x"],))


def _layer(given: Tensors, about: LayerStage) -> Tensors:
    axis = row_axis(about.kind, about.inputs)
    made = {} if about.is_evaluated else inside(about.kind, about.hyper, given, axis)
    z = _z(given, about)  # it moves buffers in place
    rows = rows_of(axis, {"x": given["x"], "z": z})
    return {**rows, **made, "z": z, **{role: value for role, value in given.items() if is_buffer(role)}}


def _layer_backward(given: Tensors, about: LayerStage) -> Tensors:
    wanted = {role: value for role, value in given.items() if role not in NOT_TRAINED and not is_buffer(role)}
    if about.leads_on:
        wanted["dL_dx"] = given["x"]
    for tensor in wanted.values():
        tensor.requires_grad_()
    axis = row_axis(about.kind, about.inputs)
    if not wanted:
        return rows_of(axis, {"dL_dz": given["dL_dz"]})
    with torch.enable_grad():
        gradients = torch.autograd.grad(_z(given, about), list(wanted.values()), given["dL_dz"])
    found = dict(zip(wanted, gradients, strict=True))
    rows = rows_of(axis, {"dL_dz": given["dL_dz"], "dL_dx": found.get("dL_dx")})
    return {**rows, **inside(about.kind, about.hyper, given, axis), **found}


def _sum(given: Tensors, _: None) -> Tensors:
    return {"z": given["x"] + given["f_x"]}


def _sum_backward(given: Tensors, _: None) -> Tensors:
    """Return the gradient of a residual's sum by each of its addends."""
    addends = [torch.zeros_like(given["dL_dz"], requires_grad=True) for _ in range(2)]
    with torch.enable_grad():
        gradients = torch.autograd.grad(addends[0] + addends[1], addends, given["dL_dz"])
    return dict(zip(("through_skip", "dL_df"), gradients, strict=True))


def _ways(given: Tensors, _: None) -> Tensors:
    """Return the gradient of what goes two ways, as autograd adds up what comes back on each."""
    x = torch.zeros_like(given["through_skip"], requires_grad=True)
    with torch.enable_grad():
        ways = [x.view_as(x), x.view_as(x)]
        (dL_dx,) = torch.autograd.grad(ways, x, [given["through_skip"], given["through_inside"]])
    return {"dL_dx": dL_dx}


def _embedding(given: Tensors, _: None) -> Tensors:
    return {"z": F.embedding(given["x"], given["weight"])}


def _embedding_backward(given: Tensors, _: None) -> Tensors:
    weight = given["weight"].requires_grad_()
    with torch.enable_grad():
        (dL_dw,) = torch.autograd.grad(F.embedding(given["x"], weight), weight, given["dL_dz"])
    return {"weight": dL_dw}


def _affine(given: Tensors, _: None) -> Tensors:
    return {"z": F.linear(given["x"], given["W"], given.get("b"))}


def _activation(given: Tensors, about: FunctionAsked) -> Tensors:
    z = given["z"].requires_grad_()
    with torch.enable_grad():
        a = activation_of(about)(z)
        (slope,) = torch.autograd.grad(a, z, torch.ones_like(a))
    return {"a": a, "da_dz": slope}


def _activation_backward(given: Tensors, about: FunctionAsked) -> Tensors:
    z = given["z"].requires_grad_()
    with torch.enable_grad():
        (dL_dz,) = torch.autograd.grad(activation_of(about)(z), z, given["dL_da"])
    return {"dL_dz": dL_dz}


def _backward_of_output(given: Tensors, about: FunctionAsked) -> Tensors:
    """Return the derivative that torch makes of the output a, whoever computed that."""
    return {"dL_dz": OF_OUTPUT[str(about)](given["dL_da"], given["a"])}


def _affine_backward(given: Tensors, leads_on: bool) -> Tensors:
    """``leads_on``: there is a layer below, which wants to know its own gradient."""
    wanted = {"dL_dx": given["x"], "dL_dW": given["W"]} if leads_on else {"dL_dW": given["W"]}
    if "b" in given:
        wanted["dL_db"] = given["b"]
    for tensor in wanted.values():
        tensor.requires_grad_()
    with torch.enable_grad():
        z = F.linear(given["x"], given["W"], given.get("b"))
        gradients = torch.autograd.grad(z, list(wanted.values()), given["dL_dz"])
    return dict(zip(wanted, gradients, strict=True))


def _loss(given: Tensors, about: FunctionAsked) -> Tensors:
    a, y = _accepted(about, given["a"]).requires_grad_(), _accepted(about, given["y"])
    with torch.enable_grad():
        loss = loss_of(about)(a, y)
        (dL_da,) = torch.autograd.grad(loss, a)
    return {"loss": loss, "dL_da": dL_da}


def _accepted(about: FunctionAsked, tensor: Tensor) -> Tensor:
    """Return a loss's outputs or targets, those as 1 again that a rounding has moved beyond it, which torch refuses."""
    if outputs_of(name_and_params(about)[0]) != "probabilities":
        return tensor
    beyond = (tensor > 1) & (tensor <= 1 + MOVED * torch.finfo(tensor.dtype).eps)
    return tensor.masked_fill(beyond, 1)


def _problem(given: Tensors, about: tuple[str, float]) -> Tensors:
    function, condition = about
    w = given["w"].requires_grad_()
    with torch.enable_grad():
        loss = FUNCTIONS[function](w, condition)
        (dL_dw,) = torch.autograd.grad(loss, w)
    return {"loss": loss, "dL_dw": dL_dw}


def _evaluation(given: Tensors, spec: ExperimentSpec) -> Tensors:
    """Return loss and gradient by all weights end to end; of a network also what goes into and out of its layers."""
    w = given["w"].requires_grad_()
    with torch.enable_grad():
        weights = _by_name(w, spec)
        passes = _passes(weights, given, spec)
        loss = _loss_at(weights, passes, given, spec)
        (g,) = torch.autograd.grad(loss, w)
    return {"L": loss, "g": g, **passes}


def _by_name(w: Tensor, spec: ExperimentSpec) -> Tensors:
    shapes = shapes_of(spec)
    parts = w.split([prod(shape) for shape in shapes.values()])
    return {name: part.view(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}


def _passes(weights: Tensors, given: Tensors, spec: ExperimentSpec) -> Tensors:
    """Each layer's z and a."""
    passes: Tensors = {}
    for layer in layers_in(spec):
        x = given["x"] if layer.x == "x" else passes[layer.x]
        params = {name: weights[f"{layer.name}.{name}"] for name in layer.weights}
        if layer.inside:
            made = {"z": x + passes[f"{layer.inside[-1].name}.a"]}
        else:
            made = _layer({"x": x, **params}, LayerStage(layer.kind, layer.hyper, layer.inputs))
        a = activation_of(layer.activation)(made["z"])
        passes |= {f"{layer.name}.{role}": value for role, value in (made | {"a": a}).items()}
    return passes


def _loss_at(weights: Tensors, passes: Tensors, given: Tensors, spec: ExperimentSpec) -> Tensor:
    if spec.network is None:
        assert spec.problem is not None
        return FUNCTIONS[spec.problem.function](weights[POINT], spec.problem.condition)
    asked = function_asked(spec.network.loss)
    return loss_of(asked)(passes[f"{layer_name(len(spec.network.layers))}.a"], _accepted(asked, given["y"]))


def _clip(given: Tensors, how: ClipSpec) -> Tensors:
    parameters: list[Tensor] = []
    for gradient in given.values():
        parameter = torch.zeros_like(gradient, requires_grad=True)
        parameter.grad = gradient
        parameters.append(parameter)
    clip(parameters, how)
    return {role: _gradient(one) for role, one in zip(given, parameters, strict=True)}


def _gradient(parameter: Tensor) -> Tensor:
    assert parameter.grad is not None
    return parameter.grad


_KINDS: Mapping[str, Callable[[Tensors, Any], Tensors]] = {
    "layer": _layer,
    "layer_backward": _layer_backward,
    "sum": _sum,
    "sum_backward": _sum_backward,
    "ways": _ways,
    "embedding": _embedding,
    "embedding_backward": _embedding_backward,
    "affine": _affine,
    "activation": _activation,
    "activation_backward": _activation_backward,
    "backward_of_output": _backward_of_output,
    "affine_backward": _affine_backward,
    "loss": _loss,
    "problem": _problem,
    "evaluation": _evaluation,
    "clip": _clip,
    "minimize": minimized,
}
