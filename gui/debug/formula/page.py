"""The Formula page: the line about to run in formulas, and why a weight's gradient and change are what they are."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.protocol import Explained, StageVerdict, Traced
from engine.spec import (
    ExperimentSpec,
    ShapedLayer,
    layer_module,
    layer_number,
    layers_in,
    name_and_params,
    owner_of,
    row_count,
    shapes_of,
)
from engine.spec.groups import entry_of_weight
from gui.look.formula import Formula
from gui.look.lanes import names_of_pair
from gui.look.notes import named
from gui.look.numbers import place, short
from gui.look.theme import LIGHT, Theme
from gui.views.maps.element_chooser import ElementChooser

from ..values.verdict_words import verdict_color
from .chain_table import ChainTable
from .chain_words import Symbols, all_finite, apart_text, slope_formulas
from .line_part import LinePart
from .paths_part import PathsPart
from .update_part import UpdatePanel


class FormulaPage(QScrollArea):
    """Show the line's formula, a weight's chain rule, and what the optimizer made of it.

    ``explain_wanted``: a weight's name, its element's index (a tuple), and a row of the batch; ``element_chosen``: the
    first two, when another element was chosen.
    """

    explain_wanted = Signal(str, tuple, int)
    element_chosen = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("formula_page")
        self.setAccessibleName(self.tr("Formulas"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._spec: ExperimentSpec | None = None
        self._traced: Traced | None = None
        self._place: tuple[int, int, int] | None = None  # generation, step and event on screen
        self._layers = 1
        self._asked: tuple | None = None
        self._shown: tuple[str, tuple[int, ...]] | None = None
        self._build()
        self.set_theme(LIGHT)
        self.clear()

    def _build(self) -> None:
        self._line = LinePart()
        self._chooser = ElementChooser()
        self._chooser.chosen.connect(self._ask)
        self._chooser.chosen.connect(lambda: self.element_chosen.emit(self._chooser.weight, self._chooser.index))
        self._question = named(QLabel(), "chain_title")
        self._question.setWordWrap(True)
        self._chain = named(Formula(1.35), "chain_formula")
        self._table = ChainTable()
        self._table.row_chosen.connect(lambda row: self._chooser.choose(self._chooser.weight, row=row))
        self._verdict = named(QLabel(), "chain_verdict")
        self._verdict.setWordWrap(True)
        self._paths = PathsPart()
        self._update = UpdatePanel()
        self._explained_parts = (self._question, self._chain, self._table, self._verdict, self._paths, self._update)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        layout.addWidget(_divider())
        layout.addWidget(self._chooser)
        for part in self._explained_parts[:-1]:
            layout.addWidget(part)
        layout.addWidget(_divider())
        layout.addWidget(self._update)
        layout.addStretch(1)
        self.setWidget(body)
        self.setFocusProxy(self._chooser)

    # --- what its owner calls ----------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment: what was chosen stays chosen as far as the network still has it."""
        self._spec = spec
        self._layers = len(layers_in(spec)) if spec and spec.network else 1
        self._chooser.set_weights(shapes_of(spec) if spec else {})
        self._chooser.set_rows(_batch_rows(spec))

    def show_line(self, traced: Traced, event: int) -> None:
        """Show a line's formula. ``event``: the line about to run; the trace's length at the step's end."""
        if traced is not self._traced:  # the same step may have been traced again, under another learning rate
            self._asked = None
        self._traced, self._place = traced, (traced.generation, traced.step, event)
        layers = {layer_number(layer.name): layer for layer in layers_in(self._spec)} if self._spec else {}
        kinds = {number: layer.kind for number, layer in layers.items()}
        activations = {number: name_and_params(layer.activation)[0] for number, layer in layers.items()}
        weight = traced.calls[traced.lines[event].call].weight if event < len(traced.lines) else None
        self._line.show_line(traced, event, self._optimizer_of(traced, weight), kinds, activations)
        self._line.show()
        self._ask()

    def show_explained(self, explained: Explained) -> None:
        """Show an answer; one to an earlier question is dropped."""
        request = explained.request
        if self._asked is None or (request.weight, tuple(request.index), request.row) != self._asked[1:]:
            return
        if (request.step, request.event) != self._asked[0][1:]:
            return
        dtype = self._spec.dtype if self._spec is not None else "float64"
        self._chooser.set_rows(explained.row_count)
        self._line.show_explained(explained)
        self._say_question(explained)
        self._show_chain(explained, dtype)
        self._say_verdict(explained, dtype)
        assert self._traced is not None, "an answer to a question that this trace was asked"
        names = names_of_pair(is_log=self._traced.is_log)
        self._update.show_explained(explained, self._optimizer_of(self._traced, request.weight), dtype, names)
        self._paths.show_explained(explained, names)
        missing = [] if self._has_rows else [self._table]
        missing += [] if explained.paths is not None else [self._paths]
        for part in self._explained_parts:
            part.setVisible(part not in missing)
        self._shown = request.weight, tuple(request.index)

    @property
    def shown(self) -> tuple[str, tuple[int, ...]] | None:
        """Return whose gradient is explained: a weight and an index of it; None while none is."""
        return self._shown

    def _optimizer_of(self, traced: Traced, weight: str | None) -> str:
        """Name what moves a weight, or most of them."""
        if self._spec is None or traced.entry >= len(self._spec.optimizers):
            return ""
        entry = self._spec.optimizers[traced.entry]
        return entry.title if weight is None else entry_of_weight(entry, weight).title

    def choose(self, weight: str, row: int, column: int) -> None:
        """Explain this element of a weight; of a bias ``column`` is the one that counts."""
        index = (column,) if weight.endswith(".bias") else (row, column)
        self._chooser.choose(weight, index)

    def show_element(self, weight: str, index: tuple[int, ...]) -> None:
        """Explain an element that was chosen elsewhere, as far as the network has it."""
        self._chooser.choose(weight, index)

    def clear(self) -> None:
        """Empty the page: there is no trace."""
        self._traced = self._place = self._asked = self._shown = None
        for part in (self._line, *self._explained_parts):
            part.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._line, self._chain, self._table, self._paths, self._update):
            part.set_theme(theme)

    # --- asking and saying -------------------------------------------------------------------

    def _ask(self) -> None:
        """Once for each line and element, and only while somebody looks."""
        if self._place is None or not self._chooser.weight or not self.isVisible():
            return
        asked = (self._place, self._chooser.weight, self._chooser.index, self._chooser.row)
        if asked != self._asked:
            self._asked = asked
            self.explain_wanted.emit(*asked[1:])

    def _say_question(self, explained: Explained) -> None:
        element = place(explained.request.weight, explained.request.index)
        grad = next((side for side in explained.grad if side is not None), None)
        if grad is None:
            text = self.tr("Where ∂L/∂{element} comes from").format(element=element)
        else:
            text = self.tr("Why ∂L/∂{element} is {value}").format(element=element, value=short(grad, 5))
        self._question.setText(f"<b>{escape(text)}</b>")

    def _say_verdict(self, explained: Explained, dtype: str) -> None:
        if not all_finite(explained.grad):
            text = self.tr("The gradient is not finite: look for the first factor that is NaN or infinite.")
            self._verdict.setText(f"<span style='color: {self._theme.error}'>{escape(text)}</span>")
            return
        verdict = self._verdict_of(f"{explained.request.weight}.grad")
        apart = apart_text(explained.grad, verdict, dtype)
        text = self.tr("DIY's chain rule and torch's autograd: {verdict}")
        if self._traced is not None and self._traced.is_log:
            text = self.tr("The log's gradient and torch's autograd: {verdict}")
        text = text.format(verdict=apart)
        equal = explained.grad.diy == explained.grad.torch and verdict != "hidden"
        color = verdict_color("equal" if equal else verdict, self._theme)
        self._verdict.setText(f"<span style='color: {color}'>{escape(text)}</span>" if apart else "")

    @property
    def _hides(self) -> bool:
        """Return whether somebody is to compare both sides himself."""
        return self._traced is not None and self._traced.hides

    @property
    def _has_rows(self) -> bool:
        """A test function has no batch over whose rows its chain rule would run."""
        return self._spec is None or self._spec.problem is None

    def _show_chain(self, explained: Explained, dtype: str) -> None:
        """Show the chain rule with its factors, row by row; a test function and its slope, as its docstrings do."""
        request = explained.request
        if self._has_rows:
            of_rows = any(row.output is not None for row in explained.rows)
            factor, below = self._factor_of(request.weight)
            over, is_table = self._summed_over(request.weight, request.index), self._is_table(request.weight)
            symbols = Symbols(request.weight, request.index, self._layers, of_rows, factor, below, over, is_table)
            self._chain.set_formula(symbols.chain())
            names = names_of_pair(is_log=self._traced is not None and self._traced.is_log)
            self._table.show_chain(explained, symbols, dtype, names, marks_departures=not self._hides)
        elif self._spec is not None and self._spec.problem is not None and self._traced is not None:
            self._chain.set_formula(slope_formulas(self._traced, self._spec.problem.function, request.index[-1]))

    def _factor_of(self, weight: str) -> tuple[str, int | str | None]:
        """Return the symbol of what a weight scales, where its layer's kind has one of its own, and the layer below."""
        layer = self._layer_of(weight)
        if layer is None:
            return "", None
        return getattr(layer_module(layer.kind), "FACTOR", ""), layer_number(layer.x)

    def _layer_of(self, weight: str) -> ShapedLayer | None:
        layers = layers_in(self._spec) if self._spec is not None else []
        return next((layer for layer in layers if layer.name == owner_of(weight)), None)

    def _is_table(self, weight: str) -> bool:
        """Tell whether its rows are vectors, one of which each whole number stands for."""
        layer = self._layer_of(weight)
        return layer is not None and hasattr(layer_module(layer.kind), "OF_INDICES")

    def _summed_over(self, weight: str, index: tuple[int, ...]) -> str:
        """Write what the shares of a gradient are added up over: rows, their places, or those of one number."""
        layer = self._layer_of(weight)
        if self._is_table(weight):
            return f"x = {index[0]}"
        return r"\mathrm{rows,\ places}" if layer is not None and layer.axis is not None else r"\mathrm{rows}"

    def _verdict_of(self, twin: str) -> StageVerdict | None:
        """Of the whole tensor, as the trace has it."""
        if self._hides:
            return "hidden"
        values = self._traced.values if self._traced is not None else ()
        return next((value.verdict for value in values if value.twin == twin), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()


def _divider() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line


def _batch_rows(spec: ExperimentSpec | None) -> int:
    if spec is None:
        return 1
    return min(spec.batch.size or row_count(spec), row_count(spec))
