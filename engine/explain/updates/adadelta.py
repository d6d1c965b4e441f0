r"""Adadelta: from :math:`-\gamma\,g_t` to :math:`-\gamma\,\Delta w_t`."""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

SCALING = r"-\gamma\,g_t\,\left(\frac{\sqrt{u_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} - 1\right)"


def parts(change: Change) -> Iterator[Part]:
    u = change.state_before.get("u", np.float64(0))  # torch has no state before its first step
    v, eps = change.state_after["v"], change.hyper.eps
    ratio = np.sqrt(u + eps) / np.sqrt(v + eps)
    yield from change.first_steps()
    yield Part("scaling", SCALING, -change.hyper.lr * change.penalized() * (ratio - 1))
