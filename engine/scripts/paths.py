"""Where a value stands: ``logits``, ``logits.grad``, ``layer.weight``, ``grads['W1']``."""

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

MISSING = object()


class BadPathError(ValueError):
    """Report a text that names no place of a value."""


class Path(NamedTuple):
    """Locate a value from a variable on: ``steps`` are attributes (text) and keys (in a tuple of one)."""

    text: str
    root: str
    steps: tuple[Any, ...] = ()

    def value(self, variables: Mapping[str, Any]) -> Any:
        """Return the value there, or MISSING."""
        value = variables.get(self.root, MISSING)
        for step in self.steps:
            if value is MISSING:
                return MISSING
            try:
                value = value[step[0]] if isinstance(step, tuple) else getattr(value, step)
            except Exception:
                return MISSING
        return value

    @property
    def of_gradient(self) -> "Path | None":
        """Return the path of the tensor whose gradient this is, if it is one."""
        if self.steps and self.steps[-1] == "grad":
            return Path(self.text.removesuffix(".grad"), self.root, self.steps[:-1])
        return None


def parse(text: str) -> Path:
    """Read a path. Raises BadPathError."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        raise BadPathError(text) from None
    steps: list[Any] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            steps.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            steps.append((node.slice.value,))
            node = node.value
        else:
            raise BadPathError(text)
    return Path(text.strip(), node.id, tuple(reversed(steps)))
