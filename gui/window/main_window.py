"""The window: docks around the loss plot, menus, and the wiring between forms, session and views.

Experiment and run last as long as the window. What shows them is built once more where it is to speak another language.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QVBoxLayout, QWidget

from engine.protocol import Frame, Ready
from engine.spec import ExperimentSpec, Fault
from gui.files.documents import SUFFIXES, Documents, is_lesson, is_own_code
from gui.files.drafts import Drafts
from gui.files.kept_runs import KeptRuns
from gui.files.reader import is_session
from gui.files.settings import LAYOUT_VERSION, Settings
from gui.forms.experiment_form import ExperimentForm
from gui.forms.files_named import OF_TORCH
from gui.look.banner import Banners
from gui.look.glossary import pointed_at, term_at
from gui.look.theme import Theme
from gui.look.theme_controller import ThemeController
from gui.session.client import EngineClient, Serve
from gui.session.session import Session
from gui.views.learn.learn_panel import LearnPanel
from gui.views.loss.plot import LossPlot
from gui.views.maps.heatmaps import HeatmapPanel
from gui.views.parity.parity_strip import ParityStrip
from gui.views.run_view import RunView

from .actions import Actions
from .appearance import Appearance
from .central_tabs import CentralTabs
from .docks import Docks
from .draft_messages import DraftMessages
from .editing import Editing
from .keyboard import Keyboard
from .lazy_views import LazyViews, Surroundings
from .menus import Menus
from .messages import Messages
from .run_commands import RunCommands
from .run_marks import RunMarks
from .timeline import Timeline
from .transport import Transport
from .undoing import Undoing

if TYPE_CHECKING:
    from gui.compare.comparing import Comparing
    from gui.debug.debugging import Debugging
    from gui.export.export import Exporter
    from gui.forms.files_named import FileNews
    from gui.forms.own.door import CodeDoor
    from gui.guide.strip import GuideStrip

    from .change_mark import ChangeMark
    from .file_messages import FileMessages
    from .learning import Learning
    from .own_coding import OwnCoding
    from .presenting import Presenting
    from .renewal import Parts
    from .sessions import Sessions

TITLE_BAR = 36  # pixels that a desktop's takes, about: it is known only once the window is there


class MainWindow(QMainWindow):
    """Show an experiment and its run. ``completed``: what the start had no need of is there now, too."""

    completed = Signal()

    def __init__(self, serve: Serve, themes: ThemeController, settings: Settings):
        super().__init__()
        self.setObjectName("lockstep")
        self.setAcceptDrops(True)
        self._themes, self._settings = themes, settings
        self.client = EngineClient(serve, self)
        self.session = Session(self.client, self)
        self.drafts = Drafts()
        self._kept_runs = KeptRuns()
        self.documents = Documents(lambda: self.form.raw(), self)
        self.editing = Editing(self.session, self.documents, self.drafts, self)
        self.undoing = Undoing(self.documents, self)
        self.appearance = Appearance(settings, themes, self)
        self._presenting: Presenting | None = None
        self.resize(self._fitting(QSize(1280, 800)))
        self._build()
        themes.changed.connect(self._on_theme)
        self.appearance.renewal_wanted.connect(self._renew)
        self.appearance.budget_changed.connect(self.session.set_budget)
        self.appearance.pace_chosen.connect(lambda pace: self.transport.set_rate(pace))
        self.session.set_budget(settings.history_budget)
        self.session.kept_runs = self._kept_runs
        self.documents.write_session = lambda raw, file: self.sessions.write(raw, file)
        self.documents.check_session = lambda *asked: self.sessions.check(*asked)
        self._default_layout = self.saveState(LAYOUT_VERSION)
        self._restore_layout()

    # --- making -----------------------------------------------------------------------------

    def _build(self) -> None:
        """Make all that is seen, in the language spoken now, and join it to the session."""
        self._shown_step = 0
        self.own_coding: OwnCoding | None = None
        self._change_mark: ChangeMark | None = None
        self._sessions: Sessions | None = None
        self._colors: tuple[int, ...] = ()  # of the experiment shown
        self.actions_ = Actions(self)
        self.docks = Docks(self.session)
        self.form, self.maps = self.docks.of(ExperimentForm), self.docks.of(HeatmapPanel)
        self.parity, self.loss = self.docks.of(ParityStrip), LossPlot(names=self.session.names)
        self._views: tuple[RunView, ...] = (self.loss, *self.docks)
        self.transport, self.timeline = Transport(self.actions_, self), Timeline(self)
        self._lazy_views = LazyViews(self.session, self.form, self.transport, self)
        self.central_tabs = CentralTabs(self.loss)
        self.banners = Banners()
        self.central_tabs.setCornerWidget(self.banners.folded)
        self.banners.folded.hide()  # Qt shows it
        self._marks = RunMarks(self.session, self.timeline, self)
        self.messages = Messages(self.session, self.banners, self.form, self)
        self.editing.join(self.form)
        self.undoing.join(self.form, self.actions_.undo, self.actions_.redo)
        self.form.code_met.connect(self._on_code)
        self.draft_messages = DraftMessages(self.drafts, self.editing, self.documents, self.banners, self)
        self._file_messages: FileMessages | None = None  # made when a file is another one than before
        self._commands = RunCommands(self.session, self.editing, self.transport, lambda: self.debugging, self)
        self._lay_out()
        views = [frame.toggleViewAction() for frame in self.docks.frames]
        self.setMenuBar(QMenuBar())  # one of ours: of the window's own, Python keeps the menus with the window
        self.menus = Menus(self.menuBar(), self.actions_, views)
        self.keyboard = Keyboard(self._centre, self)
        self._connect()
        self._lazy_views.show_debugging(False)
        self._lazy_views.completed.connect(self.completed)
        self._on_theme(self.theme)
        self.transport.keep_readings_still()
        self.transport.set_rate(self._settings.pace)
        self.transport.rate_changed.connect(self._keep_pace)

    def _lay_out(self) -> None:
        for bar in (self.transport, self.timeline):
            self.addToolBar(bar)
            self.insertToolBarBreak(bar)
        centre = self._centre = QWidget()
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = self._column = QVBoxLayout(centre)
        column.setContentsMargins(4, 4, 4, 0)
        column.setSpacing(4)
        column.addWidget(self.banners)
        column.addWidget(self.central_tabs, 1)
        self.setCentralWidget(centre)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setDockNestingEnabled(True)
        self.docks.add_to(self)
        self.central_tabs.set_below(self.docks.frame(self.maps))
        self.docks.resize_in(self)

    def _connect(self) -> None:
        self._connect_actions()
        self.editing.changed.connect(self._show_title)
        self.undoing.shown.connect(self._mark)
        self.undoing.returned.connect(self.messages.file_returned)
        self.documents.unsaved_changed.connect(self._show_title)
        self.documents.unsaved_changed.connect(lambda: self.banners.dismiss("file"))
        self.documents.opened.connect(lambda _: self.loss.forget_choices())
        self.documents.opened.connect(lambda _: self._lazy_views.forget_choices())
        self.documents.failed.connect(self.messages.file_failed)
        self.documents.saved.connect(self.messages.file_saved)
        self.documents.lines_moved.connect(self.messages.lines_moved)
        self.documents.data_file.connect(lambda file: self.form.import_data(file))
        self.documents.saving.connect(lambda file: self.form.move_data_to(None if file is None else file.parent))
        self.form.data_changed.connect(self.messages.data_changed)
        self.form.file_news.connect(self._tell_of_file)
        self.documents.session_read.connect(lambda read: self.sessions.prepare(read))
        self.documents.session_shown.connect(lambda read: self.sessions.show(read))
        self.documents.noted.connect(_note)
        self.menus.offer_recent(self._open_recent)
        self.documents.own_file.connect(lambda file: self._lazy_views.look_at(file))
        self.documents.reading.connect(lambda file: self.messages.show_reading(file, self.documents.stop_reading))
        session = self.session
        session.requests = lambda: (
            *(self.loss.request(), self.maps.request()),
            *(self._lazy_views.race_request(), self._lazy_views.network_request()),
            self._lazy_views.learned_request(),
        )
        session.begun.connect(self._on_begun)
        session.frame.connect(self._on_frame)
        session.changed.connect(self._on_changed)
        session.engine_ready.connect(self._on_ready)
        session.hush_changed.connect(self.parity.set_hushed)
        self.parity.set_hushed(session.is_hushed)
        for view in self._views:
            view.request_changed.connect(session.look)
        self.transport.rate_changed.connect(session.set_rate)
        self.transport.clicked.connect(self.keyboard.rest)
        self.banners.left.connect(lambda: self.keyboard.rest(self.banners))
        self.menus.offer_examples(lambda path: self.documents.open(path, example=True))
        self._connect_time()

    def _connect_time(self) -> None:
        """Connect what leads to other steps of the run, and into them."""
        session = self.session
        for view in (self.timeline, self.loss):
            view.seek_wanted.connect(self._commands.seek)
        self.loss.branch_removed.connect(session.remove_branch)
        self.parity.finding_chosen.connect(lambda entry: self.debugging.open_finding(entry))
        self.messages.debug_wanted.connect(self.central_tabs.show_debug)
        self.messages.line_wanted.connect(self._show_code)
        session.stopped.connect(lambda _: self.central_tabs.show_debug())
        self.form.breakpoints.reveal_wanted.connect(lambda: self.debugging.show_breakpoints())
        self._lazy_views.connect_all(
            Surroundings(
                central_tabs=self.central_tabs,
                menus=self.menus,
                messages=self.messages,
                actions=self.actions_,
                editing=self.editing,
                banners=self.banners,
                loss=self.loss,
                maps=self.maps,
                parity_dock=self.docks.frame(self.parity),
                theme=lambda: self.theme,
                documents=self.documents,
                settings=self._settings,
                place_guide=self._place_guide,
                learn_panel=self.docks.of(LearnPanel),
                learn_dock=self.docks.frame(self.docks.of(LearnPanel)),
                show_code=self._show_code,
                show_term=self.show_term,
            )
        )

    def _on_code(self, door: "CodeDoor") -> None:
        """There is own code: have it judged, watched, and shown where it is written."""
        from .own_coding import OwnCoding  # which most experiments need none of

        self.documents.saving.connect(lambda file: door.move_to(None if file is None else file.parent))
        self.documents.saved.connect(lambda _: door.remember())
        self.own_coding = OwnCoding(door, self.session, self.form.raw, self.banners, self._show_code, self)
        door.put_back.connect(self._show_put_back)
        self.session.hush_changed.connect(door.set_hushed)
        door.set_hushed(self.session.is_hushed)

    def _show_code(self, name: str, line: int) -> None:
        view = self.debugging.view
        if view.own is None:
            view.set_code(self.form.code_door)
        self.central_tabs.show_debug()
        view.open_code(name, line)

    def _mark(self, field: QWidget | None) -> None:
        """Frame for a moment what an undo has changed."""
        if self._change_mark is None:
            from .change_mark import ChangeMark  # which takes an undo

            self._change_mark = ChangeMark(self.docks.frame(self.form), lambda: self.theme, self)
        self._change_mark.show(field)

    def _show_put_back(self, name: str, position: int) -> None:
        """Show where an undo has changed own code."""
        view = self.debugging.view
        if not view.is_showing(name):
            self._show_code(name, 0)
        if view.own is not None:
            view.own.go_to(position)

    def _place_guide(self, strip: "GuideStrip") -> None:
        """Put the first steps below the messages, which they give way to."""
        self._column.insertWidget(1, strip)
        strip.left.connect(lambda: self.keyboard.rest(strip))

    @property
    def sessions(self) -> "Sessions":
        """Return what opens and saves sessions: most starts do without."""
        if self._sessions is None:
            from .session_views import SessionViews, ViewParts
            from .sessions import Sessions, Surroundings

            tabs = self.central_tabs
            parts = ViewParts(self.session, self.documents, self.form, self.loss, self.maps, self._lazy_views)
            around = (self, self.session, self.documents, self.banners, self._kept_runs)
            views = SessionViews(parts, self)
            self._sessions = Sessions(Surroundings(*around, tabs.currentIndex, tabs.setCurrentIndex, views))
        return self._sessions

    def _open_recent(self, file: Path) -> None:
        """Open a file of the list; one that is gone is told, and leaves it."""
        if file.exists():
            self.documents.open(file)
            return
        from gui.files.recent_files import drop_file

        drop_file(file)
        self.messages.file_failed(file, (Fault((), "file_gone"),), 1)

    @property
    def debugging(self) -> "Debugging":
        return self._lazy_views.debugging

    @property
    def comparing(self) -> "Comparing":
        return self._lazy_views.comparing

    @property
    def learning(self) -> "Learning":
        return self._lazy_views.learning

    def show_term(self, key: str | None = None) -> None:
        """Open the glossary at a term, or as it is."""
        panel = self.docks.of(LearnPanel)
        self.docks.frame(panel).show()
        panel.show_term(key)

    @property
    def exporter(self) -> "Exporter":
        return self._lazy_views.exporter

    @property
    def theme(self) -> Theme:
        return self._themes.theme

    def _tell_of_file(self, news: "FileNews") -> None:
        """Say that a file which the experiment names is another one than before."""
        from .file_messages import FileMessages  # which few need

        if self._file_messages is None:
            self._file_messages = FileMessages(self.session, self.banners, self._commands.reset, self)
        self._file_messages.show(news)

    def _ask_for_earlier_run(self) -> None:
        """Bring the page of an earlier run to the front, and ask for one."""
        self.central_tabs.show_compare()
        self.comparing.view.ask_for_earlier()

    def _connect_actions(self) -> None:
        acts, commands, editing = self.actions_, self._commands, self.editing
        on: list[tuple[Any, Callable[..., object]]] = [
            (acts.new, self.documents.new),
            (acts.open, lambda: self.documents.open()),
            (acts.import_data, lambda: self.form.import_data()),
            (acts.earlier_run, self._ask_for_earlier_run),
            (acts.save, lambda: editing.save(self.documents.save)),
            (acts.save_as, lambda: editing.save(self.documents.save_as)),
            (acts.save_session, lambda: editing.save(self.documents.save_session)),
            (acts.quit, self.close),
            (acts.reset, commands.reset),
            (acts.step, commands.step),
            (acts.run, commands.run_or_pause),
            (acts.run_steps, commands.run_steps),
            (acts.copy_losses, commands.copy_losses),
            (acts.faster, lambda: self.transport.pace.setValue(self.transport.pace.value() + 1)),
            (acts.slower, lambda: self.transport.pace.setValue(self.transport.pace.value() - 1)),
            (acts.look_into, commands.look_into),
            (acts.first_step, self.timeline.first.click),
            (acts.step_back, self.timeline.back.click),
            (acts.step_forward, self.timeline.forward.click),
            (acts.newest_step, self.timeline.newest.click),
            (acts.run_view, self.central_tabs.show_run),
            (acts.network_view, self.central_tabs.show_network),
            (acts.debug_view, self.central_tabs.show_debug),
            (acts.compare_view, self.central_tabs.show_compare),
            (acts.default_layout, lambda: self.restoreState(self._default_layout, LAYOUT_VERSION)),
            (acts.present, self._present),
            (acts.guide, lambda: self._lazy_views.guiding.open()),
            (acts.lessons, lambda: self._lazy_views.learning.show_page("lessons")),
            (acts.exercises, lambda: self._lazy_views.learning.show_page("exercises")),
            (acts.hunt, lambda: self._lazy_views.learning.show_page("hunt")),
            (acts.learn_panel, lambda: self._lazy_views.learning.pass_keyboard()),
            (acts.shortcuts, lambda: self.messages.shortcuts(acts.with_keys(), self._lazy_views.debug_actions)),
            (acts.glossary, self.show_term),
            (acts.explain, lambda: self.show_term(term_at(pointed_at()))),
            (acts.about, self.messages.about),
        ]
        for action, slot in on:
            action.triggered.connect(lambda _=False, slot=slot: slot())
        self.appearance.join(acts)
        acts.present.setChecked(self._is_presenting)

    @property
    def presenting(self) -> "Presenting":
        if self._presenting is None:
            from .presenting import Presenting  # which few starts need

            self._presenting = Presenting(self._settings, self.appearance, self._show_formula, self)
        return self._presenting

    @property
    def _is_presenting(self) -> bool:
        return self._presenting is not None and self._presenting.is_on

    def _present(self) -> None:
        self.presenting.toggle()
        self.actions_.present.setChecked(self._is_presenting)

    def _show_formula(self) -> None:
        """Bring code and formula to the front."""
        self.central_tabs.show_debug()
        self.debugging.view.pages.setCurrentWidget(self.debugging.formula)

    # --- made once more -------------------------------------------------------------------------

    @property
    def _parts(self) -> "Parts":
        from .renewal import Parts  # which few need

        return Parts(
            *(self, self._centre, self.session, self.documents, self.editing, self.undoing, self.appearance),
            *(self.form, self.timeline, self.loss, self.central_tabs, self._lazy_views),
            *(self.messages, self.draft_messages, self.banners),
        )

    def _renew(self, change: Callable[[], None]) -> None:
        """Make all that is seen once more, after a change of language, say; the session and what is typed go on."""
        from .renewal import put_back, take_apart, taken_down

        self.setUpdatesEnabled(False)
        kept = taken_down(self._parts)
        take_apart(self._parts)
        change()
        self._build()
        put_back(self._parts, kept, self._catch_up)
        self.setUpdatesEnabled(True)

    def _catch_up(self) -> None:
        """Show the run that began before the views were there."""
        session = self.session
        if session.ready is not None:
            self._on_ready(session.ready)
        if session.run_spec is not None:
            self._on_begun(session.run_spec)
        if session.newest is not None:
            self._on_frame(session.newest)
        self._on_changed()
        self._show_title()

    # --- starting and ending ----------------------------------------------------------------

    def begin(self, file: Path | None) -> None:
        """Show the experiment to begin with; the engine warms up when the window is on screen."""
        QTimer.singleShot(0, self, self.client.start)
        self._lazy_views.start()
        self._centre.setFocus()  # not a field: Space runs from the start
        if file is not None and (is_own_code(file) or is_lesson(file)):
            own, file = file, None  # beside the experiment that it was left with
            QTimer.singleShot(0, self, lambda: self._open(own))
        self.drafts.begin()
        self.draft_messages.begin(wanted=file is None)
        self._lazy_views.completed.connect(self._offer_left)
        if file is None:
            file = self._left_session()
        if file is not None and self.documents.unsaved:
            QTimer.singleShot(0, self, lambda: self.documents.open(file))  # it asks, which takes a window
        elif file is not None:
            self.documents.open(file)
        self.undoing.begin()

    def _left_session(self) -> Path | None:
        """Return the session that the window was left with, to be opened anew with its run.

        One that was edited since, or is another by now, is left alone: its experiment goes on without a file.
        """
        documents = self.documents
        if documents.file is None or not is_session(documents.file):
            return None
        file = documents.file if documents.is_as_saved else None
        documents.let_go_of_file()
        return file

    def _offer_left(self) -> None:
        """Offer the runs of windows that were killed."""
        if self._kept_runs.may_have_left:
            self.sessions.offer_left()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file, of an experiment, of own code, of data or of weights, or a lesson's folder."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self._open(file))  # it may ask, and the other program waits

    def _open(self, file: Path) -> None:
        if is_lesson(file):
            self._lazy_views.learning.open_lesson(file)
        elif file.suffix.lower() in OF_TORCH:
            self.form.start_from(file)
        else:
            self.documents.open(file)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.editing.may_close():
            event.ignore()
            return
        self.documents.stop_reading()
        self.form.stop_reading()
        self.draft_messages.stop_reading()
        self.drafts.release()
        self._lazy_views.stop()
        self.appearance.set_full_screen(False)
        self.central_tabs.show_run()  # the layout that is kept is that of the run
        layout = self.presenting.layout if self._is_presenting else self.saveState(LAYOUT_VERSION)
        self._settings.layout = (self.saveGeometry(), layout)
        if self._is_presenting:
            self.presenting.forget()
        self.session.close()
        self._kept_runs.close()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the presentation, or the full screen, by Esc, which nothing else had a use for."""
        if event.key() == Qt.Key.Key_Escape and self._is_presenting:
            self._present()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.appearance.set_full_screen(False)
        else:
            super().keyPressEvent(event)

    def _restore_layout(self) -> None:
        if self._settings.layout is not None:
            geometry, state = self._settings.layout
            self.restoreGeometry(QByteArray(geometry))
            self.restoreState(QByteArray(state), LAYOUT_VERSION)
            self.resize(self._fitting(self.size()))  # kept on another screen, or at another scale

    def _keep_pace(self, pace: float | None) -> None:
        self._settings.pace = pace

    def _fitting(self, wanted: QSize) -> QSize:
        """As much of that as the screen has room for, with the frame that the desktop puts around it."""
        return wanted.boundedTo(self.screen().availableSize() - QSize(0, TITLE_BAR))

    # --- showing ----------------------------------------------------------------------------

    def _on_ready(self, ready: Ready) -> None:
        self.form.set_devices(ready.devices)
        self.form.breakpoints.set_textbook(ready.textbook)
        self.messages.note_engine(ready)

    def _on_begun(self, spec: ExperimentSpec) -> None:
        self._colors = spec.colors
        for view in self._views:
            view.set_experiment(spec)
            if self._shown_step:  # at the start there is nothing to clear, only a flicker to make
                view.clear()
        self._shown_step = 0
        self.timeline.clear()
        self.transport.show_run(0, 0.0)

    def _on_frame(self, frame: Frame) -> None:
        for view in self._views:
            view.show_frame(frame)
        self._shown_step = max(frame.newest, frame.step)
        self.timeline.show_frame(frame, self.session.target)
        self.transport.show_run(frame.step, frame.steps_per_second)

    def _on_changed(self) -> None:
        session = self.session
        self.form.show_faults(session.faults)
        self._show_colors()
        for view in self._views:
            view.set_stale(session.stale and session.newest_step > 0)
        self.actions_.show_running(session.running)
        self.transport.show_state(self.messages.state())

    def _show_colors(self) -> None:
        """Another colour of an entry is no other experiment: the run goes on in it."""
        spec = self.session.run_spec
        if spec is not None and spec.colors != self._colors:
            self._colors = spec.colors
            for view in self._views:
                view.set_experiment(spec)

    def _show_title(self) -> None:
        title = self.documents.title
        self.setWindowTitle(self.tr("{title}[*] – Lockstep").format(title=title))
        self.setWindowModified(self.documents.unsaved)

    def _on_theme(self, theme: Theme) -> None:
        for part in (self.actions_, self.timeline, *self._views, self._lazy_views):
            part.set_theme(theme)
        self.actions_.show_running(self.session.running)
        self.appearance.show_choices()


def _note(file: Path) -> None:
    """Take down what was opened or saved, for the menu."""
    from gui.files.recent_files import note_file  # when it is wanted

    note_file(file)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the file that is dragged here, if it is one that can be opened."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    wanted = len(files) == 1 and (files[0].suffix.lower() in (*SUFFIXES, *OF_TORCH) or is_lesson(files[0]))
    return files[0] if wanted else None
