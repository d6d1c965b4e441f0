"""What is chosen in the views, as data for a session's file, and chosen again in a window that opens it.

Of the file nothing is believed: what is chosen is what a view offers by itself, of the kind that it takes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from engine.protocol import Frame
from engine.spec import ExperimentSpec, shapes_of
from gui.files.documents import Documents
from gui.forms.experiment_form import ExperimentForm
from gui.session.session import Session, texts_of
from gui.views.loss.plot import LossPlot, LossView
from gui.views.maps.heatmaps import HeatmapPanel

from .choices import choose_in, fitting, told_in
from .lazy_views import LazyViews

LONGEST = 1_000  # names and choices of a file, each


class ViewParts(NamedTuple):
    """Hold the window's parts in which something is chosen, and what they show."""

    session: Session
    documents: Documents
    form: ExperimentForm
    loss: LossPlot
    maps: HeatmapPanel
    lazy_views: LazyViews


class SessionViews(QObject):
    """Take down what is chosen in the views, and choose it again once the run that it is of has begun."""

    def __init__(self, parts: ViewParts, parent: QObject):
        super().__init__(parent)
        self._parts = parts
        self._awaited: dict[str, Any] | None = None  # what is to be chosen when the run has begun
        self._place: dict[str, Any] | None = None  # where the debugger is to stand once the run stands there
        parts.documents.leaving.connect(self._forget)
        parts.session.begun.connect(lambda _: self._when_there())
        parts.session.frame.connect(self._on_frame)

    def _forget(self) -> None:
        self._awaited = self._place = None

    # --- saved ---------------------------------------------------------------------------------

    def taken_down(self) -> dict[str, Any]:
        """Return what is chosen, as far as views are there, as JSON has it."""
        kept = self._parts.lazy_views.kept()
        chosen = {name: told_in(root, self._apart) for name, root in self._roots()}
        told: dict[str, Any] = {"chosen": chosen, "hidden": sorted(self._parts.loss.kept().hidden)}
        if kept.comparison is not None:
            shown = kept.comparison["shown"]
            told["entries"] = [list(shown.ranks), sorted(shown.hidden), shown.alone, shown.sides]
        if kept.weight is not None:
            told["weight"] = [kept.weight[0], list(kept.weight[1])]
        if kept.debugger is not None:
            told["debug"] = kept.debugger._asdict()
            view = self._parts.lazy_views.debugging.view
            told["code"] = None if view.own is None else view.own.shown
        return told

    @property
    def _apart(self) -> tuple[QWidget, ...]:
        return self._parts.form, self._parts.form.breakpoints  # which are the experiment's

    def _roots(self) -> Iterator[tuple[str, QWidget]]:
        yield "maps", self._parts.maps
        yield "loss", self._parts.loss
        yield from self._parts.lazy_views.made_views()

    # --- opened --------------------------------------------------------------------------------

    def show(self, told: Any) -> None:
        """Choose what a session's file tells of, when the run that was opened has begun."""
        self._awaited = told if isinstance(told, dict) else None

    def _when_there(self) -> None:
        """Choose in a turn of its own: by then every view has heard of the run."""
        if self._awaited is not None:
            told, self._awaited = self._awaited, None
            at = self._parts.session.run_spec
            QTimer.singleShot(0, self, lambda: self._parts.lazy_views.when_made(lambda: self._choose(told, at)))

    def _choose(self, told: dict[str, Any], began: ExperimentSpec | None) -> None:
        session, spec = self._parts.session, self._parts.session.run_spec
        if spec is None or began is None or spec.labels != began.labels:
            return
        chosen = told.get("chosen")
        if isinstance(chosen, dict) and isinstance(chosen.get("network"), list):
            _ = self._parts.lazy_views.picturing
        for name, root in self._roots():
            choices = fitting(root, self._apart, chosen.get(name) if isinstance(chosen, dict) else None)
            choose_in(root, self._apart, choices)
        self._parts.loss.put_back(LossView(None, frozenset(_texts(told.get("hidden")))))
        self._show_entries(told.get("entries"), spec)
        self._show_weight(told.get("weight"), spec)
        place, code = told.get("debug"), told.get("code")
        self._place = place if isinstance(place, dict) else None
        if isinstance(code, str) and code in (session.code_texts | texts_of(spec)):
            self._open_code(code)
        if session.newest is not None:
            self._on_frame(session.newest)

    def _open_code(self, name: str) -> None:
        view = self._parts.lazy_views.debugging.view
        if view.own is None:
            view.set_code(self._parts.form.code_door)
        view.open_code(name)

    def _show_entries(self, told: Any, spec: ExperimentSpec) -> None:
        from gui.compare.entries.shown import SIDES, KeptShown  # which is there by then

        if not isinstance(told, list) or len(told) != 4 or told[3] not in SIDES:
            return
        alone = told[2] if isinstance(told[2], str) and told[2] in spec.labels else None
        ranks = tuple(dict.fromkeys(one for one in _texts(told[0]) if one in spec.labels))
        shown = self._parts.lazy_views.comparing.view.shown
        shown.put_back(KeptShown(ranks, frozenset(_texts(told[1])), alone, told[3], shown.earlier))

    def _show_weight(self, told: Any, spec: ExperimentSpec) -> None:
        if not isinstance(told, list) or len(told) != 2 or not isinstance(told[1], list):
            return
        shape = shapes_of(spec).get(told[0]) if isinstance(told[0], str) else None
        index = tuple(told[1])
        if shape is not None and len(index) == len(shape) and all(map(_is_below, index, shape)):
            self._parts.lazy_views.chosen_weight.choose(told[0], index)

    def _on_frame(self, frame: Frame) -> None:
        """Have the debugger stand where it stood, once the run stands there."""
        session, place = self._parts.session, self._place
        if place is None or frame.step != session.step or session.running:
            return
        self._place = None
        from gui.debug.debugging import KeptPlace  # which is there by then

        names, spec, chosen = ("entry", "step", "cursor", "looked"), session.run_spec, place.get("chosen")
        entry, step, cursor, looked = (one if type(one := place.get(name)) is int else None for name in names)
        if spec is None or entry is None or step is None or not isinstance(chosen, str):
            return
        if 0 <= entry < len(spec.optimizers) and step in (frame.step, frame.step + 1):
            self._parts.lazy_views.debugging.return_to(KeptPlace(entry, step, cursor, chosen, looked))


def _is_below(place: Any, size: int) -> bool:
    return type(place) is int and 0 <= place < size


def _texts(told: Any) -> list[str]:
    known = told[:LONGEST] if isinstance(told, list) else []
    return [one for one in known if isinstance(one, str)]
