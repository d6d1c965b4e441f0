"""Torch, with the result of each of its operations moved by a rounding: what two right programs may be apart.

The idea is Monte Carlo arithmetic (Parker, 1997; CADNA and Verrou do it for C and Fortran): where a result moves
when its roundings fall otherwise, so far may another right program be from it, and no farther.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cache, lru_cache
from itertools import cycle
from math import isfinite
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from engine.lane.stage import Hearing

# Operations that choose, copy or look on, and round nothing; views are found by their schema.
EXACT_NAMES = """
_index_put_impl_ _local_scalar_dense _to_copy abs abs_ alias all any argmax argmin bitwise_not cat clamp clamp_
clamp_max clamp_min clone copy_ detach empty empty_like eq equal fill_ full full_like gather ge gt index index_put
index_put_ index_select is_nonzero isfinite isinf isnan item le lift_fresh logical_and logical_not lt masked_fill
masked_fill_ max maximum min minimum ne neg neg_ new_empty new_empty_strided new_zeros nll_loss_backward ones
ones_like relu scalar_tensor scatter_ sgn sign sign_ stack threshold_backward unsqueeze_ where zero_ zeros
zeros_like
"""
EXACT = frozenset(EXACT_NAMES.split())
WITH_EXPONENT = ("pow", "pow_")  # which is exact: a power of 1.9999 of what is negative is no number
SIGNS = 1 << 16  # random signs drawn at a time


class Nudges:
    """Move numbers up or down by ``ulps`` roundings at random, each by itself.

    ``numbers_too``: single-number tensors that are not whole are moved as well; whole ones count something (steps)
    and are exact on every side. Zeros stay: what is 0 in exact arithmetic is so in every right program.
    """

    def __init__(self, ulps: int, seed: int = 0, numbers_too: bool = True):
        self._seed, self._counts = seed, tuple[int, ...]()
        self._ulps, self._numbers_too = ulps, numbers_too
        self._draw(SIGNS)
        self._signs = cycle(_numbers(seed))
        self._factors: dict[torch.dtype, Tensor] = {}
        self._place = 0
        self._between: torch.Generator | None = None  # made where numbers were written with few digits

    def _draw(self, count: int) -> Tensor:
        """Draw that many signs, after those that were drawn before; they are not to be changed."""
        self._counts += (count,)
        draw = _drawn if max(self._counts) <= SIGNS else _drawn.__wrapped__  # large ones are not kept
        return draw(self._seed, self._counts)

    def tensor(self, tensor: Tensor) -> None:
        """Move a tensor's elements in place."""
        if not tensor.dtype.is_floating_point:
            return
        if tensor.ndim:
            tensor.mul_(self._factors_for(tensor))
            self._subnormal(tensor)
        elif self._numbers_too and isfinite(value := tensor.item()) and value != int(value):
            tensor.mul_(self._factor(tensor.dtype))
            self._subnormal(tensor)

    def _subnormal(self, tensor: Tensor) -> None:
        """Below the normal numbers a rounding is as large as the smallest number."""
        values = tensor.detach().numpy()  # which looks in half the time
        kind = np.finfo(values.dtype)
        small = np.abs(values) < kind.tiny
        if small.any() and (small & (values != 0)).any():
            step = float(kind.tiny) * float(kind.eps) * self._ulps * next(self._signs)
            tensor.add_(torch.tensor(small, dtype=tensor.dtype), alpha=step)

    def number(self, value: float, dtype: torch.dtype = torch.float64) -> float:
        """Return the number moved by roundings of a precision."""
        return value * self._factor(dtype)

    def within(self, off: Tensor) -> Tensor:
        """Return numbers between −``off`` and ``off``, each by itself."""
        if self._between is None:
            self._between = torch.Generator().manual_seed(self._seed)
        drawn = 2 * torch.rand(off.shape, generator=self._between, dtype=torch.float64) - 1
        return (drawn * off).to(off.dtype)

    def _factor(self, dtype: torch.dtype) -> float:
        return 1 + torch.finfo(dtype).eps * self._ulps * next(self._signs)

    def _factors_for(self, tensor: Tensor) -> Tensor:
        """1 ± eps for each element; drawn once and then taken from another place each time, which costs little."""
        count = tensor.numel()
        known = self._factors.get(tensor.dtype)
        if known is None or known.numel() < 2 * count:
            step = torch.finfo(tensor.dtype).eps * self._ulps
            drawn = 1 + step * self._draw(max(SIGNS, 3 * count))
            known = self._factors[tensor.dtype] = drawn.to(tensor.dtype)
        self._place = (self._place + 7919) % (known.numel() - count)
        factors = known[self._place : self._place + count]
        return factors if tensor.ndim == 1 else factors.view(tensor.shape)


@lru_cache(maxsize=16)
def _drawn(seed: int, counts: tuple[int, ...]) -> Tensor:
    """Return the last of several draws of random signs, as many as ``counts`` says, one after another from a seed.

    Each hearing begins with the same draws, and they take longer than to move a small network.
    """
    generator = torch.Generator().manual_seed(seed)
    for count in counts[:-1]:
        torch.randint(0, 2, (count,), generator=generator, dtype=torch.float64)
    return 2 * torch.randint(0, 2, (counts[-1],), generator=generator, dtype=torch.float64) - 1


@cache
def _numbers(seed: int) -> tuple[float, ...]:
    """Return the first signs that a seed gives."""
    return tuple(_drawn(seed, (SIGNS,)).tolist())


@cache
def _known(operation: Any) -> tuple[bool, bool]:
    """Tell of one of torch's operations whether it rounds nothing, and whether it has an exponent."""
    name = operation.overloadpacket.__name__
    return name in EXACT or operation.is_view, name in WITH_EXPONENT


class Nudged(TorchDispatchMode):
    """Move each result of an operation, and each number that it is given."""

    def __init__(self, nudges: Nudges):
        super().__init__()
        self._nudges = nudges

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Have each operation handed over as it is: torch would go by way of its compiler, where that is loaded."""
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        is_exact, has_exponent = _known(func)
        if is_exact:
            return func(*args, **kwargs)
        dtype = next((arg.dtype for arg in args if isinstance(arg, Tensor)), torch.float64)
        if dtype.is_floating_point and not has_exponent:
            args = tuple(self._nudges.number(arg, dtype) if type(arg) is float else arg for arg in args)
            kwargs.update({name: self._nudges.number(arg, dtype) for name, arg in kwargs.items() if type(arg) is float})
        result = func(*args, **kwargs)
        for tensor in result if isinstance(result, tuple | list) else (result,):
            if isinstance(tensor, Tensor):
                self._nudges.tensor(tensor)
        return result


def moved(
    answer: Callable[[dict[str, Tensor]], dict[str, Tensor]], given: Mapping[str, Tensor], how: Hearing
) -> dict[str, Tensor]:
    """Answer again and again with everything moved; each result's answers are stacked on a new first axis."""
    nudges = Nudges(how.ulps)
    answers: list[dict[str, Tensor]] = []
    for _ in range(how.times):
        inputs = {name: tensor.clone() for name, tensor in given.items()}
        for tensor in inputs.values():
            nudges.tensor(tensor)
        with Nudged(nudges) if how.operations else nullcontext():
            answers.append(answer(inputs))
    return {name: torch.stack([one[name].detach() for one in answers]) for name in answers[0]}
