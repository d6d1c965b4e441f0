"""What the start has no need of is put together once the window is on screen, a part a turn: debugger and comparison.

All at once they would hold up the start.
"""

import sys
from collections.abc import Callable, Generator, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import Theme
from gui.session.session import Session

if TYPE_CHECKING:
    from gui.compare.comparing import Comparing
    from gui.debug.debugging import Debugging
    from gui.debug.script.looking import ScriptLook
    from gui.network.picturing import Picturing

AFTER = 250  # ms after the window was shown
BETWEEN = 15  # ms for whatever else waits
DEBUGGER = (
    *("source.syntax", "source.source_view", "step.controller", "view", "values.variables"),
    *("values.value_maps", "formula.page"),
)
ROUND_THE_DEBUGGER = ("gui.views.maps.triple_map", "gui.forms.breakpoints.panel")
COMPARISON = ("race.table", "race.plot", "view", "comparing")
EXPORT = ("gui.export.export",)
PICTURE = ("selectors", "canvas", "learned.panel", "picturing", "learned.predictions")  # made when it is looked at
SCRIPT = ("actions", "bar", "pairs", "steps", "view", "looking")  # made when a file of code is opened

Made = TypeVar("Made", bound=QObject)
Parts = Generator[None, None, Made]


class StagedBuild(QObject, Generic[Made]):
    """Make parts one by one. ``ready`` carries what was made of them. Call ``finish`` to have it sooner."""

    ready = Signal(object)

    def __init__(self, parts: Parts[Made], parent: QObject):
        super().__init__(parent)
        self._between = BETWEEN
        self._parts = parts
        self._made: Made | None = None
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._turn)

    def start(self, after: int = AFTER) -> None:
        if self._made is None:
            self._clock.start(after)

    def hurry(self) -> None:
        """Make it now, as somebody waits, but a part a turn all the same."""
        self._between = 0
        if self._made is None:
            self._clock.start(0)

    def stop(self) -> None:
        self._clock.stop()

    def finish(self) -> Made:
        while self._made is None:
            self._next()
        self.stop()
        return self._made

    @property
    def made(self) -> Made | None:
        return self._made

    def _turn(self) -> None:
        if self._made is None:
            self._next()
            self._clock.start(self._between)

    def _next(self) -> None:
        try:
            next(self._parts)
        except StopIteration as end:
            self._made = end.value
            self.ready.emit(end.value)


def _imported(names: Iterable[str]) -> Generator[None, None, None]:
    """Import modules, each in a turn of its own unless it is there."""
    for name in names:
        if name not in sys.modules:
            import_module(name)
            yield


def debugger(
    session: Session, form: ExperimentForm, rate: Callable[[], float | None], parent: QObject
) -> "Parts[Debugging]":
    for name in (*(f"gui.debug.{part}" for part in DEBUGGER), *ROUND_THE_DEBUGGER):
        import_module(name)
        yield
    from gui.debug.debugging import Debugging, Pages
    from gui.debug.formula.page import FormulaPage
    from gui.debug.values.value_maps import ValueMapsPage
    from gui.debug.values.variables import VariablesPage
    from gui.views.maps.triple_map import make_parts

    values = ValueMapsPage((yield from make_parts()))
    yield
    pages = Pages(VariablesPage(), FormulaPage(), values)
    yield
    return Debugging(session, form, pages, rate, parent)


def comparison(session: Session, form: ExperimentForm, parent: QObject) -> "Parts[Comparing]":
    for name in (
        *(f"gui.compare.{part}" for part in COMPARISON),
        *EXPORT,
        *(f"gui.network.{part}" for part in PICTURE),
        *(f"gui.debug.script.{part}" for part in SCRIPT),
    ):
        import_module(name)
        yield
    from gui.compare.comparing import Comparing
    from gui.compare.entries.shown import Shown
    from gui.compare.page import PAGES, Around, Page
    from gui.compare.view import CompareView

    modules = []
    for name in PAGES:
        modules.append(import_module(name))
        yield
    view = CompareView(Shown())
    yield
    pages: list[Page] = []
    for module in modules:
        pages.append(module.make_page(Around(session.jobs, view.shown)))
        yield
    return Comparing(session, form, view, pages, parent)


def picture(session: Session, parent: QObject) -> "Parts[Picturing]":
    yield from _imported(f"gui.network.{part}" for part in PICTURE)
    from gui.network.picturing import Picturing
    from gui.network.view import NetworkView

    view = NetworkView()
    yield
    return Picturing(session, view, parent)


def script(session: Session, theme: Callable[[], Theme], parent: QObject) -> "Parts[ScriptLook]":
    yield from _imported(f"gui.debug.script.{part}" for part in SCRIPT)
    from gui.debug.script.looking import ScriptLook
    from gui.debug.script.view import Pages, ScriptView
    from gui.debug.values.value_maps import ValueMapsPage
    from gui.debug.values.variables import VariablesPage
    from gui.views.maps.triple_map import make_parts

    maps = yield from make_parts()
    yield
    pages = Pages(VariablesPage(), ValueMapsPage(maps))
    yield
    for part in pages:
        part.set_theme(theme())
    yield
    view = ScriptView(pages, theme())
    yield
    view.actions_.set_theme(theme())
    yield
    return ScriptLook(session, view, parent)
