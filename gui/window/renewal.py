"""The window's views made once more around the living session, as where they are to speak another language.

Experiment, run, files and drafts are not touched: they go on, with others listening. What a person has chosen in the
views, and where they are in them, is taken down before and put back after.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QMetaMethod, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QMainWindow, QMenuBar, QWidget

from gui.files.documents import Documents
from gui.files.settings import LAYOUT_VERSION
from gui.forms.experiment_form import ExperimentForm
from gui.look.banner import Banners
from gui.look.inside import named_inside
from gui.session.client import EngineClient
from gui.session.session import Session
from gui.views.loss.plot import LossPlot, LossView

from .appearance import Appearance
from .central_tabs import CentralTabs
from .choices import Choices, choose_in, chosen_in, scroll_in, scrolled_in
from .draft_messages import DraftMessages
from .editing import Editing
from .lazy_views import KeptViews, LazyViews
from .messages import Messages, Said
from .timeline import Timeline
from .undoing import Undoing


class Parts(NamedTuple):
    """Hold what a window is made of, as far as it is asked what it shows; up to ``appearance`` it lasts."""

    window: QMainWindow
    centre: QWidget
    session: Session
    documents: Documents
    editing: Editing
    undoing: Undoing
    appearance: Appearance
    form: ExperimentForm
    timeline: Timeline
    loss: LossPlot
    central_tabs: CentralTabs
    lazy_views: LazyViews
    messages: Messages
    draft_messages: DraftMessages
    banners: Banners


class Kept(NamedTuple):
    """Hold what the views showed, apart from the run: forms as typed, choices, places, messages."""

    raw: dict[str, Any]
    layout: QByteArray
    tab: int
    below: tuple[bool, int]
    plot: LossView
    lazy: KeptViews
    choices: Choices
    scrolled: Choices
    said: list[Said]
    drafts: tuple[str, ...]
    reading: Path | None  # the draft that was being read
    focus: str


def taken_down(parts: Parts) -> Kept:
    """Take down what the window's views show."""
    focus = parts.window.focusWidget()
    return Kept(
        parts.form.raw(),
        parts.window.saveState(LAYOUT_VERSION),
        parts.central_tabs.currentIndex(),
        parts.central_tabs.below,
        parts.loss.kept(),
        parts.lazy_views.kept(),
        chosen_in(parts.window, (parts.form, parts.timeline)),
        scrolled_in(parts.window),
        parts.messages.standing,
        parts.banners.kinds,
        parts.draft_messages.stop_reading(),
        focus.objectName() if focus is not None else "",
    )


def put_back(parts: Parts, kept: Kept, catch_up: Callable[[], None]) -> None:
    """Show in views just made what others showed before them. ``catch_up`` shows them the run."""
    parts.editing.show_again(parts.documents.retitled(kept.raw))
    parts.undoing.show_again()
    parts.session.name_again()
    catch_up()
    parts.lazy_views.put_back(kept.lazy)
    for part in (parts.window.menuBar(), parts.centre):
        part.show()  # else that comes a turn later, and the keys of a menu that is not shown do nothing
    parts.window.restoreState(kept.layout, LAYOUT_VERSION)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # each view has its size when it is shown
    parts.central_tabs.below = kept.below
    parts.central_tabs.setCurrentIndex(kept.tab)
    choose_in(parts.window, (parts.form, parts.timeline), kept.choices)
    parts.lazy_views.return_to_step(kept.lazy)
    parts.loss.put_back(kept.plot)
    parts.messages.say_again(kept.said)
    for kind in kept.drafts:
        parts.draft_messages.say_again(kind)
    if kept.reading is not None:
        parts.draft_messages.go_on_reading(kept.reading)
    scroll_in(parts.window, kept.scrolled)
    if kept.focus and (focus := named_inside(parts.window, kept.focus)) is not None:
        focus.setFocus()
    parts.session.look()
    QTimer.singleShot(0, parts.window, drop_garbage)


def drop_garbage() -> None:
    """Drop what was taken apart, of which some is kept by now from being looked through: it would stay for good."""
    was_kept = gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.collect()
    if was_kept:
        gc.freeze()


def take_apart(parts: Parts) -> None:
    """Delete all that the window is made of; nobody hears any more what lasts."""
    session = parts.session
    lasting = (session, parts.documents, parts.editing, parts.undoing, parts.appearance)
    for model in (session, session.jobs, session.names, parts.documents, parts.editing, parts.undoing):
        hush(model)
    for child in parts.window.children():
        if isinstance(child, EngineClient) or child in lasting:
            continue
        ours = type(child).__module__.startswith("gui.")
        if ours or isinstance(child, QDockWidget | QMenuBar | QDialog) or child is parts.centre:
            child.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pyright: ignore[reportArgumentType]
    gc.unfreeze()  # what was kept from being looked through is garbage now


def hush(source: QObject) -> None:
    """Let nobody listen to the object's own signals any more."""
    about = source.metaObject()
    for place in range(QObject().metaObject().methodCount(), about.methodCount()):
        method = about.method(place)
        if method.methodType() == QMetaMethod.MethodType.Signal and source.isSignalConnected(method):
            getattr(source, cast(bytes, method.name().data()).decode()).disconnect()
