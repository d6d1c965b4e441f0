"""Sessions in the window: opened with their run, saved with it, and runs that an earlier window has left."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMessageBox

from engine.protocol import CheckRun, RunChecked, TakenUp
from engine.session_file import Damaged, read_spec
from engine.spec import ExperimentError, Fault
from gui.files.agreed_code import is_agreed, remember
from gui.files.documents import Documents
from gui.files.kept_runs import KeptRuns, LeftRun, remove
from gui.files.reader import Raw, Read
from gui.files.saving import CANCELLED, is_waited_for
from gui.look.banner import Banners
from gui.session.jobs import NewestJob
from gui.session.lost_runs import LostRun
from gui.session.session import Session

from .session_views import SessionViews

MOST_OFFERED = 3  # runs with a button of their own
LARGEST_LAYOUT = 4_000  # pixels
LEFT, TAKEN = "left runs", "taken up"  # kinds of messages
LONG = 1.0  # seconds from which on it is told that steps are taken again


class Surroundings(NamedTuple):
    """Hold what sessions have to do with. ``tab`` is which of the central views is in front; ``views``: what is chosen
    in them.
    """

    window: QMainWindow
    session: Session
    documents: Documents
    banners: Banners
    kept_runs: KeptRuns
    tab: Callable[[], int]
    show_tab: Callable[[int], None]
    views: SessionViews


class Sessions(QObject):
    """Open and save sessions, and offer the runs that were left."""

    def __init__(self, around: Surroundings):
        super().__init__(around.window)
        self._around = around
        self._left: dict[Path, LeftRun] = {}
        self._check = NewestJob(around.session.jobs, self)
        self._check.answered.connect(self._on_checked)
        self._check.failed.connect(lambda _: self._on_checked(None))
        self._check.lost.connect(lambda: self._on_checked(None))
        self._go_on: tuple[Read, Callable[[], None], Callable[[tuple[Fault, ...]], None]] | None = None
        around.session.taken_up.connect(self._tell_taken)
        around.session.frame.connect(lambda _: around.banners.dismiss(TAKEN))

    # --- opened --------------------------------------------------------------------------------

    def check(self, read: Read, go_on: Callable[[], None], refuse: Callable[[tuple[Fault, ...]], None]) -> None:
        """Have the engine look whether a session's run can be taken up, before anything in the window changes."""
        assert read.session is not None
        if read.session.head is None:
            go_on()
            return
        self._around.session.revive()
        self._go_on = read, go_on, refuse
        file = str(read.session.file)
        self._check.begin(lambda _, job: CheckRun(job, file))

    def _on_checked(self, checked: RunChecked | None) -> None:
        asked, self._go_on = self._go_on, None
        if asked is None:
            return
        _, go_on, refuse = asked
        faults = (Fault((), "session_damaged"),) if checked is None else checked.faults
        refuse(faults) if faults else go_on()

    def prepare(self, read: Read) -> None:
        """Have a session's run be the one of the experiment that is about to be shown, where its code may run."""
        opened = read.session
        assert opened is not None
        self._around.session.to_open = None
        if opened.head is None or opened.start is None or not self._may_run(read):
            return
        names = {int(number): name for number, name in _names(opened.shown) if number.isdecimal()}
        head = opened.head
        self._around.session.to_open = LostRun(
            opened.start, (), head.newest, (), names, opened.file, head.step, is_known=False
        )

    def _may_run(self, read: Read) -> bool:
        """Whether code that the run has had, and that the experiment does not show, may run: it is shown and asked."""
        assert read.session is not None
        code = read.raw.get("code") or {}
        seen = {*read.texts.values(), *(one.get("text") for one in code.values() if isinstance(one, dict))}
        unseen = [text for text in dict.fromkeys(read.session.texts) if text not in seen and not is_agreed(text)]
        if not unseen:
            return True
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Code of an earlier step"), "", parent=self._around.window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("The run in this session also has code that its experiment has no more."))
        told = self.tr("It would run on this computer with all that you may do. Read it under Details.")
        box.setInformativeText(told)
        box.setDetailedText("\n\n\n".join(unseen))
        run = box.addButton(self.tr("Run it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self.tr("Leave the run out"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        if box.clickedButton() is not run:
            return False
        remember(unseen)
        return True

    def show(self, read: Read) -> None:
        """Show the window as it was when the session was saved, as far as it has the same parts."""
        assert read.session is not None
        shown = read.session.shown
        self._show_docks(shown.get("docks"))
        if type(shown.get("tab")) is int and 0 <= shown["tab"] < 4:
            self._around.show_tab(shown["tab"])
        self._around.views.show(shown.get("views"))

    def _show_docks(self, docks: Any) -> None:
        window = self._around.window
        for dock in window.findChildren(QDockWidget):
            one = docks.get(dock.objectName()) if isinstance(docks, dict) else None
            if isinstance(one, list) and len(one) == 3 and all(type(n) in (int, bool) for n in one):
                dock.setVisible(bool(one[0]))
                sizes = [min(max(int(size), 0), LARGEST_LAYOUT) for size in one[1:]]
                for size, way in zip(sizes, (Qt.Orientation.Horizontal, Qt.Orientation.Vertical), strict=True):
                    if one[0] and size:
                        window.resizeDocks([dock], [size], way)

    def _tell_taken(self, taken: TakenUp) -> None:
        """Say that steps are taken again, where that takes a while: what own code remembers is no data."""
        if taken.seconds < LONG:
            return
        text = self.tr(
            "What own code remembers is not kept in a file: {steps} steps are taken again until the run stands where "
            "it stood, which takes about {seconds} s."
        )
        told = text.format(steps=f"{taken.again:,}", seconds=f"{taken.seconds:,.0f}")
        self._around.banners.show_message(TAKEN, "info", told)

    # --- saved ---------------------------------------------------------------------------------

    def write(self, raw: Raw, file: Path) -> str | None:
        """Write a session and return what went wrong, if anything: nothing in words where it was cancelled."""
        from .session_writing import SessionWriting

        around, session = self._around, self._around.session
        if session.faults and session.run_spec is not None and session.newest_step:
            raw = session.run_spec.as_typed()  # what cannot be opened would take the run with it
        has_run = session.run_spec is not None and session.newest_step > 0 and session.phase == "ready"
        temporary = around.kept_runs.temporary() if has_run else None
        if has_run and temporary is None:
            return self.tr("there is no room for the run")
        writing = SessionWriting(file, session, raw, self._shown(), temporary, self)
        wrong: list[str | None] = []
        writing.done.connect(wrong.append)
        text = self.tr("Saving {file}…").format(file=file.name)
        if not is_waited_for(writing, around.window, self.tr("Save session"), text):
            writing.cancel()
        writing.deleteLater()
        return wrong[0] if wrong else CANCELLED

    def _shown(self) -> dict[str, Any]:
        around = self._around
        docks = {
            dock.objectName(): [not dock.isHidden(), dock.width(), dock.height()]
            for dock in around.window.findChildren(QDockWidget)
        }
        names = {str(number): name for number, name in around.session.names.given.items()}
        return {"tab": around.tab(), "docks": docks, "names": names, "views": around.views.taken_down()}

    # --- left ----------------------------------------------------------------------------------

    def offer_left(self) -> None:
        """Offer the runs that earlier windows have left, which did not close."""
        self._left = {one.place: one for one in self._around.kept_runs.left()}
        runs = list(self._left.values())[:MOST_OFFERED]
        if not runs:
            return
        title = self.tr("Return to step {step:,}")
        offers = [(title.format(step=one.newest), partial(self._return, one)) for one in runs]
        text = self.tr("A window ended without being closed. Its run is kept.")
        self._around.banners.show_message(LEFT, "info", text, offers, self._decline)

    def _return(self, left: LeftRun, *_: object) -> None:
        from engine.session_file import Archive, files_in

        try:
            with Archive(files_in(left.place)[0]) as archive:
                spec = read_spec(archive, "run")
        except (Damaged, ExperimentError, OSError):
            text = self.tr("The run cannot be read any more.")
            self._around.banners.show_message(LEFT, "warning", text)
            return
        self._around.kept_runs.take(left.place)
        self._around.session.repeat(LostRun(spec, (), left.newest, (), {}, left.place, is_known=False))

    def _decline(self) -> None:
        for place in self._left:
            remove(place)


def _names(shown: dict[str, Any]) -> list[tuple[str, str]]:
    names = shown.get("names")
    known = names.items() if isinstance(names, dict) else ()
    return [(number, name) for number, name in known if isinstance(name, str) and len(number) < 10]
