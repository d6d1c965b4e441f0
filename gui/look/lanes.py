"""The lanes of an experiment as the views name and order them."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from engine.spec import BACKENDS, ExperimentSpec, lane_id


class Lane(NamedTuple):
    """Name a lane. ``entry``: the optimizer entry's index, which decides the colour."""

    entry: int
    label: str
    backend: str

    @property
    def id(self) -> str:
        return lane_id(self.label, self.backend)

    @property
    def name(self) -> str:
        return f"{self.label} · {backend_name(self.backend)}"


def lanes_of(spec: ExperimentSpec) -> tuple[Lane, ...]:
    """List the lanes in the order of ``Loaded.lanes``."""
    return tuple(
        Lane(index, label, backend)
        for index, (label, entry) in enumerate(zip(spec.labels, spec.optimizers, strict=True))
        for backend in entry.backends
    )


def backend_name(backend: str) -> str:
    """Name a backend by its proper name, but a translation may want its own spelling of them."""
    return QCoreApplication.translate("views", "DIY") if backend == BACKENDS[0] else "torch"
