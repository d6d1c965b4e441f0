"""What a session tells of its run without one being started: curves, settings, verdicts, weights. Of NumPy alone.

For whoever lays an earlier run beside another: nothing of torch is needed, and no own code runs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.spec import ExperimentSpec, shapes_of

from .archive import Archive
from .damage import Damaged, damaged
from .experiment import read_spec
from .folder import parts_in
from .rows import Rows, values_of


class LookedAt(NamedTuple):
    """Hold an earlier run as it was written down.

    ``spec`` is what it began with; ``changes`` are ``[step, entry, params, code]`` each. ``losses`` are (lanes, steps)
    in the order of ``lanes``, ``<label>/<backend>``; ``training`` and ``test`` (lanes, evaluations), None where there
    are none. ``rates`` are of the lanes that have a schedule, by their index. ``weights`` are each lane's by torch's
    names after step ``weights_at``, the last that there are any of. ``findings`` are ``[step, kind, fields]`` of each
    entry, ``not_finite`` the fields of a NotFinite. ``seconds``: what each lane has taken in all; ``marks`` are the
    steps at which that was taken down, and each lane's seconds at them, (lanes, marks). ``evaluations``: how many
    each lane had made after each step, by its index, of those that make several a step.
    """

    spec: ExperimentSpec
    changes: tuple[tuple[Any, ...], ...]
    step: int
    newest: int
    lanes: tuple[str, ...]
    losses: Array
    training: Array | None
    test: Array | None
    rates: Mapping[int, Array]
    weights: Mapping[str, Mapping[str, Array]]
    weights_at: int
    findings: Mapping[int, list[Any]]
    not_finite: Mapping[int, list[Any]]
    seconds: tuple[float, ...]
    marks: tuple[Array, Array]
    evaluations: Mapping[int, Array]


def look_at(file: Path) -> LookedAt:
    """Return the run that a session's file holds, to be looked at. Raises Damaged; ExperimentError of its experiment.

    A session without a run raises Damaged ``no_run_kept``.
    """
    with Archive(file) as archive:
        if parts_in(archive) != 1:
            raise Damaged("no_run_kept")
        spec, about = read_spec(archive, "run"), archive.json("part_0/part.json")
        try:
            return _looked_at(archive, spec, about)
        except (LookupError, TypeError, ValueError, AttributeError):
            damaged("a run that is none")


def _looked_at(archive: Archive, spec: ExperimentSpec, about: dict[str, Any]) -> LookedAt:
    lanes = tuple(spec.lane_id(n, backend) for n, one in enumerate(spec.optimizers) for backend in one.backends)
    losses = archive.array(about["losses"])
    if losses.shape != (len(lanes), about["newest"]):
        damaged("a run of other lanes")
    marks = archive.array(about["seconds"][0]), archive.array(about["seconds"][1])
    if marks[1].shape != (len(lanes), len(marks[0])) or not len(marks[0]):
        damaged("a run without its seconds")
    at, weights = _weights(archive, about["checkpoints"], tuple(shapes_of(spec)), lanes)
    verdicts = about["verdicts"]
    return LookedAt(
        spec=spec,
        changes=tuple(map(tuple, about["changes"])),
        step=int(about["step"]),
        newest=int(about["newest"]),
        lanes=lanes,
        losses=losses,
        training=None if about["training"] is None else archive.array(about["training"]),
        test=None if about["test"] is None else archive.array(about["test"]),
        rates={int(lane): archive.array(name) for lane, name in about["rates"].items()},
        weights=weights,
        weights_at=at,
        findings={int(entry): list(found) for entry, found in verdicts["findings"].items()},
        not_finite={int(entry): list(found) for entry, found in verdicts["not_finite"].items()},
        seconds=tuple(marks[1][:, -1].tolist()),
        marks=marks,
        evaluations={int(lane): archive.array(name) for lane, name in about["evaluations"].items()},
    )


def _weights(
    archive: Archive, told: Mapping[str, Any], names: tuple[str, ...], lanes: tuple[str, ...]
) -> tuple[int, dict[str, dict[str, Array]]]:
    """Return the step of the last checkpoint, and each lane's weights there; none of own code, which has none."""
    if not told["rows"]:
        return 0, {}
    last = told["rows"][-1]
    tree = last["tree"] if "tree" in last else told["rows"][last["as"]]["tree"]
    blocks = {kind: archive.array(name)[-1:] for kind, name in last["blocks"].items()}
    (value,) = values_of(Rows(tree, 1, blocks))
    found = {
        lane: dict(zip(names, own["weights"], strict=True)) for lane, own in zip(lanes, value["lanes"], strict=True)
    }
    return int(told["steps"][-1]), found
