"""What the pages need of an experiment: its data, which of its rows only test, and what its targets are."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import (
    ClassKind,
    ExperimentSpec,
    class_count,
    class_kind,
    function_name,
    inputs_type,
    target_of,
    unit_counts,
)
from engine.spec.definitions import Target
from gui.look.lanes import PairNames, names_of_entry


class Facts(NamedTuple):
    """Hold data: ``x`` (rows, inputs), ``y`` (rows, outputs) or a class a row, and of each row whether it only tests.

    ``kind`` and ``classes``: None and 0 where targets are no classes. ``dtype`` is the run's precision.
    ``are_indices``: the inputs are whole numbers that stand for vectors. ``names`` are the classes', if they have some.
    ``lanes``: how the pair's lanes are called.
    """

    x: Array
    y: Array
    tested: Array
    target: Target
    kind: ClassKind | None
    outputs: int
    classes: int
    dtype: str
    are_indices: bool = False
    names: tuple[str, ...] = ()
    lanes: PairNames = PairNames("", "")

    def class_name(self, number: int) -> str:
        """Return what a class is called: its name, or its number."""
        return self.names[number] if 0 <= number < len(self.names) else str(number)

    @property
    def inputs(self) -> int:
        return self.x.shape[1]

    @property
    def has_test(self) -> bool:
        return bool(self.tested.any())

    def targets(self, output: int) -> Array:
        """Return an output's target of each row: of classes 1 or 0."""
        return (self.y == output).astype(float) if self.kind == "classes" else self.y[:, output]


def facts_of(spec: ExperimentSpec | None, entry: int = 0) -> Facts | None:
    """Return the facts, with the lanes of an optimizer entry; None of a test function, which has no data."""
    if spec is None or spec.network is None or spec.data is None:
        return None
    tested = np.zeros(len(spec.data.x), bool)
    tested[spec.data.rows("test")] = True
    return Facts(
        x=spec.data.x.array,
        y=spec.data.y.array,
        tested=tested,
        target=target_of(function_name(spec.network.loss)),
        kind=class_kind(spec),
        outputs=unit_counts(spec)[-1],
        classes=class_count(spec),
        dtype=spec.dtype,
        are_indices=inputs_type(spec) != spec.dtype,
        names=spec.data.classes or (),
        lanes=names_of_entry(spec, entry),
    )
