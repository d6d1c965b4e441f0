"""The largest term that each element of a stage's results is made of: one unit in its last place is always allowed.

Sums of n numbers are allowed n/8 of it: adding one by one loses so much more than adding in pairs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_answer
from engine.diy.rows import as_rows, from_rows
from engine.lane.functions import is_of_rows
from engine.lane.stage import LayerStage, Stage
from engine.layer_names import owner_of, part_of
from engine.spec import (
    ExperimentSpec,
    FunctionAsked,
    ShapedLayer,
    function_asked,
    layers_in,
    name_and_params,
    outputs_of,
    row_axis,
    row_of,
    shapes_of,
    target_of,
)

from .norm_terms import NORMS, backward_terms, forward_terms

Terms = dict[str, Array]
LARGE = 1 << 14  # numbers from which on time counts
SUMMED = 8  # so many numbers are added without losing more than one unit in the last place
SMALLEST = 1e-300  # that is divided by
ADDENDS, SPARED = 64, 4  # so many of a sum mostly tell enough, and a quarter of them all where these are few


def terms_of(stage: Stage, answer: Mapping[str, Array]) -> Terms:
    """Return by role the largest terms that a stage's results are made of, each broadcastable to its result."""
    with np.errstate(all="ignore"):
        given = {role: _magnitudes(value) for role, value in stage.inputs.items()}
        found = {role: np.abs(np.asarray(value, np.float64)) for role, value in answer.items()}
        return _KINDS[stage.kind](given, found, stage)


def some_terms_of(stage: Stage, answer: Mapping[str, Array]) -> Terms:
    """Return by role what some addends of a large linear layer's sums come to: no more than all, and sooner had."""
    about = stage.about
    if not isinstance(about, LayerStage) or about.kind != "Linear" or len(about.inputs) > 1:
        return {}
    if max(stage.inputs[role].size for role in ("weight", "x")) < LARGE:
        return {}
    with np.errstate(all="ignore"):
        some = {role: _SOME[role](stage.inputs) for role in answer if role in _SOME}
        return {role: np.maximum(value, np.abs(answer[role])) for role, value in some.items()}


def _some_of_z(given: Mapping[str, Array]) -> Array:
    x, weight = (_magnitudes(_some(given[role], axis=1)) for role in ("x", "weight"))
    return x @ weight.T * of_sum(x.shape[1])


def _some_of_weight(given: Mapping[str, Array]) -> Array:
    x, dL_dz = (_magnitudes(_some(given[role], axis=0)) for role in ("x", "dL_dz"))
    return dL_dz.T @ x * of_sum(len(x))


def _some_of_bias(given: Mapping[str, Array]) -> Array:
    dL_dz = _magnitudes(_some(given["dL_dz"], axis=0))
    return dL_dz.sum(axis=0) * of_sum(len(dL_dz))


def _some_of_dL_dx(given: Mapping[str, Array]) -> Array:  # noqa: N802  # the code's own symbol
    dL_dz, weight = _magnitudes(_some(given["dL_dz"], axis=1)), _magnitudes(_some(given["weight"], axis=0))
    return dL_dz @ weight * of_sum(len(weight))


