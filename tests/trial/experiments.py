"""The experiments that mutants are tried in: between them they run every line of the textbook with every option.

Data are in general position and batches vary, so that no state settles and no gradient dies; rates are ordinary. The
order is that in which they are tried, the plainest first.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.spec import ExperimentSpec, activation_names, check, loss_names
from tests.engine.experiments import SUITED, layer, optimizer, random_data, raw_problem, suited

Raw = dict[str, Any]

BATCHES = {"size": 3, "shuffle": True, "seed": 5}  # of 7 rows: the last of an epoch has one
SGD = optimizer("SGD", lr=0.05, momentum=0.9)
ADAM = optimizer("Adam", lr=0.01)


@dataclass(frozen=True, eq=False)
class Experiment:
    """``raw`` is what a file holds, without its precision."""

    name: str
    raw: Raw

    @cache  # noqa: B019  # the table lives as long as the process
    def spec(self, dtype: str) -> ExperimentSpec:
        return check({**self.raw, "dtype": dtype})


def network(
    layers: Sequence[Mapping[str, Any]],
    entry: Mapping[str, Any],
    *,
    inputs: int = 4,
    rows: int = 7,
    loss: Any = "mse",
    scale: float = 1.0,
    **more: Any,
) -> Raw:
    """Return an experiment on random data, inputs times ``scale``; ``more`` are top-level fields of the file."""
    data = random_data(inputs, layers[-1]["units"], rows, loss, seed=3)
    data["x"] = [[number * scale for number in row] for row in data["x"]]
    return {
        "schema": 1,
        "data": data,
        "network": {"layers": suited(layers, loss), "loss": loss},
        "optimizers": [dict(entry)],
        **more,
    }


NET = (layer(5, "tanh"), layer(3, "sigmoid"))
SQUARE = (layer(3, "tanh"), layer(3, "sigmoid", bias=False))
MATRICES = (layer(6, "tanh", bias=False), layer(2, "identity", bias=False))


@cache
def all_experiments() -> tuple[Experiment, ...]:
    """Return the whole table."""
    parts = (
        *(
            _optimizers(),
            _functions(),
            _with_parameters(),
            _at_kinks(),
            _networks(),
            _kinds(),
            _rows_of_axes(),
            _groups(),
        ),
        *(_clips(), _schedules(), _problems(), _whole()),
    )
    return tuple(Experiment(name, raw) for name, raw in itertools.chain(*parts))


# --- optimizers ------------------------------------------------------------------------------------

OPTIONS: dict[str, list[Raw]] = {
    "SGD": [
        {"lr": 0.05},
        {"lr": 0.05, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1},
        {"lr": 0.02, "momentum": 0.8, "nesterov": True, "weight_decay": 0.05},
        {"lr": 1e-3, "momentum": 0.5, "maximize": True},
    ],
    "Adam": [
        {"lr": 0.01},
        {"lr": 0.01, "betas": [0.8, 0.9], "eps": 1e-3, "weight_decay": 0.1, "amsgrad": True},
        {"lr": 0.01, "betas": [0.8, 0.9], "eps": 1e-4, "weight_decay": 0.1, "decoupled_weight_decay": True},
        {"lr": 1e-3, "amsgrad": True, "maximize": True},
    ],
    "AdamW": [{"lr": 0.01, "weight_decay": 0.1}, {"lr": 1e-3, "eps": 1e-4, "amsgrad": True, "maximize": True}],
    "Adamax": [
        {"lr": 0.01},
        {"lr": 0.01, "betas": [0.8, 0.7], "eps": 1e-3, "weight_decay": 0.1},
        {"lr": 1e-3, "betas": [0.8, 0.7], "maximize": True},
    ],
    "NAdam": [
        {"lr": 0.01},
        {"lr": 0.01, "betas": [0.8, 0.9], "eps": 1e-3, "weight_decay": 0.1, "momentum_decay": 0.5},
        {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True, "eps": 1e-4},
        {"lr": 1e-3, "maximize": True},
    ],
    "RAdam": [
        {"lr": 0.01},
        {"lr": 0.01, "betas": [0.8, 0.9], "eps": 1e-3, "weight_decay": 0.1},
        {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True, "eps": 1e-4},
        {"lr": 1e-3, "betas": [0.9, 0.6], "maximize": True},
    ],
    "Adagrad": [
        {"lr": 0.05},
        {"lr": 0.05, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.1, "eps": 1e-3},
        {"lr": 1e-3, "maximize": True},
    ],
    "Adadelta": [
        {"lr": 1.0},
        {"lr": 0.5, "rho": 0.8, "eps": 1e-3, "weight_decay": 0.1},
        {"lr": 0.1, "maximize": True},
    ],
    "RMSprop": [
        {"lr": 0.01},
        {"lr": 0.01, "alpha": 0.9, "eps": 1e-3, "weight_decay": 0.1, "momentum": 0.5},
        {"lr": 1e-3, "alpha": 0.9, "eps": 1e-2, "centered": True, "momentum": 0.5},
        {"lr": 1e-3, "maximize": True, "centered": True, "eps": 1e-2},
    ],
    "Rprop": [
        {"lr": 0.01},
        {"lr": 0.01, "etas": [0.6, 1.1], "step_sizes": [1e-3, 0.02]},
        {"lr": 1e-3, "maximize": True, "step_sizes": [1e-6, 1e-2]},
    ],
    "ASGD": [
        {"lr": 0.05},
        {"lr": 0.05, "lambd": 0.1, "alpha": 0.9, "t0": 2.5, "weight_decay": 0.1},
        {"lr": 1e-3, "maximize": True, "t0": 0.0},
    ],
    "Adafactor": [
        {"lr": 0.01},
        {"lr": 0.05, "beta2_decay": -0.5, "eps": [1e-2, 0.5], "d": 1.2, "weight_decay": 0.1},
        {"lr": 0.9, "d": 3.0, "eps": [1e-3, 1e-3]},
        {"lr": 1e-3, "maximize": True},
    ],
}


def _optimizers() -> Iterator[tuple[str, Raw]]:
    for name, options in OPTIONS.items():
        for number, params in enumerate(options):
            yield f"{name} {number}", network(NET, optimizer(name, **params), batch=BATCHES)
    for number, params in enumerate(({}, {"etas": [0.6, 1.1], "step_sizes": [1e-6, 50.0]})):
        yield f"Rprop full {number}", network(NET, optimizer("Rprop", lr=0.01, **params))
    for number, params in enumerate(MUON):
        yield f"Muon {number}", network(MATRICES, optimizer("Muon", lr=0.02, **params), batch=BATCHES)
    yield "Muon square", network(_without_biases(SQUARE), optimizer("Muon", lr=0.02), inputs=3, batch=BATCHES)
    yield "Muon 1 x 1", network([layer(1, "tanh", bias=False)], optimizer("Muon", lr=0.02), inputs=1, batch=BATCHES)


MUON: list[Raw] = [
    {},
    {"nesterov": False, "momentum": 0.7, "weight_decay": 0.0},
    {"momentum": 0.3, "adjust_lr_fn": "match_rms_adamw", "ns_steps": 3},
    {"eps": 10.0, "ns_steps": 1},
]


def _without_biases(layers: Sequence[Mapping[str, Any]]) -> list[Raw]:
    return [{**each, "bias": False} for each in layers]


# --- activations, losses, networks -------------------------------------------------------------------


def _functions() -> Iterator[tuple[str, Raw]]:
    for activation in activation_names():
        layers = [layer(4, activation), layer(2, activation, bias=False)]
        yield activation, network(layers, optimizer("SGD", lr=0.02), loss="huber", batch=BATCHES)
        far = network(layers[:1], optimizer("SGD", lr=3e-4), loss="l1", scale=400.0, batch=BATCHES)
        yield f"{activation} far out", far
    for loss in loss_names():
        layers = [layer(4, "tanh"), layer(3, SUITED.get(loss, "identity"))]
        yield loss, network(layers, optimizer("SGD", lr=0.05), loss=loss, batch=BATCHES)
        for scale in (400.0, 4e3):
            far = network(layers[1:], optimizer("SGD", lr=1e-8), loss=loss, scale=scale, batch=BATCHES)
            yield f"{loss} far out {scale:g}", far
        yield f"{loss} square", network([layer(3, "identity")], optimizer("SGD", lr=0.02), inputs=3, rows=3, loss=loss)


FUNCTIONS: dict[str, Raw] = {
    "leaky_relu": {"negative_slope": 0.3},
    "elu": {"alpha": 0.5},
    "celu": {"alpha": 0.5},
    "softplus": {"beta": 3.0, "threshold": 2.0},
    "gelu": {"approximate": "tanh"},
    "hardtanh": {"min_val": -0.5, "max_val": 0.75},
}
"""Parameters other than torch's defaults."""


