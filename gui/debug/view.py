"""The Debug view: one training step line by line, its picture above, and pages about what is at hand beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Stopped
from engine.spec import Breakpoint, ExperimentSpec
from gui.look.naming import name_field
from gui.look.own_sheets import mute, set_severity
from gui.look.theme import LIGHT, Theme
from gui.network.small import SmallPicture

from .commands import DebugActions
from .empty import EmptyPage
from .source.source_view import SourceView
from .source.stack_view import StackView
from .stages import stage_words
from .stages.stage_strip import StageStrip
from .stages.veil import Veil
from .step.controller import DebugController
from .step.cursor import stage_at
from .toolbar import DebugToolbar

if TYPE_CHECKING:
    from gui.forms.own.door import CodeDoor

    from .own.own_source import OwnSource

MARGINS, NO_MARGINS = (4, 0, 4, 2), (0, 0, 0, 0)  # of the sentence
LOW = 470  # pixels of height below which the picture of the stages is drawn lower
ROOMY = 560  # pixels of height from which on there is room for the network's picture below the pages,
ROOMY_LINES = 34  # and lines of text, which are higher where it is large


class DebugView(QWidget):
    """Lay out the debugger. ``breakpoint_toggled`` carries a file of the textbook and a line of it.

    ``reason_words`` says why the run was stopped. The pages at the right are handed in with ``add_page``; they follow
    ``controller.traced_changed``, ``cursor_changed`` and ``looked_changed`` by themselves.
    """

    breakpoint_toggled = Signal(str, int)

    def __init__(self, controller: DebugController, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("debugView")
        self.controller = controller
        self.reason_words: Callable[[Stopped], str] = self._plain_reason
        self._stale = False
        self.own: OwnSource | None = None  # made where there is own code
        self._theme = LIGHT
        self.actions_ = DebugActions(controller, self)
        self.toolbar = DebugToolbar(self.actions_)
        self.strip, self.stack, self.source = StageStrip(), StackView(), SourceView()
        self.pages = QTabWidget()
        self._sentence, self._changed, self._of_log = QLabel(), QLabel(), QLabel()
        self._empty = EmptyPage()
        self._picture: SmallPicture | None = None
        self._body = QWidget()
        self._left = QWidget()
        self._veil = Veil(self._left)
        self._veils = [self._veil]
        self._lay_out()
        self._connect()
        self.addActions(self.actions_.all)  # their keys work while this is on screen
        self.set_theme(LIGHT)
        self._on_state()

    # --- making ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        name_field(self._sentence, "debugSentence", self.tr("What is at hand"))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sentence.setContentsMargins(*MARGINS)
        name_field(self._changed, "sourceChanged", self.tr("About the source"))
        self._changed.setText(self.tr("The file has changed since it was loaded. Shown is what runs."))
        self._changed.setToolTip(self._changed.text())
        set_severity(self._changed, "warning")
        name_field(self._of_log, "sourceOfLog", self.tr("About the log"))
        self._of_log.setText(self.tr("The textbook’s lines, from where the log stood; its numbers stand at them."))
        self._of_log.setToolTip(self._of_log.text())
        mute(self._of_log)
        self._of_log.setWordWrap(True)
        self._of_log.setContentsMargins(4, 0, 4, 2)
        self._of_log.hide()
        self._changed.setWordWrap(True)
        self._changed.hide()
        name_field(self.pages, "debugPages", self.tr("About the line at hand"))
        self.pages.tabBar().setAccessibleName(self.tr("About the line at hand"))
        self.pages.setDocumentMode(True)
        self.pages.setMinimumWidth(180)
        self.pages.hide()
        column = self._column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack)
        column.addWidget(self._changed)
        column.addWidget(self._of_log)
        column.addWidget(self.source, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("debugSplitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self._aside = QWidget()
        self._beside = QVBoxLayout(self._aside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self.pages)
        self._aside.hide()
        self.splitter.addWidget(self._aside)
        self.splitter.setSizes([600, 480])
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(2, 0, 2, 2)
        body.setSpacing(2)
        body.addWidget(self.strip)
        body.addWidget(self._sentence)
        body.addWidget(self.splitter, 1)
        self._shown = QStackedWidget()
        self._shown.addWidget(self._empty)
        self._shown.addWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._shown, 1)

    def _connect(self) -> None:
        controller = self.controller
        self.toolbar.entry_chosen.connect(controller.set_entry)
        self.actions_.about_to_move.connect(self.show_step)
        for signal in (self.toolbar.entry_chosen, self.strip.stage_chosen, self.stack.frame_chosen):
            signal.connect(self.show_step)
        self._empty.entry_chosen.connect(controller.set_entry)
        self.strip.stage_chosen.connect(controller.go_to_stage)
        self.stack.frame_chosen.connect(controller.look_at)
        self.source.breakpoint_toggled.connect(self.breakpoint_toggled)
        self.source.run_to.connect(self.go_to_line)
        self.source.said.connect(self._sentence.setText)
        self.actions_.breakpoint.triggered.connect(lambda: self.source.toggle_breakpoint())
        controller.state_changed.connect(self._on_state)
        controller.waiting.connect(self._on_state)
        controller.cursor_changed.connect(self._on_cursor)
        controller.looked_changed.connect(self._on_looked)

    def add_page(self, title: str, page: QWidget, *, of_step: bool = True) -> None:
        """Add a page. ``of_step``: it shows something of the step, and is dimmed when that is not the newest."""
        self.pages.addTab(page, title)
        self.pages.setMinimumWidth(self.pages.tabBar().sizeHint().width() + 8)  # every title is in sight
        self.pages.show()
        self._aside.show()
        if of_step:
            self._veils.append(Veil(page, bare=True))

    def set_picture(self, picture: SmallPicture) -> None:
        """Put the network's picture below the pages, where there is room; the source keeps its own."""
        self._picture = picture
        self._beside.addWidget(picture)
        self._fit_picture()

    def _fit_picture(self) -> None:
        if self._picture is not None:
            roomy = max(ROOMY, ROOMY_LINES * self.fontMetrics().lineSpacing())
            self._picture.setVisible(self.height() >= roomy and self._picture.can_draw)

    # --- own code --------------------------------------------------------------------------

    def set_code(self, door: "CodeDoor") -> None:
        """Have a person's own files be shown, and written, in the source's place."""
        from .own.code_head import CodeHead
        from .own.own_source import OwnSource

        head = CodeHead()
        self._column.insertWidget(0, head)
        self.own = OwnSource(door, self.source, head, self)
        self.own.set_theme(self._theme)
        self.own.left.connect(self._on_left_code)

    def open_code(self, name: str, line: int = 0) -> None:
        """Show an own file."""
        if self.own is not None:
            self.stack.hide()
            self._changed.hide()
            self._of_log.hide()
            self.own.open(name, line)
            self._on_state()

    def is_showing(self, name: str) -> bool:
        """Return whether an own file is before a person's eyes."""
        return self.own is not None and self.own.shown == name and self.source.isVisible()

    def show_step(self, *_: object) -> None:
        """Show the step in the source, where an own file was."""
        if self.own is not None:
            self.own.leave()

    @property
    def is_writing(self) -> bool:
        """Return whether an own file is shown."""
        return self.own is not None and self.own.shown is not None

    def _on_left_code(self) -> None:
        self.stack.show()
        self._on_state()
        if self.controller.traced is not None:
            self._on_looked(self.controller.looked)

    # --- what the window tells -------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.actions_, self.strip, self.stack, self.source, *self._veils):
            part.set_theme(theme)
        self._theme = theme
        if self.own is not None:
            self.own.set_theme(theme)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Set the optimizers to choose from."""
        self._fit_picture()
        self.toolbar.set_entries(spec.labels if spec else (), self.controller.entry)
        self._on_state()

    def set_breakpoints(self, breakpoints: Sequence[Breakpoint]) -> None:
        self.controller.set_breakpoints(breakpoints)
        self.source.set_breakpoints(breakpoints)

    def set_stale(self, stale: bool) -> None:
        """Mark what is shown as of another experiment than the one typed."""
        self._stale = stale
        self._show_veil()

    def clear(self) -> None:
        """Show nothing that is of an earlier run; the controller fetches again by itself."""
        self.strip.show_event(None, 0)
        self.stack.show_event(None, 0, 0)
        if not self.is_writing:
            self.source.show_event(None, 0)
        self._changed.hide()
        self._of_log.hide()

    # --- what is shown ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.controller.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.controller.set_active(False)

    def _on_state(self) -> None:
        controller = self.controller
        self.toolbar.entries.setCurrentIndex(controller.entry)
        if controller.state == "ready" or self.is_writing:
            self._shown.setCurrentWidget(self._body)
        else:
            self._empty.say(controller)
            self._shown.setCurrentWidget(self._empty)
        if controller.traced is None:
            self.clear()
        for part in (self.strip, self._sentence):  # of a step, which may not have been taken yet
            part.setVisible(controller.traced is not None or not self.is_writing)
        self._show_place()
        self._show_sentence()
        self._show_veil()

    def _on_cursor(self, event: int) -> None:
        self.strip.show_event(self.controller.traced, event)
        self._show_place()
        self._show_sentence()

    def _on_looked(self, event: int) -> None:
        controller = self.controller
        self.stack.show_event(controller.traced, controller.cursor, event)
        if self.is_writing:
            return
        self.source.show_event(controller.traced, event, is_caller=event != controller.cursor)
        self._changed.setVisible(self.source.has_changed)
        self._of_log.setVisible(controller.traced is not None and controller.traced.is_log)

    def take_keyboard(self) -> None:
        """Take the keyboard to the source. Not by a focus proxy, for which Tab would skip all that stands above it."""
        self.source.setFocus()

    def go_to_line(self, file: str, line: int) -> None:
        """Go to the next time that a line runs in this step; where it does not run, say so."""
        if not self.controller.go_to_place(file, line) and self.controller.can_move:
            self._sentence.setText(self.tr("Line {line} does not run in this step.").format(line=line))

    def _show_place(self) -> None:
        controller = self.controller
        if controller.state != "ready" or controller.traced is None:
            self.toolbar.show_place("", "")
            return
        step, last = controller.traced.step, len(controller.traced.lines)
        if controller.at_end:
            self.toolbar.show_place(
                self.tr("Step {step:,}, at its end").format(step=step), self.tr("{step:,}: end").format(step=step)
            )
            return
        numbers = {"step": step, "done": controller.cursor, "last": last}  # not the numbers of lines in a file
        self.toolbar.show_place(
            self.tr("Step {step:,}, {done} of {last} lines run").format(**numbers),
            self.tr("{step:,}: {done}/{last}").format(**numbers),
        )

    def _show_sentence(self) -> None:
        """Why the run stopped; else what happens in the stage at hand."""
        controller, traced = self.controller, self.controller.traced
        is_stopped = controller.reason is not None
        if controller.reason is not None:
            text = self.reason_words(controller.reason)
        elif traced is None or not traced.lines:
            text = ""
        elif controller.at_end:
            text = self.tr("Every line of this step has run. Going on takes the next training step.")
        elif controller.cursor == 0:
            text = self.tr("One training step of ours, about to begin. F10 takes the next line, Ctrl+F10 goes back.")
        else:
            stage = traced.stages[stage_at(traced, controller.cursor) or 0].name
            about = stage_words.about(stage_words.parse(stage).kind, stage_words.of_point(traced.stages))
            text = self.tr("{stage}: {about}").format(stage=stage_words.capital(stage_words.title(stage)), about=about)
        self._frame_sentence(is_stopped)
        self._sentence.setText(text)
        self._sentence.setToolTip(text)

    def _frame_sentence(self, is_framed: bool) -> None:
        """Frame a reason, which is read in full."""
        if self._sentence.wordWrap() != is_framed:
            self._sentence.setContentsMargins(*NO_MARGINS)  # a frame has its own, and takes them away with it
            set_severity(self._sentence, "warning" if is_framed else "")
            if not is_framed:
                self._sentence.setContentsMargins(*MARGINS)
            self._sentence.setWordWrap(is_framed)

    def _plain_reason(self, stopped: Stopped) -> str:
        if stopped.breakpoint is None:
            text = self.tr("Stopped: a number that is not finite arose in {tensor}.")
            return text.format(tensor=stopped.tensor or "?")
        return self.tr("Stopped at a breakpoint, before the update of step {step:,}.").format(step=stopped.step)

    def _show_veil(self) -> None:
        controller = self.controller
        text = None if self._stale and not self.is_writing else ""
        if controller.running and controller.traced is not None and not self.is_writing:
            text = self.tr("Running. This is step {step:,}").format(step=controller.traced.step)
        for veil in self._veils:
            veil.say(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_low(self.height() < LOW)
        self._fit_picture()

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 300)
