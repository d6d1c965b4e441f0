"""A stage of a step as torch is asked for it: what goes in, what comes out, and what else there is to know."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.layer_names import is_buffer, owner_of, part_of

State = Mapping[str, Any]
INSIDE = ("forward.", "backward.")


class Stage(NamedTuple):
    """Hold a stage to be judged. ``kind`` names torch's side in ``engine.twin.reference``.

    ``inputs`` are arrays by role (``x``, ``W``, ``dL_dz`` …), ``results`` what DIY made of them, ``names`` the step's
    name of each result: ``{"z": "layer1.z"}``. ``about`` is the activation's or loss's name, an ``Update`` …
    ``is_own``: a person's code made them, in whatever algebra.
    """

    kind: str
    inputs: Mapping[str, Array]
    results: Mapping[str, Array]
    names: Mapping[str, str]
    about: Any = None
    is_own: bool = False


class LayerStage(NamedTuple):
    """Ask for a layer of a ``kind`` by its ``hyper``, whose input's rows are shaped as ``inputs``.

    ``leads_on``: there is a layer below, which wants to know its own gradient. ``is_evaluated``: it is not trained.
    """

    kind: str
    hyper: Any
    inputs: tuple[int, ...]
    leads_on: bool = False
    is_evaluated: bool = False


class Hearing(NamedTuple):
    """Say how torch is asked again: so many times, with its inputs moved by so many roundings at random.

    ``operations``: the result of each of its operations is moved as well.
    """

    times: int
    ulps: int
    operations: bool = True


class Update(NamedTuple):
    """Hold an optimizer's update of one weight, from ``state`` by ``hyper``, the hyperparameters in force.

    ``exact_numbers``: single numbers in the state (NAdam's product of momenta, which torch keeps in float32) are the
    same bits on both sides, so that there is no rounding of theirs to reckon with. ``narrow_numbers``: the
    hyperparameters may be kept in the weights' precision.
    """

    optimizer: str
    hyper: Any
    state: State
    exact_numbers: bool = False
    narrow_numbers: bool = False


class UpdateRun(NamedTuple):
    """Hold steps of an optimizer over several parameters, from nothing, whose gradients are prescribed.

    ``hyper`` are torch's keyword arguments. ``weights`` are those before each step, a list of the parameters each, or
    the start alone where the steps follow one another. ``rates``: each step's learning rate, None where it stays.
    ``whole_precision``: torch's default precision is that of the weights, so that no number is kept in a lesser one.
    ``later``: other keyword arguments, and after how many steps they come into force; ``hypers``: those of each step.
    ``loose``: how far each gradient may be off that is handed to a step, and each weight, as far as that is known;
    None: by roundings alone. ``narrow_numbers``: the hyperparameters may be kept in the weights' precision.
    """

    optimizer: str
    hyper: Mapping[str, Any]
    weights: Sequence[Sequence[Array]]
    gradients: Sequence[Sequence[Array]]
    rates: Sequence[float] | None = None
    whole_precision: bool = True
    later: Sequence[tuple[int, Mapping[str, Any]]] = ()
    hypers: Sequence[Mapping[str, Any]] | None = None
    loose: "Loose | None" = None
    narrow_numbers: bool = False


class Loose(NamedTuple):
    """Say how far numbers may be off: of each step a list of gradients, of each weight one number or an array."""

    gradients: Sequence[Sequence[Array]]
    weights: Sequence[float | Array]


class Minimize(NamedTuple):
    """Hold a step of an optimizer of all weights at once, from ``state`` by ``hyper``.

    ``kept``: how many pairs of steps and changes of the gradient DIY has kept at its end.
    """

    hyper: Any
    state: State
    is_fresh: bool
    kept: int


def stage_of(name: str) -> str:
    """Name the stage in which a value of a step arises: ``layer1.forward``, ``loss``, ``layer1.update`` …"""
    layer, rest = owner_of(name), part_of(name)
    if name == "loss":
        return "loss"
    if not rest:  # the rate, or a momentum that the schedule moves
        return "schedule"
    if rest.endswith("clipped"):
        return "clip"
    if rest in ("z", "a"):
        return f"{layer}.forward" if rest == "z" else f"{layer}.activation"
    if is_buffer(name) or rest == "mask":
        return f"{layer}.forward"
    if rest.startswith(INSIDE):  # what a layer's kind makes on the way: ``layer2.backward.through_mean``
        return f"{layer}.{rest.partition('.')[0]}"
    if rest.endswith("grad") or rest in ("dL_da", "da_dz", "dL_dz"):
        return f"{layer}.backward"
    return f"{layer}.update"
