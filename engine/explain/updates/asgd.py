r"""ASGD: from :math:`-\gamma\,g_t` to :math:`-\eta_t\,g_t`, and apart from it
:math:`-\lambda_\eta\,\eta_t\,w_{t-1}`.
"""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

SCALING = r"-\left(\eta_t - \gamma\right)\,g_t"
DECAY = r"-\lambda_{\eta}\,\eta_t\,w_{t-1}"


def parts(change: Change) -> Iterator[Part]:
    lr, lambd = change.hyper.lr, change.hyper.lambd
    eta = change.state_before.get("eta", np.float64(np.float32(lr)))  # there is none before the first step
    yield from change.first_steps()
    yield Part("scaling", SCALING, -(eta - lr) * change.penalized())
    if lambd:
        yield Part("decoupled_decay", DECAY, -lambd * eta * change.before)
