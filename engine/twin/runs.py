"""Many steps of ``torch.optim``'s optimizer over several parameters, as they are and with everything in them nudged.

``torch.optim`` takes its path of single tensors here, whose operations are those of the formulas.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from math import prod

import numpy as np
import torch
from numpy import ndarray as Array

from engine.lane.stage import Hearing, Loose, UpdateRun
from engine.spec import is_elementwise

from .named import optimizer_class
from .nudged import Nudged, Nudges
from .updated import move


def weights_of_run(run: UpdateRun, dtype: str) -> list[list[Array]]:
    """Return the weights after each step, a list of the parameters each."""
    return [[stacked[0] for stacked in step] for step in _stepped(run, dtype, 1, None, operations=False)]


def moved_weights_of_run(run: UpdateRun, dtype: str, how: Hearing) -> list[list[Array]]:
    """Return the weights of several copies, each with its own roundings, stacked on a new first axis."""
    joined = _joined(run) if is_elementwise(run.optimizer) else run
    steps = _stepped(joined, dtype, how.times, Nudges(how.ulps), operations=how.operations)
    if joined is run:
        return [*steps]
    shapes = [weight.shape for weight in run.weights[0]]
    ends = np.cumsum([prod(shape) for shape in shapes])[:-1]
    parts = (np.split(step[0], ends, axis=1) for step in steps)
    return [[part.reshape(-1, *shape) for part, shape in zip(each, shapes, strict=True)] for each in parts]


def _joined(run: UpdateRun) -> UpdateRun:
    """Return the run with all its parameters end to end in one: small operations take as long as larger ones."""
    weights, gradients = ([[_end_to_end(step)] for step in steps] for steps in (run.weights, run.gradients))
    loose = run.loose
    if loose is not None:
        halves = [np.full(weight.shape, half) for weight, half in zip(run.weights[0], loose.weights, strict=True)]
        loose = Loose([[_end_to_end(step)] for step in loose.gradients], [_end_to_end(halves)])
    return run._replace(weights=weights, gradients=gradients, loose=loose)


def _end_to_end(arrays: Sequence[Array]) -> Array:
    return np.concatenate([one.reshape(-1) for one in arrays])


def _stepped(
    run: UpdateRun, dtype: str, copies: int, nudges: Nudges | None, *, operations: bool
) -> Iterator[list[Array]]:
    kind = getattr(torch, dtype)
    with _default_dtype(kind if run.whole_precision else torch.float32):
        (optimizer, groups), hyper = _optimizer(run, kind, copies), run.hyper
        later = dict(run.later)
        for number, gradients in enumerate(run.gradients):
            hyper = later.get(number, hyper)
            _place(run, number, groups, kind)
            for group in groups:
                for weight, gradient in zip(group, gradients, strict=True):
                    weight.grad = torch.tensor(gradient, dtype=kind)
            for group in optimizer.param_groups:
                group.update(hyper if run.hypers is None else run.hypers[number])
                if run.rates is not None:
                    group["lr"] = run.rates[number]
            if nudges is not None:
                move(optimizer, nudges, kind if run.narrow_numbers else torch.float64)
            if nudges is not None and run.loose is not None:
                _loosen(run.loose, number, groups, nudges)
            with Nudged(nudges) if nudges is not None and operations else nullcontext():
                optimizer.step()
            yield [
                np.stack([group[place].detach().numpy() for group in groups]) for place in range(len(run.weights[0]))
            ]


def _optimizer(
    run: UpdateRun, kind: torch.dtype, copies: int
) -> tuple[torch.optim.Optimizer, list[list[torch.nn.Parameter]]]:
    made = [[torch.nn.Parameter(torch.tensor(weight, dtype=kind)) for weight in run.weights[0]] for _ in range(copies)]
    optimizer = optimizer_class(run.optimizer)
    each = [{"params": [weight]} for group in made for weight in group]
    first = {} if run.rates is None else {"lr": run.rates[0]}
    return optimizer(each, **{**run.hyper, **first}), made


def _place(run: UpdateRun, number: int, groups: list[list[torch.nn.Parameter]], kind: torch.dtype) -> None:
    """Set the weights where each step's are prescribed."""
    if len(run.weights) > 1:
        for group in groups:
            for weight, prescribed in zip(group, run.weights[number], strict=True):
                weight.data = torch.tensor(prescribed, dtype=kind)


def _loosen(loose: Loose, number: int, groups: list[list[torch.nn.Parameter]], nudges: Nudges) -> None:
    """Move each copy's gradients and weights by as much as they may be off."""
    for group in groups:
        for weight, off, half in zip(group, loose.gradients[number], loose.weights, strict=True):
            assert weight.grad is not None
            weight.grad += nudges.within(torch.tensor(off, dtype=weight.dtype))
            if np.any(half):
                weight.data += nudges.within(torch.tensor(half, dtype=weight.dtype).expand_as(weight))


@contextmanager
def _default_dtype(kind: torch.dtype) -> Iterator[None]:
    """Numbers that torch keeps in its default precision, NAdam's product of momenta say."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(kind)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
