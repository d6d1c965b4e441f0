r"""Rprop: from :math:`-\gamma\,g_t` to :math:`-\mathrm{sign}(g_t)\,\Delta_t`; to nowhere where the gradient turned
round.
"""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

SCALING = r"\gamma\,g_t - \mathrm{sign}\left(g_t\right)\,\Delta_t"
HELD = r"\gamma\,g_t"


def parts(change: Change) -> Iterator[Part]:
    yield change.gradient_step()
    g, Delta = change.state_after["g_prev"], change.state_after["Delta"]  # the gradient it went by, 0 where it turned
    step = np.sign(np.nan_to_num(g)) * Delta
    yield Part("scaling", SCALING if step else HELD, change.hyper.lr * change.g - step)
