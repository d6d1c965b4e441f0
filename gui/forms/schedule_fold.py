"""An entry's schedule and clipping behind a line that opens them: few entries have either."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.theme import LIGHT, Theme

from .fields.fields import name_field, tool_button
from .fields.part import Path

if TYPE_CHECKING:
    from .schedule_form import SchedulePanel

NAMES = ("schedule", "clip")


class ScheduleFold(QWidget):
    """Hold schedule and clipping as in the file until they are to be seen; then ``made`` says there are fields.

    ``fields_gone`` carries a widget that is no more.
    """

    edited = Signal()
    made = Signal()
    fields_gone = Signal(object)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._index, self._theme, self._color = 0, LIGHT, 0
        self._raw: dict[str, Any] = dict.fromkeys(NAMES)
        self._panel: SchedulePanel | None = None
        self._more = tool_button(self, Qt.ArrowType.RightArrow, "optimizer_more", "")
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self._more)
        self._more.clicked.connect(lambda: self.set_open(self._panel is None or self._panel.isHidden()))
        self._tell()

    def raw(self) -> dict[str, Any]:
        return self._panel.raw() if self._panel is not None else self._raw

    def set_raw(self, raw: dict[str, Any]) -> None:
        self._raw = {name: raw.get(name) for name in NAMES}
        if self._panel is not None:
            self._panel.set_raw(self._raw)
            self._panel.setVisible(self.is_used)
        self._tell()

    @property
    def is_used(self) -> bool:
        return any(value is not None for value in self.raw().values())

    @property
    def summary(self) -> str:
        """Return all that is in use, in a few words; empty where nothing is."""
        raw = self.raw()
        given = raw["schedule"]
        phases = given if isinstance(given, list | tuple) else [given]
        schedule = " → ".join(str(phase["name"]) for phase in phases if isinstance(phase, dict) and phase.get("name"))
        clipped = self.tr("clipped") if raw["clip"] is not None else None
        return " · ".join(str(part) for part in (schedule, clipped) if part)

    def set_open(self, is_open: bool) -> None:
        if is_open or self._panel is not None:
            self._made_panel().setVisible(is_open)
        self._tell()

    def _made_panel(self) -> "SchedulePanel":
        if self._panel is None:
            from .schedule_form import SchedulePanel

            self._panel = SchedulePanel(self._index, self)
            self._panel.set_raw(self._raw)
            self._panel.set_theme(self._theme, self._color)
            self._panel.edited.connect(self._on_edited)
            self._panel.fields_gone.connect(self.fields_gone)
            self._panel.made.connect(self.made)
            self._column.addWidget(self._panel)
            self.made.emit()
        return self._panel

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say what is folded away here, if anything."""
        shown = self._panel is not None and not self._panel.isHidden()
        self._more.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self._more.setText(self.tr("Schedule and clipping") + ("" if shown or not self.is_used else " •"))
        title = self.tr("Optimizer {number}").format(number=self._index + 1)
        tip = self.tr("How the learning rate changes over the steps, and whether large gradients are made smaller")
        spoken = ", ".join(filter(None, (self.tr("Schedule and clipping"), self.summary, title)))
        name_field(self._more, f"optimizer{self._index + 1}_more", spoken, f"{tip}\n{self.summary}".strip())

    # --- the rest goes to the panel, where there is one ----------------------------------------

    def set_place(self, index: int) -> None:
        self._index = index
        if self._panel is not None:
            self._panel.set_place(index)
        self._tell()

    def stops(self) -> list[QWidget]:
        return [self._more, *(self._panel.stops() if self._panel is not None else ())]

    def widget_at(self, path: Path) -> QWidget | None:
        return self._panel.widget_at(path) if self._panel is not None else None

    def show_entry(self, raw: dict[str, Any]) -> None:
        if self._panel is not None:
            self._panel.show_entry(raw)

    def set_theme(self, theme: Theme, color: int) -> None:
        self._theme, self._color = theme, color
        if self._panel is not None:
            self._panel.set_theme(theme, color)
