"""From the function or class that a person wrote to what is called at each step."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .optimizer_parts import CannotCall, Part, ask_about, parts_of, unknown_of
from .roles import is_hyper, plain, role_of
from .settings import of_signature, signature_of
from .subjects import STEPPING, Subject


class Made(NamedTuple):
    """Hold one way to make what is called.

    ``make`` makes it of the weights' container and the settings; ``parts`` are its arguments. ``initial`` makes its
    state to begin with; ``holds``: it was handed its parameters before.
    """

    make: Callable[..., Any]
    parts: list[Part]
    initial: Callable[..., Any] | None
    holds: bool


class Makers:
    """Yield all ways in which a subject makes something to call; ``failed`` words what it raises."""

    def __init__(
        self, subject: Subject, module: ModuleType | None, told: Mapping[str, str], guard: Callable[[], Any],
        failed: Callable[[BaseException], BaseException],
    ):  # fmt: skip
        self._subject, self._module, self._told, self._guard, self._failed = subject, module, told, guard, failed

    def __iter__(self) -> Iterator[Made]:
        """Functions that give what is to be called, its arguments, what its state begins as, and whether it was
        handed its parameters before.
        """
        thing = self._subject.forward
        if self._subject.form == "textbook":
            yield self._textbook(thing)
        elif isinstance(thing, type):
            yield from self._of_class(thing)
        else:
            parts = parts_of(thing, self._told)
            if any(part.role in ("grad", "dx_grad", "weight") for part in parts):
                yield Made(lambda *_: thing, parts, self._initial(), False)
            elif unknown := unknown_of(parts):
                raise ask_about(unknown, self._subject.name)
            else:
                yield from self._of_factory(thing)

    def _textbook(self, thing: Any) -> Made:
        names = thing if isinstance(thing, Mapping) else vars(thing)
        hyper_type = names.get("Hyper")

        def make(_: Any, settings: Mapping[str, Any]) -> Callable[..., Any]:
            of = hyper_type or SimpleNamespace  # made again at each step: the rate may have changed
            return lambda grad, state, weight: names["update"](grad, state, weight, of(**settings))

        return Made(make, parts_of(_textbooks, self._told), names["init"], False)

    def _of_class(self, thing: type) -> Iterator[Made]:
        made = parts_of(thing, self._told)
        required = [one for one in unknown_of(made) if not is_hyper(role_of(one, "optimizer", self._told))]
        if required:
            raise ask_about(required, self._subject.name)
        holds = any(part.role in ("weight", "x_weight") for part in made)
        for method in [name for name in STEPPING if callable(getattr(thing, name, None)) and self._is_own(thing, name)]:
            parts = parts_of(getattr(thing, method), self._told)
            yield Made(self._method_maker(thing, made, method), parts, None, holds)

    @staticmethod
    def _is_own(thing: type, name: str) -> bool:
        return any(name in vars(base) for base in thing.__mro__[:-1])

    def _method_maker(self, thing: type, made: list[Part], method: str) -> Callable[..., Any]:
        def make(held: Any, settings: Mapping[str, Any]) -> Callable[..., Any]:
            given = {part.name: settings[part.name] for part in made if part.name in settings}
            for part in made:
                if part.role in ("weight", "x_weight"):
                    given[part.name] = held
                elif part.role == "config":
                    given[part.name] = dict(settings)
                elif part.role in ("moment", "t") and part.parameter.default is part.parameter.empty:
                    given[part.name] = 0
            instance = thing(**given)
            function = getattr(instance, method)
            before, after = getattr(instance, "pre_update_params", None), getattr(instance, "post_update_params", None)
            return Bracketed(function, before, after) if before or after else function

        return make

    def _of_factory(self, thing: Callable[..., Any]) -> Iterator[Any]:
        """Yield what a function makes that makes functions: ``init, update`` as optax has them, or one that steps."""
        settings = {one.name: one.value for one in of_signature(thing, "optimizer", self._told) if not one.given}
        try:
            with self._guard():
                init, update = _init_and_update(thing(**settings))
        except BaseException as error:
            raise self._failed(error) from None
        parts = parts_of(update, self._told)

        def make(_: Any, settings: Mapping[str, Any]) -> Callable[..., Any]:
            return _init_and_update(thing(**settings))[1]

        yield Made(make, parts, init, False)

    def _initial(self) -> Callable[..., Any] | None:
        """Find the function beside it that makes a state to begin with."""
        if self._module is None:
            return None
        names = [name for name, value in vars(self._module).items() if callable(value) and "init" in plain(name)]
        own = [
            name for name in names if getattr(getattr(self._module, name), "__module__", "") == self._module.__name__
        ]
        stem = set(re.split(r"_+", plain(self._subject.name)))
        near = sorted(own, key=lambda name: -len(stem & set(re.split(r"_+", plain(name)))))
        return getattr(self._module, near[0]) if near else None


def _textbooks(grad: Array, state: Any, weight: Array) -> None:
    """Have the arguments of the textbook's update, but for its hyperparameters."""


class Bracketed:
    """Call a method with another before it and after, as ``pre_update_params`` and ``post_update_params``."""

    def __init__(self, function: Callable[..., Any], before: Any, after: Any):
        self.function, self.before, self.after = function, before or _nothing, after or _nothing
        self.__self__ = getattr(function, "__self__", None)

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.before()
        answer = self.function(*args, **named)
        self.after()
        return answer


def _nothing() -> None:
    """Do nothing."""


def _init_and_update(made: Any) -> tuple[Callable[..., Any] | None, Callable[..., Any]]:
    if isinstance(made, tuple) and len(made) == 2 and all(map(callable, made)):
        first, second = made
        is_swapped = "init" in getattr(second, "__name__", "") or len(signature_of(first)) > len(signature_of(second))
        return (second, first) if is_swapped else (first, second)
    for name in ("update", "step", "apply"):
        if callable(getattr(made, name, None)):
            return getattr(made, "init", None), getattr(made, name)
    if callable(made):
        return None, made
    raise CannotCall("what it returns is no optimizer")
