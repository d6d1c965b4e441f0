"""The debugger and the comparison within the window: put together after the start, each at its place, and wired."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from engine.protocol import RaceRequest
from gui import assembly
from gui.assembly import Assembly
from gui.naming import name_field
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.compare.comparing import Comparing
    from gui.compare.export import Exporter
    from gui.debug.debugging import Debugging
    from gui.main_window import MainWindow


class Rooms(QObject):
    """Each is there some moments after the window, or as soon as it is asked for."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self._window = window
        session, form = window.session, window.form
        self._debugger = Assembly(assembly.debugger(session, form, lambda: window.transport.rate, window), window)
        self._comparison = Assembly(assembly.comparison(session, form, window), window)
        self._exporter: Exporter | None = None

    def connect_all(self) -> None:
        """Once the window has its parts."""
        self._debugger.ready.connect(self._place_debugger)
        self._debugger.ready.connect(lambda _: self._comparison.start(0))
        self._comparison.ready.connect(self._place_comparison)
        workbench = self._window.workbench
        workbench.debugging.connect(self.show_debugging)
        workbench.comparing.connect(self._show_comparing)
        self._window.menus.export.aboutToShow.connect(self._before_export)

    def start(self) -> None:
        self._debugger.start()

    def stop(self) -> None:
        self._debugger.stop()
        self._comparison.stop()

    @property
    def debugging(self) -> "Debugging":
        return self._debugger.finish()

    @property
    def comparing(self) -> "Comparing":
        return self._comparison.finish()

    @property
    def exporter(self) -> "Exporter":
        self._comparison.finish()
        assert self._exporter is not None
        return self._exporter

    def race_request(self) -> RaceRequest | None:
        made = self._comparison.made
        return None if made is None else made.race_request()

    def set_theme(self, theme: Theme) -> None:
        for part in (self._debugger.made, self._comparison.made, self._exporter):
            if part is not None:
                part.set_theme(theme)

    def forget_choices(self) -> None:
        """Another experiment was opened."""
        if (made := self._comparison.made) is not None:
            made.view.forget_choices()

    def show_debugging(self, debugging: bool) -> None:
        """The debugger's keys are other ones."""
        window = self._window
        if debugging:
            self._debugger.finish()
        window.messages.set_debugging(debugging)
        window.actions_.set_debugging(debugging)
        window.menus.debug.menuAction().setEnabled(debugging)
        if debugging:
            self._make_parity_low()

    def _show_comparing(self, comparing: bool) -> None:
        if comparing:
            self._comparison.finish()
            self._make_parity_low()

    def _make_parity_low(self) -> None:
        """What the heatmaps leave is the debugger's or the comparison's, and no more of it parity's than it needs."""
        dock = self._window.parity_dock
        self._window.resizeDocks([dock], [dock.sizeHint().height()], Qt.Orientation.Vertical)

    def _place_debugger(self, debugging: "Debugging") -> None:
        window = self._window
        debugging.set_theme(window.theme)
        debugging.view.reason_words = window.messages.why_stopped
        debugging.wanted.connect(window.workbench.show_debug)
        # The gutter shows it at once.
        debugging.view.breakpoint_toggled.connect(lambda *_: window.editing.take_over())
        debugging.view.actions_.about_to_move.connect(window.editing.flush)
        window.menus.debug.addActions(debugging.view.actions_.all)
        window.workbench.set_debugger(debugging.view)

    def _place_comparison(self, comparing: "Comparing") -> None:
        from gui.compare.export import Exporter

        window = self._window
        view = comparing.view
        self._exporter = Exporter(view, window.loss, window.session, window.banners, window)
        window.menus.export.addActions(self._exporter.actions)
        window.menus.export.setToolTipsVisible(True)
        view.add_button(self._export_button(window.menus.export))
        comparing.set_theme(window.theme)
        self._exporter.set_theme(window.theme)
        window.workbench.set_comparison(view)

    def _export_button(self, menu: QMenu) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("E&xport"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("Save plots as pictures, tables and curves as CSV, or all of it as a report")
        name_field(button, "compare_export", self.tr("Export"), tip)
        return button

    def _before_export(self) -> None:
        self.exporter.show_possible()
