"""A person's own optimizer that is handed a weight at a time, in a NumPy script."""

from collections.abc import Iterator

import numpy as np

from .own_moves import Moves, OwnMoves


class OfEach(Moves):
    """Hand over a weight at a time."""

    def written(self) -> OwnMoves:
        held = "weights" if self._tensors else "params"
        made = ["weights = {name: torch.tensor(weight) for name, weight in params.items()}"] if self._tensors else []
        if self._is_factory:
            made.append(self._factory())
        if self._is_class:
            one = self._constructed(f"list({held}.values())")
            of_each = f"optimizers = {{name: {one} for name in params}}"
            made.append(of_each if self._convention.separate else f"optimizer = {one}")
        if (states := self._seen.made(self._initial, f"for name, weight in {held}.items()")) is not None:
            made.append(states)
        step = list(self._lines(f"{held}[name]"))
        if self._is_class and not self._convention.separate:
            step = [*self._holder_rates("optimizer"), *step]
        return OwnMoves(made, step)

    def _lines(self, weight: str) -> Iterator[str]:
        call = self._call(weight, self._given("grads[name]"), 'f"p{number}"', each=True)
        yield "for number, name in enumerate(params):" if "number" in call else "for name in params:"
        holder = "optimizers[name]" if self._convention.separate else "optimizer"
        inside = [*self._holder_rates(holder)] if self._convention.separate else []
        taken = self._bracketed(self._taken(call, weight), holder)
        inside += [*self._config_rates(each=True), *taken, *self._counts(each=True)]
        if self._tensors:
            inside.append(f"params[name] = {self._taken_out(weight)}")
        if self._asking.is_careful:
            inside.append(f'params[name] = params[name].astype("{self._asking.dtype}")')
            inside += [f"{weight}.data.copy_(torch.tensor(params[name]))"] if self._tensors else []
        yield from (f"    {line}" for line in inside)

    def _taken(self, call: str, weight: str) -> Iterator[str]:
        answer, change = self._seen.answer, self._caller.change
        moved = f"{weight} = {weight} {'+' if change > 0 else '-'} {{}}"
        if isinstance(answer, list) and np.shape(answer) == np.shape(self._caller.held.one(0)):
            answer, call = np.array(answer), f"np.array({call})"
        if answer is None:
            yield call
        elif not isinstance(answer, tuple | list):
            yield moved.format(call) if change else f"{weight} = {call}"
        else:
            is_in_place = answer[self._caller.weight_at] is None
            target = "_" if is_in_place else "change" if change else weight
            yield f"{', '.join(self._targets(len(answer), target, each=True))} = {call}"
            if target == "change":
                yield moved.format("change")
