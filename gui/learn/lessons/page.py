"""The page of lessons: a list of them, and the one that is played, over the living window."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QWidget

from gui.guide.hand import use
from gui.guide.pointer import Pointer
from gui.look.theme import Theme

from ..named_button import NamedButton
from ..page import Around, LearnPage
from ..parts import choice_list, column_in, row_of, text_label
from ..shelved import ShelvedPage
from .at_rest import AtRest
from .how import HowPage
from .lesson import Lesson, LessonError, Step
from .player import LessonPlayer
from .playing import Playing
from .reading import read_lesson
from .shelf import agree_to, is_ours, keep_steps_done, language, lessons, steps_done
from .window_facts import WindowFacts
from .words import fault_words

MOST_FAULTS = 20


class KeptLesson(NamedTuple):
    """Hold which lesson is played, at which step, and how far that is."""

    folder: Path
    place: int
    answered: int
    is_done: bool
    shown: Path | None  # its experiment that the window shows


class LessonsPage(ShelvedPage):
    """Offer lessons and play them."""

    name = "lessons"

    def __init__(self, around: Around, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("lessons_page")
        self._around, self._facts = around, WindowFacts(around)
        self.playing: Playing | None = None
        self._shown: Path | None = None  # the experiment that the lesson had opened last
        self._pointer = Pointer(self)
        about = self.tr("Enter begins a lesson, or goes on with it")
        self._list = choice_list("lessons_list", self.tr("Lessons"), about)
        self._faults = text_label("lessons_faults", is_plain=True)
        self.player = LessonPlayer()
        self._open = NamedButton("lessons_open", self.tr("Open a lesson…"))
        self._write, self._how = NamedButton("lessons_write", self.tr("Write one…")), HowPage()
        self._at_rest = AtRest(self)
        self._at_rest.came.connect(self._look)
        self._lay_out()
        self._fill()
        self._list.itemActivated.connect(self._on_chosen)
        self._list.itemClicked.connect(self._on_chosen)
        self._open.clicked.connect(self._ask_for_folder)
        self._write.clicked.connect(self._show_how)
        self._how.left.connect(self.leave)
        self.player.left.connect(self.leave)
        self.player.shown.connect(self._show)
        self.player.term_wanted.connect(around.show_term)

    @property
    def title(self) -> str:
        return self.tr("Lessons")

    @property
    def tip(self) -> str:
        return self.tr("Step by step through an experiment in this window")

    def _lay_out(self) -> None:
        self._open.setToolTip(self.tr("A lesson’s folder, your own, say"))
        self._write.setToolTip(self.tr("How a lesson of your own is written"))
        self._faults.hide()
        shelf = QWidget()
        column = column_in(shelf)
        for part in (self._list, self._faults):
            column.addWidget(part)
        column.addLayout(row_of(self._open, self._write))
        shelf.setFocusProxy(self._list)
        self._put_in(shelf, self.player, self._how)

    def _fill(self) -> None:
        self._list.clear()
        for lesson in lessons():
            done, count = steps_done(lesson), len(lesson.steps)
            mark = "✓ " if done == count else ""
            progress = self.tr("{done} of {count} steps").format(done=done, count=count)
            item = QListWidgetItem(f"{mark}{lesson.title}\n{lesson.about}\n{progress}")
            item.setData(Qt.ItemDataRole.UserRole, str(lesson.folder))
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    # --- which lesson ----------------------------------------------------------------------------

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.open(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _ask_for_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a lesson"))
        if folder:
            self.open(Path(folder))

    def _show_how(self) -> None:
        """Show how a lesson is written."""
        self._how.show_text()
        self._show_part(self._how)

    def open(self, folder: Path) -> None:
        """Play a lesson, from where it was left; a faulty one says which lines."""
        lesson = self._read(folder if folder.is_dir() else folder.parent)
        if lesson is not None:
            done, self._shown = steps_done(lesson), None
            self._play(lesson, done if done < len(lesson.steps) else 0)

    def _read(self, folder: Path) -> Lesson | None:
        try:
            lesson = read_lesson(folder, language())
        except LessonError as error:
            lines = [fault_words(fault) for fault in error.faults[:MOST_FAULTS]]
            more = len(error.faults) - len(lines)
            lines += [self.tr("and {count} more").format(count=more)] if more else []
            self._faults.setText("\n".join(lines))
            self._faults.show()
            self._show_shelf()
            return None
        self._faults.hide()
        return lesson

    def _play(self, lesson: Lesson, place: int, answered: int = 0, *, is_done: bool = False) -> None:
        self._drop()
        self._around.lead()
        playing = self.playing = Playing(lesson, self)
        playing.began.connect(self._on_began)
        playing.changed.connect(self._on_changed)
        playing.finished.connect(self._on_finished)
        self.player.play(playing)
        playing.stand_at(place, answered=answered, is_done=is_done)
        self._show_part(self.player)
        self._watch()

    def _drop(self) -> None:
        if self.playing is not None:
            self.playing.deleteLater()
        self.playing = None
        self._pointer.point_at(None)

    def leave(self) -> None:
        """Show the list of lessons again."""
        self._drop()
        self._watch()
        self._fill()
        self._show_shelf()
        self.setFocus()

    # --- the lesson that is played ---------------------------------------------------------------

    def _on_began(self, _: Step) -> None:
        """Have the window show the experiment that a step is about, unless it is that of the step before."""
        playing = self.playing
        if playing is None:
            return
        named = [one.experiment for one in playing.lesson.steps[: playing.place + 1] if one.experiment]
        wanted = playing.lesson.folder / named[-1] if named else None
        if wanted is not None and wanted != self._shown:
            if is_ours(playing.lesson):
                agree_to(wanted)
            self._around.open_experiment(wanted)
        self._shown = wanted

    def _on_changed(self) -> None:
        playing = self.playing
        if playing is None:
            return
        if playing.is_done:
            keep_steps_done(playing.lesson, playing.place + 1)
        name = playing.point.widget if playing.point is not None and self.isVisible() else ""
        self._pointer.point_at(self._facts.widget(name) if name else None)

    def _on_finished(self) -> None:
        if self.playing is not None:
            keep_steps_done(self.playing.lesson, len(self.playing.lesson.steps))
        QTimer.singleShot(0, self, self.leave)

    def _look(self) -> None:
        if self.playing is not None:
            self.playing.look(self._facts)

    def _show(self) -> None:
        """Do for the person what is pointed at."""
        point = self.playing.point if self.playing is not None else None
        widget = self._facts.widget(point.widget) if point is not None else None
        if point is not None and widget is not None:
            value = point.value
            use(widget, None if not value else int(value) if value.lstrip("-").isdecimal() else value)

    def _watch(self) -> None:
        """Look at the window while a lesson is on screen."""
        wanted = self.playing is not None and self.isVisible()
        self._at_rest.set_wanted(wanted)
        if wanted:
            self._look()
            self._on_changed()
        else:
            self._pointer.point_at(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._pointer.set_theme(theme)

    # --- made once more --------------------------------------------------------------------------

    def kept(self) -> KeptLesson | None:
        playing = self.playing
        if playing is None:
            return None
        return KeptLesson(playing.lesson.folder, playing.place, playing.answered, playing.is_done, self._shown)

    def put_back(self, kept: KeptLesson | None) -> None:
        """Go on with the lesson where another page stood, in the language spoken now."""
        if kept is None:
            return
        lesson = self._read(kept.folder)
        if lesson is not None and kept.place < len(lesson.steps):
            self._shown = kept.shown
            self._play(lesson, kept.place, kept.answered, is_done=kept.is_done)


def make_page(around: Around) -> LearnPage:
    return LessonsPage(around)
