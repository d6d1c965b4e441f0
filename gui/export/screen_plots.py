"""Plots that stand elsewhere than in the comparison, as pictures: heatmaps, the network, what it learned, formulas.

Each is found where it stands, by its name, and saved as it is on screen; what isn't to be seen can't be.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QTextDocumentFragment
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLabel, QMenu, QScrollArea, QWidget

from gui.look.inside import inside
from gui.network.learned.page import LearnedPage

STEP = "debugView"  # source, stages, values and formulas together: all of it is drawn

translate = QCoreApplication.translate


class ScreenPlot(NamedTuple):
    """Describe a kind of plot: ``name`` of the file, ``title`` in the menu, and the object's name of what holds it."""

    name: str
    title: str
    holder: str


class Shown(NamedTuple):
    """Hold a plot that is to be seen: what is drawn, a canvas or any widget, and what it is of."""

    plot: ScreenPlot
    drawn: QWidget
    about: str


def screen_plots() -> list[ScreenPlot]:
    """Return all kinds, in the menu's order."""
    return [
        ScreenPlot("heatmaps", translate("ScreenPlots", "Heat&maps…"), "heatmap_panel"),
        ScreenPlot("network", translate("ScreenPlots", "Picture of the networ&k…"), "network_canvas"),
        ScreenPlot("learned", translate("ScreenPlots", "What it l&earned…"), "learned_panel"),
        ScreenPlot("formulas", translate("ScreenPlots", "&Formulas of the line…"), "formula_page"),
        ScreenPlot("value", translate("ScreenPlots", "Maps of the &value…"), "value_maps_page"),
        ScreenPlot("step", translate("ScreenPlots", "The s&tep as it stands…"), STEP),
        ScreenPlot("schedule", translate("ScreenPlots", "Sche&dule of the form…"), "schedule_curve"),
    ]


class ScreenPlots(QObject):
    """Offer what is to be seen in ``window``: by ``actions``, and by a click with the right button.

    ``wanted`` carries a plot that is to be saved.
    """

    wanted = Signal(object)

    def __init__(self, window: QWidget, others: Callable[[QWidget], QAction | None]):
        super().__init__(window)
        self._window, self._others, self._plots = window, others, screen_plots()
        self.actions = [self._action(plot) for plot in self._plots]
        window.installEventFilter(self)

    def _action(self, plot: ScreenPlot) -> QAction:
        action = QAction(plot.title, self)
        action.setObjectName(f"export-{plot.name}")
        action.setToolTip(self.tr("As it is on screen: while it is to be seen"))
        action.triggered.connect(lambda: self._save(plot))
        return action

    def show_possible(self) -> None:
        """Enable what is to be seen."""
        for plot, action in zip(self._plots, self.actions, strict=True):
            action.setEnabled(self.shown(plot) is not None)

    def _save(self, plot: ScreenPlot) -> None:
        if (shown := self.shown(plot)) is not None:
            self.wanted.emit(shown)

    def shown(self, plot: ScreenPlot) -> Shown | None:
        """Return a plot where it is to be seen."""
        holder = next(self._holders(plot), None)
        return None if holder is None else Shown(plot, drawn_of(holder), about(holder))

    def _holders(self, plot: ScreenPlot) -> Iterator[QWidget]:
        for widget in inside(self._window, QWidget):
            if _is_of(widget, plot) and widget.isVisible() and widget.width() > 1:
                yield widget

    # --- by the pointer ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open a menu where a plot was clicked that has none of its own: such clicks end at the window."""
        if event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            action = self.action_at(event.pos(), is_key=event.reason() == QContextMenuEvent.Reason.Keyboard)
            if action is not None:
                menu = QMenu(self._window)
                menu.setObjectName("plot_menu")
                saving = menu.addAction(self.tr("&Save picture…"))
                saving.triggered.connect(action.trigger)
                menu.aboutToHide.connect(menu.deleteLater)
                menu.popup(event.globalPos())
                return True
        return super().eventFilter(watched, event)

    def action_at(self, place: QPoint, *, is_key: bool = False) -> QAction | None:
        """Return what saves the plot at a place of the window, or the one that has the keyboard."""
        widget = self._window.focusWidget() if is_key else self._window.childAt(place)
        while widget is not None and widget is not self._window:
            for plot, action in zip(self._plots, self.actions, strict=True):
                if _is_of(widget, plot):
                    return action
            if (other := self._others(widget)) is not None:
                return other
            widget = widget.parentWidget()
        return None


def _is_of(widget: QWidget, plot: ScreenPlot) -> bool:
    return widget.objectName() == plot.holder or (
        plot.name == "schedule" and widget.objectName().endswith(plot.holder) and widget.isVisible()
    )


def drawn_of(holder: QWidget) -> QWidget:
    """Return what is drawn of a plot: its canvas where it has one, the page in front, all of a page that scrolls."""
    if holder.objectName() == STEP:
        return holder
    if isinstance(holder, QScrollArea):
        return holder.widget() or holder
    page = next((one for one in holder.findChildren(LearnedPage) if one.isVisible()), None)
    inside = page or holder
    canvas = next((one for one in inside.findChildren(QGraphicsView) if one.isVisible()), None)
    return canvas if canvas is not None else inside


def about(holder: QWidget) -> str:
    """Return what a plot is of, as it is said or chosen above it."""
    heading = holder.findChild(QLabel, "value_title")
    if heading is not None:
        return " ".join(QTextDocumentFragment.fromHtml(heading.text()).toPlainText().split())
    chosen = [one.currentText() for one in holder.findChildren(QComboBox) if one.isVisible()]
    return ", ".join(filter(None, chosen))
