"""A person's torch code watched as it runs: beside each tensor some shadows, which rounding has moved another way.

``engine.twin.nudged`` asks a question again and again; a script runs once, as it was written. So each operation is done
again at once on shadows of its inputs, and its result moved by roundings: by how far the shadows lie from a tensor is
seen how far torch itself moves, over all that went before. Nothing of the script's own numbers or draws is changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor
from torch._decomp import decomposition_table
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode

from engine.without_compiler import leave_out_compiler

from .nudged import EXACT, Nudged, Nudges

TIMES, ULPS = 6, 4  # shadows, and by how many units in the last place each operation moves them
MOST_NUMBERS = 1 << 20  # of one tensor's storage
MOST_ALTOGETHER = 1 << 25  # of all shadows
MOST_OPERATIONS = 100_000  # are watched
OFTEN = 1 << 12  # operations after which storages that are gone are looked for

# Operations that round inside, where terms cancel: done in parts, so that each part is moved.
IN_PARTS = """
_log_softmax _log_softmax_backward_data _softmax _softmax_backward_data addcdiv addcmul addmm binary_cross_entropy
binary_cross_entropy_backward binary_cross_entropy_with_logits elu elu_backward gelu gelu_backward huber_loss
huber_loss_backward lerp log_sigmoid_backward log_sigmoid_forward mean mish mish_backward mse_loss mse_loss_backward
native_batch_norm_backward native_group_norm native_layer_norm native_layer_norm_backward sigmoid sigmoid_backward
silu silu_backward smooth_l1_loss smooth_l1_loss_backward softplus softplus_backward std std_mean tanh_backward var
var_mean
"""
PARTS = frozenset(IN_PARTS.split())


class _Shadow:
    """Hold the shadows of one storage, each a flat tensor of all that is in it."""

    def __init__(self, tensor: Tensor, flats: Sequence[Tensor]):
        self.storage = StorageWeakRef(tensor.untyped_storage())
        self.dtype, self.flats = tensor.dtype, flats

    def views(self, tensor: Tensor) -> list[Tensor]:
        size, stride, offset = tensor.size(), tensor.stride(), tensor.storage_offset()
        return [flat.as_strided(size, stride, offset) for flat in self.flats]


class Shadows(TorchDispatchMode):
    """Watch what torch does inside ``with``. ``operations`` counts it; ``gave_up``: too much of it to go on.

    ``changes`` counts what may have changed a gradient, or has written into one of the ``watched``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.operations = self.changes = 0
        self.gave_up = False
        self._watched: set[int] = set()
        self._nudges = [Nudges(ULPS, seed) for seed in range(TIMES)]
        self._known: dict[int, _Shadow] = {}
        self._writes: dict[int, int] = {}
        self._resting = False

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Let what is done meanwhile pass: it is not the person's."""
        before, self._resting = self._resting, True
        try:
            yield
        finally:
            self._resting = before

    def watch(self, tensor: Tensor) -> None:
        """Count from now on as a change what writes into a tensor."""
        self._watched.add(tensor.untyped_storage()._cdata)

    def writes(self, tensor: Tensor) -> int:
        """Return how often torch has written into what the tensor is a view of."""
        return self._writes.get(tensor.untyped_storage()._cdata, 0)

    def spread(self, tensor: Tensor) -> Array | None:
        """Return how far rounding moves each element; None where that is not known, or not any more."""
        if self.gave_up or not tensor.is_floating_point():
            return None
        with self.resting(), torch.no_grad():
            real = tensor.detach().double()
            moved = torch.stack([one.double() for one in self._shadows(tensor.detach())])
            return (moved - real).abs().amax(dim=0).numpy()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if self._resting or self.gave_up:
            return func(*args, **kwargs)
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            self._give_up()
            return func(*args, **kwargs)
        self.changes += torch._C._current_graph_task_id() != -1  # a loss is led back
        if self.operations % OFTEN == 0:
            self._forget()
        about = _about(func)
        given = [one for one in _tensors((*args, *kwargs.values())) if _has_shadows(one)]
        if not given or about.is_view:
            return self._noted(func(*args, **kwargs), about)
        with self.resting():
            shadows = {id(one): self._shadows(one) for one in given}
            return self._beside(func, args, kwargs, shadows, about)

    def _noted(self, result: Any, about: "_About") -> Any:
        if about.is_mutable:
            for tensor in _tensors((result,)):
                self._written(tensor)
        return result

    def _beside(
        self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any], shadows: dict[int, list[Tensor]],
        about: "_About",
    ) -> Any:  # fmt: skip
        before = torch.get_rng_state() if about.is_random else None
        result = func(*args, **kwargs)
        self._noted(result, about)
        outcome = [one for one in _tensors((result,)) if _has_shadows(one)]
        if not outcome:
            return result
        after = torch.get_rng_state() if before is not None else None
        is_again = not (about.is_random and kwargs.get("generator") is not None) and _is_safe(about, args)
        for number in range(TIMES):
            if before is not None:
                torch.set_rng_state(before)
            moved = self._again(func, args, kwargs, shadows, number, about) if is_again else None
            self._keep(outcome, moved, number)
        if after is not None:
            torch.set_rng_state(after)
        return result

    def _again(
        self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any], shadows: dict[int, list[Tensor]], number: int,
        about: "_About",
    ) -> Any:  # fmt: skip
        nudges = self._nudges[number]

        def moved(value: Any) -> Any:
            if isinstance(value, Tensor):
                return shadows[id(value)][number] if id(value) in shadows else value
            if isinstance(value, list | tuple):
                return type(value)(map(moved, value))
            is_term = type(value) is float and not about.is_exact and not about.has_exponent
            return nudges.number(value, about_dtype) if is_term else value

        about_dtype = next((one.dtype for one in _tensors(args) if one.is_floating_point()), torch.float64)
        given = tuple(map(moved, args)), {name: moved(value) for name, value in kwargs.items()}
        try:
            with torch.no_grad():
                if about.parts is None:
                    return func(*given[0], **given[1])
                with Nudged(nudges):
                    return about.parts(*given[0], **given[1])
        except (RuntimeError, ValueError, TypeError, NotImplementedError, IndexError):
            return None

    def _keep(self, outcome: Sequence[Tensor], moved: Any, number: int) -> None:
        """Lay a shadow's results beside the real ones; where there is none, what the result is but for a rounding."""
        found = [one for one in _tensors((moved,)) if _has_shadows(one)]
        fits = len(found) == len(outcome) and all(a.shape == b.shape for a, b in zip(found, outcome, strict=True))
        for place, tensor in enumerate(outcome):
            known = self._known.get(tensor.untyped_storage()._cdata)
            if known is None or known.dtype != tensor.dtype:
                known = self._made(tensor)
            target = known.views(tensor)[number]
            source = found[place] if fits else tensor
            if source.data_ptr() != target.data_ptr():
                target.copy_(source)
            self._nudges[number].tensor(target)

    def _shadows(self, tensor: Tensor) -> list[Tensor]:
        """Return a tensor's shadows. What comes from outside is moved by a rounding, but for whole numbers."""
        known = self._known.get(tensor.untyped_storage()._cdata)
        if known is not None and known.dtype == tensor.dtype:
            return known.views(tensor)
        if _numbers(tensor) > MOST_NUMBERS:  # a part of many data
            return [_moved_input(tensor.detach().clone(), nudges) for nudges in self._nudges]
        known = self._made(tensor)
        for flat, nudges in zip(known.flats, self._nudges, strict=True):
            _moved_input(flat, nudges)
        return known.views(tensor)

    def _made(self, tensor: Tensor) -> _Shadow:
        count = _numbers(tensor)
        flat = tensor.detach().as_strided((count,), (1,), 0)
        known = _Shadow(tensor, [flat.clone() for _ in range(TIMES)])
        self._known[tensor.untyped_storage()._cdata] = known
        self._end_where_it_is_too_much(count)
        return known

    def _end_where_it_is_too_much(self, count: int) -> None:
        held = sum(len(one.flats[0]) for one in self._known.values()) if count > 1 << 12 else 0
        if held * TIMES > MOST_ALTOGETHER:
            self._forget()
            held = sum(len(one.flats[0]) for one in self._known.values())
        if held * TIMES > MOST_ALTOGETHER:
            self._give_up()

    def _give_up(self) -> None:
        self.gave_up = True
        self._known.clear()

    def _forget(self) -> None:
        gone = [key for key, one in self._known.items() if one.storage.expired()]
        for key in gone:
            del self._known[key]
            self._writes.pop(key, None)

    def _written(self, tensor: Tensor) -> None:
        key = tensor.untyped_storage()._cdata
        self._writes[key] = self._writes.get(key, 0) + 1
        self.changes += key in self._watched