WEIGHTS = [0.5, 2.0, 1.25]
SHARES = [
    [0.2, 0.3, 0.5],
    [0.0, 1.0, 0.0],
    [0.7, 0.1, 0.2],
    [0.25, 0.5, 0.25],
    [0.9, 0.05, 0.05],
    [0.1, 0.2, 0.7],
    [1.0, 0.0, 0.0],
]
LOSSES: dict[str, list[Raw]] = {
    **{name: [{"reduction": "sum"}] for name in ("mse", "l1")},
    "smooth_l1": [{"reduction": "sum", "beta": 0.3}],
    "huber": [{"reduction": "sum", "delta": 0.3}],
    "bce": [{"pos_weight": WEIGHTS}, {"pos_weight": [3.0], "reduction": "sum"}],
    "cross_entropy": [
        {"weight": WEIGHTS},
        {"ignore_index": 1},
        {"label_smoothing": 0.2, "reduction": "sum"},
        {"weight": WEIGHTS, "label_smoothing": 0.1, "ignore_index": 2},
        {"shares": True},
        {"shares": True, "weight": WEIGHTS, "label_smoothing": 0.1},
        {"shares": True, "reduction": "sum", "weight": WEIGHTS},
    ],
    "nll": [{"weight": WEIGHTS}, {"ignore_index": 1}, {"weight": WEIGHTS, "reduction": "sum"}],
    "binary_cross_entropy": [{"reduction": "sum"}],
    "kl_div": [{"reduction": "batchmean"}, {"reduction": "sum"}, {"log_target": True}],
}


