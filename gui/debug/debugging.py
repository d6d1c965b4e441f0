"""The Debug view with all its pages, wired to the run and to the form that keeps the breakpoints."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import Explained, Frame, PictureRequest, Stopped, Traced, ValueMaps, finding_of
from engine.spec import ExperimentSpec
from gui.forms.experiment_form import ExperimentForm
from gui.look.lanes import names_of_pair
from gui.look.theme import Theme
from gui.network.small import SmallPicture
from gui.network.stage_light import StageLight
from gui.session.session import Session

from .formula.page import FormulaPage
from .stages import stage_words
from .step import cursor as moves
from .step.controller import DebugController
from .values.value_maps import ValueMapsPage
from .values.variables import VariablesPage
from .view import DebugView


class Pages(NamedTuple):
    """Hold the pages beside the source."""

    variables: VariablesPage
    formula: FormulaPage
    values: ValueMapsPage


class KeptPlace(NamedTuple):
    """Hold an optimizer entry, a step and the event that the cursor is at, None for no step; and a variable's name.

    ``looked``: the event of the call on the stack that is looked at, None for the cursor's own.
    """

    entry: int
    step: int
    cursor: int | None
    chosen: str
    looked: int | None = None


class Debugging(QObject):
    """Join the debugger to session and window. ``wanted``: the view is to come to the front.

    ``weight_chosen`` carries a weight's name and index, a tuple; ``lit`` what the line at hand works on, a StageLight
    or None.
    """

    wanted = Signal()
    weight_chosen = Signal(str, tuple)
    lit = Signal(object)

    def __init__(
        self,
        session: Session,
        form: ExperimentForm,
        pages: Pages,
        rate: Callable[[], float | None],
        parent: QObject | None = None,
    ):
        super().__init__(parent)
        self._session, self._breakpoints = session, form.breakpoints
        self.controller = DebugController(session, self)
        self.controller.rate = rate
        self.view = DebugView(self.controller)
        self.variables, self.formula, self.values = pages
        self._chosen = ""  # the variable that the Values page follows
        self._returning: KeptPlace | None = None  # where it is to stand once the step is there
        self._maps, self._explained = Latest(), Latest()
        self.view.add_page(self.tr("Variables"), self.variables)
        self.view.add_page(self.tr("Formula"), self.formula)
        self.view.add_page(self.tr("Values"), self.values)
        self.view.add_page(self.tr("Breakpoints"), self._breakpoints, of_step=False)
        self.picture = SmallPicture()
        self.view.set_picture(self.picture)
        self._connect()
        self._catch_up()

    def _catch_up(self) -> None:
        """With a run that began before the debugger was there."""
        session = self._session
        if session.run_spec is not None:
            self.controller.begin(session.run_spec)
            self._on_begun(session.run_spec)
            if session.stop is not None:
                self.controller.stop_at(session.stop)
            session.look()

    def _connect(self) -> None:
        controller, session = self.controller, self._session
        controller.traced_changed.connect(self._on_traced)
        controller.looked_changed.connect(self._on_looked)
        self.variables.value_chosen.connect(self._on_chosen)
        self.values.wanted.connect(self._ask_for_maps)
        self.values.element_chosen.connect(lambda row, column: self.formula.choose(self.values.weight, row, column))
        controller.cursor_changed.connect(self._light_up)
        controller.state_changed.connect(self._light_up)
        self.picture.request_changed.connect(session.look)
        for part in (self.picture.weight_chosen, self.formula.element_chosen):
            part.connect(self.weight_chosen)
        self.formula.explain_wanted.connect(self._ask_to_explain)
        self._breakpoints.place_wanted.connect(self.view.go_to_line)
        self.view.breakpoint_toggled.connect(self._breakpoints.toggle_line)
        session.value_maps.connect(self._show_maps)
        session.explained.connect(self._show_explained)
        session.begun.connect(self._on_begun)
        session.frame.connect(self._on_frame)
        session.changed.connect(self._on_changed)
        session.hush_changed.connect(lambda _: controller.trace_again())

    # --- what the window calls -------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.view, self.variables, self.formula, self.values, self.picture):
            part.set_theme(theme)

    def picture_request(self) -> PictureRequest | None:
        """Return what the next frame should carry of the network."""
        return self.picture.request()

    def show_element(self, weight: str, index: tuple[int, ...]) -> None:
        """Show a weight that was chosen elsewhere."""
        self.formula.show_element(weight, index)
        self.picture.show_chosen(weight, index)

    @property
    def light(self) -> StageLight | None:
        """Return what the line at hand works on; None at a step's end, and where the run has gone on without it."""
        controller, traced, stands_at = self.controller, self.controller.traced, self._session.step
        if traced is None or controller.state != "ready" or controller.running:
            return None
        if traced.step not in (stands_at, stands_at + 1):
            return None
        stage = moves.stage_at(traced, controller.cursor)
        return None if stage is None else StageLight(*stage_words.parse(traced.stages[stage].name))

    def _light_up(self) -> None:
        self.picture.set_entry(self.controller.entry)
        self.picture.set_light(self.light)
        self.lit.emit(self.light)

    def open_next(self) -> None:
        """Go into the next training step, from its first line."""
        self.wanted.emit()
        self.controller.open_next()

    def open_finding(self, entry: int) -> None:
        """Show the line that made the value for which the entry's pair is no longer in lockstep."""
        frame, spec = self._session.newest, self._session.run_spec
        if frame is None or spec is None:
            return
        found = next((finding_of(pair) for pair in frame.pairs if pair.label == spec.labels[entry]), None)
        if found is not None:
            self.wanted.emit()
            self.controller.show_tensor(entry, found.step, found.tensor, found.stage)

    def show_breakpoints(self) -> None:
        self.wanted.emit()
        self.view.pages.setCurrentWidget(self._breakpoints)

    # --- the trace -------------------------------------------------------------------------

    def kept(self) -> KeptPlace:
        """Return where the debugger stands."""
        controller, traced = self.controller, self.controller.traced
        if traced is None and self._returning is not None:
            return self._returning
        stands_at = self._session.step
        if traced is None or traced.step not in (stands_at, stands_at + 1):  # else to return would move the run
            return KeptPlace(controller.entry, controller.step, None, self._chosen)
        looked = None if controller.looked == controller.cursor else controller.looked
        return KeptPlace(traced.entry, traced.step, controller.cursor, self._chosen, looked)

    def return_to(self, kept: KeptPlace) -> None:
        """Stand where another debugger of the same run stood."""
        self._chosen = kept.chosen
        if kept.cursor is not None and not self._session.running:
            cursor, self._returning = kept.cursor, kept
            self.controller.show_step(kept.step, lambda _: cursor, kept.entry)

    def _on_traced(self, traced: Traced | None) -> None:
        kept, self._returning = self._returning, None
        if traced is not None and kept is not None and kept.looked is not None:
            looked = kept.looked
            QTimer.singleShot(0, self, lambda: self._look_at(traced, looked))  # once the cursor stands
        if traced is None:
            self.variables.show_variables(None, (), ())
            self.formula.clear()
            self.values.clear()

    def _look_at(self, traced: Traced, event: int) -> None:
        """Look at a call on the stack, if that is there."""
        controller = self.controller
        if controller.traced is traced and any(one.event == event for one in moves.stack_at(traced, controller.cursor)):
            controller.look_at(event)

    def _on_looked(self, event: int) -> None:
        traced = self.controller.traced
        if traced is None:
            return
        found = moves.variables_at(traced, event)
        self.variables.show_variables(traced, found.bindings, found.fresh)
        self.formula.show_line(traced, event)
        for binding in found.bindings:
            if binding.name == self._chosen:
                self._show_value(binding.value)

    def _on_chosen(self, name: str, number: int) -> None:
        self._chosen = name
        self._show_value(number)
        self.view.pages.setCurrentWidget(self.values)

    def _show_value(self, number: int) -> None:
        traced = self.controller.traced
        if traced is not None:
            self.values.set_names(names_of_pair(is_log=traced.is_log))
            self.values.show_value(self._chosen, number, traced.values[number])

    # --- questions to the engine -----------------------------------------------------------

    def _ask_for_maps(self, number: int, pixels: tuple[int, int], at: tuple[int, int] | None) -> None:
        traced = self.controller.traced
        if traced is not None:
            entry, step = traced.entry, traced.step
            self._maps.ask(lambda: self._session.look_at(entry, step, number, pixels, at))

    def _ask_to_explain(self, weight: str, index: tuple[int, ...], row: int) -> None:
        traced, event = self.controller.traced, self.controller.looked
        if traced is not None:
            entry, step = traced.entry, traced.step
            self._explained.ask(lambda: self._session.explain(entry, step, event, weight, index, row))

    def _show_maps(self, answer: ValueMaps) -> None:
        self._maps.answered()
        traced, request = self.controller.traced, answer.request
        if traced is not None and (request.entry, request.step) == (traced.entry, traced.step):
            self.values.show_maps(answer)  # else it is of the step before, whose values are no longer shown

    def _show_explained(self, answer: Explained) -> None:
        self._explained.answered()
        self.formula.show_explained(answer)

    # --- the run ---------------------------------------------------------------------------

    def _on_begun(self, spec: ExperimentSpec) -> None:
        self._maps.forget()
        self._explained.forget()
        self.picture.set_experiment(spec)
        self.view.set_experiment(spec)
        self.formula.set_experiment(spec)
        self._breakpoints.show_hits(())
        self._on_changed()

    def _on_frame(self, frame: Frame) -> None:
        self._breakpoints.show_hits(frame.hits)
        self.picture.show_frame(frame)
        self._light_up()

    def _on_changed(self) -> None:
        session = self._session
        spec = session.spec or session.run_spec
        if spec is not None:
            self.view.set_breakpoints(spec.breakpoints)
        self.view.set_stale(session.stale and session.newest_step > 0)
        stop: Stopped | None = session.stop
        self._breakpoints.show_stop(stop.breakpoint if stop is not None else None)


class Latest:
    """Ask one question at a time; of those that come up meanwhile only the newest is asked."""

    def __init__(self) -> None:
        self._asked = False
        self._next: Callable[[], None] | None = None

    def ask(self, send: Callable[[], None]) -> None:
        if self._asked:
            self._next = send
        else:
            self._asked = True
            send()

    def answered(self) -> None:
        self._asked, send, self._next = False, self._next, None
        if send is not None:
            self.ask(send)

    def forget(self) -> None:
        """Expect nothing that is on its way: another run began."""
        self._asked, self._next = False, None
