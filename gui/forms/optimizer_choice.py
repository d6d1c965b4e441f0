"""The list from which an entry's optimizer is chosen."""

from PySide6.QtWidgets import QWidget

from engine.spec import NOT_OFFERED, optimizer_names

from .fields.fields import ChoiceBox


class OptimizerChoice(ChoiceBox):
    """List also torch's optimizers that are not offered, so that nobody looks for them in vain."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(optimizer_names(), self._titled, parent)
        reason = self.tr("It needs sparse gradients, and dense layers have none.")
        for name in NOT_OFFERED:
            self.add_refused(name, self.tr("{name} – needs sparse gradients: not offered").format(name=name), reason)
        self.offer_own()

    def _titled(self, name: str) -> str:
        """Return an optimizer's name as it is; that of own code that torch has nothing of is none."""
        return name or self.tr("none of torch’s")
