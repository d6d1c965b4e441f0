"""How torch draws a layer's weight anew: the functions of ``torch.nn.init``, with their arguments and their bounds.

torch itself draws, for either side; so what stands here is what forms and checks want to know.
"""

from collections.abc import Iterator
from math import erf, sqrt
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from engine.diy.optimizers.hyper import Hyperparameter

from .definitions import one_of
from .faults import Fault, Path
from .hyperparameters import HyperField, completed, fields_of
from .param_checks import params_faults
from .part import Part

LARGEST = 1e30  # beyond it float32 has no room for what torch makes of it
FARTHEST = 1e6  # standard deviations from the mean: the height there is no number any more
RAREST = 1e-4  # of the draws that are kept: with fewer, torch draws and throws away for minutes, or for ever


def _number(title: str, text: str, low: float = -LARGEST, *, above: bool = False) -> Hyperparameter:
    return Hyperparameter(title, text, low, LARGEST, closed=True, live=False, above=above)


Mean = Annotated[float, _number("Mean", "The number around which they are drawn.")]
Gain = Annotated[
    float,
    _number("Gain", "What the spread is multiplied by, for the activation that follows: 5/3 for tanh.", low=0.0),
]
Slope = Annotated[
    float, _number("Slope", "The negative slope of the leaky ReLU that follows; of no effect for another function.")
]
Mode = Annotated[
    str,
    Hyperparameter(
        "Mode",
        "Keep the size of what goes forward (fan_in) or of the gradients that come back (fan_out).",
        live=False,
        choices=("fan_in", "fan_out"),
    ),
]
Nonlinearity = Annotated[
    str,
    Hyperparameter(
        "Nonlinearity",
        "The function that follows: it decides the gain.",
        live=False,
        choices=("leaky_relu", "relu", "tanh", "sigmoid", "selu", "linear"),
    ),
]


class Uniform(NamedTuple):
    a: Annotated[float, _number("From", "The smallest number that may be drawn.")] = 0.0
    b: Annotated[float, _number("To", "The bound above all that may be drawn.")] = 1.0


class Normal(NamedTuple):
    mean: Mean = 0.0
    std: Annotated[float, _number("Standard deviation", "How far they scatter.", low=0.0)] = 1.0


class Constant(NamedTuple):
    val: Annotated[float, _number("Value", "The number that every weight begins with.")]


class Zeros(NamedTuple):
    pass


class Xavier(NamedTuple):
    gain: Gain = 1.0


class Kaiming(NamedTuple):
    a: Slope = 0.0
    mode: Mode = "fan_in"
    nonlinearity: Nonlinearity = "leaky_relu"


class Orthogonal(NamedTuple):
    gain: Annotated[float, _number("Gain", "What the orthogonal matrix is multiplied by.")] = 1.0


class TruncatedNormal(NamedTuple):
    mean: Mean = 0.0
    std: Annotated[
        float, _number("Standard deviation", "How far they scatter, before the ends are cut off.", 0.0, above=True)
    ] = 1.0
    a: Annotated[float, _number("From", "Smaller ones are drawn again.")] = -2.0
    b: Annotated[float, _number("To", "Larger ones are drawn again.")] = 2.0


INITS: dict[str, Any] = {
    "xavier_uniform_": Xavier,
    "xavier_normal_": Xavier,
    "kaiming_uniform_": Kaiming,
    "kaiming_normal_": Kaiming,
    "orthogonal_": Orthogonal,
    "uniform_": Uniform,
    "normal_": Normal,
    "trunc_normal_": TruncatedNormal,
    "constant_": Constant,
    "zeros_": Zeros,
}
OF_MATRICES = ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "orthogonal_")


def init_names() -> tuple[str, ...]:
    """List the functions in the order of menus."""
    return tuple(INITS)


class InitSpec(Part):
    """Draw a layer's weight by ``torch.nn.init``'s function ``name``, with arguments ``params``, once all are drawn."""

    name: Annotated[str, one_of(init_names)]
    params: dict[str, Any] = Field(default_factory=dict)


def init_fields(name: str) -> tuple[HyperField, ...]:
    """Return the fields of a function's arguments."""
    return fields_of(INITS[name])


def complete_init(init: InitSpec) -> dict[str, Any]:
    """Return all arguments, with torch's defaults for those left out."""
    return completed(INITS[init.name], init_fields(init.name), init.params)._asdict()


def init_faults(path: Path, init: InitSpec) -> Iterator[Fault]:
    """Find faults of the arguments; ``path`` leads to the ``init`` in the experiment file."""
    wrong = list(params_faults((*path, "params"), init.params, init_fields(init.name)))
    yield from wrong or _joint_faults((*path, "params"), init)


def _joint_faults(path: Path, init: InitSpec) -> Iterator[Fault]:
    given = complete_init(init)
    if "b" in given and given["a"] > given["b"]:
        yield Fault((*path, "a"), "init_bounds_crossed")
    elif init.name == "trunc_normal_" and _share_kept(**given) < RAREST:
        yield Fault((*path, "std"), "nothing_between")


def _share_kept(mean: float, std: float, a: float, b: float) -> float:
    """Estimate which share of its draws torch keeps.

    It draws from the bell curve, or, where less than 0.3 of that lies between the bounds, evenly between these, and
    keeps a number the more often, the nearer it is to the highest point there.
    """
    within = 0.5 * (erf((b - mean) / std / sqrt(2)) - erf((a - mean) / std / sqrt(2)))
    if within > 0.3:
        return within
    away = abs(min(max(mean, a), b) - mean) / std
    if away > FARTHEST or a == b:
        return float(away <= FARTHEST)
    return min(1.0, std / max(1.0, away) / (b - a))
