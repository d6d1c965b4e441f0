"""What own code's arguments that are carried on from step to step begin with, as a script writes it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.own.optimizer_caller import OptimizerCaller
from engine.own.settings import signature_of
from engine.own.stand_ins import NOTHING, NeededDict

from .own_form import NoForm, dict_text, value_texts


class Seen:
    """See an optimizer's first step: what it gave back, and which counts in a config it left alone.

    ``begun`` are the arguments that are carried on, of each weight or of all, as they began.
    """

    def __init__(self, caller: OptimizerCaller):
        self._caller, self.laid_out = caller, caller.laid_out()
        self.answers: list[Any] = []
        self.left_alone: set[tuple[str, str]] = set()
        states = self.laid_out.states
        copied = [{name: dict(one) if isinstance(one, dict) else one for name, one in own.items()} for own in states]
        self.begun = copied
        caller.spied(self._spy)

    def _spy(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def spy(*args: Any, **named: Any) -> Any:
            before = self._counted()
            answer = function(*args, **named)
            self.answers.append(answer)
            self.left_alone = {place for place, count in self._counted().items() if before.get(place, count) == count}
            return answer

        spy.__self__ = getattr(function, "__self__", None)  # type: ignore[attr-defined]
        spy.__name__ = getattr(function, "__name__", "")
        return spy

    def _counted(self) -> dict[tuple[str, str], Any]:
        """Return the steps' numbers in the first weight's configs, by the argument and the key."""
        own = self.laid_out.states[0]
        configs = {name: own[name] for name in own if self.is_config(name)}
        return {(name, key): one[key] for name, one in configs.items() for key in self.laid_out.counted if key in one}

    @property
    def answer(self) -> Any:
        if not self.answers:
            raise NoForm("a step that is bracketed")
        return self.answers[0]

    @property
    def names(self) -> list[str]:
        """Return the arguments that are carried on."""
        return list(self.begun[0])

    def state(self, name: str, *, each: bool) -> str:
        """Return where an argument is kept: of ``each`` weight, or of all at once."""
        states = "states[name]" if each else "states"
        return states if len(self.names) == 1 else f'{states}["{name}"]'

    def is_config(self, name: str) -> bool:
        return isinstance(self.laid_out.states[0][name], NeededDict)

    def made(self, initial: str | None, *, each: bool) -> str | None:
        """Return what all states begin as; ``initial`` is how the code's own function for that is called."""
        if not self.names:
            return None
        loop = "for name, weight in params.items()"
        configs = [part.name for part in self.laid_out.parts if part.role == "config" and part.name in self.names]
        if self._caller.convention.state == "init" and initial is not None and self.names != configs:
            return self._initial(initial, loop, each=each)
        begun = {name: self._begun(name, value, each=each) for name, value in self.begun[0].items()}
        one = next(iter(begun.values())) if len(begun) == 1 else dict_text(begun)
        return f"states = {{name: {one} {loop}}}" if each else f"states = {one}"

    def _initial(self, initial: str, loop: str, *, each: bool) -> str:
        if not each:
            raise NoForm("a state of all weights that a function makes")
        assert self.laid_out.initial is not None
        call = f"{initial}(weight)" if signature_of(self.laid_out.initial) else f"{initial}()"
        if len(self.names) > 1:
            call = f"dict(zip({self.names!r}, {call}))".replace("'", '"')
        return f"states = {{name: {call} {loop}}}"

    def _begun(self, name: str, value: Any, *, each: bool) -> str:
        if isinstance(value, dict) and not value and not self.is_config(name):
            return "{}"
        if self.is_config(name):
            return dict_text(value_texts({**self._granted(), **value}))
        if value is None:
            return "None"
        if each:
            return _zeros(value)
        if isinstance(value, list) and value:
            return f"[{_zeros(value[0])} for weight in params.values()]"
        if isinstance(value, dict) and all(isinstance(one, np.ndarray) for one in value.values()):
            key = "key" if set(value) <= set(self._caller.keys) else '"d" + key'
            return f"{{{key}: np.zeros_like(weight) for key, weight in weights.items()}}"
        raise NoForm("a state of another kind")

    def _granted(self) -> dict[str, Any]:
        """Return what the code takes for granted in a config, with what that begins as."""
        return {key: self._caller.needed(key) for key, one in self._caller.asked.items() if one is NOTHING}


def _zeros(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return "np.zeros_like(weight)"
    if isinstance(value, tuple) and all(isinstance(one, np.ndarray) for one in value):
        return "(" + ", ".join("np.zeros_like(weight)" for _ in value) + ")"
    if isinstance(value, dict) and not value:
        return "{}"
    raise NoForm("a state of another kind")
