r"""Adamax: Adam's way to :math:`\hat m_t`, and from there to :math:`-\gamma\,\hat m_t/u_t`."""

from collections.abc import Iterator

from .adam import corrected_mean, m_hat
from .change import Change, Part

SCALING = r"-\gamma\,\hat m_t\,\left(\frac{1}{u_t} - 1\right)"


def parts(change: Change) -> Iterator[Part]:
    yield from change.first_steps()
    yield from corrected_mean(change, change.penalized())
    yield Part("scaling", SCALING, -change.hyper.lr * m_hat(change) * (1 / change.state_after["u"] - 1))
