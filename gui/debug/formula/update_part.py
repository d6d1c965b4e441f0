"""What the optimizer made of the gradient: the parts of the weight's change, and the weight before and after."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.protocol import Both, Explained
from gui.look.lanes import PairNames, names_of_pair
from gui.look.notes import named
from gui.look.numbers import place
from gui.look.theme import LIGHT, Theme

from .chain_words import all_finite, number_text
from .stage_sentences import part_name, part_sentence
from .update_bars import UpdateBars


class UpdatePanel(QWidget):
    """Show the parts of a change, and explain the bar pointed at below them, with every digit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("formula_update")
        self._theme, self._dtype = LIGHT, "float64"
        self._names = names_of_pair()
        self._explained: Explained | None = None
        self._title = _label("update_title")
        self._bars = UpdateBars()
        self._bars.pointed.connect(self._say_part)
        self._part = _label("update_part")
        self._part.setMinimumHeight(self.fontMetrics().height() * 3)  # so that nothing below jumps
        self._part.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sum = _label("update_sum")
        self._sum.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it is folded to fit
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (self._title, self._bars, self._part, self._sum):
            layout.addWidget(part)

    def show_explained(self, explained: Explained, optimizer: str, dtype: str, names: PairNames) -> None:
        """Show an answer; ``names`` are the lanes'."""
        self._explained, self._dtype, self._names = explained, dtype, names
        element = place(explained.request.weight, explained.request.index)
        title = self.tr("How {optimizer} turns it into the change of {element}")
        self._title.setText(f"<b>{escape(title.format(optimizer=optimizer, element=element))}</b>")
        self._bars.show_parts(explained.parts, explained.delta)
        self._say_part(self._bars.at)
        self._say_sum(explained)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._bars.set_theme(theme)
        if self._explained is not None:
            self._say_part(self._bars.at)
            self._say_sum(self._explained)

    def _say_part(self, number: int) -> None:
        if not 0 <= number < len(self._bars.bars):
            self._part.clear()
            return
        bar = self._bars.bars[number]
        numbers = " &nbsp; ".join(f"{self._muted(name)}&nbsp;{text}" for name, text in self._sides(bar.value))
        text = f"<b>{escape(part_name(bar.kind))}</b>: {escape(part_sentence(bar.kind))}<br>{numbers}"
        self._part.setText(text)
        self._bars.setAccessibleDescription(_plain(text))

    def _say_sum(self, explained: Explained) -> None:
        """Both sides below each other: before, the change, after; where that is too wide, in three lines a side."""
        numbers = (explained.before, explained.delta, explained.after)
        sides = [(each[0][0], *(text for _, text in each)) for each in zip(*map(self._sides, numbers), strict=False)]
        table = self._sum_abreast(sides)
        if _width_of(table) > self.width():
            table = self._sum_below(sides)
        note = ""
        if not all_finite(*numbers):
            words = self.tr("A number here is not finite, so there is nothing to draw. Go back to where it arose.")
            note = f"<p><span style='color: {self._theme.error}'>{escape(words)}</span></p>"
        self._sum.setText(table + note)

    def _sum_abreast(self, sides: Sequence[tuple[str, ...]]) -> str:
        heads = ("", self.tr("before"), "", part_name("delta"), "", self.tr("after"))
        rows = [_row(map(self._muted, heads))]
        rows += [_row([self._muted(name), before, "+", change, "=", after]) for name, before, change, after in sides]
        return _table(rows)

    def _sum_below(self, sides: Sequence[tuple[str, ...]]) -> str:
        heads = (self.tr("before"), part_name("delta"), self.tr("after"))
        rows = []
        for name, *texts in sides:
            for first, head, sign, text in zip((name, "", ""), heads, ("", "+", "="), texts, strict=True):
                rows.append(_row([self._muted(first), self._muted(head.replace(" ", "\u00a0")), sign, text]))
        return _table(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._explained is not None:
            self._say_sum(self._explained)

    def _sides(self, both: Both) -> list[tuple[str, str]]:
        """Return what both sides say; a side that is not there is left out."""
        sides = zip(self._names, both, strict=True)
        return [(name, number_text(side, self._dtype)) for name, side in sides if side is not None]

    def _muted(self, text: str) -> str:
        return f"<span style='color: {self._theme.muted}'>{escape(text)}</span>"


def _row(cells) -> str:
    return "<tr>" + "".join(f"<td align=right>{cell}&nbsp;</td>" for cell in cells) + "</tr>"


def _table(rows: Sequence[str]) -> str:
    return f"<table cellspacing=0 cellpadding=2>{''.join(rows)}</table>"


def _width_of(rich: str) -> float:
    """In pixels, without breaks."""
    document = QTextDocument()
    document.setDefaultFont(QApplication.font())
    document.setDocumentMargin(0)
    document.setHtml(rich)
    return document.idealWidth()


def _plain(rich: str) -> str:
    return QTextDocumentFragment.fromHtml(rich).toPlainText()


def _label(name: str) -> QLabel:
    label = named(QLabel(), name)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
