"""A step of LBFGS that is answered from a record: torch asks for the loss at points, and is told what DIY found there.

So both go the same way, however chaotic the loss is, and what torch decides, tries and keeps can be held against
DIY's, evaluation by evaluation.
"""

from typing import Any

import torch
from torch import Tensor

from engine.diy.optimizers.lbfgs import COMPARED
from engine.lane.stage import Minimize
from engine.without_compiler import leave_out_compiler

from . import lbfgs_state

Tensors = dict[str, Tensor]


class _AskedForMoreError(Exception):
    """Torch wants to know the loss at one point more than DIY has tried."""


def minimized(given: Tensors, about: Minimize) -> Tensors:
    """Return all weights after the step, its state, and the points tried; NaN for what torch did not come to.

    ``given`` has ``w``, all weights end to end, and of each of DIY's evaluations the loss ``L``, (count,), and the
    gradient ``g``, (count, n); the point of the first is ``w``.
    """
    weight = torch.nn.Parameter(given["w"].clone())
    leave_out_compiler()
    optimizer = torch.optim.LBFGS([weight], **about.hyper._asdict())
    optimizer.state[weight] = _state(given, about, weight) if about.state.get("func_evals") else {}
    losses, gradients = given["L"], given["g"]
    tried: list[Tensor] = []

    def closure() -> Tensor:
        if len(tried) == len(losses):
            raise _AskedForMoreError
        tried.append(weight.detach().clone())
        weight.grad = gradients[len(tried) - 1].clone()
        return losses[len(tried) - 1]

    more = False
    try:
        optimizer.step(closure)
    except _AskedForMoreError:
        more = True
    points = torch.full_like(gradients, torch.nan)
    points[: len(tried)] = torch.stack(tried)
    if more:
        counted = int(about.state.get("func_evals") or 0) + len(tried) + 1
        return {**_nothing(given, about), "tried": points, "func_evals": _number(counted, weight)}
    entries = lbfgs_state.compared_from_torch(optimizer.state[weight])
    found = {symbol: _number(value, weight) for symbol, value in entries.items() if value is not None}
    found |= _history(optimizer.state[weight], about, weight)
    return {**_nothing(given, about), "tried": points, **found, "w": weight.detach()}


def _nothing(given: Tensors, about: Minimize) -> Tensors:
    """NaN for each entry of a state, and for the weights."""
    number, vector = given["L"].new_full((), torch.nan), torch.full_like(given["w"], torch.nan)
    vectors = {"d": vector, "g_prev": vector, "w": vector}
    rows = {"S": vector.expand(about.kept, -1), "Y": vector.expand(about.kept, -1), "rho": number.expand(about.kept)}
    return dict.fromkeys(COMPARED, number) | {"pairs": number} | vectors | rows


def _history(kept: dict[str, Any], about: Minimize, weight: Tensor) -> Tensors:
    """Return the pairs that the curvature is told from, where torch has kept as many as DIY, and how many there are."""
    lists = {symbol: kept.get(lbfgs_state.TORCH_STATE[symbol]) for symbol in lbfgs_state.LISTS}
    counts = {len(vectors) for vectors in lists.values() if vectors is not None}
    found = {"pairs": _number(max(counts, default=0), weight)}
    if counts == {about.kept} and about.kept:
        found |= {symbol: torch.stack(vectors) for symbol, vectors in lists.items() if vectors is not None}
    return found


def _state(given: Tensors, about: Minimize, weight: Tensor) -> dict[str, Any]:
    """Torch's state, its vectors as ``given`` has them: moved, where they are."""
    kept = lbfgs_state.to_torch(about.state, weight)
    for symbol, name in lbfgs_state.TORCH_STATE.items():
        if symbol in given:
            moved = given[symbol]
            kept[name] = list(moved.unbind()) if isinstance(kept[name], list) else moved
    return kept


def _number(value: Any, weight: Tensor) -> Tensor:
    return torch.as_tensor(value, dtype=weight.dtype)
