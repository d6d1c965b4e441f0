"""A person's own optimizer that is handed all weights at once, in a list or a dict, in a NumPy script."""

from collections.abc import Iterator

from .own_form import dict_text
from .own_moves import Moves, OwnMoves

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


class OfAll(Moves):
    """Hand over all weights at once, in one list or dict."""

    def written(self) -> OwnMoves:
        made = [self._weights_made()]
        if self._is_factory:
            made.append(self._factory())
        if self._is_class:
            made.append(f"optimizer = {self._constructed('weights')}")
        if (states := self._seen.made(self._initial)) is not None:
            made.append(states)
        step = [*self._holder_rates("optimizer"), *self._config_rates(each=False)]
        if self._has_objects:
            step.append("for weight, gradient in zip(weights, grads.values()):")
            step.append(f"    weight.grad = {self._given('gradient')}")
        call = self._call(self._handed(), self._gradients(), '"p0"', each=False)
        step += [*self._bracketed(self._taken(call), "optimizer"), *self._counts(each=False), *self._in_precision()]
        values = "weights.values()" if self._is_dict else "weights"
        if self._tensors:
            values = f"({self._taken_out('weight')} for weight in {values})"
        elif self._has_objects:
            values = "map(np.asarray, weights)"
        return OwnMoves(made, [*step, f"params = dict(zip(params, {values}))"])

    @property
    def _is_dict(self) -> bool:
        return "dict" in self._convention.container

    @property
    def _has_objects(self) -> bool:
        """Tell whether a gradient is handed over as its weight's attribute."""
        return self._convention.container in ("objects", "parameters")

    def _keyed(self, of: str, prefix: str = "") -> str:
        keyed = zip(self._caller.keys, self._weights, strict=False)
        return dict_text({f"{prefix}{key}": self._given(f'{of}["{name}"]') for key, name in keyed})

    def _weights_made(self) -> str:
        if self._is_dict:
            return f"weights = {self._keyed('params')}"
        if not self._tensors:
            return PARAM if self._has_objects else "weights = list(params.values())"
        is_parameter = self._convention.container == "parameters"
        one = "torch.nn.Parameter(torch.tensor(weight))" if is_parameter else "torch.tensor(weight)"
        return f"weights = [{one} for weight in params.values()]"

    def _gradients(self) -> str:
        if self._is_dict:
            return self._keyed("grads", "d" if self._convention.container == "d_dict" else "")
        if self._tensors:
            return "[torch.tensor(gradient) for gradient in grads.values()]"
        return "list(grads.values())"

    def _handed(self) -> str:
        gradients = "grads.values()" if not self._tensors else "map(torch.tensor, grads.values())"
        pairs = {"pairs": f"list(zip({gradients}, weights))", "reversed_pairs": f"list(zip(weights, {gradients}))"}
        return pairs.get(self._convention.container, "weights")

    def _taken(self, call: str) -> Iterator[str]:
        answer, held = self._seen.answer, self._caller.held
        if answer is None or answer is held.container or isinstance(answer, int | float):
            yield call
        elif isinstance(answer, tuple) and not held.is_whole(answer):
            weights = answer[self._caller.weight_at]
            is_new = weights is not None and weights is not held.container
            yield f"{', '.join(self._targets(len(answer), 'new' if is_new else '_', each=False))} = {call}"
            if is_new:
                yield from self._put("new")
        else:
            yield from self._put(call)

    def _put(self, new: str) -> Iterator[str]:
        """Yield the line that takes new weights, or changes of them."""
        sign = {0: "", 1: "+", -1: "-"}[self._caller.change]
        if not sign:
            yield f"weights.update({new})" if self._is_dict else f"weights[:] = {new}"
        elif self._is_dict:
            yield f"weights.update({{key: weights[key] {sign} change for key, change in {new}.items()}})"
        else:
            yield f"weights[:] = [weight {sign} change for weight, change in zip(weights, {new})]"

    def _in_precision(self) -> Iterator[str]:
        """Yield the lines that put the weights into the run's precision, in arrays of their own where they change."""
        if not self._asking.is_careful:
            return
        dtype = self._asking.dtype
        if self._tensors:
            yield f"for weight in weights{'.values()' if self._is_dict else ''}:"
            yield f"    weight.data.copy_(weight.data.to(torch.{dtype}))"
        elif self._is_dict:
            yield f'weights.update({{key: weight.astype("{dtype}", copy=False) for key, weight in weights.items()}})'
        else:
            yield f'weights[:] = [weight.astype("{dtype}", copy=False) for weight in weights]'
