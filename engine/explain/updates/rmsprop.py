r"""RMSprop: from :math:`-\gamma\,g_t` to :math:`-\gamma\,g_t/(\sqrt{v_t} + \epsilon)`, and what is left of
earlier steps.
"""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

SCALING = r"-\gamma\,g_t\,\left(\frac{1}{\sqrt{v_t} + \epsilon} - 1\right)"
CENTERED = r"-\gamma\,g_t\,\left(\frac{1}{\sqrt{v_t - {\bar g_t}^2} + \epsilon} - 1\right)"
MOMENTUM = r"-\gamma\,\mu\,b_{t-1}"


def parts(change: Change) -> Iterator[Part]:
    lr, eps, momentum, centered = change.hyper.lr, change.hyper.eps, change.hyper.momentum, change.hyper.centered
    variance = change.state_after["v"]
    if centered:
        variance = variance - np.nan_to_num(change.state_after["g_bar"] ** 2)
    yield from change.first_steps()
    scaling = -lr * change.penalized() * (1 / (np.sqrt(variance) + eps) - 1)
    yield Part("scaling", CENTERED if centered else SCALING, scaling)
    if momentum:
        yield Part("momentum", MOMENTUM, -lr * momentum * change.state_before.get("b", np.float64(0)))
