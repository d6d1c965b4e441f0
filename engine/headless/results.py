"""What a run leaves behind: losses.csv and losses.npz, weights.npz and report.json, as the design names them."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.backends import number_files
from engine.backends.number_files import Format
from engine.backends.weights_out import kept_by
from engine.parity.records import worst_of
from engine.protocol import Drift, Instability, Mismatch, NotFinite, Verdict, past_plans
from engine.race.columns import columns_of
from engine.run.lockstep import Lockstep, Pair
from engine.run.rates import rates_of
from engine.spec import class_kind, first_unplanned_step
from engine.verify import Record

from .data_words import data_facts
from .ended import Ended
from .json_text import as_json
from .weight_files import weight_writers
from .whole_files import write_whole

ROWS_AT_ONCE = 4096
WORST_FIRST: tuple[Verdict, ...] = ("differs", "unstable", "not_finite", "lockstep")


def write(
    run: Lockstep,
    out: Path,
    own: Mapping[int, Record] = MappingProxyType({}),
    ended: Ended | None = None,
    formats: Sequence[Format] = (),
) -> None:
    """Write the run's files. Raises OSError.

    ``own``: what own code was found to be, by its entry; ``ended``: what it ended the run with. ``formats``: of files
    of each lane's weights that are written as well.
    """
    write_report = partial(_write_report, own, ended)
    writers = {
        "losses.csv": write_losses,
        "losses.npz": write_arrays,
        "weights.npz": _write_weights,
        "report.json": write_report,
    }
    writers |= weight_writers(run, formats)
    write_whole({name: partial(write_one, run) for name, write_one in writers.items()}, out)


def write_losses(run: Lockstep, path: Path) -> None:
    """Write a row for each step up to the one stood at.

    ``<label>/<backend>`` is the loss of the step's batch, before its update; ``<label>/<backend>/all`` the loss over
    all training rows after it, and ``<label>/<backend>/test``, where there are any, that over the test rows, empty
    where not evaluated; ``<label>/lr`` the learning rate of the update. Raises OSError.
    """
    lanes = [lane.id for lane in run.lanes]
    trainings, rates = [f"{lane}/all" for lane in lanes], [f"{label}/lr" for label in run.spec.labels]
    tests = [f"{lane}/test" for lane in lanes] if has_test(run) else []
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["step", *lanes, *trainings, *tests, *rates])
        table.writerows(_rows(run))


def write_arrays(run: Lockstep, path: Path) -> None:
    """Write the columns of ``write_losses`` as NumPy's arrays, NaN where it leaves one empty. Raises OSError."""
    np.savez(path, allow_pickle=False, **{column.name: column.values for column in columns_of(run, run.step)})


