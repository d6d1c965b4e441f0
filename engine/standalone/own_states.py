"""What own code's arguments that are carried on from step to step begin with, as a script writes it."""

from collections.abc import Callable
from typing import Any

from engine.own.optimizer_caller import OptimizerCaller
from engine.own.settings import signature_of
from engine.own.stand_ins import NOTHING, NeededDict

from .own_form import NoForm, dict_text, value_texts


class Seen:
    """See an optimizer's first steps: what it gave back, and which counts in a config it left alone.

    ``begun`` are the arguments that are carried on, of each weight or of all, as they began.
    """

    def __init__(self, caller: OptimizerCaller):
        self._caller, self.laid_out = caller, caller.laid_out()
        self.answers: list[Any] = []
        self.code = getattr(self.laid_out.functions[0], "__code__", None)
        self.left_alone: set[tuple[str, str]] = set()
        states = self.laid_out.states
        copied = [{name: dict(one) if isinstance(one, dict) else one for name, one in own.items()} for own in states]
        self.begun = copied
        self._zeros_like = "torch.zeros_like" if caller.convention.tensors else "np.zeros_like"
        caller.spied(self._spy)

    def _spy(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def spy(*args: Any, **named: Any) -> Any:
            before = self._counted()
            answer = function(*args, **named)
            self.answers.append(answer)
            self.left_alone = {place for place, count in self._counted().items() if before.get(place) == count}
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
        """Return what the first call gave."""
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

    def made(self, initial: str | None, loop: str = "", pair: str = "") -> str | None:
        """Return what all states begin as, of each of a ``loop``, or of all weights at once.

        ``initial`` is how the code's own function for that is called; ``pair`` gives a layer's weight and its bias.
        """
        if not self.names:
            return None
        self._pair = pair
        held = f"list{pair}" if pair else "weight" if loop else "weights"
        texts = self._texts(initial, held, each=bool(loop))
        one = next(iter(texts.values())) if len(texts) == 1 else dict_text({k: v for k, v in texts.items() if k})
        if len(texts) > 1 and "" in texts:
            one = f"{{**{texts['']}, {one[1:]}"
        return f"states = {{name: {one} {loop}}}" if loop else f"states = {one}"

    def _texts(self, initial: str | None, held: str, *, each: bool) -> dict[str, str]:
        """Return what the arguments begin as, by their names; several that one function makes have none together."""
        makes = initial is not None and self._caller.convention.state == "init"
        roles = {part.name: part.role for part in self.laid_out.parts}
        call = self._initial(initial, held) if initial is not None else ""
        texts: dict[str, str] = {}
        moments = [name for name in self.names if makes and roles[name] == "moment"]
        for name in self.names:
            if name in moments and len(moments) > 1:
                texts[""] = self._shared_out(moments, call)
            else:
                made = makes and roles[name] != "config"
                texts[name] = call if made else self._begun(name, self.begun[0][name], each=each)
        return texts

    def _initial(self, initial: str, held: str) -> str:
        """Return how the code's function is called that makes what a weight, or all, begin with."""
        made = self.laid_out.initial
        assert made is not None
        return f"{initial}({held})" if signature_of(made) else f"{initial}()"

    def _shared_out(self, names: list[str], call: str) -> str:
        """Return what several arguments begin with: each a value of its own, or all the same one."""
        begun = [self.begun[0][name] for name in names]
        quoted = repr(names).replace("'", '"')
        is_one = all(one is begun[0] for one in begun)
        return f"dict.fromkeys({quoted}, {call})" if is_one else f"dict(zip({quoted}, {call}))"

    def _begun(self, name: str, value: Any, *, each: bool) -> str:
        if isinstance(value, dict) and not value and not self.is_config(name):
            return "{}"
        if self.is_config(name):
            return dict_text(value_texts({**self._granted(), **value}))
        if value is None:
            return "None"
        if each:
            return self._zeros(value)
        if isinstance(value, list) and value:
            held = "weights" if self._caller.convention.tensors else "params.values()"
            return f"[{self._zeros(value[0])} for weight in {held}]"
        if isinstance(value, dict):
            key = "key" if set(value) <= set(self._caller.keys) else '"d" + key'
            return f"{{{key}: {self._zeros(next(iter(value.values())))} for key, weight in weights.items()}}"
        raise NoForm

    def _granted(self) -> dict[str, Any]:
        """Return what the code takes for granted in a config, with what that begins as."""
        return {key: self._caller.needed(key) for key, one in self._caller.asked.items() if one is NOTHING}

    def _zeros(self, value: Any) -> str:
        if isinstance(value, tuple):
            return f"({', '.join(map(self._zeros, value))})"
        if isinstance(value, list):  # of a weight and its bias
            return f"[{self._zeros(value[0])} for weight in {self._pair}]"
        return "{}" if isinstance(value, dict) else f"{self._zeros_like}(weight)"
