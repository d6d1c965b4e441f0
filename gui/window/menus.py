"""The menu bar: every action at its place."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

from gui.files.documents import examples

from .actions import Actions

translate = QCoreApplication.translate


class Menus:
    """Hold the menus.

    ``debug`` is enabled while the debugger is in front: its keys mean something else elsewhere. ``export`` is filled
    when the comparison is there.
    """

    def __init__(self, bar: QMenuBar, acts: Actions, views: Sequence[QAction]):
        self._bar = bar
        self._fill_file(acts)
        bar.addMenu(translate("Menus", "&Edit")).addActions([acts.undo, acts.redo])
        self._fill_run(acts)
        self.debug = bar.addMenu(translate("Menus", "&Debug"))
        self._fill_view(acts, views)
        bar.addMenu(translate("Menus", "&Help")).addActions(
            [
                acts.guide,
                acts.lessons,
                acts.exercises,
                acts.hunt,
                acts.glossary,
                acts.explain,
                acts.shortcuts,
                acts.about,
            ]
        )

    def _fill_file(self, acts: Actions) -> None:
        file = self._bar.addMenu(translate("Menus", "&File"))
        file.addActions([acts.new, acts.open])
        self.recent = file.addMenu(translate("Menus", "Open &Recent"))
        file.addActions([acts.import_data, acts.earlier_run])
        self.examples = file.addMenu(translate("Menus", "&Examples"))
        file.addSeparator()
        file.addActions([acts.save, acts.save_as, acts.save_session])
        self.export = file.addMenu(translate("Menus", "E&xport"))
        file.addSeparator()
        file.addActions([acts.preferences, acts.quit])

    def _fill_run(self, acts: Actions) -> None:
        run = self._bar.addMenu(translate("Menus", "&Run"))
        run.addActions([acts.run, acts.step, acts.look_into, acts.run_steps, acts.reset])
        run.addSeparator()
        run.addActions([acts.first_step, acts.step_back, acts.step_forward, acts.newest_step])
        run.addSeparator()
        run.addActions([acts.faster, acts.slower])
        run.addSeparator()
        run.addAction(acts.copy_losses)

    def _fill_view(self, acts: Actions, views: Sequence[QAction]) -> None:
        view = self._bar.addMenu(translate("Menus", "&View"))
        view.addActions([acts.run_view, acts.network_view, acts.debug_view, acts.compare_view, acts.learn_panel])
        view.addSeparator()
        view.addActions(views)
        view.addAction(acts.default_layout)
        view.addSeparator()
        view.addActions([acts.zoom_in, acts.zoom_out, acts.zoom_whole, acts.full_screen, acts.present])
        theme = view.addMenu(translate("Menus", "&Theme"))
        theme.addActions(acts.themes.actions())

    def show_debug_actions(self, actions: Sequence[QAction]) -> None:
        """Show what the Debug menu has for what is in front there."""
        for action in self.debug.actions():
            self.debug.removeAction(action)
        self.debug.addActions(actions)

    def offer_recent(self, open_file: Callable[[Path], object]) -> None:
        """List the files that were opened last, as they are each time that the menu is opened."""

        def fill() -> None:
            from gui.files.recent_files import clear_files, recent_files  # when it is wanted

            self.recent.clear()
            files = recent_files()
            for number, file in enumerate(files, start=1):
                name = file.name.replace("&", "&&")
                action = self.recent.addAction(f"&{number % 10} {name}")
                action.setToolTip(str(file))
                action.triggered.connect(lambda _=False, file=file: open_file(file))
            if not files:
                self.recent.addAction(translate("Menus", "Nothing yet")).setEnabled(False)
                return
            self.recent.addSeparator()
            self.recent.addAction(translate("Menus", "&Clear this list")).triggered.connect(
                lambda _=False: clear_files()
            )

        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(fill)

    def offer_examples(self, open_example: Callable[[Path], object]) -> None:
        """List the examples when the menu is first opened: reading them all would hold up the start."""

        def fill() -> None:
            if self.examples.isEmpty():
                for title, path in examples():
                    example = self.examples.addAction(title)
                    example.triggered.connect(lambda _=False, path=path: open_example(path))

        self.examples.aboutToShow.connect(fill)
