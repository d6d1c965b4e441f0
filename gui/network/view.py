"""The Network view: the picture of the network, what it has learned beside it, and above both what chooses of whom."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Frame, LearnedRequest, PictureRequest
from engine.spec import ExperimentSpec
from gui.look.lanes import names_of_entry
from gui.look.notes import named
from gui.look.numbers import short
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme
from gui.views.run_view import RunView

from .canvas import NetworkCanvas
from .feed import Feed
from .learned.panel import LearnedPanel
from .selectors import NetworkSelectors
from .stage_light import StageLight

BOTH = 840  # pixels of width that the picture takes with what was learned beside it; below, one is in front


class NetworkView(RunView):
    """Show the network of a run, live. ``weight_chosen`` carries a weight's name and index, a tuple."""

    weight_chosen = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("network_view")
        self._spec: ExperimentSpec | None = None
        self._feed = Feed()
        self._selectors, self.canvas = NetworkSelectors(), NetworkCanvas()
        self.learned = LearnedPanel()
        self.learned.request_changed.connect(self.request_changed)
        self.learned.page_changed.connect(self._arrange)
        self.learned.row_chosen.connect(self._selectors.choose_row)
        self._selectors.selected.connect(self._on_selected)
        self._selectors.way_changed.connect(self._redraw)
        self.canvas.chosen.connect(self.weight_chosen)
        self.canvas.pointed.connect(self._read_out)
        self.canvas.room_changed.connect(self.request_changed)
        self._lay_out()
        self.set_theme(LIGHT)
        self._show_note()

    def _lay_out(self) -> None:
        self._note = named(QLabel(), "network_note", self.tr("About the picture"))
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setWordWrap(True)
        self._note.setMargin(24)
        mute(self._note)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._note)
        self._splitter = named(QSplitter(), "network_splitter")
        self._picture = self._make_picture()
        for part in (self._picture, self.learned):
            self._splitter.addWidget(part)
        self._splitter.setSizes([BOTH, BOTH])
        self._splitter.splitterMoved.connect(lambda *_: self.request_changed.emit())
        self._pages.addWidget(self._splitter)
        layout = self._rows = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 2)
        layout.setSpacing(3)
        layout.addWidget(self._selectors)
        layout.addWidget(self._pages, 1)

    def _make_picture(self) -> QWidget:
        """Make what stands at the left: the picture, and below it what is pointed at."""
        area = QScrollArea()
        area.setWidget(self.canvas)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._readout = named(QLineEdit(), "network_readout", self.tr("Numbers of what is pointed at"))
        self._readout.setReadOnly(True)
        self._readout.setFrame(False)
        hint = self.tr("Point at a unit or a line, or use the arrow keys; Page Down goes through a unit's weights")
        self._readout.setPlaceholderText(hint)
        self._scale = named(QLabel(), "network_scale")
        mute(self._scale)
        self._scale.setToolTip(self.tr("Blue is below 0, orange above; a line is as wide as its number is large"))
        below = QHBoxLayout()
        below.addWidget(self._readout, 1)
        below.addWidget(self._scale)
        picture = QWidget()
        layout = QVBoxLayout(picture)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(area, 1)
        layout.addLayout(below)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put what was learned beside the picture, or in its place where there is no room for both."""
        both = self.width() >= BOTH
        self.learned.offer_picture(not both)
        if both:
            self.learned.take_bar()
        elif self.learned.bar.parentWidget() is not self:
            self._rows.insertWidget(1, self.learned.bar)
        picture_shown = both or self.learned.shows_picture
        self._picture.setVisible(picture_shown)
        self.learned.setVisible(both or not picture_shown)
        self._selectors.show_lines(picture_shown)
        self._order_keys(both)
        self.request_changed.emit()

    def _order_keys(self, both: bool) -> None:
        """Have Tab lead from above to below, and from the picture to the pages beside it."""
        stops = [self.canvas, self._readout]
        stops.insert(2 if both else 0, self.learned.bar)
        for before, behind in pairwise([self._selectors.last_field, *stops]):
            self.setTabOrder(before, behind)
        self.learned.order_keys(stops[-1])

    # --- what the window calls -----------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._spec = spec
        self._feed.set_experiment(spec)
        self._selectors.set_experiment(spec)
        self._select()
        self.learned.set_experiment(spec)
        self.canvas.set_shape(self._feed.shape, spec.dtype if spec is not None else "float64")
        self._show_note()
        self._redraw()
        self.request_changed.emit()

    def set_hushed(self, is_hushed: bool) -> None:
        """Set whether what both lanes differ by is not offered: somebody is to find it himself."""
        self._selectors.set_hushed(is_hushed)

    def request(self) -> PictureRequest | None:
        """Return what the next frame should carry; None while there is nothing to draw, or nobody looks."""
        return self._feed.request(self.canvas.most) if self._is_open(0) else None

    def learned_request(self) -> LearnedRequest | None:
        """Return what the next frame should carry of what was learned; None while nobody looks at it."""
        return self.learned.request() if self._is_open(1) else None

    def _is_open(self, place: int) -> bool:
        """Return whether a side of the splitter is on screen, and not pushed together."""
        return (self._picture, self.learned)[place].isVisible() and self._splitter.sizes()[place] > 0

    def show_frame(self, frame: Frame) -> None:
        if self._feed.take(frame):
            self._redraw()
        self.learned.show_frame(frame)

    def clear(self) -> None:
        self._feed.clear()
        self.learned.clear()
        self._redraw()

    def show_chosen(self, weight: str, index: tuple[int, ...]) -> None:
        """Mark the weight that is chosen everywhere."""
        self.canvas.show_chosen(weight, index)

    def set_light(self, light: StageLight | None) -> None:
        """Show what the debugger's line works on."""
        self.canvas.set_light(light)

    def set_theme(self, theme: Theme) -> None:
        for part in (self._selectors, self.canvas, self.learned):
            part.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self.canvas.set_stale(stale)
        self.learned.set_stale(stale)

    def take_keyboard(self) -> None:
        """Take the keyboard to the picture, or to the pages in its place.

        Not by a focus proxy, for which Tab would skip what stands above it.
        """
        (self.canvas if self.canvas.isVisibleTo(self) else self.learned.bar).setFocus()

    # --- showing -------------------------------------------------------------------------------

    def _show_note(self) -> None:
        """Say why there is no picture, where there is none."""
        is_function = self._spec is not None and self._spec.problem is not None
        text = self.tr(
            "A test function has no network: it is trained at a point of two numbers. There is nothing to draw, "
            "and nothing to predict."
        )
        self._note.setText(text if is_function else self.tr("There is no experiment to draw yet."))
        self._pages.setCurrentIndex(0 if self._feed.shape is None else 1)
        self._selectors.setVisible(self._feed.shape is not None)

    def _redraw(self) -> None:
        content = self._feed.content(self._selectors.backwards)
        self.canvas.show_content(content)
        scale = content.scale if content is not None else 0.0
        self._scale.setText(self.tr("widest line {value}").format(value=short(scale)) if scale else "")
        self._read_out()

    def _read_out(self) -> None:
        text = "   ".join(self.canvas.told())
        if text != self._readout.text():
            self._readout.setText(text)
            self._readout.setCursorPosition(0)
            self._readout.setToolTip("\n".join(self.canvas.told()))
            self.canvas.setAccessibleDescription(text)

    def _select(self) -> None:
        selection = self._selectors.selection
        self._feed.select(selection)
        self.canvas.names = names_of_entry(self._spec, selection.entry)
        self.learned.select(selection.entry, selection.side, selection.row or 0)

    def _on_selected(self) -> None:
        self._select()
        self._redraw()
        self.request_changed.emit()
