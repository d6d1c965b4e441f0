"""One optimizer entry: its name, its lanes, its hyperparameters, and folded away what few entries have."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.spec import BACKENDS, COLORS, Fault, optimizer_names
from gui.look.naming import call
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme
from gui.look.wording import choice_title
from gui.session import param_words

from .fields.fields import TextBox, copy_icon, discard, name_field, tool_button
from .fields.part import Path
from .fields.row_list import ListRow
from .groups_fold import GroupsFold
from .hyper_form import HyperForm, given_of
from .optimizer_choice import OptimizerChoice
from .schedule_fold import ScheduleFold

if TYPE_CHECKING:
    from .log_use import LogUse
    from .own.own_use import OwnUse

SWATCH = 14


class OptimizerEntry(ListRow):
    """Edit an entry. ``color``: its own index in the palette, if any; ``set_color`` says the one of its curves.

    ``made``: there are more fields now, for Tab to find.
    """

    made = Signal()
    file_news = Signal(object)  # a FileNews of its log

    def __init__(
        self,
        theme: Theme = LIGHT,
        is_open: bool = True,
        parent: QWidget | None = None,
        weights: Callable[[], Sequence[str]] = tuple,
    ):
        """Its fields are made by ``set_raw``, which tells of which optimizer, or when it is opened.

        ``weights`` tells the names of the weights that there are.
        """
        super().__init__("optimizer", depth=2, parent=parent)
        self.color: int | None = None
        self._index, self._shown_color, self._theme = 0, 0, theme
        self._order = list(BACKENDS)
        self._swatch = QFrame(self)
        self._swatch.setFixedSize(SWATCH, SWATCH)
        self._name = OptimizerChoice(self)
        self._fold = tool_button(self, Qt.ArrowType.DownArrow, "optimizer_fold", "")
        self._copy = tool_button(self, "", "optimizer_copy", self.tr("Duplicate"))
        self._movers = self.make_movers("optimizer")
        self._summary = QLabel(self)
        self._body = QWidget(self)
        self._label = TextBox(self._body)
        self._runs = QFrame(self._body)
        self._backends = {name: QCheckBox(choice_title(name), self._runs) for name in BACKENDS}
        self._hyper = HyperForm("", 0, self._body)
        self._faults: Sequence[Fault] = ()
        self._own: OwnUse | None = None  # made where there is own code
        self._log: LogUse | None = None  # made where there is a log
        self.placed: Callable[[FilePath], str] = str  # names a file as the experiment does
        self.located: Callable[[str], FilePath] = FilePath  # returns where it lies
        self._nameless: dict[str, Any] = {}  # what the file says of own code that torch has nothing of
        self._groups, self._more = GroupsFold(weights, self._body), ScheduleFold(self._body)
        self._lay_out()
        self._connect()
        self._show_open(is_open)
        self.set_theme(theme)

    def _connect(self) -> None:
        self._name.edited.connect(self._on_name)
        self._name.own_wanted.connect(lambda: self._own_use().offer())
        self._fold.clicked.connect(lambda: self.set_open(self._body.isHidden()))
        self._copy.clicked.connect(lambda: self.copy_asked.emit())
        self._label.textEdited.connect(lambda _: self._on_edited())
        for box in self._backends.values():
            box.clicked.connect(lambda: self._on_edited())
        for fold in (self._groups, self._more):
            fold.edited.connect(self._on_edited)
            fold.made.connect(self._on_made)
            fold.fields_gone.connect(self._forget_marks)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._swatch)
        head.addSpacing(4)
        head.addWidget(self._name, 1)
        for button in (self._fold, self._copy, *self._movers):
            head.addWidget(button)
        runs = QHBoxLayout(self._runs)
        runs.setContentsMargins(0, 0, 0, 0)
        for box in self._backends.values():
            runs.addWidget(box)
        runs.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Label"), self._label)
        form.addRow(self.tr("Runs as"), self._runs)
        mute(self._summary)
        self._summary.setWordWrap(True)
        self._inner = _column(self._body)
        self._inner.addLayout(form)
        self._inner.addWidget(self._hyper)
        self._inner.addWidget(self._groups)
        self._inner.addWidget(self._more)
        column = self._outer = _column(self)
        column.addLayout(head)
        for widget in (self._summary, self._body, self.message):
            column.addWidget(widget)

    def set_place(self, index: int, count: int) -> None:
        self._index = index
        number = index + 1
        prefix = f"optimizer{number}"
        title = self.tr("Optimizer {number}").format(number=number)
        self._swatch.setObjectName(f"{prefix}_swatch")
        self._summary.setObjectName(f"{prefix}_summary")
        self.message.setObjectName(f"{prefix}_message")
        self._runs.setObjectName(f"{prefix}_backends")
        call(self._runs, self.tr("Optimizer {number}, runs as").format(number=number))
        name_field(self._name, f"{prefix}_name", title, self.tr("Which rule turns gradients into steps"))
        tip = self.tr("A name for its curves, where the optimizer's own is not enough")
        name_field(self._label, f"{prefix}_label", self.tr("Optimizer {number}, label").format(number=number), tip)
        for name, box in self._backends.items():
            tip = self.tr("Train it in plain NumPy") if name == "diy" else self.tr("Train it with PyTorch")
            name_field(box, f"{prefix}_{name}", f"{title}, {choice_title(name)}", tip)
        for button, name in zip((self._copy, *self._movers), ("copy", "up", "down", "remove"), strict=True):
            button.setObjectName(f"{prefix}_{name}")
            button.setAccessibleName(f"{button.toolTip()}, {title}")
        self._movers[0].setEnabled(index > 0)
        self._movers[1].setEnabled(index + 1 < count)
        self._movers[2].setEnabled(count > 1)
        self._hyper.set_entry(index)
        if self._own is not None:
            self._own.set_name(prefix, title)
        self._groups.set_place(index)
        self._more.set_place(index)
        self._name_fold()

    def stops(self) -> list[QWidget]:
        return [
            *(self._name, self._fold, self._copy, *self._movers),
            *((self._own.line,) if self._own is not None else ()),
            *((self._log.line,) if self._log is not None else ()),
            self._label,
            *(*self._backends.values(), *self._hyper.fields.values(), *self._groups.stops()),
            *self._more.stops(),
        ]

    # --- the file's structure ------------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        code = self._own.code if self._own is not None else None
        name = self._name.value() or None
        return {
            "name": name,
            **({} if code is None else {"code": code}),
            **({} if self._log is None or self._log.raw is None else {"log": self._log.raw}),
            **(self._nameless if name is None else {}),
            "params": self._hyper.params() if name is not None else self._nameless.get("params", {}),
            **self._groups.raw(),
            "backends": [name for name in self._order if self._backends[name].isChecked()],
            "label": self._label.value() or None,
            **self._more.raw(),
            "color": self.color,
        }

    def show_params(self, params: dict[str, Any], keep: Collection[str]) -> None:
        """Show what is in force where the run stands; what is being typed in ``keep`` stays, letter by letter."""
        shown = {path: value for path, value in given_of(params).items() if path[0] not in keep}
        typed = {path: value for path, value in self._hyper.given().items() if path[0] in keep}
        self._hyper.set_given(shown | typed)
        self._tell()

    def duplicate(self) -> dict[str, Any]:
        return self.raw() | {"label": None, "color": None}  # these are of one entry alone

    def set_raw(self, raw: Any) -> None:
        code = raw.get("code") if isinstance(raw.get("code"), str) else None
        is_nameless = code is not None and raw.get("name") is None
        self._nameless = {key: raw[key] for key in ("reference", "params") if is_nameless and raw.get(key) is not None}
        self._name.set_value("" if is_nameless else raw.get("name") or optimizer_names()[0])
        if code is not None or self._own is not None:
            self._own_use().set_code(code)
        if raw.get("log") is not None or self._log is not None:
            self._log_use().set_raw(raw.get("log"))
        backends = raw.get("backends", BACKENDS)
        # The file's order is kept: it is the order of the lanes.
        chosen = [name for name in backends if name in BACKENDS] if isinstance(backends, list | tuple) else []
        self._order = list(dict.fromkeys([*chosen, *BACKENDS]))
        for name, box in self._backends.items():
            box.setChecked(name in chosen)
        label = raw.get("label")
        self._label.set_value(label if isinstance(label, str) else "")
        self.color = own_color(raw)
        self._make_hyper(given_of(raw.get("params")))
        self._groups.set_raw(raw.get("groups"))
        self._more.set_raw(raw)
        if not self._body.isHidden():
            self._build()
        self._tell()

    def become(self, raw: dict[str, Any]) -> None:
        self.color = own_color(raw)
        super().become(raw)

    def _own_use(self) -> "OwnUse":
        from .own.own_use import OwnUse  # which few need

        if self._own is None:
            self._own = OwnUse("optimizer", self._name, lambda: str(self._name.value() or ""), self)
            self._outer.insertWidget(1, self._own.line)
            self._own.set_name(
                f"optimizer{self._index + 1}", self.tr("Optimizer {number}").format(number=self._index + 1)
            )
            self._own.edited.connect(self._on_own_code)
            self._own.more.append((self.tr("&Log of a program of mine…"), lambda: self._log_use().choose()))
            self.made.emit()
        return self._own

    def _on_own_code(self) -> None:
        """Either stands in DIY's place, own code or a log."""
        if self._log is not None:
            self._log.set_raw(None)
        self._on_edited()

    def _log_use(self) -> "LogUse":
        from .log_use import LogUse  # which few need

        if self._log is None:
            self._log = LogUse(self, lambda file: self.placed(file), lambda file: self.located(file))
            self._log.news.connect(self.file_news)
            self._outer.insertWidget(1, self._log.line)
            self._log.edited.connect(self._on_log)
            self.made.emit()
        return self._log

    def _on_log(self) -> None:
        if self._own is not None:
            self._own.set_code(None)
        self._on_edited()

    def move_log(self, moved: Callable[[str], str]) -> None:
        """Name the log otherwise, as the experiment is going to lie elsewhere."""
        if self._log is not None:
            self._log.rename(moved)

    # --- folded away ---------------------------------------------------------------------------

    def set_open(self, is_open: bool) -> None:
        """Show all of the entry, or a line that says what it holds."""
        if is_open:
            self._build()
        self._show_open(is_open)

    def _show_open(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._summary.setVisible(not is_open)
        self._fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.LeftArrow)
        self._name_fold()

    def _build(self) -> None:
        """Make the fields that are to be seen now, with the marks that they would have had."""
        for fold in (self._groups, self._more):
            if fold.is_used:
                fold.set_open(True)
        if self._hyper.build():
            self._on_made()

    def _on_made(self) -> None:
        self.show_weights()
        self._more.show_entry(self.raw())
        self.made.emit()
        super().show_faults(self._faults)

    def _name_fold(self) -> None:
        title = self.tr("Optimizer {number}").format(number=self._index + 1)
        fold = self.tr("Show its fields") if self._body.isHidden() else self.tr("Fold its fields away")
        name_field(self._fold, f"optimizer{self._index + 1}_fold", f"{fold}, {title}", fold)

    def _tell(self) -> None:
        """Say in a line what is folded away, and draw what is shown."""
        self.show_weights()
        self._more.show_entry(self.raw())
        params = [f"{name} {_shown(value)}" for name, value in self._hyper.params().items()]
        parts = [self._label.text(), ", ".join(params), self._groups.summary, self._more.summary]
        self._summary.setText(" · ".join(filter(None, parts)) or self.tr("torch's defaults"))

    def show_weights(self) -> None:
        """Have the groups say which of the weights that there are now they have."""
        self._groups.show_entry(str(self._name.value()), self._hyper.params())

    # --- faults and looks ----------------------------------------------------------------------

    def widget_at(self, path: Path) -> QWidget | None:
        match path[2:]:
            case ("name", *_):
                return self._name
            case ("code" | "reference", *_):
                return self._own.line if self._own is not None else self._name
            case ("log", *_):
                return self._log.line if self._log is not None else self._name
            case ("label", *_):
                return self._label
            case ("backends", *_):
                return self._runs
            case ("params", *rest):
                return self._hyper.field_at(tuple(rest))
            case ("groups", *rest):
                return self._groups.widget_at(tuple(rest))
            case ("schedule" | "clip", *_) as within:
                return self._more.widget_at(tuple(within))
        return None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        self._faults = faults
        super().show_faults(faults)

    def uncover(self, path: Path) -> QWidget | None:
        self.set_open(True)
        if path[2:3] in (("schedule",), ("clip",)):
            self._more.set_open(True)
        if path[2:3] == ("groups",):
            self._groups.set_open(True)
        return self.widget_at(path)

    def reveal(self, fault: Fault) -> QWidget:
        widget = super().reveal(fault)
        if widget is self._runs:  # not by a focus proxy: Tab would come back to it from the list's end, forever
            self._backends[BACKENDS[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def set_color(self, place: int) -> None:
        if place != self._shown_color:
            self._shown_color = place
            self._paint()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self._copy.setIcon(copy_icon(theme.text))
        self._paint()

    def _paint(self) -> None:
        color = self._theme.entry_color(self._shown_color)
        self._swatch.setStyleSheet(f"QFrame:!window {{ background-color: {color}; border-radius: 3px; }}")
        self._more.set_theme(self._theme, self._shown_color)

    # --- edits ---------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _on_name(self) -> None:
        """Another optimizer keeps the values that it has too, and gives the others back on return."""
        self._make_hyper(self._hyper.given())
        self._on_edited()

    def _make_hyper(self, given: dict[Path, Any]) -> None:
        name = str(self._name.value())
        self._label.setPlaceholderText(name)
        if name == self._hyper.optimizer:
            self._hyper.set_given(given)
            return
        old, self._hyper = self._hyper, HyperForm(name, self._index, self._body)
        self._hyper.set_given(given)
        if not self._body.isHidden():
            self._hyper.build()
        self._hyper.edited.connect(self._on_edited)
        self._inner.replaceWidget(old, self._hyper)
        self._forget_marks(old)
        self._hyper.show()
        discard(old)

    def _forget_marks(self, gone: QWidget) -> None:
        self._marked = [widget for widget in self._marked if not gone.isAncestorOf(widget)]


def own_color(raw: dict[str, Any]) -> int | None:
    """Return an entry's place in the palette, where it has one of its own."""
    color = raw.get("color")
    return color if type(color) is int and 0 <= color < COLORS else None


def _column(owner: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    return column


def _shown(value: Any) -> str:
    return param_words.text(tuple(value) if isinstance(value, list) else value)
