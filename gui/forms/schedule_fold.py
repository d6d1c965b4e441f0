"""An entry's schedule and clipping behind a line that opens them."""

from typing import Any

from PySide6.QtWidgets import QWidget

from gui.look.theme import LIGHT, Theme

from .fold import Fold

NAMES = ("schedule", "clip")


class ScheduleFold(Fold):
    """Keep schedule and clipping folded away."""

    def __init__(self, parent: QWidget | None = None):
        self._theme, self._color = LIGHT, 0
        self._raw: dict[str, Any] = dict.fromkeys(NAMES)
        super().__init__("more", parent)

    def raw(self) -> dict[str, Any]:
        return self._panel.raw() if self._panel is not None else self._raw

    def set_raw(self, raw: dict[str, Any]) -> None:
        self._raw = {name: raw.get(name) for name in NAMES}
        self._put(self._raw)

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

    def words(self) -> tuple[str, str, str]:
        tip = self.tr("How the learning rate changes over the steps, and whether large gradients are made smaller")
        return self.tr("Schedule and clipping"), tip, self.tr("Optimizer {number}").format(number=self._index + 1)

    def new_panel(self) -> Any:
        from .schedule_form import SchedulePanel

        panel = SchedulePanel(self._index, self)
        panel.set_raw(self._raw)
        panel.set_theme(self._theme, self._color)
        return panel

    def show_entry(self, raw: dict[str, Any]) -> None:
        if self._panel is not None:
            self._panel.show_entry(raw)

    def set_theme(self, theme: Theme, color: int) -> None:
        self._theme, self._color = theme, color
        if self._panel is not None:
            self._panel.set_theme(theme, color)
