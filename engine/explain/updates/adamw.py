r"""AdamW: Adam's step, and apart from it :math:`-\gamma\,\lambda\,w_{t-1}`."""

from collections.abc import Iterator

from . import adam
from .change import Change, Part


def parts(change: Change) -> Iterator[Part]:
    yield change.gradient_step()
    yield from adam.moments(change, change.g)
    if change.hyper.weight_decay:
        yield change.penalty_step()._replace(kind="decoupled_decay")
