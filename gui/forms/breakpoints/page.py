"""The page “Breakpoints”: all that an experiment has, as they are typed.

It is a part of the experiment's form, wherever in the window it is shown: what is typed here is saved, kept
as a draft and checked with the experiment, and its faults come back here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol import Source
from engine.spec import Fault, tell_textbook
from gui.forms.fields.part import Part, Path
from gui.look.theme import LIGHT, Theme
from gui.look.wording import fault_text

from .entry import DEFAULTS, Lanes, Values, follow, raw_of, values_of

if TYPE_CHECKING:
    from .panel import BreakpointsPanel


class BreakpointsPage(Part):
    """Edit the breakpoints.

    ``place_wanted``: the source at this file and line. ``reveal_wanted``: the page itself, for a fault on it.
    ``typed``: a field holds something else, though it may be half typed; ``edited`` when it counts.
    """

    undone_by_window = True
    place_wanted = Signal(str, int)
    reveal_wanted = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__("breakpoints", parent=parent)
        self.setObjectName("breakpoints_page")
        self.message.setParent(self)  # until there is a panel to put it in: it must be no window of its own
        self._all: list[Values] = []
        self._hits: tuple[int, ...] = ()
        self._faults: tuple[Fault, ...] = ()
        self._stop: int | None = None
        self._choices: tuple[int, Lanes] = (0, Lanes())
        self._theme = LIGHT
        self._panel: BreakpointsPanel | None = None

    def showEvent(self, event: QShowEvent) -> None:
        self._make()
        super().showEvent(event)

    def _make(self) -> "BreakpointsPanel":
        if self._panel is not None:
            return self._panel
        from .panel import BreakpointsPanel

        panel = self._panel = BreakpointsPanel(self.message, self)
        panel.add_asked.connect(self._add)
        panel.remove_asked.connect(self._remove)
        panel.switched.connect(self._switch)
        panel.switch_all_asked.connect(self._on_switch_all)
        panel.opened.connect(self._open)
        panel.chosen.connect(self._show_marks)
        panel.changed.connect(self._show_list)
        panel.changed.connect(self.typed)
        panel.settled.connect(self._on_settled)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(panel)
        self.set_theme(self._theme)
        panel.set_choices(*self._choices)
        self._show_all()
        panel.choose(0)
        self.show_stop(self._stop)
        return panel

    # --- what the window asks for -----------------------------------------------------------

    def breakpoints(self) -> list[dict[str, Any]]:
        """Return all breakpoints as in the experiment file, text that is no number as text."""
        return [raw_of(values) for values in self._all]

    def lines(self) -> dict[tuple[str, int], bool]:
        """Return each line that has a breakpoint, and whether one there is on: the dots beside the source."""
        found: dict[tuple[str, int], bool] = {}
        for values in self._all:
            if values["kind"] == "line" and isinstance(values["line"], int):
                place = (values["file"], values["line"])
                found[place] = found.get(place, False) or values["enabled"]
        return found

    def toggle_line(self, file: str, line: int) -> None:
        """Set a breakpoint on this line, or none any more where there is one."""
        kept = [values for values in self._all if not _is_at(values, file, line)]
        is_new = len(kept) == len(self._all)
        if is_new:
            kept.append(DEFAULTS | {"kind": "line", "file": file, "line": line})
        self._all = kept
        self._rearranged()
        if is_new and self._panel:
            self._panel.choose(len(kept) - 1)

    def show_hits(self, counts: Sequence[int]) -> None:
        """Show how often each was hit since the run began; none, until the engine has counted."""
        if tuple(counts) != self._hits:
            self._hits = tuple(counts)
            self._show_list()

    def set_textbook(self, sources: Sequence[Source]) -> None:
        """Take the textbook as the engine has loaded it: what stands in the lines that are stopped at."""
        tell_textbook({source.file: source.text for source in sources})
        self._show_list()

    def show_stop(self, index: int | None) -> None:
        """Mark the breakpoint that the run stands at, or none."""
        self._stop = index
        if self._panel:
            self._panel.show_stop(index)
            if index is not None:
                self._panel.choose(index)

    def set_experiment(self, layers: int, lanes: Lanes) -> None:
        """Set what stages and conditions can be of."""
        self._choices = layers, lanes
        if self._panel:
            self._panel.set_choices(layers, lanes)

    def follow(self, names: Mapping[str, str], lanes: Mapping[str, str]) -> None:
        """Follow optimizer entries and lanes to their new names: what stops at them goes on doing so."""
        for values in self._all:
            follow(values, names, lanes)
        if names or lanes:
            self._show_all()

    def settle(self) -> None:
        """Let a number that is still being typed count, before a command that it matters to."""
        if self._panel:
            self._panel.settle()

    # --- a part of the form -----------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        return {"breakpoints": self.breakpoints()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        given = raw.get("breakpoints")
        self._all = [values_of(entry) for entry in given] if isinstance(given, list | tuple) else []
        self._hits, self._faults = (), ()
        self.show_stop(None)
        self._show_all()
        if self._panel:
            self._panel.choose(0)

    def state(self) -> dict[str, Any]:
        return {"breakpoints": [dict(values) for values in self._all]}

    def set_state(self, state: dict[str, Any]) -> None:
        if state["breakpoints"] != self._all:
            self._all = [dict(values) for values in state["breakpoints"]]
            self._hits, self._faults = (), ()
            self.show_stop(None)
            self._show_all()

    def uncover(self, path: Path) -> QWidget | None:
        """Bring the page to the front, and the breakpoint's line in the list with its fields."""
        self.reveal_wanted.emit()
        panel = self._make()
        match path:
            case ("breakpoints", int(index), *_):
                panel.choose(min(index, len(self._all) - 1))
        widget = self.widget_at(path) or panel.field("enabled")
        if widget is not None:
            panel.scroll_to(widget)
        return widget

    def widget_at(self, path: Path) -> QWidget | None:
        """Return a field, which is on screen for the chosen breakpoint only."""
        match path:
            case ("breakpoints", int(index), str(name), *_) if self._panel and index < len(self._all):
                return self._panel.field(name) if name == "enabled" or index == self._panel.current else None
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(faults)
        self._show_marks()

    def reveal(self, fault: Fault) -> QWidget:
        widget = super().reveal(fault)
        self._make().scroll_to(widget)
        return widget

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        if self._panel:
            self._panel.set_theme(theme)

    # --- what the person does ---------------------------------------------------------------

    def _add(self, kind: str) -> None:
        panel = self._make()
        self._all.append(values_of({"kind": kind}))
        self._rearranged()
        panel.choose(len(self._all) - 1)
        panel.edit_chosen()

    def _remove(self, index: int) -> None:
        if 0 <= index < len(self._all):
            del self._all[index]
            self._rearranged()

    def _switch(self, index: int, on: bool) -> None:
        self._all[index]["enabled"] = on
        self._on_edited()

    def _on_switch_all(self) -> None:
        on = not any(values["enabled"] for values in self._all)
        for values in self._all:
            values["enabled"] = on
        self._on_edited()

    def _open(self, index: int) -> None:
        """To the line in the source, or to the fields of what has no line."""
        values = self._all[index]
        if values["kind"] == "line" and isinstance(values["line"], int):
            self.place_wanted.emit(values["file"], values["line"])
        else:
            self._make().edit_chosen()

    def _rearranged(self) -> None:
        """Faults were told of other entries; new ones come with the next check."""
        self._faults = ()
        self.show_stop(None)
        self._on_edited()

    def _on_edited(self) -> None:
        self._hits = ()  # the engine counts again
        self._show_all()
        self.edited.emit()

    def _on_settled(self) -> None:
        """Take the fields' values, but leave the fields: they show what was typed as it was typed."""
        self._hits = ()
        self._show_list()
        self.edited.emit()

    # --- showing ----------------------------------------------------------------------------

    def _show_all(self) -> None:
        self._show_list()
        if self._panel:
            self._panel.show_fields()
        self._show_marks()

    def _show_list(self) -> None:
        if self._panel:
            self._panel.show_list(self._all, self._hits)

    def _show_marks(self) -> None:
        by_index: dict[int, list[str]] = {}
        for fault in self._faults:
            match fault.path:
                case ("breakpoints", int(index), *_):
                    by_index.setdefault(index, []).append(fault_text(fault))
        if self._panel:
            self._panel.show_faults(by_index)
        super().show_faults(self._faults)


def _is_at(values: Values, file: str, line: int) -> bool:
    return values["kind"] == "line" and (values["file"], values["line"]) == (file, line)
