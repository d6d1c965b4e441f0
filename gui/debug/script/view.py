"""A person's own file in the Debug view's place: its code, what became of it, and its run line by line."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import (
    LookAtValue,
    OwnText,
    ValueMaps,
    Verified,
)
from engine.spec import LineBreakpoint, OwnCode
from gui.look.naming import name_field
from gui.look.theme import Theme

from ..own.which_part import WhichPart
from ..source.source_view import SourceView
from ..source.stack_view import StackView
from ..step import cursor as moves
from ..values.value_maps import ValueMapsPage
from ..values.variables import VariablesPage
from . import words
from .actions import ScriptActions
from .bar import ScriptBar
from .pairs import PairsPage
from .shown import bare, maps_of
from .steps import ScriptSteps


class Themed(Protocol):
    """Name what has a theme's colours."""

    def set_theme(self, theme: Theme) -> None: ...


class Pages(NamedTuple):
    """Hold the pages that take their time to make."""

    variables: VariablesPage
    values: ValueMapsPage


class ScriptView(QWidget):
    """Show a file. ``go``: it is to run, or to be stopped; ``close_wanted``: back to the experiment."""

    go = Signal()
    close_wanted = Signal()

    def __init__(self, pages: Pages, theme: Theme, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("scriptView")
        self.steps = ScriptSteps(self)
        self.actions_ = ScriptActions(self.steps, self)
        self.stack, self.source = StackView(), SourceView()
        self.pairs, (self.variables, self.values) = PairsPage(), pages
        self._pages = QTabWidget()
        self._bar = ScriptBar(self.actions_)
        self._sentence, self._button, self.which = QLabel(), QPushButton(), WhichPart()
        self._file = self._role = ""
        self._text: OwnText | None = None
        self._verified: Verified | None = None
        self._chosen = ""  # the variable that the Values page follows
        self._lay_out()
        self._connect()
        self.addActions(self.actions_.all)
        self._color(theme, (self.stack, self.source, self.pairs))  # the others have theirs

    # --- making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        name_field(self._sentence, "scriptSentence", self.tr("What became of it"))
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name_field(self._button, "scriptGoButton", self.tr("Run or stop"), self.actions_.go.toolTip())
        name_field(self._pages, "scriptPages", self.tr("About the script"))
        self._pages.tabBar().setAccessibleName(self.tr("About the script"))
        self._pages.setDocumentMode(True)
        self._pages.addTab(self.pairs, self.tr("Pairs"))
        self._pages.addTab(self.variables, self.tr("Variables"))
        self._pages.addTab(self.values, self.tr("Values"))
        self._pages.setMinimumWidth(self._pages.tabBar().sizeHint().width() + 8)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack)
        column.addWidget(self.source, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("scriptSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._pages)
        splitter.setSizes([600, 480])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 2)
        layout.setSpacing(2)
        layout.addWidget(self._bar)
        layout.addWidget(self._told())
        layout.addWidget(self.which)
        layout.addWidget(splitter, 1)

    def _told(self) -> QWidget:
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(4, 0, 0, 2)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        return told

    def _connect(self) -> None:
        self._button.clicked.connect(self.go)
        self.actions_.go.triggered.connect(lambda _=False: self.go.emit())
        self.actions_.close.triggered.connect(lambda _=False: self.close_wanted.emit())
        self.steps.moved.connect(self._show_place)
        self.steps.changed.connect(self._on_changed)
        self.steps.looked_changed.connect(self._on_looked)
        self.stack.frame_chosen.connect(self.steps.look_at)
        self.source.run_to.connect(lambda _, line: self._go_to_line(line))
        self.source.breakpoint_toggled.connect(lambda _, line: self._toggle_breakpoint(line))
        self.source.said.connect(self._bar.place.setText)
        self.pairs.chosen.connect(self._on_pair)
        self.pairs.values_wanted.connect(self._on_pair_values)
        self.variables.value_chosen.connect(self._on_value)
        self.values.wanted.connect(self._show_maps)

    def set_theme(self, theme: Theme) -> None:
        self._color(theme, (self.actions_, self.stack, self.source, self.pairs, self.variables, self.values))

    def _color(self, theme: Theme, parts: Sequence[Themed]) -> None:
        self._theme = theme
        for part in parts:
            part.set_theme(theme)
        self._color_sentence()

    # --- what is shown -----------------------------------------------------------------------

    def ask(self, file: Path, text: OwnText) -> None:
        """Show a file that has not run, and ask whether it is to."""
        self._file, self._verified = str(file), None
        self.which.ask((), None, "", None)
        self._show_text(text)
        self.pairs.show_pairs(None)
        self.say(words.question(file, text), self.tr("&Run it"))
        self._button.setFocus()

    def say(self, sentence: str, offer: str, role: str = "") -> None:
        """Say a sentence, and what the button offers."""
        self._role = role
        self._sentence.setText(sentence)
        self._button.setText(offer)
        self._button.setVisible(bool(offer))
        self.actions_.go.setText(offer)
        self.actions_.go.setEnabled(bool(offer))
        self._color_sentence()

    def show_progress(self, part: Verified) -> None:
        """Show in which line it runs just now."""
        if part.text is not None and self._verified is None:
            self._show_text(part.text, part.line)
        self.say(words.progress(part.text or self._text, part.line, part.seconds), self.tr("&Stop"))

    def show_verified(self, file: Path, verified: Verified, part: OwnCode | None = None) -> None:
        """Show what came of it, at the first line that departs; ``part``: of which of the file's functions."""
        self._file, self._verified = str(file), verified
        recording = verified.recording
        for page in (1, 2):
            self._pages.setTabVisible(page, words.is_script(verified))
        self._pages.setTabText(0, self.tr("Pairs") if words.is_script(verified) else self.tr("Verdict"))
        if verified.text is not None:
            self._show_text(verified.text, _line_of(verified))
        self.which.ask(verified.choices, part, (verified.record or {}).get("kind") or "", words.doubt(verified))
        self.steps.show(recording)
        self.pairs.show_pairs(verified)
        if verified.stopped is not None or (verified.record or {}).get("error") is not None:
            self.steps.go_to(self.steps.last - 1)  # the line in which it ended
        if self._button.hasFocus():
            self.source.setFocus()
        right = words.is_right(verified)
        self.say(words.headline(verified), self.tr("&Run again"), "" if right else "error")

    def take_keyboard(self) -> None:
        (self._button if self._verified is None and self._button.isVisible() else self.source).setFocus()

    def _show_text(self, text: OwnText, line: int | None = None) -> None:
        self._text = text
        self.source.show_places(text.places)
        self.steps.show(None)
        traced = bare(self._file, text.text, line)
        self.source.show_event(traced, 0 if line is not None else 1)
        if line is None:
            self.source.verticalScrollBar().setValue(0)
        self._show_breakpoints()

    def _color_sentence(self) -> None:
        color = self._theme.error if self._role == "error" else self._theme.text
        self._sentence.setStyleSheet(f"color: {color}; font-weight: {'bold' if self._verified else 'normal'}")

    def _on_changed(self) -> None:
        if self.steps.traced is None:
            self.variables.show_variables(None, (), ())
            self.values.clear()
            self.stack.show_event(None, 0, 0)
            self._bar.place.clear()

    def _on_looked(self, event: int) -> None:
        steps, traced = self.steps, self.steps.traced
        if traced is None:
            return
        self.stack.show_event(traced, steps.cursor, event)
        self.source.show_event(traced, event, is_caller=event != steps.cursor)
        found = moves.variables_at(traced, event)
        self.variables.show_variables(traced, found.bindings, found.fresh)
        for binding in found.bindings:
            if binding.name == self._chosen:
                self.values.show_value(binding.name, binding.value, traced.values[binding.value])

    def _show_place(self, event: int) -> None:
        recording = self.steps.recording
        if recording is None:
            return
        text = self.tr("{done} of {last} lines run").format(done=event, last=self.steps.last)
        if event in recording.gaps:
            count = recording.gaps[event]
            text = self.tr("This line stands for {count:,} that are left out").format(count=count)
        self._bar.place.setText(text)
        self._bar.place.setToolTip(text)

    # --- what a person does ------------------------------------------------------------------

    def _on_pair(self, number: int) -> None:
        """Go to the line that makes a pair's own value."""
        recording, pair = self.steps.recording, self.pairs.pair
        if recording is None or pair is None:
            return
        event = recording.pair_events[number] if number < len(recording.pair_events) else None
        if event is not None:
            self.steps.go_to(event)
        else:
            self.steps.go_to_line(pair["line"])
        self._chosen = pair["own"]
        if (value := self._value_of(number)) is not None and self.steps.traced is not None:
            self.values.show_value(self._chosen, value, self.steps.traced.values[value])

    def _value_of(self, number: int) -> int | None:
        recording, pair = self.steps.recording, self.pairs.pair
        event = recording.pair_events[number] if recording is not None else None
        if recording is None or pair is None or event is None:
            return None
        made = recording.traced.lines[event].made
        return next((one.value for one in made if one.name == pair["own"]), None)

    def _on_pair_values(self, number: int) -> None:
        self._on_pair(number)
        self._pages.setCurrentWidget(self.values)

    def _on_value(self, name: str, number: int) -> None:
        self._chosen = name
        if self.steps.traced is not None:
            self.values.show_value(name, number, self.steps.traced.values[number])
            self._pages.setCurrentWidget(self.values)

    def _show_maps(self, number: int, pixels: tuple[int, int], at: tuple[int, int] | None) -> None:
        recording = self.steps.recording
        if recording is None:
            return
        arrays = recording.arrays.get(number)
        if arrays is None:
            self.values.say(self.tr("Of a value so large, or of more than two axes, only the first numbers are kept."))
        else:
            self.values.show_maps(ValueMaps(LookAtValue(0, 0, 0, number, pixels, at), maps_of(arrays)))

    def _go_to_line(self, line: int) -> None:
        if not self.steps.go_to_line(line) and self.steps.traced is not None:
            where = words.place_text(self._text, line)
            self._bar.place.setText(self.tr("This has not run: {place}").format(place=where))

    def _toggle_breakpoint(self, line: int) -> None:
        self.steps.toggle_breakpoint(line)
        self._show_breakpoints()

    def _show_breakpoints(self) -> None:
        lines = sorted(self.steps.breakpoints)
        self.source.set_breakpoints([LineBreakpoint(kind="line", file=self._file, line=line) for line in lines])

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 300)


def _line_of(verified: Verified) -> int | None:
    """Return the line that a verdict without a recorded run is about."""
    record = verified.record or {}
    for part in ("error", "named", "first", "rounding"):
        found = record.get(part)
        if found is not None and found.get("line") is not None:
            return found["line"]
    return None
