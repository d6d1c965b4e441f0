"""What an experiment trains: a network on data, or a problem's point. Neither has a place for all of the other's."""

from collections.abc import Iterator
from typing import Any

from .faults import Fault, shown
from .model import Batch, ProblemSpec
from .start import SeedStart

OF_NETWORKS = ("data", "network")  # these must be there where there is no problem
ELSEWHERE = {"start": SeedStart(), "batch": Batch()}  # and these may stand at their defaults where there is one


def kind_faults(raw: dict[str, Any], sound: dict[str, Any]) -> Iterator[Fault]:
    """Find faults of the file's kind. ``raw`` is its structure, ``sound`` what of it is well, by top-level name."""
    if raw.get("problem") is None:
        yield from (Fault((key,), "missing") for key in OF_NETWORKS if raw.get(key) is None)
        return
    out_of_place = [key for key in OF_NETWORKS if raw.get(key) is not None]
    out_of_place += [key for key, default in ELSEWHERE.items() if sound.get(key, default) != default]
    yield from (Fault((key,), "no_place_beside_problem") for key in out_of_place)
    problem = sound.get("problem")
    if isinstance(problem, ProblemSpec) and problem.function != "quadratic":
        default = ProblemSpec.model_fields["condition"].default
        if problem.condition != default:
            yield Fault(("problem", "condition"), "no_condition", {"given": shown(problem.condition)})
