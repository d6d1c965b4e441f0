"""What ``Lockstep`` costs beside bare loops of the same arithmetic: lanes alone, and both with parity and history."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from engine.protocol import HISTORY_BUDGET
from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.bare_loops import (
    Loop,
    article_adam_numpy,
    article_sgd_inlined,
    article_sgd_numpy,
    deep_sgd_numpy,
    torch_loop,
)

DIY_BOUND, TORCH_BOUND, BOTH_BOUND = 1.25, 1.10, 1.5
INLINED_BOUND = 2.0  # no promise, a guard: so much may the textbook's functions cost at the smallest size
STEPS, ROUNDS = 200, 31

ARTICLE_DATA = {"x": [[1, 2, 3, 4]], "y": [[3, 2, 4, 5]]}
ARTICLE_NETWORK = {"layers": [{"units": 4, "activation": "sigmoid", "bias": False}], "loss": "mse"}
_points = np.random.default_rng(1).uniform(-1, 1, (100, 2))
DEEP_DATA = {"x": _points.tolist(), "y": (_points[:, :1] * _points[:, 1:]).tolist()}
DEEP_NETWORK = {
    "layers": [{"units": 64, "activation": "tanh"}, {"units": 64, "activation": "tanh"}, {"units": 1}],
    "loss": "mse",
}


class Case(NamedTuple):
    title: str
    data: dict[str, Any]
    network: dict[str, Any]
    optimizer: dict[str, Any]
    numpy_loop: Callable[[], Loop]
    model: Callable[[], nn.Module]


def article_model() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 4, bias=False), nn.Sigmoid())


def deep_model() -> nn.Module:
    return nn.Sequential(nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))


SGD, ADAM = {"name": "SGD", "params": {"lr": 0.1}}, {"name": "Adam", "params": {}}
CASES = {
    "article-sgd": Case("article, SGD", ARTICLE_DATA, ARTICLE_NETWORK, SGD, article_sgd_numpy, article_model),
    "article-adam": Case("article, Adam", ARTICLE_DATA, ARTICLE_NETWORK, ADAM, article_adam_numpy, article_model),
    "deep-sgd": Case(
        "2-64-64-1, batch 100, SGD",
        DEEP_DATA,
        DEEP_NETWORK,
        SGD,
        lambda: deep_sgd_numpy(DEEP_DATA["x"], DEEP_DATA["y"]),
        deep_model,
    ),
}


def lockstep_of(case: Case, backends: list[str], *, watched: bool) -> Loop:
    raw = {
        "schema": 1,
        "data": case.data,
        "network": case.network,
        "optimizers": [{**case.optimizer, "backends": backends}],
    }
    run = Lockstep(check(raw), parity=watched, history=watched, budget=HISTORY_BUDGET if watched else None)
    if watched:
        run.start_watching()  # as in the window
    return run.advance


def sides_of(case: Case) -> dict[str, Loop]:
    model = case.model()
    optimizer = getattr(torch.optim, case.optimizer["name"])(model.parameters(), **case.optimizer["params"])
    return {
        "numpy": case.numpy_loop(),
        "diy": lockstep_of(case, ["diy"], watched=False),
        "torch": torch_loop(model, optimizer, case.data["x"], case.data["y"]),
        "twin": lockstep_of(case, ["torch"], watched=False),
        "both": lockstep_of(case, ["diy", "torch"], watched=True),
    }


def figures_of(case: Case) -> Iterator[Figure]:
    times = interleaved(sides_of(case), STEPS, ROUNDS)
    least = {name: f"{min(found) * 1e6:.0f} µs" for name, found in times.items()}
    diy = f"{least['diy']} to NumPy's {least['numpy']}"
    twin = f"{least['twin']} to torch's {least['torch']}"
    both = f"{least['both']} with parity, history and watch"
    yield Figure(f"{case.title}: DIY lane / bare NumPy", ratio(times, "diy", ("numpy",)), DIY_BOUND, diy)
    yield Figure(f"{case.title}: torch lane / bare torch", ratio(times, "twin", ("torch",)), TORCH_BOUND, twin)
    yield Figure(f"{case.title}: both lanes / both loops", ratio(times, "both", ("numpy", "torch")), BOTH_BOUND, both)


@bench("textbook")
def textbook() -> Iterator[Figure]:
    """The smallest step against the same operations inlined: all that is left is calls and records."""
    diy = lockstep_of(CASES["article-sgd"], ["diy"], watched=False)
    times = interleaved({"inlined": article_sgd_inlined(), "diy": diy}, STEPS, ROUNDS)
    detail = " to ".join(f"{min(times[name]) * 1e6:.0f} µs" for name in ("diy", "inlined"))
    value = ratio(times, "diy", ("inlined",))
    yield Figure("article, SGD: DIY lane / its operations inlined", value, INLINED_BOUND, detail)


for _name, _case in CASES.items():
    bench(_name)(lambda case=_case: figures_of(case))
