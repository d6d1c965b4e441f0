r"""Muon: from :math:`-\gamma\,g_t` by way of the running mean :math:`\tilde B_t` to :math:`-\gamma\,r\,O_t`.

An element of :math:`O_t` depends on all of the matrix: what orthogonality makes of the step is what is left.
"""

from collections.abc import Iterator

from .change import Change, Part

MOMENTUM = r"-\gamma\,\left(B_t - g_t\right)"
NESTEROV = r"-\gamma\,\mu\,\left(B_t - g_t\right)"
ORTHOGONAL = r"-\gamma\,\left(r\,O_t - \tilde{B}_t\right)"


def parts(change: Change) -> Iterator[Part]:
    lr, _, mu, nesterov, *_ = change.hyper
    ahead = change.state_after["B"] - change.g
    gradient, decay = change.gradient_step(), change.penalty_step()
    momentum = Part("momentum", NESTEROV, -lr * mu * ahead) if nesterov else Part("momentum", MOMENTUM, -lr * ahead)
    yield gradient
    yield momentum
    yield Part("orthogonality", ORTHOGONAL, change.delta - gradient.value - momentum.value - decay.value)
    if change.hyper.weight_decay:
        yield decay._replace(kind="decoupled_decay")
