"""The experiment as a file: new, open, save, examples; and whether there is something unsaved.

A faulty file changes nothing in the window. Nothing typed is thrown away without a question.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from engine.spec import Fault, MovedLine, follow_lines
from gui.look.icons import RESOURCES

from .draft_file import about
from .file_names import file_name
from .reader import SESSION, Raw, Read, Unread, is_session, read, try_to_read
from .reading import AtOnce, Reading, is_small
from .saving import save_experiment

EXAMPLES = RESOURCES / "examples"
DEFAULT = EXAMPLES / "article.json"
OWN_CODE = (".py", ".ipynb")
DATA = (".csv", ".tsv", ".npy", ".npz")
SUFFIXES = (".json", SESSION, *OWN_CODE, *DATA)

AGAIN = 100  # ms until another look whether a dialog is still open
Stamp = tuple[int, int]  # when it was written, in ns, and its bytes


def examples() -> list[tuple[str, Path]]:
    """List title and file of each example experiment, the article's first."""
    titled = [(example_title(read(file).raw["title"]), file) for file in sorted(EXAMPLES.glob("*.json"))]
    return sorted(titled, key=lambda example: example[1] != DEFAULT)


def example_title(source: str) -> str:
    """Return an example's title in the language spoken now. ``source``: in English, as its file has it."""
    return QCoreApplication.translate("examples", source)


def is_example(kept: Any) -> bool:
    """Tell whether a draft says of which example it is: its English title, and the title as it was shown."""
    return isinstance(kept, dict) and all(isinstance(kept.get(name), str) for name in ("source", "shown"))


def is_own_code(file: Path) -> bool:
    """Tell by its name whether a file is code of a person's, and no experiment."""
    return file.suffix in OWN_CODE


def is_lesson(path: Path) -> bool:
    """Tell whether a folder looks like a lesson, or a file like one's text."""
    texts = [path] if path.suffix == ".md" else [path / "en.md", path / "zh.md"]
    return any(text.name in ("en.md", "zh.md") and text.is_file() for text in texts)


def stamp_of(file: Path | None) -> Stamp | None:
    """Return by what a file is known to have been changed; None where there is no file."""
    try:
        if file is None or not file.is_file():
            return None
        there = file.stat()
    except OSError:
        return None
    return there.st_mtime_ns, there.st_size


class OpenedCode(NamedTuple):
    """Say of what was opened last: the ``texts`` of own code that it follows, and whether it was ``agreed`` to."""

    texts: Mapping[str, str] = {}
    agreed: bool = False


class Place(NamedTuple):
    """Say where an experiment belongs: its file, what that holds, and what else goes with it."""

    file: Path | None
    saved: Raw
    stamp: Stamp | None
    example: dict[str, str] | None
    code: OpenedCode


WriteSession = Callable[[Raw, Path], str | None]  # what went wrong, as ``save_experiment`` has it
CheckSession = Callable[[Read, Callable[[], None], Callable[[tuple[Fault, ...]], None]], None]


