"""What an edit changes about a run: hyperparameters that it can take over, or more than that."""

from typing import Any

from engine.spec import ExperimentSpec, OptimizerSpec, complete, hyper_fields


def live_changes(run: ExperimentSpec, typed: ExperimentSpec) -> list[tuple[int, dict[str, Any]]] | None:
    """The optimizer entries whose ``params`` differ, if nothing else does; None if it takes a Reset."""
    if len(run.optimizers) != len(typed.optimizers) or _without_params(run) != _without_params(typed):
        return None
    changes: list[tuple[int, dict[str, Any]]] = []
    for index, (before, after) in enumerate(zip(run.optimizers, typed.optimizers, strict=True)):
        if before.params != after.params:
            if not _is_live(before, after):
                return None
            changes.append((index, after.params))
    return changes


def _without_params(spec: ExperimentSpec) -> ExperimentSpec:
    """All that takes a Reset; a title may change at any time."""
    entries = tuple(entry.model_copy(update={"params": {}}) for entry in spec.optimizers)
    return spec.model_copy(update={"optimizers": entries, "title": ""})


def _is_live(before: OptimizerSpec, after: OptimizerSpec) -> bool:
    fixed = {str(field.path[0]) for field in hyper_fields(before.name) if not field.about.live}
    old, new = (complete(entry.name, entry.params) for entry in (before, after))
    return all(getattr(old, name) == getattr(new, name) for name in fixed)
