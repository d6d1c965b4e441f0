"""A part of an entry behind a line that opens it: few entries have any."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .fields.fields import name_field, tool_button
from .fields.part import Path


class Fold(QWidget):
    """Hold a part as in the file until it is to be seen; then ``made`` says that there are fields.

    ``fields_gone`` carries a widget that is no more. What the part is, is said by who is a Fold; ``name`` is what its
    button is called after the entry's number.
    """

    edited = Signal()
    made = Signal()
    fields_gone = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._index, self._name = 0, name
        self._panel: Any = None
        self._fold = tool_button(self, Qt.ArrowType.RightArrow, f"optimizer_{name}", "")
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self._fold)
        self._fold.clicked.connect(lambda: self.set_open(self._panel is None or self._panel.isHidden()))
        self._tell()

    # --- what the part is ----------------------------------------------------------------------

    @property
    def is_used(self) -> bool:
        """Return whether the entry has any of it."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """Return all that is in use, in a few words; empty where nothing is."""
        raise NotImplementedError

    def words(self) -> tuple[str, str, str]:
        """Return its title, what it is for, and the entry's title."""
        raise NotImplementedError

    def new_panel(self) -> Any:
        """Return its fields, which show what is held."""
        raise NotImplementedError

    # --- folding -------------------------------------------------------------------------------

    def set_open(self, is_open: bool) -> None:
        if is_open or self._panel is not None:
            self._made_panel().setVisible(is_open)
        self._tell()

    def _made_panel(self) -> QWidget:
        if self._panel is None:
            self._panel = self.new_panel()
            self._panel.edited.connect(self._on_edited)
            self._panel.made.connect(self.made)
            self._panel.fields_gone.connect(self.fields_gone)
            self._column.addWidget(self._panel)
            self._panel.show()
            self.made.emit()
        return self._panel

    def _put(self, raw: Any) -> None:
        """Have the fields show what is held, where there are any; they are folded away where nothing is in use."""
        if self._panel is not None:
            self._panel.set_raw(raw)
            self._panel.setVisible(self.is_used)
        self._tell()

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say what is folded away here, if anything."""
        shown = self._panel is not None and not self._panel.isHidden()
        self._fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        title, tip, entry = self.words()
        self._fold.setText(title + ("" if shown or not self.is_used else " •"))
        spoken = ", ".join(filter(None, (title, self.summary, entry)))
        name_field(self._fold, f"optimizer{self._index + 1}_{self._name}", spoken, f"{tip}\n{self.summary}".strip())

    # --- the rest goes to the panel, where there is one ----------------------------------------

    def set_place(self, index: int) -> None:
        self._index = index
        if self._panel is not None:
            self._panel.set_place(index)
        self._tell()

    def stops(self) -> list[QWidget]:
        return [self._fold, *(self._panel.stops() if self._panel is not None else ())]

    def widget_at(self, path: Path) -> QWidget | None:
        return self._panel.widget_at(path) if self._panel is not None else None
