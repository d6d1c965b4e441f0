"""What all configurations of a sweep train on: the experiment's data and network, or its test function.

Networks come alone or K at a time, as the textbook takes them: weights ``(out, in)`` and ``(out,)``, or
``(K, out, in)`` and ``(K, 1, out)``.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.network import Layer, forward
from engine.diy.optimizers import OPTIMIZERS
from engine.diy.problem_step import point, problem_step
from engine.diy.problems import problem_of
from engine.diy.step import Step, train_step
from engine.lane.batches import Rows, taken
from engine.lane.diy_lane import clip_of
from engine.spec import ExperimentSpec, OptimizerSpec

States = list[tuple[Any, Any]]


class NetworkCourse:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec):
        assert spec.data is not None
        assert spec.network is not None
        self._x, self._y = spec.data.arrays(spec.dtype)
        self._loss = LOSSES[spec.network.loss]
        self._activations = [ACTIVATIONS[layer.activation] for layer in spec.network.layers]
        self._has_bias = [layer.bias for layer in spec.network.layers]
        self.optimizer, self._clip = OPTIMIZERS[entry.name], clip_of(entry)

    def layers(self, weights: Sequence[Array]) -> list[Layer]:
        left = iter(weights)
        pairs = zip(self._activations, self._has_bias, strict=True)
        return [Layer(next(left), next(left) if has_bias else None, activation) for activation, has_bias in pairs]

    def step(self, layers: Sequence[Layer], states: States, hyper: Any, rows: Rows) -> Step:
        x, y = taken(self._x, rows), taken(self._y, rows)
        return train_step(layers, states, x, y, self._loss, self.optimizer, hyper, self._clip)

    def losses(self, layers: Sequence[Layer]) -> Array:
        """On all rows."""
        return self._loss.f(forward(layers, self._x)[-1].a, self._y)


class ProblemCourse:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec):
        assert spec.problem is not None
        self._problem = problem_of(spec.problem.function, spec.problem.condition)
        self.optimizer, self._clip = OPTIMIZERS[entry.name], clip_of(entry)

    def layers(self, weights: Sequence[Array]) -> list[Layer]:
        return point(weights[0])

    def step(self, layers: Sequence[Layer], states: States, hyper: Any, rows: Rows) -> Step:  # noqa: ARG002
        return problem_step(self._problem, layers, states, self.optimizer, hyper, self._clip)

    def losses(self, layers: Sequence[Layer]) -> Array:
        return self._problem.f(layers[0].W)


Course = NetworkCourse | ProblemCourse


def course_of(spec: ExperimentSpec, entry: OptimizerSpec) -> Course:
    return ProblemCourse(spec, entry) if spec.problem is not None else NetworkCourse(spec, entry)


def weights_of(layers: Sequence[Layer]) -> Iterator[Array]:
    """In the order of ``nn.Module.parameters()``."""
    return (weight for W, b, _ in layers for weight in (W, b) if weight is not None)
