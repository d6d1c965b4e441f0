"""The list from which an entry's optimizer is chosen."""

from PySide6.QtWidgets import QWidget

from engine.spec import NOT_OFFERED, Fault, optimizer_names
from gui.wording import fault_text

from .fields import ChoiceBox


class OptimizerChoice(ChoiceBox):
    """Torch's optimizers that are not offered are listed too, so that nobody looks for them in vain."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(optimizer_names(), str, parent)
        for name, code in NOT_OFFERED.items():
            title = self.tr("{name} — needs sparse gradients: not offered").format(name=name)
            reason = fault_text(Fault((), code, {"given": name}))
            self.add_refused(name, title, reason[:1].upper() + reason[1:])
