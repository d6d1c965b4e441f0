"""What the heatmaps say: why a map is empty, and a cell's values in full."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import Reading
from engine.spec import BACKENDS, POINT, ExperimentSpec, OptimizerSpec

from .lanes import backend_name
from .numbers import counted, in_full, short

translate = QCoreApplication.translate


def weight_title(name: str) -> str:
    """A weight by torch's name; a test function's point, which is nobody's module, in words."""
    return translate("maps", "Point (x, y)") if name == POINT else name


def axes_hint(spec: ExperimentSpec | None) -> str:
    """What a map's rows and columns are, and how to read a cell."""
    if spec is not None and spec.problem is not None:
        return translate("maps", "On the left x, on the right y. Point at a cell, or use the arrow keys, to read it.")
    return translate(
        "maps", "Rows are units, columns are inputs, both from 0. Point at a cell, or use the arrow keys, to read it."
    )


def lane_note(entry: OptimizerSpec, backend: str, what: str, step: int) -> str:
    """Why there is no matrix of ``what`` of this lane at ``step``."""
    if backend not in entry.backends:
        return translate("maps", "{backend} does not run with this optimizer").format(backend=backend_name(backend))
    if step == 0:
        return translate("maps", "{what}: none before the first step").format(what=what)
    return translate("maps", "{what}: not used with these settings").format(what=what)


def difference_note(entry: OptimizerSpec, what: str, step: int) -> str:
    """The same of the difference."""
    if len(entry.backends) < len(BACKENDS):
        return translate("maps", "Nothing to compare with")
    return lane_note(entry, entry.backends[0], what, step)


def reading_text(element: str, reading: Reading, dtype: str) -> str:
    """``element``'s values in both lanes, their difference and ULPs; a lane that is not there is left out."""
    parts = [element]
    for backend, value in zip(BACKENDS, (reading.diy, reading.torch), strict=True):
        if value is not None:
            parts.append(f"{backend_name(backend)} {in_full(value, dtype)}")
    if reading.delta is not None:
        parts.append(f"Δ {in_full(reading.delta, dtype)}")
    if reading.ulps is not None and (count := counted(reading.ulps)):
        parts.append(translate("maps", "{count} ULP").format(count=count))
    return "   ".join(parts)


def element_text(quantity: str, element: str) -> str:
    """What is read out of an element: ``∂L/∂layer1.weight[2, 3]``, ``m · layer1.weight[2, 3]`` …"""
    if quantity == "grad":
        return f"∂L/∂{element}"
    if quantity == "weight":
        return element
    if quantity == "step_size":
        return translate("maps", "step size · {element}").format(element=element)
    return f"{quantity} · {element}"


def rate_text(rate: float | None) -> str:
    """What the colours of step sizes are told from."""
    return "" if rate is None else translate("maps", "plain rate {rate}").format(rate=short(rate))


def rate_tip(rate: float | None) -> str:
    """What the colours of step sizes mean."""
    if rate is None:
        return ""
    return translate(
        "maps",
        "In the neutral colour the update is the gradient times the plain learning rate. "
        "Hatched: it went against the gradient, or there is none.",
    )


def block_text(block: tuple[int, int]) -> str:
    """Empty where a cell is a weight."""
    if block == (1, 1):
        return ""
    return translate("maps", "1 cell = {rows}×{columns} weights").format(rows=block[0], columns=block[1])
