"""The Network view joined to the run: what it shows of it, and of which experiment."""

from PySide6.QtCore import QObject

from engine.protocol import LearnedRequest, PictureRequest
from engine.spec import ExperimentSpec
from gui.look.theme import Theme
from gui.session.session import Session

from .view import NetworkView


class Picturing(QObject):
    """Join the view to a session; it may be made in the midst of a run."""

    def __init__(self, session: Session, view: NetworkView, parent: QObject | None = None):
        super().__init__(parent)
        self._session = session
        self._colors: tuple[int, ...] = ()
        self.view = view
        self.view.request_changed.connect(session.look)
        session.begun.connect(self._on_begun)
        session.frame.connect(self.view.show_frame)
        session.changed.connect(self._on_changed)
        session.hush_changed.connect(self.view.set_hushed)
        self.view.set_hushed(session.is_hushed)
        if session.run_spec is not None:
            self._on_begun(session.run_spec)
        self._on_changed()

    def request(self) -> PictureRequest | None:
        """Return what the next frame should carry."""
        return self.view.request()

    def learned_request(self) -> LearnedRequest | None:
        """Return what the next frame should carry of what was learned."""
        return self.view.learned_request()

    def show_element(self, weight: str, index: tuple[int, ...]) -> None:
        """Mark a weight that was chosen elsewhere."""
        self.view.show_chosen(weight, index)

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    def _on_begun(self, spec: ExperimentSpec) -> None:
        self._colors = spec.colors
        self.view.set_experiment(spec)

    def _on_changed(self) -> None:
        session, spec = self._session, self._session.run_spec
        self.view.set_stale(session.stale and session.newest_step > 0)
        if spec is not None and spec.colors != self._colors:
            self._on_begun(spec)  # the same network, its optimizers in other colours
