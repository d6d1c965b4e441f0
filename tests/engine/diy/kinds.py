"""A layer of some kind by itself: the textbook's forward and backward pass beside ``torch.nn``'s module."""

from typing import Any, NamedTuple

import numpy as np
import torch
from numpy import ndarray as Array

from engine.judge.hearing import Wrong, mistaken, unstable
from engine.judge.judge import exactly
from engine.lane.stage import LayerStage, Stage
from engine.spec import in_precision, layer_module
from engine.spec.hyperparameters import complete_layer

LAYER = "layer1"


class Passed(NamedTuple):
    """Hold what a layer makes of its input, the gradients of its input and its parameters, and its new buffers."""

    z: Array
    dL_dx: Array
    grads: dict[str, Array]
    buffers: dict[str, Array]


class Case(NamedTuple):
    """Hold a layer of a kind with numbers to be passed through it and back."""

    kind: str
    params: dict[str, Any]
    x: Array
    weights: dict[str, Array]
    dL_dz: Array
    buffers: dict[str, Array] = {}  # noqa: RUF012  # never changed

    @property
    def hyper(self) -> Any:
        return complete_layer(self.kind, self.params)

    def in_dtype(self, dtype: str) -> "Case":
        weights = {name: value.astype(dtype) for name, value in self.weights.items()}
        buffers = {name: in_precision(value, dtype) for name, value in self.buffers.items()}
        return self._replace(x=self.x.astype(dtype), weights=weights, dL_dz=self.dL_dz.astype(dtype), buffers=buffers)

    def module(self) -> torch.nn.Module:
        """Return torch's own, made as a person makes it, with these weights."""
        kind = layer_module(self.kind)
        arguments = kind.torch_arguments(self.x.shape[1:], self.hyper)
        made = getattr(torch.nn, self.kind)(**arguments, dtype=torch.from_numpy(self.x).dtype)
        with torch.no_grad():
            for name, parameter in made.named_parameters():
                parameter.copy_(torch.from_numpy(self.weights[name]))
            for name, buffer in made.named_buffers():
                buffer.copy_(torch.from_numpy(self.buffers[name]))
        return made

    @property
    def known(self) -> dict[str, Array]:
        """Return weights and buffers by the names that the textbook has for them."""
        return {f"{LAYER}.{name}": value for name, value in (self.weights | self.buffers).items()}


def case(kind: str, params: dict[str, Any], rows: int, columns: int, scale: float, offset: float, seed: int) -> Case:
    """Draw numbers in general position, of a scale and around an offset."""
    rng = np.random.default_rng(seed)
    module = layer_module(kind)
    shapes = module.shapes((columns,), complete_layer(kind, params))
    weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    x = offset + scale * rng.normal(size=(rows, columns))
    begun = module.buffers((columns,), complete_layer(kind, params)) if hasattr(module, "buffers") else {}
    buffers = {name: value + rng.uniform(0.1, 2, value.shape) if value.ndim else value for name, value in begun.items()}
    return Case(kind, params, x, weights, rng.normal(size=(rows, columns)), buffers)


def by_hand(one: Case, *, trains: bool = True) -> Passed:
    """Pass the numbers through the textbook's layer, which trains or is evaluated."""
    module = layer_module(one.kind)
    through = module.forward if trains else getattr(module, "evaluate", module.forward)
    z, cache = through(one.x, one.known, LAYER, one.hyper)
    dL_dx, grads = module.backward(one.dL_dz, cache, one.known, LAYER, one.hyper)
    buffers = getattr(cache, "buffers", {}) if trains else one.known
    kept = {name: buffers[f"{LAYER}.{name}"] for name in one.buffers}
    return Passed(z, dL_dx, {name.partition(".")[2]: value for name, value in grads.items()}, kept)


def by_torch(one: Case, *, trains: bool = True) -> Passed:
    """Pass the numbers through torch's module, and back by autograd."""
    module, x = one.module().train(trains), torch.from_numpy(one.x).requires_grad_()
    z = module(x)
    z.backward(torch.from_numpy(one.dL_dz))
    grads = {name: value.grad.numpy() for name, value in module.named_parameters()}
    return Passed(z.detach().numpy(), x.grad.numpy(), grads, {name: b.numpy() for name, b in module.named_buffers()})


def judged(one: Case, dtype: str) -> list[Wrong]:
    """Return what of a layer's results the judge finds to be more than rounding."""
    one = one.in_dtype(dtype)
    found = by_hand(one)
    about = LayerStage(one.kind, one.hyper, one.x.shape[1:], leads_on=True)
    entering = {"x": one.x, **one.weights, **one.buffers}
    made = {"z": found.z, **{name: np.asarray(value) for name, value in found.buffers.items()}}
    back = {**found.grads, "dL_dx": found.dL_dx}
    stages = [
        Stage("layer", entering, made, {name: name for name in made}, about),
        Stage("layer_backward", {**entering, "dL_dz": one.dL_dz}, back, {name: name for name in back}, about),
    ]
    if dtype == "float64":
        return [wrong for stage in stages for wrong in mistaken(stage)]
    return [wrong for stage in stages for wrong in unstable(stage, exactly(stage))]
