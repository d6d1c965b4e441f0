r"""Adagrad: from :math:`-\gamma\,g_t` to :math:`-\gamma_t\,g_t/(\sqrt{G_t} + \epsilon)`."""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

SCALING = r"-\gamma\,g_t\,\left(\frac{1}{\sqrt{G_t} + \epsilon} - 1\right)"
DECAYED = r"-g_t\,\left(\frac{\gamma_t}{\sqrt{G_t} + \epsilon} - \gamma\right)"


def parts(change: Change) -> Iterator[Part]:
    lr, lr_decay, eps = change.hyper.lr, change.hyper.lr_decay, change.hyper.eps
    t, G = change.state_after["t"], change.state_after["G"]
    slowed = (1 + (t - 1) * lr_decay) * (np.sqrt(G) + eps)
    yield from change.first_steps()
    yield Part("scaling", DECAYED if lr_decay else SCALING, -lr * change.penalized() * (1 / slowed - 1))
