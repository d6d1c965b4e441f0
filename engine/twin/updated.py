"""One weight moved by ``torch.optim``'s optimizer from a given state, and again with everything in it nudged."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from unittest import mock

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor
from torch.optim import _muon

from engine.lane.lane import is_fresh
from engine.lane.stage import Hearing, Stage, Update
from engine.spec import torch_state

from . import states
from .named import optimizer_class
from .nudged import Nudged, Nudges


def updated(stage: Stage, dtype: str) -> dict[str, Array]:
    """Return the weight and its state entries after the update, by ``w`` and the paper's symbols."""
    (answer,) = _answers(_optimizer(stage, dtype, 1), stage, None)
    return answer


def moved_updates(stage: Stage, dtype: str, how: Hearing) -> dict[str, Array]:
    """Return the update of several copies, each with its own roundings, stacked on a new first axis."""
    nudges = Nudges(how.ulps, numbers_too=not stage.about.exact_numbers)
    optimizer = _optimizer(stage, dtype, how.times)
    move(optimizer, nudges, getattr(torch, dtype) if stage.about.narrow_numbers else torch.float64)
    answers = list(_answers(optimizer, stage, Nudged(nudges) if how.operations else None))
    return {role: np.stack([one[role] for one in answers]) for role in answers[0]}


def _optimizer(stage: Stage, dtype: str, copies: int) -> torch.optim.Optimizer:
    """Make the optimizer of ``copies`` of the weight, a group of parameters each, standing where the stage begins."""
    about: Update = stage.about
    kind = optimizer_class(about.optimizer)
    weights = [_parameter(stage.inputs["w"], dtype) for _ in range(copies)]
    hyper = about.hyper._asdict()
    optimizer = kind([{"params": [weight]} for weight in weights], **hyper)
    for weight in weights:
        weight.grad = torch.tensor(stage.inputs["g"], dtype=weight.dtype)
        if not is_fresh(about.state):
            optimizer.state[weight] = dict(states.to_torch(about.state, torch_state(about.optimizer), weight))
    return optimizer


def _parameter(weight: Array, dtype: str) -> Tensor:
    return torch.nn.Parameter(torch.tensor(weight, dtype=getattr(torch, dtype)))


def move(optimizer: torch.optim.Optimizer, nudges: Nudges, numbers: torch.dtype = torch.float64) -> None:
    """Nudge all that the update begins with: weights, gradients, states and hyperparameters.

    ``numbers``: the precision that hyperparameters are kept in.
    """
    for group in optimizer.param_groups:
        (weight,) = group["params"]
        for tensor in (weight.data, weight.grad, *optimizer.state[weight].values()):
            if isinstance(tensor, Tensor):
                nudges.tensor(tensor)
        group.update({name: _moved(value, nudges, numbers) for name, value in group.items() if name != "params"})


def _moved(value: Any, nudges: Nudges, kept_in: torch.dtype) -> Any:
    """Return a hyperparameter moved by roundings; pairs are moved each for itself."""
    if isinstance(value, tuple):
        return tuple(_moved(part, nudges, kept_in) for part in value)
    return nudges.number(value, kept_in) if type(value) is float else value


def _answers(optimizer: torch.optim.Optimizer, stage: Stage, mode: Nudged | None) -> Iterator[dict[str, Array]]:
    iterated: list[Tensor] = []
    with _orthogonal_as_given(stage.inputs.get("O"), iterated), mode or nullcontext():
        optimizer.step()
    symbols = torch_state(stage.about.optimizer)
    for place, group in enumerate(optimizer.param_groups):
        (weight,) = group["params"]
        kept = states.from_torch(optimizer.state[weight], symbols)
        there = {symbol: np.array(value) for symbol, value in kept.items() if value is not None}
        if iterated:
            there["M"] = iterated[place].numpy()
        yield {**there, "w": weight.detach().numpy()}


def _orthogonal_as_given(O: Array | None, iterated: list[Tensor]) -> Any:  # noqa: E741  # the paper's letter
    """Muon's iteration is judged by itself: torch's step is handed what it came to; what it begins with is kept."""
    if O is None:
        return nullcontext()
    given = torch.tensor(O)

    def orthogonal(matrix: Tensor, *_: Any) -> Tensor:
        iterated.append(matrix.clone())
        return given

    return mock.patch.object(_muon, "_zeropower_via_newtonschulz", orthogonal)
