"""A person's own optimizer that is handed a layer at a time, its weight and its bias, in a NumPy script."""

from collections.abc import Iterator, Sequence

from engine.own.optimizer_parts import LAYERS

from .own_form import NoForm, dict_text, indented
from .own_moves import Moves, OwnMoves

TENSORS, STATE = "script_of_tensor_layers", "script_of_pair_state"


class OfPairs(Moves):
    """Hand over a layer's weight and its bias at once."""

    def written(self) -> OwnMoves:
        layers = [[self._weights[number] for number in group] for group in self._live.groups]
        if self._tensors:
            raise NoForm(TENSORS)
        all_pairs = all(len(names) > 1 for names in layers)
        made = [] if all_pairs else [f'NO_BIAS = np.zeros(1, "{self._asking.dtype}")  # of a layer without one']
        pairs = ((one[0], f'"{one[1]}"' if len(one) > 1 else None) for one in layers)
        rows = [f'    "{weight.rpartition(".")[0]}": ("{weight}", {bias}),' for weight, bias in pairs]
        made += ["LAYERS = {", *rows, "}"]
        if self._is_class:
            made.append(f"optimizers = {{name: {self._constructed('[]')} for name in LAYERS}}")
        if (states := self._seen.made(self._initial, "for name in LAYERS")) is not None:
            if "weight" in states:
                raise NoForm(STATE)
            made.append(states)
        inside = [*self._holder_rates("optimizers[name]"), *self._config_rates(each=True)]
        inside += self._bracketed(self._step(all_pairs=all_pairs), "optimizers[name]")
        return OwnMoves(made, ["for name, (weight, bias) in LAYERS.items():", *indented(inside)])

    def _step(self, *, all_pairs: bool) -> Iterator[str]:
        """Yield the lines that move a layer's weight and its bias."""
        answer = self._seen.answer
        call = self._call("", "", '"p0"', each=True)
        if answer is not None and not (isinstance(answer, tuple) and self._caller.held.is_whole(answer)):
            raise NoForm(STATE)
        if not all_pairs:
            call = call.replace("params[bias]", "params.get(bias, NO_BIAS)").replace(
                "grads[bias]", "grads.get(bias, NO_BIAS)"
            )
        if answer is None:
            yield call
        elif all_pairs:
            yield f"params[weight], params[bias] = {call}"
        else:
            yield f"params[weight], new = {call}"
            yield "params |= {bias: new} if bias else {}"
        if self._asking.is_careful:
            moved = f'{{one: params[one].astype("{self._asking.dtype}") for one in (weight, bias) if one}}'
            yield f"params |= {moved}"


class OfLayers(Moves):
    """Hand over layers, objects that hold a weight and a bias with their gradients."""

    def written(self) -> OwnMoves:
        if self._tensors:
            raise NoForm(TENSORS)
        weight, bias, pattern = LAYERS[self._convention.layer]
        made = [f"optimizer = {self._constructed('list(params.values())')}"] if self._is_class else []
        if (states := self._seen.made(self._initial)) is not None:
            made.append(states)
        layers = [[self._weights[number] for number in group] for group in self._live.groups]
        rows = [
            f'    SimpleNamespace({weight}=params["{own[0]}"], {bias}={self._second("params", own)}),' for own in layers
        ]
        calls: list[str] = []
        for place, own in enumerate(layers):
            one = f"layers[{place}]"
            names = ", ".join(f"{one}.{pattern.format(name)}" for name in (weight, bias))
            calls.append(f'{names} = grads["{own[0]}"], {self._second("grads", own)}')
            calls.append(self._call(one, "", '"p0"', each=False))
        step = [*self._holder_rates("optimizer"), *self._config_rates(each=False), *self._bracketed(calls, "optimizer")]
        if self._asking.is_careful:
            step.append("for layer in layers:")
            step += [f'    layer.{one} = layer.{one}.astype("{self._asking.dtype}")' for one in (weight, bias)]
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
