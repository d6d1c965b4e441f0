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
    yield from change.first_steps()
    yield from moments(change, change.penalized())
    yield from change.decay_apart()


def moments(change: Change, g: np.float64) -> Iterator[Part]:
    """Yield what turns the step along ``g`` into that along the corrected mean, over the corrected root mean square."""
    lr, (_, beta2), eps = change.hyper.lr, change.hyper.betas, change.hyper.eps
    t, v = change.state_after["t"], change.state_after["v_max" if change.hyper.amsgrad else "v"]
    sqrt_v_hat = np.sqrt(v) / np.sqrt(1 - beta2**t)
    yield from corrected_mean(change, g)
    yield Part("scaling", SCALING, -lr * m_hat(change) * (1 / (sqrt_v_hat + eps) - 1))


def corrected_mean(change: Change, g: np.float64) -> Iterator[Part]:
    """Yield what turns the step along ``g`` into that along the corrected mean."""
    lr, (beta1, _) = change.hyper.lr, change.hyper.betas
    m_before = change.state_before.get("m", np.float64(0))  # torch has no state before its first step
    yield Part("momentum", MOMENTUM, -lr * beta1 * (m_before - g))
    yield Part("bias_correction", CORRECTION, -lr * (m_hat(change) - change.state_after["m"]))


def m_hat(change: Change) -> np.float64:
    return change.state_after["m"] / (1 - change.hyper.betas[0] ** change.state_after["t"])
