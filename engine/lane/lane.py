"""What both backends offer: a lane is one training run that can be stepped, saved and looked into."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy import ndarray as Array

from engine.spec import RowsFor

from .batches import Rows

# An optimizer's state of one weight, by the paper's symbols. Numbers are ints, or as narrow as torch keeps them.
State = Mapping[str, Array | np.generic | float | None]


class StepError(Exception):
    """Report a step that could not be taken: ``backend`` raised in step ``step`` of the optimizer entry ``label``.

    ``detail`` is what was raised, in a line.
    """

    code = "step_failed"

    def __init__(self, label: str, backend: str, step: int, detail: str):
        super().__init__(label, backend, step, detail)
        self.label, self.backend, self.step, self.detail = label, backend, step, detail

    def __str__(self) -> str:
        side = "DIY" if self.backend == "diy" else self.backend
        return f"{side} raised in step {self.step:,} of {self.label}: {self.detail}"


@contextmanager
def naming_step(label: str, backend: str, step: int) -> Iterator[None]:
    """Raise a StepError for whatever is raised within: torch divides by zero in Python's numbers, say."""
    try:
        yield
    except StepError:
        raise
    except Exception as error:
        first_line = str(error).strip().partition("\n")[0]
        raise StepError(label, backend, step, first_line or type(error).__name__) from error


NONE: Mapping[str, Array] = {}


class Snapshot(NamedTuple):
    """Hold all that the next step depends on, in NumPy, the same for both backends.

    One entry a weight, in the order of ``nn.Module.parameters()``; an optimizer of all weights at once
    has its state with the first, and the others' are empty. ``schedule`` is where the learning rate's
    schedule stands, if there is one; ``buffers`` are the network's, by torch's names; ``own`` is what a person's own
    optimizer remembers, ``parts`` what own code in the network does, each with the ``nbytes`` of that and the
    ``reason`` why it cannot be stood there again, if there is one. ``taken`` is how many steps have led here, by which
    is drawn what is random in one. Owned by whoever holds it: no later step changes it.
    """

    weights: tuple[Array, ...]
    states: tuple[State, ...]
    schedule: State | None = None
    buffers: Mapping[str, Array] = NONE
    own: Any = None
    parts: Any = None
    taken: int = 0


def is_fresh(state: State) -> bool:
    """Tell whether no step has left anything in it yet."""
    untouched = (value is None or (type(value) is int and value == 0) for value in state.values())
    return state.get("t") == 0 or all(untouched)


class Lane(Protocol):
    """Train one side. Arrays that a lane hands out may be views of its memory, good until its next step.

    ``evaluations``: how often the newest step has computed the gradient; ``rate`` is its learning rate, and where
    groups of weights have rates of their own, that of the last of them: of the weights in no group, if there are any.
    """

    evaluations: int
    rate: float

    def step(self, rows: Rows) -> float:
        """Take a step: forward, loss, backward, update. Returns the loss before the update."""
        ...

    def rate_of(self, weight: str) -> float:
        """Return the learning rate at which the newest step has moved a weight."""
        ...

    def training_loss(self) -> float:
        """Compute the loss over all training rows, at the weights stood at; of a test function its value there."""
        ...

    def test_loss(self) -> float:
        """Compute the loss over the test rows, at the weights stood at; NaN where there are none."""
        ...

    def outputs(self, use: RowsFor) -> Array:
        """Return what the network makes of the rows that train, or test, at the weights stood at: (rows, outputs).

        A test function has none.
        """
        ...

    def predict(self, x: Array) -> Array:
        """Return what the network makes of any rows ``x``, at the weights stood at: (rows, outputs), for good.

        Nothing of the lane is changed by it. A test function makes nothing of them.
        """
        ...

    def weights(self) -> Sequence[Array]: ...

    def gradients(self) -> Sequence[Array]:
        """Return the newest step's gradients, clipped where they are; they belong to the weights before its update."""
        ...

    def states(self) -> Sequence[State]: ...

    def buffers(self) -> Mapping[str, Array]:
        """Return what else a step leaves behind in the network, by torch's names: running averages."""
        ...

    def tensors(self) -> list[Array | np.generic | float | None]:
        """Return gradients, weights, buffers, then each weight's state entries, as ``Layout`` has them, for parity.

        None stands for a state entry that is not there yet. Last comes the learning rate, where it has a schedule.
        """
        ...

    def snapshot(self) -> Snapshot: ...

    def restore(self, snapshot: Snapshot) -> None: ...

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Set the hyperparameters from the next step on: all of them, missing ones at torch's defaults."""
        ...

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """Take a step and return its intermediates by name, in the order in which they arise.

        ``layer1.z``, ``layer1.a``, …, ``loss``, ``layer2.dL_da``, ``layer2.da_dz``, ``layer2.dL_dz``,
        ``layer2.weight.grad``, …, ``layer1.weight.clipped``, …, ``rate``, ``layer1.weight.m``, …, ``layer1.weight``.
        """
        ...

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        """Return a batch's inputs and targets."""
        ...

    def hyperparameters(self) -> dict[str, float]:
        """Return the hyperparameters of the next step that are numbers, by torch's names: ``lr``, ``betas[0]`` …"""
        ...


def numbers_of(hyper: Mapping[str, Any]) -> dict[str, float]:
    """Return an optimizer's hyperparameters that are numbers, pairs taken apart."""
    numbers: dict[str, float] = {}
    for name, value in hyper.items():
        if isinstance(value, tuple):
            numbers.update({f"{name}[{place}]": part for place, part in enumerate(value) if part is not None})
        elif isinstance(value, int | float) and not isinstance(value, bool):
            numbers[name] = value
    return numbers
