"""What a page of the Learn panel is, what it is given of the window, and which pages there are.

To add a page: a file with a subclass of ``LearnPage`` and a function ``make_page(around)``, and its name in ``PAGES``.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QTabWidget, QWidget

from gui.debug.debugging import Debugging
from gui.files.documents import Documents
from gui.forms.experiment_form import ExperimentForm
from gui.look.theme import LIGHT, Theme
from gui.session.session import Session

if TYPE_CHECKING:
    from gui.views.diagnosis.diagnosing import Diagnosing

PAGES = ["gui.learn.lessons.page", "gui.learn.exercises.page", "gui.learn.hunt.page"]


class Around(NamedTuple):
    """Hold the window's parts that the pages teach with.

    ``debugging`` and ``diagnosing`` are made when they are first asked for. ``speed``: the steps a second that runs go
    at, None for as fast as possible. ``show_code`` brings a file of own code to the front, at a line.
    ``open_experiment`` and ``show_experiment`` have the window show an experiment, of a file or as a file has it, and
    ask first where something would be lost; the latter tells whether it is shown. ``show_term`` opens the glossary at a
    term; ``lead`` closes what else leads through the window; ``hush`` has it tell no verdicts, or tell them again.
    """

    session: Session
    documents: Documents
    form: ExperimentForm
    tabs: QTabWidget
    window: QWidget
    debugging: Callable[[], Debugging]
    diagnosing: Callable[[], "Diagnosing"]
    speed: Callable[[], float | None]
    show_code: Callable[[str, int], None]
    open_experiment: Callable[[Path], None]
    show_experiment: Callable[[dict[str, Any]], bool]
    show_term: Callable[[str | None], None]
    lead: Callable[[], None]
    hush: Callable[[bool], None]


class LearnPage(QWidget):
    """Teach one thing, on a page of the panel."""

    name = ""
    theme: Theme = LIGHT

    @property
    def title(self) -> str:
        """Return what stands on its tab."""
        return self.name

    @property
    def tip(self) -> str:
        return ""

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def kept(self) -> Any:
        """Return what another in its place needs to go on there."""
        return None

    def put_back(self, kept: Any) -> None:
        """Go on where another stood."""
