"""What all configurations of a sweep train on: the experiment's data and network, or its test function.

Networks come alone or K at a time, as the textbook takes them: weights ``(out, in)`` and ``(out,)``, or
``(K, out, in)`` and ``(K, 1, out)``.
"""

from collections.abc import Sequence
from typing import Any

from numpy import ndarray as Array

from engine.diy.network import Params, forward
from engine.diy.problem_step import problem_step
from engine.diy.problems import problem_of
from engine.diy.step import Clip, States, Step, train_step
from engine.lane.batches import Rows, taken
from engine.lane.diy_lane import clip_of, layers_of
from engine.lane.functions import loss_of
from engine.spec import POINT, ExperimentSpec, OptimizerSpec, arrays_of, function_asked, optimizer_module, shapes_of


class NetworkObjective:
    """Train the experiment's network on its data."""

    def __init__(self, spec: ExperimentSpec, optimizer: Any, clip: Clip | None):
        assert spec.data is not None
        assert spec.network is not None
        self._x, self._y = arrays_of(spec)
        self._tested = arrays_of(spec, "test") if spec.data.test else None
        self._loss = loss_of(function_asked(spec.network.loss))
        self._layers = layers_of(spec)
        self._names = tuple(shapes_of(spec))
        self.optimizer, self._clip = optimizer, clip

    def params(self, weights: Sequence[Array]) -> dict[str, Array]:
        """Return the weights by torch's names; they come in the order of ``nn.Module.parameters()``."""
        return dict(zip(self._names, weights, strict=True))

    def step(self, params: Params, states: States, hyper: Any, rows: Rows) -> Step:
        """Take a step on those rows of the data."""
        x, y = taken(self._x, rows), taken(self._y, rows)
        return train_step(self._layers, params, states, x, y, self._loss, self.optimizer, hyper, self._clip)

    def losses(self, params: Params) -> Array:
        """Return the loss on all rows that train, of K networks (K,)."""
        return self._losses_on(params, self._x, self._y)

    def test_losses(self, params: Params) -> Array | None:
        """Return the loss on the rows that test, of K networks (K,); None where there are none."""
        return None if self._tested is None else self._losses_on(params, *self._tested)

    def _losses_on(self, params: Params, x: Array, y: Array) -> Array:
        a, _ = forward(self._layers, params, x)
        return self._loss.f(a, y)


class ProblemObjective:
    """Train the coordinates of the experiment's test function."""

    def __init__(self, spec: ExperimentSpec, optimizer: Any, clip: Clip | None):
        assert spec.problem is not None
        self._problem = problem_of(spec.problem.function, spec.problem.condition)
        self.optimizer, self._clip = optimizer, clip

    def params(self, weights: Sequence[Array]) -> dict[str, Array]:
        """Return the point by its one name."""
        return {POINT: weights[0]}

    def step(self, params: Params, states: States, hyper: Any, rows: Rows) -> Step:  # noqa: ARG002
        """Take a step; a test function has no rows."""
        return problem_step(self._problem, params, states, self.optimizer, hyper, self._clip)

    def losses(self, params: Params) -> Array:
        """Return the function's value, at K points (K,)."""
        return self._problem.f(params[POINT])

    def test_losses(self, params: Params) -> None:  # noqa: ARG002
        """Return None: a test function has no rows."""
        return


Objective = NetworkObjective | ProblemObjective


def objective_of(
    spec: ExperimentSpec, entry: OptimizerSpec, optimizer: Any = None, clip: Clip | None = None
) -> Objective:
    """Return what the entry is to train: the experiment's network or its test function.

    ``optimizer`` and ``clip`` stand for the textbook's of its name, where they are given.
    """
    kind = ProblemObjective if spec.problem is not None else NetworkObjective
    if optimizer is None:
        return kind(spec, optimizer_module(entry.name), clip_of(entry))
    return kind(spec, optimizer, clip)
