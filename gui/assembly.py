"""The debugger is put together once the window is on screen, a part a turn: all at once it would hold up the start."""

from collections.abc import Callable, Generator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.forms.experiment_form import ExperimentForm
from gui.session import Session

if TYPE_CHECKING:
    from gui.debug.debugging import Debugging

AFTER = 250  # ms after the window was shown
BETWEEN = 15  # ms for whatever else waits
MODULES = (
    *("syntax", "source_view", "controller", "view", "variables", "triple_map"),
    *("value_maps", "formula_page", "breakpoints_panel"),
)


class Assembly(QObject):
    """``ready`` carries the Debugging. Whoever needs it sooner calls ``finish``."""

    ready = Signal(object)

    def __init__(self, session: Session, form: ExperimentForm, rate: Callable[[], float | None], parent: QObject):
        super().__init__(parent)
        self._parts = _parts(session, form, rate, parent)
        self._made: Debugging | None = None
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._turn)

    def start(self) -> None:
        if self._made is None:
            self._clock.start(AFTER)

    def stop(self) -> None:
        self._clock.stop()

    def finish(self) -> "Debugging":
        while self._made is None:
            self._next()
        self.stop()
        return self._made

    @property
    def made(self) -> "Debugging | None":
        return self._made

    def _turn(self) -> None:
        if self._made is None:
            self._next()
            self._clock.start(BETWEEN)

    def _next(self) -> None:
        try:
            next(self._parts)
        except StopIteration as end:
            self._made = end.value
            self.ready.emit(end.value)


def _parts(
    session: Session, form: ExperimentForm, rate: Callable[[], float | None], parent: QObject
) -> Generator[None, None, "Debugging"]:
    for name in MODULES:
        import_module(f"gui.views.{name}" if name == "triple_map" else f"gui.debug.{name}")
        yield
    from gui.debug.debugging import Debugging, Pages
    from gui.debug.formula_page import FormulaPage
    from gui.debug.value_maps import ValueMapsPage
    from gui.debug.variables import VariablesPage

    values = ValueMapsPage()
    yield
    pages = Pages(VariablesPage(), FormulaPage(), values)
    yield
    return Debugging(session, form, pages, rate, parent)
