"""The list from which an entry's optimizer is chosen."""

from PySide6.QtWidgets import QWidget

from engine.spec import NOT_OFFERED, optimizer_names

from .fields.fields import ChoiceBox


class OptimizerChoice(ChoiceBox):
    """List also torch's optimizers that are not offered, so that nobody looks for them in vain."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(optimizer_names(), str, parent)
        reason = self.tr("It needs sparse gradients, and dense layers have none.")
        for name in NOT_OFFERED:
            self.add_refused(name, self.tr("{name} – needs sparse gradients: not offered").format(name=name), reason)
