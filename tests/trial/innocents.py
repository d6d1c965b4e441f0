"""Right programs that the judge must not accuse: experiments drawn up to the edge of floats, and other algebra.

A run is told by its seed and number alone, so that one that fails can be drawn again.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from engine.spec import (
    FUNCTION_NAMES,
    ExperimentError,
    activation_names,
    check,
    hyper_fields,
    layer_fields,
    layer_kinds,
    loss_names,
    optimizer_names,
    schedule_fields,
    schedule_names,
)
from tests.engine.experiments import suited
from tests.trial.algebra import variants
from tests.trial.arguments import Draw, Raw, by_chance, one_of, params_of
from tests.trial.data import drawn_data
from tests.trial.experiments import all_experiments
from tests.trial.judging import Judged, TooLong, is_torchs, judged, limited, told
from tests.trial.options import with_options, without_options
from tests.trial.swapping import exchanged

FEWEST_STEPS, MOST_STEPS = 20, 60
TRIES = 1000
SECONDS = 120.0  # of processor time for a run
LEAST_SECONDS = 60.0  # for making smaller what is accused
ALGEBRA_STEPS = 40


class Innocent(NamedTuple):
    """``raw`` is an experiment's file; ``variant`` names the algebra put into the textbook, if any."""

    name: str
    raw: Raw
    steps: int
    variant: str = ""


class Heard(NamedTuple):
    """``found`` is the judge's; where it accuses, or raises what is not torch's, ``least`` is a smaller such file."""

    innocent: Innocent
    found: Judged
    is_torchs: bool = False
    least: Raw | None = None

    @property
    def is_accused(self) -> bool:
        return self.found.is_guilty or (self.found.verdict == "raised" and not self.is_torchs)


# --- hearing -----------------------------------------------------------------------------------------


def heard(innocent: Innocent) -> Heard:
    """Judge a run; one that is accused is made smaller as long as it is accused of the same."""
    found = _heard(innocent)
    return found._replace(least=_least(found)) if found.is_accused else found


def _heard(innocent: Innocent) -> Heard:
    exchanges = [variants()[innocent.variant].exchange] if innocent.variant else []
    try:
        with exchanged(exchanges), limited(SECONDS):
            return Heard(innocent, judged(check(innocent.raw), innocent.steps))
    except TooLong:
        return Heard(innocent, Judged("too long", 0, told=f"more than {SECONDS:g} s of processor time"))
    except ExperimentError as error:
        return Heard(innocent, Judged("refused", 0, told=str(error.faults[0])))
    except Exception as error:
        return Heard(innocent, Judged("raised", 0, told=told(error)), is_torchs(error))


def _least(heard: Heard) -> Raw:
    """Leave out one part after the other, as long as the verdict stays."""
    raw, verdict = heard.innocent.raw, heard.found.verdict
    steps = heard.found.step or heard.innocent.steps
    smaller, end = True, time.process_time() + LEAST_SECONDS
    while smaller:
        smaller = False
        for simpler in _simpler(raw):
            if time.process_time() > end:
                return raw
            again = _heard(heard.innocent._replace(raw=simpler, steps=steps))
            if again.found.verdict == verdict and again.is_accused:
                raw, smaller = simpler, True
                break
    return raw


def _simpler(raw: Raw) -> Iterator[Raw]:
    entry = raw["optimizers"][0]
    yield from without_options(raw)
    for part in ("schedule", "clip"):
        if part in entry:
            yield {**raw, "optimizers": [{key: value for key, value in entry.items() if key != part}]}
    for name in entry["params"]:
        params = {key: value for key, value in entry["params"].items() if key != name}
        yield {**raw, "optimizers": [{**entry, "params": params}]}
    for part in ("batch", "start"):
        if part in raw:
            yield {key: value for key, value in raw.items() if key != part}
    if "network" in raw:
        yield from _smaller_networks(raw)


