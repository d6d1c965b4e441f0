"""The experiment as a PyTorch script: torch's own modules, optimizers and schedulers, and the usual loop."""

from collections.abc import Iterator, Mapping
from typing import Any

from numpy import ndarray as Array

from engine.backends.start import initial_weights
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.spec import (
    ClipSpec,
    GivenStart,
    OptimizerSpec,
    ProblemSpec,
    SeedStart,
    complete,
    complete_init,
    function_asked,
    layers_in,
    name_and_params,
    shapes_of,
)
from engine.spec.groups import Group, groups_of

from .cells import Asked, Cell
from .data_cells import batches_cell, data_arrays, has_batches, threads_line, unpacking
from .literals import is_packed, packed_text, rows_text, value_text
from .loaded_data import is_loaded, loading
from .torch_modules import RESIDUAL, modules, places
from .torch_rates import schedule_lines, schedule_step
from .torch_taken import taken_cell, taken_of

VALUES = {  # of a point, whose coordinates are u and v
    "rosenbrock": "(1 - u) ** 2 + 100 * (v - u**2) ** 2",
    "beale": "(1.5 - u * (1 - v)) ** 2 + (2.25 - u * (1 - v**2)) ** 2 + (2.625 - u * (1 - v**3)) ** 2",
    "himmelblau": "(u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2",
    "saddle": "u**2 - v**2",
    "quadratic": "0.5 * (u * u + {condition!r} * (v * v))",
}


def torch_cells(asked: Asked) -> tuple[set[str], list[Cell]]:
    """Return the imports and the cells of the script of an entry's torch lane."""
    script = _Script(asked)
    return script.imports, script.cells()


