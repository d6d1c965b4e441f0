r"""NAdam: from :math:`-\gamma\,g_t` to the look ahead, :math:`\left(1 - \mu_t\right) g_t + \mu_{t+1} m_t`, by way of
its corrected :math:`\bar m_t` to :math:`-\gamma\,\bar m_t/(\sqrt{\hat v_t} + \epsilon)`.
"""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part

MOMENTUM = r"-\gamma\,\left(\mu_{t+1}\,m_t - \mu_t\,g_t\right)"
CORRECTION = r"-\gamma\,\left(\bar m_t - \left(1 - \mu_t\right) g_t - \mu_{t+1}\,m_t\right)"
SCALING = r"-\gamma\,\bar m_t\,\left(\frac{1}{\sqrt{\hat v_t} + \epsilon} - 1\right)"


def parts(change: Change) -> Iterator[Part]:
    yield from change.first_steps()
    yield from _look_ahead(change, change.penalized())
    yield from change.decay_apart()


def _look_ahead(change: Change, g: np.float64) -> Iterator[Part]:
    lr, (beta1, beta2), eps, psi = change.hyper.lr, change.hyper.betas, change.hyper.eps, change.hyper.momentum_decay
    t, m, v, mu_product = (change.state_after[symbol] for symbol in ("t", "m", "v", "mu_product"))
    mu, mu_next = (beta1 * (1 - 0.5 * 0.96 ** (step * psi)) for step in (t, t + 1))
    m_bar = (1 - mu) * g / (1 - mu_product) + mu_next * m / (1 - mu_product * mu_next)
    v_hat = v / (1 - beta2**t)
    yield Part("momentum", MOMENTUM, -lr * (mu_next * m - mu * g))
    yield Part("bias_correction", CORRECTION, -lr * (m_bar - (1 - mu) * g - mu_next * m))
    yield Part("scaling", SCALING, -lr * m_bar * (1 / (np.sqrt(v_hat) + eps) - 1))
