"""What a layer of another kind than the dense one is asked, and what torch and known departures say to that."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.judge.hearing import Wrong
from engine.lane.stage import LayerStage, Stage
from engine.layer_names import layer_name
from engine.own.inside import Inside
from engine.own.kind_forms import CALLED, GRADIENTS, INSIDE, RUNNING, DescribedKind, OwnSetting, kind_inputs
from engine.spec import complete_layer
from engine.variants.dropout import BACK_MASK
from engine.variants.layer_rule import LayerRule

Answer = dict[str, Array]
Params = tuple[tuple[str, Any], ...]
Handed = tuple[tuple[str, float], ...]

DENSE = "dense"
PROBED = 0.3  # dropped, where the code takes any probability: of ½ nothing tells it from what stays
FAR_OFF = 6.0  # deviations: by more no share of a mask is off by chance
NAME = layer_name(1)
TORCHS = {"p": "p", "keep": "p", "momentum": "momentum", "decay": "momentum", "eps": "eps"}
"""torch's name of each of the code's numbers."""

DEFAULTS, LARGEST_EPS = {"p": 0.5, "momentum": 0.1, "eps": 1e-5}, 1e-3
UNTRAINED = ("Dropout", "Flatten", "Residual")
TURNED = ("keep", "decay")
"""Those whose name says that they are 1 less torch's."""


class Numbers(NamedTuple):
    """Hold numbers on both sides: torch's ``params``, and what the code is ``handed`` by its own names."""

    params: Params = ()
    handed: Handed = ()


def called_of(found: Any) -> str:
    """Return in which way a layer is called."""
    return found.called if isinstance(found, DescribedKind) else DENSE


def is_called_so(reference: str, found: Any) -> bool:
    """Return whether a reference is one that the layer may be: both are called alike."""
    return CALLED.get(reference, DENSE) == called_of(found)


# --- numbers ---------------------------------------------------------------------------------------


def numbers_of(found: DescribedKind, reference: str, asked: Mapping[str, Any]) -> Iterator[Numbers]:
    """Yield the numbers that both sides take: those asked for, the code's own, torch's; then any that it has inside."""
    own = {TORCHS[one.role]: one for one in reversed(found.settings)}
    fixed, handed = dict[str, Any](), dict[str, float]()
    open_names: list[str] = []
    for name in _names(reference, found):
        setting = own.get(name)
        if setting is None:
            open_names.append(name)
            continue
        value = _value(setting, name, asked)
        fixed[name] = value
        if setting.settable:
            handed[setting.name] = _turned(setting, value)
    flags = _flags(found, reference)
    ways = [_ways(name, found, reference, asked) for name in open_names]
    for values in product(*ways):
        chosen = {name: value for name, value in zip(open_names, values, strict=True) if value is not None}
        yield Numbers(tuple((fixed | chosen | flags).items()), tuple(handed.items()))


def _names(reference: str, found: DescribedKind) -> tuple[str, ...]:
    if reference == "BatchNorm1d":
        return ("eps", "momentum") if found.running else ("eps",)
    return {"LayerNorm": ("eps",), "RMSNorm": ("eps",), "Dropout": ("p",)}.get(reference, ())


def _value(setting: OwnSetting, name: str, asked: Mapping[str, Any]) -> float:
    """Return torch's number: the one asked for, else the code's own; of a probability one that tells."""
    for given in (name, setting.name):
        if given in asked and setting.settable:
            return float(asked[given]) if given == name else _turned(setting, float(asked[given]))
    value = _turned(setting, setting.value)
    return PROBED if name == "p" and setting.settable and value == 0.5 else value


def _turned(setting: OwnSetting, value: float) -> float:
    return round(1 - value, 12) if setting.role in TURNED else value


