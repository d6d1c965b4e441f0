"""What several kinds of own code have in common in a script: what cannot be written, and how arguments are.

Code may be handed torch's tensors: then what it is given is put into one, and what it gives is taken out again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from .literals import value_text


class NoForm(Exception):  # noqa: N818  # told as a fault
    """Report a form of own code that no script calls."""


def settings_text(settings: Mapping[str, Any], rates: Collection[str] = (), rate: str = "") -> str:
    """Return settings as keyword arguments, ``rate`` in the place of those that are named in ``rates``."""
    return ", ".join(f"{name}={rate if name in rates else value_text(value)}" for name, value in settings.items())


def dict_text(texts: Mapping[str, str]) -> str:
    """Return a dict whose values are code."""
    return "{" + ", ".join(f'"{key}": {text}' for key, text in texts.items()) + "}"


def value_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: value_text(value) for key, value in values.items()}


def tensor_text(text: str, *, tensors: bool) -> str:
    """Return what hands an array over, of which a tensor is a copy."""
    return f"torch.tensor({text})" if tensors else text


def as_array_text(value: Any) -> str:
    """Return what stands behind a value like this to have it as an array of NumPy's: nothing where it is one."""
    if not hasattr(value, "detach"):
        return ""
    return ".detach().numpy()" if value.requires_grad else ".numpy()"


def indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
