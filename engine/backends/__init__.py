"""The only door to ``engine.twin``, and so to torch: lanes are made here, and torch is asked here.

Each function loads what it needs when it is called: a window, or a command that fails early, waits for no torch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from numpy import ndarray as Array

from engine.lane.lane import Lane, State
from engine.lane.stage import Hearing, Stage, UpdateRun
from engine.spec import ClipSpec, ExperimentSpec, OptimizerSpec, layer_module, layers_in


def make_lane(spec: ExperimentSpec, entry: int, backend: str, start: Sequence[Array]) -> Lane:
    """Return the lane of optimizer entry ``entry`` on ``backend``, standing at the weights ``start``.

    In the place of torch's it may be the one that runs the entry's reference.
    """
    one = spec.optimizers[entry]
    own = one if backend == "diy" else one.reference_entry
    if backend == "diy" and one.log is not None:
        from engine.lane.log_lane import LogLane

        return LogLane(spec, one, start, masks_of(spec))
    if own.code is not None:
        from engine.lane.own_lane import OwnLane

        return OwnLane(spec, own, start, masks_of(spec))
    if backend == "diy":
        from engine.lane.grouped_lane import diy_lane

        return diy_lane(spec, entry, start, masks_of(spec))
    from engine.twin.lane import TorchLane

    return TorchLane(spec, spec.optimizers[entry], start)


def masks_of(spec: ExperimentSpec) -> Callable[[int, int], dict[str, Array]] | None:
    """Return what draws the masks of a step, by torch's names, as torch does; None where nothing is drawn."""
    if not any(hasattr(layer_module(layer.kind), "mask_share") for layer in layers_in(spec)):
        return None
    from engine.twin.masks import MASK, Masks

    masks = Masks(spec)
    return lambda step, rows: {f"{name}.{MASK}": mask.numpy() for name, mask in masks.draw(step, rows).items()}


def reference_answer(stage: Stage, dtype: str) -> dict[str, Array]:
    """Return torch's outputs of a stage, by role, from the inputs given and in ``dtype``."""
    from engine.twin.reference import answer

    return answer(stage, dtype)


def moved_answers(stage: Stage, dtype: str, how: Hearing) -> dict[str, Array]:
    """Return torch's outputs again, moved by roundings at random, stacked on a new first axis."""
    from engine.twin.reference import moved_answers

    return moved_answers(stage, dtype, how)


def reference_run(run: UpdateRun, dtype: str) -> list[list[Array]]:
    """Return the weights that torch's optimizer comes to after each step, a list of the parameters each."""
    from engine.twin.runs import weights_of_run

    return weights_of_run(run, dtype)


def moved_run(run: UpdateRun, dtype: str, how: Hearing) -> list[list[Array]]:
    """Repeat those answers, moved by roundings at random, stacked on a new first axis."""
    from engine.twin.runs import moved_weights_of_run

    return moved_weights_of_run(run, dtype, how)


def make_pass(spec: ExperimentSpec, clip: ClipSpec | None) -> Any:
    """Return torch's loss and gradients at any weights, as they are and moved by what right code may differ by."""
    from engine.twin.passes import Pass

    return Pass(spec, clip)


def scheduled(spec: ExperimentSpec, entry: int, state: State | None, loss: float) -> tuple[dict[str, float], State]:
    """Return what torch's schedule has in force where ``state`` stands, and its state after a step of this loss."""
    from engine.twin.schedules import scheduled

    return scheduled(spec.optimizers[entry], state, loss)


def rates_taken(
    entries: Sequence[OptimizerSpec], steps: int, changes: Mapping[int, Sequence[OptimizerSpec]]
) -> list[list[dict[str, Any]]]:
    """Return what torch's schedules have in force in each of the steps, for each group of one class.

    ``changes``: after which steps the groups have other hyperparameters. The schedule is none that looks at the losses.
    """
    from engine.twin.schedules import rates_taken

    return list(rates_taken(entries, steps, changes))


def orthogonal(M: Array, hyper: Any) -> Array:
    """Run torch's Newton-Schulz iteration on a matrix, by the hyperparameters of its Muon."""
    from engine.twin.orthogonal import orthogonal

    return orthogonal(M, hyper)


def orthogonal_distances(M: Array, hyper: Any) -> Iterator[float]:
    """Yield how far the iteration comes out from itself, its sums moved by what their order may come to in float32."""
    from engine.twin.orthogonal import distances

    return distances(M, hyper)


def seeded_weights(spec: ExperimentSpec, seed: int) -> list[Array]:
    """Return what ``torch.manual_seed(seed)`` and a stack of ``nn.Linear`` begin with."""
    from engine.twin.start import seeded_weights

    return seeded_weights(spec, seed)


def warm_up() -> None:
    """Load all of torch that a step needs, so that no step waits for it."""
    from engine.twin.start import warm_up

    warm_up()


def on_one_thread() -> AbstractContextManager[None]:
    """Have torch share nothing out among threads, within: what is asked of it there is small."""
    from engine.twin.start import on_one_thread

    return on_one_thread()


def torch_facts() -> tuple[str, tuple[str, ...]]:
    """Return torch's version and the devices it finds here."""
    from engine.twin.start import devices, version

    return version(), devices()


def make_shadows() -> Any:
    """Return what watches a script's torch code: how far rounding moves each of its tensors."""
    from engine.twin.shadows import make_shadows

    return make_shadows()


def as_numbers(tensor: Any) -> Array:
    """Return a tensor's numbers, copied."""
    from engine.twin.shadows import as_numbers

    return as_numbers(tensor)
