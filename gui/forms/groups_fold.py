"""An entry's groups of parameters behind a line that opens them: few entries have any."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .fields.fields import name_field, tool_button
from .fields.part import Path

if TYPE_CHECKING:
    from .groups_form import GroupsPanel


class GroupsFold(QWidget):
    """Hold groups as in the file until they are to be seen; then ``made`` says that there are fields.

    ``weights`` tells the names of the weights that there are. ``fields_gone`` carries a widget that is no more.
    """

    edited = Signal()
    made = Signal()
    fields_gone = Signal(object)

    def __init__(self, weights: Callable[[], Sequence[str]], parent: QWidget | None = None):
        super().__init__(parent)
        self._index, self._weights = 0, weights
        self._entry: tuple[str, dict[str, Any]] = "", {}
        self._raw: list[Any] = []
        self._panel: GroupsPanel | None = None
        self._fold = tool_button(self, Qt.ArrowType.RightArrow, "optimizer_groups", "")
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._column.addWidget(self._fold)
        self._fold.clicked.connect(lambda: self.set_open(self._panel is None or self._panel.isHidden()))
        self._tell()

    def raw(self) -> dict[str, Any]:
        """Return ``groups`` as in the file, or nothing where there are none."""
        groups = self._raw if self._panel is None else self._panel.raw()
        return {"groups": groups} if groups else {}

    def set_raw(self, groups: Any) -> None:
        self._raw = list(groups) if isinstance(groups, list | tuple) else []
        if self._panel is not None:
            self._panel.set_raw(self._raw)
            self._panel.setVisible(self.is_used)
        self._tell()

    @property
    def is_used(self) -> bool:
        return bool(self.raw())

    @property
    def summary(self) -> str:
        """Return the patterns in use, in a few words; empty where there are none."""
        groups = self.raw().get("groups", ())
        return ", ".join(str(group.get("match", "")) for group in groups if isinstance(group, dict))

    def set_open(self, is_open: bool) -> None:
        if is_open or self._panel is not None:
            self._made_panel().setVisible(is_open)
        self._tell()

    def _made_panel(self) -> "GroupsPanel":
        if self._panel is None:
            from .groups_form import GroupsPanel

            self._panel = GroupsPanel(self)
            self._panel.set_place(self._index)
            self._panel.show_entry(*self._entry, self._weights())
            self._panel.set_raw(self._raw)
            self._panel.edited.connect(self._on_edited)
            self._panel.made.connect(self.made)
            self._panel.fields_gone.connect(self.fields_gone)
            self._column.addWidget(self._panel)
            self._panel.show()
            self.made.emit()
        return self._panel

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """Say what is folded away here, if anything."""
        shown = self._panel is not None and not self._panel.isHidden()
        self._fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self._fold.setText(self.tr("Groups") + ("" if shown or not self.is_used else " •"))
        title = self.tr("Optimizer {number}").format(number=self._index + 1)
        tip = self.tr("Other hyperparameters, or another optimizer, for some of the weights")
        spoken = ", ".join(filter(None, (self.tr("Groups"), self.summary, title)))
        name_field(self._fold, f"optimizer{self._index + 1}_groups", spoken, f"{tip}\n{self.summary}".strip())

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

    def show_entry(self, optimizer: str, params: dict[str, Any]) -> None:
        """Take which optimizer and hyperparameters the entry has."""
        self._entry = optimizer, params
        if self._panel is not None:
            self._panel.show_entry(*self._entry, self._weights())
