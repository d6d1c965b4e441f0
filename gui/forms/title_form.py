"""The head of the experiment's form: its title, and whether a network or a test function is trained."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from engine.spec.model import SCHEMA

from .fields.fields import ChoiceBox, TextBox, name_field
from .fields.part import Part, Path

NETWORK, PROBLEM = "network", "problem"
translate = QCoreApplication.translate


class TitleForm(Part):
    """Edit the title, and show what is wrong with the file as a whole.

    ``kind_chosen``: the person trains something else now.
    """

    kind_chosen = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__("experiment", depth=0, parent=parent)
        self._title = TextBox(self)
        name_field(self._title, "title", self.tr("Title"), self.tr("A name for the experiment"))
        self._title.setPlaceholderText(self.tr("Untitled experiment"))
        self.kind_box = ChoiceBox((NETWORK, PROBLEM), kind_title, self)
        tip = self.tr("Train a network on data, or send the optimizers down a function of two numbers")
        name_field(self.kind_box, "kind", self.tr("Train"), tip)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Title"), self._title)
        form.addRow(self.tr("Train"), self.kind_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.message)
        self._title.textEdited.connect(lambda _: self.edited.emit())
        self.kind_box.edited.connect(self.kind_chosen)

    @property
    def has_problem(self) -> bool:
        return self.kind_box.value() == PROBLEM

    def raw(self) -> dict[str, Any]:
        return {"schema": SCHEMA, "title": self._title.value()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        title = raw.get("title", "")
        self._title.set_value(title if isinstance(title, str) else str(title))
        self.kind_box.set_value(NETWORK if raw.get("problem") is None else PROBLEM)

    def state(self) -> dict[str, Any]:
        return {"title": self._title.value(), "kind": self.kind_box.value()}

    def set_state(self, state: dict[str, Any]) -> None:
        if state["title"] != self._title.value():
            self._title.set_value(state["title"])
        self.kind_box.set_value(state["kind"])

    def show_network(self) -> None:
        """Have a network trained. ``kind_chosen`` is not emitted."""
        self.kind_box.set_value(NETWORK)

    def widget_at(self, path: Path) -> QWidget | None:
        return {("title",): self._title, ("kind",): self.kind_box}.get(path[:1])  # type: ignore[arg-type]


def kind_title(kind: str) -> str:
    titles = {
        NETWORK: translate("TitleForm", "A network on data"),
        PROBLEM: translate("TitleForm", "A test function"),
    }
    return titles[kind]
