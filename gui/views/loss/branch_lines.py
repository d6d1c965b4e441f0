"""The branches' curves in the loss plot: faded ones of their entry's colour, one for each lane of it."""

from collections.abc import Callable, Sequence

import pyqtgraph as pg

from engine.protocol import BranchCurves
from gui.look.lanes import Lane
from gui.look.theme import LIGHT, Theme

from .curve_line import CurveLine
from .curves import Drawn, drawn
from .line_maker import LineMaker


class BranchLines:
    def __init__(self, maker: LineMaker):
        self._maker, self._theme, self._ratio = maker, LIGHT, 1.0
        self._colors: tuple[int, ...] = ()
        self._lines: dict[int, list[CurveLine]] = {}
        self._entries: dict[int, int] = {}
        self._pointed = 0

    def show(
        self, branches: Sequence[BranchCurves], lanes: Sequence[Lane], shown: Callable[[int], bool], log: bool
    ) -> dict[int, list[Drawn]]:
        """Make lines for what is new, drop those of what is gone. What is visible, by the branch's number."""
        there = {curves.branch.number: curves for curves in branches}
        for number in [number for number in self._lines if number not in there]:
            self._drop(number)
        visible: dict[int, list[Drawn]] = {}
        for number, curves in there.items():
            if number not in self._lines:
                self._add(curves, lanes)
            if shown(number):
                visible[number] = [drawn(curve, log) for curve in curves.curves]
        return visible

    def draw(self, visible: dict[int, list[Drawn]], box: pg.ViewBox) -> None:
        for number, lines in self._lines.items():
            for line in lines:
                line.hide()
            for line, curve in zip(lines, visible.get(number, ()), strict=False):
                line.draw(curve, box)

    def point_at(self, number: int) -> None:
        """Show this branch in full colour (0: none)."""
        self._pointed, before = number, self._pointed
        for one in {before, number} & set(self._lines):
            self._color(one)

    def set_look(self, theme: Theme, colors: Sequence[int], ratio: float) -> None:
        """Take the theme; ``colors``: each entry's index in the palette; ``ratio``: screen pixels per window pixel."""
        self._theme, self._colors, self._ratio = theme, tuple(colors), ratio
        for number in self._lines:
            self._color(number)

    def clear(self) -> None:
        for number in list(self._lines):
            self._drop(number)
        self._pointed = 0

    def _add(self, curves: BranchCurves, lanes: Sequence[Lane]) -> None:
        branch = curves.branch
        self._lines[branch.number] = [CurveLine(self._maker, lanes[lane].backend, faded=True) for lane in branch.lanes]
        self._entries[branch.number] = branch.entry
        self._color(branch.number)

    def _drop(self, number: int) -> None:
        for line in self._lines.pop(number):
            line.remove()

    def _color(self, number: int) -> None:
        color = self._theme.entry_color(self._colors[self._entries[number]])
        for line in self._lines[number]:
            line.faded = number != self._pointed
            line.set_look(color, self._theme, self._ratio)
