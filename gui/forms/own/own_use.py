"""One use of own code in the form: a line below its chooser that says what it is, and the menu to begin one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget

from engine.protocol import CodeUse
from engine.spec import OwnCode
from gui.look.code_words import choice_text, verdict_text
from gui.look.naming import name_field
from gui.look.text_button import TextButton
from gui.look.theme import DARK, LIGHT

from .door import CodeDoor, door_of

translate = QCoreApplication.translate
HALF = 128  # of the lightness of a window's ground: below it the theme is the dark one


class CodeLine(TextButton):
    """Show a use of own code in a line as narrow as need be: the file and its verdict. A click opens it."""

    def __init__(self, parent: QWidget):
        self._is_right = True
        super().__init__(1, parent)
        self._paint()

    def show_verdict(self, text: str, is_right: bool | None) -> None:
        self._is_right = is_right is not False
        self.say(text)
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        is_dark = self.palette().window().color().lightness() < HALF
        theme = DARK if is_dark else LIGHT
        self.set_color(theme.text if self._is_right else theme.error)


class OwnUse(QObject):
    """Join a chooser to the own code of its place. ``edited``: another code stands there, or none any more.

    ``against`` returns torch's name of what it stands beside; ``line`` is to be laid out below the chooser.
    """

    edited = Signal()

    def __init__(self, kind: str, box: QComboBox, against: Callable[[], str], parent: QWidget):
        super().__init__(parent)
        self.kind, self._box, self._against, self._owner = kind, box, against, parent
        self.code: str | None = None
        self.more: list[tuple[str, Callable[[], object]]] = []  # what else the menu offers: title, and what it does
        self.line = CodeLine(parent)
        self.line.hide()
        self.line.clicked.connect(self.open)
        self._door: CodeDoor | None = None

    def set_name(self, prefix: str, owner: str) -> None:
        name_field(self.line, f"{prefix}_code", owner)
        self._show()

    @property
    def door(self) -> CodeDoor:
        if self._door is None:
            self._door = door_of(self._owner)
            self._door.judged.connect(self._on_judged)
            self._door.chosen.connect(self._on_chosen)
        return self._door

    def set_code(self, code: str | None) -> None:
        self.code = code
        self._show()

    def open(self) -> None:
        """Show the code where it can be written, at the line that its verdict is about."""
        if self.code is not None:
            found = self._verdict()
            self.door.open(self.code, found.line or 0 if found is not None else 0)

    def _verdict(self):
        return None if self.code is None else self.door.verdict(self.kind, self.code, self._against() or None)

    def _on_judged(self, use: CodeUse) -> None:
        if use.code == self.code and use.kind == self.kind:
            self._show()

    def _on_chosen(self, use: CodeUse, code: str) -> None:
        if use.code == self.code and use.kind == self.kind and use.against == (self._against() or None):
            self.set_code(code)
            self.edited.emit()

    def _show(self) -> None:
        self.line.setVisible(self.code is not None)
        if self.code is None:
            return
        try:
            found = self._verdict()
        except LookupError:  # not in its form yet
            found = None
        code = OwnCode.of(self.code)
        is_chosen = code.name is not None and found is not None and len(found.choices) > 1
        shown = str(code._replace(told=())) if is_chosen else code.file
        if found is None:
            self.line.show_verdict(shown, None)
        else:
            self.line.show_verdict(f"{shown}: {verdict_text(found)}", found.is_right)

    # --- the menu -------------------------------------------------------------------------------

    def offer(self) -> None:
        """Offer what own code may begin with, below the chooser."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._box.mapToGlobal(QPoint(0, self._box.height())))

    def menu(self) -> QMenu:
        from .skeletons import skeletons

        menu = QMenu(self._owner)
        menu.setObjectName("write_my_own")
        name = self._against()
        if self.code is not None:
            menu.addAction(translate("own_code", "&Edit {file}").format(file=OwnCode.of(self.code).file), self.open)
            menu.addAction(translate("own_code", "The &textbook’s instead"), self._drop)
            self._offer_choices(menu)
            menu.addSeparator()
        is_copied = self.kind != "layer" or name == "linear"  # other kinds are written in many ways
        if name and is_copied:
            menu.addAction(translate("own_code", "&Begin with a copy of the textbook’s"), self._begin_copy)
        for form in skeletons(self.kind) if is_copied else ():
            menu.addAction(form.shown_title, lambda text=form.text: self._begin(text, None))
        menu.addSeparator()
        menu.addAction(translate("own_code", "A &file of mine…"), self._choose_file)
        for title, act in self.more:
            menu.addAction(title, act)
        return menu

    def _offer_choices(self, menu: QMenu) -> None:
        """Offer what else the file holds, where it holds several."""
        found = self._verdict()
        if self.code is None or found is None or len(found.choices) < 2:
            return
        code = OwnCode.of(self.code)
        choices = menu.addMenu(translate("own_code", "&Which of {file}").format(file=code.file))
        for choice in found.choices:
            action = choices.addAction(choice_text(choice).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.name == code.name)
            action.triggered.connect(lambda _=False, name=choice.name: self._choose(OwnCode(code.file, name)))

    def _choose(self, code: OwnCode) -> None:
        self.set_code(str(code))
        self.edited.emit()

    def _begin_copy(self) -> None:
        from engine.spec.textbook_copy import code_of_copy, copy_of

        name = self._against()
        self._begin(copy_of(self.kind, name), OwnCode.of(code_of_copy(self.kind, name, "x.py")).name)

    def _begin(self, text: str, name: str | None) -> None:
        called = self._against() if self.kind != "layer" else "layer"
        file = self.door.add(f"my_{(called or self.kind).lower()}.py", text)
        self._take(file if name is None else f"{file}::{name}")

    def _choose_file(self) -> None:
        title, kinds = translate("own_code", "A file of mine"), translate("own_code", "Python (*.py *.ipynb)")
        found, _ = QFileDialog.getOpenFileName(self._owner.window(), title, "", kinds)
        if found:
            self.follow(Path(found))

    def follow(self, path: Path) -> None:
        """Take a file of the person's, which is followed from now on."""
        file = self.door.follow(path)
        if file is not None:
            self._take(file)

    def _take(self, code: str) -> None:
        self.set_code(code)
        self.edited.emit()
        self.open()

    def _drop(self) -> None:
        self.set_code(None)
        self.edited.emit()
