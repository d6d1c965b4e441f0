"""Own code beside other own code: what each of the two calls the hyperparameters that both of them take."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.own.optimizers import Described
from engine.own.settings import Setting
from engine.verify.update_case import stands_for

AMBIGUOUS = ("alpha", "beta", "gamma", "decay", "rho")  # people mean different things by these


class Beside(NamedTuple):
    """Hold what both sides of a pair take: ``params``, and under which of their names each side has them.

    ``paths`` are the code's, ``other`` those of what is its reference; ``alone`` is what that has for itself.
    """

    params: dict[str, Any]
    paths: dict[str, str]
    other: dict[str, str]
    alone: list[Setting]


def beside(params: Mapping[str, Any], found: Described, other: Described) -> Beside:
    """Return what both take: what is given, by either's names, and the code's own numbers for all else that it has."""
    paths = dict(named(found.settings, params))
    for one in found.settings:
        paths.setdefault(one.name, one.name)
    completed = {paths[one.name]: one.value for one in found.settings if one.value is not None} | dict(params)
    theirs = dict(named(other.settings, params))
    roles = {one.role: paths[one.name] for one in reversed(found.settings) if one.role not in AMBIGUOUS}
    for one in other.settings:
        key = paths.get(one.name) or roles.get(one.role)
        if one.name not in theirs and key is not None:
            theirs[one.name] = key
    return Beside(completed, paths, theirs, [one for one in other.settings if one.name not in theirs])


def named(settings: list[Setting], params: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the settings that params are given for, by their own names or torch's, and the rate.

    ``alpha`` is that where nothing else is.
    """
    rate = "lr" if any(one.role == "lr" for one in settings) else "alpha"
    for one in settings:
        key = next((name for name in params if name == one.name or stands_for(one.role, name)), None)
        if key is not None:
            yield one.name, key
        elif one.role == rate:
            yield one.name, "lr"
