"""A log in an optimizer's DIY place: a line that names it, a click on which offers another or the textbook again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.look.naming import name_field

from .fields.numbers import text_of
from .own.own_use import CodeLine


class LogUse(QObject):
    """Hold the log of an entry as the experiment has it, ``raw``; None where there is none.

    ``placed`` names a file as the experiment does; ``line`` is to be laid out below the optimizer's name.
    """

    edited = Signal()

    def __init__(self, owner: QWidget, placed: Callable[[Path], str]):
        super().__init__(owner)
        self.raw: dict[str, Any] | None = None
        self._owner, self._placed = owner, placed
        self.line = CodeLine(owner)
        name_field(self.line, "optimizer_log", self.tr("Log in DIY’s place"))
        self.line.clicked.connect(self._offer)
        self._show()

    def set_raw(self, raw: Any) -> None:
        self.raw = raw if isinstance(raw, dict) else None
        self._show()

    def rename(self, moved: Callable[[str], str]) -> None:
        """Name the file otherwise, as the experiment is going to lie elsewhere."""
        if self.raw is not None and isinstance(self.raw.get("file"), str):
            self.raw = self.raw | {"file": moved(self.raw["file"])}

    def choose(self) -> None:
        """Ask for a file, and take it."""
        kinds = self.tr("Logs (*.npz *.csv *.tsv);;All files (*)")
        title = self.tr("Log of a program of mine")
        found, _ = QFileDialog.getOpenFileName(self._owner.window(), title, "", kinds)
        if found:
            self.set_raw({"file": self._placed(Path(found))})
            self.edited.emit()

    def menu(self) -> QMenu:
        """Return what may stand in DIY's place instead."""
        menu = QMenu(self._owner)
        menu.setObjectName("log_menu")
        menu.addAction(self.tr("&Another log…"), self.choose)
        menu.addAction(self.tr("The &textbook’s DIY instead"), self._drop)
        return menu

    def _offer(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))

    def _drop(self) -> None:
        self.set_raw(None)
        self.edited.emit()

    def _show(self) -> None:
        self.line.setVisible(self.raw is not None)
        if self.raw is not None:
            file = Path(str(self.raw.get("file") or "")).name
            self.line.say(self.tr("In DIY’s place: the log {file}").format(file=text_of(file)))