class _About:
    def __init__(self, func: Any):
        packet = getattr(func, "overloadpacket", None)
        name = "" if packet is None else packet.__name__
        self.is_view = bool(getattr(func, "is_view", False)) or name == "detach"
        self.is_mutable = bool(func._schema.is_mutable) if hasattr(func, "_schema") else False
        self.is_exact, self.has_exponent = name in EXACT or self.is_view, name in ("pow", "pow_")
        self.is_random = torch.Tag.nondeterministic_seeded in getattr(func, "tags", ())
        self.parts: Callable[..., Any] | None = decomposition_table.get(func) if name in PARTS else None


@cache
def _about(func: Any) -> _About:
    return _About(func)


def _tensors(values: Sequence[Any]) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, list | tuple):
            yield from _tensors(value)


def _has_shadows(tensor: Tensor) -> bool:
    return tensor.is_floating_point() and tensor.layout == torch.strided and tensor.device.type == "cpu"


def _is_safe(about: _About, args: Sequence[Any]) -> bool:
    """Return whether doing it again changes nothing of the script's: it writes into what has shadows, if at all."""
    return not about.is_mutable or all(_has_shadows(one) for one in _tensors(args[:1]))


def _numbers(tensor: Tensor) -> int:
    return tensor.untyped_storage().nbytes() // tensor.element_size()


def _moved_input(tensor: Tensor, nudges: Nudges) -> Tensor:
    """Move what is not whole: a whole number is the same in every precision."""
    whole = tensor == tensor.round()
    exact = tensor.clone()
    if tensor.numel():
        nudges.tensor(tensor)
    return tensor.copy_(torch.where(whole | ~torch.isfinite(exact), exact, tensor))


def make_shadows() -> Shadows:
    """Return shadows; torch has one thread then, as small matrices are slower with more."""
    torch.set_num_threads(1)
    leave_out_compiler()
    return Shadows()


def as_numbers(tensor: Tensor) -> np.ndarray:
    """Return a tensor's numbers, copied; those that NumPy has no type for as float32."""
    plain = tensor.detach().cpu()
    wide = plain.float() if plain.dtype in (torch.bfloat16, torch.float16) else plain
    return np.array(wide.numpy())
