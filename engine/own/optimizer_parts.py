"""The parts of an optimizer: which argument is which, and the conventions by which it may be called."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .roles import PLURAL, plain, role_of
from .settings import signature_of
from .unusable import ARGUMENTS, Unusable

KEYS = tuple(f"{letter}{number}" for number in range(1, 257) for letter in "Wb")  # of a dict of parameters, in order
LAYERS = (("weights", "biases", "d{}"), ("W", "b", "d{}"), ("W", "b", "grad_{}"), ("weights", "biases", "grad_{}"))
WEIGHTS = ("weight", "x_weight")
GRADIENTS = ("grad", "dx_grad")
SECOND = ("second_weight", "second_grad")  # of a function that moves a weight and its bias
STATES = ("state", "cache_state", "config")
OF_ROLE = {"second_weight": ["two"], "layer": ["layer"], "pairs": ["pairs", "reversed_pairs"]}
VARIABLE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Convention(NamedTuple):
    """Name a way to hand an optimizer its weights, gradients and state.

    ``container``: what weights and gradients come in; ``state``: what a state begins as; ``tensors``: torch's;
    ``layer``: which of ``LAYERS``; ``separate``: an object of its own serves each parameter.
    """

    container: str = "array"
    state: str = "dict"
    tensors: bool = False
    layer: int = 0
    separate: bool = False


class Part(NamedTuple):
    """Describe an argument: its name, its role (empty where not known), and its place in the signature."""

    name: str
    role: str
    parameter: inspect.Parameter


class CannotCall(Exception):  # noqa: N818  # tried and put aside
    """Report that a convention does not fit: an answer of another shape, or none."""


def rate_names(names: Iterable[str], told: Mapping[str, str]) -> list[str]:
    """Return those of the names that are learning rates; ``alpha`` is one only where nothing else is."""
    roles = {name: role_of(name, "optimizer", told) for name in names if isinstance(name, str)}
    rates = [name for name, role in roles.items() if role == "lr"]
    return rates or [name for name, role in roles.items() if role == "alpha"]


def set_rate(holder: Any, rate: float, told: Mapping[str, str]) -> bool:
    """Set the learning rate that an object keeps; return whether it keeps one."""
    groups = getattr(holder, "param_groups", [])
    for group in groups:
        group["lr"] = rate
    kept = getattr(holder, "__dict__", {})
    numbers = [name for name, value in kept.items() if isinstance(value, int | float) and not isinstance(value, bool)]
    names = rate_names(numbers, told)
    for name in names:
        setattr(holder, name, rate)
    return bool(groups or names)


def as_array(value: Any) -> Array:
    """Return what own code hands out as NumPy has it, of torch's a copy. Raises CannotCall where it is no array."""
    if type(value) is np.ndarray and value.dtype.kind == "f":  # as most are
        return value
    detach = getattr(value, "detach", None)
    if detach is not None:
        value = detach().cpu().numpy()
    try:
        array = np.asarray(value)
        array = array.astype(np.float64) if array.dtype == object else array
    except Exception:
        raise CannotCall("no array comes out") from None
    if array.dtype.kind == "c":
        raise CannotCall("complex numbers come out")
    return array


def parts_of(function: Callable[..., Any], told: Mapping[str, str]) -> list[Part]:
    """Return a function's arguments with their roles. A plain ``m`` or ``v`` is a moment, beside a state ``s`` too."""
    signature = signature_of(function)
    roles = {name: role_of(name, "optimizer", told) for name in signature}
    if "grad" not in roles.values() and "dx_grad" in roles.values():
        roles = {name: "grad" if role == "dx_grad" else role for name, role in roles.items()}
    if "weight" in roles.values():
        roles = {name: "moment" if role == "x_weight" else role for name, role in roles.items()}
    moments = [name for name, role in roles.items() if role == "moment"]
    caches = [name for name, role in roles.items() if role == "cache_state"]
    if moments and caches:
        roles.update(dict.fromkeys(caches, "moment"))
    if roles.get("k") == "t" and "t" in signature:
        roles["k"] = "moment"
    lower = {name.lower(): name for name in signature}
    if {"b", "db"} <= set(lower) and {"weight", "grad"} <= set(roles.values()):
        roles |= {lower["b"]: "second_weight", lower["db"]: "second_grad"}
    unknown = [name for name, role in roles.items() if not role and signature[name].default is inspect.Parameter.empty]
    for one, others in (("weight", GRADIENTS), ("grad", WEIGHTS)):
        if len(unknown) == 1 and one not in roles.values() and any(role in roles.values() for role in others):
            roles[unknown[0]] = one  # there is nothing else that it may be
            break
    if any(role in roles.values() for role in GRADIENTS):
        for name in returned_names(function) & {name for name, role in roles.items() if not role}:
            roles[name] = "moment"
    return [Part(name, roles[name], parameter) for name, parameter in signature.items()]


def returned_names(function: Callable[..., Any]) -> set[str]:
    """Return the names that a function returns, alone or among others: an argument among them is carried on."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return set()
    returns = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    return {part.id for value in returns for part in ast.walk(value) if isinstance(part, ast.Name)}


def unknown_of(parts: Sequence[Part]) -> list[str]:
    """Return the arguments that must be given and of which it is not known what they are."""
    return [
        part.name
        for part in parts
        if not part.role and part.parameter.default is part.parameter.empty and part.parameter.kind not in VARIABLE
    ]


def ask_about(names: Sequence[str], about: str, kind: str = "optimizer") -> Unusable:
    """Make the error that asks the user for the roles of these arguments."""
    words = ", ".join(names)
    example = f"--arg {names[0]}=weight"
    return Unusable(
        f"it is not known what {words} of {about} stands for: tell it with {example}, grad, lr …",
        code=ARGUMENTS,
        fields={"arguments": list(names), "about": about, "kind": kind},
    )


def conventions(parts: Sequence[Part], has_initial: bool, with_tensors: bool, held: bool) -> Iterator[Convention]:
    """Yield the conventions to try, the likeliest first. ``held``: an object has its parameters since it was made."""
    containers = _containers({part.role: part.name for part in parts}, with_tensors, held)
    for layer in range(len(LAYERS) if containers == ["layer"] else 1):
        for container in containers:
            for state in _states({part.role for part in parts}, has_initial):
                for as_tensors in (True, False) if with_tensors else (False,):
                    yield Convention(container, state, as_tensors, layer)


def _containers(by_role: Mapping[str, str], with_tensors: bool, held: bool) -> list[str]:
    for role, containers in OF_ROLE.items():
        if role in by_role:
            return containers
    if not any(role in by_role for role in GRADIENTS):
        return ["parameters", "objects"] if with_tensors else ["objects", "list"]
    if held and not any(role in by_role for role in WEIGHTS):
        return ["list", "dict", "d_dict", "array"]
    plural = any(plain(by_role[role]) in PLURAL for role in (*WEIGHTS, *GRADIENTS) if role in by_role)
    return ["dict", "d_dict", "list", "array"] if plural else ["array", "list", "dict", "d_dict"]


def _states(roles: set[str], has_initial: bool) -> list[str]:
    initial = ["init"] * has_initial
    if roles & {"state", "cache_state"}:
        return [*initial, "dict", "none", "zeros", "pair", "dicts"]
    return [*initial, "dict", "d_zeros"] if "moment" in roles else ["dict"]