def _some(value: Array, axis: int) -> Array:
    """Return some slices along an axis, evenly spread."""
    every = max(SPARED, -(-value.shape[axis] // ADDENDS))
    return value[::every] if axis == 0 else value[:, ::every]


_SOME = {"z": _some_of_z, "weight": _some_of_weight, "bias": _some_of_bias, "dL_dx": _some_of_dL_dx}


def _magnitudes(value: Array) -> Array:
    """Return the magnitudes, in float32 where that suffices: products of two are to be within it, and three digits are
    enough. Whole numbers, which are counts or places, are themselves.
    """
    magnitudes = np.abs(np.asarray(value))
    if magnitudes.dtype.kind == "i":
        return magnitudes
    is_moderate = (
        magnitudes.size > LARGE and magnitudes.max() < 1e15 and magnitudes.min(initial=1, where=magnitudes > 0) > 1e-15
    )
    return magnitudes.astype(np.float32 if is_moderate else np.float64)


def of_sum(count: int) -> float:
    """Return how many units of its largest term a sum of so many numbers may lose."""
    return max(1.0, count / SUMMED)


def _layer(given: Terms, found: Terms, stage: Stage) -> Terms:
    """Torch's own layer of magnitudes: they add up, where the numbers may cancel."""
    about: LayerStage = stage.about
    if (axis := row_axis(about.kind, about.inputs)) is not None:
        stage = stage._replace(about=_of_rows(about))
        rows = as_rows(given["x"], axis)
        terms = _layer({**given, "x": rows}, {**found, "z": found["z_rows"]}, stage)
        return {**terms, "x_rows": rows, "z_rows": terms["z"], "z": from_rows(terms["z"], given["x"], axis)}
    if about.is_evaluated:
        return {"z": np.maximum(_evaluated(given, about), found["z"])}
    if (norm := NORMS.get(about.kind)) is not None:
        return forward_terms(norm, given, found, stage.inputs["x"].dtype)
    terms = _of_magnitudes("layer", given, about)["z"] * of_sum(given["x"].shape[-1])
    return {"z": np.maximum(terms, found["z"])}


def _of_rows(about: LayerStage) -> LayerStage:
    """Return what is asked for of a layer that is given each place of a row as a row."""
    return about._replace(inputs=row_of(about.kind, about.inputs))


def _evaluated(given: Terms, about: LayerStage) -> Array:
    """Return the terms of a layer that goes by running averages, or by nothing."""
    if "running_var" not in given:
        return given["x"]
    x_hat = (given["x"] + given["running_mean"]) / np.sqrt(given["running_var"] + about.hyper.eps)
    z = x_hat * given["weight"] if "weight" in given else x_hat
    return z + given["bias"] if "bias" in given else z


def _embedding(given: Terms, found: Terms, _: Stage) -> Terms:  # noqa: ARG001
    return {"z": found["z"]}


def _embedding_backward(given: Terms, found: Terms, stage: Stage) -> Terms:
    """All that is added up in a row of the table."""
    terms, x = np.zeros_like(found["weight"]), np.asarray(stage.inputs["x"])
    np.add.at(terms, x, given["dL_dz"])
    return {"weight": terms * of_sum(x.size)}


def _layer_backward(given: Terms, found: Terms, stage: Stage) -> Terms:
    terms = _led_back(given, stage.about, found, stage.inputs["x"].dtype)
    return {role: np.maximum(terms[role], value) for role, value in found.items() if role in terms}


def _led_back(given: Terms, about: LayerStage, found: Terms, dtype: Any) -> Terms:
    """Return the terms of a layer's gradients; ``found`` are magnitudes of what torch makes inside it."""
    if (axis := row_axis(about.kind, about.inputs)) is not None:
        rows = {role: as_rows(given[role], axis) for role in ("x", "dL_dz")}
        terms = _led_back({**given, **rows}, _of_rows(about), found, dtype)
        if "dL_dx" in terms:
            rows["dL_dx"] = terms["dL_dx"]
            terms["dL_dx"] = from_rows(terms["dL_dx"], given["x"], axis)
        return terms | {f"{role}_rows": value for role, value in rows.items()}
    if (norm := NORMS.get(about.kind)) is not None:
        return backward_terms(norm, given, found, dtype)
    dL_dz, terms = given["dL_dz"], _of_magnitudes("layer_backward", given, about)
    counts = {"dL_dx": dL_dz.shape[-1]}
    return {role: value * of_sum(counts.get(role, len(dL_dz))) for role, value in terms.items()}


def _of_magnitudes(kind: str, given: Terms, about: LayerStage) -> Terms:
    dtype = "float32" if all(value.dtype == np.float32 for value in given.values()) else "float64"
    return reference_answer(Stage(kind, given, {}, {}, about), dtype)


def _added(given: Terms, found: Terms, _: Stage) -> Terms:
    """Take what is added up, or is handed on as it is."""
    terms = sum(given.values())
    return {role: np.maximum(terms, value) for role, value in found.items()}


def _affine(given: Terms, _: Terms, __: Stage) -> Terms:
    terms = given["x"] @ given["W"].T * of_sum(given["x"].shape[-1])
    return {"z": terms + given["b"] if "b" in given else terms}


def _activation(given: Terms, found: Terms, stage: Stage) -> Terms:
    """Take z and 1, of which many an activation is made: 0.5 z (1 + erf(z / √2)), 1 − a²; in own code a too: eᶻ − 1."""
    largest = np.maximum(given["z"], found["a"])
    slopes = np.maximum(np.maximum(given["z"], 1), found["da_dz"])  # a parameter may be a slope
    return {"a": np.maximum(largest, 1) if stage.is_own else largest, "da_dz": slopes}


def _activation_backward(given: Terms, found: Terms, stage: Stage) -> Terms:
    return {"dL_dz": np.maximum(_through(given["dL_da"], given["z"], stage.about), found["dL_dz"])}


def _through(dL_da: Array, z: Array, activation: FunctionAsked) -> Array:
    """Return the terms of ∂L/∂z: where each output depends on all of its row, all of that add up."""
    if is_of_rows(activation):
        dL_da = dL_da.sum(axis=-1, keepdims=True) * of_sum(z.shape[-1])
    return dL_da * np.maximum(z, 1)


def _affine_backward(given: Terms, _: Terms, stage: Stage) -> Terms:
    dL_dz, rows = given["dL_dz"], of_sum(given["dL_dz"].shape[0])
    terms = {"dL_dW": dL_dz.T @ given["x"] * rows, "dL_db": dL_dz.sum(axis=0) * rows}
    if "dL_dx" in stage.names:
        terms["dL_dx"] = dL_dz @ given["W"] * of_sum(dL_dz.shape[1])
    return terms


def _loss(given: Terms, found: Terms, stage: Stage) -> Terms:
    """Take a and y where errors are their differences; of entropies the outputs and 1; all divided by a count."""
    name, params = name_and_params(stage.about)
    outputs, target = outputs_of(name), target_of(name)
    a, y = given["a"], given["y"]
    weight = max([1.0, *np.abs(params.get("weight") or params.get("pos_weight") or ())])
    if target == "classes":
        n = _rows_counted(np.asarray(stage.inputs["y"]), a, params)
        of_logits = weight * (2 * a.max(axis=-1) + 1).sum() / n
        return {"loss": of_logits * of_sum(a.size), "dL_da": np.full_like(a, weight / n)}
    n = 1 if params.get("reduction") == "sum" else len(a) if params.get("reduction") == "batchmean" else a.size
    if outputs:
        of_outputs = found["loss"] + (a * y + 1).sum() / n
        size = (a + y) / np.maximum(np.abs(a - y), SMALLEST) if outputs == "probabilities" else np.ones_like(a)
        return {"loss": of_outputs * of_sum(a.size), "dL_da": found["dL_da"] * np.maximum(size, 1)}
    if target == "probabilities":
        of_logits = weight * (a * (1 + y) + 1).sum() / n
        return {"loss": of_logits * of_sum(a.size), "dL_da": np.full_like(a, weight / n)}
    slopes, size, steepest = found["dL_da"], a + y, params.get("delta", 1.0)
    dL_da = np.minimum(slopes + 2 * size / n, steepest / n) if name != "mse" else 2 * size / n
    return {"loss": found["loss"] * of_sum(a.size) + (slopes * size).sum(), "dL_da": dL_da}


def _rows_counted(y: Array, a: Array, params: Mapping[str, Any]) -> float:
    """Return what a loss of classes is divided by: the weights of the rows' classes, or how many rows there are."""
    if params.get("reduction") == "sum":
        return 1.0
    if y.dtype.kind == "f":
        return float(len(a))
    kept = y[y != params.get("ignore_index")]
    counted = np.asarray(params.get("weight") or np.ones(a.shape[-1]))[kept].sum()
    return float(counted) or 1.0


def _problem(_: Terms, found: Terms, __: Stage) -> Terms:
    return {"loss": found["loss"], "dL_dw": found["dL_dw"]}


def _evaluation(given: Terms, found: Terms, stage: Stage) -> Terms:
    """Take a network's loss as ``_loss`` does, and lead its terms back through the layers to those of the gradient."""
    spec: ExperimentSpec = stage.about
    if spec.network is None:
        return {"L": found["L"], "g": found["g"]}
    layers = layers_in(spec)
    about = stage._replace(about=function_asked(spec.network.loss))
    of_loss = _loss({**given, "a": found[f"{layers[-1].name}.a"]}, {"loss": found["L"], "dL_da": np.zeros(())}, about)
    weights, terms = _by_name(given["w"], spec), dict[str, Array]()
    passes = {"x": given["x"], **weights, **found}
    _lead_back([layer for layer in layers if not layer.is_inside], of_loss["dL_da"], passes, terms, stage)
    return {"L": of_loss["loss"], "g": np.concatenate([terms[name] for name in weights], axis=None)}


def _lead_back(layers: Sequence[ShapedLayer], dL_da: Array, passes: Terms, terms: Terms, stage: Stage) -> Array:
    """Return the terms of the gradient of what goes into the layers, and put down those of their weights."""
    for layer in reversed(layers):
        dL_dz = _through(dL_da, passes[f"{layer.name}.z"], layer.activation)
        if layer.inside:
            dL_da = dL_dz + _lead_back(layer.inside, dL_dz, passes, terms, stage)
            continue
        about = LayerStage(layer.kind, layer.hyper, layer.inputs, leads_on=layer.dL_dx is not None)
        own = {part_of(name): value for name, value in passes.items() if owner_of(name) == layer.name}
        given = {"x": passes[layer.x], **{role: own[role] for role in layer.weights}, "dL_dz": dL_dz}
        back = _led_back(given, about, own, stage.inputs["w"].dtype)
        dL_da = back.get("dL_dx", dL_da)
        terms |= {f"{layer.name}.{role}": back[role] for role in layer.weights}
    return dL_da


def _by_name(w: Array, spec: ExperimentSpec) -> Terms:
    shapes = shapes_of(spec)
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes.values()])[:-1]
    parts = zip(shapes.items(), np.split(w, ends), strict=True)
    return {name: part.reshape(shape) for (name, shape), part in parts}


