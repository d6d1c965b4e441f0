"""What the window is joined to after its start: the debugger, the comparison, and the picture of the network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QToolButton, QWidget

from engine.protocol import Diagnosis, LearnedRequest, PictureRequest, RaceRequest
from engine.spec import Fault, part_of, path_of
from gui.files.documents import Documents
from gui.files.settings import Settings
from gui.forms.experiment_form import ExperimentForm
from gui.look.banner import Banners
from gui.look.naming import name_field
from gui.look.theme import Theme
from gui.session.session import Session
from gui.views.learn.learn_panel import LearnPanel
from gui.views.loss.plot import LossPlot
from gui.views.maps.heatmaps import HeatmapPanel
from gui.window import staged_build

from .actions import Actions
from .central_tabs import CentralTabs
from .editing import Editing
from .menus import Menus
from .messages import Messages
from .staged_build import StagedBuild
from .transport import Transport

if TYPE_CHECKING:
    from gui.compare.comparing import Comparing
    from gui.debug.debugging import Debugging, KeptPlace
    from gui.debug.script.looking import KeptScript, ScriptLook
    from gui.export.export import Exporter
    from gui.guide.strip import GuideStrip
    from gui.network.picturing import Picturing
    from gui.views.diagnosis.diagnosing import Diagnosing, KeptDiagnoses
    from gui.views.maps.chosen_weight import ChosenWeight

    from .guiding import Guiding, KeptGuide
    from .learning import KeptLearning, Learning


class Surroundings(NamedTuple):
    """Hold the window's parts that the others are joined to."""

    central_tabs: CentralTabs
    menus: Menus
    messages: Messages
    actions: Actions
    editing: Editing
    banners: Banners
    loss: LossPlot
    maps: HeatmapPanel
    parity_dock: QDockWidget
    theme: Callable[[], Theme]
    documents: Documents
    settings: Settings
    place_guide: Callable[["GuideStrip"], None]
    learn_panel: LearnPanel
    learn_dock: QDockWidget
    show_code: Callable[[str, int], None]
    show_term: Callable[[str | None], None]


class KeptViews(NamedTuple):
    """Hold what the views showed that were made: None for those that were not."""

    debugger: "KeptPlace | None"
    comparison: dict[str, Any] | None
    has_picture: bool
    weight: tuple[str, tuple[int, ...]] | None
    diagnoses: "KeptDiagnoses | None"
    guide: "KeptGuide | None"
    script: "KeptScript | None"
    learning: "KeptLearning | None"


def _path(found: Diagnosis) -> tuple[str | int, ...]:
    """Return the field of the experiment that a diagnosis is about."""
    place = found.place
    if place.where == "data":
        return ("data", place.name)
    if place.where == "network":
        return (*path_of(place.name), part_of(place.name) or "activation")
    return ("optimizers", found.entry or 0, "params", place.name)


