"""The masks that torch draws: for a seed and a step the same ones, wherever and in whatever precision.

They are those of ``torch.nn.Dropout`` after ``torch.manual_seed(seed + step)``, one layer after another, on the CPU: a
person can draw them again in three lines. The seed is that of the batches: both say what is random in a step.
"""

import torch
from torch import Tensor, nn

from engine.spec import ExperimentSpec, layer_module, layers_in

MASK = "mask"


class Masks:
    """Draw the masks of a network's layers."""

    def __init__(self, spec: ExperimentSpec):
        masked = [(layer, layer_module(layer.kind)) for layer in layers_in(spec)]
        self.shares = {
            layer.name: (kind.mask_share(layer.hyper), layer.inputs)
            for layer, kind in masked
            if hasattr(kind, "mask_share")
        }
        self._seed, self._dtype = spec.batch.seed, getattr(torch, spec.dtype)
        self._generator = torch.Generator()

    def draw(self, step: int, rows: int) -> dict[str, Tensor]:
        """Return each mask of step ``step``, counted from 1, by its layer's name; ``rows``: of the batch."""
        self._generator.manual_seed(self._seed + step)
        return {name: self._drawn(share, (rows, *shape)) for name, (share, shape) in self.shares.items()}

    def _drawn(self, share: float, shape: tuple[int, ...]) -> Tensor:
        if share in (0, 1):  # torch draws nothing then
            return torch.full(shape, share, dtype=self._dtype)
        return torch.empty(shape, dtype=self._dtype).bernoulli_(share, generator=self._generator)


class GivenDropout(nn.Dropout):
    """Drop what a mask says; with the one that ``torch.nn.Dropout`` would have drawn, that to the bit."""

    def __init__(self, p: float, inplace: bool = False):
        super().__init__(p, inplace)
        self.register_buffer(MASK, torch.ones(()), persistent=False)
        self.mask: Tensor

    def forward(self, input: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return input
        return input * (self.mask if self.p == 1 else self.mask / (1 - self.p))
