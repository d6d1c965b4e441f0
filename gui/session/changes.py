"""What an edit changes about a run: hyperparameters and breakpoints, which it can take over, or more than that."""

from typing import Any

from engine.spec import ExperimentSpec, OptimizerSpec, complete, hyper_fields


def live_changes(run: ExperimentSpec, typed: ExperimentSpec) -> list[tuple[int, dict[str, Any]]] | None:
    """Return the entries whose ``params`` differ, if nothing else that matters to a run does; None if it does."""
    if len(run.optimizers) != len(typed.optimizers) or _fixed(run) != _fixed(typed):
        return None
    changes: list[tuple[int, dict[str, Any]]] = []
    for index, (before, after) in enumerate(zip(run.optimizers, typed.optimizers, strict=True)):
        if before.params != after.params:
            if not _is_live(before, after):
                return None
            changes.append((index, after.params))
    return changes


def _fixed(spec: ExperimentSpec) -> ExperimentSpec:
    """All that takes a Reset; title, breakpoints and colours may change at any time."""
    entries = tuple(entry.model_copy(update={"params": {}, "color": None}) for entry in spec.optimizers)
    return but_paths(spec).model_copy(update={"optimizers": entries, "title": "", "breakpoints": ()})


def but_paths(spec: ExperimentSpec) -> ExperimentSpec:
    """Return the experiment without where its own code lies: the texts are what runs."""
    if not spec.code:
        return spec
    code = {name: one.model_copy(update={"path": None}) for name, one in spec.code.items()}
    return spec.model_copy(update={"code": code})


def _is_live(before: OptimizerSpec, after: OptimizerSpec) -> bool:
    fixed = {str(field.path[0]) for field in hyper_fields(before.name) if not field.about.live}
    old, new = (complete(entry.name, entry.params) for entry in (before, after))
    return all(getattr(old, name) == getattr(new, name) for name in fixed)
