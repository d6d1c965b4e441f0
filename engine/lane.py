"""What both backends offer: a lane is one training run that can be stepped, saved and looked into.

This is the only door to ``engine.twin``, and so to torch.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy import ndarray as Array

from engine.batches import Rows
from engine.spec import ExperimentSpec
from engine.stage import Hearing, Stage, UpdateRun

# An optimizer's state of one weight, by the paper's symbols. Numbers are ints, or as narrow as torch keeps them.
State = Mapping[str, Array | np.generic | float | None]


BEFORE = ".before"  # ends the name of a weight or state entry as it was before the step


class StepError(Exception):
    """A step that could not be taken: ``backend`` raised in step ``step`` of the optimizer entry ``label``.

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


class Snapshot(NamedTuple):
    """All that the next step depends on, in NumPy, the same for both backends.

    One entry a weight, in the order of ``nn.Module.parameters()``; an optimizer of all weights at once
    has its state with the first, and the others' are empty. ``schedule`` is where the learning rate's
    schedule stands, if there is one. Owned by whoever holds it: no later step changes it.
    """

    weights: tuple[Array, ...]
    states: tuple[State, ...]
    schedule: State | None = None


def is_fresh(state: State) -> bool:
    """Whether no step has left anything in it yet."""
    untouched = (value is None or (type(value) is int and value == 0) for value in state.values())
    return state.get("t") == 0 or all(untouched)


class Lane(Protocol):
    """Arrays that a lane hands out may be views of its memory, good until its next step.

    ``evaluations``: how often the newest step has worked out the gradient; ``rate`` is its learning rate.
    """

    evaluations: int
    rate: float

    def step(self, rows: Rows) -> float:
        """Forward, loss, backward, update. Returns the loss before the update."""
        ...

    def weights(self) -> Sequence[Array]: ...

    def gradients(self) -> Sequence[Array]:
        """Those of the newest step, which belong to the weights before its update; clipped, where they are."""
        ...

    def states(self) -> Sequence[State]: ...

    def tensors(self) -> list[Array | np.generic | float | None]:
        """Gradients, weights, then each weight's state entries, as ``Layout`` has them: all that parity compares.

        None stands for a state entry that is not there yet. Last comes the learning rate, where it has a schedule.
        """
        ...

    def snapshot(self) -> Snapshot: ...

    def restore(self, snapshot: Snapshot) -> None: ...

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Hyperparameters from the next step on: all of them, missing ones at torch's defaults."""
        ...

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """Take a step and return its intermediates by name, in the order in which they arise.

        ``layer1.z``, ``layer1.a``, …, ``loss``, ``layer2.dL_da``, ``layer2.da_dz``, ``layer2.dL_dz``,
        ``layer2.weight.grad``, …, ``layer1.weight.clipped``, …, ``rate``, ``layer1.weight.m``, …, ``layer1.weight``.
        """
        ...

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        """Its inputs and targets."""
        ...

    def hyperparameters(self) -> dict[str, float]:
        """Those in force for the next step that are numbers, by torch's names: ``lr``, ``betas[0]`` …"""
        ...


def make_lane(spec: ExperimentSpec, entry: int, backend: str, start: Sequence[Array]) -> Lane:
    """The lane of optimizer entry ``entry`` on ``backend``, standing at the weights ``start``."""
    if backend == "diy":
        from engine.diy_lane import DiyLane

        return DiyLane(spec, spec.optimizers[entry], start)
    from engine.twin.lane import TorchLane

    return TorchLane(spec, spec.optimizers[entry], start)


def standing(names: Sequence[str], snapshot: Snapshot) -> Iterator[tuple[str, Any]]:
    """Where a lane stands before a step: weights and state entries, as far as they are there, by name.

    ``layer1.weight.before``, ``layer1.weight.m.before`` …
    """
    for name, weight, state in zip(names, snapshot.weights, snapshot.states, strict=True):
        yield f"{name}{BEFORE}", weight
        yield from ((f"{name}.{symbol}{BEFORE}", value) for symbol, value in state.items() if value is not None)


def is_given(name: str) -> bool:
    """Whether a named value is what a step begins with, and not what comes out of it."""
    return name.endswith(BEFORE) or name in ("x", "y")


def numbers_of(hyper: Mapping[str, Any]) -> dict[str, float]:
    """An optimizer's hyperparameters that are numbers, pairs taken apart."""
    numbers: dict[str, float] = {}
    for name, value in hyper.items():
        if isinstance(value, tuple):
            numbers.update({f"{name}[{place}]": part for place, part in enumerate(value) if part is not None})
        elif isinstance(value, int | float) and not isinstance(value, bool):
            numbers[name] = value
    return numbers


def reference_answer(stage: Stage, dtype: str) -> dict[str, Array]:
    """Torch's outputs of a stage, by role, from the inputs given and in ``dtype``."""
    from engine.twin.reference import answer

    return answer(stage, dtype)


def moved_answers(stage: Stage, dtype: str, how: Hearing) -> dict[str, Array]:
    """Torch's outputs again, moved by roundings at random, stacked on a new first axis."""
    from engine.twin.reference import moved_answers

    return moved_answers(stage, dtype, how)


def reference_run(run: UpdateRun, dtype: str) -> list[list[Array]]:
    """The weights that torch's optimizer comes to after each step, a list of the parameters each."""
    from engine.twin.runs import weights_of_run

    return weights_of_run(run, dtype)


def moved_run(run: UpdateRun, dtype: str, how: Hearing) -> list[list[Array]]:
    """Those again, moved by roundings at random, stacked on a new first axis."""
    from engine.twin.runs import moved_weights_of_run

    return moved_weights_of_run(run, dtype, how)


def scheduled(spec: ExperimentSpec, entry: int, state: State | None, loss: float) -> tuple[dict[str, float], State]:
    """What torch's schedule has in force where ``state`` stands, and its state after a step of this loss."""
    from engine.twin.schedules import scheduled

    return scheduled(spec.optimizers[entry], state, loss)


def orthogonal(M: Array, hyper: Any) -> Array:
    """Torch's Newton-Schulz iteration of a matrix, by the hyperparameters of its Muon."""
    from engine.twin.orthogonal import orthogonal

    return orthogonal(M, hyper)


def orthogonal_distances(M: Array, hyper: Any) -> Iterator[float]:
    """How far that iteration comes out from itself, its sums moved by what their order may come to in float32."""
    from engine.twin.orthogonal import distances

    return distances(M, hyper)


def seeded_weights(spec: ExperimentSpec, seed: int) -> list[Array]:
    """What ``torch.manual_seed(seed)`` and a stack of ``nn.Linear`` begin with."""
    from engine.twin.start import seeded_weights

    return seeded_weights(spec, seed)


def warm_up() -> None:
    """Load all of torch that a step needs, so that no step waits for it."""
    from engine.twin.start import warm_up

    warm_up()


def torch_facts() -> tuple[str, tuple[str, ...]]:
    """Torch's version and the devices it finds here."""
    from engine.twin.start import devices, version

    return version(), devices()
