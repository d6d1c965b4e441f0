"""What a monkey does at the window: keys, clicks, typing, views, seeks, edits, undo, sessions, theme and language."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

TICK = 200  # ms between two things done
BUSY, REST = 80.0, 40.0  # seconds of doing and of resting, by turns
KEYS = (
    *("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Alt+Home", "Alt+Left", "Alt+Right", "Alt+End", "F10", "F11", "F6"),
    *("Shift+F11", "Ctrl+F10", "Ctrl+F11", "Ctrl+F6", "F9", "Tab", "Shift+Tab", "Up", "Down", "Left", "Right"),
    *("PgUp", "PgDown", "Home", "End", "Esc", "Ctrl+Shift+C", "Ctrl+Z", "Ctrl+Shift+Z", "F1", "Shift+F1", "Space"),
    *("Ctrl++", "Ctrl+-", "Ctrl+0", "Ctrl+C", "Return", "F8", "Ctrl+Shift+L"),
)
TYPED = ("0", "1", "7", "0.5", "1e-", "-", "", "x", "1.0", "3e-2", "2")
LEFT_ALONE = ("quit", "preferences_budget", "fullScreen", "theme")  # beginnings of names of what is not clicked
SESSIONS = 3  # files that are written in turn


class Acts:
    """Do things at a window with a run. ``done`` counts them."""

    def __init__(self, window: Any, random: Random, file: Path, folder: Path):
        self.window, self.random, self.file, self.folder = window, random, file, folder
        self.done, self.left = 0, ""
        self._patience = 0  # how often a dialog was looked at that asks for something
        self._asked = 0  # how often the file is waited for
        self._saved: list[Path] = []
        often: list[tuple[int, Callable[[], object]]] = [
            *((8, self._press_keys), (6, self._click), (3, self._type), (3, self._choose), (4, self._seek)),
            *((3, self._turn_view), (4, self._undo), (3, self._rate), (2, self._in_debug), (1, self._reset)),
            *((1, self._save_session), (1, self._open_session), (1, self._appearance), (1, self._learn)),
            *((1, self._example), (12, self._go_on)),
        ]
        self._acts = [act for act, count in ((act, count) for count, act in often) for _ in range(count)]

    def act(self) -> None:
        """Answer what is asked, or do something else; have the run go on."""
        from PySide6.QtWidgets import QApplication

        self.done += 1
        if (popup := QApplication.activePopupWidget()) is not None:
            self._in_menu(popup)
        elif (dialog := QApplication.activeModalWidget()) is not None:
            self._answer(dialog)
        else:
            self._patience = 0
            self.random.choice(self._acts)()

    def calm(self) -> bool:
        """Take back all that was done, and let the run go on; False while that takes another moment."""
        from PySide6.QtWidgets import QApplication

        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            return False
        if (dialog := QApplication.activeModalWidget()) is not None:
            self._answer(dialog)
            return False
        self.left = self._take_back()
        return not self.left

    def _take_back(self) -> str:
        """Take back one thing after another; what there is left to."""
        window, session, acts = self.window, self.window.session, self.window.actions_
        if acts.present.isChecked():
            acts.present.trigger()
            return "presenting"
        if not self._is_back and not self._asked and acts.undo.isEnabled():
            acts.undo.trigger()
            return "edits"
        if not self._is_back:
            if self._asked % 100 == 0:  # it is read beside the window
                window.documents.open(self.file)
            self._asked += 1
            return "file"
        self._asked = 0
        acts.default_layout.trigger()
        acts.run_view.trigger()
        window.transport.pace.setValue(window.transport.pace.maximum())
        if session.stale or session.spec is None or session.phase == "failed":
            acts.reset.trigger()
            return "stale"
        if not session.running:
            session.seek(session.newest_step)
            acts.run.trigger()
            return "pause"
        return ""

    def keep_running(self) -> None:
        """Let the run go on where it is paused: it may have begun anew meanwhile, from a file that was read."""
        session = self.window.session
        if not session.running and session.phase == "ready" and not session.stale:
            session.seek(session.newest_step)
            self.window.actions_.run.trigger()

    @property
    def _is_back(self) -> bool:
        """Whether the experiment is the one that the monkey has begun with."""
        documents = self.window.documents
        return documents.file == self.file and not documents.unsaved

    # --- keys, clicks, typing ----------------------------------------------------------------

    def _press_keys(self) -> None:
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for _ in range(self.random.choice((1, 1, 1, 4))):
            stroke = QKeySequence(self.random.choice(KEYS))[0]
            QTest.keyClick(QApplication.focusWidget() or self.window, stroke.key(), stroke.keyboardModifiers())

    def _shown(self, kind: Any, within: Any = None) -> list[Any]:
        from gui.look.inside import inside

        found = inside(within or self.window, kind)
        found = [one for one in found if one.isVisible() and one.isEnabled() and one.objectName()]
        return sorted(
            (one for one in found if not one.objectName().startswith(LEFT_ALONE)), key=lambda w: w.objectName()
        )

    def _one(self, kind: Any, within: Any = None) -> Any:
        found = self._shown(kind, within)
        return self.random.choice(found) if found else None

    def _click(self) -> None:
        from PySide6.QtWidgets import QAbstractButton, QTabBar

        if self.random.random() < 0.2 and (bar := self._one(QTabBar)) is not None:
            bar.setCurrentIndex(self.random.randrange(max(bar.count(), 1)))
        elif (button := self._one(QAbstractButton)) is not None:
            button.click()

    def _type(self) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

        field = self._one(self.random.choice((QLineEdit, QAbstractSpinBox)))
        if field is not None:
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, self.random.choice(TYPED))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QComboBox

        box = self._one(QComboBox)
        if box is not None and box.count():
            box.setCurrentIndex(self.random.randrange(box.count()))
            box.activated.emit(box.currentIndex())

    def _in_menu(self, popup: Any) -> None:
        from PySide6.QtWidgets import QMenu

        actions = (
            [one for one in popup.actions() if one.isEnabled() and not one.menu()] if isinstance(popup, QMenu) else []
        )
        actions = [one for one in actions if not one.objectName().startswith(LEFT_ALONE)]
        popup.close()
        if actions and self.random.random() < 0.6:
            self.random.choice(actions).trigger()

    # --- the run -----------------------------------------------------------------------------

    def _seek(self) -> None:
        newest = self.window.session.newest_step
        slider = self.window.timeline.slider
        for _ in range(self.random.choice((1, 1, 8))):
            slider.setValue(self.random.randint(slider.minimum(), max(slider.maximum(), slider.minimum())))
        if self.random.random() < 0.3:
            self.window._commands.seek(self.random.randint(0, newest))

    def _go_on(self) -> None:
        """Let the run go on, as the run of what is typed now; look at it for a moment if it does."""
        acts, session = self.window.actions_, self.window.session
        if session.stale or session.spec is None:
            acts.undo.trigger() if acts.undo.isEnabled() else acts.reset.trigger()
        elif not session.running:
            acts.run.trigger()

    def _turn_view(self) -> None:
        acts = self.window.actions_
        self.random.choice((acts.run_view, acts.network_view, acts.debug_view, acts.compare_view)).trigger()

    def _undo(self) -> None:
        acts = self.window.actions_
        for _ in range(self.random.randint(1, 5)):
            self.random.choice((acts.undo, acts.undo, acts.redo)).trigger()

    def _rate(self) -> None:
        """Change a learning rate of the run that goes on."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        fields = [one for one in self._shown(QWidget, self.window.form) if one.objectName().endswith("_lr")]
        if fields:
            field = self.random.choice(fields)
            field.setFocus()
            if hasattr(field, "selectAll"):
                field.selectAll()
            QTest.keyClicks(field, self.random.choice(("0.01", "0.003", "0.02")))

    def _in_debug(self) -> None:
        """Follow a step line by line."""
        self.window.actions_.debug_view.trigger()
        actions = [one for one in self.window._lazy_views.debug_actions if one.isEnabled()]
        for _ in range(self.random.randint(1, 10)):
            if actions and (one := self.random.choice(actions)).isEnabled() and one.objectName() != "toggleBreakpoint":
                one.trigger()

    def _reset(self) -> None:
        if self.random.random() < 0.3:
            self.window.actions_.reset.trigger()

    # --- files, looks, learning -----------------------------------------------------------------

    def _save_session(self) -> None:
        if self.random.random() < 0.5:
            self.window.actions_.save_session.trigger()

    def _open_session(self) -> None:
        there = [file for file in self._saved if file.exists()]
        if there and self.random.random() < 0.5:
            self.window.documents.open(self.random.choice(there))

    def _appearance(self) -> None:
        acts = self.window.actions_
        if self.random.random() < 0.5:
            self.random.choice(acts.themes.actions()).trigger()
        elif self.random.random() < 0.3:
            acts.preferences.trigger()

    def _learn(self) -> None:
        acts = self.window.actions_
        self.random.choice((acts.guide, acts.lessons, acts.exercises, acts.hunt, acts.glossary)).trigger()

    def _example(self) -> None:
        from gui.files.documents import EXAMPLES

        if self.random.random() < 0.3:
            self.window.documents.open(self.random.choice(sorted(EXAMPLES.glob("*.json"))), example=True)

    # --- what is asked -----------------------------------------------------------------------

    def _answer(self, dialog: Any) -> None:
        """Answer a dialog; one that stays is left after some looks."""
        from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

        self._patience += 1
        if isinstance(dialog, QProgressDialog):
            if self.random.random() < 0.05:
                dialog.cancel()
        elif isinstance(dialog, QFileDialog):
            self._name_file(dialog, QFileDialog)
        elif isinstance(dialog, QMessageBox):
            buttons = [one for one in dialog.buttons() if "Details" not in one.text()]
            roles = QMessageBox.ButtonRole
            wanted = [one for one in buttons if dialog.buttonRole(one) in (roles.YesRole, roles.DestructiveRole)]
            (wanted or buttons)[0 if wanted else self.random.randrange(len(buttons))].click()
        elif dialog.objectName() == "preferences":
            self._prefer(dialog)
        elif self._patience > 5:
            dialog.close()
            self._patience = 0
        elif self._patience > 1:
            self._in_dialog(dialog)

    def _in_dialog(self, dialog: Any) -> None:
        from PySide6.QtWidgets import QAbstractButton, QComboBox

        one = self._one(QAbstractButton if self.random.random() < 0.5 else QComboBox, dialog)
        if isinstance(one, QAbstractButton):
            one.click()
        elif one is not None and one.count():
            one.setCurrentIndex(self.random.randrange(one.count()))

    def _name_file(self, dialog: Any, kinds: Any) -> None:
        if dialog.acceptMode() != kinds.AcceptMode.AcceptSave or self.random.random() < 0.2:
            dialog.reject()
            return
        name = self.folder / f"saved-{self.random.randrange(SESSIONS)}.{dialog.defaultSuffix() or 'out'}"
        dialog.selectFile(str(name))
        if name.suffix == ".lockstep" and name not in self._saved:
            self._saved.append(name)
        dialog.accept()

    def _prefer(self, dialog: Any) -> None:
        from PySide6.QtWidgets import QComboBox

        for name in ("preferences_language", "preferences_theme"):
            box = dialog.findChild(QComboBox, name)
            if box is not None and self.random.random() < 0.5:
                box.setCurrentIndex(self.random.randrange(box.count()))
                box.activated.emit(box.currentIndex())
        if self._patience > 2:
            dialog.close()