class _Script:
    def __init__(self, asked: Asked):
        self._spec, self._steps, self._tell, self._changes = asked.spec, asked.steps, asked.tell, asked.changes
        self._entry = asked.entry
        spec, entry = asked.spec, asked.entry
        self._groups = groups_of(entry, shapes_of(spec))
        names = dict.fromkeys(group.entry.name for group in self._groups)
        self._classes = {name: [group for group in self._groups if group.entry.name == name] for name in names}
        self._takes_closure = entry.name == "LBFGS"
        self._layers = layers_in(spec)
        self._outer = [layer for layer in self._layers if not layer.is_inside]
        self._masks = any(hasattr(LAYERS.module(layer.kind), "mask_share") for layer in self._layers)
        self._given = self._given_weights()
        self._taken = taken_of(asked, list(shapes_of(spec)))

    def _given_weights(self) -> dict[str, Array]:
        """Return the weights that the file holds; none where a seed draws them."""
        if not isinstance(self._spec.start, GivenStart) or self._spec.network is None:
            return {}
        return dict(zip(shapes_of(self._spec), initial_weights(self._spec), strict=True))

    @property
    def _arrays(self) -> list[Array]:
        taken = (array for one in self._taken for array in one.arrays)
        return [*self._given.values(), *data_arrays(self._spec), *taken]

    @property
    def imports(self) -> set[str]:
        quiet = [] if self._warning is None else ["import warnings"]
        wants_numpy = self._spec.data is not None and (self._spec.batch.shuffle or is_loaded(self._spec))
        return {"import torch", *quiet, *(["import numpy as np"] if wants_numpy else []), *unpacking(self._arrays)[0]}

    @property
    def _warning(self) -> str | None:
        """Return how the warning begins that torch's loss has for every step; None where it has none."""
        if self._spec.network is None:
            return None
        name, _ = name_and_params(function_asked(self._spec.network.loss))
        return getattr(LOSSES.module(name), "TORCH_WARNS", None)

    def cells(self) -> list[Cell]:
        parts = [Cell("How many steps.", "\n".join(self._settings())), *unpacking(self._arrays)[1]]
        if is_loaded(self._spec):
            placed = "" if self._spec.device == "cpu" else f'.to("{self._spec.device}")'
            tensors = f"x, y = torch.from_numpy(x){placed}, torch.from_numpy(y){placed}"
            parts.append(Cell("The data, from their file.", f"{loading(self._spec)}\n{tensors}"))
        elif self._spec.data is not None:
            x, y = data_arrays(self._spec)
            code = f"x = {self._tensor(x)}\ny = {self._tensor(y)}"
            parts.append(Cell(f"The data: {len(x)} rows.", code))
        if (batches := batches_cell(self._spec)) is not None:
            parts.append(batches)
        parts.append(Cell("What is trained.", "\n".join(self._model_lines())))
        parts.append(Cell("The optimizer.", "\n".join(self._optimizer_lines())))
        if self._taken:
            parts.append(taken_cell(self._taken, is_changed=bool(self._changes)))
        parts.append(Cell("The training: the loss before each step's update, one a line.", "\n".join(self._loop())))
        return parts

    def _settings(self) -> Iterator[str]:
        yield f"STEPS = {self._steps}"
        if (begins := self._warning) is not None:
            yield f'warnings.filterwarnings("ignore", message={begins!r})  # the mean over all numbers is meant'
        yield threads_line(self._spec)

    def _tensor(self, array: Array) -> str:
        placed = "" if self._spec.device == "cpu" else f', device="{self._spec.device}"'
        made = f"torch.from_numpy({packed_text(array)})" if is_packed(array) else ""
        if made:
            return made + ("" if self._spec.device == "cpu" else f'.to("{self._spec.device}")')
        return f"torch.tensor({rows_text(array)}, dtype=torch.{array.dtype}{placed})"

    # --- what is trained ---------------------------------------------------------------------------

    def _model_lines(self) -> Iterator[str]:
        if self._spec.problem is not None:
            yield from self._point_lines(self._spec.problem)
            return
        if any(layer.inside for layer in self._layers):
            yield RESIDUAL
        seed = self._spec.start.seed if isinstance(self._spec.start, SeedStart) else None
        if seed is not None:
            yield f"torch.manual_seed({seed})"
        yield "model = torch.nn.Sequential("
        yield from modules(self._outer, self._spec.dtype)
        yield ")"
        yield from self._init_lines()
        if self._spec.device != "cpu":
            yield f'model.to("{self._spec.device}")'
        if self._given:
            yield from self._given_lines()

    def _init_lines(self) -> Iterator[str]:
        """Draw anew what is to be drawn otherwise, all else being drawn by then."""
        for layer, module in places(self._outer):
            if layer.init is not None:
                arguments = "".join(f", {key}={value_text(value)}" for key, value in complete_init(layer.init).items())
                yield f"torch.nn.init.{layer.init.name}({module}.weight{arguments})"

    def _given_lines(self) -> Iterator[str]:
        yield "weights = ["
        yield from (f"    {_behind(self._tensor(value))},  # {name}" for name, value in self._given.items())
        yield "]"
        yield "with torch.no_grad():"
        yield "    for parameter, weight in zip(model.parameters(), weights, strict=True):"
        yield "        parameter.copy_(weight)"

    def _point_lines(self, problem: ProblemSpec) -> Iterator[str]:
        placed = "" if self._spec.device == "cpu" else f', device="{self._spec.device}"'
        dtype = f"dtype=torch.{self._spec.dtype}{placed}"
        yield f"point = torch.nn.Parameter(torch.tensor([{value_text(list(problem.start))}], {dtype}))"
        yield ""
        yield ""
        yield "def value():"
        yield f'    """Return {problem.function} at the point."""'
        yield "    u, v = point[0, 0], point[0, 1]"
        yield f"    return {VALUES[problem.function].format(condition=problem.condition)}"

    # --- what moves it -----------------------------------------------------------------------------

    def _optimizer_lines(self) -> Iterator[str]:
        if len(self._groups) > 1:
            yield f"names = {value_text(list(shapes_of(self._spec)))}"
            yield "weights = dict(zip(names, model.parameters(), strict=True))"
        for name, groups in self._classes.items():
            yield from self._made(name, groups)
        if not self._taken:
            yield from schedule_lines(self._entry, self._optimizers)

    @property
    def _optimizers(self) -> list[str]:
        many = len(self._classes) > 1
        return [f"optimizer{number}" if many else "optimizer" for number in range(1, len(self._classes) + 1)]

    def _made(self, name: str, groups: list[Group]) -> Iterator[str]:
        optimizer = self._optimizers[list(self._classes).index(name)]
        called, first = OPTIMIZERS.module(name).TORCH, groups[0].entry
        hyper = "".join(f", {key}={value_text(value)}" for key, value in _numbers(first).items())
        if len(self._groups) == 1:
            trained = "[point]" if self._spec.problem is not None else "model.parameters()"
            yield f"{optimizer} = {called}({trained}{hyper})"
        elif len(groups) == 1:
            yield f"{optimizer} = {called}({_weights(groups[0])}{hyper})"
        else:
            yield f"{optimizer} = {called}("
            yield "    ["
            yield from (f"        {_group(group, first)}," for group in groups)
            yield f"    ]{hyper},"
            yield ")"

    # --- the loop ----------------------------------------------------------------------------------

    def _loop(self) -> Iterator[str]:
        yield "for step in range(1, STEPS + 1):"
        yield from (f"    {line}" for line in self._step_lines())

    def _step_lines(self) -> Iterator[str]:
        yield from self._change_lines()
        for taken in self._taken:
            yield from taken.step_lines()
        if has_batches(self._spec):
            yield "rows = rows_of(step)"
        if self._masks:
            yield f"torch.manual_seed({self._spec.batch.seed} + step)  # draws what is left out"
        if self._takes_closure:
            yield from self._closure_lines()
            return
        yield from (f"{optimizer}.zero_grad()" for optimizer in self._optimizers)
        yield f"loss = {self._loss()}"
        yield "loss.backward()"
        if self._entry.clip is not None:
            yield self._clip_line(self._entry.clip)
        yield from (f"{optimizer}.step()" for optimizer in self._optimizers)
        yield from self._schedule_step()
        yield self._tell.format(loss="loss.item()")

    def _schedule_step(self) -> Iterator[str]:
        if not self._taken:
            yield from schedule_step(self._entry, len(self._optimizers))

    def _change_lines(self) -> Iterator[str]:
        """Yield what gives groups other hyperparameters, behind the steps of the run after which they had them."""
        before = self._groups
        for after, params in self._changes:
            changed = groups_of(self._entry.model_copy(update={"params": dict(params)}), shapes_of(self._spec))
            lines = [line for pair in zip(before, changed, strict=True) for line in self._changed(*pair)]
            if lines:
                yield from (f"if step == {after + 1}:", *(f"    {line}" for line in lines))
            before = changed

    def _changed(self, old: Group, new: Group) -> Iterator[str]:
        """Yield the lines that change a group, but for what the numbers of its schedule say."""
        of_class = self._classes[old.entry.name]
        optimizer = self._optimizers[list(self._classes).index(old.entry.name)]
        place = [group.weights for group in of_class].index(old.weights)
        group = f"{optimizer}.param_groups[{place}]"
        numbers = dict(_changed(old.entry, new.entry))
        if self._entry.phases and "lr" in numbers:
            rate = numbers.pop("lr")
            if not self._taken:  # of a schedule that looks at the losses: its falls stay as a factor
                was = complete(old.entry.name, old.entry.params).lr
                yield f'{group}["lr"] *= {rate} / {was!r}' if was else f'{group}["lr"] = {rate}'
        if numbers:
            yield f"{group}.update({', '.join(f'{key}={value}' for key, value in numbers.items())})"

    def _closure_lines(self) -> Iterator[str]:
        yield ""
        yield "def closure():"
        yield "    optimizer.zero_grad()"
        yield f"    loss = {self._loss()}"
        yield "    loss.backward()"
        yield "    return loss"
        yield ""
        yield "loss = optimizer.step(closure)"
        yield from self._schedule_step()
        yield self._tell.format(loss="loss.item()")

    def _loss(self) -> str:
        if self._spec.problem is not None:
            return "value()"
        assert self._spec.network is not None
        name, params = name_and_params(function_asked(self._spec.network.loss))
        x, y = ("x[rows]", "y[rows]") if has_batches(self._spec) else ("x", "y")
        more = "".join(f", {key}={self._argument(value)}" for key, value in params.items())
        return f"{LOSSES.module(name).TORCH}(model({x}), {y}{more})"

    def _argument(self, value: Any) -> str:
        if not isinstance(value, list | tuple):
            return value_text(value)
        return f"torch.tensor({value_text(list(value))}, dtype=torch.{self._spec.dtype})"

    def _clip_line(self, clip: ClipSpec) -> str:
        trained = "[point]" if self._spec.problem is not None else "model.parameters()"
        if clip.norm is not None:
            return f"torch.nn.utils.clip_grad_norm_({trained}, {clip.norm!r})"
        return f"torch.nn.utils.clip_grad_value_({trained}, {clip.value!r})"


