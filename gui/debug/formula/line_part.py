"""Of the line about to run: what its stage does, its formula, and the same with numbers put in."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.protocol import Explained, Traced
from gui.look.formula import Formula
from gui.look.lanes import names_of_pair
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from ..stages.stage_words import of_point, title
from .stage_sentences import NONE, end_sentence, sentence


class LinePart(QWidget):
    """Show a formula of the line itself, or where it has none those of the function's docstring."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("formula_line")
        self._stage = named(QLabel(), "formula_stage")
        self._sentence = named(QLabel(), "formula_sentence")
        self._sentence.setWordWrap(True)
        self._formula = named(Formula(1.35), "line_formula")
        self._numbers = (named(Formula(1.1), "line_diy"), named(Formula(1.1, "muted"), "line_torch"))
        self._names = tuple(QLabel(name) for name in names_of_pair())
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._stage, 0, 0, 1, 2)
        layout.addWidget(self._sentence, 1, 0, 1, 2)
        layout.addWidget(self._formula, 2, 0, 1, 2)
        for row, (name, numbers) in enumerate(zip(self._names, self._numbers, strict=True), start=3):
            mute(name)
            layout.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(numbers, row, 1)
        self._show_numbers(("", ""))

    def show_line(
        self,
        traced: Traced,
        event: int,
        optimizer: str,
        layer_kinds: Mapping[int | str, str] = NONE,
        activations: Mapping[int | str, str] = NONE,
    ) -> None:
        """Show the formula of a line. ``event`` at the trace's end: the step is over."""
        for label, name in zip(self._names, names_of_pair(is_log=traced.is_log), strict=True):
            label.setText(name)
        if event >= len(traced.lines):
            self._say("", end_sentence(of_point(traced.stages)), "")
        else:
            line = traced.lines[event]
            stage = traced.stages[line.stage].name
            function = traced.functions[traced.calls[line.call].function]
            formula = line.formula or r" \\ ".join(function.formulas)
            text = sentence(stage, optimizer, of_point(traced.stages), layer_kinds, activations)
            self._say(title(stage), text, formula)
        self._show_numbers(("", ""))

    def show_explained(self, explained: Explained) -> None:
        """Show the formula in the element's own symbols in place of the line's general one."""
        if explained.formula:
            self._formula.set_formula(explained.formula)
            self._formula.show()
        self._show_numbers(explained.numbers)

    def set_theme(self, theme: Theme = LIGHT) -> None:
        for formula in (self._formula, *self._numbers):
            formula.set_theme(theme)

    def _say(self, stage: str, text: str, formula: str) -> None:
        self._stage.setText(f"<b>{stage[:1].upper()}{stage[1:]}</b>")
        self._stage.setVisible(bool(stage))
        self._sentence.setText(text)
        self._formula.set_formula(formula)
        self._formula.setVisible(bool(formula))

    def _show_numbers(self, numbers: tuple[str, str]) -> None:
        for name, formula, latex in zip(self._names, self._numbers, numbers, strict=True):
            formula.set_formula(latex)
            for part in (name, formula):
                part.setVisible(bool(latex))
