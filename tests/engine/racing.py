"""Our optimizer and torch's on one weight, fed with equal gradients: weights and every state entry, step for step."""

from inspect import signature
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS

# How torch computes, not what: one process, ordinary tensors, eager.
MACHINERY = {"params", "foreach", "fused", "capturable", "differentiable"}


class Race:
    def __init__(self, name: str, params: dict[str, Any], seed: int = 0, dtype: str = "float64"):
        self._rng = np.random.default_rng(seed)
        self._ours = OPTIMIZERS[name]
        self.weight = self._rng.normal(size=(3, 2)).astype(dtype)
        self.state = self._ours.init(self.weight)
        self.params = dict(params)
        self._twin = torch.nn.Parameter(torch.tensor(self.weight))
        self._optimizer = getattr(torch.optim, name)([self._twin], **self._ours.Hyper(**params)._asdict())

    def change(self, **params: Any) -> None:
        self.params.update(params)
        self._optimizer.param_groups[0].update(params)

    def run(self, steps: int, rtol: float = 1e-11) -> None:
        """Take steps, comparing after each, and hold ``update`` to changing nothing in place."""
        for _ in range(steps):
            self.step(self._rng.normal(size=self.weight.shape).astype(self.weight.dtype), rtol)

    def step(self, grad: Array, rtol: float = 1e-11) -> None:
        frozen = [grad, self.weight, *(part for part in self.state if isinstance(part, np.ndarray))]
        for array in frozen:
            array.flags.writeable = False  # an update in place raises
        hyper = self._ours.Hyper(**self.params)
        with np.errstate(all="ignore"):
            self.weight, self.state = self._ours.update(grad, self.state, self.weight, hyper)
        self._twin.grad = torch.tensor(grad)
        self._optimizer.step()
        self._compare(rtol)

    def _compare(self, rtol: float) -> None:
        weight = self._twin.detach().numpy()
        assert self.weight.dtype == weight.dtype
        assert_close(self.weight, weight, rtol, "weight")
        kept = self._optimizer.state[self._twin]
        assert {*kept} - {*self._ours.TORCH_STATE.values()} == set()
        for symbol, name in self._ours.TORCH_STATE.items():
            ours, theirs = getattr(self.state, symbol), kept.get(name)
            assert (ours is None) == (theirs is None), symbol
            if theirs is not None:
                assert_close(ours, theirs.numpy(), rtol, symbol)


def assert_close(ours: Any, theirs: Array, rtol: float, what: str) -> None:
    """NaN and infinities in the same places, and the same shape."""
    assert np.shape(ours) == theirs.shape, what
    close = {"rtol": rtol, "atol": rtol / 100, "equal_nan": True}
    if not np.allclose(ours, theirs, **close):  # many times as fast as the assertion
        np.testing.assert_allclose(ours, theirs, **close, err_msg=what)


def torchs_arguments(name: str) -> dict[str, Any]:
    """The keyword arguments of a torch optimizer that say what it computes, with their defaults."""
    arguments = signature(getattr(torch.optim, name)).parameters
    return {argument: about.default for argument, about in arguments.items() if argument not in MACHINERY}