def _numbers(entry: OptimizerSpec) -> Mapping[str, Any]:
    """Return the hyperparameters that are not torch's defaults, and the rate in any case."""
    hyper, usual = complete(entry.name, entry.params)._asdict(), complete(entry.name, {})._asdict()
    return {key: value for key, value in hyper.items() if key == "lr" or value != usual[key]}


def _changed(before: OptimizerSpec, after: OptimizerSpec) -> Iterator[tuple[str, str]]:
    """Yield the hyperparameters that are other ones, with their values as Python writes them."""
    old, new = (complete(entry.name, entry.params)._asdict() for entry in (before, after))
    yield from ((key, value_text(value)) for key, value in new.items() if value != old[key])


def _weights(group: Group) -> str:
    return "[" + ", ".join(f'weights["{name}"]' for name in group.weights) + "]"


def _group(group: Group, first: OptimizerSpec) -> str:
    """Return a group of parameters: its weights, and what it has other than the class is told."""
    hyper = complete(group.entry.name, group.entry.params)._asdict()
    usual = complete(first.name, first.params)._asdict()
    own = "".join(f', "{key}": {value_text(value)}' for key, value in hyper.items() if value != usual[key])
    return f'{{"params": {_weights(group)}{own}}}'


def _behind(text: str) -> str:
    return text if '"""' in text else text.replace("\n", "\n    ")