class Documents(QObject):
    """Open and save. ``opened``: what the forms are to show; ``failed``: the file, its first faults and their
    number.

    A large file is read beside all else: ``reading`` carries which one is, None for none any more. ``lines_moved``
    carries the breakpoints of what was opened whose lines are elsewhere in this version's textbook, or gone.
    ``own_file`` carries a file of code that was opened, ``data_file`` one of data: they
    leave the experiment as it is. ``saving`` carries the file
    that the experiment is about to be written to, before what the forms hold is asked for; the one before, or None,
    where that came to nothing. ``leaving``: another experiment is about to take this one's place. ``session_read``
    carries the Read of a session that is about to be shown, ``session_shown`` the same once it is; ``noted`` a file
    that was opened or saved.
    """

    leaving = Signal()
    opened = Signal(object)
    saving = Signal(object)
    failed = Signal(object, object, int)
    reading = Signal(object)
    own_file = Signal(object)
    data_file = Signal(object)
    saved = Signal(object)
    session_read = Signal(object)
    session_shown = Signal(object)
    noted = Signal(object)
    lines_moved = Signal(object)
    unsaved_changed = Signal()

    def __init__(self, current: Callable[[], Raw], window: QWidget):
        super().__init__(window)
        self._current = current  # the experiment as the forms hold it
        self._window = window
        self.file: Path | None = None
        self._saved: Raw = {}
        self._example: dict[str, str] | None = None  # the title of the example that is open, in English and as shown
        self._stamp: Stamp | None = None  # of the file as it was last read or written here
        self._reading: Reading | AtOnce | None = None
        self.agreed: Callable[[], bool] = lambda: True  # whether all own code is the person's, or agreed to
        self.code_texts: Callable[[], Mapping[str, str]] = dict  # those of own code that is followed
        self.opened_code = OpenedCode()
        self._is_lessons = False  # whether it was opened by a lesson, which goes on without a question
        self.write_session: WriteSession = lambda raw, file: save_experiment(raw, file, window)
        self.check_session: CheckSession = lambda read, go_on, refuse: go_on()  # noqa: ARG005
        self._asks = False  # whether the window is about to be closed, and a question about that is open

    @property
    def window(self) -> QWidget:
        """Return the window that questions about the experiment belong to."""
        return self._window

    @property
    def title(self) -> str:
        return self.file.name if self.file is not None else self.tr("Untitled")

    @property
    def unsaved(self) -> bool:
        return self._current() != self._saved

    @property
    def is_as_saved(self) -> bool:
        """Tell whether what the forms hold is what the file has, which nobody else has changed."""
        return not self.unsaved and self._stamp is not None and stamp_of(self.file) == self._stamp

    def let_go_of_file(self) -> None:
        """Have the experiment be of no file any more."""
        self.file = self._stamp = None
        self.unsaved_changed.emit()

    def draft(self) -> Raw:
        """Return what the next start needs to go on from here."""
        file = str(self.file) if self.file else None
        draft = {"raw": self._current(), "file": file, "saved": self._saved, "stamp": self._stamp}
        draft |= {} if self._example is None else {"example": self._example}
        draft |= {"agreed": self.agreed()} if draft["raw"].get("code") else {}
        return {"about": about(draft)._asdict()} | draft

    def restore(self, draft: Raw) -> None:
        """Show an earlier draft as it was typed."""
        self.leaving.emit()
        self.stop_reading()
        self.file = Path(draft["file"]) if isinstance(draft.get("file"), str) else None
        raw, moved = follow_lines(draft["raw"])
        saved = draft.get("saved")
        self._saved, _ = follow_lines(saved if isinstance(saved, dict) else {})
        example = draft.get("example")
        self._example = example if is_example(example) else None
        self.opened_code = OpenedCode({}, draft.get("agreed") is True)
        self.opened.emit(self.retitled(raw))
        stamp = draft.get("stamp")
        self._stamp = tuple(stamp) if isinstance(stamp, list) else None
        self.unsaved_changed.emit()
        self.lines_moved.emit(moved)

    def show(
        self, raw: Raw, file: Path | None, stamp: Stamp | None = None, moved: tuple[MovedLine, ...] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.leaving.emit()
        self.stop_reading()
        self.opened_code = OpenedCode(texts or {})
        self.file, self._stamp, self._example, self._is_lessons = file, stamp, None, False
        self.opened.emit(raw)
        self._saved = self._current()
        self.unsaved_changed.emit()
        self.lines_moved.emit(moved)

    def place(self) -> Place:
        """Return where the experiment belongs, for ``put_back``."""
        code = OpenedCode(self.code_texts(), self.agreed())
        return Place(self.file, self._saved, self._stamp, self._example, code)

    def put_back(self, raw: Raw, place: Place) -> None:
        """Show an experiment again that another one took the place of, as it was typed, and with its file."""
        self.stop_reading()
        self.file, self._saved, self._stamp, self._example, self.opened_code = place
        self.opened.emit(self.retitled(raw))
        self.unsaved_changed.emit()

    def show_default(self) -> None:
        """Show the article's experiment, which a first start and File > New begin with."""
        self._show_example(read(DEFAULT).raw)

    def _show_example(self, raw: Raw, moved: tuple[MovedLine, ...] = ()) -> None:
        """Show an example as untitled, its title in the language spoken."""
        title = example_title(raw["title"])
        self.show(raw | {"title": title}, None, moved=moved)
        self._example = {"source": raw["title"], "shown": title}

    def retitled(self, raw: Raw) -> Raw:
        """Return an experiment with its example's title in the language spoken now, unless somebody has edited it."""
        if self._example is None:
            return raw
        shown, title = self._example["shown"], example_title(self._example["source"])
        self._example = self._example | {"shown": title}
        if self._saved.get("title") == shown:
            self._saved = self._saved | {"title": title}
        return raw | {"title": title} if raw.get("title") == shown else raw

    def new(self) -> None:
        if self._may_leave():
            self.show_default()

    def open_for_lesson(self, file: Path) -> None:
        """Show a lesson's experiment, as untitled."""
        read = try_to_read(file)
        if isinstance(read, Unread):
            self.failed.emit(file, *read)
        else:
            self.show_for_lesson({"title": ""} | read.raw, read.moved)

    def show_for_lesson(self, raw: Raw, moved: tuple[MovedLine, ...] = ()) -> bool:
        """Show an experiment to learn with; False where the person would rather not.

        What was made of the one to learn with before is not asked about.
        """
        if not self._is_lessons and not self._may_leave():
            return False
        self._show_example(raw, moved)
        self._is_lessons = True
        return True

    def open(self, file: Path | None = None, *, example: bool = False) -> None:
        """Open ``file``, or the one that the person picks. An example is opened as untitled."""
        if file is None:
            start = str(self.file.parent) if self.file else ""
            filters = self.tr("Sessions, experiments and code (*.lockstep *.json *.py *.ipynb);;All files (*)")
            name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open"), start, filters)
            if not name:
                return
            file = Path(name)
        if is_own_code(file):
            self.own_file.emit(file)
            self.noted.emit(file)
            return
        if file.suffix.lower() in DATA:
            self.data_file.emit(file)
            return
        self.stop_reading()
        stamp = stamp_of(file)  # whoever writes the file from now on has changed it
        small = is_small(file)
        if small and not self._window.isVisible():  # nobody waits for anything else yet
            self._show_read(try_to_read(file), file, stamp, example)
            return
        found = self._reading = AtOnce(file, try_to_read(file), self) if small else Reading(file, self)
        found.done.connect(lambda read: self._on_read(found, read, stamp, example))
        if not small:
            self.reading.emit(file)

    def stop_reading(self) -> None:
        """Give up what is still being read."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None
            self.reading.emit(None)

    def _on_read(self, found: Reading | AtOnce, read: Read | Unread, stamp: Stamp | None, example: bool) -> None:
        """Show it, once nothing else is asked."""
        if found is not self._reading:
            return
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(AGAIN, found, lambda: self._on_read(found, read, stamp, example))
            return
        self.stop_reading()
        self._show_read(read, found.file, stamp, example)

    def _show_read(self, read: Read | Unread, file: Path, stamp: Stamp | None, example: bool) -> None:
        if isinstance(read, Unread):
            self.failed.emit(file, *read)
        elif read.session is not None:
            refuse = lambda faults: self.failed.emit(file, faults, len(faults))  # noqa: E731
            self.check_session(read, lambda: self._show_session(read, file, stamp), refuse)
        elif self._may_leave():
            if example:
                self._show_example(read.raw, read.moved)
            else:
                self.show(read.raw, file, stamp, read.moved, read.texts)
                self.noted.emit(file)

    def _show_session(self, read: Read, file: Path, stamp: Stamp | None) -> None:
        """Show a session whose run can be taken up."""
        if self._may_leave():
            self.session_read.emit(read)
            self.show(read.raw, file, stamp, read.moved, read.texts)
            self.session_shown.emit(read)
            self.noted.emit(file)

    def save(self) -> bool:
        """Save the experiment; False when it was not saved."""
        if self.file is None:
            return self.save_as()
        return self._may_replace(self.file) and self._write(self.file)

    def save_as(self) -> bool:
        return self._save_as(self.tr("Save experiment"), ".json", self._filter())

    def save_session(self) -> bool:
        """Save experiment, run and all else that is shown in one file; False when it was not saved."""
        return self._save_as(self.tr("Save session"), SESSION, self.tr("Sessions (*.lockstep);;All files (*)"))

    def _save_as(self, title: str, suffix: str, filters: str) -> bool:
        name = file_name(str(self._current().get("title") or ""))
        start = str(self.file.with_suffix(suffix)) if self.file else name + suffix
        dialog = QFileDialog(self._window, title, start, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix[1:])  # known to the dialog, so that it asks before it overwrites
        dialog.selectFile(start)
        accepted = dialog.exec() and dialog.selectedFiles()
        dialog.deleteLater()
        return self._write(Path(accepted[0])) if accepted else False

    def _write(self, file: Path) -> bool:
        self.saving.emit(file)
        raw = self._current()
        wrong = self.write_session(raw, file) if is_session(file) else save_experiment(raw, file, self._window)
        if wrong is not None:
            self.saving.emit(self.file)
            if wrong:
                self.failed.emit(file, (Fault((), "not_writable", {"detail": wrong}),), 1)
            return False
        self.file, self._stamp, self._saved, self._example = file, stamp_of(file), deepcopy(raw), None
        self.unsaved_changed.emit()
        self.saved.emit(file)
        self.noted.emit(file)
        return True

    def _may_replace(self, file: Path) -> bool:
        """Whether the file is still the one that was opened, or the person knows that it is not."""
        there = stamp_of(file)
        if there is None or self._stamp is None or there == self._stamp:
            return True
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Save experiment"), "", parent=self._window)
        text = self.tr("“{title}” has been changed by another window or program since it was opened here.")
        box.setText(text.replace("{title}", self.title))
        box.setInformativeText(self.tr("Replace it with what is in this window?"))
        replace = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is replace

    def _may_leave(self) -> bool:
        """Whether what is typed may be replaced: it is saved, or the person does not want it."""
        return self._ask_to_save(self.tr("“{title}” has changes that are not saved."))

    def may_close(self, why_unkept: str) -> bool:
        """Ask, as what is typed cannot be kept for the next start, whether to close. Asked once more meanwhile: no."""
        if self._asks:
            return False
        self._asks = True
        text = self.tr("“{title}” has changes that are not saved and cannot be kept for the next start: {reason}")
        try:
            return self._ask_to_save(text.replace("{reason}", why_unkept))
        finally:
            self._asks = False

    def _ask_to_save(self, text: str) -> bool:
        if not self.unsaved:
            return True
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Unsaved changes"), "", parent=self._window)
        box.setText(text.replace("{title}", self.title))
        box.setInformativeText(self.tr("Save them first?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        return self.save() if answer == buttons.Save else answer == buttons.Discard

    @staticmethod
    def _filter() -> str:
        return QCoreApplication.translate("Documents", "Experiments (*.json);;All files (*)")