def _smaller_networks(raw: Raw) -> Iterator[Raw]:
    x, y = raw["data"]["x"], raw["data"]["y"]
    half = (len(x) + 1) // 2
    if half < len(x):
        for part in (slice(None, half), slice(half, None)):
            yield {**raw, "data": {"x": x[part], "y": y[part]}}
    layers = raw["network"]["layers"]
    for place in range(len(layers) - 1):
        yield {**raw, "network": {**raw["network"], "layers": layers[:place] + layers[place + 1 :]}}
        if layers[place].get("units", 1) > 1:
            fewer = {**layers[place], "units": layers[place]["units"] // 2}
            yield {**raw, "network": {**raw["network"], "layers": [*layers[:place], fewer, *layers[place + 1 :]]}}


# --- other algebra -----------------------------------------------------------------------------------


def in_other_algebra(steps: int = ALGEBRA_STEPS) -> Iterator[Innocent]:
    """Yield every variant of the textbook's functions in the experiments that use it, in both precisions."""
    for variant in variants().values():
        for experiment in all_experiments():
            if experiment.name.startswith(variant.experiments):
                for dtype in ("float32", "float64"):
                    name = f"{variant.name}, {experiment.name}, {dtype}"
                    yield Innocent(name, {**experiment.raw, "dtype": dtype}, steps, variant.name)


# --- drawing -----------------------------------------------------------------------------------------


def drawn(seed: int, number: int, steps: int | None = None) -> Innocent:
    """Draw an experiment that a person could load: always the same one of this seed and number."""
    draw = np.random.default_rng((seed, number))
    for _ in range(TRIES):
        raw = _experiment(draw, optimizer_names()[number % len(optimizer_names())])
        length = int(draw.integers(FEWEST_STEPS, MOST_STEPS + 1))
        with suppress(ExperimentError):
            check(raw)
            raw = with_options(draw, raw)
            return Innocent(f"seed {seed}, number {number}", raw, steps or length)
    raise AssertionError(f"nothing that can be loaded in {TRIES} tries, seed {seed}, number {number}")


def _experiment(draw: Draw, optimizer: str) -> Raw:
    entry: Raw = {"name": optimizer, "params": params_of(draw, hyper_fields(optimizer), 0.35)}
    entry["params"]["lr"] = _rate(draw)
    if by_chance(draw, 0.4):
        entry["schedule"] = _schedule(draw)
    if optimizer != "LBFGS" and by_chance(draw, 0.35):
        limit = one_of(draw, (1e-300, 1e-6, 1e-3, 0.1, 1.0, 10.0, 1e38))
        entry["clip"] = {one_of(draw, ("norm", "value")): limit}
    raw: Raw = {"schema": 1, "dtype": one_of(draw, ("float32", "float64")), "optimizers": [entry]}
    if by_chance(draw, 0.15):
        return raw | {"problem": _problem(draw)}
    return raw | _network(draw, raw["dtype"], has_biases=optimizer != "Muon")


def _rate(draw: Draw) -> float:
    """Mostly one that trains; now and then one that explodes, or that moves next to nothing."""
    low, high = one_of(draw, ((-4, 0), (-4, 0), (-3, -1), (0, 5), (-12, -4)))
    return float(10 ** draw.uniform(low, high))


def _schedule(draw: Draw) -> Raw:
    name = one_of(draw, schedule_names())
    schedule: Raw = {"name": name, "params": params_of(draw, schedule_fields(name), 0.5)}
    if name == "OneCycleLR":
        schedule["params"]["total_steps"] = one_of(draw, (5, 20, 50, 1000))
    if name != "ReduceLROnPlateau" and by_chance(draw, 0.3):
        schedule["warmup"] = {"steps": one_of(draw, (1, 3, 10, 1000)), "start_factor": one_of(draw, (1e-100, 0.1, 1.0))}
    return schedule


def _problem(draw: Draw) -> Raw:
    function = one_of(draw, FUNCTION_NAMES)
    scale = one_of(draw, (1.0, 1.0, 1.0, 1e-20, 1e5, 1e15))
    problem: Raw = {"function": function, "start": (draw.normal(size=2) * scale).tolist()}
    if function == "quadratic":
        problem["condition"] = one_of(draw, (1.0, 10.0, 1e6, 1e12))
    return problem


def _network(draw: Draw, dtype: str, has_biases: bool) -> Raw:
    loss = one_of(draw, loss_names())
    wide = by_chance(draw, 0.02)
    layers = [
        {
            "units": int(draw.integers(1, 33)) if not wide else 256,
            "activation": one_of(draw, activation_names()),
            "bias": has_biases and by_chance(draw, 0.75),
        }
        for _ in range(draw.integers(1, 4))
    ]
    if by_chance(draw, 0.5):
        layers[-1]["activation"] = "identity"
    if wide:
        layers[-1]["units"] = 10
    data = drawn_data(draw, layers[-1]["units"], loss, dtype)
    rows, inputs = len(data["x"]), len(data["x"][0])
    raw: Raw = {
        "data": data,
        "network": {"layers": suited(layers, loss), "loss": loss},
        "start": {"seed": int(draw.integers(1000))},
    }
    if by_chance(draw, 0.1):
        raw["start"] = {"weights": _tied_weights(draw, layers, inputs)}
    if by_chance(draw, 0.5):
        size = int(draw.integers(1, rows + 1))
        raw["batch"] = {"size": size, "shuffle": by_chance(draw, 0.5), "seed": int(draw.integers(1000))}
    if has_biases and "seed" in raw["start"]:
        own, skipping = draw.spawn(2)  # so that all else is drawn as it was before there were kinds
        raw["network"]["layers"] = [*_with_residuals(skipping, [*_with_kinds(own, layers[:-1])], inputs), layers[-1]]
    return raw


def _with_kinds(draw: Draw, layers: list[Raw]) -> Iterator[Raw]:
    """Yield the layers, and in a third of the networks now and then one of another kind between them."""
    share = 0.6 if by_chance(draw, 0.33) else 0.0
    for dense in (None, *layers):
        if dense is not None:
            yield dense
        if by_chance(draw, share):
            kind = one_of(draw, [kind for kind in layer_kinds() if kind not in ("Linear", "Residual")])
            params = params_of(draw, layer_fields(kind), 0.35)
            yield {"kind": kind, "params": params, "activation": one_of(draw, ("identity", *activation_names()))}


def _with_residuals(draw: Draw, layers: list[Raw], width: int) -> Iterator[Raw]:
    """Yield the layers, in a third of the networks some of them inside residuals; ``width``: of what goes in."""
    share = 0.5 if by_chance(draw, 0.33) else 0.0
    for layer in layers:
        keeps = layer.get("kind", "Linear") != "Linear"
        if by_chance(draw, share):
            dense = {"units": width, "activation": one_of(draw, activation_names()), "bias": by_chance(draw, 0.8)}
            inside = [layer, dense] if not keeps or by_chance(draw, 0.5) else [layer]
            yield {"kind": "Residual", "layers": inside}
        else:
            yield layer
            width = width if keeps else layer["units"]


def _tied_weights(draw: Draw, layers: list[Raw], inputs: int) -> Raw:
    """Small whole numbers and zeros, so that sums cancel and kinks are met."""
    weights: Raw = {}
    for number, layer in enumerate(layers, start=1):
        weights[f"layer{number}.weight"] = draw.integers(-1, 2, (layer["units"], inputs)).tolist()
        if layer["bias"]:
            weights[f"layer{number}.bias"] = draw.integers(-1, 2, layer["units"]).tolist()
        inputs = layer["units"]
    return weights
