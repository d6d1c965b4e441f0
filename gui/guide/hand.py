"""Uses a widget for the person who asks to be shown: clicks it, or sets it to a value, as they would."""

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox, QTabBar, QWidget

from .pointer import Target


def use(widget: QWidget, value: int | str | None) -> None:
    """Use a widget: click it, or the tab that leads to it, or set it to ``value``."""
    target = Target(widget)
    if isinstance(target.widget, QTabBar):
        target.widget.setCurrentIndex(target.tab)
    elif isinstance(widget, QAbstractButton):
        widget.click()
    elif isinstance(widget, QSlider | QSpinBox) and isinstance(value, int):
        widget.setValue(value)
    elif isinstance(widget, QLineEdit) and value is not None:
        widget.setFocus()
        widget.selectAll()
        widget.insert(str(value))  # unlike setText it counts as typed
        widget.textEdited.emit(widget.text())
        widget.editingFinished.emit()
    elif isinstance(widget, QComboBox) and isinstance(value, str):
        place = max(widget.findData(value), widget.findText(value))  # a name of ours, or as it reads
        widget.setCurrentIndex(place)
        widget.activated.emit(place)  # as by a person: what was chosen by the program alone counts as no edit
