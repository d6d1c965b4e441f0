"""Torch's side of a script: which tensors its own values are held against, and when one has another value."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from engine.backends import as_numbers

from .book import Book, Pair, Reference
from .kept import Kept, Memory, is_tensor, is_value

MOST_PARAMETERS = 40  # of a module
FEW = 8  # versions of a value that are remembered; of further ones each second power, and the last


class _Target:
    """A tensor, or a tensor's gradient, that a pair holds own values against."""

    def __init__(self, pair: Pair):
        self.pair, self.of_gradient = pair, pair.reference.of_gradient
        self.tensor: Any = None
        self.state: Any = None
        self.was_zero = True

    def renew_with(self, tensor: Any) -> None:
        self.clear()
        self.tensor, self.was_zero = tensor, True

    def clear(self) -> None:
        """Note that torch's gradient is gone."""
        if self.of_gradient is not None and self.state is not None:
            self.pair.renewed()
            self.state, self.was_zero = None, True


class TorchSide:
    """Look at torch's values when they may have changed, and hand them to their pairs.

    ``follows``: tensors that no name pairs are remembered as well, in ``torch_values``, as arrays may come out near
    them: in ``own_values``.
    """

    def __init__(self, book: Book, shadows: Any, memory: Memory, follows: bool):
        self._shadows, self._memory, self._follows = shadows, memory, follows
        self._targets = {id(pair): _Target(pair) for pair in book.pairs}
        self._changes = 0
        self._is_news = True  # a tensor has a name that it had not
        self._torch_names = {pair.reference.root for pair in book.pairs}
        self._own_names = {pair.own.root for pair in book.pairs if pair.reference.of_gradient is not None}
        self.own_values: dict[str, list[Kept]] = {}
        self.torch_values: dict[str, list[Reference]] = {}
        self._followed: dict[str, Any] = {}
        self._states: dict[str, Any] = {}
        self._counts: dict[str, int] = {}

    def tensor_of(self, pair: Pair) -> Any:
        """Return the tensor that a pair is about, once it is there."""
        return self._targets[id(pair)].tensor

    def writes(self, value: Any) -> tuple[int, int]:
        """Return by what it shows that a tensor has been written into since."""
        if not is_tensor(value):
            return (0, 0)
        try:
            return (value._version, self._shadows.writes(value))
        except RuntimeError:  # made in inference mode
            return (0, 0)

    def expect_news(self) -> None:
        """Have torch's values looked at, whatever has changed."""
        self._is_news = True

    def look(self, names: Mapping[str, Any], globals_: Mapping[str, Any]) -> None:
        """Hand torch's values to their pairs where torch may have changed one since."""
        if self._shadows.changes == self._changes and not self._is_news:
            return
        self._changes, self._is_news = self._shadows.changes, False
        for target in self._targets.values():
            self._look_at(target, names, globals_)
        self._look_at_followed()

    def follow(self, name: str, value: Any, kept: Kept | None) -> None:
        """Remember an own array, or follow a tensor, or a module's parameters, from now on."""
        if is_tensor(value):
            self._is_news |= name in self._torch_names
            if self._follows and name not in self._own_names and value.is_floating_point() and is_value(value):
                self._followed[name] = value
                self._is_news = True
        elif kept is not None and kept.numbers.dtype.kind == "f":
            _remember(self.own_values.setdefault(name, []), kept, self._count(name))
        elif self._follows and hasattr(value, "named_parameters") and not isinstance(value, type):
            with suppress(Exception):
                for place, one in list(value.named_parameters())[:MOST_PARAMETERS]:
                    if is_value(one) and all(one is not known for known in self._followed.values()):
                        self._followed[_parameter(name, place)] = one

    def _look_at_followed(self) -> None:
        for name, tensor in self._followed.items():
            self._note_torch(name, tensor)
            if tensor.requires_grad and (tensor.is_leaf or tensor.retains_grad) and tensor.grad is not None:
                self._note_torch(f"{name}.grad", tensor.grad)

    def _note_torch(self, path: str, tensor: Any) -> None:
        state = (id(tensor), *self.writes(tensor))
        if self._states.get(path) == state:
            return
        self._states[path] = state
        self._shadows.watch(tensor)
        count = self._count(path)
        if count > FEW and count & (count - 1):
            return
        self._memory.count += 1
        with self._shadows.resting():
            spread = self._shadows.spread(tensor)
            dtype = str(tensor.dtype).removeprefix("torch.")
            made = Reference(as_numbers(tensor), dtype, spread, self._memory.count)
        versions = self.torch_values.setdefault(path, [])
        if not versions or not np.array_equal(versions[-1].numbers, made.numbers):
            _remember(versions, made, count)

    def _count(self, path: str) -> int:
        self._counts[path] = self._counts.get(path, 0) + 1
        return self._counts[path]

    def end_history(self) -> None:
        """Take what stands at the end."""
        self._look_at_followed()

    def _look_at(self, target: _Target, names: Mapping[str, Any], globals_: Mapping[str, Any]) -> None:
        path = target.of_gradient or target.pair.reference
        found = path.value(names if path.root in names else globals_)
        if is_tensor(found) and found is not target.tensor:
            target.renew_with(found)
        value = target.tensor
        if target.of_gradient is not None and value is not None:
            value = value.grad if value.is_leaf or value.retains_grad else None
            if value is None:
                target.clear()
        if value is None or not is_tensor(value) or not value.is_floating_point() or not is_value(value):
            return
        state = (id(value), *self.writes(value))
        if state == target.state:
            return
        target.state = state
        self._shadows.watch(value)
        with self._shadows.resting():
            numbers = as_numbers(value)
            is_zero = not numbers.any()
            if target.of_gradient is not None and is_zero and not target.was_zero:
                target.clear()
                target.state = state
                return
            target.was_zero = is_zero
            self._memory.count += 1
            spread = self._shadows.spread(value)
        dtype = str(value.dtype).removeprefix("torch.")
        target.pair.reference_made(Reference(numbers, dtype, spread, self._memory.count))


def _remember(values: list[Any], value: Any, count: int) -> None:
    """Keep the first few, then each second power, and the last."""
    if len(values) > FEW and (count - 1) & (count - 2):
        values.pop()
    values.append(value)


def _parameter(name: str, place: str) -> str:
    """Write where a parameter stands as Python does: ``net[0].weight``."""
    parts = place.split(".")
    return name + "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in parts)