def _clip(given: Terms, found: Terms, _: Stage) -> Terms:
    """Take each gradient, scaled as all are by the root of one sum of squares."""
    count = sum(gradient.size for gradient in given.values())
    return {role: gradient * of_sum(count) for role, gradient in found.items()}


def _update(given: Terms, found: Terms, stage: Stage) -> Terms:
    """Take what was and what is: a mean that moves, or a weight, is made of parts that are no larger than both."""
    before = {
        symbol: np.abs(np.asarray(value, np.float64))
        for symbol, value in stage.about.state.items()
        if value is not None
    }
    before["w"] = given["w"]
    return {role: np.maximum(value, before[role]) if role in before else value for role, value in found.items()}


def _minimize(given: Terms, found: Terms, _: Stage) -> Terms:
    """Take the longest element of the direction: its coefficients are sums over all weights, and round in each."""
    longest = np.full_like(found["d"], found["d"].max()) if "d" in found else found["w"]
    return found | {"w": np.maximum(found["w"], given["w"]), "d": longest}


_KINDS: Mapping[str, Callable[[Terms, Terms, Stage], Terms]] = {
    "layer": _layer,
    "layer_backward": _layer_backward,
    "sum": _added,
    "sum_backward": _added,
    "ways": _added,
    "embedding": _embedding,
    "embedding_backward": _embedding_backward,
    "affine": _affine,
    "activation": _activation,
    "activation_backward": _activation_backward,
    "affine_backward": _affine_backward,
    "loss": _loss,
    "problem": _problem,
    "evaluation": _evaluation,
    "clip": _clip,
    "update": _update,
    "minimize": _minimize,
}
