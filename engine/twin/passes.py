"""A network's pass forwards and back as one, from given weights: as it is, and moved by what right code may differ by.

Stage by stage that is rounding of each result, a unit in the last place of the largest term that a sum is made of, and
of what an activation's derivative is made of: the judge's floors, here led on to the gradients that they end in.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor, nn
from torch.nn import functional as F  # torch's own convention
from torch.utils.hooks import RemovableHandle

from engine.lane.batches import Rows
from engine.lane.stage import Hearing
from engine.spec import ClipSpec, ExperimentSpec, function_asked, name_and_params, shapes_of

from .lane import clip
from .masks import GivenDropout
from .model import Network, Point
from .nudged import Nudged, Nudges
from .residual import Residual

SHARES = ("cross_entropy", "bce")  # losses with a softmax or a sigmoid in them
NORMS = (nn.BatchNorm1d, nn.LayerNorm, nn.RMSNorm)
EXACT = (nn.Sequential, Residual, GivenDropout, nn.Dropout, nn.Flatten, nn.Embedding, nn.Identity)
OF_ROWS = (nn.Softmax, nn.LogSoftmax)
SUMMED = 8  # numbers are added without losing more than one unit in the last place
Hook = Callable[[Tensor], Tensor]


class Pass:
    """Take an experiment's loss and gradients at any weights, in the experiment's precision on the CPU."""

    def __init__(self, spec: ExperimentSpec, clipping: ClipSpec | None):
        self._spec = spec.model_copy(update={"device": "cpu"})
        self._names, self._clip = list(shapes_of(spec)), clipping
        self._model = Network(self._spec) if spec.problem is None else Point(self._spec)
        self._kind = getattr(torch, spec.dtype)

    def answer(self, weights: Sequence[Array], rows: Rows) -> dict[str, Array]:
        """Return ``loss`` and each ``layer1.weight.grad``, clipped as the experiment says."""
        x, y = self._model.rows(rows)
        return self._taken([torch.tensor(weight, dtype=self._kind) for weight in weights], x, y)

    def moved(self, weights: Sequence[Array], halves: Sequence[float], rows: Rows, how: Hearing) -> dict[str, Array]:
        """Return the answers again, moved at random and stacked; weights also by the digits that were not written."""
        nudges, x_and_y = Nudges(how.ulps), self._model.rows(rows)
        answers: list[dict[str, Array]] = []
        for _ in range(how.times):
            x, y = (one.clone() for one in x_and_y)
            placed = [torch.tensor(weight, dtype=self._kind) for weight in weights]
            for tensor in (x, *placed):
                nudges.tensor(tensor)
            for weight, half in zip(placed, halves, strict=True):
                if half:
                    weight += nudges.within(torch.full_like(weight, half))
            with self._noisy(nudges, how.ulps), Nudged(nudges) if how.operations else nullcontext():
                answers.append(self._taken(placed, x, y))
        return {name: np.stack([one[name] for one in answers]) for name in answers[0]}

    def _taken(self, weights: Sequence[Tensor], x: Tensor, y: Tensor) -> dict[str, Array]:
        with torch.no_grad():
            for parameter, weight in zip(self._model.parameters, weights, strict=True):
                parameter.copy_(weight)
                parameter.grad = None
        with torch.enable_grad():
            loss = self._model.loss(x, y)
            loss.backward()
        if self._clip is not None:
            clip(self._model.parameters, self._clip)
        grads = (torch.zeros_like(one) if one.grad is None else one.grad for one in self._model.parameters)
        found = {f"{name}.grad": grad.numpy().copy() for name, grad in zip(self._names, grads, strict=True)}
        return {"loss": loss.detach().numpy().copy(), **found}

    @contextmanager
    def _noisy(self, nudges: Nudges, ulps: int) -> Iterator[None]:
        """Have each part of the network add what is allowed of its terms, inside ``with``."""
        handles = list(self._hooks(_Noise(nudges, torch.finfo(self._kind).eps * ulps)))
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _hooks(self, noise: "_Noise") -> Iterator[RemovableHandle]:
        if isinstance(self._model, Point):
            return
        assert self._spec.network is not None
        for module in self._model.whole.modules():
            if isinstance(module, nn.Linear):
                yield module.register_forward_hook(noise.of_linear)
            elif isinstance(module, NORMS):
                yield module.register_forward_hook(noise.of_norm)
            elif not isinstance(module, EXACT):
                yield module.register_forward_hook(noise.of_activation)
        name, _ = name_and_params(function_asked(self._spec.network.loss))
        if name in SHARES:
            yield self._model.whole.register_forward_hook(noise.of_scores)


class _Noise:
    """Add to what is computed, forwards and back, a unit in the last place of the terms that it is made of."""

    def __init__(self, nudges: Nudges, unit: float):
        self._nudges, self._unit = nudges, unit

    def _of(self, terms: Tensor) -> Tensor:
        with torch.no_grad():
            return self._nudges.within(terms.detach().nan_to_num(0, 0, 0) * self._unit)

    def of_linear(self, module: Any, given: tuple[Tensor, ...], z: Tensor) -> Tensor:
        x = given[0]
        with torch.no_grad():
            bias = None if module.bias is None else module.bias.abs()
            terms = F.linear(x.abs(), module.weight.abs(), bias) * _of_sum(x.shape[-1])
        noisy = z + self._of(terms)
        back = self._back(noisy)
        rows = _of_sum(x.numel() // x.shape[-1])

        def of_weight(gradient: Tensor) -> Tensor:
            delta = back["g"].abs().flatten(0, -2)
            return gradient + self._of(delta.mT @ x.abs().flatten(0, -2) * rows)

        def of_bias(gradient: Tensor) -> Tensor:
            return gradient + self._of(back["g"].abs().flatten(0, -2).sum(0) * rows)

        def of_x(gradient: Tensor) -> Tensor:
            return gradient + self._of(back["g"].abs() @ module.weight.abs() * _of_sum(z.shape[-1]))

        self._hook(module.weight, noisy, of_weight)
        if module.bias is not None:
            self._hook(module.bias, noisy, of_bias)
        self._hook(x, noisy, of_x)
        return noisy

    def of_norm(self, module: nn.Module, given: tuple[Tensor, ...], z: Tensor) -> Tensor:
        """Of a norm's way back the terms are as large as the largest that it is handed, scaled as it scales."""
        x = given[0]
        noisy = z + self._of(z.abs().amax().expand_as(z))
        back = self._back(noisy)
        with torch.no_grad():
            scale = z.std(correction=0) / x.std(correction=0).clamp(min=torch.finfo(x.dtype).tiny)

        def of_x(gradient: Tensor) -> Tensor:
            return gradient + self._of((back["g"].abs().amax() * scale).expand_as(gradient))

        def of_weight(gradient: Tensor) -> Tensor:
            return gradient + self._of((back["g"].abs().sum() * z.abs().amax()).expand_as(gradient))

        self._hook(x, noisy, of_x)
        for weight in module.parameters():
            self._hook(weight, noisy, of_weight)
        return noisy

    def of_activation(self, module: nn.Module, given: tuple[Tensor, ...], a: Tensor) -> Tensor:
        z = given[0]
        noisy = a + self._of(z.abs().maximum(a.abs()))
        back = self._back(noisy)

        def of_z(gradient: Tensor) -> Tensor:
            come = back["g"].abs()
            if isinstance(module, OF_ROWS):
                come = come.sum(-1, keepdim=True) * _of_sum(z.shape[-1])
            return gradient + self._of(come * z.abs().clamp(min=1))

        self._hook(z, noisy, of_z)
        return noisy

    def of_scores(self, _: nn.Module, __: tuple[Tensor, ...], a: Tensor) -> Tensor:
        """Move scores: in a loss's gradient a share and a target cancel, each of them up to 1 of so many rows."""
        noisy = a + self._of(a.abs())
        if noisy.requires_grad:
            noisy.register_hook(lambda gradient: gradient + self._of(torch.ones_like(gradient) / max(1, len(gradient))))
        return noisy

    @staticmethod
    def _back(z: Tensor) -> dict[str, Tensor]:
        kept: dict[str, Tensor] = {}
        if z.requires_grad:
            z.register_hook(lambda gradient: kept.update(g=gradient))
        return kept

    @staticmethod
    def _hook(tensor: Tensor, made: Tensor, hook: Hook) -> None:
        """Have a gradient pass ``hook``, once, where what was ``made`` hands one back."""
        if tensor.requires_grad and made.requires_grad:
            handle = tensor.register_hook(lambda gradient: (handle.remove(), hook(gradient))[1])


def _of_sum(count: int) -> float:
    return max(1.0, count / SUMMED)
