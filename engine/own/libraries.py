"""The libraries that own code imports, loaded before its time is measured: how long that takes is not its own doing."""

import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from engine.without_compiler import leave_out_compiler

from .source import Source

INSTALLED = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib"))
TORCH = "torch"
WITH = {"numpy": "numpy.random"}  # parts that a library loads when they are first asked for


def load_libraries(source: Source) -> None:
    """Load what a file imports of Python's and of what is installed; what fails does so again where it is imported."""
    for name in _to_load(source):
        with suppress(Exception):
            import_module(name)
    if source.imports(TORCH) and TORCH in sys.modules and TORCH not in _ready:
        _ready.add(TORCH)
        with suppress(Exception):
            _warm_up_torch()


_ready: set[str] = set()


def _to_load(source: Source) -> Iterator[str]:
    """Yield the modules that are not loaded yet; those that stand beside the file are the person's own."""
    for name in (*source.modules, *(part for whole, part in WITH.items() if source.imports(whole))):
        if name not in sys.modules and _is_installed(name.partition(".")[0]):
            yield name


def _is_installed(package: str) -> bool:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin is None:
        return False
    return spec.origin in ("built-in", "frozen") or any(Path(spec.origin).is_relative_to(one) for one in INSTALLED)


def _warm_up_torch() -> None:
    """Take a step of no consequence, and a way back: what torch loads at the first of all is loaded then."""
    leave_out_compiler()
    torch = import_module(TORCH)
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    (weight.grad,) = torch.autograd.grad(weight * weight, weight, torch.ones(1))
    optimizer.step()
