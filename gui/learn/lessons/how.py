"""The page that tells how a lesson is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from gui.look.naming import name_field

from .shelf import FOLDER, language


class HowPage(QWidget):
    """Show the page. ``left``: the list of lessons is wanted again."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("lessons_how")
        self._leave, self._text = QPushButton(self.tr("Lessons")), QTextBrowser()
        name_field(self._leave, "lessons_how_leave", self.tr("Lessons"))
        self._leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._leave.clicked.connect(self.left)
        name_field(self._text, "lessons_how_text", self.tr("How a lesson of your own is written"))
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        head = QHBoxLayout()
        head.addWidget(self._leave)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        self.setFocusProxy(self._text)

    def show_text(self) -> None:
        """Read the page, in the language spoken now."""
        file = FOLDER / f"writing.{language()}.md"
        self._text.setMarkdown(file.read_text(encoding="utf-8"))
