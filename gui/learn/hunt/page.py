"""The page of the bug hunt: a level and a seed, the line and the cause to be found, the code to be mended."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSpinBox,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.debug.source.source_view import SourceView
from gui.files.agreed_code import remember
from gui.look.code_words import departure
from gui.look.naming import name_field

from ..named_button import named_button
from ..page import Around, LearnPage
from .hunting import Hunting
from .hunts import Bug, drawn, levels

MOST_SEED = 9999


class KeptHunt(NamedTuple):
    """Hold the hunt that is on, and how it stands."""

    level: int
    seed: int
    found: tuple[str, ...]
    at: str
    misses: int
    given_up: bool


class HuntPage(LearnPage):
    """Plant bugs, and say what becomes of the hunt."""

    name = "hunt"

    def __init__(self, around: Around, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("hunt_page")
        self._around = around
        self.hunting: Hunting | None = None
        self._is_joined = False
        self._level, self._seed = QComboBox(), QSpinBox()
        self._begin = named_button("hunt_begin", self.tr("Plant a bug"))
        self._title, self._task, self._said = QLabel(), QLabel(), QLabel()
        self._causes = QListWidget()
        self._leave = named_button("hunt_leave", self.tr("Bug hunt"))
        self._show = named_button("hunt_show", self.tr("To the code"))
        self._point = named_button("hunt_point", self.tr("It is this line"))
        self._choose = named_button("hunt_choose", self.tr("It is this cause"))
        self._give_up = named_button("hunt_give_up", self.tr("Give up"))
        self._next = named_button("hunt_next", self.tr("Next bug"))
        self._prepare()
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return self.tr("Bug hunt")

    @property
    def tip(self) -> str:
        return self.tr("Find a mistake that was planted into a run whose loss still falls")

    def _prepare(self) -> None:
        titles = {
            1: self.tr("1 · a sign, a factor"),
            2: self.tr("2 · slopes and losses"),
            3: self.tr("3 · layers"),
            4: self.tr("4 · optimizers"),
            5: self.tr("5 · what hardly shows"),
            6: self.tr("6 · two at once"),
        }
        for level in levels():
            self._level.addItem(titles[level], level)
        self._seed.setRange(0, MOST_SEED)
        name_field(self._level, "hunt_level", self.tr("Level"))
        name_field(self._seed, "hunt_seed", self.tr("Seed"), self.tr("Whoever types the same one hunts the same bug"))
        name_field(self._causes, "hunt_causes", self.tr("What does the line do?"))
        self._causes.setWordWrap(True)
        self._causes.setSpacing(3)
        self._causes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, label in {"hunt_title": self._title, "hunt_task": self._task, "hunt_said": self._said}.items():
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._point.setToolTip(self.tr("The line of the code that the text cursor is in"))
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)

    def _lay_out(self) -> None:
        start, at_hand = QWidget(), QWidget()
        about = QLabel(
            self.tr(
                "A mistake is planted into a function of the textbook. The loss falls all the same, and neither parity "
                "nor the code’s verdict tells where. Find the line by the debugger, the maps and the surface, say what "
                "it does, and mend it."
            )
        )
        about.setWordWrap(True)
        form = QFormLayout()
        form.addRow(self.tr("Level"), self._level)
        form.addRow(self.tr("Seed"), self._seed)
        column = QVBoxLayout(start)
        column.setContentsMargins(6, 4, 6, 4)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self._begin)
        column.addStretch(1)
        self._lay_out_hunt(at_hand)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(start)
        self._stack.addWidget(at_hand)
        self.setFocusProxy(self._level)

    def _lay_out_hunt(self, at_hand: QWidget) -> None:
        head, ways, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._leave)
        head.addStretch(1)
        for button in (self._show, self._point):
            ways.addWidget(button)
        for button in (self._give_up, self._next):
            foot.addWidget(button)
        column = QVBoxLayout(at_hand)
        column.setContentsMargins(6, 4, 6, 4)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(self._task)
        column.addLayout(ways)
        column.addWidget(self._causes, 1)
        column.addWidget(self._choose)
        column.addWidget(self._said)
        column.addStretch()  # the causes take all the room while they are there
        column.addLayout(foot)

    def _connect(self) -> None:
        self._begin.clicked.connect(lambda: self.begin(self._level.currentData(), self._seed.value()))
        self._leave.clicked.connect(self.leave)
        self._show.clicked.connect(self._show_code)
        self._point.clicked.connect(self._on_pointed)
        self._choose.clicked.connect(self._on_chosen)
        self._causes.itemActivated.connect(lambda _: self._on_chosen())
        self._give_up.clicked.connect(lambda: self.hunting and self.hunting.give_up())
        self._next.clicked.connect(lambda: self.begin(self._level.currentData(), self._seed.value() + 1))

    # --- which hunt ------------------------------------------------------------------------------

    def begin(self, level: int, seed: int) -> None:
        """Plant the bug that a seed draws, and have the window show the run, its verdicts hushed."""
        hunt = drawn(level, seed)
        remember([bug.text for bug in hunt.bugs])
        self._around.lead()
        self._around.hush(True)
        if not self._around.show_experiment(hunt.raw(self._title_of(level, seed))):
            self._around.hush(self._hides)
            return
        self._level.setCurrentIndex(self._level.findData(level))
        self._seed.setValue(seed)
        self._take(Hunting(hunt, seed, self))
        QTimer.singleShot(0, self, self._show_code)

    def _title_of(self, level: int, seed: int) -> str:
        return self.tr("Bug hunt, level {level}, seed {seed}").format(level=level, seed=seed)

    def _take(self, hunting: Hunting) -> None:
        self._drop()
        self.hunting = hunting
        hunting.changed.connect(self.refresh)
        self._title.setText(self._title_of(hunting.hunt.level, hunting.seed))
        self._said.setText("")
        self._join()
        self._stack.setCurrentIndex(1)
        self.setFocusProxy(self._point)
        self.refresh()

    def _join(self) -> None:
        if not self._is_joined:
            self._is_joined = True
            self._around.form.code_door.judged.connect(lambda _: self._on_judged())
            self._around.documents.opened.connect(lambda _: self._on_opened())

    def _drop(self) -> None:
        if self.hunting is not None:
            self.hunting.deleteLater()
            self.hunting = None

    def leave(self) -> None:
        """End the hunt: the window tells its verdicts again."""
        self._drop()
        self._around.hush(False)
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self._level)
        self._level.setFocus()

    def _on_opened(self) -> None:
        """End the hunt where another experiment was opened: of that the window is to tell all."""
        QTimer.singleShot(0, self, self._end_elsewhere)

    def _end_elsewhere(self) -> None:
        if self.hunting is not None and not self._is_in_window:
            self._drop()
            self._around.hush(False)
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self._level)

    @property
    def _hides(self) -> bool:
        """Return whether something is still to be found."""
        return self.hunting is not None and not self.hunting.is_revealed

    @property
    def _is_in_window(self) -> bool:
        names = self._around.form.code_door.names
        return self.hunting is not None and all(bug.name in names for bug in self.hunting.hunt.bugs)

    # --- the hunt --------------------------------------------------------------------------------

    def _show_code(self) -> None:
        if self.hunting is not None and self._is_in_window:
            shown = self._shown_file()
            names = [bug.name for bug in self.hunting.hunt.bugs]
            following = names[(names.index(shown) + 1) % len(names)] if shown in names else names[0]
            self._around.show_code(following, 0)

    def _shown_file(self) -> str | None:
        own = self._around.debugging().view.own
        return own.shown if own is not None else None

    def _on_pointed(self) -> None:
        """Take the line that the text cursor is in for the bug's."""
        source, file = self._around.window.findChild(SourceView, "source"), self._shown_file()
        if self.hunting is None or source is None:
            return
        if file is None:
            self._said.setText(self.tr("Put the text cursor into the line first: “To the code” leads there."))
        elif self.hunting.point(file, source.textCursor().blockNumber() + 1):
            self._said.setText(self.tr("Yes, that is the line. What does it do?") if self.hunting.at else "")
        else:
            self._said.setText(self.tr("No, that line is as it should be."))

    def _on_chosen(self) -> None:
        item, bug = self._causes.currentItem(), self.hunting.at if self.hunting is not None else None
        if self.hunting is None or bug is None or item is None:
            return
        if self.hunting.choose(item.data(Qt.ItemDataRole.UserRole)):
            self._said.setText("")
            self._around.show_code(bug.name, bug.line)  # to mend it there
        else:
            self._said.setText(self.tr("No, that it does not do."))
        self.refresh()

    def _on_judged(self) -> None:
        """Take what the judge says of the code now; it may not be told before the bug is found."""
        hunting, door = self.hunting, self._around.form.code_door
        if hunting is not None:
            for bug in hunting.hunt.bugs:
                found = door.found_of(bug.name)
                changed = door.text(bug.name) != bug.text
                hunting.set_mended(bug.name, changed and bool(found) and all(one.is_right for one in found))

    def refresh(self) -> None:
        """Say how the hunt stands."""
        hunting = self.hunting
        if hunting is None:
            return
        self._around.hush(self._hides)
        self._task.setText(self._task_words(hunting))
        asks = hunting.at is not None
        for part in (self._causes, self._choose):
            part.setVisible(asks)
        self._point.setVisible(not asks and not hunting.is_revealed)
        self._give_up.setEnabled(not hunting.is_revealed)
        if asks and self._causes.property("of") != hunting.causes:
            self._fill_causes(hunting.causes)

    def _fill_causes(self, causes: list[str]) -> None:
        self._causes.clear()
        self._causes.setProperty("of", causes)
        for cause in causes:
            self._causes.addItem(departure(cause))
            self._causes.item(self._causes.count() - 1).setData(Qt.ItemDataRole.UserRole, cause)
        self._causes.setCurrentRow(0)

    def _task_words(self, hunting: Hunting) -> str:
        bugs, parts = hunting.hunt.bugs, []
        if not hunting.is_revealed:
            files = ", ".join(bug.name for bug in bugs)
            count = len(bugs) - len(hunting.found)
            one = self.tr("A line is wrong in {files}. Which?")
            several = self.tr("{count} lines are wrong in {files}. Which?")
            parts.append((one if count == 1 else several).format(files=files, count=count))
        parts += [self._found_words(bug) for bug in bugs if hunting.given_up or bug in hunting.found]
        if hunting.misses:
            parts.append(self.tr("Wrong guesses: {count}").format(count=hunting.misses))
        if hunting.is_won:
            parts.append(self.tr("✓ Mended: the code is torch’s now."))
        elif hunting.is_revealed:
            parts.append(self.tr("Now mend it in the source."))
        return "\n\n".join(parts)

    def _found_words(self, bug: Bug) -> str:
        text = self.tr("{file}, line {line}: {does}; torch {torch}.")
        return text.format(file=bug.name, line=bug.line, does=departure(bug.does), torch=departure(bug.torch_does))

    # --- made once more --------------------------------------------------------------------------

    def kept(self) -> KeptHunt | None:
        hunting = self.hunting
        if hunting is None:
            return None
        found = tuple(bug.id for bug in hunting.found)
        at = hunting.at.id if hunting.at is not None else ""
        return KeptHunt(hunting.hunt.level, hunting.seed, found, at, hunting.misses, hunting.given_up)

    def put_back(self, kept: KeptHunt | None) -> None:
        """Go on with the hunt where another page stood."""
        if kept is None:
            return
        hunting = Hunting(drawn(kept.level, kept.seed), kept.seed, self)
        by_id = {bug.id: bug for bug in hunting.hunt.bugs}
        hunting.found = [by_id[one] for one in kept.found]
        hunting.at, hunting.misses, hunting.given_up = by_id.get(kept.at), kept.misses, kept.given_up
        self._level.setCurrentIndex(self._level.findData(kept.level))
        self._seed.setValue(kept.seed)
        self._take(hunting)


def make_page(around: Around) -> LearnPage:
    return HuntPage(around)