def _with_parameters() -> Iterator[tuple[str, Raw]]:
    for name, params in FUNCTIONS.items():
        activation = {"name": name, "params": params}
        layers = [layer(4, activation), layer(2, activation, bias=False)]
        yield f"parameters of {name}", network(layers, optimizer("SGD", lr=0.02), loss="huber", batch=BATCHES)
    for name, options in LOSSES.items():
        for number, params in enumerate(options):
            given = {key: value for key, value in params.items() if key != "shares"}
            loss, layers = {"name": name, "params": given}, [layer(4, "tanh"), layer(3, SUITED.get(name, "identity"))]
            raw = network(layers, optimizer("SGD", lr=0.02), loss=loss, batch={**BATCHES, "size": 5})
            if params.get("shares"):
                raw["data"]["y"] = SHARES
            if params.get("log_target"):
                raw["data"]["y"] = [[-abs(share) - 0.1 for share in row] for row in SHARES]
            yield f"parameters of {name} {number}", raw


def _at_kinks() -> Iterator[tuple[str, Raw]]:
    """Yield networks of small whole numbers, which come to lie on kinks."""
    data = {"x": [[1, 0, -1], [0, 1, 1], [2, -1, 1], [-1, 1, 0]], "y": [[0, 1], [1, 0], [1, 1], [0, 0]]}
    weights = {"layer1.weight": [[1, 1, 1], [0, 1, -1]], "layer2.weight": [[1, 0], [-1, 1]]}
    for activation, loss in (("relu", "l1"), ("leaky_relu", "l1"), ("elu", "smooth_l1")):
        layers = [layer(2, activation, bias=False), layer(2, activation, bias=False)]
        yield (
            f"{activation} at its kink",
            {
                "schema": 1,
                "data": data,
                "network": {"layers": layers, "loss": loss},
                "start": {"weights": weights},
                "optimizers": [optimizer("SGD", lr=0.0078125)],
            },
        )


def _networks() -> Iterator[tuple[str, Raw]]:
    three = [layer(5, "tanh"), layer(4, "silu", bias=False), layer(2, "identity")]
    yield "square", network(SQUARE, SGD, inputs=3, rows=3)
    yield "three layers", network(three, SGD, batch=BATCHES)
    yield "one layer", network([layer(3, "sigmoid", bias=False)], SGD)
    yield "in order", network(NET, ADAM, batch={"size": 2})


KINDS: list[Raw] = [
    {"kind": "LayerNorm", "activation": "tanh"},
    {"kind": "LayerNorm", "params": {"eps": 0.1, "bias": False}},
    {"kind": "LayerNorm", "params": {"elementwise_affine": False}},
    {"kind": "RMSNorm", "activation": "tanh"},
    {"kind": "RMSNorm", "params": {"eps": 0.1, "elementwise_affine": False}},
    {"kind": "BatchNorm1d", "activation": "tanh"},
    {"kind": "BatchNorm1d", "params": {"eps": 0.1, "momentum": 0.3, "affine": False}},
    {"kind": "Dropout", "params": {"p": 0.3}},
    {"kind": "Residual", "layers": [{"kind": "RMSNorm", "activation": "tanh"}, {"kind": "BatchNorm1d"}]},
]


