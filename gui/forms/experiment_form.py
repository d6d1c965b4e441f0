"""The whole experiment as a form: what the main window puts on the left.

It holds what is typed, right or wrong. The main window has it checked and hands the faults back.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Fault
from engine.spec.model import SCHEMA
from gui.theme import LIGHT, Theme

from .data_form import DataForm
from .fields import name_field
from .network_form import NetworkForm
from .optimizers_form import OptimizersForm
from .part import Part, Path, Section
from .start_form import StartForm

CLASSES = "cross_entropy"


class TitleForm(Part):
    """The title, and what is wrong with the file as a whole."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__("experiment", depth=0, parent=parent)
        self._title = QLineEdit(self)
        name_field(self._title, "title", self.tr("Title"), self.tr("A name for the experiment"))
        self._title.setPlaceholderText(self.tr("Untitled experiment"))
        form = QFormLayout()
        form.addRow(self.tr("Title"), self._title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.message)
        self._title.textEdited.connect(lambda _: self.edited.emit())

    def raw(self) -> dict[str, Any]:
        return {"schema": SCHEMA, "title": self._title.text()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        title = raw.get("title", "")
        self._title.setText(title if isinstance(title, str) else str(title))
        self._title.setCursorPosition(0)

    def widget_at(self, path: Path) -> QWidget | None:
        return self._title if path[:1] == ("title",) else None


class ExperimentForm(QWidget):
    """``edited``: the person changed something, if only by a keystroke."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("experiment_form")
        self._title, self._data, self._network = TitleForm(), DataForm(), NetworkForm()
        self._start, self._optimizers = StartForm(), OptimizersForm()
        self._sections = {
            "data": Section("data", self.tr("Data"), self._data),
            "network": Section("network", self.tr("Network"), self._network),
            "start": Section("start", self.tr("Start and batches"), self._start),
            "optimizers": Section("optimizers", self.tr("Optimizers"), self._optimizers),
        }
        self._sections |= dict.fromkeys(("dtype", "device", "batch"), self._sections["start"])
        self._parts: tuple[Part, ...] = (self._title, self._data, self._network, self._start, self._optimizers)
        self._lay_out()
        for part in self._parts:
            part.edited.connect(self.edited)
        self._data.reshaped.connect(lambda: self._network.set_inputs(self._data.inputs()))
        self._network.loss_chosen.connect(lambda loss: self._data.set_classes(loss == CLASSES))
        self.set_theme(LIGHT)
        self.set_raw({})

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(10)
        column.addWidget(self._title)
        for section in dict.fromkeys(self._sections.values()):
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("experiment_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self._scroll)

    def event(self, event: QEvent) -> bool:
        """Keep Space for the button or list that has the focus; elsewhere it may be the window's shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressable = isinstance(QApplication.focusWidget(), QAbstractButton | QComboBox)
            if pressable and event.key() == Qt.Key.Key_Space and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def raw(self) -> dict[str, Any]:
        """The experiment file's structure, with text that is no number left as text."""
        together: dict[str, Any] = {}
        for part in self._parts:
            together |= part.raw()
        return together

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Show an experiment, or what ``raw`` once returned. ``edited`` is not emitted; old marks go."""
        self.show_faults([])
        for part in self._parts:
            part.set_raw(raw)
        self._data.set_classes(self._network.loss() == CLASSES)
        self._network.set_inputs(self._data.inputs())

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the fields that are wrong, and take the marks of earlier faults away."""
        groups: dict[Section | None, list[Fault]] = {None: []} | {section: [] for section in self._sections.values()}
        for fault in faults:
            groups[self._section(fault)].append(fault)
        for section, group in groups.items():
            (section or self._title).show_faults(group)

    def reveal(self, fault: Fault) -> None:
        """Bring the fault's field into view, with the focus on it."""
        section = self._section(fault)
        if section is not None:
            section.set_open(True)
        widget = (section.part if section else self._title).reveal(fault)
        self._scroll.ensureWidgetVisible(widget)

    def set_theme(self, theme: Theme) -> None:
        self._title.set_theme(theme)
        for section in dict.fromkeys(self._sections.values()):
            section.set_theme(theme)

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Where torch lanes may live on this machine."""
        self._start.set_devices(devices)

    def _section(self, fault: Fault) -> Section | None:
        return self._sections.get(str(fault.path[0])) if fault.path else None
