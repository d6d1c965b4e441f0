"""What Adam, NAdam, RAdam and Adamax share: two running means, a count of steps, and corrections of their bias."""

from collections.abc import Iterator

from .making import variant
from .variant import Reference, Shows, Variant

LATER = Shows(steps=2)
MEAN = "m = beta1 * m + (1 - beta1) * g\n"
SQUARES = "v = beta2 * v + (1 - beta2) * g * g\n"
FROM_ZERO = ("State(t=0", "State(t=-1")
AHEAD = ("State(t=0", "State(t=1")
STAYS = ("State(t, ", "State(0, ")
BETAS = ("lr, (beta1, beta2), eps", "lr, (beta2, beta1), eps")


def of_the_first_mean(of: Reference) -> Iterator[Variant]:
    """Return those in m, the running mean of gradients."""
    yield variant(of, "adam.betas_swapped", BETAS, shows=LATER)
    yield variant(of, "adam.m_not_averaged", (MEAN, "m = beta1 * m + g\n"))
    yield variant(of, "adam.betas_reversed/m", (MEAN, "m = (1 - beta1) * m + beta1 * g\n"))


def of_the_mean_of_squares(of: Reference, shows: Shows = LATER) -> Iterator[Variant]:
    """Return those in v, the running mean of squared gradients; ``shows``: when v is used."""
    yield variant(of, "adam.v_of_m", (SQUARES, "v = beta2 * v + (1 - beta2) * m * m\n"), shows=shows)
    yield variant(of, "adam.v_without_square", (SQUARES, "v = beta2 * v + (1 - beta2) * g\n"), shows=shows)
    yield variant(of, "adam.v_without_square/size", (SQUARES, "v = beta2 * v + (1 - beta2) * np.abs(g)\n"), shows=shows)
    yield variant(of, "adam.v_not_averaged", (SQUARES, "v = beta2 * v + g * g\n"), shows=shows)
    reversed_v = (SQUARES, "v = (1 - beta2) * v + beta2 * g * g\n")
    yield variant(of, "adam.betas_reversed/v", reversed_v, shows=shows)
    yield variant(of, "adam.betas_reversed", (MEAN, "m = (1 - beta1) * m + beta1 * g\n"), reversed_v, shows=shows)
