"""The fields of a start whose weights are in a file: which file, how its arrays are known, and of which lane."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QLabel, QWidget

from gui.files.watched_file import WatchedFile, quick_hash_of

from .fields.fields import ChoiceBox, TextBox, name_field
from .fields.numbers import text_of
from .files_named import OF_WEIGHTS, FileNews

BY = ("name", "order")


class FileStart(QWidget):
    """Edit the file's part of the experiment. ``news`` carries a FileNews.

    ``placed`` returns a file as the experiment names it, ``located`` where such a file lies.
    """

    edited = Signal()
    news = Signal(object)

    def __init__(self, parent: QWidget, placed: Callable[[Path], str], located: Callable[[str], Path]):
        super().__init__(parent)
        self._placed, self._located = placed, located
        self._watched = WatchedFile(self)
        self._watched.told.connect(self._tell)
        self._follow = QTimer(self, singleShot=True, interval=0)  # once the experiment's folder is known
        self._follow.timeout.connect(self._watch)
        self._more: dict[str, Any] = {}  # what the file says that has no field here
        self._file, self._is_used = "", False
        self._named = QLabel(self)
        self._named.setWordWrap(True)
        self._by = ChoiceBox(BY, self._title_of, self)
        self._lane = TextBox(self)
        name_field(self._named, "start_file", self.tr("Weights from a file"))
        tips = self.tr("How arrays are told apart: by names such as layer1.weight or 0.weight, or by the file’s order")
        name_field(self._by, "start_by", self.tr("Arrays are known"), tips)
        tips = self.tr("Of a run’s weights.npz, which has several: SGD/torch, say. Else leave it empty.")
        name_field(self._lane, "start_lane", self.tr("Lane in the file"), tips)
        self._lane.setPlaceholderText(self.tr("the only one"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._named)
        form.addRow(self.tr("Arrays are known"), self._by)
        form.addRow(self.tr("Lane in the file"), self._lane)
        self._form = form
        self._by.edited.connect(self.edited)
        self._lane.textEdited.connect(lambda _: self.edited.emit())

    def _title_of(self, by: str) -> str:
        return {"name": self.tr("by name"), "order": self.tr("in their order")}.get(by, by)

    @property
    def file(self) -> str:
        """Return the file as the experiment names it; empty where there is none."""
        return self._file

    def raw(self) -> dict[str, Any]:
        """Return the experiment file's ``start``."""
        by, lane = self._by.value(), self._lane.value()
        return {
            "file": self._file,
            **self._more,
            **({} if by == "name" else {"by": by}),
            **({"lane": lane} if lane else {}),
        }

    def set_raw(self, start: dict[str, Any]) -> None:
        file = start.get("file")
        self._file = file if isinstance(file, str) else ""
        self._more = {name: value for name, value in start.items() if name not in ("file", "by", "lane")}
        self._by.set_value(start.get("by", "name"))
        self._lane.set_value(str(start.get("lane") or ""))
        self._show()

    def become(self, start: dict[str, Any]) -> None:
        """Show what ``raw`` once returned, or nothing; what is the same stays, letter by letter."""
        if start != (self.raw() if self._file else {}):
            self.set_raw(start)

    def take(self, file: Path) -> None:
        """Take a file that the person chose, as it is now."""
        self.set_raw({"file": self._placed(file), **quick_hash_of(file)})

    def rename(self, moved: Callable[[str], str]) -> None:
        """Name the file otherwise, as the experiment is going to lie elsewhere."""
        if self._file:
            self._file = moved(self._file)
            self._show()

    def ask(self) -> Path | None:
        """Ask the person for a file; None: for none."""
        patterns = " ".join(f"*{suffix}" for suffix in OF_WEIGHTS)
        kinds = self.tr("Weights ({patterns});;All files (*)").format(patterns=patterns)
        found, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Weights from a file"), "", kinds)
        return Path(found) if found else None

    def find_another(self) -> None:
        """Ask for another file in this one's place."""
        if (file := self.ask()) is not None:
            self.take(file)
            self.edited.emit()

    # --- a file that is changed meanwhile --------------------------------------------------------

    def watch(self, is_used: bool) -> None:
        """Watch the file, as long as it is what training starts from."""
        self._is_used = is_used
        self._follow.start()

    def _watch(self) -> None:
        path = self._located(self._file) if self._file and self._is_used else None
        self._watched.watch(path, self._more.get("sha256"))

    def _tell(self, how: str) -> None:
        self.news.emit(FileNews(Path(self._file).name, how, self._take, self.find_another))

    def _take(self) -> None:
        if self._file and (found := self._watched.take()) is not None:
            self._more = self._more | {"sha256": found}
            self.edited.emit()

    def stops(self) -> list[QWidget]:
        """Return the fields in the order in which Tab leads through them."""
        return [self._by, self._lane]

    def widget_at(self, name: str) -> QWidget:
        return {"by": self._by, "lane": self._lane}.get(name, self._named)

    def _show(self) -> None:
        self._follow.start()
        shown = text_of(Path(self._file).name)
        self._named.setText(self.tr("Weights from {file}").format(file=shown))
        self._named.setToolTip(text_of(self._file))
        self._form.setRowVisible(self._lane, Path(self._file).suffix.lower() == ".npz")
