"""An experiment written as a script or a notebook of its own, without a window."""

import math
import sys
from pathlib import Path

from engine.spec import ExperimentError, ExperimentSpec, Fault, layer_module, layers_in, row_count, shapes_of
from engine.spec.faults import listed, one_line, unknown_name
from engine.standalone import Backend, is_loaded, notebook_of, script_of

from .own_code import trusted
from .whole_files import write_whole

NOTEBOOK = ".ipynb"
NUMBER_BYTES, TEXT_BYTES = 12, 60_000  # of a number that is written out, and of all else
BITS = 64  # of what is drawn take as much room as a number
MOST_NUMBERS = 20_000_000


def script(spec: ExperimentSpec, backend: Backend | None, steps: int, out: Path | None, label: str | None) -> int:
    """Write the script, to the terminal where ``out`` is None; returns the exit status.

    Raises ExperimentError where it cannot be told which one is wanted, or where it cannot be written as one; OSError
    where ``out`` cannot be written.
    """
    size_of(spec, steps)
    entry = _entry(spec, label)
    with trusted(spec) as (spec, *_):  # own code is run, as only then it is known how it is called
        text = _text(spec, backend, steps, out, entry)
    if out is None:
        sys.stdout.write(text)
    elif out.exists() and not out.is_file():  # a device
        out.write_text(text, encoding="utf-8")
    else:
        write_whole({out.name: lambda file: _write(file, text)}, out.parent)
    return 0


def _text(spec: ExperimentSpec, backend: Backend | None, steps: int, out: Path | None, entry: int) -> str:
    if out is not None and out.suffix == NOTEBOOK:
        return notebook_of(spec, entry, steps)
    if backend is None:
        raise ExperimentError([Fault(("--of",), "missing")])
    return script_of(spec, entry, backend, steps)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def size_of(spec: ExperimentSpec, steps: int) -> int:
    """Return how many bytes a script may take, about. Raises ExperimentError where that is too much for a text."""
    data = 0 if spec.data is None or is_loaded(spec) else row_count(spec) * (spec.data.x.columns + 1)
    masked = sum(
        math.prod(layer.inputs) for layer in layers_in(spec) if hasattr(layer_module(layer.kind), "mask_share")
    )
    bits = steps * masked * min(spec.batch.size or row_count(spec), row_count(spec))
    count = data + sum(math.prod(shape) for shape in shapes_of(spec).values()) + bits // BITS
    if count > MOST_NUMBERS:
        words = {"count": f"{count:,}", "limit": f"{MOST_NUMBERS:,}"}
        raise ExperimentError([Fault((), "script_of_all_together", words)])
    return TEXT_BYTES + NUMBER_BYTES * count


def _entry(spec: ExperimentSpec, label: str | None) -> int:
    """Return which entry is meant: the one that has this label, or the first, of which it is told if there are more."""
    if label is None:
        first, *others = spec.labels
        if others:
            told = f"this is the script of {first}; --optimizer LABEL writes another's: {listed(others)}"
            print(one_line(told), file=sys.stderr)
        return 0
    if label not in spec.labels:
        raise ExperimentError([unknown_name(("--optimizer",), label, spec.labels)])
    return spec.labels.index(label)
