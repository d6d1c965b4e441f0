"""Arguments of the optimizers that go weight by weight: all that torch tests its own with, and what they leave out."""

from typing import Any

DECAYS: list[dict[str, Any]] = [
    {"weight_decay": 0.1},
    {"maximize": True},
    {"weight_decay": 0.1, "maximize": True},
]
ADAMS: list[dict[str, Any]] = [
    {},
    *DECAYS,
    {"lr": 0.0},
    {"lr": 0.01},
    {"lr": 0.1},
    {"betas": (0.0, 0.0)},
    {"betas": (0.5, 0.9)},
    {"betas": (0.9, 0.999999)},
    {"betas": (0.999, 0.1)},
    {"eps": 0.1},
    {"eps": 0.0},
    {"weight_decay": 0.0},
]
AMSGRAD: list[dict[str, Any]] = [
    {"amsgrad": True},
    {"amsgrad": True, "weight_decay": 0.1},
    {"lr": 0.01, "amsgrad": True, "maximize": True, "weight_decay": 0.3, "betas": (0.8, 0.5)},
]
DECOUPLED: list[dict[str, Any]] = [
    {"decoupled_weight_decay": True},
    {"decoupled_weight_decay": True, "weight_decay": 0.1},
    {"decoupled_weight_decay": True, "weight_decay": 0.9, "maximize": True, "lr": 0.1},
]
TABLE: dict[str, list[dict[str, Any]]] = {
    "SGD": [
        {},
        {"lr": 0.0},
        {"lr": 0.1, "weight_decay": 0.01},
        {"lr": 0.1, "maximize": True},
        {"lr": 0.1, "maximize": True, "weight_decay": 0.1},
        {"lr": 0.1, "momentum": 0.9},
        {"lr": 0.1, "momentum": 0.9, "dampening": 0.3},
        {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.1},
        {"lr": 0.1, "momentum": 0.9, "dampening": 1.0},
        {"lr": 0.1, "dampening": 0.5},
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        {"lr": 0.1, "momentum": 0.5, "nesterov": True, "weight_decay": 0.05, "maximize": True},
    ],
    "Adam": [*ADAMS, *AMSGRAD, *DECOUPLED, {"decoupled_weight_decay": True, "weight_decay": 0.1, "amsgrad": True}],
    "AdamW": [*ADAMS, *AMSGRAD],
    "Adamax": [*ADAMS, {"weight_decay": 0.9, "maximize": True}, {"weight_decay": 0.9}],
    "NAdam": [
        *ADAMS,
        *DECOUPLED,
        {"momentum_decay": 0.0},
        {"momentum_decay": 6e-3},
        {"momentum_decay": 1.0, "betas": (0.99, 0.9)},
        {"weight_decay": 0.1, "momentum_decay": 6e-3},
        {"weight_decay": 0.1, "momentum_decay": 6e-3, "decoupled_weight_decay": True},
    ],
    "RAdam": [
        *ADAMS,
        *DECOUPLED,
        {"eps": 1e-6},
        {"betas": (0.9, 0.6)},  # an infinite length of exactly 4: never scaled
        {"betas": (0.9, 2 / 3)},  # of 5
        {"betas": (0.9, 0.7), "lr": 0.1},  # soon at its limit
        {"betas": (0.9, 0.9), "lr": 0.1, "weight_decay": 0.1},
    ],
    "Adagrad": [
        {},
        *DECAYS,
        {"lr": 0.1},
        {"lr": 0.001},
        {"initial_accumulator_value": 0.1, "weight_decay": 0.1},
        {"initial_accumulator_value": 10.0, "lr": 1.0},
        {"lr": 0.1, "lr_decay": 0.5, "weight_decay": 0.1},
        {"lr": 0.1, "lr_decay": 1e-3, "maximize": True},
        {"eps": 0.1},
        {"eps": 0.0},
    ],
    "Adadelta": [
        {},
        *DECAYS,
        {"lr": 0.01},
        {"lr": 100.0},
        {"rho": 0.95, "weight_decay": 0.9},
        {"rho": 0.0},
        {"rho": 1.0},
        {"eps": 0.1},
        {"eps": 1e-12},
    ],
    "RMSprop": [
        {},
        *DECAYS,
        {"lr": 0.1},
        {"lr": 1e-3},
        {"alpha": 0.0},
        {"alpha": 0.5},
        {"alpha": 1.0, "eps": 1.0},
        {"eps": 0.1},
        {"eps": 0.0},
        {"momentum": 0.1},
        {"momentum": 0.9, "weight_decay": 0.1},
        {"centered": True},
        {"centered": True, "alpha": 0.5},
        {"weight_decay": 0.1, "centered": True, "momentum": 0.1},
        {"weight_decay": 0.1, "centered": True, "momentum": 0.1, "maximize": True},
    ],
    "Rprop": [
        {},
        {"lr": 2e-4},
        {"lr": 0.1},
        {"lr": 0.0},
        {"lr": 100.0},  # more than the largest step
        {"etas": (0.2, 1.5)},
        {"etas": (0.99, 1.01), "lr": 1.0},
        {"step_sizes": (2e-6, 100.0)},
        {"step_sizes": (0.009, 0.011)},
        {"step_sizes": (0.1, 0.001)},  # the largest below the smallest: torch takes it
        {"maximize": True},
        {"etas": (0.5, 1.2), "step_sizes": (0.0, 0.05), "lr": 0.04, "maximize": True},
    ],
    "ASGD": [
        {},
        *DECAYS,
        {"lambd": 0.1},
        {"lambd": 0.0},
        {"lr": 0.02},
        {"lr": 0.1, "lambd": 1.0},
        {"alpha": 0.0, "lambd": 0.5},
        {"alpha": 2.0, "lambd": 0.5},
        {"t0": 100.0},
        {"t0": 0.0},
        {"t0": 2.5, "lr": 0.5},
        {"t0": 50.0, "lambd": 0.01, "alpha": 1.0, "weight_decay": 0.05, "maximize": True},
    ],
}
CASES = [(name, params) for name, table in TABLE.items() for params in table]

