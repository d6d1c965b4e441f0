"""What the heatmaps say: why a map is empty, and a cell's values in full."""

from numpy import ndarray as Array
from PySide6.QtCore import QCoreApplication

from engine.protocol import Maps, Reading
from engine.spec import BACKENDS, POINT, ExperimentSpec, OptimizerSpec
from gui.look.lanes import PairNames, names_of_pair
from gui.look.notes import not_told
from gui.look.numbers import counted, in_full, short

translate = QCoreApplication.translate


def weight_title(name: str) -> str:
    """Return a weight by torch's name; a test function's point, which is nobody's module, in words."""
    return translate("maps", "Point (x, y)") if name == POINT else name


def axes_hint(spec: ExperimentSpec | None) -> str:
    """Say what a map's rows and columns are, and how to read a cell."""
    if spec is not None and spec.problem is not None:
        return translate("maps", "On the left x, on the right y. Point at a cell, or use the arrow keys, to read it.")
    return translate(
        "maps", "Rows are units, columns are inputs, both from 0. Point at a cell, or use the arrow keys, to read it."
    )


def lane_note(entry: OptimizerSpec, backend: str, what: str, step: int) -> str:
    """Say why there is no matrix of ``what`` of this lane at ``step``."""
    if backend not in entry.backends:
        name = names_of_pair(is_log=entry.log is not None).of(backend)
        return translate("maps", "{backend} does not run with this optimizer").format(backend=name)
    if step == 0:
        return translate("maps", "{what}: none before the first step").format(what=what)
    return translate("maps", "{what}: not used with these settings").format(what=what)


def difference_note(entry: OptimizerSpec, what: str, step: int, maps: Maps) -> str:
    """Say why there is no difference of ``what``; there is none between matrices of unlike shapes either."""
    if maps.hides:
        return not_told()
    if maps.diy is not None and maps.torch is not None:
        return translate("maps", "Both lanes have kept unlike numbers of rows")
    if len(entry.backends) < len(BACKENDS):
        return translate("maps", "Nothing to compare with")
    return lane_note(entry, entry.backends[0], what, step)


def reading_text(element: str, reading: Reading, dtype: str, names: PairNames) -> str:
    """Write ``element``'s values in both lanes, their difference and ULPs; a lane that is not there is left out."""
    parts = [element]
    for name, value in zip(names, (reading.diy, reading.torch), strict=True):
        if value is not None:
            parts.append(f"{name} {in_full(value, dtype)}")
    if reading.delta is not None:
        parts.append(f"Δ {in_full(reading.delta, dtype)}")
    if reading.ulps is not None and (count := counted(reading.ulps)):
        parts.append(translate("maps", "{count} ULP").format(count=count))
    return "   ".join(parts)


def read_out(maps: Maps, at: tuple[int, int], element: str, dtype: str, names: PairNames) -> str:
    """Tell of the element ``at``, called ``element``, what is drawn of it; ``names`` are the lanes'.

    The numbers are those of the maps on screen, so that both are of one moment. Where a cell stands for several
    elements it has the colour of the largest: that is told behind the element's own values, which are in the maps only
    if it was asked for with them.
    """
    drawn = _drawn(maps, at)
    if drawn is None:
        return element
    if maps.block == (1, 1):
        return reading_text(element, drawn, dtype, names)
    own = maps.reading
    is_there = own is not None and (own.row, own.column) == at
    told = reading_text(element, own, dtype, names) if own is not None and is_there else f"{element} …"
    return "   ".join((told, reading_text(translate("maps", "largest in its cell:"), drawn, dtype, names)))


def _drawn(maps: Maps, at: tuple[int, int]) -> Reading | None:
    """Return what the cell over the element has in each map; None where there are no maps, or none so large."""
    panes = (maps.diy, maps.torch, maps.delta, maps.ulps)
    if not (at[0] < maps.shape[0] and at[1] < maps.shape[1]) or all(pane is None for pane in panes):
        return None
    cell = at[0] // maps.block[0], at[1] // maps.block[1]
    return Reading(*at, *(_number(pane, cell) for pane in panes))


def _number(pane: Array | None, cell: tuple[int, int]) -> float | None:
    """Return a map's number; None where there is no such map, or it does not reach so far."""
    if pane is None or cell[0] >= pane.shape[0] or cell[1] >= pane.shape[1]:
        return None
    return float(pane[cell])


def element_text(quantity: str, element: str) -> str:
    """Write what is read out of an element: ``∂L/∂layer1.weight[2, 3]``, ``m · layer1.weight[2, 3]`` …"""
    if quantity == "grad":
        return f"∂L/∂{element}"
    if quantity == "weight":
        return element
    if quantity == "step_size":
        return translate("maps", "step size · {element}").format(element=element)
    return f"{quantity} · {element}"


def rate_text(rate: float | None) -> str:
    """Say what the colours of step sizes are told from."""
    return "" if rate is None else translate("maps", "plain rate {rate}").format(rate=short(rate))


def rate_tip(rate: float | None) -> str:
    """Say what the colours of step sizes mean."""
    if rate is None:
        return ""
    return translate(
        "maps",
        "In the neutral colour the update is the gradient times the plain learning rate. "
        "Hatched: it went against the gradient, or there is none.",
    )


def block_text(block: tuple[int, int]) -> str:
    """Say what a cell stands for; empty where it is a weight."""
    if block == (1, 1):
        return ""
    return translate("maps", "1 cell = {rows}×{columns} weights").format(rows=block[0], columns=block[1])
