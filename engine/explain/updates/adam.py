r"""Adam: from :math:`-\gamma\,g_t` by way of :math:`m_t` and :math:`\hat m_t` to
:math:`-\gamma\,\hat m_t/(\sqrt{\hat v_t} + \epsilon)`.
"""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

MOMENTUM = r"-\gamma\,\beta_1\,\left(m_{t-1} - g_t\right)"
CORRECTION = r"-\gamma\,\left(\hat m_t - m_t\right)"
SCALING = r"-\gamma\,\hat m_t\,\left(\frac{1}{\sqrt{\hat v_t} + \epsilon} - 1\right)"


def parts(change: Change) -> Iterator[Part]:
    yield change.gradient_step()
    if change.hyper.weight_decay:
        yield change.penalty_step()
    yield from moments(change, change.penalized())


def moments(change: Change, g: np.float64) -> Iterator[Part]:
    """From the step along ``g`` to that along the corrected mean, over the corrected root mean square."""
    lr, (beta1, beta2), eps, _, amsgrad, _ = change.hyper
    t, m, v = (change.state_after[symbol] for symbol in ("t", "m", "v_max" if amsgrad else "v"))
    m_before = change.state_before.get("m", np.float64(0))  # torch has no state before its first step
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    yield Part("momentum", MOMENTUM, -lr * beta1 * (m_before - g))
    yield Part("bias_correction", CORRECTION, -lr * (m_hat - m))
    yield Part("scaling", SCALING, -lr * m_hat * (1 / (np.sqrt(v_hat) + eps) - 1))
