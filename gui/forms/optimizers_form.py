"""The list of optimizer entries."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path as FilePath
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.spec import BACKENDS, Fault, colors_of, optimizer_names
from gui.look.theme import LIGHT, Theme

from .fields.fields import name_field
from .fields.part import Part, Path
from .fields.row_list import ListRow, RowList
from .optimizer_entry import OptimizerEntry, own_color

DEFAULTS: dict[str, Any] = {
    "name": optimizer_names()[0],
    "params": {},
    "backends": BACKENDS,
    "label": None,
    "schedule": None,
    "clip": None,
    "color": None,
}
FEW = 4  # more entries than these begin folded: each is a line then


class OptimizersForm(Part):
    file_news = Signal(object)  # a FileNews

    def __init__(self, parent: QWidget | None = None):
        super().__init__("optimizers", parent=parent)
        self._theme = LIGHT
        self.weights: Callable[[], Sequence[str]] = tuple  # the names of those that there are, for groups
        self.placed: Callable[[FilePath], str] = str  # names a file as the experiment does
        self.located: Callable[[str], FilePath] = FilePath  # returns where it lies
        self._begin_open = True
        self._faults: Sequence[Fault] = ()
        self._entries = RowList(self._make, 14, _filled, self)
        self._add = QPushButton(self.tr("Add optimizer"), self)
        tip = self.tr("Another optimizer that trains from the same start on the same batches")
        name_field(self._add, "optimizers_add", self.tr("Add optimizer"), tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._entries)
        column.addWidget(self._add)
        column.addWidget(self.message)
        self._entries.edited.connect(self.edited)
        self._entries.about_to_change.connect(self._keep_colors)
        self._entries.changed.connect(self._on_changed)
        self._add.clicked.connect(self._add_entry)
        self._entries.set_raw([])
        self._entries.set_after(self._add)

    def _make(self) -> OptimizerEntry:
        entry = OptimizerEntry(
            self._theme, self._begin_open and not self._entries.waiting, weights=lambda: self.weights()
        )
        entry.placed, entry.located = (lambda file: self.placed(file)), (lambda file: self.located(file))
        entry.file_news.connect(self.file_news)
        # Another optimizer has other fields, and Tab must find them in their place.
        entry.edited.connect(lambda: self._entries.fix_tab_order())
        entry.made.connect(lambda: self._entries.fix_tab_order())
        return entry

    def _add_entry(self) -> None:
        """Most likely wanted: an optimizer that is not in the list yet."""
        taken = {entry["name"] for entry in self._entries.raw()}
        self._entries.add({"name": next((name for name in optimizer_names() if name not in taken), None)})

    def add(self, entry: dict[str, Any]) -> None:
        """Add an entry, last, that was put together elsewhere."""
        self._entries.append(entry)
        self._entries.edited.emit()

    def move_files(self, moved: Callable[[str], str]) -> None:
        """Name the logs otherwise, as the experiment is going to lie elsewhere."""
        self._entries.make_rows()
        for entry in self._rows():
            entry.move_log(moved)

    def tell_weights(self) -> None:
        """Have all groups say which weights they have now."""
        for entry in self._rows():
            entry.show_weights()

    def raw(self) -> dict[str, Any]:
        return {"optimizers": self._entries.raw()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        given = raw.get("optimizers")
        self._begin_open = not isinstance(given, list | tuple) or len(given) <= FEW
        if not self._begin_open:  # before they are shown anything, so that none makes fields for it
            self._set_open(False)
        self._entries.set_raw(given)
        self._set_open(self._begin_open)
        self._begin_open = True

    def set_state(self, state: dict[str, Any]) -> None:
        self._entries.follow(state["optimizers"])

    def _set_open(self, is_open: bool) -> None:
        for entry in self._rows():
            entry.set_open(is_open)

    def show_params(self, entry: int, params: dict[str, Any], keep: Collection[str] = ()) -> None:
        """Show other hyperparameters in an entry, but for those to ``keep`` as typed; ``edited`` is not emitted."""
        self._entries.make_rows(entry + 1)
        self._rows()[entry].show_params(params, keep)

    def widget_at(self, path: Path) -> QWidget | None:
        entry = self._entry(path)
        return entry.widget_at(path) if entry else None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        for entry in self._entries.rows:
            entry.set_theme(theme)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show faults: each entry its own, and only what is about no entry below the list."""
        self._faults = faults
        of_entry: dict[ListRow | None, list[Fault]] = {row: [] for row in (None, *self._entries.rows)}
        for fault in faults:
            of_entry[self._entry(fault.path)].append(fault)
        self.message.show_faults(of_entry.pop(None), within=1)
        for entry in self._entries.rows:
            entry.show_faults(of_entry[entry])

    def _on_changed(self) -> None:
        """Rows that were made only now are marked as they would have been."""
        self._show_colors()
        if self._faults:
            self.show_faults(self._faults)

    def uncover(self, path: Path) -> QWidget | None:
        match path:
            case ("optimizers", int(index), *rest):
                self._entries.make_rows(index + 1)
                entry = self._entry(path)
                return (entry.uncover(path) or entry) if entry and rest else entry
        return None

    def reveal(self, fault: Fault) -> QWidget:
        self.uncover(fault.path)
        entry = self._entry(fault.path)
        return entry.reveal(fault) if entry else super().reveal(fault)

    def _entry(self, path: Path) -> ListRow | None:
        match path:
            case ("optimizers", int(index), *_) if index < len(self._entries.rows):
                return self._entries.rows[index]
        return None

    def _rows(self) -> list[OptimizerEntry]:
        return [row for row in self._entries.rows if isinstance(row, OptimizerEntry)]

    # --- colours -------------------------------------------------------------------------------

    def _keep_colors(self) -> None:
        """Whatever becomes of its neighbours, an entry stays the colour that it is."""
        self._entries.make_rows()
        for entry, place in zip(self._rows(), self._colors(), strict=True):
            entry.color = place

    def _show_colors(self) -> None:
        for entry, place in zip(self._rows(), self._colors(), strict=False):
            entry.set_color(place)

    def _colors(self) -> tuple[int, ...]:
        """Of all entries, those that have no rows yet included."""
        waiting = (own_color(entry) for entry in self._entries.waiting)
        return colors_of([*(entry.color for entry in self._rows()), *waiting])


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    given = DEFAULTS | {
        name: entry[name] for name in (*DEFAULTS, "groups", "code", "reference", "log") if name in entry
    }
    return given | {"backends": list(given["backends"]), "params": dict(given["params"]), "color": own_color(entry)}
