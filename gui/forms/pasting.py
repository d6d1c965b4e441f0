"""What a spreadsheet's text is taken for when it is pasted: its header left out, decimal commas read, columns counted.

No Qt in here but for words.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from .fields.numbers import number
from .table import Table

MOST_NAMED = 5  # columns of a header that are told
translate = QCoreApplication.translate

Rows = list[list[str]]


class Pasted(NamedTuple):
    """Hold the table that a paste makes, and what is to be told of it: nothing where it went as everybody expects."""

    table: Table
    told: tuple[str, ...]


def pasted(table: Table, row: int, column: int, block: Rows, shown: int) -> Pasted:
    """Lay a block over the table at a cell; ``shown`` are the columns that are seen.

    A table that is pasted over the whole of another makes the grid as wide as it is.
    """
    told: list[str] = []
    block = _without_commas(block, told)
    block = _without_header(block, told)
    made = table.with_block(row, column, block, shown)
    width = max(map(len, block))
    is_whole = (row, column) == (0, 0) and len(block) >= table.height and len(block) * width > 1
    if is_whole and 1 < width < shown:
        outputs = min(shown - table.inputs, width - 1)
        made = _narrowed(made, width - outputs, outputs, shown - table.inputs, block)
        text = translate("GridView", "The grid has {inputs} inputs and {outputs} targets now, as what was pasted.")
        told.append(text.format(inputs=made.inputs, outputs=outputs))
    elif made.inputs > table.inputs or made.outputs > table.outputs:
        text = translate("GridView", "The grid has {inputs} inputs and {outputs} targets now: columns were added.")
        seen = made.outputs if made.outputs > table.outputs else shown - table.inputs
        told.append(text.format(inputs=made.inputs, outputs=seen))
    if told:
        told.append(translate("GridView", "Ctrl+Z takes it back."))
    return Pasted(made, tuple(told))


def _narrowed(table: Table, inputs: int, outputs: int, shown: int, block: Rows) -> Table:
    """Return a table of so many columns that holds the block; hidden columns of y stay."""
    kept = table.without_columns(range(inputs, table.inputs))
    kept = kept.without_columns(range(inputs + outputs, inputs + shown))
    return kept.with_block(0, 0, block, inputs + outputs)


def _without_commas(block: Rows, told: list[str]) -> Rows:
    """Return the block with points for decimal commas, where its numbers are written so."""
    cells = [cell for row in block for cell in row]
    if not any(_has_comma(cell) for cell in cells) or any("." in cell and _is_number(cell) for cell in cells):
        return block
    told.append(translate("GridView", "Decimal commas were read as points."))
    return [[cell.replace(",", ".") if _has_comma(cell) else cell for cell in row] for row in block]


def _has_comma(cell: str) -> bool:
    return cell.count(",") == 1 and _is_number(cell.replace(",", "."))


def _without_header(block: Rows, told: list[str]) -> Rows:
    """Return the block without a first row of words above numbers."""
    if len(block) < 2 or any(_is_number(cell) for cell in block[0]):
        return block
    words = [cell for place, cell in enumerate(block[0]) if cell and _is_above_numbers(block, place)]
    if not words:
        return block
    names = ", ".join(words[:MOST_NAMED]) + (" …" if len(words) > MOST_NAMED else "")
    text = translate("GridView", "The first row was left out, as it names columns: {names}.")
    told.append(text.replace("{names}", names))
    return block[1:]


def _is_above_numbers(block: Sequence[Sequence[str]], place: int) -> bool:
    below = [row[place] for row in block[1:20] if place < len(row) and row[place]]
    return bool(below) and all(map(_is_number, below))


def _is_number(cell: str) -> bool:
    return not isinstance(number(cell), str)
