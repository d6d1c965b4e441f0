"""Every action of the window once, with its shortcut: the menus and the transport both show these."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gui.look.icons import icon
from gui.look.naming import plain_text
from gui.look.theme import CHOICES, Theme


class Actions(QObject):
    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        keys = QKeySequence.StandardKey
        self.new = self._make("new", self.tr("&New"), keys.New)
        self.open = self._make("open", self.tr("&Open…"), keys.Open)
        self.import_data = self._make(
            "importData",
            self.tr("&Import data…"),
            "Ctrl+Shift+I",
            self.tr("Take data from a CSV, TSV, npy or npz file"),
        )
        self.save = self._make("save", self.tr("&Save"), keys.Save)
        self.save_as = self._make("saveAs", self.tr("Save &as…"), "Ctrl+Shift+S")
        self.save_session = self._make(
            "saveSession",
            self.tr("Sa&ve session…"),
            "Ctrl+Alt+S",
            self.tr("Save experiment, run, curves and checkpoints in one file, to go on from there"),
        )
        self.earlier_run = self._make(
            "earlierRun",
            self.tr("Earlier r&un…"),
            "Ctrl+Alt+E",
            self.tr("Lay a session, a report, or what a run has written beside the run at hand"),
        )
        self.quit = self._make("quit", self.tr("&Quit"), "Ctrl+Q")
        self.undo = self._make("undo", self.tr("&Undo"), "Ctrl+Z")
        self.redo = self._make("redo", self.tr("&Redo"), "Ctrl+Shift+Z")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        for action in (self.undo, self.redo):
            action.setWhatsThis(action.iconText())  # its text goes on to say what
        self.reset = self._make(
            "reset", self.tr("R&eset"), "Ctrl+R", self.tr("Begin anew, from exactly the same start")
        )
        self.step = self._make("step", self.tr("&Step"), "F10", self.tr("Take one step"))
        self.run = self._make("run", self.tr("&Run"), "Space", self.tr("Run until paused"))
        self.run_steps = self._make(
            "runSteps", self.tr("Run s&teps"), "F8", self.tr("Run as many steps as the box beside it says")
        )
        self.copy_losses = self._make(
            "copyLosses", self.tr("&Copy losses"), "Ctrl+Shift+C", self.tr("Copy the newest losses, for a spreadsheet")
        )
        self._make_time()
        self.faster = self._make("faster", self.tr("&Faster"), "Ctrl+.")
        self.slower = self._make("slower", self.tr("S&lower"), "Ctrl+,")
        self.run_view = self._make("runView", self.tr("&Run and its plots"), "Ctrl+1")
        self.debug_view = self._make("debugView", self.tr("&Debug"), "Ctrl+2")
        self.compare_view = self._make("compareView", self.tr("&Compare"), "Ctrl+3")
        self.network_view = self._make("networkView", self.tr("&Network"), "Ctrl+4")
        self.learn_panel = self._make(
            "learnPanel", self.tr("&Keyboard to Learn"), "Ctrl+5", self.tr("To the panel that teaches; from there back")
        )
        self.preferences = self._make("preferences", self.tr("&Preferences…"), "Ctrl+Shift+P")
        self.zoom_in = self._make("zoomIn", self.tr("&Larger"), "Ctrl++", self.tr("Text and plots larger"))
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])  # where + takes Shift
        self.zoom_out = self._make("zoomOut", self.tr("&Smaller"), "Ctrl+-", self.tr("Text and plots smaller"))
        self.zoom_whole = self._make(
            "zoomWhole", self.tr("&Usual size"), "Ctrl+0", self.tr("Text and plots as large as the preferences say")
        )
        self.full_screen = self._make(
            "fullScreen", self.tr("&Full screen"), "Ctrl+Shift+F", self.tr("Fill the screen; Esc leaves it")
        )
        self.full_screen.setCheckable(True)
        self.present = self._make(
            "present",
            self.tr("&Present"),
            "Ctrl+Shift+L",
            self.tr("Code and formula large, the rest away; Esc leaves it"),
        )
        self.present.setCheckable(True)
        self.default_layout = self._make("defaultLayout", self.tr("Default la&yout"), "")
        self.guide = self._make(
            "guide", self.tr("First &steps"), "", self.tr("Lead through a first run, from its loss to a weight")
        )
        self.lessons = self._make(
            "lessons", self.tr("&Lessons"), "", self.tr("Step by step through an experiment in this window")
        )
        self.exercises = self._make(
            "exercises",
            self.tr("&Exercises"),
            "",
            self.tr("Write a line of backpropagation or of an optimizer yourself"),
        )
        self.hunt = self._make(
            "hunt",
            self.tr("&Bug hunt"),
            "",
            self.tr("Find a mistake that was planted into a run whose loss still falls"),
        )
        self.shortcuts = self._make("shortcuts", self.tr("&Keyboard shortcuts"), "F1")
        self.glossary = self._make("glossary", self.tr("&Glossary"), "", self.tr("What the words in this window mean"))
        self.explain = self._make(
            "explain",
            self.tr("&What is this?"),
            "Shift+F1",
            self.tr("What is pointed at, in the glossary"),
        )
        self.about = self._make("about", self.tr("&About Lockstep"), "")
        self.themes = QActionGroup(self)
        titles = {"system": self.tr("As the &system"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        for choice in CHOICES:
            action = self._make(f"theme-{choice}", titles[choice], "")
            action.setCheckable(True)
            action.setData(choice)
            self.themes.addAction(action)

    def _make_time(self) -> None:
        self.look_into = self._make(
            "lookInto", self.tr("Step &into"), "F11", self.tr("Follow the next step line by line in the Debug view")
        )
        self.first_step = self._make("firstStep", self.tr("Back to the st&art"), "Alt+Home")
        self.step_back = self._make("stepBack", self.tr("One step &back"), "Alt+Left")
        self.step_forward = self._make("stepForward", self.tr("One recorded step for&ward"), "Alt+Right")
        self.newest_step = self._make("newestStep", self.tr("To the &newest step"), "Alt+End")
        self._lent = {action: action.shortcut() for action in (self.step, self.look_into)}
        self._lent |= {action: action.shortcut() for action in (self.step_back, self.step_forward)}

    def set_debugging(self, debugging: bool) -> None:
        """Switch the keys: in the Debug view they move by lines, and from step to step with the cursor where it is."""
        for action, keys in self._lent.items():
            action.setShortcut(QKeySequence() if debugging else keys)

    def _make(self, name: str, text: str, keys: QKeySequence.StandardKey | str, tip: str = "") -> QAction:
        action = QAction(text, self)
        action.setIconText(plain_text(text))
        action.setObjectName(name)
        if keys:
            action.setShortcut(QKeySequence(keys))
        title = plain_text(text).rstrip("…")
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip or title} ({shortcut})" if shortcut else tip or title)
        action.setStatusTip(tip)
        return action

    def with_keys(self) -> list[QAction]:
        """Return every action that has a shortcut, in order."""
        return [action for action in self.findChildren(QAction) if not action.shortcut().isEmpty()]

    def show_running(self, running: bool) -> None:
        """Run and Pause are one action with one key."""
        self.run.setText(self.tr("Pau&se") if running else self.tr("&Run"))
        self.run.setIconText(plain_text(self.run.text()))
        self.run.setToolTip(self.tr("Pause (Space)") if running else self.tr("Run until paused (Space)"))
        self.run.setIcon(self._icons["pause" if running else "play"])

    def set_theme(self, theme: Theme) -> None:
        names = ("reset", "step", "debug-into", "play", "pause", "run-steps")
        self._icons = {name: icon(name, theme.text) for name in names}
        self.reset.setIcon(self._icons["reset"])
        self.step.setIcon(self._icons["step"])
        self.look_into.setIcon(self._icons["debug-into"])
        self.run_steps.setIcon(self._icons["run-steps"])
