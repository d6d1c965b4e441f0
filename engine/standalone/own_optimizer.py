"""A person's own optimizer in a NumPy script: called in its own form, with as little around it as that takes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.lane.batches import Batches
from engine.lane.own_lane import OwnLane
from engine.own.call_plan import Kind, Slot
from engine.own.live_optimizer import LiveOptimizer
from engine.own.optimizer_parts import LAYERS, rate_names
from engine.own.settings import signature_of

from .literals import value_text
from .own_files import OwnFiles
from .own_form import NoForm, dict_text, settings_text, value_texts
from .own_states import Seen

CONTAINERS = ("list", "dict", "d_dict", "pairs", "reversed_pairs", "objects")
PARAM = '''class Param(np.ndarray):
    """An array with its gradient beside it, which frameworks keep states by."""

    grad = None
    __hash__ = object.__hash__

    @property
    def data(self):
        return self.view(np.ndarray)

    @data.setter
    def data(self, new):
        self[...] = new

    value = val = data

    def zero_grad(self):
        self.grad = None


weights = [weight.copy().view(Param) for weight in params.values()]'''
RATE = "rate"  # what the step's learning rate is called, where it is another from step to step
GIVEN = ("for weight, gradient in zip(weights, grads.values()):", "    weight.grad = gradient")
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


def own_moves(lane: OwnLane, weights: Sequence[str], batches: Batches, asking: Asking) -> OwnMoves:
    """Return how an entry's own code moves the weights; ``lane`` stands at the start, and takes a step for it.

    Raises NoForm where that cannot be written.
    """
    live = lane.live
    if not isinstance(live, LiveOptimizer):
        return _textbooks(lane, asking)
    convention, form = live.whole.convention, lane.opened.subject.form
    if convention.tensors or form == "torch optimizer":
        raise NoForm("tensors of torch's")
    seen = Seen(live.whole)
    lane.step(batches.rows(1))
    if convention.container == "array":
        return _OfEach(lane, live, weights, seen, asking).written()
    if convention.container in CONTAINERS:
        return _OfAll(lane, live, weights, seen, asking).written()
    if convention.container == "layer":
        return _OfLayers(lane, live, weights, seen, asking).written()
    raise NoForm("a weight and its bias at once")


def _textbooks(lane: OwnLane, asking: Asking) -> OwnMoves:
    """``init``, ``update`` and, if it is there, ``Hyper``."""
    opened, files = lane.opened, asking.files
    names = opened.thing if isinstance(opened.thing, Mapping) else vars(opened.thing)
    source, has_hyper = opened.source, "Hyper" in names
    made = files.called(source, "Hyper") if has_hyper else "SimpleNamespace"
    hyper = f"hyper = {made}({settings_text(lane.settings, ('lr',) if asking.moves else (), RATE)})"
    states = f"states = {{name: {files.called(source, 'init')}(weight) for name, weight in params.items()}}"
    call = f"{files.called(source, 'update')}(grads[name], states[name], params[name], hyper)"
    step = ["for name in params:", f"    params[name], states[name] = {call}"]
    if asking.is_careful:
        step.append(f'    params[name] = params[name].astype("{asking.dtype}")')
    imports = frozenset(() if has_hyper else ("from types import SimpleNamespace",))
    return OwnMoves([states] if asking.moves else [hyper, states], [hyper, *step] if asking.moves else step, imports)


class _Moves:
    """Write one form. ``seen`` has seen the first step."""

    def __init__(self, lane: OwnLane, live: LiveOptimizer, weights: Sequence[str], seen: Seen, asking: Asking):
        self._live, self._caller, self._seen, self._asking = live, live.whole, seen, asking
        self._source, self._subject, self._settings = lane.opened.source, lane.opened.subject, lane.settings
        self._weights, self._convention = list(weights), live.whole.convention
        self._is_class = isinstance(self._subject.forward, type)
        self._for_each = self._caller.turns is not None
        self._rates = rate_names([part.name for part in seen.laid_out.parts], {})
        if not self._is_class and self._is_factory:
            raise NoForm("functions that a function makes")

    @property
    def _is_factory(self) -> bool:
        parts = {part.name for part in self._seen.laid_out.parts}
        return not parts <= set(signature_of(self._subject.forward))

    def _called(self, name: str) -> str:
        return self._asking.files.called(self._source, name, for_each=self._for_each)

    @property
    def _initial(self) -> str | None:
        initial = self._seen.laid_out.initial
        return None if initial is None else self._called(initial.__name__)

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
        if not self._is_class:
            return self._called(self._subject.name)
        holder = "optimizers[name]" if self._convention.separate else "optimizer"
        return f"{holder}.{self._caller.method}"

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

    def _call(self, weight: str, gradient: str, number: str, *, each: bool) -> str:
        def filled(slot: Slot) -> str:
            if slot.kind is Kind.CONSTANT:
                return RATE if self._asking.moves and slot.name in self._rates else value_text(slot.value)
            if slot.kind is Kind.STATE:
                return self._seen.state(slot.name, each=each)
            if slot.kind is Kind.T:
                shift = self._caller.counts_from - 1
                return f"step {'+' if shift > 0 else '-'} {abs(shift)}" if shift else "step"
            handed = {Kind.WEIGHT: weight, Kind.GRADIENT: gradient, Kind.KEY: number}
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


class _OfEach(_Moves):
    """Hand over a weight at a time."""

    def written(self) -> OwnMoves:
        made = []
        if self._is_class:
            one = self._constructed("list(params.values())")
            of_each = f"optimizers = {{name: {one} for name in params}}"
            made.append(of_each if self._convention.separate else f"optimizer = {one}")
        if (states := self._seen.made(self._initial, each=True)) is not None:
            made.append(states)
        step = list(self._lines())
        if self._is_class and not self._convention.separate:
            step = [*self._holder_rates("optimizer"), *step]
        return OwnMoves(made, step)

    def _lines(self) -> Iterator[str]:
        call = self._call("params[name]", "grads[name]", 'f"p{number}"', each=True)
        yield "for number, name in enumerate(params):" if "number" in call else "for name in params:"
        inside = [*self._holder_rates("optimizers[name]")] if self._convention.separate else []
        inside += [*self._config_rates(each=True), *self._taken(call), *self._counts(each=True)]
        if self._asking.is_careful:
            inside.append(f'params[name] = params[name].astype("{self._asking.dtype}")')
        yield from (f"    {line}" for line in inside)

    def _taken(self, call: str) -> Iterator[str]:
        answer, change = self._seen.answer, self._caller.change
        moved = f"params[name] = params[name] {'+' if change > 0 else '-'} {{}}"
        if isinstance(answer, list):
            raise NoForm("a list for an array")
        if answer is None:
            yield call
        elif not isinstance(answer, tuple):
            yield moved.format(call) if change else f"params[name] = {call}"
        else:
            is_in_place = answer[self._caller.weight_at] is None
            weight = "_" if is_in_place else "change" if change else "params[name]"
            yield f"{', '.join(self._targets(len(answer), weight, each=True))} = {call}"
            if weight == "change":
                yield moved.format("change")


class _OfAll(_Moves):
    """Hand over all weights at once, in one list or dict."""

    def written(self) -> OwnMoves:
        if self._asking.is_careful:
            raise NoForm("weights of another precision")
        keyed = [*zip(self._caller.keys, self._weights, strict=False)]
        is_dict = "dict" in self._convention.container
        texts = {key: f'params["{name}"]' for key, name in keyed}
        has_objects = self._convention.container == "objects"
        made = [PARAM if has_objects else f"weights = {dict_text(texts) if is_dict else 'list(params.values())'}"]
        if self._is_class:
            made.append(f"optimizer = {self._constructed('weights')}")
        if (states := self._seen.made(self._initial, each=False)) is not None:
            made.append(states)
        prefix = "d" if self._convention.container == "d_dict" else ""
        gradients = dict_text({f"{prefix}{key}": f'grads["{name}"]' for key, name in keyed})
        call = self._call(self._handed(), gradients if is_dict else "list(grads.values())", '"p0"', each=False)
        step = [*self._holder_rates("optimizer"), *self._config_rates(each=False), *(GIVEN if has_objects else ())]
        step += [*self._taken(call, is_dict), *self._counts(each=False)]
        values = "map(np.asarray, weights)" if has_objects else "weights.values()" if is_dict else "weights"
        return OwnMoves(made, [*step, f"params = dict(zip(params, {values}))"])

    def _handed(self) -> str:
        pairs = {"pairs": "list(zip(grads.values(), weights))", "reversed_pairs": "list(zip(weights, grads.values()))"}
        return pairs.get(self._convention.container, "weights")

    def _taken(self, call: str, is_dict: bool) -> Iterator[str]:
        answer, held = self._seen.answer, self._caller.held
        new = "weights.update({})" if is_dict else "weights[:] = {}"
        if self._caller.change:
            raise NoForm("changes of all weights at once")
        if answer is None or answer is held.container or isinstance(answer, int | float):
            yield call
        elif isinstance(answer, tuple) and not held.is_whole(answer):
            weights = answer[self._caller.weight_at]
            is_new = weights is not None and weights is not held.container
            yield f"{', '.join(self._targets(len(answer), 'new' if is_new else '_', each=False))} = {call}"
            if is_new:
                yield new.format("new")
        else:
            yield new.format(call)


class _OfLayers(_Moves):
    """Hand over layers, objects that hold a weight and a bias with their gradients."""

    def written(self) -> OwnMoves:
        if self._asking.is_careful or self._seen.names:
            raise NoForm("layers with a state beside them")
        weight, bias, pattern = LAYERS[self._convention.layer]
        made = [f"optimizer = {self._constructed('list(params.values())')}"] if self._is_class else []
        layers = [[self._weights[number] for number in group] for group in self._live.groups]
        rows = [
            f'    SimpleNamespace({weight}=params["{own[0]}"], {bias}={self._second("params", own)}),' for own in layers
        ]
        step = list(self._holder_rates("optimizer"))
        before, after = (f"optimizer.{name}()" if hasattr(self._caller.holder, name) else "" for name in BRACKETS)
        step += [before] if before else []
        for place, own in enumerate(layers):
            one = f"layers[{place}]"
            names = ", ".join(f"{one}.{pattern.format(name)}" for name in (weight, bias))
            step.append(f'{names} = grads["{own[0]}"], {self._second("grads", own)}')
            step.append(self._call(one, "", '"p0"', each=False))
        step += [after] if after else []
        moved = {
            name: f"layers[{place}].{attribute}"
            for place, own in enumerate(layers)
            for name, attribute in zip(own, (weight, bias), strict=False)
        }
        imports = frozenset(("from types import SimpleNamespace",))
        return OwnMoves([*made, "layers = [", *rows, "]"], [*step, f"params = {dict_text(moved)}"], imports)

    def _second(self, of: str, own: Sequence[str]) -> str:
        """Return a layer's bias, or its gradient; one without has a single 0."""
        return f'{of}["{own[1]}"]' if len(own) > 1 else f'np.zeros(1, "{self._asking.dtype}")'
