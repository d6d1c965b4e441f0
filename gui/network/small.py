"""The network's picture beside the debugger's source, small: what the line at hand works on is lit in it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol import Frame, PictureRequest
from engine.spec import ExperimentSpec
from gui.look.lanes import names_of_entry
from gui.look.text_size import scaled
from gui.look.theme import Theme

from .canvas import NetworkCanvas
from .feed import Feed
from .stage_light import StageLight

HEIGHT = 150  # pixels
WIDEST = 420  # pixels that a network may need: about ten columns


class SmallPicture(QWidget):
    """Show DIY's network of one optimizer entry. ``weight_chosen`` carries a weight's name and index, a tuple."""

    weight_chosen = Signal(str, tuple)
    request_changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("network_beside")
        self.setFixedHeight(scaled(HEIGHT))
        self._spec: ExperimentSpec | None = None
        self._feed = Feed()
        self.canvas = NetworkCanvas(compact=True)
        self.canvas.chosen.connect(self.weight_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.addWidget(self.canvas)

    @property
    def can_draw(self) -> bool:
        """Return whether there is a network, and one of few enough layers for so little room."""
        return self._feed.shape is not None and self.canvas.width_needed <= WIDEST

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._spec = spec
        self._feed.set_experiment(spec)
        self.canvas.names = names_of_entry(spec, self._feed.selection.entry)
        self.canvas.set_shape(self._feed.shape, spec.dtype if spec is not None else "float64")

    def set_entry(self, entry: int) -> None:
        """Show another optimizer's network."""
        if entry != self._feed.selection.entry:
            self._feed.select(self._feed.selection._replace(entry=entry))
            self.canvas.names = names_of_entry(self._spec, entry)
            self.canvas.show_content(None)
            self.request_changed.emit()

    def request(self) -> PictureRequest | None:
        return self._feed.request(self.canvas.most) if self.isVisible() else None

    def show_frame(self, frame: Frame) -> None:
        if self._feed.take(frame):
            self.canvas.show_content(self._feed.content(backwards=False))

    def show_chosen(self, weight: str, index: tuple[int, ...]) -> None:
        self.canvas.show_chosen(weight, index)

    def set_light(self, light: StageLight | None) -> None:
        self.canvas.set_light(light)

    def set_theme(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()
