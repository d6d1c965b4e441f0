"""The choice of an activation or a loss, and folded away beside it the parameters that it has, if any."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from engine.spec import function_fields

from .fields.fields import ChoiceBox, discard, name_field, tool_button
from .fields.part import Path
from .hyper_form import FieldsForm

INDENT = 16  # pixels that parameters stand in from what they are of


class FunctionChoice(QObject):
    """Hold three widgets for whoever lays them out: ``box``, ``more``, which opens the fold, and below them ``fold``.

    ``made``: there are other fields now, for Tab to find.
    """

    edited = Signal()
    made = Signal()

    def __init__(self, names: Callable[[], tuple[str, ...]], parent: QWidget):
        super().__init__(parent)
        self._names = names
        self._of: str | None = None  # the function whose fields are there
        self._rest: dict[str, Any] = {}  # what the file says of it besides, and the form has no field for
        self._called, self._owner = "", ""
        self.box = ChoiceBox(names(), parent=parent)
        self.fold = QWidget(parent)
        self.more = self._make_more(parent)
        self._fields = FieldsForm((), self.fold)
        column = QVBoxLayout(self.fold)
        column.setContentsMargins(INDENT, 0, 0, 2)
        column.addWidget(self._fields)
        self.fold.hide()
        self.box.edited.connect(self._on_chosen)

    def _make_more(self, parent: QWidget) -> QToolButton:
        more = tool_button(parent, Qt.ArrowType.RightArrow, "function_more", "")
        more.setMaximumWidth(12)  # a layer is one line of a narrow form
        more.clicked.connect(lambda: self._show(self.fold.isHidden()))
        more.hide()
        return more

    def set_names(self, prefix: str, owner: str, tip: str) -> None:
        """Name the fields after what they belong to: for tests, and for screen readers."""
        self._called, self._owner = prefix, owner
        name_field(self.box, prefix, owner, tip)
        title = self.tr("{owner}: parameters").format(owner=owner)
        name_field(self.more, f"{prefix}_more", title, self.tr("Its parameters, torch's defaults where none is given"))
        self._fields.set_names(prefix, owner)

    def name(self) -> str:
        return str(self.box.value())

    def raw(self) -> Any:
        """Return the function as in the file: its name alone where it is as torch has it by default."""
        params = self._fields.params()
        if not params and not self._rest:
            return self.box.value()
        return {"name": self.box.value(), **self._rest, **({"params": params} if params else {})}

    def set_raw(self, given: Any) -> None:
        is_whole = isinstance(given, dict) and "name" in given
        params = given.get("params", {}) if is_whole else {}
        self._rest = {key: value for key, value in given.items() if key not in ("name", "params")} if is_whole else {}
        self.box.set_value(given["name"] if is_whole else given)
        self._make_fields()
        self._fields.set_params(params)
        self._show(bool(params))

    def set_value(self, name: str) -> None:
        """Choose a function as torch has it by default."""
        if name != self.box.value():
            self.set_raw(name)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab leads through them."""
        return [self.box, self.more, *self._fields.fields.values()]

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in the function."""
        match path:
            case ("params", *rest):
                return self._fields.field_at(tuple(rest)) or self.box
        return self.box

    def reveal(self, path: Path) -> None:
        """Open the fold where the path leads into it."""
        if path[:1] == ("params",) and self._fields.fields:
            self._show(True)

    def _on_chosen(self) -> None:
        self._rest = {}
        self._make_fields()
        self._show(False)
        self.edited.emit()

    def _make_fields(self) -> None:
        """Put the fields of the function chosen in the place of another's."""
        name = self.box.value()
        if name == self._of:
            return
        self._of = name
        abouts = function_fields(name) if name in self._names() else ()
        old, self._fields = self._fields, FieldsForm(abouts, self.fold)
        self._fields.build()
        self._fields.set_names(self._called, self._owner)
        self._fields.edited.connect(self.edited)
        layout = self.fold.layout()
        assert layout is not None
        layout.replaceWidget(old, self._fields)
        discard(old)
        self.more.setVisible(bool(abouts))
        self.made.emit()

    def _show(self, is_open: bool) -> None:
        is_open = is_open and bool(self._fields.fields)
        self.fold.setVisible(is_open)
        self.more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
