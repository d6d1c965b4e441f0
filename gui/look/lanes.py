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
        return backend_name("log" if self.is_log else self.backend)


class PairNames(NamedTuple):
    """Name both lanes of a pair: what stands in DIY's place, and torch."""

    diy: str
    torch: str

    @property
    def difference(self) -> str:
        return f"{self.diy} − {self.torch}"

    def of(self, backend: str) -> str:
        return self.diy if backend == BACKENDS[0] else self.torch


def names_of_pair(*, is_log: bool = False) -> PairNames:
    """Name a pair's lanes; ``is_log``: numbers of somebody's own program stand in DIY's place."""
    return PairNames(backend_name("log" if is_log else "diy"), backend_name("torch"))


def names_of_entry(spec: ExperimentSpec | None, entry: int) -> PairNames:
    """Name the lanes of an experiment's optimizer entry; as those of any other where there is no such entry."""
    entries = () if spec is None else spec.optimizers
    return names_of_pair(is_log=0 <= entry < len(entries) and entries[entry].log is not None)


def lanes_of(spec: ExperimentSpec) -> tuple[Lane, ...]:
    """List the lanes in the order of ``Loaded.lanes``."""
    return tuple(
        Lane(index, label, backend, is_log=backend == BACKENDS[0] and entry.log is not None)
        for index, (label, entry) in enumerate(zip(spec.labels, spec.optimizers, strict=True))
        for backend in entry.backends
    )


def backend_name(backend: str) -> str:
    """Name a backend, or the ``log`` in DIY's place, by its proper name; a translation may want its own spelling."""
    if backend == "log":
        return QCoreApplication.translate("views", "log")
    return QCoreApplication.translate("views", "DIY") if backend == BACKENDS[0] else "torch"
