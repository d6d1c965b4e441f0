"""A log in an optimizer's DIY place: a line that names it, a click on which offers another or the textbook again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.files.watched_file import WatchedFile, quick_hash_of
from gui.look.naming import name_field

from .fields.numbers import text_of
from .files_named import FileNews
from .own.own_use import CodeLine


class LogUse(QObject):
    """Hold the log of an entry as the experiment has it, ``raw``; None where there is none.

    ``placed`` names a file as the experiment does, ``located`` returns where such a file lies; ``line`` is to be laid
    out below the optimizer's name. ``news`` carries a FileNews.
    """

    edited = Signal()
    news = Signal(object)

    def __init__(self, owner: QWidget, placed: Callable[[Path], str], located: Callable[[str], Path]):
        super().__init__(owner)
        self.raw: dict[str, Any] | None = None
        self._owner, self._placed, self._located = owner, placed, located
        self._watched = WatchedFile(self)
        self._watched.told.connect(self._tell)
        self._follow = QTimer(self, singleShot=True, interval=0)  # once the experiment's folder is known
        self._follow.timeout.connect(self._watch)
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
            self._follow.start()

    def choose(self) -> None:
        """Ask for a file, and take it."""
        kinds = self.tr("Logs (*.npz *.csv *.tsv);;All files (*)")
        title = self.tr("Log of a program of mine")
        found, _ = QFileDialog.getOpenFileName(self._owner.window(), title, "", kinds)
        if found:
            self.set_raw({"file": self._placed(Path(found)), **quick_hash_of(Path(found))})
            self.edited.emit()

    # --- a file that is changed meanwhile --------------------------------------------------------

    @property
    def _file(self) -> str:
        return str((self.raw or {}).get("file") or "")

    def _watch(self) -> None:
        path = self._located(self._file) if self._file else None
        self._watched.watch(path, (self.raw or {}).get("sha256"))

    def _tell(self, how: str) -> None:
        self.news.emit(FileNews(Path(self._file).name, how, self._take, self.choose))

    def _take(self) -> None:
        if self.raw is not None and (found := self._watched.take()) is not None:
            self.raw = self.raw | {"sha256": found}
            self.edited.emit()

    # --- what may stand there --------------------------------------------------------------------

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
        self._follow.start()
        self.line.setVisible(self.raw is not None)
        if self.raw is not None:
            file = Path(str(self.raw.get("file") or "")).name
            self.line.say(self.tr("In DIY’s place: the log {file}").format(file=text_of(file)))
