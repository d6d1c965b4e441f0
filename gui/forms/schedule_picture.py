"""What an entry's schedule makes of its learning rate, as a curve in the form; or in words, why there is none."""

from typing import Any

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.spec import OptimizerSpec, schedule_length, schedule_rates
from engine.spec.cross_checks import optimizer_faults
from gui.look.own_sheets import mute
from gui.look.theme import Theme

from .rate_curve import RateCurve

POINTS = 240  # of the curve
BY_FACTORS = ("StepLR", "MultiStepLR", "ExponentialLR")


class SchedulePicture(QWidget):
    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._curve = RateCurve(self)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        mute(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._curve)
        column.addWidget(self._note)

    def set_place(self, index: int) -> None:
        prefix = f"optimizer{index + 1}"
        self._note.setObjectName(f"{prefix}_schedule_note")
        self._curve.setObjectName(f"{prefix}_schedule_curve")
        title = self.tr("Optimizer {number}, learning rate by step").format(number=index + 1)
        self._curve.setAccessibleName(title)

    def set_theme(self, theme: Theme, color: int) -> None:
        self._curve.set_theme(theme)
        self._curve.set_color(theme.entry_color(color))

    def show_entry(self, entry: OptimizerSpec | None) -> None:
        """Draw the entry as it is typed, which has a schedule; None while something is wrong with it."""
        length = schedule_length(entry) if entry else None
        if entry and length:
            steps = np.unique(np.linspace(1, length, POINTS).round())
            rates = schedule_rates(entry, [int(step) for step in steps])
            assert rates is not None
            self._curve.show_rates(steps, rates, may_be_log=any(phase.name in BY_FACTORS for phase in entry.phases))
        self._curve.setVisible(bool(length))
        note = self._note_of(entry)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _note_of(self, entry: OptimizerSpec | None) -> str:
        if entry is None:
            return self.tr("Its curve is drawn once what is marked is right.")
        if len(entry.phases) > 1:
            return self._note_of_chain([phase.name for phase in entry.phases])
        name = entry.phases[0].name if entry.phases else ""
        notes = {
            "ReduceLROnPlateau": self.tr(
                "The rate falls when the loss has not become better for a while: nobody can tell beforehand."
            ),
            "CyclicLR": self.tr("The optimizer's own learning rate plays no part."),
            "OneCycleLR": self.tr(
                "The optimizer's own learning rate plays no part. After the last of its steps the rate stays, where"
                " torch's own object would break off."
            ),
        }
        return notes.get(name, "")

    def _note_of_chain(self, names: list[str]) -> str:
        """Say what torch's schedules do to each other, where they do."""
        if "OneCycleLR" in names:
            return self.tr(
                "As in torch, OneCycleLR puts its own first rate in the place of the optimizer's, also for what comes"
                " first and after it."
            )
        if names[0] == "CyclicLR":
            return self.tr("As in torch, CyclicLR puts its lowest rate in the place of the optimizer's for all others.")
        return ""


def sound_entry(raw: dict[str, Any]) -> OptimizerSpec | None:
    """Return the entry as typed, unless something is wrong with its numbers."""
    try:
        entry = OptimizerSpec.model_validate(raw | {"label": None, "color": None, "backends": ["diy"], "clip": None})
    except ValueError:
        return None
    return None if any(optimizer_faults({0: entry}, None)) else entry
