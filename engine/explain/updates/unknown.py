"""An optimizer of which no more is known than that it goes by the gradient."""

from collections.abc import Iterator

from .change import Change, Part


def parts(change: Change) -> Iterator[Part]:
    """Yield the bare gradient step, and all that was made of it in one."""
    step = change.gradient_step()
    yield step
    sign = "-" if change.uphill else "+"
    formula = rf"\Delta w {sign} \gamma\,\frac{{\partial L}}{{\partial w}}"
    yield Part("else", formula, change.delta - step.value)
