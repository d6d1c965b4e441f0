"""A person's own optimizer that is handed a layer at a time, its weight and its bias, in a NumPy script."""

from collections.abc import Iterator, Sequence

from engine.own.optimizer_parts import LAYERS

from .own_form import NoForm, dict_text, indented
from .own_moves import Moves, OwnMoves


class OfPairs(Moves):
    """Hand over a layer's weight and its bias at once; of a layer without one a single 0."""

    def written(self) -> OwnMoves:
        layers = [[self._weights[number] for number in group] for group in self._live.groups]
        self._all_pairs = all(len(names) > 1 for names in layers)
        pairs = ((one[0], f'"{one[1]}"' if len(one) > 1 else None) for one in layers)
        made = ["LAYERS = {", *(f'    "{one.rpartition(".")[0]}": ("{one}", {bias}),' for one, bias in pairs), "}"]
        if not self._all_pairs:
            made.append(f'NO_BIAS = np.zeros(1, "{self._asking.dtype}")  # of a layer without one')
        if self._tensors:
            made.append("weights = {name: torch.tensor(weight) for name, weight in params.items()}")
        if self._is_class:
            made.append(f"optimizers = {{name: {self._constructed('[]')} for name in LAYERS}}")
        held = f"({self._one('one')} for one in LAYERS[name])"
        if (states := self._seen.made(self._initial, "for name in LAYERS", held)) is not None:
            made.append(states)
        inside = [*self._holder_rates("optimizers[name]"), *self._config_rates(each=True)]
        inside += [*self._bracketed(self._step(), "optimizers[name]"), *self._taken_back()]
        return OwnMoves(made, ["for name, (weight, bias) in LAYERS.items():", *indented(inside)])

    @property
    def _held(self) -> str:
        return "weights" if self._tensors else "params"

    def _one(self, name: str) -> str:
        """Return a weight or a bias as the code has it."""
        return f"{self._held}[{name}]" if self._all_pairs else f"{self._held}.get({name}, {self._given('NO_BIAS')})"

    def _step(self) -> Iterator[str]:
        """Yield the lines that move a layer's weight and its bias."""
        answer = self._seen.answer
        gradient = "grads[bias]" if self._all_pairs else "grads.get(bias, NO_BIAS)"
        pair = (f"{self._held}[weight]", self._one("bias"), self._given("grads[weight]"), self._given(gradient))
        call = self._call("", "", '"p0"', each=True, pair=pair)
        new = f"{self._held}[weight], {f'{self._held}[bias]' if self._all_pairs else 'new'}"
        if answer is None:
            yield call
            return
        if self._caller.held.is_whole(answer):
            yield f"{new} = {call}"
        elif isinstance(answer, tuple) and not self._caller.change:
            yield f"{', '.join(self._targets(len(answer), f'({new})', each=True))} = {call}"
        else:
            raise NoForm
        if not self._all_pairs:
            yield f"{self._held} |= {{bias: new}} if bias else {{}}"

    def _taken_back(self) -> Iterator[str]:
        """Yield the line that has the weights as arrays, in the run's precision."""
        cast = f'.astype("{self._asking.dtype}")' if self._asking.is_careful else ""
        if self._tensors or cast:
            one = f"{self._taken_out(f'{self._held}[one]')}{cast}"
            yield f"params |= {{one: {one} for one in (weight, bias) if one}}"
        if self._tensors and cast:
            yield "for one in filter(None, (weight, bias)):"
            yield "    weights[one].data.copy_(torch.tensor(params[one]))"


class OfLayers(Moves):
    """Hand over layers, objects that hold a weight and a bias with their gradients."""

    def written(self) -> OwnMoves:
        weight, bias, pattern = LAYERS[self._convention.layer]
        made = [f"optimizer = {self._constructed('list(params.values())')}"] if self._is_class else []
        if (states := self._seen.made(self._initial)) is not None:
            made.append(states)
        layers = [[self._weights[number] for number in group] for group in self._live.groups]
        rows = [
            f"    SimpleNamespace({weight}={self._first('params', own)}, {bias}={self._second('params', own)}),"
            for own in layers
        ]
        calls: list[str] = []
        for place, own in enumerate(layers):
            one = f"layers[{place}]"
            calls.append(f"{one}.{pattern.format(weight)} = {self._first('grads', own)}")
            calls.append(f"{one}.{pattern.format(bias)} = {self._second('grads', own)}")
            calls.append(self._call(one, "", '"p0"', each=False))
        step = [*self._holder_rates("optimizer"), *self._config_rates(each=False), *self._bracketed(calls, "optimizer")]
        if self._asking.is_careful:
            step.append("for layer in layers:")
            step += [f"    layer.{one} = layer.{one}{self._cast}" for one in (weight, bias)]
        moved = {
            name: self._taken_out(f"layers[{place}].{attribute}")
            for place, own in enumerate(layers)
            for name, attribute in zip(own, (weight, bias), strict=False)
        }
        imports = frozenset(("from types import SimpleNamespace",))
        return OwnMoves([*made, "layers = [", *rows, "]"], [*step, f"params = {dict_text(moved)}"], imports)

    @property
    def _cast(self) -> str:
        dtype = self._asking.dtype
        return f".to(torch.{dtype})" if self._tensors else f'.astype("{dtype}")'

    def _first(self, of: str, own: Sequence[str]) -> str:
        return self._given(f'{of}["{own[0]}"]')

    def _second(self, of: str, own: Sequence[str]) -> str:
        """Return a layer's bias, or its gradient; one without has a single 0."""
        return self._given(f'{of}["{own[1]}"]' if len(own) > 1 else f'np.zeros(1, "{self._asking.dtype}")')
