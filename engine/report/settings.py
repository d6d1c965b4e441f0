"""What a comparison was made of, in words, and as the experiment file has it."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from engine.protocol import Change
from engine.spec import (
    Data,
    ExperimentSpec,
    Function,
    InitSpec,
    LayerSpec,
    LinearSpec,
    OptimizerSpec,
    OwnActivation,
    OwnLoss,
    ResidualSpec,
    ScheduleSpec,
    SeedStart,
    ShareSplit,
    complete,
    layers_in,
)
from engine.spec.faults import Path
from engine.spec.groups import group_entry
from engine.spec.hyperparameters import complete_schedule
from engine.spec.layers import LAYERS
from engine.spec.model import GroupSpec

Words = Mapping[str, str]


def facts(spec: ExperimentSpec, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the names and values of all settings but the optimizers'."""
    yield from _problem(spec, words) if spec.problem is not None else _network(spec, words)
    yield words["precision"], spec.dtype
    yield words["device"], spec.device


def _problem(spec: ExperimentSpec, words: Words) -> Iterator[tuple[str, str]]:
    assert spec.problem is not None
    function, (x, y) = spec.problem.function, spec.problem.start
    text = words["function_text"].format(name=function, x=f"{x:g}", y=f"{y:g}")
    condition = words["condition"].format(condition=f"{spec.problem.condition:g}") if function == "quadratic" else ""
    yield words["function"], text + condition


def _network(spec: ExperimentSpec, words: Words) -> Iterator[tuple[str, str]]:
    assert spec.data is not None
    assert spec.network is not None
    data, layers = spec.data, layers_in(spec)
    shapes, outputs = {layer.path: "×".join(map(str, layer.outputs)) for layer in layers}, prod(layers[-1].outputs)
    counts = {"rows": f"{len(data.x):,}", "inputs": data.x.columns}
    if data.has_classes:
        text = words["data_classes"].format(classes=outputs, **counts)
    else:
        text = words["data_text"].format(outputs=outputs, **counts)
    yield words["data"], _with_split(data, text, words)
    row = "×".join(map(str, data.row_shape))
    yield words["network"], " → ".join([row, *_layers(spec.network.layers, LAYERS, shapes)])
    yield words["loss_name"], _function(spec.network.loss)
    yield words["start"], _start(spec, words)
    yield words["batches"], _batches(spec, words)


def _with_split(data: Data, text: str, words: Words) -> str:
    """Add how many rows only test, and the seed that drew them."""
    if data.test is None:
        return text
    told = {"data": text, "tested": f"{data.test_count:,}"}
    if isinstance(data.test, ShareSplit):
        return words["data_split_seed"].format(seed=data.test.seed, **told)
    return words["data_split"].format(**told)


def _function(function: Function) -> str:
    """Return its name, with the numbers that are not torch's defaults, and own code in its place."""
    if isinstance(function, str):
        return function
    numbers = ", ".join(f"{name} {_value(value)}" for name, value in function.params.items())
    own = f" [{function.code}]" if isinstance(function, OwnActivation | OwnLoss) else ""
    return f"{function.name}{f'({numbers})' if numbers else ''}{own}"


def _layers(layers: Sequence[LayerSpec], at: Path, shapes: Mapping[Path, str]) -> Iterator[str]:
    """Yield each layer in words, a residual with those inside it.

    ``shapes``: of what each layer makes, by its place in the file.
    """
    for index, layer in enumerate(layers):
        path: Path = (*at, index)
        if isinstance(layer, ResidualSpec):
            inside = " → ".join(_layers(layer.layers, (*path, "layers"), shapes))
            yield f"{layer.kind} [{inside}] {shapes[path]}"
        else:
            yield _with_kind(layer, f"{shapes[path]} {_function(layer.activation)}")


def _with_kind(layer: LayerSpec, made: str) -> str:
    """Add what kind of layer it is, whose code it runs, and how its weight is drawn, where that is not as usual."""
    made = made if layer.init is None else f"{made} ({', '.join(_init(layer.init))})"
    if isinstance(layer, LinearSpec):
        return made if layer.code is None else f"{made} [{layer.code}]"
    return f"{layer.kind} {made}"


def _init(init: InitSpec) -> Iterator[str]:
    yield init.name
    yield from (f"{name} {_value(value)}" for name, value in init.params.items())


def _start(spec: ExperimentSpec, words: Words) -> str:
    if isinstance(spec.start, SeedStart):
        return words["start_seed"].format(seed=spec.start.seed)
    return words["start_given"]


def _batches(spec: ExperimentSpec, words: Words) -> str:
    batch = spec.batch
    size = words["all_rows"] if batch.size is None else words["batch_text"].format(size=f"{batch.size:,}")
    return words["shuffled"].format(size=size, seed=batch.seed) if batch.shuffle else size


def effective(entry: OptimizerSpec) -> dict[str, Any]:
    """Return an entry as the file has it, with all that it leaves out at its default."""
    found: dict[str, Any] = {"name": entry.name or None, "params": complete(entry.name, entry.params)._asdict()}
    if not entry.name:
        found["params"] = entry.params
    if entry.groups:
        found["groups"] = [_group(entry, group) for group in entry.groups]
    if entry.code is not None:
        found["code"] = entry.code
    if entry.reference is not None:
        found["reference"] = entry.reference
    if entry.label is not None:
        found["label"] = entry.label
    found["backends"] = list(entry.backends)
    if entry.schedule is not None:
        phases = [_schedule(phase) for phase in entry.phases]
        found["schedule"] = phases[0] if entry.schedule is entry.phases[0] else phases
    if entry.clip is not None:
        found["clip"] = entry.clip.model_dump(exclude_none=True)
    if entry.color is not None:
        found["color"] = entry.color
    return found


def _group(entry: OptimizerSpec, group: GroupSpec) -> dict[str, Any]:
    made = group_entry(entry, group)
    return {"match": group.match, "name": made.name, "params": complete(made.name, made.params)._asdict()}


def _schedule(phase: ScheduleSpec) -> dict[str, Any]:
    found: dict[str, Any] = {"name": phase.name, "params": complete_schedule(phase.name, phase.params)._asdict()}
    if phase.steps is not None:
        found["steps"] = phase.steps
    if phase.warmup is not None:
        found["warmup"] = phase.warmup.model_dump()
    return found


def change_text(spec: ExperimentSpec, change: Change, words: Words) -> str:
    """Say what an entry had from that step on."""
    params = ", ".join(f"{name} {_value(value)}" for name, value in change.params.items())
    return words["change"].format(step=f"{change.step:,}", label=spec.labels[change.entry], changes=params)


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
