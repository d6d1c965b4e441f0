"""The whole experiment as a form: what the main window puts on the left.

It holds what is typed, right or wrong. The main window has it checked and hands the faults back.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.spec import POINT, Edited, Fault, Linked, Matrix
from gui.look.theme import LIGHT, Theme
from gui.session.session import Session
from gui.views.dock import Dock

from .breakpoints.entry import labels_in, lanes_in, renames
from .breakpoints.page import BreakpointsPage
from .data_form import DataForm
from .fields.part import Part, Path, Section
from .files_named import placed
from .network_form import NetworkForm
from .optimizers_form import OptimizersForm
from .start_form import StartForm
from .title_form import TitleForm

if TYPE_CHECKING:
    from .data_maker import Wanted
    from .importing.wizard import Taken
    from .linked_data import LinkedData
    from .own.door import CodeDoor
    from .problem_form import ProblemForm

MOST_WIDTH = 280  # pixels that are insisted on
IMPORTER = (
    *("engine.spec.tables", "gui.files.table_reading", "gui.forms.linked_data"),
    *("gui.forms.importing.options", "gui.forms.importing.roles", "gui.forms.importing.wizard"),
)
OF_DATA = ("table", "classes", "test", "shape")  # in a state


class ExperimentForm(Dock):
    """Edit the experiment. ``edited``: the person changed something, if only by a keystroke; ``act`` then says what
    was done, where what the form holds does not tell. ``file_news`` carries a FileNews of weights, a log or own code.
    ``shown_otherwise``: it shows something that nobody has typed.

    ``code_met``: there is own code for the first time, and a door to it. ``breakpoints`` is a part of the experiment
    too, but the debugger shows it: it is put in place there. Of data and network on the one hand and a test function on
    the other only what is trained is shown; the other stays as typed.
    """

    undone_by_window = True
    name, area, extent = "experiment", Qt.DockWidgetArea.LeftDockWidgetArea, 340
    edited = Signal()
    code_met = Signal(object)
    shown_otherwise = Signal()
    data_changed = Signal(str, bool)
    file_news = Signal(object)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("experiment_form")
        self._title, self._data, self._network = TitleForm(), DataForm(), NetworkForm()
        self._start, self._optimizers = StartForm(), OptimizersForm()
        self._shelf = QWidget(self)  # where the breakpoints wait, unseen, until they are put in place
        self._shelf.hide()
        self.breakpoints = BreakpointsPage(self._shelf)
        self._labels: tuple[str, ...] = ()
        self._lanes: tuple[str, ...] = ()
        self.folder: FilePath | None = None  # that files of numbers are named from
        self._start.placed = self._optimizers.placed = lambda file: placed(file, self.folder)
        self._start.located = self._optimizers.located = lambda file: (self.folder or FilePath()) / file
        for part in (self._start, self._optimizers):
            part.file_news.connect(self.file_news)
        self._door: CodeDoor | None = None  # made where there is own code
        self._sections = {
            "data": Section("data", self.tr("Data"), self._data),
            "network": Section("network", self.tr("Network"), self._network),
            "start": Section("start", self.tr("Start and batches"), self._start),
            "optimizers": Section("optimizers", self.tr("Optimizers"), self._optimizers),
        }
        self._sections |= dict.fromkeys(("dtype", "device", "batch"), self._sections["start"])
        self._problem: ProblemForm | None = None  # made when one is trained first
        self._theme = LIGHT
        self._act = ""
        self._parts = (self._title, self._data, self._network, self._start, self._optimizers, self.breakpoints)
        self._lay_out()
        self._optimizers.edited.connect(self._follow_labels)  # before anybody else asks for what the form holds
        self._network.edited.connect(lambda: self._tell_breakpoints())
        self._network.edited.connect(self._optimizers.tell_weights)
        self._optimizers.weights = self._weights
        self._title.kind_chosen.connect(self._on_kind)
        for part in self._parts:
            part.edited.connect(self.edited)
        self._network.edited.connect(lambda: self._data.offer_shape(self._network.shapes_rows()))
        self._data.reshaped.connect(lambda: self._network.set_inputs(self._data.row_shape()))
        self._data.maker_wanted.connect(self._open_maker)
        self._data.import_wanted.connect(self.import_data)
        self._data.find_wanted.connect(self._find_data)
        self._data.file_changed.connect(self.data_changed)
        self._network.loss_chosen.connect(lambda: self._data.set_classes(self._network.wants_classes()))
        self.set_theme(LIGHT)
        self.set_raw({})

    def _lay_out(self) -> None:
        content = self._content = QWidget()
        self._column = column = QVBoxLayout(content)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(10)
        column.addWidget(self._title)
        for section in dict.fromkeys(self._sections.values()):
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("experiment_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self._scroll)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of its fields, or nearly: a window that becomes smaller takes that from others first."""
        content, bar = self._content.minimumSizeHint(), self._scroll.verticalScrollBar().sizeHint()
        return QSize(min(content.width() + bar.width(), MOST_WIDTH), super().minimumSizeHint().height())

    @property
    def title(self) -> str:
        return QCoreApplication.translate("MainWindow", "Experiment")

    def raw(self) -> dict[str, Any]:
        """Return the experiment file's structure, with text that is no number left as text."""
        together: dict[str, Any] = {}
        for part in self._parts_shown():
            together |= part.raw()
        unused = ("data", "network") if self._title.has_problem else ("problem",)
        code = self._door.raw() if self._door is not None else {}
        return together | dict.fromkeys(unused) | ({"code": code} if code else {})

    @property
    def code_door(self) -> "CodeDoor":
        """Return what has the experiment's own code."""
        if self._door is None:
            from .own.door import CodeDoor

            self._door = CodeDoor(self)
            self._door.edited.connect(self.edited)
            self._door.texts_shown.connect(self.shown_otherwise)
            self._door.file_news.connect(self.file_news)
            self.code_met.emit(self._door)
        return self._door

    @property
    def code_texts(self) -> dict[str, str]:
        """Return the texts of the files of own code that are followed."""
        return {} if self._door is None else self._door.followed

    @property
    def may_run(self) -> bool:
        """Return whether the person wrote, chose or agreed to all own code."""
        return self._door is None or self._door.is_agreed

    def move_files(self, folder: FilePath | None) -> None:
        """Have files of numbers be named from where the experiment is going to lie; without a folder by whole paths."""
        before, self.folder = self.folder, folder
        for part in (self._start, self._optimizers):
            part.move_files(lambda file: placed((before or FilePath()) / file, folder))

    def start_from(self, file: FilePath) -> None:
        """Have training start from the weights in a file. ``edited`` is emitted."""
        self._start.take_file(file)

    def set_code(self, raw: dict[str, Any], texts: Mapping[str, str], folder: FilePath | None, *, agreed: bool) -> None:
        """Take the own code of an experiment that is about to be shown; ``texts`` are those of what it follows."""
        if raw.get("code") or self._door is not None:
            self.code_door.folder = folder
            self.code_door.set_raw(raw.get("code"), texts, agreed=agreed)

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Show an experiment, or what ``raw`` once returned. ``edited`` is not emitted; old marks go."""
        self.show_faults([])
        self._title.set_raw(raw)
        self._show_kind()
        for part in self._parts_shown():
            part.set_raw(raw)
        self._data.set_classes(self._network.wants_classes() and not _has_rows(raw.get("data")))
        self._network.set_inputs(self._data.row_shape())
        self._data.offer_shape(self._network.shapes_rows())
        entries = self._optimizers.raw()["optimizers"]
        self._labels, self._lanes = labels_in(entries), lanes_in(entries).ids
        self._tell_breakpoints(entries)

    # --- taken back and made again ------------------------------------------------------------

    @property
    def act(self) -> str:
        """Return what a person is doing just now that ``edited`` is emitted: ``make`` data, ``paste`` or ``cut``."""
        return self._act or self._data.model.act

    def state(self) -> dict[str, Any]:
        """Return all that is typed, also what is not trained or not in the file now; shares what is the same."""
        together: dict[str, Any] = {}
        for part in self._all_parts():
            together |= part.state()
        return together | {"code": {} if self._door is None else self._door.state()}

    def set_state(self, state: dict[str, Any]) -> None:
        """Show what ``state`` once returned; whatever is the same is left as it is. ``edited`` is not emitted."""
        if state["code"] or self._door is not None:
            self.code_door.set_state(state["code"])
        self._title.set_state(state)
        self._show_kind()
        for part in self._all_parts():
            if part is not self._problem or "problem" in state:
                part.set_state(state)
        self._network.set_inputs(self._data.row_shape())
        self._data.offer_shape(self._network.shapes_rows())
        self._optimizers.tell_weights()
        entries = self._optimizers.raw()["optimizers"]
        self._labels, self._lanes = labels_in(entries), lanes_in(entries).ids
        self._tell_breakpoints(entries)

    def _all_parts(self) -> tuple[Part, ...]:
        return self._parts if self._problem is None else (*self._parts, self._problem)

    def uncover(self, path: Path) -> QWidget | None:
        """Unfold what the field of a path in ``state`` is in, and return that field; nothing gets the focus."""
        path = ("data", *path) if path[0] in OF_DATA else path
        place = self._place(Fault(path, ""))
        if isinstance(place, Section):
            place.set_open(True)
        return (place.part if isinstance(place, Section) else place).uncover(path)

    def field_at(self, path: Path) -> QWidget | None:
        """Return the field of a path in ``state``, folded away or not."""
        path = ("data", *path) if path[0] in OF_DATA else path
        place = self._place(Fault(path, ""))
        return (place.part if isinstance(place, Section) else place).widget_at(path)

    # --- what comes from elsewhere ------------------------------------------------------------

    def show_params(self, entry: int, params: dict[str, Any], keep: Collection[str] = ()) -> None:
        """Show the hyperparameters of an optimizer entry where the run stands, but for those to ``keep`` as typed.

        ``edited`` is not emitted.
        """
        self._optimizers.show_params(entry, params, keep)
        self.shown_otherwise.emit()

    def add_optimizer(self, raw: dict[str, Any]) -> None:
        """Add an optimizer entry, put together elsewhere, say by a sweep. ``edited`` is emitted."""
        self._optimizers.add(raw)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the fields that are wrong, and take the marks of earlier faults away."""
        places = (self._title, *dict.fromkeys(self._sections.values()), self.breakpoints)
        groups: dict[Section | Part, list[Fault]] = {place: [] for place in places}
        for fault in faults:
            groups[self._place(fault)].append(fault)
        for place, group in groups.items():
            place.show_faults(group)

    def reveal(self, fault: Fault) -> None:
        """Bring the fault's field into view, with the focus on it."""
        place = self._place(fault)
        if isinstance(place, Section):
            place.set_open(True)
        widget = (place.part if isinstance(place, Section) else place).reveal(fault)
        if place is not self.breakpoints:
            self._scroll.ensureWidgetVisible(widget)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._title.set_theme(theme)
        self.breakpoints.set_theme(theme)
        for section in dict.fromkeys(self._sections.values()):
            section.set_theme(theme)

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Set where torch lanes may live on this machine."""
        self._start.set_devices(devices)

    def _place(self, fault: Fault) -> Section | Part:
        name = str(fault.path[0]) if fault.path else ""
        return self.breakpoints if name == "breakpoints" else self._sections.get(name, self._title)

    def _tell_breakpoints(self, entries: Sequence[dict[str, Any]] | None = None) -> None:
        """Tell the breakpoints what there is to stop at; ``entries``: the optimizers, where they are at hand."""
        layers = 0 if self._title.has_problem else len(self._network.raw()["network"]["layers"])
        there = self._optimizers.raw()["optimizers"] if entries is None else entries
        self.breakpoints.set_experiment(layers, lanes_in(there))

    def _weights(self) -> tuple[str, ...]:
        """Return the names of the weights that are trained, as far as what is typed says which."""
        from .groups_form import weights_in  # which none but an entry with groups asks for

        return (POINT,) if self._title.has_problem else weights_in(self._network.raw()["network"])

    # --- data that are made ------------------------------------------------------------------

    def _open_maker(self) -> None:
        from .data_maker import DataMaker  # which few need

        maker = DataMaker(self._network.loss(), self._theme, self)
        maker.made.connect(self._take_made)
        maker.open()

    def _take_made(self, wanted: "Wanted") -> None:
        """Fill the grid, and let the network's end fit; told as one edit where both are others."""
        if not self._data.may_replace():
            return
        if wanted.units is not None:
            self._network.fit_end(wanted.loss, wanted.units)
        self._data.set_classes(self._network.wants_classes())
        self._act = "make"
        self._data.replace(wanted.x, wanted.y)
        self._tell_breakpoints()
        self.edited.emit()
        self._act = ""

    # --- data that a file holds --------------------------------------------------------------

    def set_data_folder(self, folder: FilePath | None) -> None:
        """Say what the path of a file of data is relative to, before an experiment is shown."""
        self._data.set_folder(folder)

    def move_data_to(self, folder: FilePath | None) -> None:
        """Have that path be relative to where the experiment is going to lie."""
        self._data.move_to(folder)

    def take_data_as_they_are(self, news: bool) -> None:
        """Have the experiment be of what its file of data holds now; ``news``: that is still to be read."""
        if (link := self._data.link) is not None:
            link.read_again() if news else link.take_as_it_is()

    def stop_reading(self) -> None:
        """Give up what is being read: the window is about to go."""
        if self._data.link is not None:
            self._data.link.stop()

    def import_data(self, file: FilePath | None = None) -> None:
        """Ask how data are to be taken from a file; None: from which, too."""
        if file is None:
            from .importing.wizard import ask_for_file  # which few need

            file = ask_for_file(self)
        if file is not None:
            chosen = file
            QTimer.singleShot(0, self, lambda: self._open_importer(chosen, IMPORTER))

    def _open_importer(self, file: FilePath, missing: Sequence[str]) -> None:
        """Open it once its modules are there; each gets a turn of its own, as each takes its time."""
        if missing:
            import_module(missing[0])
            QTimer.singleShot(0, self, lambda: self._open_importer(file, missing[1:]))
            return
        from .importing.wizard import Importer

        link = self.data_link
        known = link.raw_for_import() if link is not None and link.path == file else None
        importer = Importer(file, self._data.folder, self._network.loss(), known, self)
        importer.set_theme(self._theme)
        importer.taken.connect(self._take_imported)
        QTimer.singleShot(0, importer, importer.open)

    def _find_data(self) -> None:
        from .importing.wizard import ask_for_file

        file, link = ask_for_file(self), self._data.link
        if file is not None and link is not None:
            link.found_at(file)

    @property
    def data_link(self) -> "LinkedData | None":
        """Return the link to a file of data; None where there is none."""
        link = self._data.link
        return link if link is not None and link.is_linked else None

    def _take_imported(self, taken: "Taken") -> None:
        """Show imported data, and let the network's end and the batches fit; told as one edit."""
        self._title.show_network()
        self._show_kind()
        if taken.units is not None:
            self._network.fit_end(taken.loss, taken.units)
        if taken.batch is not None:
            self._start.set_batch(taken.batch)
        if taken.units is not None:
            self._start.take_seed()
        self._data.set_classes(taken.data.has_classes)
        if taken.is_copy:
            self._data.take_copy(taken.data)
        else:
            self._data.take(Linked(taken.raw, taken.data))
        self._network.set_inputs(self._data.row_shape())
        self._tell_breakpoints()
        self.edited.emit()

    # --- a network or a test function --------------------------------------------------------

    def _parts_shown(self) -> tuple[Part, ...]:
        if self._title.has_problem:
            return (self._title, self._problem_form(), self._start, self._optimizers, self.breakpoints)
        return self._parts

    def _on_kind(self) -> None:
        self._show_kind()
        self._tell_breakpoints()
        self.edited.emit()

    def _show_kind(self) -> None:
        has_problem = self._title.has_problem
        if has_problem:
            self._problem_form()
        for name in ("data", "network"):
            self._sections[name].setVisible(not has_problem)
        if "problem" in self._sections:
            self._sections["problem"].setVisible(has_problem)
        self._start.set_has_data(not has_problem)
        title = self.tr("Precision and device") if has_problem else self.tr("Start and batches")
        self._sections["start"].set_title(title)

    def _problem_form(self) -> "ProblemForm":
        """Made when it is needed: the window's start waits for nothing that it does not show."""
        if self._problem is None:
            from .problem_form import ProblemForm

            form = self._problem = ProblemForm()
            section = self._sections["problem"] = Section("problem", self.tr("Test function"), form)
            section.set_theme(self._theme)
            form.edited.connect(self.edited)
            self._column.insertWidget(1, section)
            section.follow(self._title.kind_box)
        return self._problem

    def _follow_labels(self) -> None:
        """Where an entry is called otherwise now, breakpoints go on being of its lanes."""
        entries = self._optimizers.raw()["optimizers"]
        labels, lanes = labels_in(entries), lanes_in(entries).ids
        names = renames(self._labels, labels)
        if names is not None:
            self.breakpoints.follow(names, renames(self._lanes, lanes) or {})
            self._labels, self._lanes = labels, lanes
        self._tell_breakpoints(entries)


def make_dock(_: Session) -> Dock:
    return ExperimentForm()


def _has_rows(data: Any) -> bool:
    """Tell whether the targets of a file are rows: of a loss of classes a share of each class."""
    y = data.get("y") if isinstance(data, dict) else None
    if isinstance(y, Edited):
        return y.is_matrix
    return isinstance(y, Matrix) or (isinstance(y, list | tuple) and bool(y) and isinstance(y[0], list | tuple))
