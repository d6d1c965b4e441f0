"""Root mean square normalization, as others write it."""

from collections.abc import Iterator

from engine.diy.layers import rms_norm

from .layer_rule import layer_rule
from .making import Pair, variant
from .norms import GAMMA
from .source import Source
from .variant import Reference, Variant

ROOT, PATH = "rho = np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)", "drho_dx = x_hat / n"
SUM = "dL_dx = direct + through_square"
CENTERED: Pair = ROOT, f"x = x - x.mean(axis=-1, keepdims=True)\n    {ROOT}"


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(rms_norm.forward, rms_norm.backward), layer_rule)
    return made, [*_of_the_mean(made), *_of_the_root(made)]


def _of_the_mean(of: Reference) -> Iterator[Variant]:
    led_back: Pair = SUM, f"{SUM}\n    dL_dx = dL_dx - dL_dx.mean(axis=-1, keepdims=True)"
    yield variant(of, "rms_norm.mean_subtracted", CENTERED, led_back)
    yield variant(of, "rms_norm.mean_subtracted", CENTERED)


def _of_the_root(of: Reference) -> Iterator[Variant]:
    outside: Pair = ROOT, "rho = np.sqrt((x * x).mean(axis=-1, keepdims=True)) + eps"
    led_back: Pair = PATH, "drho_dx = x_hat * (rho / (rho - (hyper.eps or np.finfo(rho.dtype).eps))) / n"
    yield variant(of, "rms_norm.eps_outside_root", outside, led_back)
    yield variant(of, "rms_norm.eps_outside_root", outside)
    summed: Pair = "(x * x).mean(axis=-1, keepdims=True)", "(x * x).sum(axis=-1, keepdims=True)"
    yield variant(of, "rms_norm.sum_for_mean", summed)
    yield variant(of, "rms_norm.no_root_path", (SUM, "dL_dx = direct"))
    yield variant(of, "rms_norm.gamma_missing", (GAMMA, "dL_dx_hat = dL_dz"))
