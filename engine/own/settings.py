"""The hyperparameters that own code has: as arguments, keys of a config, attributes or constants inside."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .roles import USUAL, is_hyper, role_of
from .source import Literal


class Setting(NamedTuple):
    """Describe a hyperparameter under the code's own name.

    ``value`` is the code's default, or the usual one where it has none (``given`` is False then); ``settable``: it can
    be handed in; ``line`` is where a number stands that cannot.
    """

    name: str
    role: str
    value: Any
    given: bool
    settable: bool
    line: int | None = None


def of_signature(function: Callable[..., Any], kind: str, told: Mapping[str, str]) -> Iterator[Setting]:
    for name, parameter in signature_of(function).items():
        role = role_of(name, kind, told)
        if is_hyper(role) and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            default = parameter.default
            given = default is not parameter.empty and default is not None
            if given and not _is_setting(default):
                continue
            yield Setting(name, role, default if given else USUAL[role], given, True)


def _is_setting(value: Any) -> bool:
    """Whether it is a number, or several."""
    parts = value if isinstance(value, tuple | list) else (value,)
    return all(isinstance(part, int | float) for part in parts)


def of_keys(asked: Mapping[str, Any], nothing: object, kind: str, told: Mapping[str, str]) -> Iterator[Setting]:
    for name, default in asked.items():
        role = role_of(name, kind, told)
        if is_hyper(role):
            given = default is not nothing and default is not None and _is_setting(default)
            yield Setting(name, role, default if given else USUAL[role], given, True)


def of_constants(literals: Iterable[Literal], known: set[str], kind: str, told: Mapping[str, str]) -> Iterator[Setting]:
    """Yield the numbers that the code gives to names of its own, and to nothing that is a setting already."""
    for literal in literals:
        role = role_of(literal.name, kind, told) if literal.name else ""
        if is_hyper(role) and role not in known:
            known.add(role)
            yield Setting(literal.name, role, literal.value, True, False, literal.line)


def signature_of(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the parameters by name, ``self`` left out; none where they cannot be told."""
    try:
        parameters = dict(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return {}
    parameters.pop("self", None)
    return parameters