def _kinds() -> Iterator[tuple[str, Raw]]:
    """Each between two dense layers, and as the first."""
    for number, kind in enumerate(KINDS):
        between = [layer(5, "tanh"), kind, layer(3, "identity")]
        yield f"{kind['kind']} {number}", network(between, SGD, rows=8, batch={"size": 4, "shuffle": True})
        yield f"{kind['kind']} {number} first", network([kind, layer(3, "sigmoid")], ADAM, rows=8)


WORDS: list[Raw] = [  # each a number of 5, and two of them alike in some rows
    {"kind": "Embedding", "params": {"num_embeddings": 5, "embedding_dim": 3, "padding_idx": 0}},
    {"kind": "LayerNorm", "activation": "tanh"},
    layer(4, "tanh"),
    {"kind": "Flatten"},
    layer(2, "identity"),
]
PLACES: list[Raw] = [  # rows of 2 × 3: a channel, then the numbers of a place, are what a kind works along
    {"kind": "BatchNorm1d", "activation": "tanh"},
    {"kind": "RMSNorm"},
    layer(4, "softmax"),
    {"kind": "Flatten", "activation": "tanh"},
    layer(2, "identity"),
]


def _rows_of_axes() -> Iterator[tuple[str, Raw]]:
    """Rows of words and rows of places."""
    of_words = network(WORDS, SGD, rows=8, batch={"size": 4, "shuffle": True})
    numbers = [[int(abs(number) * 10) % 5 for number in row] for row in of_words["data"]["x"]]
    yield "words", {**of_words, "data": {**of_words["data"], "x": numbers}}
    of_places = network(PLACES, ADAM, inputs=6, rows=8)
    yield "places", {**of_places, "data": {**of_places["data"], "shape": [2, 3]}}


GROUPS: list[Raw] = [
    {"match": "layer1.*", "params": {"lr": 0.01, "weight_decay": 0.1}},
    {"match": "*.bias", "name": "RMSprop", "params": {"lr": 0.01}},
]


def _groups() -> Iterator[tuple[str, Raw]]:
    yield "groups", network(NET, {**SGD, "groups": GROUPS}, batch=BATCHES)
    yield "groups clipped", network(NET, {**ADAM, "groups": GROUPS, "clip": {"norm": 0.1}}, batch=BATCHES)
    alone = {**optimizer("SGD", lr=1e-3), "groups": [{"match": "*", "name": "Adam", "params": {"lr": 0.01}}]}
    yield "groups of a point", raw_problem(optimizers=[{**alone, "clip": {"norm": 1.0}}])


# --- clipping and schedules ------------------------------------------------------------------------


def _clips() -> Iterator[tuple[str, Raw]]:
    for kind, limits in {"norm": (0.01, 0.3, 1e3), "value": (1e-3, 0.05, 1e3)}.items():
        for limit in limits:
            yield f"clip {kind} {limit:g}", network(NET, {**SGD, "clip": {kind: limit}}, batch=BATCHES)
    square = {**SGD, "clip": {"norm": 0.1}}
    yield "clip square", network(SQUARE, square, inputs=3, rows=3)
    yield "clip of a point", raw_problem(optimizers=[{**optimizer("SGD", lr=1e-2), "clip": {"norm": 1.0}}])


SCHEDULES: dict[str, list[Raw]] = {
    "StepLR": [{"step_size": 3, "gamma": 0.9}],
    "MultiStepLR": [{"milestones": [2, 5, 5, 9], "gamma": 0.5}],
    "ConstantLR": [{"factor": 0.3, "total_iters": 4}],
    "LinearLR": [{"start_factor": 0.2, "end_factor": 0.7, "total_iters": 6}],
    "ExponentialLR": [{"gamma": 0.98}],
    "PolynomialLR": [{"total_iters": 20, "power": 2.0}],
    "CosineAnnealingLR": [{"T_max": 7, "eta_min": 1e-3}],
    "CosineAnnealingWarmRestarts": [{"T_0": 5, "eta_min": 1e-3}, {"T_0": 3, "T_mult": 2}],
    "CyclicLR": [
        {"base_lr": 1e-3, "max_lr": 0.05, "step_size_up": 3, "step_size_down": 5},
        {"base_lr": 1e-3, "max_lr": 0.05, "step_size_up": 4, "mode": "triangular2", "base_momentum": 0.5},
        {"base_lr": 1e-3, "max_lr": 0.05, "step_size_up": 4, "mode": "exp_range", "gamma": 0.99},
    ],
    "OneCycleLR": [
        {"max_lr": 0.05, "total_steps": 20},
        {"max_lr": 0.05, "epochs": 5, "steps_per_epoch": 6, "anneal_strategy": "linear", "three_phase": True},
        {"max_lr": 0.05, "total_steps": 20, "three_phase": True, "base_momentum": 0.5, "div_factor": 5.0},
    ],
}


