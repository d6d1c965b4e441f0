"""What scripts of both backends begin with: torch's threads, the rows, and which of them each step sees."""

import os
from collections.abc import Iterable

from numpy import ndarray as Array

from engine.spec import ExperimentSpec, arrays_of, row_count
from engine.spec.sizes import threads_for

from .cells import Cell
from .literals import IMPORTS, UNPACKED, array_text, is_packed
from .loaded_data import is_loaded, loading

SHUFFLED = '''def rows_of(step):
    """Return the rows of a step; each epoch has an order of its own, drawn from the seed and the epoch."""
    epoch, number = divmod(step - 1, {per_epoch})
    order = np.random.default_rng(({seed}, epoch)).permutation({count})
    return order[number * {size} : min((number + 1) * {size}, {count})]'''
IN_ORDER = '''def rows_of(step):
    """Return the rows of a step: one batch after another, and again from the first."""
    number = (step - 1) % {per_epoch}
    return slice(number * {size}, min((number + 1) * {size}, {count}))'''


def threads_line(spec: ExperimentSpec) -> str:
    """Return the line that has torch share out its work as it does in a run."""
    threads = threads_for(spec, os.cpu_count() or 1)
    return f"torch.set_num_threads({threads})  # with other threads sums may come out by another bit"


def data_arrays(spec: ExperimentSpec) -> tuple[Array, ...]:
    """Return the rows that train, and their targets; nothing where there are none, or they are loaded from a file."""
    return () if spec.data is None or is_loaded(spec) else arrays_of(spec)


def data_cell(spec: ExperimentSpec) -> Cell | None:
    """Return the rows that train as NumPy's arrays; None for a test function."""
    if spec.data is None:
        return None
    if is_loaded(spec):
        return Cell("The data, from their file.", loading(spec))
    x, y = data_arrays(spec)
    kept = "" if spec.data.test is None else ", those left out that only test"
    return Cell(f"The data: {len(x)} rows{kept}.", f"x = {array_text(x)}\ny = {array_text(y)}")


def batches_cell(spec: ExperimentSpec) -> Cell | None:
    """Return ``rows_of(step)``; None where every step sees all rows as they are."""
    if not has_batches(spec):
        return None
    count = row_count(spec)
    size = min(spec.batch.size or count, count)
    numbers = {"count": count, "size": size, "per_epoch": -(-count // size), "seed": spec.batch.seed}
    return Cell("The batches.", (SHUFFLED if spec.batch.shuffle else IN_ORDER).format(**numbers))


def has_batches(spec: ExperimentSpec) -> bool:
    """Tell whether steps see other rows than all of them in the file's order."""
    return spec.data is not None and (spec.batch.shuffle or (spec.batch.size or row_count(spec)) < row_count(spec))


def unpacking(arrays: Iterable[Array], *, always: bool = False) -> tuple[set[str], list[Cell]]:
    """Return the function that packed arrays need, and its imports, if any of these is packed."""
    if not always and not any(is_packed(array) for array in arrays):
        return set(), []
    return {*IMPORTS, "import numpy as np"}, [Cell("Numbers that are too many to be read.", UNPACKED)]
