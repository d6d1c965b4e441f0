"""The lanes of an experiment as the views name and order them."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.spec import BACKENDS, ExperimentSpec, lane_id


class Lane(NamedTuple):
    """Name a lane. ``entry``: the optimizer entry's index, which decides the colour."""

    entry: int
    label: str
    backend: str
    is_log: bool = False  # numbers of somebody's own program stand there

    @property
    def id(self) -> str:
        return lane_id(self.label, "log" if self.is_log else self.backend)

    @property
    def name(self) -> str:
        return f"{self.label} · {self.side}"

    @property
    def side(self) -> str:
        """Return what runs there by its proper name."""
        return QCoreApplication.translate("views", "log") if self.is_log else backend_name(self.backend)


def lanes_of(spec: ExperimentSpec) -> tuple[Lane, ...]:
    """List the lanes in the order of ``Loaded.lanes``."""
    return tuple(
        Lane(index, label, backend, is_log=backend == BACKENDS[0] and entry.log is not None)
        for index, (label, entry) in enumerate(zip(spec.labels, spec.optimizers, strict=True))
        for backend in entry.backends
    )


def backend_name(backend: str) -> str:
    """Name a backend by its proper name, but a translation may want its own spelling of them."""
    return QCoreApplication.translate("views", "DIY") if backend == BACKENDS[0] else "torch"