def _rows(run: Lockstep) -> Iterator[tuple[int | float | str, ...]]:
    """Turn columns into rows a part at a time: as Python's own numbers they take four times the room."""
    batches = [series.values[: run.step] for series in run.series]
    evaluated = list(_evaluated_columns(run))
    rates = [rates_of(run, entry)[: run.step] for entry in range(len(run.spec.optimizers))]
    for start in range(0, run.step, ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        columns: list[Sequence[float | str]] = [column[part].tolist() for column in batches]
        columns += [["" if loss is None else loss for loss in column[part]] for column in evaluated]
        columns += [column[part].tolist() for column in rates]
        yield from zip(range(start + 1, start + 1 + len(columns[0])), *columns, strict=True)


def has_test(run: Lockstep) -> bool:
    """Return whether some of the run's rows only test."""
    return run.run_record is not None and run.run_record.test is not None


def evaluated(run: Lockstep) -> dict[str, list[float]]:
    """Return what is told of every lane beside its loss over the training rows: of test rows, and of classes."""
    found = {"test_loss": run.test_losses()} if has_test(run) else {}
    if class_kind(run.spec) is not None:
        found["accuracy"] = run.accuracies("training")
        found |= {"test_accuracy": run.accuracies("test")} if has_test(run) else {}
    return found


def _evaluated_columns(run: Lockstep) -> Iterator[list[float | None]]:
    """Yield every lane's losses over all training rows, then over the test rows; after the last step they are known."""
    assert run.run_record is not None
    kept = [(run.run_record.training, run.training_losses())]
    if run.run_record.test is not None:
        kept.append((run.run_record.test, run.test_losses()))
    for losses, finals in kept:
        for lane, final in enumerate(finals):
            column = losses.after_steps(lane, run.step)
            yield [*column[:-1], final] if column else []


def _write_weights(run: Lockstep, path: Path) -> None:
    weights = {f"{lane.id}/{name}": weight for lane in run.lanes for name, weight in kept_by(run, lane.lane).items()}
    number_files.write_arrays(weights, path, "npz")


def _write_report(own: Mapping[int, Record], ended: Ended | None, run: Lockstep, path: Path) -> None:
    path.write_text(as_json(report(run, own, ended)) + "\n", encoding="utf-8")


def report(
    run: Lockstep, own: Mapping[int, Record] = MappingProxyType({}), ended: Ended | None = None
) -> dict[str, Any]:
    """Return report.json's content; ``final_loss`` is over all training rows, after the last update.

    ``test_loss`` is over the test rows, where there are any. Where targets are classes, ``accuracy`` and
    ``test_accuracy`` are the shares of rows that are answered rightly.
    """
    finals = zip(run.lanes, run.training_losses(), strict=True)
    lanes: list[dict[str, Any]] = [{"id": lane.id, "final_loss": loss} for lane, loss in finals]
    for name, numbers in evaluated(run).items():
        for lane, number in zip(lanes, numbers, strict=True):
            lane[name] = number
    found = {"steps": run.step, "lanes": lanes, "parity": [_pair(pair, own) for pair in run.pairs]}
    found["verdict"] = verdict(run)
    found |= data_facts(run.spec)
    if notes := _notes(run):
        found["notes"] = notes
    return found if ended is None else found | {"error": ended.as_json()}


def _notes(run: Lockstep) -> list[dict[str, Any]]:
    """List what is to be known of entries beside their numbers: ``kind``, ``step`` from which on, and it ``told``."""
    spec = run.spec
    return [
        {
            "label": spec.labels[entry],
            "kind": "past_plan",
            "step": first_unplanned_step(spec.optimizers[entry]),
            "told": told,
        }
        for entry, told in past_plans(spec, run.step)
    ]


def _pair(pair: Pair, own: Mapping[int, Record]) -> dict[str, Any]:
    """Return what report.json has of a pair.

    ``named``: the known mistake or convention that a person's own code was found to follow, by name;
    ``updates_judged``, with own code and logs alone: the last step that could be judged; ``not_judged``, with logs
    alone: what of a step was not logged.
    """
    parity, record = pair.parity(), own.get(pair.entry)
    found = {
        "label": parity.label,
        "max_abs": {group: worst_of(pair.comparison, group) for group in ("loss", "grad", "weight")},
        "verdict": parity.verdict,
        "first_divergence": _fields(parity.mismatch),
        "drift": _fields(parity.drift),
        "not_finite": _fields(parity.not_finite),
        "unstable": _fields(parity.unstable),
        "named": None if record is None or record.named is None else record.named.as_json(),
    }
    if parity.updates_judged is not None:
        found["updates_judged"] = parity.updates_judged
    return found if parity.unlogged is None else found | {"not_judged": list(parity.unlogged)}


def _fields(found: Mismatch | Drift | Instability | NotFinite | None) -> dict[str, Any] | None:
    return None if found is None else found._asdict()


def verdict(run: Lockstep) -> Verdict:
    """Return the worst of the pairs' verdicts; ``lockstep`` where no entry has a pair."""
    return worst(pair.verdict for pair in run.parity())


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    return min(["lockstep", *verdicts], key=WORST_FIRST.index)
