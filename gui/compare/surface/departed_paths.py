"""Which paths have left the surface that was computed around them."""

from collections.abc import Sequence

import numpy as np

from engine.protocol import RacePath, SurfacePart


class DepartedPaths:
    """Keep which paths have left the picture; one that never was on it (of a run that diverged, say) has not."""

    def __init__(self) -> None:
        self._part: SurfacePart | None = None
        self._were_on: set[int] = set()
        self.entries: set[int] = set()

    def begin(self, part: SurfacePart) -> None:
        """Begin again with another surface."""
        self._part, self._were_on, self.entries = part, set(), set()

    def look(self, paths: Sequence[RacePath]) -> None:
        """Look where every path ends now."""
        if self._part is None:
            return
        on = {path.entry for path in paths if self._is_on(path)}
        self.entries = (self._were_on | self.entries) - on
        self._were_on |= on

    def _is_on(self, path: RacePath) -> bool:
        part = self._part
        if part is None or not len(path.x):
            return True
        x, y = float(path.x[-1]), float(path.y[-1])
        inside = part.x[0] <= x <= part.x[-1] and part.y[0] <= y <= part.y[-1]
        return bool(inside or not np.isfinite([x, y]).all())
