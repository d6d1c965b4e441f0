r"""SGD: :math:`\Delta w = -\gamma\,\mathrm{step}`, the gradient with what is left of earlier ones."""

from collections.abc import Iterator

import numpy as np

from .change import Change, Part


def parts(change: Change) -> Iterator[Part]:
    yield change.gradient_step()
    if change.hyper.weight_decay:
        yield change.penalty_step()
    if change.hyper.momentum:
        formula, velocity = _momentum(change)
        yield Part("momentum", rf"-\gamma\,{formula}", -change.hyper.lr * velocity)


def _momentum(change: Change) -> tuple[str, np.float64]:
    """Return what momentum adds to the gradient :math:`g_t`; nothing yet where the buffer begins with it."""
    _, momentum, dampening, _, nesterov, _ = change.hyper
    if nesterov:
        return r"\mu\,b_t", momentum * change.state_after["b"]
    if "b" not in change.state_before:
        return r"\left(b_t - g_t\right)", np.float64(0)
    kept = momentum * change.state_before["b"]
    if not dampening:
        return r"\mu\,b_{t-1}", kept
    return r"\left(\mu\,b_{t-1} - \tau\,g_t\right)", kept - dampening * change.penalized()
