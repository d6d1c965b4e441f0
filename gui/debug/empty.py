"""What the Debug view says while there is no step to follow, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.naming import name_field
from gui.look.own_sheets import mute

from .step.controller import DebugController


class EmptyPage(QWidget):
    """Say why there is no step to see. ``entry_chosen`` carries another optimizer entry, which can be followed."""

    entry_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._offered: int | None = None
        self._title, self._text, self._offer = QLabel(), QLabel(), QPushButton()
        name_field(self._title, "debugEmpty", self.tr("State of the debugger"))
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._title.setFont(font)
        mute(self._text)
        name_field(self._text, "debugEmptyText", self.tr("What can be done"))
        name_field(self._offer, "debugFollow", self.tr("Follow another optimizer"))
        self._offer.clicked.connect(self._on_offer)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, controller: DebugController) -> None:
        title, text = self._words(controller)
        self._title.setText(title)
        self._text.setText(text)
        spec, self._offered = controller.spec, None
        if controller.state == "torch_only" and spec is not None:
            others = (entry for entry in range(len(spec.optimizers)) if controller.has_diy(entry))
            self._offered = next(others, None)
        self._offer.setVisible(self._offered is not None)
        if self._offered is not None and spec is not None:
            label = spec.labels[self._offered]
            self._offer.setText(self.tr("Follow {optimizer} instead").format(optimizer=label))

    def _on_offer(self) -> None:
        if self._offered is not None:
            self.entry_chosen.emit(self._offered)

    def _words(self, controller: DebugController) -> tuple[str, str]:
        """Return a title and what is to be said below it."""
        match controller.state:
            case "loading":
                return self.tr("Loading torch…"), self.tr(
                    "Here one training step is followed line by line, in our own source, beside torch's numbers."
                )
            case "failed":
                return self.tr("The engine has stopped"), self.tr("Start it again, and a step can be followed.")
            case "no_experiment":
                return self.tr("No step to follow yet"), self.tr(
                    "The experiment on the left has faulty entries. Once they are corrected, a step can be followed."
                )
            case "torch_only":
                return self.tr("This optimizer runs as torch only: there is no line of ours to follow."), self.tr(
                    "Choose another optimizer, or let this one run as DIY too."
                )
            case "nothing" if controller.traced is not None and controller.traced.refused == "no_way_back":
                return self.tr("This step cannot be followed"), self.tr(
                    "Own code keeps something that cannot be copied, or does not repeat itself: there is no going back."
                )
            case "nothing" if controller.traced is not None and controller.traced.refused == "log_ended":
                return self.tr("The log ends after step {step:,}").format(step=controller.step - 1), self.tr(
                    "There is no later step to follow. Go to another one on the timeline."
                )
            case "nothing":
                return self.tr("There is no step {step:,} to follow").format(step=controller.step), self.tr(
                    "Go to another step on the timeline."
                )
        if controller.running:
            return self.tr("Running…"), self.tr("When the run pauses, the step that it has reached is shown here.")
        return self.tr("Recording the step…"), ""
