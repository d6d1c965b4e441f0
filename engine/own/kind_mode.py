"""How a layer is told whether it is trained or evaluated: an argument, a key of its config, an attribute, a method."""

import inspect
import re
from collections.abc import Mapping
from typing import Any

EVALUATED = ("test", "eval", "inference", "infer", "predict", "validation", "valid", "val", "evaluation", "testing")
TRAINED = ("train", "training")
MODES = ("mode", "testing")
METHODS = {True: ("train",), False: ("eval", "evaluate")}


def as_mode(role: str, like: Any, text: str, *, training: bool) -> Any:
    """Return the value of a mode: a word of the code's where it goes by words, else True or False.

    ``like`` is the value that the code has for it itself, nothing where it has none.
    """
    if role == "testing":
        return not training
    words = TRAINED if training else EVALUATED
    quoted = set(re.findall(r"""['"](\w+)['"]""", text))
    if isinstance(like, str) or (not isinstance(like, bool | int) and quoted & {*TRAINED}):
        return next((word for word in words if word in quoted), words[0])
    return int(training) if isinstance(like, int) and not isinstance(like, bool) else training


def default_of(parameter: inspect.Parameter) -> Any:
    return None if parameter.default is parameter.empty else parameter.default


def modes_of(values: Mapping[str, Any], roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return which of an object's attributes say whether it is trained, with their roles."""
    found = [(name, roles[name]) for name, value in values.items() if isinstance(value, bool | str | int)]
    return [(name, role) for name, role in found if role in MODES]


def set_mode(thing: Any, attributes: list[tuple[str, str]], text: str, *, training: bool) -> bool:
    """Tell an object whether it is trained; return whether it has ears for that."""
    kind = type(thing)
    methods = [name for name in METHODS[training] if callable(getattr(kind, name, None))]
    if methods and any(callable(getattr(kind, name, None)) for name in METHODS[not training]):
        getattr(thing, methods[0])()
        return True
    for name, role in attributes:
        setattr(thing, name, as_mode(role, getattr(thing, name), text, training=training))
    return bool(attributes)
