"""Undo and redo of all that edits the experiment, in one history for the window.

Nothing typed is told apart by widget: the forms say what they hold, and what differs from before is a step. What the
run shows in the forms (hyperparameters in force at the step looked at) is no edit and makes no step; to undo one that
was made during a run puts the value of before into the form, which is an edit at the step where the run stands.
"""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path as FilePath
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from gui.files.documents import Documents, Place
from gui.forms.experiment_form import ExperimentForm
from gui.look.inside import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.forms.undo.steps import Step, Steps, Typed

State = dict[str, Any]


class Held(NamedTuple):
    """Hold a whole experiment: what is typed, as in its file too, and which file that is."""

    state: State
    raw: State
    place: Place


class Opened(NamedTuple):
    """Say which experiment was opened, and hold the one before, and itself as it was when that came back."""

    title: str
    before: Held
    after: Held | None = None

    def sizes(self, sizes_in: Callable[[Any], "Iterator[tuple[int, int]]"]) -> "Iterator[tuple[int, int]]":
        for held in filter(None, (self.before, self.after)):
            yield from sizes_in(held.state)


class Undoing(QObject):
    """Keep the history. ``changed``: another step is undone or made again next; ``shown`` carries a field to look at;
    ``returned`` the file of an experiment that is back in the place of another, None where it has none.

    ``clock`` tells seconds.
    """

    changed = Signal()
    shown = Signal(object)
    returned = Signal(object)

    def __init__(self, documents: Documents, parent: QObject, clock: Callable[[], float] = monotonic):
        super().__init__(parent)
        self._documents, self.clock = documents, clock
        self._steps: Steps | None = None  # made with the first edit
        self._state: State = {}  # what the forms held last
        self._text = ("", "")  # the field that has the keyboard, by name, and its text
        self._leaving: Held | None = None  # the experiment whose place another one is about to take
        self._is_busy = False  # whether it is the history itself that changes the forms
        self._lay_in: FilePath | None = None  # where the experiment lay that is being saved
        self._is_begun = False  # whether an experiment is there whose place another one can take
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(lambda _, new: self.watch(new))

    def join(self, form: ExperimentForm, undo: QAction, redo: QAction) -> None:
        """Follow a form, also one that takes another's place."""
        self._form = form
        form.edited.connect(self._on_edited)
        form.breakpoints.typed.connect(self._on_edited)
        form.shown_otherwise.connect(self.look)
        self._documents.leaving.connect(self._on_leaving)
        self._documents.opened.connect(self._on_opened)
        self._documents.saving.connect(self._on_saving)
        self._documents.saved.connect(self._on_saved)
        undo.triggered.connect(lambda _=False: self.undo())
        redo.triggered.connect(lambda _=False: self.redo())
        self.changed.connect(lambda: self._name(undo, redo))
        self._name(undo, redo)

    def begin(self) -> None:
        """Begin with what the forms hold: none came before."""
        self._is_begun = True
        self._steps = None
        self.look()
        self.changed.emit()

    def look(self) -> None:
        """Take what the forms show as it is: nobody has edited it."""
        if not self._is_busy:
            self._state = self._form.state()
            self.watch(QApplication.focusWidget())

    def show_again(self) -> None:
        """Show in another form, which holds the same experiment, also what is not in its file."""
        title = self._form.state()["title"]
        self._form.set_state(self._state | {"title": title})
        self.look()
        self.changed.emit()

    @property
    def steps(self) -> "Steps":
        if self._steps is None:
            from gui.forms.undo.steps import Steps  # which takes an edit

            self._steps = Steps(lambda: self.clock())
        return self._steps

    # --- what a person does ---------------------------------------------------------------------

    def watch(self, field: QWidget | None) -> None:
        """Take which field has the keyboard: what it says now is what is typed over."""
        self._text = ("", "") if field is None or not _is_line(field) else (field.objectName(), _line_of(field).text())

    def _on_edited(self) -> None:
        if self._is_busy or not self._is_begun:
            return
        from gui.forms.fields.differences import differences
        from gui.forms.undo.steps import Step

        before, self._state = self._state, self._form.state()
        typed, changes = self._typed(), tuple(differences(before, self._state))
        if changes or typed is not None:
            self.steps.add(Step(changes, typed, self._form.act))
            self.changed.emit()

    def _typed(self) -> "Typed | None":
        """Return what became of the text of the field that has the keyboard; None where that is as it was."""
        from gui.forms.undo.steps import Typed

        field = QApplication.focusWidget()
        if field is None or not _is_line(field) or not field.objectName() or not self._has(field):
            return None
        name, before = self._text
        line = _line_of(field)
        self._text = field.objectName(), line.text()
        if name != field.objectName() or line.text() == before:
            return None
        return Typed(name, before, line.text(), line.isModified())

    def _on_leaving(self) -> None:
        if self._is_begun and not self._is_busy:
            self.look()
            self._leaving = Held(self._state, self._form.raw(), self._documents.place())

    def _on_opened(self, raw: State) -> None:
        left, self._leaving = self._leaving, None
        self.look()
        if left is None or self._is_busy:
            return
        from gui.forms.undo.steps import Step

        self.steps.end_step()
        self.steps.add(Step((), opened=Opened(str(raw.get("title") or ""), left)))
        self.steps.end_step()
        self.changed.emit()

    def _on_saving(self) -> None:
        """Take down where the experiment lies until it is saved elsewhere."""
        self._lay_in = _folder_of(self._documents.file)

    def _on_saved(self, file: FilePath) -> None:
        """Let an undo lead back to the very experiment that was saved, and to the files that it named."""
        if self._steps is not None:
            self._steps.end_step()
            before, folder = self._lay_in or FilePath(), file.parent
            if self._lay_in != folder:
                from gui.forms.files_named import placed
                from gui.forms.undo.moved_files import with_files

                self._steps.rewrite(lambda step: with_files(step, lambda name: placed(before / name, folder)))
        self.look()

    # --- back and forth -------------------------------------------------------------------------

    def undo(self) -> None:
        if self._steps is not None and self._steps.last is not None:
            self._turn(self._steps.undo(), back=True)

    def redo(self) -> None:
        if self._steps is not None and self._steps.next is not None:
            self._turn(self._steps.redo(), back=False)

    def _turn(self, step: "Step", *, back: bool) -> None:
        focus = QApplication.focusWidget()
        with self._busy():
            if step.opened is not None:
                self._turn_opened(step, back=back)
            else:
                self._turn_changes(step, back=back)
            self._state = self._form.state()
            self._form.edited.emit()
            field = self._uncover(step)
            self._keep_focus(focus, field)
        self.look()
        self.changed.emit()
        self.shown.emit(field)

    @contextmanager
    def _busy(self) -> "Iterator[None]":
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False

    def _turn_changes(self, step: "Step", *, back: bool) -> None:
        from gui.forms.fields.differences import applied

        kept = self._texts()
        self._form.set_state(applied(self._state, step.changes, back=back))
        for (line, name), text in kept.items():
            again = line if isValid(line) and _name_of(line) else self._line(name)  # some fields are made anew
            if again is not None and again.text() != text and _shown(again.text()) == _shown(text):
                again.setText(text)
        if step.typed is not None and (line := self._line(step.typed.field)) is not None:
            _put_text(line, step.typed.before if back else step.typed.after)

    def _texts(self) -> dict[tuple[QLineEdit, str], str]:
        """Return what is typed otherwise than its number would be shown, ``1e-3`` say: that it was stays to be seen."""
        lines = [line for root in self._roots() for line in inside(root, QLineEdit)]
        return {(line, _name_of(line)): text for line in lines if (text := line.text()) and _shown(text) != text}

    def _turn_opened(self, step: "Step", *, back: bool) -> None:
        """Put the experiment back that was left, with its file; the one that is left now is kept as it is by now."""
        opened = step.opened
        held = opened.before if back else opened.after
        now = Held(self._form.state(), self._form.raw(), self._documents.place())
        assert held is not None
        self._documents.put_back(held.raw, held.place)
        self._form.set_state(held.state)
        changed = opened._replace(after=now) if back else opened._replace(before=now)
        self.steps.replace(step._replace(opened=changed), undone=back)
        self.returned.emit(self._documents.file)

    # --- words, and where to look ---------------------------------------------------------------

    def _name(self, undo: QAction, redo: QAction) -> None:
        last, after = (None, None) if self._steps is None else (self._steps.last, self._steps.next)
        for action, step, plain, named in (
            (undo, last, self.tr("&Undo"), self.tr("&Undo {what}")),
            (redo, after, self.tr("&Redo"), self.tr("&Redo {what}")),
        ):
            action.setEnabled(step is not None)
            action.setText(plain if step is None else named.replace("{what}", self._words(step).replace("&", "&&")))

    def _words(self, step: "Step") -> str:
        from gui.forms.undo.words import words_of

        return words_of(step, self._title_at)

    def _title_at(self, path: tuple[str | int, ...]) -> str:
        """Return what a field is called: by its name where that is all the path, else by what it leads to."""
        found = self._field(str(path[0])) if len(path) == 1 else None
        if found is None and path[0] == "optimizers" and len(path) > 1:
            found = self._form.field_at(path) or self._form.field_at((*path[:2], "name"))
        while found is None and path:
            found, path = self._form.field_at(path), path[:-1]
        return found.accessibleName() if found is not None else ""

    def _uncover(self, step: "Step") -> QWidget | None:
        """Unfold what a step has changed, with the keyboard where it was."""
        from gui.forms.undo.steps import is_code
        from gui.forms.undo.words import main_change, place_of

        change = main_change(step.changes)
        if step.opened is not None:
            return None
        if change is None:
            return self._field(step.typed.field) if step.typed is not None else None
        if is_code(change.path):
            return None  # its own view shows it
        return self._form.uncover(place_of(change))

    def _keep_focus(self, before: QWidget | None, field: QWidget | None) -> None:
        """Leave the keyboard where it was; where that is gone it goes to what has changed, if that is to be seen."""
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            if QApplication.focusWidget() is not before:
                before.setFocus()
        elif field is not None and field.isVisible():
            field.setFocus()

    def _has(self, field: QWidget) -> bool:
        return any(root.isAncestorOf(field) for root in self._roots())

    def _roots(self) -> tuple[QWidget, ...]:
        return self._form, self._form.breakpoints

    def _line(self, name: str) -> QLineEdit | None:
        field = self._field(name)
        return _line_of(field) if _is_line(field) else None

    def _field(self, name: str) -> QWidget | None:
        found = (root.findChild(QWidget, name) for root in self._roots() if name)
        return next((field for field in found if field is not None), None)


def is_undone_here(widget: QWidget) -> bool:
    """Tell whether what is typed there belongs to the experiment, so that the window undoes it and not the field."""
    above: QWidget | None = widget
    while above is not None:
        if getattr(above, "undone_by_window", False):
            return True
        above = above.parentWidget()
    return False


def _folder_of(file: FilePath | None) -> FilePath | None:
    return None if file is None else file.parent


def _is_line(widget: QWidget | None) -> bool:
    return isinstance(widget, QLineEdit | QAbstractSpinBox)


def _line_of(widget: Any) -> QLineEdit:
    return widget.lineEdit() if isinstance(widget, QAbstractSpinBox) else widget


def _name_of(line: QLineEdit) -> str:
    around = line.parentWidget()
    return around.objectName() if isinstance(around, QAbstractSpinBox) else line.objectName()


def _shown(text: str) -> str:
    from gui.forms.fields.numbers import number, text_of

    return text_of(number(text))


def _put_text(line: QLineEdit, text: str) -> None:
    """Show the text as it was typed; what it says, the field holds already. The cursor goes behind what differs."""
    if line.text() != text:
        from gui.forms.fields.differences import part_changed

        end = part_changed(line.text(), text)[2]
        line.setText(text)
        line.setCursorPosition(end)
