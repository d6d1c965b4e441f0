"""How the functions and methods of a layer of another kind are handed their arguments: by their names and roles."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .function_forms import VARIABLE
from .inside import Inside
from .kind_forms import INSIDE, RUNNING, SETTINGS, USUAL, WEIGHTS, KindProbe, OwnSetting
from .kind_forms import ROLES as ROLES_OF
from .kind_mode import MODES, as_mode, default_of
from .layer_orientation import Orientation
from .optimizer_parts import CannotCall
from .roles import role_of
from .settings import signature_of
from .source import Source
from .stand_ins import NOTHING, AskedDict
from .subjects import FORWARD, Subject, first_method


class KindCalls:
    """Hand arguments to a subject's functions. ``text`` is its lines."""

    def __init__(self, source: Source, subject: Subject, told: Mapping[str, str]):
        self._source, self._subject, self._told = source, subject, told
        self.text = "\n".join(source.lines[subject.first - 1 : subject.last])
        self.begin("norm", Orientation())

    def begin(self, called: str, orientation: Orientation, *, as_tuples: bool = False) -> None:
        """Call it that way from now on; ``as_tuples``: sizes come as ``(size,)``."""
        self._called, self._o, self._as_tuples = called, orientation, as_tuples
        self._asked: dict[str, Any] = {}  # of a config, with the code's own defaults

    def role(self, name: str) -> str:
        """Return what a name usually stands for in a layer of this kind."""
        role = role_of(name, "layer", self._told)
        return ROLES_OF[self._called].get(role, role)

    def takes(self, weight: str) -> bool:
        """Return whether the forward pass is handed that weight."""
        function = self._function
        functions = [function]
        if isinstance(function, type):
            functions.append(getattr(function, first_method(function, FORWARD)))
        return any(weight in map(self.role, _parameters(one)) for one in functions)

    @property
    def asked(self) -> Mapping[str, Any]:
        """Return what a config was asked for, with the code's own defaults."""
        return self._asked

    @property
    def _function(self) -> Callable[..., Any]:
        """Return what the forward pass's arguments are those of, or an object's class."""
        function = self._subject.forward
        return function.forward if self._subject.form == "autograd function" else function

    # --- what there is to hand over ---------------------------------------------------------------

    def values(self, probe: KindProbe) -> dict[str, Any]:
        """Return a forward pass's arguments by role, copied."""
        given = probe.inputs
        x = given["x"]
        found = {"x": self._o.made(x) if x.dtype.kind == "i" else self._o.x(x)}
        for name in (*WEIGHTS[probe.kind], *RUNNING):
            if name in given:
                found[name] = self._o.b(given[name]) if given[name].ndim == 1 else self._o.made(given[name])
        if INSIDE in given:
            found["inside"] = Inside(given[INSIDE], x)
        if "mask" in given and self.has_given_mask:
            found["mask"] = self._o.made(given["mask"])
        return found

    @property
    def has_given_mask(self) -> bool:
        """Return whether the forward pass, or its object's, asks for a mask; one of its own it makes itself."""
        function = self._function
        if isinstance(function, type):
            function = getattr(function, first_method(function, FORWARD))
        asked = (self.role(name) for name, one in _parameters(function).items() if one.default is one.empty)
        return "mask" in asked

    def in_order(self, function: Callable[..., Any], probe: KindProbe) -> list[Any]:
        """Return the arguments of an autograd function, which takes them by place alone."""
        roles = ("x", *WEIGHTS[probe.kind])
        values = {role: np.array(probe.inputs[role]) for role in roles if role in probe.inputs}
        return self.ordered(function, values, probe.settings)

    def ordered(
        self, function: Callable[..., Any], values: Mapping[str, Any], settings: Mapping[str, float]
    ) -> list[Any]:
        """Return such arguments, ``values`` by their roles."""
        given: list[Any] = []
        for name, parameter in _parameters(function).items():
            role = self.role(name)
            if name == "ctx":
                continue
            if role in values:
                given.append(values[role])
            elif parameter.default is parameter.empty:
                given.append(True if role in MODES else self._setting(name, role, settings))
            elif name in settings:
                given.append(settings[name])
        return given

    def arguments_of(
        self, function: Callable[..., Any], values: Mapping[str, Any], settings: Mapping[str, float],
        known: Mapping[str, Any], *, training: bool,
    ) -> dict[str, Any]:  # fmt: skip
        """Return what a function is handed by name. Raises CannotCall where something is not known."""
        given: dict[str, Any] = {}
        unknown: list[str] = []
        for name, parameter in _parameters(function).items():
            role = self.role(name)
            if name in settings:
                given[name] = settings[name]
            elif role in MODES:
                given[name] = as_mode(role, default_of(parameter), self.text, training=training)
            elif role in values:
                given[name] = values[role]
            elif name in known:
                given[name] = known[name]
            elif parameter.default is not parameter.empty:
                continue
            elif role in SETTINGS or role == "seed":
                given[name] = self._setting(name, role, settings)
            else:
                unknown.append(name)
        return given | self._of_the_rest(unknown, values, [self.role(name) for name in given])

    @staticmethod
    def _of_the_rest(unknown: list[str], values: Mapping[str, Any], handed: Sequence[str]) -> dict[str, Any]:
        """Return what names that say nothing are handed: on the way back what comes from behind, then the cache."""
        given: dict[str, Any] = {}
        for role in ("dout", "cache"):
            if unknown and role in values and role not in handed:
                given[unknown.pop(0)] = values[role]
        if unknown:
            raise CannotCall(f"it is not known what {', '.join(unknown)} stands for")
        return given

    def _setting(self, name: str, role: str, settings: Mapping[str, float]) -> Any:
        if name in settings:
            return settings[name]
        if role == "seed":
            return 0
        if role not in USUAL:
            raise CannotCall(f"it is not known what {name} stands for")
        return USUAL[role]

    def is_told(self, function: Callable[..., Any]) -> bool:
        """Return whether a function has an argument that says whether it is trained."""
        return any(self.role(name) in MODES for name in _parameters(function))

    # --- constructors -----------------------------------------------------------------------------

    def of_constructor(self, kind: type, probe: KindProbe) -> dict[str, Any]:
        """Return what makes an object of a class."""
        values, given = self.values(probe), dict[str, Any]()
        table = probe.inputs.get("weight", probe.inputs["x"])
        sizes = [*table.shape] if probe.kind == "embedding" else [probe.inputs["x"].shape[-1]] * 2
        sized = 0
        for name, parameter in signature_of(kind).items():
            role, is_required = self.role(name), parameter.default is parameter.empty
            if parameter.kind in VARIABLE:
                continue
            if name in probe.settings:
                given[name] = probe.settings[name]
            elif role in values and role != "x" and (is_required or role in RUNNING):
                given[name] = values[role]
            elif role == "lr" and is_required:
                given[name] = 1.0
            elif role in ("n_in", "n_out"):
                given[name] = self._size(sizes[1 if role == "n_out" or sized else 0])
                sized += 1
            elif is_required and (role in SETTINGS or role == "seed"):
                given[name] = self._setting(name, role, probe.settings)
            elif is_required and role not in MODES:
                given[name] = self._size(sizes[min(sized, 1)])
                sized += 1
        return given

    def _size(self, size: int) -> Any:
        return (size,) if self._as_tuples else size

    def is_lazy(self, thing: Any, called: str) -> bool:
        """Return whether an object has nothing yet of what it will keep."""
        empty = [name for name, value in vars(thing).items() if value is None]
        return called == "norm" and bool({*map(self.role, empty)} & {*RUNNING, "weight", "bias"})

    # --- configs ----------------------------------------------------------------------------------

    def config(self, probe: KindProbe) -> dict[str, Any]:
        """Return a config as the code asks for it: running averages, a mode, and numbers that it has no default for."""
        values = self.values(probe)

        def needed(key: str) -> Any:
            role = self.role(key)
            if role in MODES:
                return as_mode(role, None, self.text, training=True)
            return values[role] if role in RUNNING and role in values else self._setting(key, role, probe.settings)

        given = {name: probe.settings[name] for name in self._asked if name in probe.settings}
        given |= {name: values[role] for name in self._asked if (role := self.role(name)) in RUNNING and role in values}
        return AskedDict(given, needed, self._asked)

    def tell(self, config: dict[str, Any], *, training: bool) -> bool:
        """Tell a config whether it is of training; return whether the code asks it."""
        modes = [(name, role) for name in self._asked if (role := self.role(name)) in MODES]
        for name, role in modes:
            own = self._asked[name]
            like = own if isinstance(own, bool | int | str) else None
            config[name] = as_mode(role, like, self.text, training=training)
        return bool(modes)

    # --- what comes out, and what it is -----------------------------------------------------------

    def sorted_out(self, answer: Any) -> tuple[Any, Any, dict[str, Any]]:
        """Split what a forward pass gives into output, cache, and all of it by the names that the code has."""
        if not isinstance(answer, tuple):
            return answer, None, {}
        function = self._subject.forward
        names = _returned(
            getattr(function, first_method(function, FORWARD)) if isinstance(function, type) else function
        )
        known = dict(zip(names, answer, strict=False)) if len(names) == len(answer) else {}
        cache = next((value for name, value in known.items() if self.role(name) == "cache"), None)
        rest = answer[1:]
        return answer[0], rest[0] if len(rest) == 1 else rest if cache is None else cache, known

    def settings(self) -> list[OwnSetting]:
        """List the numbers that it can be handed, the constructor's or the function's first."""
        found: dict[str, OwnSetting] = {}
        function = self._function
        functions = [function]
        if isinstance(function, type):
            functions.append(getattr(function, first_method(function, FORWARD)))
        for name, parameter in (one for each in functions for one in _parameters(each).items()):
            default = default_of(parameter)
            self._note(found, name, default if parameter.default is not parameter.empty else NOTHING)
        for name, default in self._asked.items():
            self._note(found, name, default)
        return list(found.values())

    def _note(self, found: dict[str, OwnSetting], name: str, default: Any) -> None:
        role = self.role(name)
        is_given = isinstance(default, int | float) and not isinstance(default, bool)
        if role in SETTINGS and role not in found and (is_given or default is NOTHING):
            found[role] = OwnSetting(name, role, float(default) if is_given else USUAL[role], True, is_given)


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {name: one for name, one in signature_of(function).items() if one.kind not in VARIABLE}


def _returned(function: Callable[..., Any]) -> Sequence[str]:
    """Return the names of what a function returns last, where it returns names; none where it returns anything else."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return ()
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    tuples = [value for value in values if isinstance(value, ast.Tuple)]
    return [one.id if isinstance(one, ast.Name) else "" for one in tuples[-1].elts] if tuples else ()
