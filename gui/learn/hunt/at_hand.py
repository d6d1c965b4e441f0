"""The hunt at hand on the panel: what is to be found, what is said of guesses, and the ways to the code and on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.look.code_words import departure
from gui.look.own_sheets import mute

from ..named_button import NamedButton
from ..parts import choice_list, column_in, row_of, text_label
from .hunting import Hunting
from .words import task_words


class HuntAtHand(QWidget):
    """Show how a hunt stands, and take guesses.

    ``left``: the start is wanted; ``code_wanted``: the code is; ``pointed``: the line of the text cursor is the bug's;
    ``chosen`` carries a cause; ``given_up``; ``next_wanted``: another bug is.
    """

    left = Signal()
    code_wanted = Signal()
    pointed = Signal()
    chosen = Signal(str)
    given_up = Signal()
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._title = text_label("hunt_title", is_title=True)
        self._task, self._said = text_label("hunt_task"), text_label("hunt_said")
        self._hides = text_label("hunt_hides")
        self._causes = choice_list("hunt_causes", self.tr("What does the line do?"))
        self._leave = NamedButton("hunt_leave", self.tr("Bug hunt"))
        self._show = NamedButton("hunt_show", self.tr("To the code"))
        self._point = NamedButton("hunt_point", self.tr("It is this line"))
        self._choose = NamedButton("hunt_choose", self.tr("It is this cause"))
        self._give_up = NamedButton("hunt_give_up", self.tr("Give up"))
        self._next = NamedButton("hunt_next", self.tr("Next bug"))
        mute(self._hides)
        self._point.setToolTip(self.tr("The line of the code that the text cursor is in"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self)
        column.addLayout(row_of(self._leave, has_room=True))
        column.addWidget(self._title)
        column.addWidget(self._task)
        column.addLayout(row_of(self._show, self._point))
        column.addWidget(self._causes, 1)
        column.addWidget(self._choose)
        column.addWidget(self._said)
        column.addStretch()  # the causes take all the room while they are there
        column.addWidget(self._hides)
        column.addLayout(row_of(self._give_up, self._next))
        self.setFocusProxy(self._point)

    def _connect(self) -> None:
        self._leave.clicked.connect(self.left)
        self._show.clicked.connect(self.code_wanted)
        self._point.clicked.connect(self.pointed)
        self._choose.clicked.connect(self._on_chosen)
        self._causes.itemActivated.connect(lambda _: self._on_chosen())
        self._give_up.clicked.connect(self.given_up)
        self._next.clicked.connect(self.next_wanted)

    def begin(self, title: str) -> None:
        """Begin with another hunt."""
        self._title.setText(title)
        self._hides.setText(
            self.tr(
                "Hidden until line and cause are found: parity and verdicts, in Debug, maps, network and table what "
                "differs and by how much, the textbook beside the code, the report, and stops at a parity."
            )
        )
        self.say("")

    def say(self, text: str) -> None:
        """Say what became of a guess."""
        self._said.setText(text)

    def show_hunt(self, hunting: Hunting) -> None:
        """Show how a hunt stands; a keyboard that was at what goes away goes to what there is to be done."""
        focus = QApplication.focusWidget()
        asks = hunting.at is not None
        self._task.setText(task_words(hunting))
        self._hides.setVisible(not hunting.is_revealed)
        if asks:
            self._fill_causes(hunting.causes)
        for part in (self._causes, self._choose):
            part.setVisible(asks)
        self._point.setVisible(not asks and not hunting.is_revealed)
        self._give_up.setEnabled(not hunting.is_revealed)
        self.setFocusProxy(self._causes if asks else self._next if hunting.is_revealed else self._point)
        if focus is not None and self.isAncestorOf(focus) and not focus.isVisibleTo(self):
            self.setFocus()

    def _fill_causes(self, causes: Sequence[str]) -> None:
        if self._causes.property("of") == causes:
            return
        self._causes.clear()
        self._causes.setProperty("of", causes)
        for cause in causes:
            self._causes.addItem(departure(cause))
            self._causes.item(self._causes.count() - 1).setData(Qt.ItemDataRole.UserRole, cause)
        self._causes.setCurrentRow(0)

    def _on_chosen(self) -> None:
        item = self._causes.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
