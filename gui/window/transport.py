"""The bar on top: reset, step, run, pace, and where the run stands."""

from math import log

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider, QSpinBox, QToolBar, QToolButton, QWidget

from gui.look.naming import call, name_field
from gui.look.text_size import fit_letters, scaled

from .actions import Actions

PACES: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, None)  # steps/s; None: flat out
MOST_STEPS = 10_000_000
STEPS_WIDTH = 88  # pixels of their box: a bar of 1024 shows all


class Transport(QToolBar):
    """Run and pause. ``rate_changed`` carries steps a second, None for flat out; ``clicked``: a button was."""

    rate_changed = Signal(object)
    clicked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None):
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("transport")
        self.setWindowTitle(self.tr("Transport"))
        self.setMovable(False)
        self.setIconSize(QSize(scaled(20), scaled(20)))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in (actions.reset, actions.step, actions.look_into, actions.run):
            self.addAction(action)
        self.addSeparator()
        self._add_run_steps(actions)
        self.addSeparator()
        self._add_pace()
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self._add_readings()
        for action in (actions.reset, actions.step, actions.look_into, actions.run, actions.run_steps):
            self._name_button(action)
        self._name_rest()

    def _name_rest(self) -> None:
        """Name Qt's own button, behind which is what a narrow window has no room for."""
        rest = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if rest is not None:
            call(rest, self.tr("More"))

    def _add_run_steps(self, actions: Actions) -> None:
        self.steps = fit_letters(QSpinBox())
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setValue(100)
        self.steps.setGroupSeparatorShown(True)
        name_field(
            self.steps, "runSteps", self.tr("Number of steps to run"), self.tr("How many steps “Run steps” takes")
        )
        self.steps.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        self.steps.setMaximumWidth(scaled(STEPS_WIDTH))
        self.addAction(actions.run_steps)
        self.addWidget(self.steps)

    def _name_button(self, action: QAction) -> None:
        """As its action is called, which may be called otherwise later."""
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setObjectName(f"{action.objectName()}Button")
        button.clicked.connect(lambda: self.clicked.emit())
        call(button, action.iconText())
        action.changed.connect(lambda: call(button, action.iconText()))

    def _add_pace(self) -> None:
        label = QLabel(self.tr("Speed"))
        self.pace = QSlider(Qt.Orientation.Horizontal)
        self.pace.setRange(0, len(PACES) - 1)
        self.pace.setValue(len(PACES) - 1)
        self.pace.setPageStep(1)
        name_field(self.pace, "pace", self.tr("Speed"), self.tr("From one step a second to as fast as possible"))
        self.pace.setFixedWidth(scaled(64))
        self._pace_label = QLabel()
        widest = max((pace_text(pace) for pace in PACES), key=self.fontMetrics().horizontalAdvance)
        self._pace_label.setMinimumWidth(self.fontMetrics().horizontalAdvance(widest) + 4)
        self.pace.valueChanged.connect(self._on_pace)
        for widget in (label, self.pace, self._pace_label):
            self.addWidget(widget)
        self._pace_label.setText(pace_text(self.rate))

    def _add_readings(self) -> None:
        self.state, self.counter, self.speed = QLabel(), QLabel(), QLabel()
        name_field(self.state, "runState", self.tr("State"))
        name_field(self.counter, "stepCounter", self.tr("Step"))
        name_field(self.speed, "stepsPerSecond", self.tr("Steps per second"))
        for label in (self.state, self.counter, self.speed):
            label.setContentsMargins(4, 0, 4, 0)
            self.addWidget(label)
        self.show_run(0, 0.0)

    @property
    def rate(self) -> float | None:
        """Return steps a second, None for as fast as possible."""
        return PACES[self.pace.value()]

    def set_rate(self, rate: float | None) -> None:
        """Go at so many steps a second, or at the speed nearest to that which the slider has; None: flat out."""
        self.pace.setValue(place_of(rate))

    def _on_pace(self) -> None:
        self._pace_label.setText(pace_text(self.rate))
        self.rate_changed.emit(self.rate)

    def show_run(self, step: int, steps_per_second: float) -> None:
        self.counter.setText(self.tr("Step {step:,}").format(step=step))
        self.speed.setText(self.tr("{speed:,.0f} steps/s").format(speed=steps_per_second))

    def show_state(self, text: str) -> None:
        self.state.setText(text)

    def keep_readings_still(self) -> None:
        """Give the counters the room of large numbers, and Run that of Pause, so that nothing jumps."""
        metrics = self.fontMetrics()
        self.counter.setMinimumWidth(metrics.horizontalAdvance(self.tr("Step {step:,}").format(step=8_888_888)) + 12)
        widest = self.tr("{speed:,.0f} steps/s").format(speed=88_888)
        self.speed.setMinimumWidth(metrics.horizontalAdvance(widest) + 12)
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        run = self.widgetForAction(self._actions.run)
        for running in (True, False):
            self._actions.show_running(running)
            run.setMinimumWidth(max(run.minimumWidth(), run.sizeHint().width()))


def pace_text(rate: float | None) -> str:
    """Say how fast that is: steps a second, or None for as fast as possible."""
    if rate is None:
        return QCoreApplication.translate("Transport", "as fast as possible")
    return QCoreApplication.translate("Transport", "{rate:,g} a second").format(rate=rate)


def place_of(rate: float | None) -> int:
    """Return the slider's position for a rate, or for the one nearest to it."""
    return len(PACES) - 1 if rate is None else nearest(rate)


def nearest(rate: float) -> int:
    """Return the position of the pace, of those that have a number, that is fewest times faster or slower."""
    return min(range(len(PACES) - 1), key=lambda position: abs(log(rate) - log(PACES[position] or 1)))