PLATEAUS: list[Raw] = [
    {"factor": 0.97, "patience": 1, "threshold": 0.01, "min_lr": 0.02},
    {"factor": 0.9, "patience": 0, "threshold": 0.02, "cooldown": 2, "eps": 2e-3},
    {"factor": 0.95, "patience": 2, "threshold": 3e-3, "threshold_mode": "abs", "cooldown": 1, "min_lr": 0.01},
    {"factor": 0.97, "patience": 1, "threshold": 0.01, "mode": "max", "cooldown": 1},
    {"factor": 0.95, "patience": 0, "threshold": 1e-3, "threshold_mode": "abs", "mode": "max", "min_lr": 0.01},
]


CHAINS: list[tuple[Raw, Raw]] = [
    ({"name": "LinearLR", "params": {"total_iters": 3}}, {"name": "CosineAnnealingLR", "params": {"T_max": 6}}),
    ({"name": "CyclicLR", "params": {"base_lr": 0.01, "max_lr": 0.1}}, {"name": "StepLR", "params": {"step_size": 2}}),
]


def _schedules() -> Iterator[tuple[str, Raw]]:
    for name, options in SCHEDULES.items():
        for number, params in enumerate(options):
            schedule: Raw = {"name": name, "params": params}
            yield f"{name} {number}", network(NET, {**SGD, "schedule": schedule}, batch=BATCHES)
            warm = {**schedule, "warmup": {"steps": 3, "start_factor": 0.1}}
            yield f"{name} {number} warm", network(NET, {**ADAM, "schedule": warm}, batch=BATCHES)
    for number, (before, after) in enumerate(CHAINS):
        chain = [{**before, "steps": 3}, after]
        yield f"chain {number}", network(NET, {**SGD, "schedule": chain}, batch=BATCHES)
    for number, params in enumerate(PLATEAUS):
        climbs = params.get("mode") == "max"
        schedule = {"name": "ReduceLROnPlateau", "params": params}
        entry = {**optimizer("SGD", lr=0.05, momentum=0.5, maximize=climbs), "schedule": schedule}
        yield f"ReduceLROnPlateau {number}", network(NET, entry)
        yield f"ReduceLROnPlateau {number} batches", network(NET, entry, batch=BATCHES)


# --- functions of two numbers, and optimizers of all weights -----------------------------------------

STARTS = {
    "rosenbrock": (-1.5, 2),
    "beale": (1.0, 1.5),
    "himmelblau": (0.5, -1),
    "saddle": (1.5, 0.2),
    "quadratic": (2, 1),
}


def _problems() -> Iterator[tuple[str, Raw]]:
    for function, at in STARTS.items():
        for entry in (optimizer("Adam", lr=0.01), optimizer("SGD", lr=1e-3)):
            yield f"{function} {entry['name']}", raw_problem(function, at, optimizers=[entry])


LBFGS: list[Raw] = [
    {"lr": 0.5, "max_iter": 4, "history_size": 3},
    {"lr": 1, "max_iter": 4, "history_size": 3, "line_search_fn": "strong_wolfe"},
    {"lr": 0.1, "max_iter": 3, "max_eval": 2, "history_size": 2, "tolerance_change": 1e-3},
    {"lr": 20.0, "max_iter": 3, "line_search_fn": "strong_wolfe", "tolerance_grad": 1e-3},
    {"lr": 0.01, "max_iter": 3, "max_eval": 6, "line_search_fn": "strong_wolfe"},
    {"lr": 1e-3, "max_iter": 4, "max_eval": 20, "line_search_fn": "strong_wolfe"},
    {"lr": 5.0, "max_iter": 10, "max_eval": 40, "line_search_fn": "strong_wolfe"},
]
NEAR = (0.02, 0.01)  # where the gradient is so small that the first step of L-BFGS is not shortened


def _whole() -> Iterator[tuple[str, Raw]]:
    for number, params in enumerate(LBFGS):
        entry = optimizer("LBFGS", **params)
        yield f"LBFGS {number}", network(NET, entry)
        for function in ("rosenbrock", "himmelblau", "quadratic"):
            yield f"{function} LBFGS {number}", raw_problem(function, STARTS[function], optimizers=[entry])
        yield f"quadratic near LBFGS {number}", raw_problem("quadratic", NEAR, optimizers=[entry])
    yield "LBFGS batches", network(NET, optimizer("LBFGS", **LBFGS[0]), batch=BATCHES)
