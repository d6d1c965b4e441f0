"""What the picture says: titles of its columns, and the numbers of what is pointed at, in full."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import Side
from engine.spec import layer_number
from gui.look.lanes import PairNames
from gui.look.numbers import in_full, place

from .content import Content, Sides, UnitNumbers
from .shape import NetworkShape, Place

translate = QCoreApplication.translate


def column_title(shape: NetworkShape, column: int) -> str:
    if column == 0:
        return translate("network", "Inputs")
    if column == shape.loss:
        return translate("network", "Loss")
    number = layer_number(shape.columns[column].name)
    if column == shape.outputs:
        return translate("network", "Layer {number}, output").format(number=number)
    return translate("network", "Layer {number}").format(number=number)


def short_title(shape: NetworkShape, column: int) -> str:
    """Return the same where there is little room."""
    if column in (0, shape.loss):
        return column_title(shape, column)
    return str(layer_number(shape.columns[column].name))


def units_text(count: int) -> str:
    return translate("network", "{count:,} units").format(count=count)


def side_title(side: Side, names: PairNames) -> str:
    """Name what is shown of a pair whose lanes are called ``names``."""
    return names.difference if side == "delta" else names.of(side)


def unit_title(shape: NetworkShape, at: Place) -> str:
    """Return what a unit is called."""
    if at.column == 0:
        return translate("network", "Input {number}").format(number=at.unit)
    if at.column == shape.loss:
        return translate("network", "Loss")
    title = translate("network", "Layer {layer}, unit {unit}")
    return title.format(layer=layer_number(shape.columns[at.column].name), unit=at.unit)


def told(shape: NetworkShape, content: Content | None, at: Place, dtype: str, names: PairNames) -> list[str]:
    """Say all that is known of a unit or a weight, a line each, its name first; ``names`` are the lanes'."""
    if content is None:
        return [unit_title(shape, at)] if at.source is None else []
    side = content.picture.request.side
    dtype = "float64" if side == "delta" else dtype
    if at.column == shape.loss:
        return [unit_title(shape, at), *_loss_lines(content, dtype)]
    if at.source is not None:
        return _element_lines(shape, content, at, dtype, names)
    lines = [unit_title(shape, at)]
    numbers = content.unit(at)
    if numbers is not None:
        lines.append(_unit_line(numbers, at.column == 0, dtype))
    target = content.target(at.unit) if at.column == shape.outputs else None
    if target is not None:
        lines.append(_target_text(content, target, dtype))
    return lines + _element_lines(shape, content, at, dtype, names)


def _loss_lines(content: Content, dtype: str) -> list[str]:
    passed = content.passed
    if passed is None:
        return []
    text = translate("network", "of row {row} alone: L = {loss}")
    return [text.format(row=passed.row, loss=in_full(passed.loss, dtype))]


def _unit_line(numbers: UnitNumbers, is_input: bool, dtype: str) -> str:
    if is_input:
        return f"x = {in_full(numbers.a, dtype)}"
    parts = (("z", numbers.z), ("a", numbers.a), ("∂L/∂a", numbers.dL_da), ("∂L/∂z", numbers.dL_dz))
    return "   ".join(f"{name} = {in_full(value, dtype)}" for name, value in parts if value is not None)


def _target_text(content: Content, target: float, dtype: str) -> str:
    if content.has_classes:
        return translate("network", "the row's class") if target else translate("network", "not the row's class")
    return translate("network", "target {target}").format(target=in_full(target, dtype))


def _element_lines(shape: NetworkShape, content: Content, at: Place, dtype: str, names: PairNames) -> list[str]:
    """Say a weight's or a bias's number on both sides, and its gradient for the row alone."""
    element, sides = shape.element_at(at), content.sides(at)
    if element is None:
        return []
    name = place(*element)
    if content.picture.request.quantity == "grad":
        name = f"∂L/∂{name}"
    lines = [] if sides is None else [f"{name}   {_sides_text(sides, dtype, names)}"]
    if content.block(at) != (1, 1):
        lines.append(translate("network", "the largest of those that are drawn here as one"))
    grad = content.grad_of_row(at)
    if grad is not None and content.passed is not None:
        text = translate("network", "row {row} alone: ∂L/∂{name} = {value}")
        values = {"row": content.passed.row, "name": place(*element), "value": in_full(grad, dtype)}
        lines.append(text.format(**values))
    return lines


def _sides_text(sides: Sides, dtype: str, names: PairNames) -> str:
    lanes = zip(names, (sides.diy, sides.torch), strict=True)
    parts = [f"{name} {in_full(value, dtype)}" for name, value in lanes if value is not None]
    if sides.delta is not None:
        parts.append(f"Δ {in_full(sides.delta)}")
    return "   ".join(parts) if parts else translate("network", "not there yet")
