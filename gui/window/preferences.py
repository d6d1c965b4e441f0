"""The preferences: what is the person's wish rather than the experiment's. Each applies at once and is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gui.files.settings import LARGEST_BUDGET, SMALLEST_BUDGET, Settings
from gui.look.naming import name_field
from gui.look.theme import CHOICES

MEGABYTE = 1_000_000  # bytes
WIDTH = 380  # pixels


class Preferences(QDialog):
    """Edit the settings. ``budget_changed`` carries bytes, ``theme_chosen`` a choice; both are stored by then."""

    budget_changed = Signal(object)  # an int of more than 32 bits
    theme_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None):
        super().__init__(parent)
        self._settings = settings
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_theme()
        self._make_budget()
        self._lay_out()

    def _make_budget(self) -> None:
        self._budget = QSpinBox(self)
        self._budget.setRange(SMALLEST_BUDGET // MEGABYTE, min(machine_memory(), LARGEST_BUDGET) // MEGABYTE)
        self._budget.setSuffix(self.tr(" MB"))
        self._budget.setGroupSeparatorShown(True)
        self._budget.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self._budget.setKeyboardTracking(False)  # half a number typed would throw away most of the history
        self._budget.setValue(self._settings.history_budget // MEGABYTE)
        self._budget.valueChanged.connect(self._on_budget)
        tip = self.tr("From {low:,} to {high:,} MB").format(low=self._budget.minimum(), high=self._budget.maximum())
        name_field(self._budget, "preferences_budget", self.tr("Memory for going back, in megabytes"), tip)
        self._about_budget = QLabel(self)
        self._about_budget.setObjectName("preferences_budget_about")
        self._about_budget.setProperty("role", "muted")
        self._about_budget.setWordWrap(True)
        self._about_budget.setText(
            self.tr(
                "What a run may take of the memory to remember its steps. Whatever it is, you can go back to every "
                "step; with more, a step that is far back is there sooner."
            )
        )

    def _make_theme(self) -> None:
        self._theme = QComboBox(self)
        titles = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for choice in CHOICES:
            self._theme.addItem(titles[choice], choice)
        self._theme.setCurrentIndex(self._theme.findData(self._settings.theme))
        self._theme.activated.connect(lambda _: self._on_theme())
        name_field(self._theme, "preferences_theme", self.tr("Theme"), self.tr("The window's colours"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Theme"), self._theme)
        form.addRow(self.tr("Memory for going back"), self._budget)
        form.addRow(self._about_budget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def done(self, result: int) -> None:
        self._budget.interpretText()  # what was typed, though no Enter came after it
        super().done(result)

    def _on_budget(self, megabytes: int) -> None:
        self._settings.history_budget = megabytes * MEGABYTE
        self.budget_changed.emit(megabytes * MEGABYTE)

    def _on_theme(self) -> None:
        self._settings.theme = self._theme.currentData()
        self.theme_chosen.emit(self._theme.currentData())


def machine_memory() -> int:
    """Return bytes of memory that this machine has, used or not."""
    import psutil  # when it is asked for: loading it would hold up the window

    return psutil.virtual_memory().total
