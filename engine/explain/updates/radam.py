r"""RAdam: Adam's way to :math:`\hat m_t`, and from there, as soon as it scales, to
:math:`-\gamma\,\hat m_t\,\ell_t\,r_t`.
"""

from collections.abc import Iterator

import numpy as np

from .adam import corrected_mean, m_hat
from .change import Change, Part

SCALING = r"-\gamma\,\hat m_t\,\left(\ell_t\,r_t - 1\right)"


def parts(change: Change) -> Iterator[Part]:
    yield from change.first_steps()
    yield from corrected_mean(change, change.penalized())
    yield from _scaling(change)
    yield from change.decay_apart()


def _scaling(change: Change) -> Iterator[Part]:
    """Nothing before the mean of squares is long enough."""
    t, v, (_, beta2) = change.state_after["t"], change.state_after["v"], change.hyper.betas
    rho_inf = 2 / (1 - beta2) - 1
    rho = rho_inf - 2 * t * beta2**t / (1 - beta2**t)
    if rho > 5:
        r = np.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))
        ell = np.sqrt(1 - beta2**t) / (np.sqrt(v) + change.hyper.eps)
        yield Part("scaling", SCALING, -change.hyper.lr * m_hat(change) * (ell * r - 1))
