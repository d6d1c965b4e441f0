"""What stands beside the race: the base of every page of the comparison, and what can be saved of one.

To add a page: a file with a subclass of ``Page`` and a function ``make_page(around)``, and its name in ``PAGES``.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGraphicsView, QWidget

from engine.protocol import Race, SweepPart
from engine.spec import ExperimentSpec, OptimizerSpec, RowsFor
from gui.look.theme import Theme
from gui.session.jobs import Jobs

from .entries.shown import Shown

PAGES = ["gui.compare.surface.view", "gui.compare.sweep.page", "gui.compare.rate.rate_plot", "gui.compare.earlier.page"]


class Around(NamedTuple):
    """Hold what a page may use: the engine's work in the background, and which entries are on screen."""

    jobs: Jobs
    shown: Shown


class PlotExport(NamedTuple):
    """Describe a plot that can be saved as a picture.

    ``name``: of the file and of the menu's action; ``title``: in the menu. ``keys``: whether an optimizer is named in
    the picture's legend, None for a picture without one. ``is_there``: whether there is anything to save; by default
    as soon as there is a race.
    """

    name: str
    title: str
    canvas: Callable[[], QGraphicsView]
    keys: Callable[[OptimizerSpec], bool] | None = None
    is_there: Callable[[], bool] | None = None


class RowsExport(NamedTuple):
    """Describe numbers that can be saved as CSV: headings, then a row each."""

    name: str
    title: str
    rows: Callable[[], Iterable[Sequence[str | int | float]]]
    is_there: Callable[[], bool]


class Part(Protocol):
    """Show something of a comparison: the race, its table, a page."""

    def set_experiment(self, spec: ExperimentSpec | None) -> None: ...

    def clear(self) -> None: ...

    def set_theme(self, theme: Theme) -> None: ...

    def set_stale(self, stale: bool) -> None: ...

    def isVisible(self) -> bool: ...


class Page(QWidget):
    """Show a page of the comparison.

    Everything has a default that shows nothing: a page says what it cares for. Its object name is its own.
    ``request_changed``: the next frame should carry something else. ``entry_wanted`` carries an optimizer, as in the
    experiment file, that is to be added to the experiment.
    """

    request_changed = Signal()
    entry_wanted = Signal(object)

    @property
    def title(self) -> str:
        """Return what stands on its tab."""
        return self.objectName()

    @property
    def tip(self) -> str:
        return ""

    @property
    def wants_paths(self) -> bool:
        """Return whether a frame's race should carry the entries' paths."""
        return False

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment, or the same with other colours."""

    def set_typed(self, spec: ExperimentSpec | None) -> None:
        """Hear of the experiment as typed, which may wait for Reset; None while it has faults."""

    def set_stale(self, stale: bool) -> None:
        """Mark what is shown as from before an edit."""

    def set_hushed(self, is_hushed: bool) -> None:
        """Tell nothing of how far runs are apart, or tell it again: somebody is to find it out himself."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""

    def show_race(self, race: Race) -> None:
        """Show a frame's race; told while the page is in front, and before it is saved."""

    def clear(self) -> None:
        """Go back to before the first step."""

    # --- a file that it is of ----------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        """Return whether it shows what is in a file of a person's choosing."""
        return False

    def ask(self) -> None:
        """Ask a person for the file."""

    # --- another in its place ----------------------------------------------------------------

    def kept(self) -> Any:
        """Return what another page like this needs to go on from here, its widgets' choices apart."""
        return None

    def put_back(self, kept: Any) -> None:
        """Go on from where another page like this was; ``kept``: what that returned."""

    # --- what can be saved of it -----------------------------------------------------------

    @property
    def plots(self) -> Sequence[PlotExport]:
        return ()

    @property
    def tables(self) -> Sequence[RowsExport]:
        return ()

    @property
    def sweep_part(self) -> SweepPart | None:
        """Return a sweep that belongs into the report."""
        return None

    @property
    def sweep_by(self) -> RowsFor:
        """Return over which rows the sweep's losses are shown."""
        return "training"