def _ways(name: str, found: DescribedKind, reference: str, asked: Mapping[str, Any]) -> list[float | None]:
    """Return what a number may be that has no name in the code: the one asked for, torch's, any written in it."""
    written = [number for number, _ in found.literals if 0 < number < 1]
    if name == "eps":
        ways = [number for number in written if number <= LARGEST_EPS]
    else:
        ways = [way for number in written if number > LARGEST_EPS for way in (round(1 - number, 12), number)]
    default = None if (name, reference) == ("eps", "RMSNorm") else DEFAULTS[name]
    if name in asked:
        return [*dict.fromkeys([asked[name], default, *ways])]
    return [None, *(way for way in dict.fromkeys(ways) if way != default)]


def _flags(found: DescribedKind, reference: str) -> dict[str, bool]:
    """Return what of a norm is not trained, by torch's names."""
    has_weights = bool(found.weights)
    if reference == "BatchNorm1d":
        return {} if has_weights else {"affine": False}
    if reference == "RMSNorm":
        return {} if "weight" in found.weights else {"elementwise_affine": False}
    if reference != "LayerNorm":
        return {}
    if not has_weights:
        return {"elementwise_affine": False}
    return {} if "bias" in found.weights else {"bias": False}


# --- questions and answers -------------------------------------------------------------------------


def inputs_for(found: DescribedKind, reference: str, seed: int) -> Answer:
    """Return what the layer is asked with: of what the reference does not have, or the code, nothing that shows."""
    inputs = kind_inputs(found.called, seed, flat=found.is_flat)
    if found.called != "norm":
        return inputs
    if "weight" not in found.weights:
        inputs["weight"] = np.ones_like(inputs["weight"])
    if "bias" not in found.weights or reference == "RMSNorm":
        inputs["bias"] = np.zeros_like(inputs["bias"])
    return inputs


def masks_in(found: Any, inputs: Mapping[str, Array], answer: Mapping[str, Array]) -> Answer:
    """Return the masks that a dropout drew, as its answer shows them: of the forward and of the backward pass.

    One that it was handed is what it was.
    """
    if called_of(found) != "dropout":
        return {}
    drawn = {name: (answer[role] != 0).astype(answer[role].dtype) for name, role in _OF_MASKS if role in answer}
    return {**drawn, "mask": inputs["mask"]} if found.has_given_mask else drawn


_OF_MASKS = (("mask", "z"), (BACK_MASK, "dL_dx"))


def share_of(answer: Mapping[str, Array], p: float) -> float:
    """Return how many numbers stayed: a probability that is told by p, where chance may have it come to so many."""
    kept = float(np.mean(answer["z"] != 0))
    return next((one for one in (1 - p, p) if abs(kept - one) <= FAR_OFF * _deviation(one, answer["z"].size)), kept)


def _deviation(share: float, count: int) -> float:
    return float(np.sqrt(share * (1 - share) / count))


def share_is_wrong(found: Any, params: Params, answer: Mapping[str, Array]) -> list[Wrong]:
    """List the share of numbers that stay, where it is not torch's."""
    if called_of(found) != "dropout" or found.has_given_mask:
        return []
    p = _p(params)
    share = share_of(answer, p)
    return [] if np.isclose(share, 1 - p) else [Wrong("kept", (), share, 1 - p)]


def _p(params: Params) -> float:
    return float(dict(params).get("p", 0.5))


def stages_of(reference: str, params: Params, inputs: Answer, answer: Answer, masks: Answer) -> Iterator[Stage]:
    """Yield the answer as stages that torch can be asked for."""
    back = {weight: role for weight, role in GRADIENTS.items() if role in answer}
    if reference == "Embedding":
        given = {role: inputs[role] for role in ("x", "weight")}
        yield Stage("embedding", given, {"z": answer["z"]}, {"z": "z"})
        given |= {"dL_dz": inputs["dL_dz"]}
        yield Stage("embedding_backward", given, {role: answer[own] for role, own in back.items()}, back)
        return
    if reference == "Residual":
        yield from _of_residual(inputs, answer)
        return
    about = LayerStage(reference, complete_layer(reference, dict(params)), inputs["x"].shape[1:], leads_on=True)
    given = _entering(reference, params, inputs) | ({"mask": masks["mask"]} if masks else {})
    forward = {role: role for role in ("z", *_running(reference)) if role in answer}
    yield Stage("layer", given, {role: answer[role] for role in forward}, forward, about)
    back = {weight: role for weight, role in back.items() if weight in given} | {"dL_dx": "dL_dx"}
    back = {role: own for role, own in back.items() if own in answer}
    results = {role: answer[own] for role, own in back.items()}
    yield Stage("layer_backward", given | {"dL_dz": inputs["dL_dz"]}, results, back, about)
    if "evaluated" in answer and _is_evaluated(reference, answer):
        given = _entering(reference, params, inputs) | {"x": inputs["x_evaluated"]}
        given |= {role: answer[role] for role in _running(reference) if role in given}
        about = about._replace(is_evaluated=True)
        yield Stage("layer", given, {"z": answer["evaluated"]}, {"z": "evaluated"}, about)