class LazyViews(QObject):
    """Make debugger, comparison and export some moments after the window, or as soon as one is asked for.

    The network's picture is made when somebody looks at it. ``completed``: the debugger is there, with all its pages.
    """

    completed = Signal()

    def __init__(self, session: Session, form: ExperimentForm, transport: Transport, window: QMainWindow):
        super().__init__(window)
        self._session, self._form, self._window, self._transport = session, form, window, transport
        self._debugger = StagedBuild(staged_build.debugger(session, form, lambda: transport.rate, window), window)
        self._comparison = StagedBuild(staged_build.comparison(session, form, window), window)
        self._exporter: Exporter | None = None
        self._diagnosing: Diagnosing | None = None
        self._picture = StagedBuild(staged_build.picture(session, window), window)
        self._guiding: Guiding | None = None
        self._learning: Learning | None = None
        self._is_teaching = False  # whether a page to learn with leads, so that the first steps are not to
        self._chosen: ChosenWeight | None = None
        self._look = StagedBuild(staged_build.script(session, lambda: self._around.theme(), window), window)
        self._to_look_at: Path | None = None

    def connect_all(self, surroundings: Surroundings) -> None:
        """Join them to the window, once that has all of its parts."""
        self._around = surroundings
        self._debugger.ready.connect(self._place_debugger)
        self._debugger.ready.connect(lambda _: self._comparison.start(0))
        self._debugger.ready.connect(lambda _: self.completed.emit())
        self._comparison.ready.connect(self._place_comparison)
        self._picture.ready.connect(self._place_picture)
        self._look.ready.connect(self._place_script)
        central_tabs = surroundings.central_tabs
        central_tabs.picturing.connect(self._show_network)
        central_tabs.debugging.connect(self.show_debugging)
        central_tabs.comparing.connect(self._show_comparing)
        surroundings.maps.element_chosen.connect(lambda weight, index: self.chosen_weight.choose(weight, index))
        surroundings.menus.export.aboutToShow.connect(self._before_export)
        surroundings.learn_panel.wanted.connect(self._make_learning)

    def start(self) -> None:
        self._debugger.start()

    def stop(self) -> None:
        self._debugger.stop()
        self._comparison.stop()
        self._picture.stop()
        self._look.stop()

    @property
    def debugging(self) -> "Debugging":
        return self._debugger.finish()

    @property
    def guiding(self) -> "Guiding":
        """Return what leads through the first steps: most starts do without."""
        if self._guiding is None:
            from .guiding import GuideSurroundings, Guiding

            around, debugging = self._around, self._debugger.finish()
            assert self._diagnosing is not None
            surroundings = GuideSurroundings(
                session=self._session,
                transport=self._transport,
                documents=around.documents,
                settings=around.settings,
                banners=around.banners,
                central_tabs=around.central_tabs,
                loss=around.loss,
                debugging=debugging,
                diagnosing=self._diagnosing,
                make_room=self._make_parity_low,
                place=around.place_guide,
            )
            self._guiding = Guiding(surroundings, self._window)
            self._guiding.set_theme(self._around.theme())
        return self._guiding

    @property
    def learning(self) -> "Learning":
        """Return the pages to learn with: they are made when the panel is first looked at."""
        _ = self._around.learn_panel.pages
        assert self._learning is not None
        return self._learning

    def _make_learning(self) -> None:
        from gui.learn.page import Around as LearnAround

        from .learning import Learning

        around = self._around
        parts = LearnAround(
            session=self._session,
            documents=around.documents,
            form=self._form,
            tabs=around.central_tabs,
            window=self._window,
            debugging=lambda: self.debugging,
            diagnosing=self._diagnoses,
            speed=lambda: self._transport.rate,
            show_code=around.show_code,
            open_experiment=around.documents.open_for_lesson,
            show_experiment=around.documents.show_for_lesson,
            show_term=around.show_term,
            lead=self._lead,
            hush=self._session.set_hushed,
        )
        self._learning = Learning(around.learn_panel, around.learn_dock, parts, self._window)
        self._learning.set_theme(around.theme())

    def _lead(self) -> None:
        """Have a lesson lead: two that lead at once confuse."""
        self._is_teaching = True
        if self._guiding is not None:
            self._guiding.close()

    def _diagnoses(self) -> "Diagnosing":
        self._debugger.finish()
        assert self._diagnosing is not None
        return self._diagnosing

    @property
    def comparing(self) -> "Comparing":
        return self._comparison.finish()

    @property
    def exporter(self) -> "Exporter":
        self._comparison.finish()
        assert self._exporter is not None
        return self._exporter

    @property
    def picturing(self) -> "Picturing":
        return self._picture.finish()

    @property
    def _picturing(self) -> "Picturing | None":
        return self._picture.made

    @property
    def _script(self) -> "ScriptLook | None":
        return self._look.made

    def network_request(self) -> PictureRequest | None:
        shown = self._picturing.request() if self._picturing is not None else None
        debugging = self._debugger.made
        return shown if shown is not None or debugging is None else debugging.picture_request()

    def learned_request(self) -> LearnedRequest | None:
        return self._picturing.learned_request() if self._picturing is not None else None

    @property
    def chosen_weight(self) -> "ChosenWeight":
        """Return the weight that is chosen in all views at once."""
        if self._chosen is None:
            from gui.views.maps.chosen_weight import ChosenWeight

            self._chosen = ChosenWeight(self._window)
            self._chosen.changed.connect(self._show_chosen)
        return self._chosen

    def _show_chosen(self, *_: object) -> None:
        """Mark it wherever weights are shown."""
        chosen = self._chosen
        if chosen is None or not chosen.weight:
            return
        for part in (self._around.maps, self._debugger.made, self._picturing):
            if part is not None:
                part.show_element(chosen.weight, chosen.index)

    def kept(self) -> KeptViews:
        """Return what others in their place need to show the same, for those that were made."""
        debugging, comparing, chosen = self._debugger.made, self._comparison.made, self._chosen
        return KeptViews(
            None if debugging is None else debugging.kept(),
            None if comparing is None else comparing.view.kept(),
            self._picturing is not None,
            None if chosen is None or not chosen.weight else (chosen.weight, chosen.index),
            None if self._diagnosing is None else self._diagnosing.kept(),
            None if self._guiding is None else self._guiding.kept(),
            None if self._script is None else self._script.kept(),
            None if self._learning is None else self._learning.kept(),
        )

    def made_views(self) -> Iterator[tuple[str, QWidget]]:
        """Yield the views that are there by now, by names of their own."""
        if (debugging := self._debugger.made) is not None:
            yield "debug", debugging.view
        if (comparing := self._comparison.made) is not None:
            yield "compare", comparing.view
        if self._picturing is not None:
            yield "network", self._picturing.view

    def when_made(self, show: Callable[[], None]) -> None:
        """Call ``show`` once debugger and comparison are there: at once, if they are."""
        missing = [one for one in (self._debugger, self._comparison) if one.made is None]
        if not missing:
            show()
            return
        once = Qt.ConnectionType.SingleShotConnection
        missing[0].ready.connect(lambda _: QTimer.singleShot(0, self, lambda: self.when_made(show)), once)

    def put_back(self, kept: KeptViews) -> None:
        """Make what others in their place had, and let it show the same; the rest is made in its own time."""
        if kept.debugger is not None:
            self._debugger.finish()
            self._comparison.start(0)
        else:
            self.start()
        if kept.comparison is not None:
            self.comparing.view.put_back(kept.comparison)
        if kept.has_picture:
            _ = self.picturing
        if kept.weight is not None:
            self.chosen_weight.choose(*kept.weight)
        if kept.diagnoses is not None and self._diagnosing is not None:
            self._diagnosing.put_back(kept.diagnoses)
        if kept.guide is not None:
            self.guiding.put_back(kept.guide)
        if kept.script is not None:
            self.script.put_back(kept.script)
        if kept.learning is not None:
            self.learning.put_back(kept.learning)

    def return_to_step(self, kept: KeptViews) -> None:
        """Follow the step that others followed, once it is on screen what the debugger shows."""
        if kept.debugger is not None:
            self.debugging.return_to(kept.debugger)

    @property
    def script(self) -> "ScriptLook":
        """Return what looks at a file of a person's own beside the experiment: most do without."""
        self._debugger.finish()
        return self._look.finish()

    def look_at(self, file: Path) -> None:
        """Look at a file of code, once what looks at it is made."""
        if (made := self._look.made) is not None:
            made.open(file)
            return
        self._debugger.finish()
        self._to_look_at = file
        self._look.hurry()

    def _place_script(self, look: "ScriptLook") -> None:
        look.wanted.connect(self._show_script)
        look.closed.connect(self._hide_script)
        if self._to_look_at is not None:
            look.open(self._to_look_at)

    @property
    def debug_actions(self) -> tuple[QAction, ...]:
        """Return the actions of what is in the debugger's place."""
        is_script = self._script is not None and self._script.file is not None
        view = self.script.view if is_script else self.debugging.view
        return view.actions_.all

    def _show_script(self) -> None:
        view = self.script.view
        self._around.central_tabs.set_script(view)
        self._around.menus.show_debug_actions(self.debug_actions)
        self._around.central_tabs.show_debug()

    def _hide_script(self) -> None:
        self._around.central_tabs.set_script(None)
        self._around.menus.show_debug_actions(self.debug_actions)
        self._around.central_tabs.show_debug()

    def race_request(self) -> RaceRequest | None:
        made = self._comparison.made
        return None if made is None else made.race_request()

    def set_theme(self, theme: Theme) -> None:
        parts = (self._debugger.made, self._comparison.made, self._exporter, self._picturing, self._guiding)
        for part in (*parts, self._script, self._learning):
            if part is not None:
                part.set_theme(theme)

    def forget_choices(self) -> None:
        """Forget what was chosen: another experiment was opened."""
        if (made := self._comparison.made) is not None:
            made.view.forget_choices()
        if self._diagnosing is not None:
            self._diagnosing.forget_waved()

    def show_debugging(self, debugging: bool) -> None:
        """Switch to the debugger, whose keys are other ones, or away from it."""
        around = self._around
        if debugging:
            self._debugger.finish()
        around.messages.set_debugging(debugging)
        around.actions.set_debugging(debugging)
        around.menus.debug.menuAction().setEnabled(debugging)
        if debugging:
            self._make_parity_low()

    def _show_network(self, shown: bool) -> None:
        if shown:
            self._picture.hurry()
            self._make_parity_low()

    def _place_picture(self, picturing: "Picturing") -> None:
        picturing.set_theme(self._around.theme())
        picturing.view.weight_chosen.connect(self.chosen_weight.choose)
        if (debugging := self._debugger.made) is not None:
            self._follow(debugging, picturing)
        self._around.central_tabs.set_network(picturing.view)
        self._show_chosen()

    def _follow(self, debugging: "Debugging", picturing: "Picturing") -> None:
        """Light in the picture what the debugger's line works on."""
        debugging.lit.connect(picturing.view.set_light)
        picturing.view.set_light(debugging.light)

    def _show_comparing(self, comparing: bool) -> None:
        if comparing:
            self._comparison.finish()
            self._make_parity_low()

    def _make_parity_low(self) -> None:
        """Leave the view in front what the heatmaps leave, and parity no more than it needs."""
        dock = self._around.parity_dock
        self._window.resizeDocks([dock], [dock.sizeHint().height()], Qt.Orientation.Vertical)

    def _place_debugger(self, debugging: "Debugging") -> None:
        around = self._around
        debugging.set_theme(around.theme())
        debugging.view.reason_words = around.messages.why_stopped
        debugging.wanted.connect(around.central_tabs.show_debug)
        # The gutter shows it at once.
        debugging.view.breakpoint_toggled.connect(lambda *_: around.editing.take_over())
        debugging.view.actions_.about_to_move.connect(around.editing.flush)
        around.menus.show_debug_actions(debugging.view.actions_.all)
        debugging.weight_chosen.connect(self.chosen_weight.choose)
        if self._picturing is not None:
            self._follow(debugging, self._picturing)
        self._show_chosen()
        around.central_tabs.set_debugger(debugging.view)
        self._place_diagnoses()
        if not around.settings.guide_closed and not self._is_teaching:
            self.guiding.open_at_first()

    def _place_diagnoses(self) -> None:
        from gui.views.diagnosis.diagnosing import Diagnosing
        from gui.views.diagnosis.strip import DiagnosisStrip

        around, strip = self._around, DiagnosisStrip()
        around.loss.set_foot(strip)
        self._diagnosing = Diagnosing(self._session, strip, around.loss.isVisible, self)
        self._diagnosing.show_wanted.connect(self._show_place)

    def _show_place(self, found: Diagnosis, step: int) -> None:
        """Lead to where a diagnosis is to be seen."""
        place, entry = found.place, found.entry or 0
        if place.where == "maps":
            self._around.maps.choose(entry, place.name)
        elif place.where == "stage":
            self._around.central_tabs.show_debug()
            self.debugging.controller.show_tensor(entry, int(found.fields.get("step", step)), place.name)
        elif place.where != "loss":
            self._form.reveal(Fault(_path(found), ""))

    def _place_comparison(self, comparing: "Comparing") -> None:
        from gui.export.export import Exporter

        around, view = self._around, comparing.view
        self._exporter = Exporter(view, around.loss, self._session, around.banners, self._window)
        around.menus.export.addActions(self._exporter.actions)
        around.menus.export.setToolTipsVisible(True)
        view.add_button(self._export_button(around.menus.export))
        comparing.set_theme(around.theme())
        self._exporter.set_theme(around.theme())
        around.central_tabs.set_comparison(view)

    def _export_button(self, menu: QMenu) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("E&xport"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Save plots as pictures, tables and curves as CSV, or all of it as a report")
        name_field(button, "compare_export", self.tr("Export"), tip)
        return button

    def _before_export(self) -> None:
        self.exporter.show_possible()
