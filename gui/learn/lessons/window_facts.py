"""What the window shows now, by the names that a lesson's conditions have for it."""

from collections.abc import Callable, Mapping
from math import inf
from weakref import WeakValueDictionary

from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSlider, QSpinBox, QWidget
from shiboken6 import isValid

from engine.spec import ExperimentSpec
from engine.spec.own_parts import function_name
from gui.debug.step.cursor import stage_at

from ..page import Around
from .condition import Fact

TABS = ("run", "network", "debug", "compare")
WORST_FIRST = ("unusable", "different", "mistake", "unstable", "convention", "rounding", "identical")


class WindowFacts:
    """Tell what lessons ask for, of a window and its session."""

    def __init__(self, around: Around):
        self._around, self._session = around, around.session
        self._in_sight: WeakValueDictionary[str, QWidget] = WeakValueDictionary()  # found before, by their names
        self._facts: Mapping[str, Callable[[], Fact]] = {
            "step": lambda: float(self._session.step),
            "newest": lambda: float(self._session.newest_step),
            "speed": lambda: around.speed() or inf,
            "loss": self._loss,
            "rate": self._rate,
            "entries": lambda: float(len(spec.optimizers)) if (spec := self._session.run_spec) else None,
            "branches": lambda: float(len(frame.branches)) if (frame := self._session.newest) else 0.0,
            "stage": self._stage,
            "running": lambda: self._session.running,
            "stale": lambda: self._session.stale,
            "reason": lambda: around.diagnosing().is_reason_open,
            "optimizer": lambda: _optimizer(self._session.run_spec),
            "typed_optimizer": lambda: _optimizer(self._session.spec),
            "activation": lambda: _activation(self._session.run_spec),
            "typed_activation": lambda: _activation(self._session.spec),
            "tab": lambda: TABS[around.tabs.currentIndex()],
            "diagnosis": lambda: around.diagnosing().told_kind,
            "element": self._element,
            "parity": self._parity,
            "code": self._code,
        }

    def fact(self, name: str) -> Fact:
        """Return what a fact is now; None where there is nothing of the kind."""
        return self._facts[name]()

    def is_shown(self, widget: str) -> bool:
        """Tell whether a widget of that name is in sight."""
        found = self.widget(widget)
        return found is not None and found.isVisible()

    def field(self, widget: str) -> str | None:
        """Return what stands in a widget of that name; None where there is none, or it holds nothing to be read."""
        found = self.widget(widget)
        if isinstance(found, QComboBox):
            data = found.currentData()
            return data if isinstance(data, str) and data else found.currentText()
        if isinstance(found, QSpinBox | QDoubleSpinBox | QSlider):
            return str(found.value())
        if isinstance(found, QLineEdit | QLabel):
            return found.text()
        if isinstance(found, QAbstractButton) and found.isCheckable():
            return "on" if found.isChecked() else "off"
        return None

    def widget(self, name: str) -> QWidget | None:
        """Return the widget of a name, of several the one that is in sight; or one of the centre's pages by its own."""
        if name in TABS:
            return self._around.tabs.widget(TABS.index(name))
        known = self._in_sight.get(name)
        if known is not None and isValid(known) and known.isVisible():
            return known
        found = self._around.window.findChildren(QWidget, name)
        widget = next((one for one in found if one.isVisible()), found[0] if found else None)
        if widget is not None:
            self._in_sight[name] = widget
        return widget

    def _loss(self) -> Fact:
        frame = self._session.newest
        return frame.losses[0] if frame is not None and frame.losses else None

    def _rate(self) -> Fact:
        spec = self._session.spec
        rate = spec.optimizers[0].params.get("lr") if spec is not None else None
        return float(rate) if isinstance(rate, int | float) else None

    def _stage(self) -> Fact:
        controller = self._around.debugging().controller
        traced = controller.traced
        if traced is None or controller.state != "ready":
            return None
        stage = stage_at(traced, controller.cursor)
        return float(len(traced.stages) if stage is None else stage)

    def _element(self) -> Fact:
        formula = self._around.debugging().formula
        if not formula.isVisible() or formula.shown is None:
            return None
        weight, index = formula.shown
        return f"{weight}[{','.join(map(str, index))}]"

    def _parity(self) -> Fact:
        frame = self._session.newest
        return frame.pairs[0].verdict if frame is not None and frame.pairs else None

    def _code(self) -> Fact:
        if self._session.spec is None or not self._session.spec.code:
            return None
        door = self._around.form.code_door
        found = [one.verdict for name in door.names for one in door.verdicts_of(name)]
        return min(found, key=WORST_FIRST.index, default=None)


def _optimizer(spec: ExperimentSpec | None) -> Fact:
    return spec.optimizers[0].name or "" if spec is not None else None


def _activation(spec: ExperimentSpec | None) -> Fact:
    network = spec.network if spec is not None else None
    return function_name(network.layers[-1].activation) if network is not None else None
