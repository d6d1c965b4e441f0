"""The choice of an activation or a loss, and folded away beside it the parameters that it has, if any."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from engine.spec import function_fields

from .fields.fields import ChoiceBox, discard, name_field, tool_button
from .fields.part import Path
from .hyper_form import FieldsForm

if TYPE_CHECKING:
    from .own.own_use import OwnUse

INDENT = 16  # pixels that parameters stand in from what they are of


class FunctionChoice(QObject):
    """Hold three widgets for whoever lays them out: ``box``, ``more``, which opens the fold, and below them ``fold``.

    ``made``: there are other fields now, for Tab to find.
    """

    edited = Signal()
    made = Signal()

    def __init__(self, names: Callable[[], tuple[str, ...]], kind: str, parent: QWidget):
        """``kind``: ``activation`` or ``loss``."""
        super().__init__(parent)
        self._kind = kind
        self._names = names
        self._of: str | None = None  # the function whose fields are there
        self._rest: dict[str, Any] = {}  # what the file says of it besides, and the form has no field for
        self._called, self._owner = "", ""
        self.box = ChoiceBox(names(), parent=parent)
        self.fold = QWidget(parent)
        self.more = self._make_more(parent)
        self._fields = FieldsForm((), self.fold)
        self.box.offer_own()
        self._own: OwnUse | None = None  # made where there is own code
        self.box.own_wanted.connect(lambda: self._own_use().offer())
        column = self._column = QVBoxLayout(self.fold)
        column.setContentsMargins(INDENT, 0, 0, 2)
        column.addWidget(self._fields)
        self.fold.hide()
        self.box.edited.connect(self._on_chosen)

    def _make_more(self, parent: QWidget) -> QToolButton:
        more = tool_button(parent, Qt.ArrowType.RightArrow, "function_more", "")
        more.setMaximumWidth(12)  # a layer is one line of a narrow form
        more.clicked.connect(lambda: self._show(not self._is_open))
        more.hide()
        return more

    def set_names(self, prefix: str, owner: str, tip: str) -> None:
        """Name the fields after what they belong to: for tests, and for screen readers."""
        self._called, self._owner = prefix, owner
        name_field(self.box, prefix, owner, tip)
        title = self.tr("{owner}: parameters").format(owner=owner)
        name_field(self.more, f"{prefix}_more", title, self.tr("Its parameters, torch's defaults where none is given"))
        self._fields.set_names(prefix, owner)
        if self._own is not None:
            self._own.set_name(prefix, owner)

    def name(self) -> str:
        return str(self.box.value())

    def raw(self) -> Any:
        """Return the function as in the file: its name alone where it is as torch has it by default."""
        params, code = self._fields.params(), self._own.code if self._own is not None else None
        rest = self._rest if code is None else {**self._rest, "code": code}
        if not params and not rest:
            return self.box.value()
        return {"name": self.box.value(), **rest, **({"params": params} if params else {})}

    def set_raw(self, given: Any) -> None:
        is_whole = isinstance(given, dict) and "name" in given
        params = given.get("params", {}) if is_whole else {}
        self._rest = (
            {key: value for key, value in given.items() if key not in ("name", "params", "code")} if is_whole else {}
        )
        code = given.get("code") if is_whole else None
        if isinstance(code, str) or self._own is not None:
            self._own_use().set_code(code if isinstance(code, str) else None)
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
        own = [] if self._own is None else [self._own.line]
        return [self.box, self.more, *own, *self._fields.fields.values()]

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in the function."""
        match path:
            case ("params", *rest):
                return self._fields.field_at(tuple(rest)) or self.box
            case ("code", *_) if self._own is not None:
                return self._own.line
        return self.box

    def _own_use(self) -> "OwnUse":
        from .own.own_use import OwnUse  # which few need

        if self._own is None:
            self._own = OwnUse(self._kind, self.box, self.name, self.fold)
            self._column.insertWidget(0, self._own.line)
            self._own.set_name(self._called, self._owner)
            self._own.edited.connect(self._on_own)
            self.made.emit()
        return self._own

    def _on_own(self) -> None:
        self._show(self._is_open)
        self.edited.emit()

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

    @property
    def _is_open(self) -> bool:
        return not self._fields.isHidden()

    def _show(self, is_open: bool) -> None:
        is_open = is_open and bool(self._fields.fields)
        self._fields.setVisible(is_open)
        self.fold.setVisible(is_open or (self._own is not None and self._own.code is not None))
        self.more.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