def _of_residual(inputs: Answer, answer: Answer) -> Iterator[Stage]:
    inside = _inside(inputs)
    given = {"x": inputs["x"], "f_x": inside.forward(inputs["x"])}
    yield Stage("sum", given, {"z": answer["z"]}, {"z": "z"})
    if "dL_dx" in answer:
        ways = {"through_skip": inputs["dL_dz"], "through_inside": inside.backward(inputs["dL_dz"])}
        yield Stage("ways", ways, {"dL_dx": answer["dL_dx"]}, {"dL_dx": "dL_dx"})


def _inside(inputs: Answer) -> Inside:
    return Inside(inputs[INSIDE], inputs["x"])


def _is_evaluated(reference: str, answer: Answer) -> bool:
    return reference != "BatchNorm1d" or all(role in answer for role in RUNNING)


def _running(reference: str) -> tuple[str, ...]:
    return RUNNING if reference == "BatchNorm1d" else ()


def _entering(reference: str, params: Params, inputs: Answer) -> Answer:
    flags = dict(params)
    is_affine = flags.get("affine", flags.get("elementwise_affine", True))
    has_weights = is_affine and reference not in UNTRAINED
    names = () if not has_weights else ("weight",) if reference == "RMSNorm" else ("weight", "bias")
    names = ("weight",) if reference == "LayerNorm" and names and flags.get("bias") is False else names
    given = {role: inputs[role] for role in ("x", *names, *_running(reference))}
    return given | ({"num_batches_tracked": np.array(0)} if reference == "BatchNorm1d" else {})


def evaluated(reference: str, params: Params, rule: LayerRule, inputs: Answer) -> Answer:
    """Return what a kind's passes come to, changed or not, in the roles of own answers. ``inputs``: masks, too."""
    hyper = None if reference in ("Embedding", "Residual") else complete_layer(reference, dict(params))
    entering = inputs if reference == "Embedding" else _entering(reference, params, inputs)
    given: dict[str, Any] = {f"{NAME}.{role}": value for role, value in entering.items() if role not in ("x", "dL_dz")}
    given |= {f"{NAME}.{role}": inputs[role] for role, _ in _OF_MASKS if role in inputs}
    if INSIDE in inputs:
        given[f"{NAME}.inside"] = _inside(inputs)
    z, cache = rule.forward(inputs["x"], given, NAME, hyper)
    dL_dx, grads = rule.backward(inputs["dL_dz"], cache, given, NAME, hyper)
    found = {"z": z, **{role: grads[key] for name, role in GRADIENTS.items() if (key := f"{NAME}.{name}") in grads}}
    found |= {} if dL_dx is None else {"dL_dx": dL_dx}
    buffers: Mapping[str, Array] = getattr(cache, "buffers", {})
    found |= {role: buffers[key] for role in RUNNING if (key := f"{NAME}.{role}") in buffers}
    if "x_evaluated" in inputs:
        kept = {name: value for name, value in given.items() if "mask" not in name}
        found["evaluated"] = rule.evaluate(inputs["x_evaluated"], {**kept, **buffers}, NAME, hyper)[0]
    if rule.share is not None:
        found["kept"] = np.asarray(rule.share(hyper))
    return {role: np.asarray(value) for role, value in found.items()}
