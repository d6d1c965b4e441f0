"""Layers and loss."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec import Fault, Shape, activation_names, layer_module, loss_names, shape_after, target_of
from gui.look.text_size import scaled

from .fields.fields import IntegerBox, name_field
from .fields.part import Part, Path
from .fields.row_list import ListRow, RowList
from .function_choice import FunctionChoice
from .init_fold import InitFold
from .kind_menu import DENSE, KindMenu

if TYPE_CHECKING:
    from .layer_kind import LayerKind
    from .own.own_use import OwnUse
    from .residual_part import ResidualPart

MOST_UNITS = 1_000_000
FLATTEN, RESIDUAL = "Flatten", "Residual"
NEW_LAYER = {"units": 4, "activation": "sigmoid", "bias": True}
HIDDEN_LAYER = {"units": 4, "activation": "tanh", "bias": True}


class LayerRow(ListRow):
    """Edit units, activation and bias of one layer, in one line; of a residual the layers inside it, below that."""

    rows_changed = Signal()  # of layers inside

    def __init__(self, parent: QWidget | None = None):
        super().__init__("layer", depth=3, parent=parent)
        self._units = IntegerBox(1, MOST_UNITS, parent=self)
        self._activation = FunctionChoice(activation_names, "activation", self)
        self._bias = QCheckBox(self.tr("Bias"), self)
        self._movers = self.make_movers("layer")
        self._init = InitFold(self)
        self._fields = {"units": self._units, "bias": self._bias}
        self._kind: LayerKind | None = None  # of a dense layer nobody needs to see it
        self._residual: ResidualPart | None = None
        self._own: OwnUse | None = None  # made where there is own code
        self._within, self._place, self._number = "", (0, 1), "1"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        line = self._line = QHBoxLayout()
        line.setSpacing(1)
        self._column.addLayout(line)
        line.addWidget(self._units)
        line.addWidget(self._activation.box, 1)
        line.addWidget(self._activation.more)
        line.addWidget(self._bias)
        self._column.addWidget(self._init)
        movers = QHBoxLayout()
        movers.setSpacing(0)
        movers.addWidget(self._init.button)
        for button in self._movers:
            button.setMaximumWidth(scaled(16))
            movers.addWidget(button)
        line.addLayout(movers)
        self._column.addWidget(self._activation.fold)
        self._units.edited.connect(self.edited)
        self._activation.edited.connect(self.edited)
        self._bias.clicked.connect(lambda: self.edited.emit())
        self._init.edited.connect(self.edited)

    def _add_kind(self) -> "LayerKind":
        from .layer_kind import LayerKind  # which nobody needs while all layers are dense

        if self._kind is None:
            self._kind = LayerKind(self)
            self._kind.set_number(self._number)
            self._line.insertWidget(0, self._kind.box, 1)
            self._column.addWidget(self._kind)
            self._kind.edited.connect(self._on_kind)
            self._kind.box.own_wanted.connect(self.write_own)
        return self._kind

    def _add_residual(self) -> "ResidualPart":
        from .residual_part import ResidualPart

        if self._residual is None:
            self._residual = ResidualPart(LayerRow, _filled, self)
            self._residual.set_number(self._number)
            self._line.insertWidget(0, self._residual.title, 1)
            self._column.addWidget(self._residual)
            self._residual.edited.connect(self.edited)
            self._residual.changed.connect(self.rows_changed)
        return self._residual

    def is_residual(self) -> bool:
        return self._residual is not None and not self._residual.isHidden()

    def set_inputs(self, inputs: int) -> None:
        """Take how many numbers go into the layer."""
        if self._residual is not None:
            self._residual.set_inputs(inputs)

    def set_within(self, number: str) -> None:
        """Name the fields after a layer inside the residual of that number."""
        self._within = number
        self._activation.box.setMinimumContentsLength(2)  # it stands in from the left
        self.set_place(*self._place)

    def write_own(self) -> None:
        """Offer what own code of the layer may begin with."""
        self._own_use().offer()

    def _own_use(self) -> "OwnUse":
        from .own.own_use import OwnUse  # which few need

        if self._own is None:
            box = self._activation.box if self._kind is None else self._kind.box
            self._own = OwnUse("layer", box, self._against, self)
            self._column.insertWidget(1, self._own.line)
            self._own.set_name(f"layer{self._number}", self.tr("Layer {number}").format(number=self._number))
            self._own.edited.connect(self.edited)
        return self._own

    def _against(self) -> str:
        """Return what own code of the layer stands beside, as ``verify`` calls it."""
        return "linear" if self._kind is None or self._is_dense() else self._kind.value()

    def _on_kind(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        """Hide what a layer of its kind does not have."""
        is_residual = self.is_residual()
        for part in (self._units, self._bias):
            part.setVisible(self._is_dense() and not is_residual)
        for part in (self._activation.box, self._init.button):
            part.setVisible(not is_residual)
        for part in (self._kind.box, self._kind) if self._kind is not None else ():
            part.setVisible(not is_residual)

    def _is_dense(self) -> bool:
        return self._kind is None or self._kind.value() == DENSE

    def set_place(self, index: int, count: int) -> None:
        self._place = index, count
        number = self._number = f"{self._within}.{index + 1}" if self._within else str(index + 1)
        self._init.set_number(number)
        if self._kind is not None:
            self._kind.set_number(number)
        if self._residual is not None:
            self._residual.set_number(number)
        if self._own is not None:
            self._own.set_name(f"layer{number}", self.tr("Layer {number}").format(number=number))
        name_field(
            self._units,
            f"layer{number}_units",
            self.tr("Layer {number}, units").format(number=number),
            self.tr("How many outputs layer {number} has: a whole number from 1").format(number=number),
        )
        self._activation.set_names(
            f"layer{number}_activation",
            self.tr("Layer {number}, activation").format(number=number),
            self.tr("The function that each output of the layer goes through"),
        )
        name_field(
            self._bias,
            f"layer{number}_bias",
            self.tr("Layer {number}, bias").format(number=number),
            self.tr("Adds a learned number to each output"),
        )
        for button, name in zip(self._movers, ("up", "down", "remove"), strict=True):
            button.setObjectName(f"layer{number}_{name}")
            owner = self.tr("layer {number}").format(number=number)
            button.setAccessibleName(f"{button.toolTip()}, {owner}")
        self._movers[0].setEnabled(index > 0)
        self._movers[1].setEnabled(index + 1 < count)
        self._movers[2].setEnabled(count > 1)

    def stops(self) -> list[QWidget]:
        if self._residual is not None and self.is_residual():
            return [*self._movers, *self._residual.stops()]
        code = [] if self._own is None else [self._own.line]
        own = [*code, self._units, *self._activation.stops(), self._bias, *self._movers, *self._init.stops()]
        if self._kind is None:
            return own
        box, *fields = self._kind.stops()
        return [box, *own, *fields]

    def first(self) -> QWidget:
        if self._residual is not None and self.is_residual():
            return self._residual.rows.rows[0].first()
        return self._units if self._is_dense() else super().first()

    def raw(self) -> dict[str, Any]:
        if self._residual is not None and self.is_residual():
            return self._residual.raw()
        activation, init = self._activation.raw(), self._init.raw()
        drawn = {} if init is None else {"init": init}
        code = {} if self._own is None or self._own.code is None else {"code": self._own.code}
        if self._kind is not None and not self._is_dense():
            return {**self._kind.raw(), **code, "activation": activation, **drawn}
        return {"units": self._units.value(), **code, "activation": activation, "bias": self._bias.isChecked(), **drawn}

    def set_raw(self, raw: Any) -> None:
        self._units.set_value(raw.get("units", NEW_LAYER["units"]))
        self._activation.set_raw(raw.get("activation", "identity"))
        self._bias.setChecked(raw.get("bias", True) is True)
        self._init.set_raw(raw.get("init"))
        is_residual = raw.get("kind") == RESIDUAL
        if is_residual:
            self._add_residual().set_raw(raw)
        if self._residual is not None:
            self._residual.setVisible(is_residual)
            self._residual.title.setVisible(is_residual)
        code = raw.get("code") if isinstance(raw.get("code"), str) else None
        if code is not None or self._own is not None:
            self._own_use().set_code(code)
        if not is_residual and (self._kind is not None or not is_dense(raw)):
            self._add_kind().set_raw(raw)
        if self._kind is not None or self._residual is not None:
            self._show_parts()

    def become(self, raw: dict[str, Any]) -> None:
        if self._residual is not None and self.is_residual() and raw.get("kind") == RESIDUAL:
            self._residual.rows.follow(raw["layers"])
        else:
            super().become(raw)

    def _row_inside(self, path: Path) -> ListRow | None:
        """Return the row of a layer inside that a path leads to; None where it leads to none."""
        return self._residual.row_of(path[3:]) if self._residual is not None and self.is_residual() else None

    def widget_at(self, path: Path) -> QWidget | None:
        if (inside := self._row_inside(path)) is not None:
            return inside.widget_at((*path[:2], *path[4:]))
        if self.is_residual():
            return self._movers[0]
        if path[3:4] == ("activation",):
            return self._activation.widget_at(path[4:])
        if path[3:4] == ("init",):
            return self._init.widget_at(path[4:])
        if path[3:4] == ("code",) and self._own is not None:
            return self._own.line
        own = self._fields.get(str(path[3])) if len(path) > 3 else None
        return own if own is not None or self._kind is None else self._kind.widget_at(path[3:])

    def uncover(self, path: Path) -> QWidget | None:
        if (inside := self._row_inside(path)) is not None:
            return inside.uncover((*path[:2], *path[4:])) or inside
        if path[3:4] == ("activation",):
            self._activation.reveal(path[4:])
        return self.widget_at(path)  # first weights open themselves

    def reveal(self, fault: Fault) -> QWidget:
        if (inside := self._row_inside(fault.path)) is not None:
            return inside.reveal(fault._replace(path=(*fault.path[:2], *fault.path[4:])))
        return super().reveal(fault)


def is_dense(layer: dict[str, Any]) -> bool:
    """Tell whether a layer of the file is of the kind that need not be named."""
    return layer.get("kind", DENSE) == DENSE


def _filled(layer: dict[str, Any]) -> dict[str, Any]:
    drawn = {"init": layer["init"]} if isinstance(layer.get("init"), dict) else {}
    if layer.get("kind") == RESIDUAL:
        inside = layer.get("layers")
        listed = inside if isinstance(inside, list | tuple) else ()
        return {"kind": RESIDUAL, "layers": [_filled(one) for one in listed if isinstance(one, dict)]}
    code = {"code": layer["code"]} if isinstance(layer.get("code"), str) else {}
    if not is_dense(layer):
        params = layer.get("params")
        given = {"kind": layer["kind"], "params": params if isinstance(params, dict) else {}, **code}
        return {**given, "activation": layer.get("activation", "identity"), **drawn}
    return {
        "units": layer.get("units", NEW_LAYER["units"]),
        "activation": layer.get("activation", "identity"),
        "bias": layer.get("bias", True) is True,
        **code,
        **drawn,
    }


def _like(layer: dict[str, Any]) -> dict[str, Any]:
    """Return a dense layer with what another has of one, as far as it is no mistake."""
    made = dict(HIDDEN_LAYER)
    if isinstance(layer.get("units"), int):
        made["units"] = layer["units"]
    if layer.get("activation") in activation_names():
        made["activation"] = layer["activation"]
    return made | {"bias": layer.get("bias", True)}


class NetworkForm(Part):
    loss_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__("network", parent=parent)
        self._inputs: Shape = (1,)
        self._chosen = ""
        self._faults: Sequence[Fault] = ()
        self._layers = RowList(self._make_row, 3, _filled, self)
        self._add = QPushButton(self.tr("Add layer"), self)
        self._add_kind = KindMenu(self)
        self._add_kind.set_name("network_add_kind", self.tr("Add another kind of layer"))
        self._add_kind.chosen.connect(self._add_of)
        self._add_kind.offers_own = True
        self._add_kind.own_wanted.connect(self._write_own)
        self._shape = QLabel(self)
        self._loss = FunctionChoice(loss_names, "loss", self)
        name_field(
            self._add, "network_add_layer", self.tr("Add layer"), self.tr("Add a hidden layer, before the last one")
        )
        name_field(self._shape, "network_shape", self.tr("Shape of the network"), self.tr("Inputs → units per layer"))
        self._loss.set_names("network_loss", self.tr("Loss"), self.tr("What training makes small"))
        self._shape.setWordWrap(True)
        self._lay_out()
        self._layers.edited.connect(self._on_edited)
        self._layers.changed.connect(self._on_changed)
        self._add.clicked.connect(self._add_hidden)
        self._loss.edited.connect(self._on_loss)
        self._layers.set_raw([])
        self._loss.made.connect(self._chain)
        self._chain()

    def _make_row(self) -> LayerRow:
        row = LayerRow()
        row.rows_changed.connect(self._on_changed)
        return row

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._layers)
        foot = QHBoxLayout()
        foot.setSpacing(3)
        foot.addWidget(self._add)
        foot.addWidget(self._add_kind)
        foot.addWidget(self._shape, 1)
        column.addLayout(foot)
        form = QFormLayout()
        line = QHBoxLayout()
        line.setSpacing(3)
        line.addWidget(self._loss.box, 1)
        line.addWidget(self._loss.more)
        form.addRow(self.tr("Loss"), line)
        column.addLayout(form)
        column.addWidget(self._loss.fold)
        column.addWidget(self.message)

    def _chain(self) -> None:
        """Have Tab lead on from the layers to what is below them."""
        self._layers.set_after(self._add, self._add_kind, *self._loss.stops())

    def _write_own(self) -> None:
        """Offer own code for the layer that has the keyboard or had it, else for the last."""
        rows = [row for row in self._layers.rows if isinstance(row, LayerRow)]
        focus = self.window().focusWidget()
        at = next((row for row in rows if focus is not None and row.isAncestorOf(focus)), rows[-1])
        at.write_own()

    def _add_of(self, kind: str) -> None:
        """Add a layer of another kind before the last, which makes the network's outputs; of whole numbers as first."""
        self._layers.make_rows()
        from .residual_part import new_layer

        last = max(len(self._layers.raw()) - 1, 0)
        place = 0 if hasattr(layer_module(kind), "OF_INDICES") else last
        shape = self._shapes()[place]
        self._layers.add(_filled(new_layer(kind, shape[-1] if shape else 1)), place)

    def _add_hidden(self) -> None:
        """Add a layer before the last, whose units are the network's outputs, like the hidden one that is there."""
        self._layers.make_rows()
        *below, _ = self._layers.raw()
        like = next((layer for layer in reversed(below) if layer.get("kind", DENSE) == DENSE), None)
        self._layers.add(dict(HIDDEN_LAYER) if like is None else _like(like), len(below))

    def set_inputs(self, inputs: Shape) -> None:
        """Take the shape of a row of x."""
        self._inputs = inputs
        self._show_shape()

    def shapes_rows(self) -> bool:
        """Tell whether a layer takes rows of several axes apart, so that they may have some."""
        return any(layer.get("kind") == FLATTEN for layer in self._layers.raw())

    def loss(self) -> str:
        return self._loss.name()

    def wants_classes(self) -> bool:
        """Tell whether the loss wants a class number a row; not of one that is none."""
        return self.loss() in loss_names() and target_of(self.loss()) == "classes"

    def fit_end(self, loss: str, units: int) -> None:
        """Take a loss, and have the last layer make so many numbers as they are: what its targets take."""
        *below, last = self._layers.raw()
        size = {"units": units} if is_dense(last) else {}
        ends = {} if last.get("kind") == RESIDUAL else {**size, "activation": "identity"}
        self._layers.set_raw([*below, {**last, **ends}])
        self._loss.set_value(loss)
        self._chosen = self.loss()
        self._show_shape()

    def raw(self) -> dict[str, Any]:
        return {"network": {"layers": self._layers.raw(), "loss": self._loss.raw()}}

    def set_raw(self, raw: dict[str, Any]) -> None:
        network = raw.get("network")
        given = network if isinstance(network, dict) else {}
        self._layers.set_raw(given.get("layers"))
        self._loss.set_raw(given.get("loss", loss_names()[0]))
        self._chosen = self.loss()
        self._show_shape()

    def set_state(self, state: dict[str, Any]) -> None:
        network = state["network"]
        self._layers.follow(network["layers"])
        if self._loss.raw() != network["loss"]:
            self._loss.set_raw(network["loss"])
        self._chosen = self.loss()
        self._show_shape()

    def widget_at(self, path: Path) -> QWidget | None:
        match path:
            case ("network", "loss", *rest):
                return self._loss.widget_at(tuple(rest))
            case ("network", "layers", int(index), *_) if index < len(self._layers.rows):
                return self._layers.rows[index].widget_at(path)
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        self._faults = faults
        super().show_faults(faults)

    def uncover(self, path: Path) -> QWidget | None:
        match path:
            case ("network", "layers", int(index), *rest):
                self._layers.make_rows(index + 1)
                row = self._layers.rows[index] if index < len(self._layers.rows) else None
                return (row.uncover(path) or row) if row is not None and rest else row
            case ("network", "loss", *rest):
                self._loss.reveal(tuple(rest))
        return self.widget_at(path)

    def reveal(self, fault: Fault) -> QWidget:
        self.uncover(fault.path)
        match fault.path:
            case ("network", "layers", int(index), *_) if index < len(self._layers.rows):
                return self._layers.rows[index].reveal(fault)
        return super().reveal(fault)

    def _on_changed(self) -> None:
        """Rows that were made only now are marked as they would have been."""
        self._show_shape()
        if self._faults:
            super().show_faults(self._faults)

    def _on_loss(self) -> None:
        if self.loss() != self._chosen:  # else it is a parameter of it that was edited
            self._chosen = self.loss()
            self.loss_chosen.emit(self.loss())
        self.edited.emit()

    def _on_edited(self) -> None:
        self._show_shape()
        self.edited.emit()

    def _show_shape(self) -> None:
        shapes = self._shapes()
        self._shape.setText(" → ".join("?" if shape is None else "×".join(map(str, shape)) for shape in shapes))
        for row, shape in zip(self._layers.rows, shapes, strict=False):
            row.set_inputs(shape[-1] if shape else 1)  # type: ignore[attr-defined]

    def _shapes(self) -> list[Shape | None]:
        """Return the shape of a row of what goes into the first layer, and comes out of each; None: not known."""
        shapes: list[Shape | None] = [self._inputs]
        for layer in self._layers.raw():
            shapes.append(_shape_behind(layer, shapes[-1]))
        return shapes


def _shape_behind(layer: dict[str, Any], inputs: Shape | None) -> Shape | None:
    """Return the shape of what a layer makes of a row; a residual, whatever is inside, makes what it takes."""
    if layer.get("kind") == RESIDUAL:
        return inputs
    if is_dense(layer) and len(inputs or (1,)) == 1:  # one that is faulty does not hide what comes behind it
        return (layer["units"],) if isinstance(layer["units"], int) else None
    return shape_after(layer, inputs)
