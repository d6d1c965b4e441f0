"""What an innocent may have besides: parameters of its functions, first weights, groups, chains of schedules.

Each is drawn by itself and kept where the experiment can still be loaded.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

from engine.spec import (
    ExperimentError,
    activation_names,
    check,
    function_fields,
    hyper_fields,
    init_fields,
    init_names,
    layer_fields,
    layer_kinds,
    optimizer_names,
    schedule_fields,
    schedule_names,
)
from tests.trial.arguments import Draw, Raw, by_chance, one_of, params_of

CHANCE = 0.35  # of each option, where it can be
GIVEN = 0.6  # of an argument
MATCHES = ("*.bias", "*.weight", "layer1.*", "layer2.*", "*1.weight", "*")
NEGATIVE = -0.3


def with_options(draw: Draw, raw: Raw) -> Raw:
    """Return the experiment with some options."""
    for option in OPTIONS:
        if not by_chance(draw, CHANCE):
            continue
        more = deepcopy(raw)
        option(draw, more)
        with suppress(ExperimentError):
            check(more)
            raw = more
    return raw


def without_options(raw: Raw) -> Iterator[Raw]:
    """Yield the experiment without one of its options each."""
    (entry,) = raw["optimizers"]
    if "groups" in entry:
        yield {**raw, "optimizers": [{key: value for key, value in entry.items() if key != "groups"}]}
    if isinstance(entry.get("schedule"), list):
        yield {**raw, "optimizers": [{**entry, "schedule": entry["schedule"][1:]}]}
    if "network" in raw:
        yield from _plainer_networks(raw)


def _plainer_networks(raw: Raw) -> Iterator[Raw]:
    network = raw["network"]
    if isinstance(network["loss"], dict):
        yield {**raw, "network": {**network, "loss": network["loss"]["name"]}}
    for place, layer in enumerate(network["layers"]):
        plainer = {key: value for key, value in layer.items() if key not in ("init", "params")}
        if isinstance(layer.get("activation"), dict):
            plainer["activation"] = layer["activation"]["name"]
        if plainer != layer:
            layers = [*network["layers"][:place], plainer, *network["layers"][place + 1 :]]
            yield {**raw, "network": {**network, "layers": layers}}


# --- each option, put into an experiment ------------------------------------------------------------


def _activations(draw: Draw, raw: Raw) -> None:
    for layer in _layers(raw):
        if not (fields := function_fields(layer["activation"])) and by_chance(draw, 0.5):
            layer["activation"] = one_of(draw, [name for name in activation_names() if function_fields(name)])
            fields = function_fields(layer["activation"])
        if fields:
            params = params_of(draw, fields, GIVEN)
            if "negative_slope" in params and by_chance(draw, 0.2):
                params["negative_slope"] = NEGATIVE
            layer["activation"] = {"name": layer["activation"], "params": params}


def _loss(draw: Draw, raw: Raw) -> None:
    if "network" not in raw or not (fields := function_fields(raw["network"]["loss"])):
        return
    units = next(layer["units"] for layer in reversed(_layers(raw)) if "units" in layer)
    params = params_of(draw, fields, GIVEN)
    for name in ("weight", "pos_weight"):
        if name in params:
            params[name] = (draw.uniform(0, 3, units if by_chance(draw, 0.8) else 1)).tolist()
    if "ignore_index" in params:
        params["ignore_index"] = int(draw.integers(-1, units))
    if params.get("log_target"):
        raw["data"]["y"] = draw.normal(size=(len(raw["data"]["y"]), units)).tolist()
    raw["network"]["loss"] = {"name": raw["network"]["loss"], "params": params}


def _shares(draw: Draw, raw: Raw) -> None:
    """Give a share of each class in the place of class numbers."""
    if "network" in raw and isinstance(raw["data"]["y"][0], int):
        units = next(layer["units"] for layer in reversed(_layers(raw)) if "units" in layer)
        raw["data"]["y"] = draw.dirichlet([0.5] * units, len(raw["data"]["y"])).tolist()


def _inits(draw: Draw, raw: Raw) -> None:
    for layer in _layers(raw):
        if by_chance(draw, 0.7) and layer.get("kind") != "Dropout":
            name = one_of(draw, init_names())
            params = params_of(draw, init_fields(name), 0.5)
            layer["init"] = {"name": name, "params": params}


def _groups(draw: Draw, raw: Raw) -> None:
    (entry,) = raw["optimizers"]
    if "network" in raw:
        entry["groups"] = [_group(draw, entry["name"]) for _ in range(draw.integers(1, 4))]


def _group(draw: Draw, optimizer: str) -> Raw:
    group: Raw = {"match": one_of(draw, MATCHES)}
    if by_chance(draw, 0.4):
        optimizer = group["name"] = one_of(draw, [name for name in optimizer_names() if name != "LBFGS"])
    group["params"] = params_of(draw, hyper_fields(optimizer), 0.35)
    if "lr" in group["params"]:
        group["params"]["lr"] = float(10 ** draw.uniform(-4, 0))
    return group


def _chain(draw: Draw, raw: Raw) -> None:
    phases: list[Raw] = []
    for _ in range(draw.integers(2, 4)):
        name = one_of(draw, [name for name in schedule_names() if name != "ReduceLROnPlateau"])
        params: Any = params_of(draw, schedule_fields(name), 0.5)
        if name == "OneCycleLR":
            params["total_steps"] = one_of(draw, (20, 50, 1000))
        phases.append({"name": name, "params": params, "steps": int(one_of(draw, (1, 3, 7, 12)))})
    del phases[-1]["steps"]
    if by_chance(draw, 0.3):
        phases[0]["warmup"] = {"steps": one_of(draw, (1, 3, 10)), "start_factor": one_of(draw, (1e-100, 0.1, 1.0))}
    raw["optimizers"][0]["schedule"] = phases


def _kind_last(draw: Draw, raw: Raw) -> None:
    """Let a layer of another kind be the last."""
    if "network" in raw:
        kind = one_of(draw, [kind for kind in layer_kinds() if kind != "Linear"])
        last = {"kind": kind, "params": params_of(draw, layer_fields(kind), 0.35)}
        raw["network"]["layers"].append({**last, "activation": one_of(draw, ("identity", *activation_names()))})


def _layers(raw: Raw) -> list[Raw]:
    """List the layers, those inside residuals in their places."""
    return [*_plain(raw["network"]["layers"])] if "network" in raw else []


def _plain(layers: list[Raw]) -> Iterator[Raw]:
    for layer in layers:
        if "layers" in layer:
            yield from _plain(layer["layers"])
        else:
            yield layer


OPTIONS: tuple[Callable[[Draw, Raw], None], ...] = (
    *(_kind_last, _activations, _shares, _loss),
    *(_inits, _groups, _chain),
)
