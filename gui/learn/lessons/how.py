"""The page that tells how a lesson is written."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gui.look.naming import name_field

from ..named_button import NamedButton
from ..parts import column_in, row_of
from .shelf import FOLDER, language


class HowPage(QWidget):
    """Show the page. ``left``: the list of lessons is wanted again."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("lessons_how")
        self._leave, self._text = NamedButton("lessons_how_leave", self.tr("Lessons")), QTextBrowser()
        self._leave.clicked.connect(self.left)
        name_field(self._text, "lessons_how_text", self.tr("How a lesson of your own is written"))
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        column = column_in(self)
        column.addLayout(row_of(self._leave, has_room=True))
        column.addWidget(self._text, 1)
        self.setFocusProxy(self._text)

    def show_text(self) -> None:
        """Read the page, in the language spoken now."""
        file = FOLDER / f"writing.{language()}.md"
        self._text.setMarkdown(file.read_text(encoding="utf-8"))
