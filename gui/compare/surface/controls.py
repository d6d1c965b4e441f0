"""Which plane a surface is of: two chosen weights, the paths' main directions, random ones; and where it lies."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import MainPlane, Plane, RandomPlane, WeightPlane
from engine.spec import ExperimentSpec, shapes_of
from gui.look.naming import name_field, plain_text
from gui.look.own_sheets import mute
from gui.look.text_size import fit_letters
from gui.look.theme import LIGHT, Theme
from gui.views.maps.element_chooser import ElementChooser

from .words import PLANE_KINDS, PlaneKind, plane_help, plane_title

WIDE = 700  # pixels from which both weights fit beside each other
LARGEST_SEED = 2**31 - 1  # a spin box's
START = -1  # in the place of an entry


class SurfaceControls(QWidget):
    """Choose a plane. What was chosen stays as far as another experiment has it. ``changed``: another choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._colors: tuple[int, ...] = ()
        self._chosen = False  # a plane, by the person
        self._plane, plane = _choice("surface_plane", self.tr("&Plane"), self.tr("What varies along both axes"))
        self._plane.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for kind in PLANE_KINDS:
            self._plane.addItem(plane_title(kind), kind)
        self._origin, self._origin_part = _choice(
            "surface_origin",
            self.tr("&through"),
            self.tr("The weights through which the plane lies: where all others stay"),
        )
        self._pages = (self._weights_page(), self._main_page(), self._random_page())
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(plane)
        first.addWidget(self._origin_part)
        first.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        for page in self._pages:
            column.addWidget(page)
        self._plane.activated.connect(self._on_plane)
        self._origin.currentIndexChanged.connect(self.changed)
        self._show_page()

    # --- what is chosen ----------------------------------------------------------------------

    @property
    def kind(self) -> PlaneKind:
        return self._plane.currentData()

    @property
    def plane(self) -> Plane:
        if self.kind == "main":
            return MainPlane()
        if self.kind == "random":
            return RandomPlane(self._seed.value())
        first, second = self._elements
        return WeightPlane((first.weight, first.index), (second.weight, second.index))

    @property
    def origin(self) -> int | None:
        """Return an entry; None is the start, as it is for main directions, which have an origin of their own."""
        entry = self._origin.currentData()
        return None if self.kind == "main" or entry in (None, START) else entry

    @property
    def can_compute(self) -> bool:
        """Return whether there is a plane: one weight alone spans none."""
        first, second = self._elements
        return self.kind != "weights" or (first.weight, first.index) != (second.weight, second.index)

    # --- what there is to choose from --------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the experiment's entries and weights, without a signal."""
        self.setVisible(spec is None or spec.problem is None)
        shapes = shapes_of(spec) if spec is not None else {}
        self._colors = spec.colors if spec is not None else ()
        fresh = not all(element.weight in shapes for element in self._elements)
        for element in self._elements:
            with QSignalBlocker(element):
                element.set_weights(shapes)
        if fresh and shapes:
            self._choose_two(shapes)
        self._refill_origins(spec.labels if spec is not None else ())
        self.set_theme(self._theme)

    def suggest_main(self) -> None:
        """Choose the main directions, until a person chooses: there are paths now."""
        if not self._chosen and self.kind != "main":
            self._plane.setCurrentIndex(PLANE_KINDS.index("main"))
            self._show_page()
            self.changed.emit()

    def show_shares(self, text: str) -> None:
        """Show how much the main directions explain; nothing where there is no surface of them."""
        self._shares.setText(text or plane_help("main"))
        self._shares.setToolTip(plane_help("main"))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        icons: dict[int, QIcon] = {}  # many entries share a colour
        for place in range(self._origin.count()):
            entry = self._origin.itemData(place)
            if entry != START:
                color = self._colors[entry]
                if color not in icons:
                    swatch = QPixmap(12, 12)
                    swatch.fill(QColor(theme.entry_color(color)))
                    icons[color] = QIcon(swatch)
                self._origin.setItemIcon(place, icons[color])

    # --- making it ---------------------------------------------------------------------------

    def _weights_page(self) -> QWidget:
        page = QWidget()
        self._elements = (ElementChooser("surface_first"), ElementChooser("surface_second"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        titles = (self.tr("across"), self.tr("up"))
        for title, element in zip(titles, self._elements, strict=True):
            element.set_rows(1)
            element.chosen.connect(self.changed)
            part, label = QWidget(), QLabel(title)
            label.setMinimumWidth(max(label.fontMetrics().horizontalAdvance(text) for text in titles) + 4)
            layout = QHBoxLayout(part)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(label)
            layout.addWidget(element, 1)
            self._row.addWidget(part)
        self._row.addStretch(1)
        return page

    def _main_page(self) -> QWidget:
        self._shares = QLabel()
        self._shares.setObjectName("surface_shares")
        mute(self._shares)
        self._shares.setWordWrap(True)
        self.show_shares("")
        return self._shares

    def _random_page(self) -> QWidget:
        page, label = QWidget(), QLabel(self.tr("&Seed"))
        self._seed = fit_letters(QSpinBox())
        name_field(self._seed, "surface_seed", self.tr("Seed"), plane_help("random"))
        self._seed.setMaximum(LARGEST_SEED)
        self._seed.valueChanged.connect(self.changed)
        label.setBuddy(self._seed)
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self._seed)
        layout.addStretch(1)
        return page

    # --- what happens in it ------------------------------------------------------------------

    def _on_plane(self) -> None:
        self._chosen = True
        self._show_page()
        self.changed.emit()

    def _show_page(self) -> None:
        self._plane.setToolTip(plane_help(self.kind))
        self._origin_part.setVisible(self.kind != "main")
        for kind, page in zip(PLANE_KINDS, self._pages, strict=True):
            page.setVisible(kind == self.kind)

    def _choose_two(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        """Choose the first two weights there are."""
        places = [(name, index) for name, shape in shapes.items() for index in _first_two(shape)]
        for element, place in zip(self._elements, places, strict=False):
            with QSignalBlocker(element):
                element.choose(*place)

    def _refill_origins(self, labels: tuple[str, ...]) -> None:
        chosen = self._origin.currentText()
        with QSignalBlocker(self._origin):
            self._origin.clear()
            self._origin.addItem(self.tr("the start"), START)
            for entry, label in enumerate(labels):
                self._origin.addItem(label, entry)
            self._origin.setCurrentIndex(max(self._origin.findText(chosen), 0))
        self._origin.view().setMinimumWidth(self._origin.view().sizeHintForColumn(0) + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if self.width() >= WIDE else direction.TopToBottom)


def _first_two(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the first two indices of a tensor of that shape, as far as there are two."""
    if shape[-1] > 1:
        return [(*(0 for _ in shape[:-1]), last) for last in (0, 1)]
    return [(number, *(0 for _ in shape[1:])) for number in range(min(shape[0], 2))]


def _choice(name: str, label: str, tip: str) -> tuple[QComboBox, QWidget]:
    """Make a labelled choice, and the widget with both."""
    box, caption, pair = QComboBox(), QLabel(label), QWidget()
    name_field(box, name, plain_text(label), tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    caption.setBuddy(box)
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    layout.addWidget(caption)
    layout.addWidget(box)
    return box, pair
