"""An experiment written as a script or as a notebook that stands alone."""

import json
from typing import Any, get_args

import numpy as np

from engine.backends import torch_facts
from engine.spec import ExperimentError, ExperimentSpec, Fault
from engine.version import version

from .cells import Asked, Backend, Cell, Changes, imports_text, script_text, without_blanks
from .numpy_script import numpy_cells
from .own_checked import careful, has_own_code
from .torch_script import torch_cells

BACKENDS: tuple[Backend, ...] = get_args(Backend)
WHAT = {"diy": "by hand: NumPy alone, every gradient by the chain rule", "torch": "by PyTorch"}
OWN_IN_TORCH = "by hand: NumPy, and own code that takes torch's tensors"
ABOUT = """{title}{what}.

Lockstep {version} wrote this script. It prints the loss before each step's update, {steps:,} of them: those of
"{label}/{backend}" in Lockstep, to the bit, on the same machine with {versions}."""
NOTEBOOK = """Lockstep {version} wrote this notebook: the same network from the same weights, by hand in NumPy and by
PyTorch. Each half keeps the loss before each step's update, {steps:,} of them."""
HEADINGS = {"diy": "By hand", "torch": "By PyTorch"}
SIDE_BY_SIDE = """for step in sorted({1, *range(0, STEPS + 1, max(STEPS // 10, 1)), STEPS} - {0}):
    diy, other = diy_losses[step - 1], torch_losses[step - 1]
    print(f"step {step}: by hand {diy!r}, by PyTorch {other!r}, apart {abs(diy - other):.3g}")"""


def script_of(spec: ExperimentSpec, entry: int, backend: Backend, steps: int, changes: Changes = ()) -> str:
    """Return the Python script that trains an optimizer entry as its lane on ``backend`` does, for so many steps.

    ``changes`` are of its hyperparameters, each after a step of the run. Raises ExperimentError where that lane runs a
    person's own code in a form that no script calls, or torch's is of an optimizer that it has none of.
    """
    check_scripted(spec, entry, backend)
    asked = Asked(spec, spec.optimizers[entry], steps, changes, place=entry)
    if has_own_code(spec, entry, backend):
        asked = careful(asked, lambda tried: _script("diy", tried))
    return _script(backend, asked)


def _script(backend: Backend, asked: Asked) -> str:
    imports, cells = _cells(backend, asked)
    return script_text(_about(asked, backend, with_torch="import torch" in imports), imports, cells)


def check_scripted(spec: ExperimentSpec, entry: int, *backends: Backend) -> None:
    """Raise ExperimentError where a script of an entry cannot be written."""
    one = spec.optimizers[entry]
    if not one.name and "torch" in backends:
        raise ExperimentError([Fault(("optimizers", entry), "script_of_nothing", {"name": one.title})])
    if one.log is not None and "diy" in backends:
        raise ExperimentError([Fault(("optimizers", entry), "script_of_log")])


def _cells(backend: Backend, asked: Asked) -> tuple[set[str], list[Cell]]:
    return numpy_cells(asked) if backend == "diy" else torch_cells(asked)


def _about(asked: Asked, backend: Backend, *, with_torch: bool) -> str:
    torch, _ = torch_facts()
    return ABOUT.format(
        title=_subject(asked.spec),
        what=OWN_IN_TORCH if backend == "diy" and with_torch else WHAT[backend],
        version=version(),
        steps=asked.steps,
        label=_quiet(asked.spec.labels[asked.place]),
        backend=backend,
        versions=f"NumPy {np.__version__}" + (f" and torch {torch}" if with_torch else ""),
    )


def _subject(spec: ExperimentSpec) -> str:
    return f"{_quiet(spec.title)}, trained " if spec.title else "Trained "


def _quiet(text: str) -> str:
    """Return what a person has typed as it may stand in a docstring: on one line, and without an end of it."""
    return " ".join(text.replace("\\", "/").replace('"', "”").split())


def notebook_of(spec: ExperimentSpec, entry: int, steps: int, changes: Changes = ()) -> str:
    """Return a notebook, as JSON, that trains both lanes of an entry and ends in their losses side by side.

    Raises ExperimentError as ``script_of`` does.
    """
    check_scripted(spec, entry, *BACKENDS)
    cells = [_markdown(f"# {_subject(spec)}twice\n\n{NOTEBOOK.format(version=version(), steps=steps)}")]
    for backend in BACKENDS:
        asked = Asked(spec, spec.optimizers[entry], steps, changes, place=entry)
        if has_own_code(spec, entry, backend):
            asked = careful(asked, lambda tried: _script("diy", tried))
        cells += _half(backend, asked._replace(tell=f"{backend}_losses.append({{loss}})"))
    cells += [_markdown("## Side by side"), _code(SIDE_BY_SIDE)]
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    for number, cell in enumerate(cells):
        cell["id"] = f"lockstep-{number}"
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _half(backend: Backend, asked: Asked) -> list[dict[str, Any]]:
    imports, cells = _cells(backend, asked)
    begin = f"{imports_text(imports)}\n\n{backend}_losses = []"
    codes = [_code(begin), *(_code(f"# {cell.title}\n{without_blanks(cell.code)}") for cell in cells)]
    return [_markdown(f"## {HEADINGS[backend]}"), *codes]


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    source = text.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
