"""How a person's own optimizer is made and called in a NumPy script, whatever it is handed its weights in."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from engine.lane.own_lane import OwnLane
from engine.own.call_plan import Kind, Slot
from engine.own.live_optimizer import LiveOptimizer
from engine.own.optimizer_parts import rate_names
from engine.own.settings import signature_of

from .literals import value_text
from .own_files import OwnFiles
from .own_form import dict_text, settings_text, tensor_text, value_texts
from .own_states import Seen

RATE = "rate"  # what the step's learning rate is called, where it is another from step to step
PAIR = (Kind.FIRST_WEIGHT, Kind.SECOND_WEIGHT, Kind.FIRST_GRADIENT, Kind.SECOND_GRADIENT)  # of a weight and its bias
MADE_METHODS = ("update", "step", "apply")  # of what a function makes
BRACKETS = ("pre_update_params", "post_update_params")


class OwnMoves(NamedTuple):
    """Hold how own code moves the weights: what is made before the first step, and what a step does."""

    made: list[str]
    step: list[str]
    imports: frozenset[str] = frozenset()


class Asking(NamedTuple):
    """Say how own code is to be called.

    ``is_careful``: what comes out is put into the run's precision; ``moves``: the rate is another from step to step.
    """

    files: OwnFiles
    dtype: str
    is_careful: bool
    moves: bool


class Moves:
    """Write one form. ``seen`` has seen the first step."""

    def __init__(self, lane: OwnLane, live: LiveOptimizer, weights: Sequence[str], seen: Seen, asking: Asking):
        self._live, self._caller, self._seen, self._asking = live, live.whole, seen, asking
        self._source, self._subject, self._settings = lane.opened.source, lane.opened.subject, lane.settings
        self._weights, self._convention = list(weights), live.whole.convention
        self._is_class = isinstance(self._subject.forward, type)
        self._for_each = self._caller.turns is not None
        self._rates = rate_names([part.name for part in seen.laid_out.parts], {})
        self._tensors = self._convention.tensors

    @property
    def _is_factory(self) -> bool:
        """Tell whether it is a function that makes the function that is called."""
        parts = {part.name for part in self._seen.laid_out.parts}
        return not self._is_class and not parts <= set(signature_of(self._subject.forward))

    def _called(self, name: str) -> str:
        return self._asking.files.called(self._source, name, for_each=self._for_each)

    @property
    def _initial(self) -> str | None:
        initial = self._seen.laid_out.initial
        if self._is_factory:
            return "init" if isinstance(self._factory_made, tuple) else "optimizer.init"
        return None if initial is None else self._called(initial.__name__)

    # --- functions that a function makes ---------------------------------------------------------

    @cached_property
    def _factory_made(self) -> Any:
        return self._subject.forward(**self._settings)

    def _factory(self) -> str:
        """Return the line that makes them."""
        call, made = f"{self._called(self._subject.name)}({settings_text(self._settings)})", self._factory_made
        if isinstance(made, tuple):
            is_swapped = made[0].__code__ is self._seen.code
            return f"{'update, init' if is_swapped else 'init, update'} = {call}"
        return f"{'update' if self._factory_method is None else 'optimizer'} = {call}"

    @property
    def _factory_method(self) -> str | None:
        """Return the method of what is made that is called; None where it is a function."""
        return next((name for name in MADE_METHODS if callable(getattr(self._factory_made, name, None))), None)

    # --- objects ---------------------------------------------------------------------------------

    def _constructed(self, held: str) -> str:
        """Return how an object is made; ``held``: the weights that it may be handed."""
        given: list[str] = []
        for name, parameter in signature_of(self._subject.forward).items():
            role = self._caller.role_of(name)
            if role in ("weight", "x_weight"):
                given.append(f"{name}={held}")
            elif role == "config":
                given.append(f"{name}={dict_text(value_texts(self._settings))}")
            elif role in ("moment", "t") and parameter.default is parameter.empty:
                given.append(f"{name}=0")
            elif name in self._settings:
                given.append(f"{name}={value_text(self._settings[name])}")
        return f"{self._called(self._subject.name)}({', '.join(given)})"

    @property
    def _function(self) -> str:
        if self._is_factory:
            is_function = isinstance(self._factory_made, tuple) or self._factory_method is None
            return "update" if is_function else f"optimizer.{self._factory_method}"
        if not self._is_class:
            return self._called(self._subject.name)
        is_several = self._convention.separate or self._convention.container == "two"
        return f"{'optimizers[name]' if is_several else 'optimizer'}.{self._caller.method}"

    def _holder_rates(self, holder: str) -> Iterator[str]:
        """Yield what gives an object the step's rate."""
        if not (self._is_class and self._asking.moves):
            return
        kept = vars(self._caller.holder)
        if kept.get("param_groups"):
            yield f"for group in {holder}.param_groups:"
            yield f'    group["lr"] = {RATE}'
        numbers = [name for name, one in kept.items() if isinstance(one, int | float) and not isinstance(one, bool)]
        yield from (f"{holder}.{name} = {RATE}" for name in rate_names(numbers, {}))

    def _config_rates(self, *, each: bool) -> Iterator[str]:
        if self._asking.moves:
            for name in filter(self._seen.is_config, self._seen.names):
                keys = rate_names(self._seen.laid_out.states[0][name], {})
                yield from (f'{self._seen.state(name, each=each)}["{key}"] = {RATE}' for key in keys)

    # --- the call --------------------------------------------------------------------------------

    def _call(self, weight: str, gradient: str, number: str, *, each: bool, pair: Sequence[str] = ()) -> str:
        def filled(slot: Slot) -> str:
            if slot.kind is Kind.CONSTANT:
                return RATE if self._asking.moves and slot.name in self._rates else value_text(slot.value)
            if slot.kind is Kind.STATE:
                return self._seen.state(slot.name, each=each)
            if slot.kind is Kind.T:
                shift = self._caller.counts_from - 1
                return f"step {'+' if shift > 0 else '-'} {abs(shift)}" if shift else "step"
            handed = {**dict(zip(PAIR, pair, strict=False)), Kind.WEIGHT: weight, Kind.GRADIENT: gradient}
            handed[Kind.KEY] = number
            return handed[slot.kind]

        positional, named = self._seen.laid_out.plan.slots()
        given = [*map(filled, positional), *(f"{slot.name}={filled(slot)}" for slot in named)]
        return f"{self._function}({', '.join(given)})"

    def _targets(self, count: int, weight: str, *, each: bool) -> list[str]:
        """Return what the ``count`` parts of an answer are put into."""
        carried = self._seen.laid_out.plan.carried(count - 1) if count > 1 else []
        rest = [self._seen.state(name, each=each) if is_state else "_" for name, is_state in carried][: count - 1]
        rest += ["_"] * (count - 1 - len(rest))
        return [*rest[: self._caller.weight_at], weight, *rest[self._caller.weight_at :]]

    def _counts(self, *, each: bool) -> Iterator[str]:
        """Yield what counts the steps on in a config, where the code leaves that to the caller."""
        yield from (f'{self._seen.state(name, each=each)}["{key}"] += 1' for name, key in sorted(self._seen.left_alone))

    # --- the weights that it is handed -----------------------------------------------------------

    def _given(self, text: str) -> str:
        """Return what hands an array over."""
        return tensor_text(text, tensors=self._tensors)

    def _taken_out(self, text: str) -> str:
        """Return a weight as an array."""
        return f"{text}.detach().numpy()" if self._tensors else text

    def _bracketed(self, lines: Iterable[str], holder: str) -> Iterator[str]:
        """Yield the lines of a call, between the methods that belong around it."""
        before, after = (f"{holder}.{name}()" if hasattr(self._caller.holder, name) else "" for name in BRACKETS)
        yield from (line for line in (before, *lines, after) if line)