MIDWAY: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("SGD", {"lr": 0.1}, [{"lr": 0.01}, {"momentum": 0.9}, {"momentum": 0.0}, {"momentum": 0.5}]),
    ("SGD", {"lr": 0.1, "momentum": 0.9}, [{"lr": 1.0}, {"nesterov": True}, {"weight_decay": 0.1}]),
    (
        "Adam",
        {},
        [
            {"lr": 0.1},
            {"betas": (0.5, 0.5)},
            {"eps": 0.1},
            {"weight_decay": 0.1},
            {"decoupled_weight_decay": True},
            {"maximize": True},
        ],
    ),
    ("AdamW", {"amsgrad": True}, [{"lr": 0.1}, {"betas": (0.5, 0.5)}, {"weight_decay": 0.0}]),
    ("Adamax", {}, [{"lr": 0.1}, {"betas": (0.5, 0.5)}, {"eps": 0.1}, {"weight_decay": 0.1}, {"maximize": True}]),
    (
        "NAdam",
        {},
        [
            {"lr": 0.1},
            {"betas": (0.5, 0.5)},
            {"momentum_decay": 0.5},
            {"weight_decay": 0.1},
            {"decoupled_weight_decay": True},
        ],
    ),
    (
        "RAdam",
        {},
        [
            {"lr": 0.1},
            {"betas": (0.5, 0.5)},
            {"betas": (0.5, 0.95)},
            {"eps": 0.1, "weight_decay": 0.1},
            {"decoupled_weight_decay": True},
        ],
    ),
    ("Adagrad", {"initial_accumulator_value": 0.5}, [{"lr": 0.1}, {"lr_decay": 0.5}, {"eps": 0.1}, {"maximize": True}]),
    ("Adadelta", {}, [{"lr": 0.1}, {"rho": 0.5}, {"eps": 0.1}, {"weight_decay": 0.1}, {"maximize": True}]),
    (
        "RMSprop",
        {"momentum": 0.9, "centered": True},
        [{"lr": 0.1}, {"alpha": 0.5}, {"eps": 0.1}, {"weight_decay": 0.1}, {"maximize": True}],
    ),
    ("Rprop", {}, [{"lr": 1.0}, {"etas": (0.9, 1.1)}, {"step_sizes": (1e-3, 5e-3)}, {"maximize": True}]),
    ("ASGD", {}, [{"lr": 0.1}, {"lambd": 0.1}, {"alpha": 1.0}, {"t0": 8.0}, {"weight_decay": 0.1}, {"maximize": True}]),
]
