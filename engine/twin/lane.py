"""The torch lane: an ordinary torch training loop, held to the ``Lane`` interface."""

import copy
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor

from engine.diy.optimizers.lbfgs import SEARCHED
from engine.lane.batches import Rows
from engine.lane.lane import Snapshot, State, is_fresh, numbers_of
from engine.lane.layout import RATE, compared_states
from engine.spec import (
    ClipSpec,
    ExperimentSpec,
    OptimizerSpec,
    RowsFor,
    complete,
    shapes_of,
    start_buffers,
    torch_state,
)
from engine.spec.groups import Group, entry_of_weight, groups_of

from . import lbfgs_state, states
from .model import Network, Point
from .named import optimizer_class
from .opened import array_of
from .start import set_threads

if TYPE_CHECKING:
    from .schedules import TorchSchedule


class TorchLane:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        set_threads(spec, os.cpu_count() or 1)
        self._names = tuple(shapes_of(spec))
        self._model = Network(spec) if spec.problem is None else Point(spec)
        self._parameters = self._model.parameters
        self._entry, self._groups = entry, groups_of(entry, self._names)
        self._symbols = [torch_state(entry_of_weight(entry, name).name) for name in self._names]
        self._compared = list(compared_states(entry, shapes_of(spec)).values())
        self._optimizers = self._make_optimizers()
        self._optimizer = self._optimizers[0]  # the only one, but for groups of several classes
        self._owners = self._make_owners()
        self._rated = self._optimizers[list(self._classes).index(self._groups[-1].entry.name)].param_groups[-1]
        self._initial = {
            weight: copy.deepcopy(kept) for optimizer in self._optimizers for weight, kept in optimizer.state.items()
        }
        self._whole = isinstance(self._optimizer, torch.optim.LBFGS)
        self._searches = complete(entry.name, entry.params)._asdict().get("line_search_fn") is not None
        self._clip = entry.clip
        self._schedules = self._make_schedules()
        # On the CPU, NumPy sees torch's own memory, in which torch updates weights and state in place.
        self._in_place = spec.device == "cpu" and not self._whole
        self._kept: list[Array | np.generic | float | None] | None = None
        self._taken = 0  # steps
        self._evaluated = 0  # how often the loss had been evaluated before the newest step
        self._first_gradients: list[Array] = []  # of a step with several evaluations, whose last gradient torch has
        self.evaluations, self.rate = 1, float("nan")
        self._set_weights(start)
        self._set_buffers(start_buffers(spec))

    def _make_optimizers(self) -> list[torch.optim.Optimizer]:
        """Make an optimizer of each class, with its groups of parameters in their order."""
        parameters = dict(zip(self._names, self._parameters, strict=True))
        names = dict.fromkeys(group.entry.name for group in self._groups)
        self._classes = {name: [group for group in self._groups if group.entry.name == name] for name in names}
        return [
            _made([([parameters[weight] for weight in group.weights], group.entry) for group in groups])
            for groups in self._classes.values()
        ]

    def _make_owners(self) -> list[torch.optim.Optimizer]:
        """Return the optimizer that each weight is moved by."""
        owner = {weight: one for one in self._optimizers for group in one.param_groups for weight in group["params"]}
        return [owner[weight] for weight in self._parameters]

    def _make_schedules(self) -> "list[TorchSchedule]":
        if self._entry.schedule is None:
            return []
        from .schedules import TorchSchedule

        of_classes = zip(self._optimizers, self._classes.values(), strict=True)
        return [TorchSchedule(optimizer, *(group.entry for group in groups)) for optimizer, groups in of_classes]

    def step(self, rows: Rows) -> float:
        x, y = self._model.rows(rows)
        self._taken += 1
        self._model.set_masks(self._taken, len(x))
        if self._whole:
            return self._minimize(x, y)
        self._zero_grad()
        loss = self._model.loss(x, y)
        loss.backward()
        value = loss.item()
        self._update(value)
        return value

    def rate_of(self, weight: str) -> float:
        return self._rates[weight] if self._entry.groups else self.rate

    def _known(self) -> Iterator[tuple[dict[str, Any], Group]]:
        """Yield what torch knows of each group of weights."""
        for optimizer, groups in zip(self._optimizers, self._classes.values(), strict=True):
            yield from zip(optimizer.param_groups, groups, strict=True)

    def _zero_grad(self) -> None:
        for optimizer in self._optimizers:
            optimizer.zero_grad()

    def _update(self, loss: float, closure: Callable[[], Tensor] | None = None) -> None:
        """Clip, let the optimizer move the weights, and the schedule the learning rate."""
        if self._clip is not None:
            clip(self._parameters, self._clip)
        if self._whole:
            self._evaluated = int(self._own_state().get("func_evals", 0))
        self.rate = float(self._rated["lr"])
        if self._entry.groups:
            self._rates = {weight: float(known["lr"]) for known, group in self._known() for weight in group.weights}
        if not (self._searches and self.rate < SEARCHED):  # it would divide by the rate
            for optimizer in self._optimizers:
                optimizer.step(closure)  # type: ignore[arg-type]
        for schedule in self._schedules:
            schedule.step(loss)

    def _minimize(self, x: Tensor, y: Tensor) -> float:
        """Take a step that evaluates as often as the optimizer likes: the first of its losses is the step's."""
        first: list[Tensor] = []

        def closure() -> Tensor:
            self._optimizer.zero_grad()
            loss = self._model.loss(x, y)
            loss.backward()
            if not first:
                first.append(loss)
                self._keep_gradients()
            return loss

        closure()
        self._update(first[0].item(), _answering(first[0], closure))
        self._count_evaluations()
        return first[0].item()

    def _keep_gradients(self) -> None:
        self._first_gradients = [array_of(weight.grad).copy() for weight in self._parameters]

    def _count_evaluations(self) -> None:
        done = int(self._own_state().get("func_evals", 0))
        self.evaluations = max(done - self._evaluated, 1)

    def training_loss(self) -> float:
        with torch.no_grad():
            return self._model.training_loss()

    def test_loss(self) -> float:
        with torch.no_grad():
            return self._model.test_loss()

    def outputs(self, use: RowsFor) -> Array:
        with torch.no_grad():
            return self._model.outputs(use)

    def predict(self, x: Array) -> Array:
        with torch.no_grad():
            return self._model.predict(torch.tensor(x, device=self._parameters[0].device))

    def weights(self) -> list[Array]:
        return [array_of(weight) for weight in self._parameters]

    def gradients(self) -> list[Array]:
        if self._whole:
            return self._first_gradients
        return [array_of(weight.grad) for weight in self._parameters if weight.grad is not None]

    def states(self) -> list[State]:
        kept = [owner.state.get(weight, {}) for owner, weight in zip(self._owners, self._parameters, strict=True)]
        if self._whole:
            return [lbfgs_state.from_torch(kept[0]), *({} for _ in kept[1:])]
        return [states.from_torch(state, symbols) for state, symbols in zip(kept, self._symbols, strict=True)]

    def buffers(self) -> dict[str, Array]:
        return {name: array_of(buffer) for name, buffer in self._model.buffers.items()}

    def tensors(self) -> list[Array | np.generic | float | None]:
        if self._kept is None or not self._in_place:
            self._kept = list(self._weights_and_states())
        rate = [self.rate] if self._schedules else []
        return [*self.gradients(), *self._kept, *rate]

    def _weights_and_states(self) -> Iterator[Array | np.generic | float | None]:
        yield from self.weights()
        yield from self.buffers().values()
        if self._whole:
            own = lbfgs_state.compared_from_torch(self._own_state())
            yield from (own.get(symbol) for symbol in self._compared[0])
            return
        each = zip(self._owners, self._parameters, self._symbols, self._compared, strict=True)
        for owner, weight, named, symbols in each:
            kept = owner.state.get(weight, {})
            values = (kept.get(named[symbol]) for symbol in symbols)
            yield from (None if value is None else array_of(value) for value in values)

    def snapshot(self) -> Snapshot:
        owned = tuple(
            {symbol: value.copy() if isinstance(value, np.ndarray) else value for symbol, value in state.items()}
            for state in self.states()
        )
        weights = tuple(weight.copy() for weight in self.weights())
        buffers = {name: buffer.copy() for name, buffer in self.buffers().items()}
        return Snapshot(weights, owned, self._scheduled(), buffers, taken=self._taken)

    def _scheduled(self) -> Any:
        if not self._schedules:
            return None
        if not self._entry.groups:
            return self._schedules[0].state()
        of_groups = {
            group.place: state
            for schedule, groups in zip(self._schedules, self._classes.values(), strict=True)
            for group, state in zip(groups, schedule.states(), strict=True)
        }
        return {"groups": tuple(of_groups[group.place] for group in self._groups)}

    def _restore_schedules(self, state: Any) -> None:
        if not self._schedules:
            return
        if not self._entry.groups:
            self._schedules[0].restore(state)
            return
        kept = (state or {}).get("groups") or (None,) * len(self._groups)
        of_groups = {group.place: one for group, one in zip(self._groups, kept, strict=True)}
        for schedule, groups in zip(self._schedules, self._classes.values(), strict=True):
            schedule.restore(*(of_groups[group.place] for group in groups))

    def _own_state(self) -> dict[str, Any]:
        """Return what torch keeps of all weights at once, with the first of them."""
        return self._optimizer.state.get(self._parameters[0], {})

    def restore(self, snapshot: Snapshot) -> None:
        self._taken = snapshot.taken
        self._set_weights(snapshot.weights)
        self._set_buffers(snapshot.buffers)
        self._zero_grad()
        for optimizer in self._optimizers:
            optimizer.state.clear()
        self._first_gradients = []
        self._kept = None
        each = zip(self._owners, self._parameters, self._symbols, snapshot.states, strict=True)
        for owner, weight, symbols, state in each:
            if not is_fresh(state):
                owner.state[weight] = self._torch_state(state, weight, symbols)
            elif weight in self._initial:
                owner.state[weight] = copy.deepcopy(self._initial[weight])
        self._restore_schedules(snapshot.schedule)

    def _torch_state(self, state: State, weight: Tensor, symbols: Mapping[str, str]) -> dict[str, Any]:
        if self._whole:
            return lbfgs_state.to_torch(state, weight)
        return dict(states.to_torch(state, symbols, weight))

    def _set_weights(self, weights: Sequence[Array]) -> None:
        with torch.no_grad():
            for parameter, weight in zip(self._parameters, weights, strict=True):
                parameter.copy_(torch.tensor(weight))

    def _set_buffers(self, buffers: Mapping[str, Array]) -> None:
        for name, buffer in buffers.items():
            self._model.buffers[name].copy_(torch.tensor(buffer))

    def set_params(self, params: Mapping[str, Any]) -> None:
        self._entry = self._entry.model_copy(update={"params": dict(params)})
        self._groups = groups_of(self._entry, self._names)
        self._classes = {name: [group for group in self._groups if group.entry.name == name] for name in self._classes}
        for known, group in self._known():
            known.update(_completed(group.entry))
        for schedule, groups in zip(self._schedules, self._classes.values(), strict=False):
            schedule.rebase(*(complete(group.entry.name, group.entry.params) for group in groups))
        self._kept = None  # momentum, say, may begin to be kept

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        x, y = self._model.rows(rows)
        return array_of(x), array_of(y)

    def hyperparameters(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for known, group in self._known():
            names = complete(group.entry.name, {})._fields
            numbers = numbers_of({name: known[name] for name in names})
            found |= {f"{group.prefix}{name}": value for name, value in numbers.items()}
        return found

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """Take a step, with autograd asked to keep the gradient of every intermediate."""
        x, y = self._model.rows(rows)
        self._taken += 1
        self._model.set_masks(self._taken, len(x))
        self._zero_grad()
        loss, recorded = self._model.recorded(x, y)
        self._keep_gradients()

        def closure() -> Tensor:
            self._optimizer.zero_grad()
            loss = self._model.loss(x, y)
            loss.backward()
            return loss

        self._update(loss.item(), _answering(loss, closure) if self._whole else None)
        if self._whole:
            self._count_evaluations()
        recorded.update(self._recorded_update())
        return recorded

    def _recorded_update(self) -> dict[str, Array]:
        update: dict[str, Array] = {}
        if self._clip is not None:
            gradients = zip(self._names, self.gradients(), strict=True)
            update.update({f"{name}.clipped": value.copy() for name, value in gradients})
        if self._schedules:
            update[RATE] = np.asarray(self.rate)
        for name, state, symbols in zip(self._names, self.states(), self._compared, strict=True):
            entries = {f"{name}.{symbol}": np.array(state[symbol]) for symbol in symbols if state[symbol] is not None}
            update.update(entries)
        update.update({name: weight.copy() for name, weight in zip(self._names, self.weights(), strict=True)})
        return update


def _answering(loss: Tensor, closure: Callable[[], Tensor]) -> Callable[[], Tensor]:
    """Return the closure, which is first answered with the loss that is known, its gradient being in place."""
    known = [loss]
    return lambda: known.pop() if known else closure()


def clip(parameters: Sequence[Tensor], clip: ClipSpec) -> None:
    if clip.norm is not None:
        torch.nn.utils.clip_grad_norm_(parameters, clip.norm)
    elif clip.value is not None:
        torch.nn.utils.clip_grad_value_(parameters, clip.value)


def _completed(entry: OptimizerSpec) -> dict[str, Any]:
    """Return the arguments of torch's class as it keeps them in a group: it completes what is None."""
    weight = torch.nn.Parameter(torch.zeros(1, 1, dtype=torch.float64))
    spare = optimizer_class(entry.name)([weight], **complete(entry.name, entry.params)._asdict())
    return {name: value for name, value in spare.param_groups[0].items() if name != "params"}


def _made(groups: Sequence[tuple[list[Tensor], OptimizerSpec]]) -> torch.optim.Optimizer:
    """Make torch's optimizer of groups of weights of one class, with an entry each."""
    (first, entry), *more = groups
    kind, hyper = optimizer_class(entry.name), complete(entry.name, entry.params)._asdict()
    if not more:
        return kind(first, **hyper)
    return kind([{"params": weights, **_completed(own)} for weights, own in groups], **hyper)
