"""What may be otherwise in any normalization: where epsilon stands, what it divides by, a path that is left out."""

from collections.abc import Iterator

from .making import Pair, variant
from .variant import Reference, Variant

PATH = "dsigma_dx = x_hat / n"
GAMMA = "dL_dx_hat = dL_dz * w"
IN_ROOT = "sigma = np.sqrt(var + hyper.eps)\n    x_hat = {}"
OUTSIDE = "sigma = np.sqrt(var) + hyper.eps\n    x_hat = {}"


def of_the_paths(of: Reference, family: str) -> Iterator[Variant]:
    """Return those whose backward pass leaves something out."""
    yield variant(of, f"{family}.no_mean_path", (" + through_mean", ""))
    yield variant(of, f"{family}.no_var_path", (" + through_variance", ""))
    yield variant(of, f"{family}.gamma_missing", (GAMMA, "dL_dx_hat = dL_dz"))


def of_the_variance(of: Reference, family: str, axis: int, *beside: Pair) -> Iterator[Variant]:
    """Return those that divide the squares by one less; ``beside``: what goes with that in the forward pass."""
    squares = f"var = (c * c).mean(axis={axis}, keepdims=True)"
    by_less: Pair = squares, f"var = (c * c).sum(axis={axis}, keepdims=True) / (x.shape[{axis}] - 1)"
    yield variant(of, f"{family}.unbiased", by_less, (PATH, "dsigma_dx = x_hat / (n - 1)"), *beside)
    yield variant(of, f"{family}.unbiased_in_value", by_less, *beside)


def of_epsilon(of: Reference, family: str, *centered: str) -> Iterator[Variant]:
    """Return those that add epsilon to the root; ``centered``: what each pass divides by it."""
    moved = [(IN_ROOT.format(f"{one} / sigma"), OUTSIDE.format(f"{one} / sigma")) for one in centered]
    led_back = PATH, "dsigma_dx = x_hat * (sigma / (sigma - hyper.eps)) / n"
    yield variant(of, f"{family}.eps_outside_root", *moved, led_back)
    yield variant(of, f"{family}.eps_outside_root", *moved)
