"""A lane's weights where the run stands, as a file that NumPy, torch or others read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from engine.protocol import JobFailed, PackedWeights, PackWeights, WeightFormat
from gui.look.lanes import lanes_of
from gui.session.jobs import NewestJob
from gui.session.session import Session

Ask = Callable[[str, list[tuple[str, str]]], Path | None]
FORMATS: dict[str, WeightFormat] = {".npz": "npz", ".safetensors": "safetensors", ".pt": "torch"}


class WeightsExport(QObject):
    """Have the engine pack weights. ``action`` stands in the Export menu, with a menu of the run's lanes.

    ``written`` carries a file, its content and a note; ``failed`` words for the person.
    """

    written = Signal(object, object, str)
    failed = Signal(str)

    def __init__(self, session: Session, ask: Ask, parent: QWidget):
        super().__init__(parent)
        self._session, self._ask, self._window = session, ask, parent
        self._job, self._file = NewestJob(session.jobs, self), Path()
        self._job.answered.connect(self._on_answered)
        self._job.failed.connect(self._on_failed)
        self._job.lost.connect(lambda: self.failed.emit(self.tr("The weights were lost with the engine.")))
        self.action = QAction(self.tr("&Weights…"), self)
        self.action.setObjectName("export-weights")
        self.action.setToolTip(self.tr("Of a lane, after the step shown: for NumPy, for torch, or as safetensors"))

    def show_possible(self) -> None:
        """List the lanes that there are."""
        spec = self._session.run_spec
        old, menu = self.action.menu(), QMenu(self._window)
        for place, lane in enumerate(() if spec is None else lanes_of(spec)):
            menu.addAction(lane.name.replace("&", "&&"), lambda place=place: self.save(place))
        self.action.setMenu(menu)  # type: ignore[arg-type]
        self.action.setEnabled(spec is not None)
        if isinstance(old, QMenu):
            old.deleteLater()

    def save(self, lane: int) -> None:
        """Ask where to, and have the weights packed; they come as a job's answer."""
        kinds = [
            (self.tr("torch’s state_dict"), "pt"),
            (self.tr("safetensors"), "safetensors"),
            (self.tr("NumPy’s arrays"), "npz"),
        ]
        file = self._ask("weights", kinds)
        if file is None:
            return
        self._file, form = file, FORMATS.get(file.suffix.lower(), "torch")
        self._job.begin(lambda generation, job: PackWeights(generation, job, lane, form))

    def _on_answered(self, packed: PackedWeights) -> None:
        note = self.tr("Weights after step {step}.").format(step=f"{packed.step:,}")
        self.written.emit(self._file, packed.content, note)

    def _on_failed(self, failed: JobFailed) -> None:
        lines = failed.detail.strip().splitlines()
        self.failed.emit(
            self.tr("The weights could not be written: {reason}").format(reason=lines[-1] if lines else "")
        )
