"""The torch lane: an ordinary torch training loop, held to the ``Lane`` interface."""

import copy
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor

from engine.diy.optimizers.lbfgs import SEARCHED
from engine.lane.batches import Rows
from engine.lane.lane import Snapshot, State, is_fresh, numbers_of
from engine.lane.layout import RATE, compared_states
from engine.spec import ClipSpec, ExperimentSpec, OptimizerSpec, RowsFor, complete, shapes_of, torch_state

from . import lbfgs_state, states
from .model import Network, Point, array_of
from .named import optimizer_class
from .start import set_threads


class TorchLane:
    def __init__(self, spec: ExperimentSpec, entry: OptimizerSpec, start: Sequence[Array]):
        set_threads(spec, os.cpu_count() or 1)
        self._names = tuple(shapes_of(spec))
        self._model = Network(spec) if spec.problem is None else Point(spec)
        self._parameters = self._model.parameters
        self._name, self._symbols = entry.name, torch_state(entry.name)
        self._compared = list(compared_states(entry, shapes_of(spec)).values())
        self._class = optimizer_class(entry.name)
        self._optimizer = self._class(self._parameters, **complete(entry.name, entry.params)._asdict())
        self._initial = {weight: copy.deepcopy(kept) for weight, kept in self._optimizer.state.items()}
        self._whole = isinstance(self._optimizer, torch.optim.LBFGS)
        self._searches = complete(entry.name, entry.params)._asdict().get("line_search_fn") is not None
        self._clip = entry.clip
        self._schedule = _schedule_of(self._optimizer, entry)
        # On the CPU, NumPy sees torch's own memory, in which torch updates weights and state in place.
        self._in_place = spec.device == "cpu" and not self._whole
        self._kept: list[Array | np.generic | float | None] | None = None
        self._taken = 0  # steps
        self._evaluated = 0  # how often the loss had been evaluated before the newest step
        self._first_gradients: list[Array] = []  # of a step with several evaluations, whose last gradient torch has
        self.evaluations, self.rate = 1, float("nan")
        self._set_weights(start)

    def step(self, rows: Rows) -> float:
        x, y = self._model.rows(rows)
        self._taken += 1
        self._model.set_masks(self._taken, len(x))
        if self._whole:
            return self._minimize(x, y)
        self._optimizer.zero_grad()
        loss = self._model.loss(x, y)
        loss.backward()
        value = loss.item()
        self._update(value)
        return value

    def _update(self, loss: float, closure: Callable[[], Tensor] | None = None) -> None:
        """Clip, let the optimizer move the weights, and the schedule the learning rate."""
        if self._clip is not None:
            clip(self._parameters, self._clip)
        if self._whole:
            self._evaluated = int(self._own_state().get("func_evals", 0))
        self.rate = float(self._optimizer.param_groups[0]["lr"])
        if not (self._searches and self.rate < SEARCHED):  # it would divide by the rate
            self._optimizer.step(closure)  # type: ignore[arg-type]
        if self._schedule is not None:
            self._schedule.step(loss)

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
        kept = [self._optimizer.state.get(weight, {}) for weight in self._parameters]
        if self._whole:
            return [lbfgs_state.from_torch(kept[0]), *({} for _ in kept[1:])]
        return [states.from_torch(state, self._symbols) for state in kept]

    def buffers(self) -> dict[str, Array]:
        return {name: array_of(buffer) for name, buffer in self._model.buffers.items()}

    def tensors(self) -> list[Array | np.generic | float | None]:
        if self._kept is None or not self._in_place:
            self._kept = list(self._weights_and_states())
        rate = [self.rate] if self._schedule is not None else []
        return [*self.gradients(), *self._kept, *rate]

    def _weights_and_states(self) -> Iterator[Array | np.generic | float | None]:
        yield from self.weights()
        yield from self.buffers().values()
        if self._whole:
            own = lbfgs_state.compared_from_torch(self._own_state())
            yield from (own.get(symbol) for symbol in self._compared[0])
            return
        for weight, symbols in zip(self._parameters, self._compared, strict=True):
            kept = self._optimizer.state.get(weight, {})
            values = (kept.get(self._symbols[symbol]) for symbol in symbols)
            yield from (None if value is None else array_of(value) for value in values)

    def snapshot(self) -> Snapshot:
        owned = tuple(
            {symbol: value.copy() if isinstance(value, np.ndarray) else value for symbol, value in state.items()}
            for state in self.states()
        )
        weights = tuple(weight.copy() for weight in self.weights())
        buffers = {name: buffer.copy() for name, buffer in self.buffers().items()}
        return Snapshot(weights, owned, self._scheduled(), buffers, taken=self._taken)

    def _scheduled(self) -> State | None:
        return None if self._schedule is None else self._schedule.state()

    def _own_state(self) -> dict[str, Any]:
        """Return what torch keeps of all weights at once, with the first of them."""
        return self._optimizer.state.get(self._parameters[0], {})

    def restore(self, snapshot: Snapshot) -> None:
        self._taken = snapshot.taken
        self._set_weights(snapshot.weights)
        for name, buffer in snapshot.buffers.items():
            self._model.buffers[name].copy_(torch.tensor(buffer))
        self._optimizer.zero_grad()
        self._optimizer.state.clear()
        self._first_gradients = []
        self._kept = None
        for weight, state in zip(self._parameters, snapshot.states, strict=True):
            if not is_fresh(state):
                self._optimizer.state[weight] = self._torch_state(state, weight)
            elif weight in self._initial:
                self._optimizer.state[weight] = copy.deepcopy(self._initial[weight])
        if self._schedule is not None:
            self._schedule.restore(snapshot.schedule)

    def _torch_state(self, state: State, weight: Tensor) -> dict[str, Any]:
        if self._whole:
            return lbfgs_state.to_torch(state, weight)
        return dict(states.to_torch(state, self._symbols, weight))

    def _set_weights(self, weights: Sequence[Array]) -> None:
        with torch.no_grad():
            for parameter, weight in zip(self._parameters, weights, strict=True):
                parameter.copy_(torch.tensor(weight))

    def set_params(self, params: Mapping[str, Any]) -> None:
        hyper = complete(self._name, dict(params))
        weight = torch.nn.Parameter(torch.zeros(1, 1, dtype=torch.float64))
        spare = self._class([weight], **hyper._asdict())  # it completes what is None
        whole = {name: value for name, value in spare.param_groups[0].items() if name != "params"}
        for group in self._optimizer.param_groups:
            group.update(whole)
        if self._schedule is not None:
            self._schedule.rebase(hyper)
        self._kept = None  # momentum, say, may begin to be kept

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        x, y = self._model.rows(rows)
        return array_of(x), array_of(y)

    def hyperparameters(self) -> dict[str, float]:
        (group,) = self._optimizer.param_groups
        return numbers_of({name: group[name] for name in complete(self._name, {})._fields})

    def recorded_step(self, rows: Rows) -> dict[str, Array]:
        """Take a step, with autograd asked to keep the gradient of every intermediate."""
        x, y = self._model.rows(rows)
        self._taken += 1
        self._model.set_masks(self._taken, len(x))
        self._optimizer.zero_grad()
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
        if self._schedule is not None:
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


def _schedule_of(optimizer: torch.optim.Optimizer, entry: OptimizerSpec) -> Any:
    if entry.schedule is None:
        return None
    from .schedules import TorchSchedule

    return TorchSchedule(optimizer, entry)
