"""The Compare view with all its pages, wired to the run and to the form that an entry is added in."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QPushButton

from engine.protocol import Frame, RaceRequest
from engine.spec import ExperimentSpec
from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import Theme
from gui.session.session import Session

from .page import Page
from .view import CompareView


class Comparing(QObject):
    """Join the comparison to session and window. ``wanted``: the view is to come to the front."""

    wanted = Signal()

    def __init__(
        self, session: Session, form: ExperimentForm, view: CompareView, pages: Sequence[Page], parent: QObject
    ):
        super().__init__(parent)
        self._session, self._form = session, form
        self._colors: tuple[int, ...] = ()
        self.view = view
        for page in pages:
            view.add_page(page)
            page.entry_wanted.connect(form.add_optimizer)
        view.request_changed.connect(session.look)
        view.add_wanted.connect(self._add_entry)
        session.begun.connect(self._on_begun)
        session.frame.connect(self._on_frame)
        session.changed.connect(self._on_changed)
        session.hush_changed.connect(self._on_hushed)
        self._catch_up()

    def _catch_up(self) -> None:
        """With a run that began before the view was there."""
        if self._session.run_spec is not None:
            self._on_begun(self._session.run_spec)
        self._on_changed()
        self._on_hushed(self._session.is_hushed)

    # --- what the window calls -------------------------------------------------------------

    def race_request(self) -> RaceRequest | None:
        return self.view.race_request()

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    # --- the run ---------------------------------------------------------------------------

    def _on_begun(self, spec: ExperimentSpec) -> None:
        self._colors = spec.colors
        with QSignalBlocker(self.view):  # nothing is to be asked for before all of it is of the new run
            self.view.set_experiment(spec)
            self.view.clear()

    def _on_hushed(self, is_hushed: bool) -> None:
        for page in self.view.added:
            page.set_hushed(is_hushed)

    def _on_frame(self, frame: Frame) -> None:
        self.view.show_frame(frame)

    def _on_changed(self) -> None:
        session, spec = self._session, self._session.run_spec
        if spec is not None and spec.colors != self._colors:
            self._colors = spec.colors
            self.view.set_experiment(spec)
        self.view.set_typed(session.spec)
        self.view.set_stale(session.stale and session.newest_step > 0)

    def _add_entry(self) -> None:
        """Click the form's button for it: the form has all that belongs to an entry."""
        add = self._form.findChild(QPushButton, "optimizers_add")
        if add is not None:
            add.click()
