"""The preferences: what is the person's wish rather than the experiment's. Each applies at once and is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gui.files.settings import LARGEST_BUDGET, SMALLEST_BUDGET, SYSTEM, Settings
from gui.look.naming import name_field
from gui.look.own_sheets import mute
from gui.look.text_size import LARGEST, SMALLEST, fit_letters
from gui.look.theme import CHOICES

from .languages import OWN_NAMES
from .transport import PACES, pace_text, place_of

MEGABYTE = 1_000_000  # bytes
WIDTH = 380  # pixels


class Preferences(QDialog):
    """Edit the settings. ``budget_changed`` carries bytes, ``theme_chosen`` a choice; both are stored by then.

    ``pace_chosen`` carries steps a second, None for as fast as possible. ``text_size_chosen``: text is to have another
    size, which is stored, too. ``language_chosen`` carries one of ``OWN_NAMES`` or SYSTEM, and is for whoever hears it
    to store.
    """

    budget_changed = Signal(object)  # an int of more than 32 bits
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    text_size_chosen = Signal()
    pace_chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None):
        super().__init__(parent)
        self._settings = settings
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_language()
        self._make_theme()
        self._make_points()
        self._make_pace()
        self._make_budget()
        self._lay_out()

    def _make_budget(self) -> None:
        self._budget = fit_letters(QSpinBox(self))
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
        mute(self._about_budget)
        self._about_budget.setWordWrap(True)
        self._about_budget.setText(
            self.tr(
                "What a run may take of the memory to remember its steps. Whatever it is, you can go back to every "
                "step; with more, a step that is far back is there sooner."
            )
        )

    def _make_language(self) -> None:
        self._language = QComboBox(self)
        self._language.addItem(self.tr("As the system"), SYSTEM)
        for language, name in OWN_NAMES.items():
            self._language.addItem(name, language)
        self._language.setCurrentIndex(max(self._language.findData(self._settings.language), 0))
        self._language.activated.connect(lambda _: self._on_language())
        tip = self.tr("The language of all that the window says")
        name_field(self._language, "preferences_language", self.tr("Language"), tip)

    def _on_language(self) -> None:
        language = self._language.currentData()
        if language != self._settings.language:
            self.language_chosen.emit(language)

    def _make_theme(self) -> None:
        self._theme = QComboBox(self)
        titles = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for choice in CHOICES:
            self._theme.addItem(titles[choice], choice)
        self._theme.setCurrentIndex(self._theme.findData(self._settings.theme))
        self._theme.activated.connect(lambda _: self._on_theme())
        name_field(self._theme, "preferences_theme", self.tr("Theme"), self.tr("The window's colours"))

    def _make_points(self) -> None:
        self._points = fit_letters(QSpinBox(self))
        self._points.setRange(SMALLEST - 1, LARGEST)
        self._points.setSpecialValueText(self.tr("As the system"))  # at the lowest
        self._points.setSuffix(self.tr(" pt"))
        self._points.setKeyboardTracking(False)  # 1 is no size on the way to 12
        self._points.setValue(self._settings.text_points or SMALLEST - 1)
        self._points.valueChanged.connect(self._on_points)
        tip = self.tr("The size of all text; Ctrl and + or − make text and plots larger and smaller for a while")
        name_field(self._points, "preferences_points", self.tr("Text size, in points"), tip)

    def _on_points(self, points: int) -> None:
        self._settings.text_points = points if points >= SMALLEST else None
        self.text_size_chosen.emit()

    def _make_pace(self) -> None:
        self._pace = QComboBox(self)
        for place, pace in enumerate(PACES):
            self._pace.addItem(pace_text(pace), place)
        self._pace.setCurrentIndex(place_of(self._settings.pace))
        self._pace.activated.connect(lambda place: self._on_pace(PACES[place]))
        tip = self.tr("How fast runs go, until the slider in the toolbar says otherwise")
        name_field(self._pace, "preferences_pace", self.tr("Speed of runs"), tip)

    def _on_pace(self, pace: float | None) -> None:
        self._settings.pace = pace
        self.pace_chosen.emit(pace)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self._caption(self.tr("Language"), "Language"), self._language)
        form.addRow(self.tr("Theme"), self._theme)
        form.addRow(self.tr("Text size"), self._points)
        form.addRow(self.tr("Speed of runs"), self._pace)
        form.addRow(self.tr("Memory for going back"), self._budget)
        form.addRow(self._about_budget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    @staticmethod
    def _caption(text: str, english: str) -> str:
        """Return a field's caption that also who does not read the language at hand finds."""
        return text if text == english else f"{text} ({english})"

    def done(self, result: int) -> None:
        for box in (self._budget, self._points):
            box.interpretText()  # what was typed, though no Enter came after it
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
