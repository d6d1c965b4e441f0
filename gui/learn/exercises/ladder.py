"""The ladder: the rungs by their chapters, with how far each is, and what is written already marked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from gui.look.naming import name_field

from .rungs import Chapter, Rung, chapters, in_words, is_solved

STEP = 10  # px that rungs stand further in than their chapter
PLACE = Qt.ItemDataRole.UserRole


class Ladder(QTreeWidget):
    """List the rungs. ``chosen`` carries the one that is to be begun: Enter and clicks choose.

    The chapter of the one to go on with is open, and so is any that the person opened.
    """

    chosen = Signal(Rung)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        name_field(self, "exercises_list", self.tr("Exercises"), self.tr("Enter begins an exercise"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(STEP)  # the panel is narrow
        self.setExpandsOnDoubleClick(False)  # a click has done that
        self._chapters: list[QTreeWidgetItem] = []
        self._rows: list[tuple[Rung, QTreeWidgetItem]] = []
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    def fill(self, last: Rung | None = None) -> None:
        """List all rungs, and choose the first not written yet from the ``last`` one on that was at hand."""
        opened = [item.isExpanded() for item in self._chapters]
        self.clear()
        self._rows = []
        self._chapters = [self._added(chapter) for chapter in chapters()]
        for item, is_open in zip(self._chapters, opened, strict=False):
            item.setExpanded(is_open)
        self._choose(self._to_go_on_with(last))

    def _to_go_on_with(self, last: Rung | None) -> QTreeWidgetItem:
        begins = next((place for place, (rung, _) in enumerate(self._rows) if rung == last), 0)
        in_turn = self._rows[begins:] + self._rows[:begins]
        return next((item for rung, item in in_turn if not is_solved(rung)), in_turn[0][1])

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.setCurrentItem(item)  # which opens its chapter
        self.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtCenter)

    def _added(self, chapter: Chapter) -> QTreeWidgetItem:
        total, solved = len(chapter.rungs), chapter.solved
        text = self.tr("{title}: {solved} of {total}")
        text = text.format(title=in_words(chapter.title), solved=solved, total=total)
        item = QTreeWidgetItem(self, [("✓ " if solved == total else "") + text])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        for rung in chapter.rungs:
            number, mark = len(self._rows) + 1, "✓ " if is_solved(rung) else ""
            row = QTreeWidgetItem(item, [f"{number}. {mark}{in_words(rung.title)}"])
            row.setToolTip(0, in_words(rung.title))
            row.setData(0, PLACE, number - 1)
            self._rows.append((rung, row))
        return item

    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            item.setExpanded(not item.isExpanded())
        else:
            self.chosen.emit(self._rows[item.data(0, PLACE)][0])
