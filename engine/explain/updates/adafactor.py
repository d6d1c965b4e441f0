r"""Adafactor: from :math:`-\gamma\,g_t` to :math:`-\alpha_t\,\hat U_t`, the gradient over its usual size in its row
and column, times a share of the weights' own size.

Both sizes are of the whole weight, of which one element knows nothing: what they make of the step is what is left.
"""

from collections.abc import Iterator

from .change import Change, Part

SCALING = r"-\left(\alpha_t\,\hat{U}_t - \gamma\,g_t\right)"


def parts(change: Change) -> Iterator[Part]:
    gradient = change.gradient_step()
    decay = change.penalty_step()
    yield gradient
    yield Part("scaling", SCALING, change.delta - gradient.value - decay.value)
    if change.hyper.weight_decay:
        yield decay._replace(kind="decoupled_decay")
